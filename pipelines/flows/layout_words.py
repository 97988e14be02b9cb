"""That nothing a layout says is somebody's: its words are kept, and repeated to whoever sends the next file."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from string import digits
from typing import TYPE_CHECKING, Any, cast

from pipelines.checking.echo import may_be_repeated
from pipelines.checking.person_words import kinds_in
from schemas.catalogue import catalogue
from schemas.layouts.layout import NAMES, Label, Layout, LeftOut, Place, SheetMap
from schemas.problems import UserError
from schemas.returns.identifying import by_initials, looks_like_a_case_number
from schemas.returns.labels import category_labels, labels
from schemas.returns.meaning import meaning
from schemas.returns.roles import could_be_a_name, names_somebody
from schemas.returns.telling import may_name_anybody, names_anybody, reads_as_a_story, tells_of_one

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_FIELDS = frozenset(
    [*NAMES, *(field for shape in (Layout, SheetMap, Place, Label, LeftOut) for field in shape.model_fields)]
)
# Nobody has ever made one with more, and each of them is looked at for names.
_MOST_TEXTS = 5_000


def may_be_kept(words: str) -> bool:
    """Whether words may be shown again and kept: none that could be a person's name or number, or tell of somebody.

    >>> [may_be_kept(words) for words in ("Child population", "Missing from home", "Jane Example", "NHS 943 476 5919")]
    [True, True, False, False]
    >>> [may_be_kept(words) for words in ("the boy who died at the station in May", "kayden-okafor", "E08000035", "HE 5")]
    [False, False, True, True]
    """
    if meaning(words) in _known():
        return True
    return _is_nobodys(words) and (" " in words or _is_nobodys(re.sub(r"[-_.]+", " ", words)))


@cache
def _known() -> frozenset[str]:
    """What the catalogue itself calls things: a code of an area has as many digits as a case, and “HE 5” begins with a he."""
    known = {word for words in labels(catalogue()).values() for word in words}
    return frozenset(known | {word for _, word in category_labels(catalogue())})


def hold(said: Mapping[str, Any]) -> None:
    """UserError, which names the first place and not what stands there, where a parsed layout says what is not to be kept."""
    for count, (where, is_sound) in enumerate(_held(said)):
        if count >= _MOST_TEXTS:
            raise UserError("The layout says more than any layout does, so it is none.")
        if not is_sound:
            raise UserError(f"{where} may name a person or tell of one, and a layout is repeated. Take it out.")


def texts(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each text of a layout's fields by its place, entries of a list counted from 1."""
    for name, value in said.items():
        if name != "confirmed_on" or not isinstance(value, date):
            yield from _texts(name, value)


def _held(said: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    for where in _strange(said, ""):
        yield where, False
    for where, text in texts(said):
        # Who confirmed it is an actor's name, which no message repeats.
        yield where, not kinds_in(text, bare=digits) if where == "confirmed_by" else may_be_kept(text)


def _texts(where: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, one in cast("dict[str, object]", value).items():
            yield from _texts(f"{where}, {name}", one)
    elif isinstance(value, list | tuple):
        for number, one in enumerate(cast("Sequence[object]", value), 1):
            yield from _texts(f"{where} {number}", one)
    elif not isinstance(value, bool) and value is not None and value != "":
        yield where, str(value)


def _strange(value: object, where: str) -> Iterator[str]:
    """Where a key stands that is none of a layout's and may not be repeated."""
    if isinstance(value, dict):
        for number, (name, one) in enumerate(cast("dict[str, object]", value).items(), 1):
            if name not in _FIELDS and not (may_be_repeated(name) and may_be_kept(name)):
                yield f"{where}{', ' if where else ''}the name of field {number}".removeprefix(", ")
            else:
                yield from _strange(one, f"{where}, {name}".removeprefix(", "))
    elif isinstance(value, list | tuple):
        for number, one in enumerate(cast("Sequence[object]", value), 1):
            yield from _strange(one, f"{where} {number}")


def _is_nobodys(words: str) -> bool:
    is_somebodys = names_anybody(words) or may_name_anybody(words) or names_somebody(words) or could_be_a_name(words)
    tells = reads_as_a_story(words) or tells_of_one(words) or looks_like_a_case_number(words) or by_initials(words)
    return not (is_somebodys or tells or kinds_in(words, bare=digits))
