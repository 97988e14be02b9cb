"""Blocks of a column in which cells that could be about one child stand close together, and what they are weighed as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from schemas.returns.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.checking.person_columns import Signs

# What is asked about; each attribute says for how much of it it counts. A block has so many rows at the least.
ASKED, LEAST = 4, 5
SHARE = 0.8
# Totals and notes above a list are no longer.
_ABOVE = 30
# What a cell of data may be and a heading is not.
_DATA = int(
    Sign.SEX | Sign.AGE | Sign.DAY | Sign.SERIAL | Sign.CODE | Sign.ETHNIC | Sign.SCHOOL_YEAR | Sign.YES_NO | Sign.REFERENCE
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Attribute:
    """What a column says of each row's child: what, how much it counts for, where; whether its order is a table's."""

    what: str
    weight: int
    at: int
    rows: np.ndarray
    ordered: bool = False

    @property
    def is_enough(self) -> bool:
        """Whether it is asked about by itself."""
        return self.weight >= ASKED


def blocks(each: Signs, columns: list[Signs], sign: Sign) -> Iterator[np.ndarray]:
    """The rows of each block that is nearly all of a sign, below the headings that stand inside it."""
    for block in each.runs(sign, LEAST):
        rows = _below_heading(each, columns, block)
        if each.share(sign, rows) >= SHARE:
            yield rows


def _below_heading(each: Signs, columns: list[Signs], rows: np.ndarray) -> np.ndarray:
    """The rows of a block below the last row of headings near its top: totals above a list are no part of it."""
    first, last = int(rows[0]), int(rows[-1])
    if last - first < len(rows):  # nothing stands inside it
        return rows
    inside = np.setdiff1d(np.flatnonzero(each.filled[first : min(last, first + _ABOVE)]) + first, rows)
    for row in inside[::-1].tolist():
        below = rows[rows > row]
        if len(below) >= LEAST and _is_of_headings(columns, row):
            return below
    return rows


def _is_of_headings(columns: list[Signs], row: int) -> bool:
    """Whether two and more cells of a row are filled, all with words that are no data."""
    filled = [each for each in columns if each.filled[row]]
    words = (
        isinstance(each.column.values[each.column.codes[row]], str) and not each.flags[row] & _DATA for each in filled
    )
    return len(filled) > 1 and all(words)


def combined(labels: list[Signs], rows: np.ndarray) -> int:
    """How many different combinations of some columns' values stand in some rows."""
    return np.unique(np.stack([each.column.codes[rows] for each in labels]), axis=1).shape[1] if labels else 0
