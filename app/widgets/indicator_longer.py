"""An indicator over longer stretches than it is drawn by: years, the year so far, the last twelve months."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.widgets.amounts import Unit, count, unit_of
from app.widgets.counts import Fact
from app.widgets.html import Html, join, tag
from app.widgets.page import more
from app.widgets.tables import Column, Row, table
from schemas.periods import of_kind, parse

if TYPE_CHECKING:
    from datetime import date

    from pipelines.queries import indicator as queries

_SHOWN = 6
_MADE = {
    "sum": "Sum of its parts",
    "recompute": "Worked out again from the summed counts",
    "last": "The last figure of the year",
}
_NAMES = {
    "financial_year": "Year to March",
    "academic_year": "School year",
    "year_to_date": "Year to date",
    "rolling_12_months": "Last 12 months",
}


def facts(view: queries.IndicatorView) -> list[Fact]:
    """The year so far and the last twelve months, where the latest period has them."""
    unit, last = unit_of(view.facts), view.card["period_id"]
    end = max((row["end"] for row in view.data if row["period_id"] == last), default=None)
    current = {row["kind"]: row for row in view.longer if row["end"] == end and row["value"] is not None}
    kinds = [kind for kind in ("year_to_date", "rolling_12_months") if kind in current]
    return [Fact(_NAMES[k], unit.value(current[k]["value"]), _under(view, current[k], unit)) for k in kinds]


def _under(view: queries.IndicatorView, row: dict[str, Any], unit: Unit) -> str:
    """The same stretch a year before where it is of one kind, or what the figure rests on."""
    starts = [parse(period_id).start for period_id, _ in view.breaks]
    if any(parse(row["period_id"]).year_before.start < start <= row["end"] for start in starts):
        return "the definition changed since a year before"
    before = next((r for r in view.longer if r["kind"] == row["kind"] and r["end"] == _year_before(row["end"])), None)
    if before is not None and before["value"] is not None:
        return f"a year before: {unit.value(before['value'])}"
    return unit.counts(row["numerator"], row["denominator"]) or row["period"]


def _year_before(day: date) -> date:
    return of_kind("month", day).year_before.end


def longer_table(view: queries.IndicatorView) -> Html | None:
    """Every longer period, the newest first; what could not be worked out says why."""
    if not view.longer:
        return None
    unit = unit_of(view.facts)
    parts = [Column("Number", right=True), Column("Out of", right=True)] if unit.has_parts else []
    columns = [Column("Period", width="26%"), *parts, Column("Figure", right=True), Column("How it was made")]
    made = [_row(row, unit, view.facts["year_value"]) for row in view.longer]
    caption = "Years, years to date and rolling 12 months"
    first = table(caption, columns, made[:_SHOWN], cls="pairs")
    rest = table("Earlier longer periods", columns, made[_SHOWN:], cls="pairs", hide_caption=True)
    every = more(f"Show all {len(made)} longer periods", rest) if len(made) > _SHOWN else None
    return tag("div", join(first, every), cls="after")


def _row(row: dict[str, Any], unit: Unit, year_value: str) -> Row:
    parts = (count(row["numerator"]), count(row["denominator"])) if unit.has_parts else ()
    how = row["note"] or _how(row, year_value)
    return Row(row["period"], (*parts, unit.value(row["value"], row["marker"]), how))


def _how(row: dict[str, Any], year_value: str) -> str:
    if row["annualised"]:
        return "A rate a year, from part of one"
    return _MADE.get(year_value, "As published") if row["kind"] in _NAMES and row["value"] is not None else "–"
