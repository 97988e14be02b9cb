"""Whether the quarter found in an agency's own spreadsheet is the one it was sent for, or one it was only left with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.layouts.when import years_in
from schemas.periods import quarter_of
from schemas.rules import file_layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from pipelines.checking.laid_out.matching import Match, Table
    from pipelines.checking.laid_out.timing import Timing
    from schemas.periods import Period
    from schemas.problems import Problem

_WITHIN_A_QUARTER = ("financial_quarter", "month")


def unclear(match: Match, when: Timing, today: date, stands: Callable[[Period], bool]) -> Problem | None:
    """An error where nobody said the quarter, and the one found is not for certain the one that is sent.

    That is so where a later quarter that is over has a column too, which is empty or at fault: what was found is then what
    the file was sent with last time. And where it is not the quarter that is due, and its return `stands` already.
    """
    found, due = when.quarter, quarter_of(today).previous
    if found is None or found >= due:
        return None
    newest = max((quarter for quarter in _with_a_column(match, when) if quarter.end < today), default=found)
    if newest > found:
        why = f"the columns of {newest.short} are empty or at fault, and the last figures are of {found.short}"
    elif stands(found):
        why = f"its last figures are of {found.short}, whose return has come already, and {due.short} is due"
    else:
        return None
    words = {"why": why, "period_id": found.id, "period": found.short, "newest": max(newest, due).short}
    return file_layout.QUARTER_UNCLEAR.problem(words)


def _with_a_column(match: Match, when: Timing) -> Iterator[Period]:
    """The quarters of which the layout reads a column, also where its heading is doubled, or is not there."""
    for table in match.tables:
        for word, year in _columns(table, calendar=when.calendar):
            period = when.of(word, year) if word else None
            if period is not None and period.kind in _WITHIN_A_QUARTER:
                yield quarter_of(period.end)


def _columns(table: Table, *, calendar: bool) -> Iterator[tuple[str, Period | None]]:
    """The period's word of each place, and the year its heading names."""
    head, over = table.head, table.grid.over(table.head.row)
    yield from ((each.place.period, each.year) for each in head.found)
    yield from ((place.period, None) for place in head.lacking)
    words = {place.heading: place.period for place in table.sheet_map.places}
    for heading, columns in head.doubled.items():
        years = {year for at in columns for year in years_in(over[at].whole, calendar=calendar)}
        yield words[heading], years.pop() if len(years) == 1 else None
