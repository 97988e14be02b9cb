"""A layout as the text of a TOML file, and back: what is wrong with a file is said all at once, in one sentence."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from pydantic import ValidationError

from schemas.catalogue import catalogue
from schemas.catalogue.faults import in_words
from schemas.layouts.bounds import hold
from schemas.layouts.faults import faults
from schemas.layouts.layout import Label, Layout, LeftOut, Place, SheetMap
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from schemas.catalogue.entry import Entry
    from schemas.catalogue.whole import Catalogue

_SHAPES: dict[str, type[Entry]] = {"sheets": SheetMap, "places": Place, "labels": Label, "left_out": LeftOut}
_LISTS = ("labels", "left_out")
# All that is repeated of what a parser says: the rest may quote the file.
_PLACE = re.compile(r"at line \d+, column \d+")


def loaded(text: str, against: Catalogue | None = None) -> Layout:
    """The layout a TOML text holds, held against the catalogue (of this installation, unless another is given).

    UserError where it is none, with every fault in it. The faults quote what stands there: a text that anybody may
    have written is `parsed` first, and what it says held to be nobody's, before it is `made` a layout.
    """
    return made(parsed(text), against)


def parsed(text: str) -> dict[str, Any]:
    """What a TOML text says, whether or not it is a layout; UserError, which quotes nothing, where it is no TOML."""
    hold(text)
    try:
        return tomllib.loads(text)
    except ValueError as why:
        place = _PLACE.search(str(why))
        raise UserError(
            f"The layout cannot be read as TOML{f' {place[0]}' if place else ''}. Mend that line."
        ) from None


def made(said: Mapping[str, Any], against: Catalogue | None = None) -> Layout:
    """The layout that parsed TOML is; UserError, with every fault in it, where it is none."""
    try:
        layout = Layout.model_validate(said)
    except ValidationError as why:
        raise _unusable(_told(cast("Sequence[Mapping[str, Any]]", why.errors(include_url=False)))) from None
    found = faults(layout, against or catalogue())
    if found:
        raise _unusable(list(found))
    return layout


def written(layout: Layout) -> str:
    """The layout as TOML, fields left at what they are by themselves not written; `loaded` gives the same layout back."""
    said: dict[str, Any] = layout.model_dump(exclude_defaults=True)
    lines = [f"{name} = {_value(value)}" for name, value in said.items() if name not in ("sheets", *_LISTS)]
    for name in _LISTS:
        if name in said:
            lines += ["", f"{name} = [", *(f"    {_value(entry)}," for entry in said[name]), "]"]
    for sheet in said["sheets"]:
        lines += ["", "[[sheets]]"]
        lines += [f"{name} = {_value(value)}" for name, value in sheet.items() if name != "places"]
        lines += ["places = [", *(f"    {_value(place)}," for place in sheet["places"]), "]"]
    return "\n".join(lines) + "\n"


def _unusable(found: list[str]) -> UserError:
    return UserError(f"The layout cannot be used: {'; '.join(found)}.")


def _told(errors: Sequence[Mapping[str, Any]]) -> list[str]:
    """Pydantic's errors in words; a list is not called empty because the entries in it are at fault."""
    paths = [tuple(error["loc"]) for error in errors]
    deeper = {path[:end] for path in paths for end in range(len(path))}
    return [_in_words(error) for path, error in zip(paths, errors, strict=True) if path not in deeper]


def _in_words(error: Mapping[str, Any]) -> str:
    """One error: where it stands, entries of a list counted from 1, and what is wrong."""
    path: tuple[str | int, ...] = tuple(error["loc"])
    where = ", ".join(
        f"{part} {after + 1}" if isinstance(after, int) else str(part)
        for part, after in zip(path, (*path[1:], ""), strict=True)
        if isinstance(part, str)
    )
    if error["type"] == "value_error":
        return f"{where}: {error['ctx']['error']}"
    shape = next((_SHAPES[part] for part in reversed(path) if part in _SHAPES), Layout)
    _, words = in_words(shape, {**error, "loc": path[-1:]})
    return f"{where} {words.rstrip('.?').replace('. ', ', ')}"


def _value(value: object) -> str:
    """A value as TOML writes it.

    >>> _value({"heading": "Q1", "n": ("a", True)})
    '{ heading = "Q1", n = ["a", true] }'
    """
    if isinstance(value, dict):
        pairs = (f"{_key(name)} = {_value(one)}" for name, one in cast("dict[str, object]", value).items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one) for one in cast('tuple[object, ...]', value))}]"
    if isinstance(value, date):
        return value.isoformat()
    # JSON's escapes are TOML's, but for this one letter, which TOML allows nowhere.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    plain = bool(name) and all(letter.isascii() and (letter.isalnum() or letter in "_-") for letter in name)
    return name if plain else json.dumps(name, ensure_ascii=False)
