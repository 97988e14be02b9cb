"""The fields by which something can be mended on the page, and the order in which choices are offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from schemas.returns.meaning import meaning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.problems import Problem
    from schemas.returns.mends import Mend

# Choose one of the options for every field; type each field; say one thing for all fields.
How = Literal["choose", "type", "say"]
# A label less like the text than this is no nearer than any other (of 100, as `meaning.nearest` counts).
_NEAR = 70
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: what is written into the cell, and how it is called."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One cell to fill: where, the column's name and heading, and what stands there where it may be repeated."""

    sheet: str
    cell: str
    column: str
    heading: str
    now: str = ""


@dataclass(frozen=True, slots=True)
class Mendable:
    """Like problems that one answer mends. `nearest` is the place of the likeliest option; `also` goes with any answer.

    `is_second`: it is the other way to answer what a reason answers as well. `beside` are what else stands in the rows of the fields: emptied with them where the answer is that there is none, as a
    row half empty is half an answer.
    """

    problems: tuple[Problem, ...]
    how: How
    fields: tuple[Field, ...]
    options: tuple[Option, ...] = ()
    nearest: int | None = None
    also: tuple[Mend, ...] = ()
    beside: tuple[Field, ...] = ()
    is_second: bool = False


def nearest_first(text: str, options: Sequence[Option]) -> tuple[tuple[Option, ...], int | None]:
    """The options with the three most like a text at the top, and the place of the first where it is near enough.

    >>> nearest_first("Armly", [Option("a", "Adel"), Option("b", "Armley"), Option("c", "Beeston")])[0][0].label
    'Armley'
    """
    from rapidfuzz import fuzz, process

    plain = meaning(text)
    if not plain:
        return tuple(options), None
    labels = [meaning(option.label) for option in options]
    found = process.extract(plain, labels, scorer=fuzz.WRatio, limit=_NEAREST, score_cutoff=_NEAR)
    first = [place for _, _, place in found]
    rest = [option for place, option in enumerate(options) if place not in first]
    return (*(options[place] for place in first), *rest), 0 if first else None
