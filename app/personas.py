"""The people of the demonstration, one for each role, in place of sign-in."""

from __future__ import annotations

import streamlit as st

from schemas.actors import Actor, Role
from schemas.catalogue import catalogue

_PEOPLE: dict[str, Role] = {
    "Executive member": "executive",
    "Independent scrutineer": "scrutineer",
    "Business unit": "business_unit",
    "Analyst of an agency": "analyst",
    "Member of the public": "public",
}


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
        if role != "analyst":
            return Actor(person, role)
        agencies = {agency.id: agency.title for agency in catalogue().reporting}
        agency = st.selectbox("Agency", list(agencies), format_func=lambda key: agencies[key], key="persona_agency")
        return Actor(f"{person}, {agencies[agency]}", role, agency)
