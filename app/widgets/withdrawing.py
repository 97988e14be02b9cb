"""Taking back what was sent, or going back to an earlier version: which, why, and a word that it is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from app.refusing import on_page
from app.widgets.html import tag
from app.widgets.page import put, section
from schemas.catalogue import catalogue
from schemas.periods import day_words, parse
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.session import Visit
    from pipelines.queries.inbox import Sent

_SAID = "withdrawn"
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class _Act:
    """One of the two forms: its words, and which submissions it is for."""

    key: str
    title: str
    note: str
    label: str
    meant: str
    button: str
    nothing: str
    offers: Callable[[Sent], bool]


_WITHDRAW = _Act(
    key="withdraw",
    title="Withdraw a submission",
    note="For what should not have been sent: the version before it stands again, where there is one. To correct something, "
    "send the return again instead.",
    label="Submission",
    meant="I mean to withdraw it",
    button="Withdraw it",
    nothing="Nothing was withdrawn.",
    offers=lambda sent: sent.stands,
)
_REVERT = _Act(
    key="revert",
    title="Go back to an earlier version",
    note="The version you choose stands again in place of the later one, which is kept. A figure corrected by the return "
    "for a later quarter stays as corrected.",
    label="Version that is to stand again",
    meant="I mean to go back to it",
    button="Go back to it",
    nothing="Nothing was changed.",
    offers=lambda sent: sent.may_stand_again,
)


def title_of(sent: Sent) -> str:
    """What a submission is, for its sender: `Learning log, 2026-27 Q2`; of figures the period alone.

    Of one that is no agency its reference as well: to the business unit all of them look alike without.
    """
    whose = "" if sent.agency_id in catalogue().agencies or not sent.agency_id else f", {sent.agency_id}"
    log = catalogue().calendar.get(sent.kind) if sent.kind not in ("", "figures") else None
    period = parse(sent.period).short if sent.period else "Period not known"
    return f"{log.title}, {period}{whose}" if log else period


def withdraw_one(visit: Visit, sent: tuple[Sent, ...]) -> None:
    """The forms under what was sent: to go back to a version, and to withdraw one; above them what was done before."""
    receipt: str | None = st.session_state.pop(_SAID, None)
    if receipt is not None:
        put(tag("p", receipt, cls="said", role="status"))
    for act in (_REVERT, _WITHDRAW):
        offered = {each.submission_id: each for each in sent if act.offers(each)}
        if offered:
            put(section(act.title, note=act.note, anchor=act.key))
            with st.container(key=f"space-{act.key}"):
                _form(visit, act, offered)


def _form(visit: Visit, act: _Act, offered: dict[str, Sent]) -> None:
    with st.form(act.key, border=False):
        chosen = st.selectbox(
            act.label,
            list(offered),
            index=None,
            format_func=lambda each: _version(offered[each]),
            key=f"{act.key}_which",
            placeholder="Choose one",
        )
        reason = st.text_area(
            "Reason",
            key=f"{act.key}_reason",
            max_chars=_LONGEST,
            placeholder="Kept with the submission for good. No names.",
        )
        is_meant = st.checkbox(act.meant, key=f"{act.key}_meant")
        pressed = st.form_submit_button(act.button)
    if pressed:
        _done(visit, act, chosen, reason, is_meant=is_meant)


def _version(sent: Sent) -> str:
    """A submission in a list: what it is, which version, and when it came, as two versions differ in little else."""
    return f"{title_of(sent)}, version {sent.version}, received {day_words(sent.received_at.date())}"


def _done(visit: Visit, act: _Act, chosen: str | None, reason: str, *, is_meant: bool) -> None:
    """Hand it to the flow; say why where nothing was done, and show the list afresh where something was."""
    if chosen is None or not is_meant:
        put(tag("p", f"Choose a submission and tick that you mean it. {act.nothing}", cls="said", role="status"))
        return
    from pipelines.flows import withdrawing

    flow = withdrawing.revert if act is _REVERT else withdrawing.withdraw
    try:
        st.session_state[_SAID] = flow(visit.home, visit.actor, chosen, reason, visit.at)
    except UserError as why:
        put(tag("p", on_page(why), cls="said", role="status"))
        return
    st.rerun()
