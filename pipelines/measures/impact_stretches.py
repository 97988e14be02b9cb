"""Which points lie before a change, which after it, and which are used for nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from pipelines.measures.impact_kinds import FEWEST_AFTER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.measures.spc_limits import BoolArray, IntArray
    from pipelines.measures.spc_series import Series


@dataclass(frozen=True)
class Stretch:
    """Rows of one definition round a change: start to end are before it, first to stop after it.

    A row between end and first is the period the change falls in. `is_closed`: a new definition ended the rows after.
    """

    size: int
    start: int
    end: int
    first: int
    stop: int
    is_closed: bool

    @property
    def before(self) -> BoolArray:
        """The baseline's rows."""
        return self._rows(self.start, self.end)

    @property
    def after(self) -> BoolArray:
        """The rows judged."""
        return self._rows(self.first, self.stop)

    @property
    def used(self) -> BoolArray:
        """Rows on either side."""
        return self.before | self.after

    @property
    def phases(self) -> IntArray:
        """A number a side, so that no rule crosses the change or a definition."""
        edges = (self.start, self.end, self.first, self.stop)
        return np.searchsorted(np.array(edges), np.arange(self.size), side="right").astype(np.int64)

    @property
    def parts(self) -> list[str]:
        """Before, straddling or after, row by row."""
        words = ("before", "before", "straddling", "after", "after")
        return [words[phase] for phase in self.phases]

    def _rows(self, start: int, stop: int) -> BoolArray:
        rows = np.arange(self.size)
        return (rows >= start) & (rows < stop)


def stretch(size: int, changed_at: int, straddling: int | None, rebase: Sequence[int]) -> Stretch:
    """The rows before and after, kept to one definition; ValueError where the change lies outside the series.

    >>> found = stretch(20, 12, 11, (3, 18))
    >>> found.start, found.end, found.first, found.stop, found.is_closed
    (3, 11, 12, 18, True)
    """
    if not 0 <= changed_at <= size:
        msg = f"changed_at is {changed_at}, outside the series of {size} points. Give the row of the first point after."
        raise ValueError(msg)
    if straddling is not None and (straddling != changed_at - 1 or straddling < 0):
        msg = (
            f"straddling is {straddling}; the period a change falls in is the row before changed_at, {changed_at - 1}."
        )
        raise ValueError(msg)
    end = changed_at if straddling is None else straddling
    start = max((row for row in rebase if row < end), default=0)
    later = [row for row in rebase if row >= end and row > 0]
    stop = max(min(later, default=size), changed_at)
    return Stretch(size, start, end, changed_at, stop, bool(later))


def broken_off(series: Series, found: Stretch) -> bool:
    """True where a new definition leaves fewer than four figures after the change, so that no more can come."""
    return found.is_closed and int(((series.shown | series.hidden) & found.after).sum()) < FEWEST_AFTER


def too_much_hidden(series: Series, found: Stretch) -> bool:
    """True where more than one in ten of the points used, or any of the last six, is hidden."""
    rows = np.flatnonzero(found.used)
    return replace(series, values=series.values[rows], hidden=series.hidden[rows]).is_mostly_hidden
