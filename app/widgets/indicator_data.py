"""An indicator's numbers and how they were made: the data table, the comparison table, the definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.widgets.amounts import Unit, count, unit_of
from app.widgets.html import Html, join, tag
from app.widgets.icons import WORDS
from app.widgets.lines import kind_of
from app.widgets.page import more, section, terms
from app.widgets.tables import Column, Row, table
from pipelines.reports.marked import not_an_authority
from schemas.periods import parse
from schemas.returns.listed import listed

if TYPE_CHECKING:
    from pipelines.queries import indicator as queries
    from pipelines.reports.marked import Marked

_SHOWN = 8
_STATUS = {"final": "Final", "provisional": "Provisional"}


def data_table(view: queries.IndicatorView) -> Html:
    """The last eight figures, then all of them, each with its counts, its usual range and its submission."""
    unit = unit_of(view.facts)
    ranges = {point.period_id: point for point in view.points}
    made = [_figure(row, ranges.get(row["period_id"]), unit) for row in view.data]
    columns = _columns(unit)
    version = view.definitions[-1]["version"] if view.definitions else 1
    caption = f"The last {min(_SHOWN, len(made))} figures of {len(made)}. Definition version {version}."
    first = table(caption, columns, made[:_SHOWN], cls="pairs")
    if len(made) <= _SHOWN:
        return first
    rest = table("Earlier figures", columns, made[_SHOWN:], cls="pairs", hide_caption=True)
    return join(first, more(f"Show all {len(made)} figures", rest))


def definition(view: queries.IndicatorView, marked: Marked) -> Html:
    """What is counted, where from, whose it is and whom to ask for it, why it matters, and the question to ask."""
    facts = view.facts
    pairs: list[tuple[str, Any]] = [("Definition", facts["definition"]), ("Number counted", facts["numerator"])]
    if facts["denominator"]:
        pairs.append(("Out of", facts["denominator"]))
    pairs += [
        ("Unit", unit_of(facts).words),
        ("Source", facts["source"]),
        ("Why it matters", facts["why_it_matters"]),
        ("Ask", facts["challenge_question"]),
        ("Sent", f"{facts['frequency'].capitalize()}, by {facts['owner']}"),
        ("Data owner", _owned(marked)),
        ("Freedom of information", _asked(marked)),
        ("Target", facts["target_words"] or "No target"),
        ("Versions", _versions(view)),
        ("Id", facts["indicator_id"]),
    ]
    return terms(pairs)


def _owned(marked: Marked) -> Html:
    """Each body that owns some of the figures, and which agencies' they are."""
    lines = [f"{each.owner}, for what {listed(list(each.agencies))} sent" for each in marked.owners]
    return join(*(tag("div", f"{line}.") for line in lines))


def _asked(marked: Marked) -> Html:
    """Whom to ask for them under the Act, and that the partnership is not whom to ask."""
    lines = [
        f"{each.ask}{'' if each.is_public_authority else ' (not bound by the Freedom of Information Act)'}."
        for each in marked.owners
    ]
    said = [*lines, not_an_authority(marked.partnership)]
    return join(*(tag("div", line) for line in said if line))


def comparison(view: queries.IndicatorView) -> Html | None:
    """England, region and neighbours for the latest year published, by name."""
    period = view.card["comparison_period"]
    marks = [mark for mark in view.benchmarks if mark.period_id == period]
    if not marks:
        return None
    unit = unit_of(view.facts)
    order = {"partnership": 0, "country": 1, "region": 2}
    ordered = sorted(marks, key=lambda mark: (order.get(mark.level, 3), mark.area_name))
    rows = [
        Row(
            mark.area_name,
            (unit.value(mark.value, mark.marker), unit.between(mark.lower, mark.upper) or "–", mark.source),
        )
        for mark in ordered
    ]
    columns = [Column("Place", width="28%"), Column("Figure", width="18%")]
    columns += [Column("Between (95% sure)", "Between", width="18%"), Column("Source")]
    shown = table("England, the region and neighbours", columns, rows, cls="pairs", hide_caption=True)
    title = view.card["comparison_words"] or "England and neighbours"
    note = f"Official statistics for {parse(period).short}, the latest published. {view.card['comparison_detail']}."
    return section(
        title, more(f"Show all {len(rows)} places" if len(rows) > 1 else "Show the figure", shown), note=note
    )


def _versions(view: queries.IndicatorView) -> Html:
    lines = [
        join(
            f"{found['version']}, from {parse(found['from_period']).short}. ",
            found["change"] or "First version.",
            tag("br"),
        )
        for found in reversed(view.definitions)
    ]
    return join(lines)


def _columns(unit: Unit) -> list[Column]:
    parts = [Column("Number", right=True), Column("Out of", right=True)] if unit.has_parts else []
    figure = Column("Figure", right=True)
    return [
        Column("Period"),
        *parts,
        figure,
        Column("Usual range"),
        Column("Variation", width="13%"),
        Column("Status"),
        Column("Submission"),
    ]


def _figure(row: dict[str, Any], point: queries.Point | None, unit: Unit) -> Row:
    usual = unit.between(point.lower, point.upper) if point else ""
    judged = point is not None and point.value is not None and point.lower is not None
    kind = WORDS[kind_of(point.point_type)] if judged and point is not None else "–"
    parts = (count(row["numerator"]), count(row["denominator"])) if unit.has_parts else ()
    value = unit.value(row["value"], row["marker"])
    status = _STATUS.get(row["status"], row["status"])
    sent = ", ".join(row["submissions"]) or "–"
    return Row(row["period"], (*parts, value, usual or "–", kind, status, tag("span", sent, cls="breaks")))
