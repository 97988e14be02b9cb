"""Who is here, what they may see, and which publication is open; found afresh on every run."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import streamlit as st

from app import reading
from pipelines.queries import frame
from schemas.actors import AUDIENCE_OF_ROLE, Actor

if TYPE_CHECKING:
    from pipelines.queries.frame import Header
    from pipelines.queries.pointer import Pointer

_VISIT = "visit"
_OPENED = "opened_publication"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Visit:
    """One run of a page: the actor, the open publication with its header, and the moment."""

    home: Path
    actor: Actor
    audience: str
    pointer: Pointer | None
    previous: Pointer | None
    header: Header | None
    at: datetime


def home() -> Path:
    """The folder of the vault and the publications."""
    return Path(os.environ.get("THROUGHLINE_HOME", "throughline-data"))


def may_choose_a_persona() -> bool:
    """Whether personas stand in for sign-in: only in the demonstration, and only on this machine.

    A forwarded request means that a proxy on this machine stands before us, so the reader may be anywhere.
    """
    if os.environ.get("THROUGHLINE_DEMO") != "1":
        return False
    forwarded = any(name.lower().startswith(("x-forwarded", "forwarded")) for name in st.context.headers)
    return st.get_option("server.address") in LOOPBACK and st.context.ip_address is None and not forwarded


def arrive(actor: Actor) -> Visit:
    """Open the publication this actor reads, and remember the visit for the page that is about to run."""
    place, at = home(), datetime.now(UTC)
    audience = _audience(place, actor)
    shown = frame.pointer(place, audience, _asked_for())
    header = (
        reading.header(place, audience, shown, frame.pointer(place, audience), frame.kept(place, audience))
        if shown
        else None
    )
    previous = _previous(place, audience, header)
    visit = Visit(place, actor, audience, shown, previous, header, at)
    st.session_state[_VISIT] = visit
    return visit


def here() -> Visit:
    """The visit of this run."""
    visit: Visit = st.session_state[_VISIT]
    return visit


def theme() -> Literal["light", "dark"]:
    """The theme of the last run, for what cannot follow the page by itself."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _audience(place: Path, actor: Actor) -> str:
    """The actor's own audience; until the Executive has a release of its own it reads the partnership's."""
    own = AUDIENCE_OF_ROLE[actor.role]
    return "partnership" if own == "executive" and frame.pointer(place, own) is None else own


def _asked_for() -> str | None:
    """An earlier publication stays open from page to page until the current one is asked for."""
    asked = st.query_params.get("publication")
    if asked:
        st.session_state[_OPENED] = None if asked == "current" else asked
    opened: str | None = st.session_state.get(_OPENED)
    return opened


def _previous(place: Path, audience: str, header: Header | None) -> Pointer | None:
    """The publication before the open one, to compare with."""
    if header is None:
        return None
    ids = [release.publication_id for release in header.earlier]
    after = ids[ids.index(header.publication_id) + 1 :] if header.publication_id in ids else []
    taken_back = {each.publication_id for each in frame.withdrawn(place, audience)}
    after = [each for each in after if each not in taken_back]
    return frame.pointer(place, audience, after[0]) if after else None
