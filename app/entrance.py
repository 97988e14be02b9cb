"""The entrance: who is here, by our own list, asked on every run; whoever it is not sure of sees what to do and no more."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from app import personas, session
from app.refusing import on_page
from app.widgets import entrance as said
from app.widgets import scripts
from app.widgets.page import put
from pipelines.flows import signing_in
from pipelines.flows.signing_in import SignedIn
from schemas.actors import Actor, confirm
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.flows.signing_in import Door, Turned

# Seconds after which an open page asks whether its sign-in still holds.
_ASKED_AGAIN = 20
_WHO = "who_is_here"
_ANYBODY = Actor("Anybody", "public")
_LEFT = "You have signed out"
_TURNED = {
    "ended": (_LEFT, "This sign-in was ended, here or in another tab. Sign in again to go on."),
    "expired": ("Your sign-in has run out", "It holds for a limited time. Sign in again to go on."),
}


def somebody() -> Actor | None:
    """Who is here; None where nobody may go on, and the page already says why and what to do."""
    if personas.may_be_chosen(session.home()):
        return personas.choose()
    actor = _by_the_list(signing_in.door(session.home()))
    known: Actor | None = st.session_state.get(_WHO)
    if known is not None and known != actor:
        # What this window holds belongs to somebody else, or to what they no longer are.
        session.leave()
    if actor is not None:
        st.session_state[_WHO] = actor
    return actor


def _by_the_list(door: Door) -> Actor | None:
    claims = dict(st.user)
    if door.fault or not door.is_there:
        if door.fault:
            _to_the_log(door.fault)
        put(*(said.not_usable(door.contact) if door.is_there else said.not_set_up()))
        return None
    if not claims.get("is_logged_in"):
        return _not_signed_in(door, can_sign_in="is_logged_in" in claims)
    found = signing_in.arrive(session.home(), claims, lambda: datetime.now(UTC))
    if isinstance(found, SignedIn):
        _signed_in(found)
        return found.actor
    if found.why == "unknown" and door.is_public:
        with st.sidebar:
            _button("Sign in as somebody else", None)
        put(said.opens_nothing_more(found.contact, found.address))
        return _ANYBODY
    return _turned(found)


def _not_signed_in(door: Door, *, can_sign_in: bool) -> Actor | None:
    """Anybody reads the public's pages where the list says so; else there is a button to sign in, or what is missing."""
    if door.is_public:
        if can_sign_in:
            with st.sidebar:
                st.button("Sign in", on_click=st.login, key="sign_in")
                scripts.run(scripts.ASKED_FOR, beside=st.context.url)
        return _ANYBODY
    if can_sign_in:
        put(said.sign_in(door.contact))
        _button("Sign in", st.login)
    else:
        put(*said.no_provider())
    return None


def _signed_in(found: SignedIn) -> None:
    with st.sidebar:
        put(said.who(found.actor.name, found.role_words))
        if st.button("Sign out", key="sign_out"):
            _sign_out()
    _watched(found.actor)


@st.fragment(run_every=_ASKED_AGAIN)
def _watched(actor: Actor) -> None:
    """Ask again while nobody clicks: a page that is left open shows nothing for long once its sign-in has ended.

    It asks the list and the sign-in's own small files, and never the vault; it shows nothing, so nothing on the page moves.
    """
    try:
        confirm(actor)
    except UserError:
        st.rerun()


@cache
def _to_the_log(fault: str) -> None:
    """What is wrong with the list, once for each fault and not at every click."""
    logging.getLogger("throughline").warning("%s", fault)


def _sign_out() -> None:
    """End the sign-in for every tab and cookie first, then the browser's own."""
    try:
        signing_in.sign_out(session.home(), dict(st.user), datetime.now(UTC))
    except UserError as why:
        st.error(on_page(why))
        return
    session.leave()
    st.logout()
    st.stop()


def _turned(found: Turned) -> None:
    if found.why == "closed":
        put(*said.not_usable(found.contact))
    elif found.why == "unknown":
        put(*said.unknown(found.contact, found.address, is_doubted=found.is_doubted))
        _button("Sign in as somebody else", None)
    elif found.why == "unlogged":
        put(*said.not_logged())
        st.button("Try again", type="primary", key="entrance")
    else:
        put(*said.again(*_TURNED[found.why]))
        _button("Sign in again", st.login)


def _button(words: str, act: Callable[[], None] | None) -> None:
    """The one button of the page. Without an act it signs out of what opens nothing here."""
    with st.container(key="space-entrance"):
        pressed = st.button(words, type="primary" if act else "secondary", on_click=act, key="entrance")
    if pressed and act is None:
        _sign_out()
    if act is not None:
        scripts.run(scripts.ASKED_FOR, beside=st.context.url)
