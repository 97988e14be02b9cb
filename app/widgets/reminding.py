"""Reminders, for the business unit: made at a press, to be copied, or downloaded as texts and mails."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import streamlit as st

from app.downloads import while_here
from app.refusing import on_page
from app.widgets.html import tag
from app.widgets.page import put, section
from pipelines.flows import reminding
from pipelines.flows.reach import LOOPBACK
from schemas.periods import quarter_of
from schemas.problems import UserError

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.flows.reminding import Reminded

_MADE = "reminders_made"
_WHOM = {
    "none": "Agencies only",
    "sector": "Agencies, and one message for each sector of respondents",
    "each": "Agencies, and each respondent",
}
_NOTE = (
    "One message for each agency that owes something: what has not come, what is to be mended, which actions are overdue. "
    "They name cells, never what stands in them. Each one made is put in the event log; sending it is yours to do."
)


def reminders(visit: Visit) -> None:
    """Choose whom, press, then copy or download what was made."""
    last = quarter_of(visit.at.date()).previous
    quarters = [last.next.id, last.id, last.previous.id]
    put(section("Reminders", note=_NOTE, anchor="reminders"))
    with st.container(key="space-reminders"):
        period = st.selectbox("For the quarter", quarters, index=1, key="reminders_period")
        whom = st.selectbox("For whom", list(_WHOM), index=1, format_func=_WHOM.__getitem__, key="reminders_whom")
        if st.button("Make the messages", key="reminders_make"):
            _make(visit, period or last.id, whom or "sector")
        done: Reminded | None = st.session_state.get(_MADE)
        if done is not None:
            _show(visit, done)


def _make(visit: Visit, period: str, whom: str) -> None:
    try:
        st.session_state[_MADE] = reminding.remind(
            visit.home,
            visit.actor,
            visit.at,
            period=period,
            respondents=cast("reminding.Respondents", whom),
            address=_address(),
        )
    except UserError as why:
        st.session_state.pop(_MADE, None)
        put(tag("p", on_page(why), cls="said", role="status"))


def _show(visit: Visit, done: Reminded) -> None:
    """How many were made, all of them as one file, and one of them as text to copy."""
    many = len(done.messages)
    nothing = f" Nothing to remind of: {', '.join(done.nothing)}." if done.nothing else ""
    if not many:
        put(tag("p", f"Nobody is to be reminded of anything.{nothing}", cls="said", role="status"))
        return
    put(tag("p", f"{many} {'message is' if many == 1 else 'messages are'} ready.{nothing}", cls="said", role="status"))
    st.download_button(
        "Download all as text and as mail",
        while_here(visit, lambda: reminding.zipped(done.messages)),
        file_name="reminders.zip",
        on_click="ignore",
        key="reminders_zip",
    )
    titles = [f"{each.title}: {each.subject}" for each in done.messages]
    chosen = st.selectbox("Read one", range(many), format_func=titles.__getitem__, key="reminders_read")
    one = done.messages[chosen or 0]
    st.code(f"Subject: {one.subject}\n\n{one.text}", language=None, wrap_lines=True)


def _address() -> str:
    """Where this app is reached, without the page; empty where that is this machine alone, which leads nobody anywhere."""
    url = st.context.url or ""
    return "" if urlsplit(url).hostname in (None, *LOOPBACK) else url.rstrip("/").rpartition("/")[0]
