"""Promises: what was owed and has not come, who owes it, for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Html, tag
from app.widgets.page import more, section
from app.widgets.promised_clocks import clock_rows
from app.widgets.tables import Column, Row, table, two_lines
from schemas.periods import day_words

if TYPE_CHECKING:
    from pipelines.queries import overview as queries
    from pipelines.queries.review_facts import Clock


def promises(found: queries.Overview, period: str, clocks: tuple[Clock, ...] = ()) -> Html | None:
    """What was promised and has not come: returns of the quarter, actions past their date, statutory clocks."""
    if not found.partners:
        return None
    columns = [
        Column("Promise", width="24%"),
        Column("How many", width="15%"),
        Column("Who", width="37%"),
        Column("How long"),
    ]
    late = [agency for agency in found.partners if not agency.state.startswith("received")]
    short = [agency for agency in found.partners if agency not in late and agency.received < agency.owed]
    made = [
        Row(
            tag("a", "Returns not in", href=links.to("returns"), cls="strong-link"),
            (_of(late, len(found.partners)), _who(late), "; ".join(_received(agency) for agency in late) or "–"),
        ),
        Row(
            tag("a", "Figures left out of returns", href=links.to("returns"), cls="strong-link"),
            (str(sum(a.owed - a.received for a in short)) if short else "None", _who(short, counted=True), period),
        ),
        *_actions(found),
        *clock_rows(clocks),
    ]
    shown = table("What was promised and has not come", columns, made, cls="pairs", hide_caption=True)
    every = more(f"Every agency’s return ({len(found.partners)})", _returns(found))
    return section("Promises", shown, every, note="What was promised and has not come.", anchor="promises")


def _actions(found: queries.Overview) -> list[Row]:
    """Actions of recommendations past their date; no row where no learning log has come."""
    late = found.learned.late
    if not found.learned.has_actions:
        return []
    link = tag("a", "Actions overdue", href=f"{links.to('learning')}#overdue", cls="strong-link")
    who = "; ".join(f"{each.owner} ({each.actions})" for each in late) or "–"
    longest = f"The longest by {late[0].days:,} days" if late else "–"
    return [Row(link, (str(sum(each.actions for each in late)) if late else "None", who, longest))]


def _of(agencies: list[queries.PartnerLine], every: int) -> str:
    return f"{len(agencies)} of {every}" if agencies else "None"


def _who(agencies: list[queries.PartnerLine], *, counted: bool = False) -> str:
    return "; ".join(f"{a.title} ({a.owed - a.received})" if counted else a.title for a in agencies) or "–"


def _returns(found: queries.Overview) -> Html:
    columns = [
        Column("Agency", width="36%"),
        Column("Return", width="26%"),
        Column("Figures received", "Figures", right=True),
        Column("Need attention", right=True),
        Column("Getting better", right=True),
    ]
    return table(
        "Each agency's return for the quarter",
        columns,
        [_return(a) for a in found.partners],
        cls="pairs",
        hide_caption=True,
    )


def _return(agency: queries.PartnerLine) -> Row:
    state = two_lines(agency.state.capitalize(), _received(agency))
    figures_sent = f"{agency.received:,} of {agency.owed:,}"
    return Row(agency.title, (state, figures_sent, str(agency.needs), str(agency.better)))


def _received(agency: queries.PartnerLine) -> str:
    return f"Last received {day_words(agency.last_received)}" if agency.last_received else "Nothing received yet"
