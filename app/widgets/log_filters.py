"""Which entries of the event log are shown: by day, by kind of act, by agency and by person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from pipelines.queries.event_log import Wanted
from schemas.acts import GROUPS, of_group
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

_WANTED = "event_log_wanted"
_ANY = ""


def asked(people: Sequence[str]) -> Wanted:
    """Ask for the filters, and give what is asked for."""
    agencies = {_ANY: "Every agency"} | {agency.id: agency.title for agency in catalogue().agencies.values()}
    with st.container(key="filters"):
        first, second, third, fourth, fifth = st.columns(5)
        since = first.date_input("From", value=None, key="log_since", format="DD/MM/YYYY")
        until = second.date_input("To", value=None, key="log_until", format="DD/MM/YYYY")
        group = third.selectbox("What", [_ANY, *GROUPS], format_func=lambda each: each or "Everything", key="log_group")
        agency = fourth.selectbox("Agency", list(agencies), format_func=agencies.__getitem__, key="log_agency")
        person = fifth.selectbox("By", [_ANY, *people], format_func=lambda each: each or "Anybody", key="log_person")
    wanted = Wanted(_day(since), _day(until), of_group(group or ""), agency or "", person or "")
    st.session_state[_WANTED] = wanted
    return wanted


def kept() -> Wanted:
    """What was asked for in this run."""
    wanted: Wanted = st.session_state[_WANTED]
    return wanted


def _day(found: object) -> str:
    return found.isoformat() if isinstance(found, date) else ""
