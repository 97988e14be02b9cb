"""Taking a publication back: which, why, and a word that it is meant; below it those that were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.refusing import on_page
from app.widgets.html import Html, tag
from app.widgets.page import more, put, section
from app.widgets.tables import Column, Row, table
from pipelines.queries import frame
from schemas.catalogue import catalogue
from schemas.periods import day_words
from schemas.problems import UserError

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.queries.withdrawn import Withdrawn

_SAID = "publication_withdrawn"
_LONGEST = 300
_NOTE = (
    "For a publication that should not have been made: its file stays, marked, nobody is shown it, and readers have the one "
    "before it. Who has kept a copy still has it: tell them."
)


def withdraw_publication(visit: Visit) -> None:
    """The form, and what was withdrawn before; nothing where nothing is published."""
    said: str | None = st.session_state.pop(_SAID, None)
    if said is not None:
        put(tag("p", said, cls="said", role="status"))
    offered, gone = _found(visit)
    if not offered and not gone:
        return
    put(section("Withdraw a publication", _gone(gone) if gone else None, note=_NOTE, anchor="withdraw"))
    if not offered:
        return
    with st.container(key="space-withdraw"), st.form("withdraw_publication", border=False):
        chosen = st.selectbox(
            "Publication", list(offered), index=None, format_func=lambda each: offered[each], key="withdraw_publication_which",
            placeholder="Choose one",
        )  # fmt: skip
        reason = st.text_area(
            "Reason", key="withdraw_publication_reason", max_chars=_LONGEST,
            placeholder="Kept beside the file for good, and shown to the Executive and the partnership. No names.",
        )  # fmt: skip
        all_audiences = st.checkbox(
            "For all audiences of the same release, not this one alone", key="withdraw_publication_all"
        )
        is_meant = st.checkbox("I mean to withdraw it", key="withdraw_publication_meant")
        pressed = st.form_submit_button("Withdraw the publication")
    if pressed:
        _done(visit, chosen, reason, is_meant=is_meant, all_audiences=all_audiences)


def _found(visit: Visit) -> tuple[dict[str, str], list[tuple[str, Withdrawn]]]:
    """What can be withdrawn, in words by its id, and what was, each in the same words."""
    offered: dict[str, str] = {}
    gone: list[tuple[str, Withdrawn]] = []
    for audience in catalogue().audiences.values():
        taken_back = frame.withdrawn(visit.home, visit.actor, audience.id)
        releases = frame.releases(visit.home, visit.actor, audience.id)
        names = {each.publication_id: f"{audience.title}: {each.name}" for each in releases}
        gone += [(names.get(each.publication_id, audience.title), each) for each in taken_back]
        withdrawn = {each.publication_id for each in taken_back}
        offered |= {each: name for each, name in names.items() if each not in withdrawn}
    return offered, gone


def _gone(gone: list[tuple[str, Withdrawn]]) -> Html:
    columns = [Column("Publication", width="38%"), Column("Withdrawn"), Column("Reason", width="40%")]
    rows = [Row(name, (day_words(each.at.date()), each.reason)) for name, each in gone]
    shown = table("Withdrawn publications", columns, rows, cls="pairs", hide_caption=True)
    return more(f"Show the {len(gone)} that {'was' if len(gone) == 1 else 'were'} withdrawn", shown)


def _done(visit: Visit, chosen: str | None, reason: str, *, is_meant: bool, all_audiences: bool) -> None:
    if chosen is None or not is_meant:
        said = "Choose a publication and tick that you mean it. Nothing was withdrawn."
        put(tag("p", said, cls="said", role="status"))
        return
    from pipelines.flows import withdrawing_publications

    try:
        st.session_state[_SAID] = withdrawing_publications.withdraw(
            visit.home, visit.actor, chosen, reason, visit.at, all_audiences=all_audiences
        )
    except UserError as why:
        put(tag("p", on_page(why), cls="said", role="status"))
        return
    st.rerun()
