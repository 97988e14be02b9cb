"""The days of a quarter, from its end to the meeting, with the next of them marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.icons import mark
from app.widgets.page import section
from app.widgets.tables import Column, Row, table
from schemas.catalogue import catalogue
from schemas.catalogue.cycle import cycle
from schemas.periods import day_words, quarter_of

if TYPE_CHECKING:
    from datetime import date

    from app.widgets.html import Html

_NOTE = "Working days of England. What comes after the release stands in the next one."


def quarter_days(today: date) -> Html:
    """The days of the quarter whose returns are being gathered: the last that has ended."""
    quarter = quarter_of(today).previous
    days = cycle(catalogue(), quarter).named
    coming = next((day for _, day in days if day >= today), None)
    rows = [Row(title, (day_words(day), _state(day, today, coming))) for title, day in days]
    columns = [Column("Day", width="38%"), Column("Date", width="34%"), Column("State")]
    body = table(f"The days of {quarter.short}", columns, rows, cls="pairs", hide_caption=True)
    return section(f"The days of {quarter.short}", body, note=_NOTE, anchor="days")


def _state(day: date, today: date, coming: date | None) -> Html:
    left = (day - today).days
    if left < 0:
        return mark("done", "Past")
    soon = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
    return mark("query" if day == coming else "note", f"Next, {soon}" if day == coming else soon.capitalize())
