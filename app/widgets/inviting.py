"""Links to the form, for the business unit: how far each has come, new ones made, and one ended."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from app.downloads import while_here
from app.refusing import on_page
from app.widgets.html import Html, tag
from app.widgets.icons import mark
from app.widgets.page import empty, more, put, section
from app.widgets.tables import Column, Row, table, two_lines
from pipelines.flows import inviting
from pipelines.queries import invited
from pipelines.reports import link_list
from schemas.catalogue import catalogue
from schemas.periods import day_words, of_kind, parse
from schemas.problems import UserError

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.queries.invited import Invited, OnRegister

_SAID, _LIST = "links_said", "links_list"
_SHOWN = 12
_NOTE = (
    "For schools, early years settings and small bodies on the register, in place of the workbook. Only you see here who "
    "they are."
)
_ICONS = {"sent": "done", "begun": "query", "opened": "query"}


def links_to_the_form(visit: Visit) -> None:
    """What has become of the links, and the two things to do with them."""
    found = invited.links(visit.home, visit.actor, visit.at.date())
    register = invited.respondents(visit.home, visit.actor)
    listing = _listing(found) if found else _none_yet(register)
    put(section("Links to the self-assessment form", listing, note=_NOTE, anchor="links"))
    said: str | None = st.session_state.pop(_SAID, None)
    if said is not None:
        put(tag("p", said, cls="said", role="status"))
    if not register:
        return
    _make(visit, register)
    _download(visit)
    going = [each for each in found if each.is_open]
    if going:
        _end(visit, going)


def _none_yet(register: object) -> Html:
    make = "make links for a sector and mail them."
    return empty("No links yet", make.capitalize() if register else f"Send the register of respondents, then {make}")


def _listing(found: tuple[Invited, ...]) -> Html:
    first, rest = found[:_SHOWN], found[_SHOWN:]
    counts = Counter(each.state for each in found)
    said = ", ".join(f"{counts[state]} {state}" for state in invited.STATES if counts[state])
    return tag(
        "div",
        tag("p", tag("b", f"{len(found)} {'link' if len(found) == 1 else 'links'}"), f": {said}.", cls="text"),
        _table("Links by sector", first),
        more(f"Show the other {len(rest)}", _table("More links", rest)) if rest else None,
    )


def _table(caption: str, found: tuple[Invited, ...]) -> Html:
    columns = [
        Column("Respondent", width="36%"),
        Column("Self-assessment"),
        Column("Opens until"),
        Column("State", width="26%"),
    ]
    return table(caption, columns, [_row(each) for each in found], cls="pairs", hide_caption=True)


def _row(each: Invited) -> Row:
    known = catalogue()
    sector = known.label("sector", each.sector) if each.sector else "No longer on the register"
    state = f"Begun: {each.answered} of {each.asked} answered" if each.state == "begun" else each.state.capitalize()
    return Row(
        two_lines(each.name, f"{each.respondent_id}, {sector}"),
        (
            two_lines(known.label("instrument", each.instrument), parse(each.period_id).short),
            day_words(each.expires_on),
            mark(_ICONS.get(each.state, "missing"), state),
        ),
    )


def _make(visit: Visit, register: tuple[OnRegister, ...]) -> None:
    """Whom for, what one press would do, and the button: none of it is in a form, as the words follow what is chosen."""
    year, known = of_kind("financial_year", visit.at.date()), catalogue()
    sectors = [each for each in known.choices["sector"] if each in {one.sector for one in register}]
    names = {each.respondent_id: f"{each.name} ({each.respondent_id})" for each in register}
    put(tag("h3", "Make links", cls="after"))
    with st.container(key="space-links"):
        sector = st.selectbox(
            "For all of a sector", sectors, index=None, format_func=lambda each: known.label("sector", each),
            key="links_sector", placeholder="Choose a sector",
        )  # fmt: skip
        one = st.selectbox(
            "Or for one respondent alone", list(names), index=None, format_func=names.__getitem__, key="links_one",
            placeholder="Choose one",
        )  # fmt: skip
        wanted = st.text_input(f"Year ({year.short} is under way)", value=year.short, key="links_year", max_chars=12)
        whom = inviting.Whom((one,)) if one else inviting.Whom(sector=sector) if sector else None
        said, may = _planned(visit, whom, wanted)
        put(tag("p", said, cls="second"))
        pressed = st.button("Make links", disabled=not may, key="links_make")
    if pressed and whom is not None:
        _invite(visit, whom, wanted)


def _planned(visit: Visit, whom: inviting.Whom | None, year: str) -> tuple[str, bool]:
    """What one press would do, in words, and whether there is anything to press for."""
    if whom is None:
        return "Choose a sector or one respondent. Nothing is made before.", False
    try:
        plan = inviting.planned(visit.home, visit.actor, whom, year, visit.at)
    except UserError as why:
        return on_page(why), False
    said = [f"{plan.made} {'link' if plan.made == 1 else 'links'} will be made."]
    if plan.replaced:
        one = plan.replaced == 1
        said.append(
            f"{plan.replaced} that {'is' if one else 'are'} open {'is' if one else 'are'} replaced; answers not sent go over "
            "to the new."
        )
    if plan.replied:
        said.append(f"{plan.replied} that {'has' if plan.replied == 1 else 'have'} replied will get none.")
    return " ".join(said), True


def _invite(visit: Visit, whom: inviting.Whom, year: str) -> None:
    try:
        made = inviting.invite(visit.home, visit.actor, whom, year, visit.at, address=_address())
    except UserError as why:
        put(tag("p", on_page(why), cls="said", role="status"))
        return
    many = f"{len(made)} {'link is' if len(made) == 1 else 'links are'} made"
    st.session_state[_SAID] = f"{many}. Download the list now: it cannot be shown again."
    name = f"links-{whom.sector or made[0].respondent_id}-{made[0].period_id}.xlsx"
    st.session_state[_LIST] = (name, link_list.workbook(made))
    st.rerun()


def _download(visit: Visit) -> None:
    held: tuple[str, bytes] | None = st.session_state.get(_LIST)
    if held is None:
        return
    name, content = held
    with st.container(key="space-links-list"):
        st.download_button(
            "Download the list for mail merge",
            while_here(visit, lambda: content),
            file_name=name,
            key="links_list_file",
        )


def _end(visit: Visit, going: list[Invited]) -> None:
    names = {each.respondent_id: f"{each.name} ({each.respondent_id})" for each in going}
    put(tag("h3", "End links", cls="after"))
    with st.container(key="space-links-end"), st.form("links_end", border=False):
        chosen = st.selectbox(
            "Whose", list(names), index=None, format_func=names.__getitem__, key="links_ended",
            placeholder="Choose one",
        )  # fmt: skip
        is_meant = st.checkbox("I mean to end them; answers not sent are deleted", key="links_end_meant")
        pressed = st.form_submit_button("End them")
    if not pressed:
        return
    if chosen is None or not is_meant:
        put(tag("p", "Choose a respondent and tick that you mean it. Nothing was ended.", cls="said", role="status"))
        return
    try:
        count = inviting.end(visit.home, visit.actor, chosen, visit.at)
    except UserError as why:
        put(tag("p", on_page(why), cls="said", role="status"))
        return
    st.session_state[_SAID] = f"{count} {'link' if count == 1 else 'links'} of {names[chosen]} ended."
    st.rerun()


def _address() -> str:
    """Where this app is reached, without the page: the links lead to the same place."""
    return (st.context.url or "").rstrip("/").rpartition("/")[0]
