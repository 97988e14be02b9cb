"""What the check for lists of single people weighs: a sign, how much it counts, where; and whether rows have labels of their own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from schemas.returns.meaning import meaning
from schemas.returns.signs import KNOWN_NAME, NOTHING, Sign

if TYPE_CHECKING:
    from pipelines.checking.person_columns import Signs

# What settles it; each sign says for how much of it it counts. With less, but this much, somebody is asked.
ENOUGH, ASKED = 3, 2
NAMES, BIRTHS, HOMES, DAYS, HALVES = (
    "first names or surnames",
    "days like dates of birth",
    "addresses of homes",
    "days",
    "postcodes in two cells",
)


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """One sign in a block of one column: what, how much it counts for, where."""

    what: str
    weight: int
    at: int
    rows: np.ndarray


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of single people: by what it is known, its first and last row and column, from 0; not `sure`: to be asked about."""

    signs: tuple[str, ...]
    rows: tuple[int, int]
    columns: tuple[int, int]
    sure: bool = True


def beside(columns: list[Signs], row: int) -> frozenset[str]:
    """The headings of a row, by meaning."""
    if row < 0:
        return frozenset()
    cells = (each.column.values[each.column.codes[row]] for each in columns)
    return frozenset(meaning(cell) for cell in cells if isinstance(cell, str) and cell.strip())


def is_labelled(columns: list[Signs], rows: np.ndarray, at: int, *, also: Sign = NOTHING) -> bool:
    """Whether each row has a label of its own, as a ward, a school or a period; or two that cross, as ward and sex do.

    `also`: what else may be a label, as words with capitals are beside a number that may be a count.
    """
    own = int(Sign.LABEL | Sign.PERIOD | also)
    wanted = own | int(Sign.SEX | Sign.AGE)
    labels = [
        each for each in columns if each.at != at and np.count_nonzero(each.flags[rows] & wanted) >= 0.9 * len(rows)
    ]
    alone = (each for each in labels if np.count_nonzero(each.flags[rows] & own) >= 0.9 * len(rows))
    if any(each.different(rows) == len(rows) for each in alone):
        return True
    for one, other in combinations(labels[:6], 2):
        crossed = one.column.codes[rows].astype(np.int64) * len(other.column.values) + other.column.codes[rows]
        if len(np.unique(crossed)) == len(rows) and 2 * one.different(rows) * other.different(rows) <= 3 * len(rows):
            return True
    return False


def has_places(columns: list[Signs], rows: np.ndarray, at: int) -> bool:
    """Whether each row has a place or a school of its own: half of them no names, and hardly any a known one.

    “Allerton Grange School” is none, “Carr Manor” has the shape of one.
    """
    shaped = int(Sign.LABEL | Sign.NAME_SHAPED)
    for each in columns:
        flags = each.flags[rows]
        if each.at == at or np.count_nonzero(flags & shaped) < 0.9 * len(rows) or each.different(rows) < len(rows):
            continue
        labels, known = np.count_nonzero(flags & int(Sign.LABEL)), np.count_nonzero(flags & int(KNOWN_NAME))
        if 2 * labels >= len(rows) and 5 * known <= len(rows):
            return True
    return False
