"""Columns that say yes or no of each row: in words, as ticks beside blanks, as ones and noughts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schemas.returns import list_headings as headed
from schemas.returns.signs import Sign
from schemas.returns.statuses import says_a_stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.checking.person_columns import Signs

_LEAST, _LEAST_TICKS = 5, 3
_MOST_STAGES = 6
_SHARE = 0.8


def flags(columns: list[Signs], *, named: bool) -> list[tuple[int, np.ndarray, int]]:
    """The first of the columns that say yes or no, its rows, and how much it counts for; none for none.

    Two and more count for three. One by itself may be anything, but beside the numbers of cases (`named`) for two.
    """
    found = [(each.at, rows) for each in columns for rows in (*_said(each), *_ticked(each), *_noughts(each))]
    if not found:
        return []
    at, rows = max(found, key=lambda one: len(one[1]))
    many = len({place for place, _ in found}) > 1
    return [(at, rows, 3 if many else 2 if named else 1)]


def stages(each: Signs) -> Iterator[np.ndarray]:
    """The rows of a column that says of each case where it has got to."""
    said = np.array(
        [isinstance(value, str) and says_a_stage(value.strip()) for value in each.column.values], dtype=bool
    )
    if not 1 < np.count_nonzero(said) <= _MOST_STAGES:
        return
    rows = np.flatnonzero(said[each.column.codes])
    if len(rows) >= _LEAST and len(rows) >= _SHARE * np.count_nonzero(each.filled[rows[0] : rows[-1] + 1]):
        yield rows


def _said(each: Signs) -> Iterator[np.ndarray]:
    for rows in each.runs(Sign.YES_NO, _LEAST):
        if each.share(Sign.YES_NO, rows) >= _SHARE and not headed.is_agreed(each.heading(rows)[0]):
            yield rows


def _ticked(each: Signs) -> Iterator[np.ndarray]:
    """From the first tick to the last, blanks with them."""
    rows = np.flatnonzero(each.flags & int(Sign.TICK)) if each.found & int(Sign.TICK) else np.array([], dtype=np.intp)
    if len(rows) < _LEAST_TICKS or each.share(Sign.TICK, rows) < _SHARE or headed.is_agreed(each.heading(rows)[0]):
        return
    span = np.arange(int(rows[0]), int(rows[-1]) + 1)
    if len(span) >= _LEAST and 5 * len(rows) >= len(span):
        yield span


def _noughts(each: Signs) -> Iterator[np.ndarray]:
    """Nothing but ones and noughts, or ones and blanks, of each some."""
    small = np.array([type(value) is int and value in (0, 1) for value in each.column.values], dtype=bool)
    ones = np.array([type(value) is int and value == 1 for value in each.column.values], dtype=bool)
    if not ones.any():
        return
    rows = np.flatnonzero(small[each.column.codes])
    span = np.arange(int(rows[0]), int(rows[-1]) + 1)
    filled = np.count_nonzero(each.filled[span])
    yes = np.count_nonzero(ones[each.column.codes])
    some = len(rows) >= _LEAST_TICKS and len(span) >= _LEAST and 0 < yes < len(span) and 5 * len(rows) >= len(span)
    if some and len(rows) >= _SHARE * filled and not headed.is_agreed(each.heading(rows)[0]):
        yield span
