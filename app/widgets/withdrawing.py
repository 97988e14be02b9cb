"""Taking back what was sent: which submission, why, and a word that it is meant; then what stands again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.widgets.html import tag
from app.widgets.page import put, section
from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.problems import UserError

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.queries.inbox import Sent

_SAID = "withdrawn"
_LONGEST = 300
_NOTE = (
    "For what should not have been sent: the version before it stands again, where there is one. To correct something, "
    "send the return again instead."
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
    """The form under what was sent, where anything stands; and the receipt of what was taken back before."""
    standing = {each.submission_id: each for each in sent if each.stands}
    receipt: str | None = st.session_state.pop(_SAID, None)
    if receipt is not None:
        put(tag("p", receipt, cls="said", role="status"))
    if not standing:
        return
    put(section("Withdraw a submission", note=_NOTE, anchor="withdraw"))
    with st.container(key="space-withdraw"):
        _form(visit, standing)


def _form(visit: Visit, standing: dict[str, Sent]) -> None:
    with st.form("withdraw", border=False):
        chosen = st.selectbox(
            "Submission",
            list(standing),
            index=None,
            format_func=lambda each: f"{title_of(standing[each])}, version {standing[each].version}",
            key="withdraw_which",
            placeholder="Choose one",
        )
        reason = st.text_area(
            "Reason", key="withdraw_reason", max_chars=_LONGEST, placeholder="Kept in the event log for good. No names."
        )
        is_meant = st.checkbox("I mean to withdraw it", key="withdraw_meant")
        pressed = st.form_submit_button("Withdraw it")
    if pressed:
        _withdraw(visit, chosen, reason, is_meant=is_meant)


def _withdraw(visit: Visit, chosen: str | None, reason: str, *, is_meant: bool) -> None:
    """Hand it to the flow; say why where nothing was withdrawn, and show the list afresh where something was."""
    if chosen is None or not is_meant:
        put(
            tag("p", "Choose a submission and tick that you mean it. Nothing was withdrawn.", cls="said", role="status")
        )
        return
    from pipelines.flows import withdrawing

    try:
        st.session_state[_SAID] = withdrawing.withdraw(visit.home, visit.actor, chosen, reason, visit.at)
    except UserError as why:
        put(tag("p", str(why), cls="said", role="status"))
        return
    st.rerun()
