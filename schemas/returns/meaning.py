"""Labels compared by what they mean: case, accents, punctuation and spaces do not count."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from schemas.returns.by_value import by_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

# A column of 200,000 labels has a few hundred different ones; remembering more than this buys nothing.
_REMEMBERED = 20_000
_CODE = re.compile(r"[a-z]\d{8}|\w{0,2}")
_SIGNS = str.maketrans({"&": " and ", "%": " percent ", "+": " plus ", "<": " under ", "/": " ", "_": " "})


@lru_cache(maxsize=_REMEMBERED)
def meaning(text: str) -> str:
    """Reduce a label to what it means, so that two spellings of one thing compare equal.

    >>> meaning("  Out-Of "), meaning("% of Children's plans")
    ('out of', 'percent of childrens plans')
    >>> meaning("Café") == meaning("CAFE")
    True
    """
    plain = unicodedata.normalize("NFKD", text).translate(_SIGNS)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    joined = re.sub(r"['\u2018\u2019\u02bc`]", "", bare)
    return " ".join(re.sub(r"[\W_]+", " ", joined).split())


def known_by(spellings: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """A look-up from every spelling's meaning to the id it stands for; the first to claim a spelling keeps it.

    >>> known_by([("f", ["Female", "girls"]), ("m", ["Male"])])
    {'female': 'f', 'girls': 'f', 'male': 'm'}
    """
    known: dict[str, str] = {}
    for identifier, labels in spellings:
        for label in labels:
            known.setdefault(meaning(label), identifier)
    known.pop("", None)
    return known


# A number with marks and no word; a number with a mark before it, or a question mark behind; a whole number.
_MARKED = re.compile(r"[\W_]*\d+(?:\.\d+)?[\W_]*|['\"]?[^\w'\"]+\d.*|.*\d\?.*")
_WHOLE = re.compile(r"['\"]?(\d+)(?:\.0*)?['\"]?")


def chosen(text: str, spellings: Iterable[tuple[str, Iterable[str]]]) -> str | None:
    """The id of the choice a cell names, or None: by its meaning, but for marks that make a number another one.

    -1 is not 1, and (2) or 3? is no score that anybody gave. Such marks stand only where a spelling has them, as 16+ does.

    >>> scores = [("s3", ["3", "3 Shown"]), ("older", ["16+"])]
    >>> [chosen(text, scores) for text in ("3", "3.0", "3 - shown", "16 +", "-3", "3?", "(3) Shown")]
    ['s3', 's3', 's3', 'older', None, None, None]
    """
    plain, every = _close(text), [(identifier, list(labels)) for identifier, labels in spellings]
    whole = _WHOLE.fullmatch(plain)
    if whole is None and _MARKED.fullmatch(plain):
        return next((identifier for identifier, labels in every if plain in map(_close, labels)), None)
    return known_by(every).get(meaning(whole[1] if whole else text))


def _close(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def looked_up(cells: pd.Series, known: Mapping[str, str], *, blank: str = "") -> pd.Series:
    """Each cell's id by meaning; "" where the label is not known, `blank` where the cell is empty."""
    return by_value(cells, lambda text: known.get(meaning(text), "") if text else blank)


def nearest(text: str, known: Mapping[str, str], *, least: float = 0) -> str:
    """The known label most like a text, or "" where none is close enough to be worth suggesting.

    `least` asks for more: how much of 100 the two must have in common letter by letter, from beginning to end.

    >>> nearest("Femal", {"female": "f", "male": "m"})
    'female'
    """
    from rapidfuzz import fuzz, process

    # Two codes are as alike as any, and so are two single letters.
    if _CODE.fullmatch(meaning(text)):
        return ""
    if least:
        found = process.extractOne(meaning(text), list(known), scorer=fuzz.ratio, score_cutoff=least)
        return found[0] if found else ""
    # Below 70 the suggestion is more often wrong than right (checked on misspelt ward and indicator names).
    found = process.extractOne(meaning(text), list(known), scorer=fuzz.WRatio, score_cutoff=70)
    return found[0] if found else ""
