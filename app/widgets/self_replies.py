"""Who has replied to a self-assessment: each sector's count with a bar from zero, and each agency in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.clocks_shown import when
from app.widgets.html import Html, join, tag
from app.widgets.icons import mark
from app.widgets.page import more, section
from app.widgets.self_links import to_agency
from app.widgets.tables import Column, Row, table
from pipelines.queries.self_assessment_facts import ALL

if TYPE_CHECKING:
    from app.widgets.html import Child
    from pipelines.queries.self_assessment_facts import AgencyReply, Replies
    from pipelines.queries.self_assessment_year import Assessed

_ICONS = {"replied": "done", "begun": "query", "late": "missing", "due": "note"}


def replies_shown(found: Assessed) -> Html | None:
    """Each instrument's replies by sector, then the agencies by name where the release has them."""
    if not found.replies and not found.agencies:
        return None
    parts = [_instrument(found, instrument_id, title) for instrument_id, title in found.instruments]
    note = "A reply counts once every statement is answered and it is signed off. Bars are drawn from zero."
    return section("Who has replied", parts, _agencies(found), note=note, anchor="replies")


def _instrument(found: Assessed, instrument_id: str, title: str) -> Html:
    mine = [each for each in found.replies if each.instrument_id == instrument_id]
    sectors = [each for each in mine if each.sector != ALL]
    # Of one sector alone everybody is that sector, so one line says both.
    listed = mine if len(sectors) > 1 else sectors
    in_full = all(each.begun is not None for each in listed)
    columns = [
        Column("Group" if all(each.is_group for each in listed) else "Sector", width="27%"),
        Column("Replied", width="36%"),
    ]
    if in_full:
        columns += [
            Column("Begun", right=True),
            Column("Nothing received", "Nothing yet", right=True),
            Column("Of these late", "Late", right=True),
        ]
    rows = [Row(each.sector_words, (_bar(each), *_further(each)) if in_full else (_bar(each),)) for each in listed]
    heading = tag("h3", title, cls="later")
    whole = next((each for each in mine if each.sector == ALL), None)
    said = tag(
        "p", whole.words if whole else "Some sectors are not shown, so what all come to is not either.", cls="second on"
    )
    return join(heading, said, table(f"{title}: replies", columns, rows, cls="pairs fixed", hide_caption=True))


def _further(each: Replies) -> tuple[Child, ...]:
    begun, late = each.begun or 0, each.late or 0
    return f"{begun:,}", f"{each.owed - each.replied - begun:,}", f"{late:,}"


def _bar(each: Replies) -> Html:
    width = f"width:{100 * each.replied / each.owed:.1f}%" if each.replied else None
    bar = tag("span", cls="bar" if each.replied else "zero", style=width, aria_hidden="true")
    return tag("span", bar, tag("b", f"{each.replied:,} of {each.owed:,}"), cls="length")


def _agencies(found: Assessed) -> Html | None:
    if not found.agencies:
        return None
    columns = [
        Column("Agency", width="34%"),
        Column("State", width="40%"),
        Column("Last received", width="26%"),
    ]
    rows = [Row(to_agency(found, each), (_state(each), _came(each))) for each in found.agencies]
    shown = table("Each agency's reply, by sector", columns, rows, cls="pairs fixed", hide_caption=True)
    return more(f"Each agency ({len(found.agencies)})", shown)


def _state(each: AgencyReply) -> Html:
    return mark(_ICONS[each.state], each.state_words)


def _came(each: AgencyReply) -> Child:
    return when(each.received_on) if each.received_on else "Nothing"
