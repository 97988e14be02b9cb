"""The scorecard's table: one indicator a row, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Html, join, tag
from app.widgets.icons import mark
from app.widgets.lines import alt_of, line_of
from app.widgets.sparkline import sparkline
from app.widgets.tables import Column, Row, stacked, table, two_lines

if TYPE_CHECKING:
    from pipelines.queries.scorecard import ScorecardLine

_COLUMNS = [
    Column("Indicator and owner", width="28%"),
    Column("Latest", width="14.5%"),
    Column("Change on last quarter", "Change", width="15.5%"),
    Column("Five years", width="13.5%"),
    Column("Variation and assurance", "Variation", width="14.5%"),
    Column("England and neighbours", "Compared", across=True),
]


def scorecard_table(caption: str, lines: tuple[ScorecardLine, ...]) -> Html:
    """The lines under one caption."""
    return table(caption, _COLUMNS, [_row(line) for line in lines], cls="fixed")


def _row(line: ScorecardLine) -> Row:
    name = tag("a", line.title, href=links.to_indicator(line.indicator_id), cls="strong-link")
    under = join(line.owner, tag("br") if line.freshness else None, line.freshness)
    return Row(
        two_lines(name, under), (_latest(line), _change(line), _picture(line), _variation(line), _compared(line))
    )


def _latest(line: ScorecardLine) -> Html:
    return stacked(line.latest, join(line.n, tag("br") if line.n else None, line.period))


def _change(line: ScorecardLine) -> str:
    within = {"usual": "within usual range", "concern": line.signal, "improvement": line.signal, "unusual": line.signal}
    said = within.get(line.variation, "")
    return f"{line.change}, {said}" if said and line.change != "Not known" else line.change


def _picture(line: ScorecardLine) -> Html:
    if line.spark is None:
        return tag("span", "None to show", cls="under")
    return sparkline(line_of(line.spark), alt_of(line.title, line.spark))


def _variation(line: ScorecardLine) -> Html:
    return two_lines(mark(line.variation, line.variation_words), line.assurance_words)


def _compared(line: ScorecardLine) -> Html:
    return two_lines(line.comparison_words or "No national figure", line.comparison_detail)
