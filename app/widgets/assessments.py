"""Self-assessments on the page of returns: what is owed and its workbook; for the business unit who has not replied."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from app import uploads
from app.widgets.html import Html, tag
from app.widgets.icons import mark
from app.widgets.page import empty, group, put, section
from app.widgets.tables import Column, Row, table, two_lines
from pipelines.queries import respondents
from schemas.periods import day_words

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.queries.respondents import Owes, Sector

_KIND = "self_assessment"
_OWED_NOTE = "What you answered last year is filled in and marked. You may send it in parts: what you leave out stays."
_WAITING_NOTE = "Only you see here who they are. Schools and small bodies are named in no publication."
_BEGIN = ("Send the register of respondents: with it the year’s round begins, for agencies too.",)
_DOWNLOADS = "Download its workbook, or the copy in which to moderate"


def assessments(visit: Visit, agency_id: str) -> None:
    """What the agency owes of the year under way: its state, the day it is due, and its workbook."""
    owed = respondents.owed(visit.home, visit.actor, agency_id, visit.at.date())
    if not owed:
        return
    put(section("Self-assessment", _owed_table(owed), note=_OWED_NOTE, anchor="self-assessment"))
    with st.container(key="space-assessment"):
        for each in owed:
            _download(
                visit,
                each,
                f"Download the self-assessment for {each.year.short}",
                key=f"assessment-{each.instrument_id}",
            )


def holds_moderation(visit: Visit) -> bool:
    """Whether the business unit says that what it sends is moderation; nobody else is asked."""
    if visit.actor.role != "business_unit":
        return False
    with st.container(key="choice-moderation"):
        return st.checkbox("This workbook holds our moderation", key="holds_moderation")


def waiting(visit: Visit) -> None:
    """For the business unit alone: who has not replied yet, by sector and name, and a workbook for one of them."""
    if visit.actor.role != "business_unit":
        return
    sectors = respondents.by_sector(visit.home, visit.actor, visit.at.date())
    if not sectors:
        put(section("Who has not replied", empty("No self-assessment is asked for yet", *_BEGIN), anchor="waiting"))
        return
    first = next((each for sector in sectors for each in sector.waiting), None)
    said = _WAITING_NOTE if first is None else f"{_WAITING_NOTE} Due by {day_words(first.due)}."
    put(section("Who has not replied", *map(_sector, sectors), note=said, anchor="waiting"))
    _of_one(visit, [each for sector in sectors for each in sector.everybody])


def _owed_table(owed: tuple[Owes, ...]) -> Html:
    columns = [Column("Self-assessment", width="46%"), Column("Due", width="24%"), Column("State")]
    rows = [
        Row(
            two_lines(each.instrument, f"{each.year.short}, {_holds(each)}"),
            (day_words(each.due), _state(each)),
        )
        for each in owed
    ]
    return table("Self-assessments owed", columns, rows, cls="pairs", hide_caption=True)


def _holds(each: Owes) -> str:
    return f"{each.asked} statements" if each.asked else "the sheet Event of the partnership’s workbook"


def _state(each: Owes) -> Html:
    is_in = each.state == respondents.RECEIVED
    icon = "done" if is_in else "missing" if each.state in (respondents.LATE, respondents.DUE) else "query"
    return mark(icon, each.words)


def _sector(sector: Sector) -> Html:
    """A sector: how many have replied, and under it the others in the order of their names."""
    aside = f"{sector.replied} of {sector.owed} replied"
    if not sector.waiting:
        return group(sector.sector, empty("Everybody has replied", "Nothing to chase here."), aside=aside)
    columns = [Column("Who", width="46%"), Column("Self-assessment", width="28%"), Column("State")]
    rows = [
        Row(two_lines(e.name, e.sender_id if e.is_registered else None), (e.instrument, _state(e)))
        for e in sector.waiting
    ]
    caption = f"Not replied yet: {sector.sector}"
    return group(sector.sector, table(caption, columns, rows, cls="pairs", hide_caption=True), aside=aside)


def _of_one(visit: Visit, every: list[Owes]) -> None:
    if not every:
        return
    put(tag("h3", _DOWNLOADS, cls="later"))
    named = {f"{each.sender_id} {each.instrument_id}": each for each in every}
    with st.container(key="choice-respondent"):
        chosen = st.selectbox(
            "Whose",
            list(named),
            index=None,
            format_func=lambda each: f"{named[each].name} ({named[each].sender_id}), {named[each].instrument}",
            key="respondent_of_workbook",
            placeholder="Choose one",
        )
    if chosen is None:
        return
    with st.container(key="space-respondent", horizontal=True):
        _download(visit, named[chosen], "Download its workbook", key="respondent_workbook")
        _download(
            visit, named[chosen], "Download the copy for moderation", key="respondent_moderation", moderating=True
        )


def _download(visit: Visit, each: Owes, words: str, *, key: str, moderating: bool = False) -> None:
    """A workbook made only when it is asked for."""
    copy = "-moderation" if moderating else ""
    asked = {"instrument": each.instrument_id, "moderating": moderating}
    st.download_button(
        words,
        partial(uploads.template, visit, each.sender_id, each.year.id, _KIND, **asked),
        file_name=f"{each.sender_id}-self-assessment-{each.year.short}{copy}.xlsx",
        on_click="ignore",
        key=key,
    )
