"""What is pressed and ticked for a prepared release, held to the very release that was on the page when it was.

Somebody else may release it, take it away or prepare another while it is being read. What was ticked then says nothing of what
is there now, and whoever ticked is told so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import streamlit as st

from app.refusing import on_page
from pipelines.queries.prepared_became import became
from schemas.problems import UserError

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.queries.prepared import Waiting

Act = Literal["release", "discard"]
_ASKED, _SHOWN, _DONE = "prepared_asked", "prepared_shown", "prepared_done"
_BUSY = (
    "It was not done, as a release is being made just now. Wait until that is done, and look again at what is prepared."
)
_NOT_READ = "It can be released once the sentences are read and ticked. Nothing is released."


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was pressed, over which release, and the fingerprint of the sentences ticked as read; None where none were."""

    act: Act
    release: tuple[str, ...]
    read: str | None


def button(label: str, act: Act, found: Waiting, read: str | None = None, *, can_be_pressed: bool = True) -> None:
    """A button that acts on the release on the page, and on no other that may be there by the time it is pressed."""
    asked = _Asked(act, _ids(found), read)
    kind = "primary" if act == "release" else "secondary"
    st.button(label, key=f"{act}_prepared", type=kind, disabled=not can_be_pressed, on_click=_ask, args=(asked,))


def shown(found: Waiting, tick: str) -> None:
    """Note which release is on the page, and by which key its tick is known."""
    st.session_state[_SHOWN] = (_ids(found), tick)


def acted(visit: Visit, found: Waiting | None) -> str:
    """Do what was pressed and give what is to be said of it, or why it was not done; nothing where nothing was pressed or ticked."""
    asked: _Asked | None = st.session_state.pop(_ASKED, None)
    done: str = st.session_state.pop(_DONE, "")
    before, tick = st.session_state.pop(_SHOWN, ((), ""))
    if asked is None:
        is_another = before != _ids(found) and bool(tick and st.session_state.get(tick))
        return _since(visit, before, found) if is_another else done
    if asked.release != _ids(found):
        return _since(visit, asked.release, found)
    if asked.act == "release" and asked.read is None:
        return _NOT_READ
    try:
        _do(visit, asked)
    except UserError as why:
        return on_page(why)
    return ""


def put_off() -> str:
    """Forget what was pressed, where it cannot be done now: done a minute later it would be a surprise. Gives what to say of it."""
    asked: _Asked | None = st.session_state.pop(_ASKED, None)
    return _BUSY if asked else ""


def _do(visit: Visit, asked: _Asked) -> None:
    """The act, and the page once more as it is then. UserError where it is not done."""
    from pipelines.flows import preparing

    if asked.act == "release":
        told = preparing.release(visit.home, visit.actor, visit.at, asked.read or "")
    else:
        told = preparing.discard(visit.home, visit.actor, visit.at)
    st.session_state[_DONE] = " ".join(told)
    st.rerun()


def _ask(asked: _Asked) -> None:
    st.session_state[_ASKED] = asked


def _since(visit: Visit, before: tuple[str, ...], found: Waiting | None) -> str:
    if found is not None:
        return "What is prepared is another since you ticked: read it again."
    return became(visit.home, visit.actor, before[0])


def _ids(found: Waiting | None) -> tuple[str, ...]:
    return tuple(one.publication_id for one in found.prepared.files) if found else ()
