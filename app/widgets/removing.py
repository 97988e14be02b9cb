"""Removing something for good: what waits for a second person, and asking for more; with the words and checks of the command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from app.refusing import on_page
from app.widgets.html import Html, tag
from app.widgets.page import empty, put, section
from app.widgets.tables import Column, Row, table, two_lines
from pipelines.queries.prepared import needs_two_people
from pipelines.queries.removals import waiting
from schemas.periods import day_words
from schemas.problems import UserError
from schemas.removals import WHYS

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.queries.removals import Waiting

_SAID = "removed_said"
_LOOKED = "removed_look"  # what would go, of which asking
_LONGEST = 300
_NOTE = (
    "For what must not be kept: details of a person that slipped through, an erasure, a court’s order. What is only wrong is "
    "withdrawn. Where words stand that must go, “throughline find” says."
)
_COPIES: dict[str, str] = {
    "": "Leave them there",
    "near": "Take them from other versions, and where the sender repeats them",
    "everywhere": "Take them from every submission, whoever sent it",
}
_WITHDRAW = "Withdraw the publications that show it"


def remove_for_good(visit: Visit) -> None:
    """What is asked for with a button for the second person, then the form; above it what became of the last."""
    try:
        found, is_of_two = waiting(visit.home, visit.actor, visit.at), needs_two_people(visit.home)
    except UserError as why:
        put(section("Remove something for good", empty("Nothing can be removed", on_page(why)), anchor="remove"))
        return
    said: list[str] | None = st.session_state.pop(_SAID, None)
    done = tag("div", [tag("p", line) for line in said], cls="said", role="status") if said else None
    put(section("Remove something for good", done, _table(found) if found else None, note=_NOTE, anchor="remove"))
    for number, each in enumerate(found):
        _second(visit, number, each, is_alone=len(found) == 1)
    _form(visit, is_of_two=is_of_two)


def _table(found: tuple[Waiting, ...]) -> Html:
    columns = [Column("Asked to be removed", width="46%"), Column("By"), Column("Why", width="30%")]
    rows = [
        Row(
            two_lines(each.words, f"Stands until {day_words(each.until.date())}"),
            (two_lines(each.by, day_words(each.at.date())), two_lines(WHYS.get(each.why, each.why), each.reason)),
        )
        for each in found
    ]
    return table("What waits for a second person", columns, rows, cls="pairs", hide_caption=True)


def _second(visit: Visit, number: int, each: Waiting, *, is_alone: bool) -> None:
    """The buttons for one that waits: look first, then remove it, or take the asking away."""
    named: dict[str, Any] = {
        "what": each.named.what, "records": each.named.records, "rows": each.named.rows, "copies": each.named.copies
    }  # fmt: skip
    with st.container(key=f"space-second-{number}"):
        if not is_alone:
            put(tag("h3", each.words))
        if each.not_by:
            put(tag("p", each.not_by, cls="second"))
        if st.button("Show what would go", key=f"second_look_{number}"):
            _look(visit, named)
        is_shown = st.session_state.get(_LOOKED, (None, None))[0] == named
        if is_shown:
            _shown(named)
            withdraw = st.checkbox(_WITHDRAW, key=f"second_withdraw_{number}")
            if st.button("Remove it for good", key=f"second_remove_{number}", disabled=bool(each.not_by)):
                _do(visit, named, why="", reason="", withdraw=withdraw)
        if st.button("Do not remove it", key=f"second_refuse_{number}"):
            _refuse(visit, each)


def _form(visit: Visit, *, is_of_two: bool) -> None:
    verb = "Ask for it to be removed" if is_of_two else "Remove it for good"
    with st.container(key="space-remove"), st.form("remove", border=False):
        one = st.text_input("Submission, as its receipt names it", key="remove_what", max_chars=_LONGEST)
        row = st.text_input(
            "Of it only the words of one row or cell, such as Commentary!3 or Commentary!C3",
            key="remove_row",
            max_chars=_LONGEST,
        )
        record = st.text_input("Or a record of a log, by its reference", key="remove_record", max_chars=_LONGEST)
        copies = st.selectbox(
            "Where other submissions hold the same words",
            list(_COPIES),
            format_func=lambda code: _COPIES[code],
            key="remove_copies",
        )
        withdraw = False if is_of_two else st.checkbox(_WITHDRAW, key="remove_withdraw")
        why = st.selectbox(
            "Why",
            list(WHYS),
            index=None,
            format_func=lambda code: WHYS[code],
            key="remove_why",
            placeholder="Choose one",
        )
        reason = st.text_area(
            "Reason",
            key="remove_reason",
            max_chars=_LONGEST,
            placeholder="Kept for good, so it may tell of nobody. No names.",
        )
        is_meant = st.checkbox("I have seen what would go, and mean it", key="remove_meant")
        looks = st.form_submit_button("Show what would go")
        pressed = st.form_submit_button(verb)
    named: dict[str, Any] = {
        "what": (one.strip(),) if one.strip() else (),
        "records": (record.strip(),) if record.strip() else (),
        "rows": (row.strip(),) if row.strip() else (),
        "copies": copies,
    }
    if looks:
        _look(visit, named)
    if looks and st.session_state.get(_LOOKED, (None, None))[0] == named:
        _shown(named)
    if pressed and (why is None or not is_meant):
        _say("Choose why, look at what would go, and tick that you mean it. Nothing was removed.")
    elif pressed:
        _do(visit, named, why=why or "", reason=reason, withdraw=withdraw)


def _look(visit: Visit, named: dict[str, Any]) -> None:
    """Keep what would go for this page, until something else is looked at."""
    from pipelines.flows import expunging

    try:
        with st.spinner("Looking through what is kept"):
            lines = list(
                expunging.asked(
                    visit.home, visit.actor, visit.at, why="", reason="", yes=False, withdraw=False, **named
                )
            )
    except UserError as why:
        st.session_state.pop(_LOOKED, None)
        _say(on_page(why))
        return
    # Its last line says how the command goes on.
    st.session_state[_LOOKED] = (named, lines[:-1])


def _shown(named: dict[str, Any]) -> None:
    of, lines = st.session_state[_LOOKED]
    if of == named:
        put(tag("ul", [tag("li", line) for line in lines], cls="rows", role="status"))


def _do(visit: Visit, named: dict[str, Any], *, why: str, reason: str, withdraw: bool) -> None:
    from pipelines.flows import expunging

    try:
        with st.spinner("Removing it for good: the vault and the publications are written anew"):
            lines = list(
                expunging.asked(
                    visit.home, visit.actor, visit.at, why=why, reason=reason, yes=True, withdraw=withdraw, **named
                )
            )
    except UserError as fault:
        _say(on_page(fault))
        return
    st.session_state.pop(_LOOKED, None)
    st.session_state[_SAID] = lines
    st.rerun()


def _refuse(visit: Visit, each: Waiting) -> None:
    from pipelines.flows import expunging

    try:
        st.session_state[_SAID] = [expunging.refuse(visit.home, visit.actor, each.named, visit.at)]
    except UserError as why:
        _say(on_page(why))
        return
    st.rerun()


def _say(words: str) -> None:
    put(tag("p", words, cls="said", role="status"))
