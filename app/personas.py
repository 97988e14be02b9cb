"""The people of the demonstration, one for each role, in place of sign-in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import streamlit as st

from app.widgets.html import tag
from app.widgets.page import put
from pipelines.flows import demo, reach, serving
from schemas.actors import OF_AN_AGENCY, Actor, Role
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from pathlib import Path

_PEOPLE: dict[str, Role] = {
    "Executive member": "executive",
    "Independent scrutineer": "scrutineer",
    "Legal adviser": "legal_adviser",
    "Business unit": "business_unit",
    "Analyst of an agency": "analyst",
    "Approver of an agency": "approver",
    "Chair of a sub-group": "chair",
    "Practitioner": "practitioner",
    "Respondent, such as a school": "respondent",
    "Member of the public": "public",
}
# A school of the sample.
_RESPONDENT = "SCH-0012"


def may_be_chosen(home: Path) -> bool:
    """Whether personas stand in for sign-in: in the demonstration, over its own made-up data, and only on this machine.

    A forwarded request means that a proxy on this machine stands before us, so the reader may be anywhere.
    """
    if os.environ.get(serving.DEMO) != "1" or not demo.is_marked(home):
        return False
    forwarded = any(name.lower().startswith(("x-forwarded", "forwarded")) for name in st.context.headers)
    return st.get_option("server.address") in reach.LOOPBACK and st.context.ip_address is None and not forwarded


def choose() -> Actor:
    """Let the reader of the demonstration say who they are, at the foot of the sidebar."""
    asked = st.query_params.get("as", "")
    with st.sidebar:
        people = list(_PEOPLE)
        # An address that names nobody we know opens what anybody may see.
        unknown = list(_PEOPLE.values()).index("public") if asked else 0
        first = next((n for n, role in enumerate(_PEOPLE.values()) if role == asked), unknown)
        person = st.selectbox("You are looking as", people, index=first, key="persona")
        role = _PEOPLE[person]
        known = {agency.id: agency for agency in catalogue().reporting}
        agency = ""
        if role in OF_AN_AGENCY:
            # The field is narrower than the longest full name, which stands below it.
            agency = st.selectbox("Agency", list(known), format_func=lambda key: known[key].short, key="persona_agency")
        whose = f"You act for {known[agency].title}. " if agency else ""
        put(tag("p", f"{whose}A demonstration, with made-up figures: nobody signs in.", cls="second who"))
    if role == "respondent":
        return Actor(person, role, _RESPONDENT)
    return Actor(f"{person}, {known[agency].title}", role, agency) if agency else Actor(person, role)
