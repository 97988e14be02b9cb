"""Who is here, what they may see, and which publication is open; found afresh on every run."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import streamlit as st

from app import reading
from app.web import uploaders
from pipelines.queries import frame, prepared
from pipelines.queries.served import Served
from schemas.actors import AUDIENCE_OF_ROLE, Actor, confirm
from schemas.problems import UserError

if TYPE_CHECKING:
    from pipelines.queries.frame import Header
    from pipelines.queries.pointer import Pointer

_VISIT = "visit"
_OPENED = "opened_publication"
_LOOKED_AT = "prepared_publication"


@dataclass(frozen=True, slots=True)
class Visit:
    """One run of a page: the actor, the open publication with its header, and the moment.

    `fault`: why no publication can be opened though there have been some; then there is none.
    """

    home: Path
    actor: Actor
    audience: str
    pointer: Pointer | None
    previous: Pointer | None
    header: Header | None
    at: datetime
    fault: str = ""


def home() -> Path:
    """The folder of the vault and the publications."""
    return Path(os.environ.get("THROUGHLINE_HOME", "throughline-data"))


def arrive(actor: Actor) -> Visit:
    """Open the publication this actor reads, and remember the visit for the page that is about to run."""
    place, at = home(), datetime.now(UTC)
    asked = _asked_for()
    try:
        own, audience = _prepared(place, actor), _audience(place, actor)
        found = _seen(place, actor, audience, own, at) if own else visit(place, actor, audience, asked, at)
    except frame.NoneWholeError as why:
        # What needs no publication goes on: what mends this, above all.
        found = Visit(place, actor, AUDIENCE_OF_ROLE[actor.role], None, None, None, at, str(why))
    st.session_state[_VISIT] = found
    return found


def visit(place: Path, actor: Actor, audience: str, asked: str | None, at: datetime) -> Visit:
    """What an actor sees of an audience's publications: the one `asked` for by its id, else the current one.

    UserError for whoever does not read that audience's, and where what is current is damaged and no other is whole.
    """
    return _seen(place, actor, audience, frame.served(place, actor, audience, asked), at)


def _seen(place: Path, actor: Actor, audience: str, found: Served, at: datetime) -> Visit:
    """The publication that was found, if any, with its header and the one before it: of the audience in whose folder it lies."""
    shown = found.pointer
    if shown is None:
        return Visit(place, actor, audience, None, None, None, at)
    audience = shown.audience
    now, kept = frame.pointer(place, actor, audience), frame.kept(place, actor, audience)
    header = reading.header(place, shown, now, kept, found.fault)
    previous = frame.previous(place, actor, audience, shown.publication_id)
    return Visit(place, actor, audience, shown, previous, header, at)


def here() -> Visit:
    """The visit of this run. UserError where its reader is signed in no longer."""
    found: Visit = st.session_state[_VISIT]
    confirm(found.actor)
    return found


def still_here() -> bool:
    """Whether the reader is still signed in; for a part of a page that runs again by itself, where the entrance does not."""
    try:
        here()
    except UserError:
        return False
    return True


def leave() -> None:
    """Forget the visit and all that this window knows: whoever comes next, or nobody, finds nothing of it."""
    uploaders.hide()
    st.session_state.clear()


def theme() -> Literal["light", "dark"]:
    """The theme of the last run, for what cannot follow the page by itself."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _audience(place: Path, actor: Actor) -> str:
    """The actor's own audience; until the Executive has a release of its own it reads the partnership's."""
    own = AUDIENCE_OF_ROLE[actor.role]
    return "partnership" if own == "executive" and frame.pointer(place, actor, own) is None else own


def _prepared(place: Path, actor: Actor) -> Served | None:
    """What the business unit looks at before it lets it out, by its id, until another publication is asked for.

    For every other role the address asks for nothing at all. Where it is prepared no longer, what is read now with a
    sentence that says so.
    """
    asked = st.query_params.get("prepared")
    if actor.role != "business_unit":
        return None
    if asked:
        st.session_state[_LOOKED_AT] = asked
    wanted: str | None = st.session_state.get(_LOOKED_AT)
    if not wanted:
        return None
    try:
        return Served(prepared.looked_at(place, actor, wanted))
    except UserError as why:
        st.session_state[_LOOKED_AT] = None
        now = frame.served(place, actor, _audience(place, actor))
        return Served(now.pointer, f"{why} This is what is read now. {now.fault}".rstrip())


def _asked_for() -> str | None:
    """An earlier publication stays open from page to page until the current one is asked for."""
    asked = st.query_params.get("publication")
    if asked:
        st.session_state[_OPENED] = None if asked == "current" else asked
        st.session_state[_LOOKED_AT] = None
    opened: str | None = st.session_state.get(_OPENED)
    return opened
