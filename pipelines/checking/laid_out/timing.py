"""Which quarter an agency's own spreadsheet is sent for, and which period each of its columns is of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.checking.laid_out.picking import picked_by
from schemas.layouts.when import is_relative, period_named, year_around, years_in
from schemas.periods import Period, PeriodError, parse, quarter_of
from schemas.returns.markers import marker_of
from schemas.returns.numbers import number_in
from schemas.returns.stated_period import stated_period

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pipelines.checking.laid_out.matching import Match

# A title block is seldom longer.
_TITLE_ROWS = 60


@dataclass(frozen=True)
class Timing:
    """The return's quarter and the year its columns count in; None where the file leaves one open."""

    quarter: Period | None
    year: Period | None
    calendar: bool

    def of(self, word: str, year: Period | None) -> Period | None:
        """The period of a column: its word within the year its heading names, or else within that of the return."""
        if not word:
            return self.quarter
        within = year or self.year
        if is_relative(word):
            return period_named(word, within) if within else None
        return parse(word)


def quarter_in(stated: str) -> Period | None:
    """The quarter a cover states, also by its last month or as the year up to it; None where it states none.

    >>> [quarter_in(text) for text in ("September 2026", "Q2 26/27")] == [parse("2026-27-Q2")] * 2
    True
    >>> quarter_in("2026-27") is quarter_in("monthly") is None
    True
    """
    period = _read(stated)
    if period is None or period.kind in ("financial_year", "calendar_year", "academic_year", "term"):
        return None
    around = quarter_of(period.end)
    return around if period.end == around.end else None


def year_in(stated: str) -> Period | None:
    """The financial or calendar year a cover states; None where it states none.

    >>> year_in("2026-27") == parse("FY2026-27"), year_in("Q2 26/27")
    (True, None)
    """
    period = _read(stated)
    return period if period is not None and period.kind in ("financial_year", "calendar_year") else None


def timing(match: Match, cells: pd.DataFrame, stated: str, today: date) -> Timing:
    """The quarter stated, else the last one over with a figure in it; its year, else the one the file names.

    A year of which quarter nobody speaks is taken from the cover, the title above the table, the sheets' names, or the
    headings, where these name one and no other.
    """
    calendar = match.layout.year == "calendar"
    quarter = quarter_in(stated)
    if quarter is not None:
        return Timing(quarter, year_around(quarter.end, calendar=calendar), calendar)
    year = year_in(stated) or _only(_titles(match)) or _only(each for each in cells["year"] if each is not None)
    known = Timing(None, year, calendar)
    return Timing(_last_with_a_figure(cells, known, today), year, calendar)


def periods(cells: pd.DataFrame, when: Timing) -> pd.Series:
    """The period of each cell, None where it cannot be told."""
    pairs = list(zip(cells["word"].tolist(), cells["year"].tolist(), strict=True))
    answers = {pair: when.of(*pair) for pair in set(pairs)}
    return pd.Series([answers[pair] for pair in pairs], index=cells.index, dtype="object")


def _last_with_a_figure(cells: pd.DataFrame, when: Timing, today: date) -> Period | None:
    """The last quarter that is over and has a figure; of quarters none of which is over, the first."""
    filled = picked_by(cells, (number_in(text) is not None or marker_of(text) for text in cells["text"]))
    found = {quarter_of(period.end) for period in periods(filled, when) if period is not None}
    over = [quarter for quarter in found if quarter.end < today]
    return max(over, default=None) or min(found, default=None)


def _titles(match: Match) -> set[Period]:
    """The years named above the first table of each sheet, and in the sheets' names."""
    calendar = match.layout.year == "calendar"
    first = {table.order: table for table in reversed(match.tables)}.values()
    above = [text for table in first for text in table.grid.title(min(table.head.row, _TITLE_ROWS))]
    return {year for text in (*above, *match.sheets) for year in years_in(text, calendar=calendar)}


def _only(years: Iterable[Period]) -> Period | None:
    found = set(years)
    return found.pop() if len(found) == 1 else None


def _read(stated: str) -> Period | None:
    try:
        return stated_period(stated) if stated else None
    except PeriodError:
        return None  # what a cover says and nobody can read is said by whoever reads the cover
