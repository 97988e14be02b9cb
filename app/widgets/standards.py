"""The rate that allows for age, as a sentence and a small table by year beside the rate as counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.amounts import Unit, unit_of
from app.widgets.page import section
from app.widgets.tables import Column, Row, table

if TYPE_CHECKING:
    from app.widgets.html import Html
    from pipelines.queries import beside
    from pipelines.queries import indicator as queries


def standards(view: queries.IndicatorView, found: beside.Compared | None) -> Html | None:
    """The standardised rate by year, newest first, each year without one saying why."""
    if found is None or not found.standards:
        return None
    unit, newest = unit_of(view.facts), found.standards[::-1]
    note = (
        f"{view.facts['title']} if the children of {found.place} had the ages of a standard population, so that years and "
        f"places with older or younger children can be compared. Standard: {newest[0].source}, cut to ages 0 to 17."
    )
    columns = [
        Column("Period", width="20%"),
        Column("Allowing for age", "For age", width="20%"),
        Column("Between (95% sure)", "Between", width="18%"),
        Column("As counted", width="20%"),
        Column("Note"),
    ]
    rows = [_row(each, unit) for each in newest]
    return section(
        _finding(newest[0], unit), table("By year", columns, rows, cls="pairs", hide_caption=True), note=note
    )


def _finding(latest: beside.Standard, unit: Unit) -> str:
    if latest.value is None:
        return f"No rate allowing for age in {latest.period}"
    return f"Allowing for age: {unit.value(latest.value)} in {latest.period}, against {unit.value(latest.crude)} as counted"


def _row(each: beside.Standard, unit: Unit) -> Row:
    shown = "–" if each.value is None else unit.value(each.value)
    return Row(
        each.period,
        (shown, unit.between(each.lower, each.upper) or "–", unit.value(each.crude), each.words or "Every age known"),
    )
