"""Event log, for the business unit: who did what and when, whether the log is whole, and a copy of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import downloads, session
from app.widgets import log_filters, log_shown
from app.widgets.page import opening, put, section
from pipelines.flows import log
from pipelines.queries import event_log
from pipelines.queries.log_stamp import stamp as stamped
from pipelines.queries.remembered import remembered

if TYPE_CHECKING:
    from pathlib import Path

    from app.session import Visit
    from pipelines.queries.event_log import Page, State, Wanted
    from schemas.actors import Actor

TITLE = "Event log"
ORDER = 145
URL = "event-log"
HOLDS = ("people_at_work",)
FIGURES = False
NEEDS_PUBLICATION = False
ROLES = ("business_unit",)

_A_PAGE = 50
_FROM = "event_log_from"


def show() -> None:
    """Whether the log is whole, then its entries, the newest first."""
    visit = session.here()
    people = event_log.people(visit.home, visit.actor)  # first, as it asks whether the reader may see any of it
    state = _state(visit)
    put(opening(TITLE, log_shown.headline(state), log_shown.lede(state)), log_shown.faults(state))
    if not state.position and not state.faults:
        put(log_shown.nothing_yet())
        return
    put(section("What was done", note=log_shown.NOTE, anchor="entries"))
    wanted = log_filters.asked(people)
    found = event_log.entries(visit.home, visit.actor, wanted, limit=_A_PAGE, before=_before(wanted))
    _download(visit, wanted, found)
    put(log_shown.entries(found))
    _turn(found)


def _state(visit: Visit) -> State:
    """The log held against its chain and every note of it, again only once something of the home has changed, or on another day."""
    with st.spinner("Holding the log against its chain"):
        return _checked(visit.home, visit.actor, stamped(visit.home))


@remembered(maxsize=4)
def _checked(home: Path, actor: Actor, stamp: tuple[object, ...]) -> State:
    del stamp
    return event_log.state(home, actor)


def _before(wanted: Wanted) -> int | None:
    """The number of the entry that this page of the list starts after; a change of the filters starts again at the newest."""
    kept: tuple[Wanted, int | None] = st.session_state.get(_FROM, (wanted, None))
    return kept[1] if kept[0] == wanted else None


def _turn(found: Page) -> None:
    """Older entries, and back to the newest."""
    with st.container(key="space-log-pages", horizontal=True):
        if found.older and st.button(f"Show {min(_A_PAGE, found.older):,} older", key="log_older"):
            st.session_state[_FROM] = (log_filters.kept(), found.entries[-1].position)
            st.rerun()
        is_first = found.many == found.older + len(found.entries)
        if not is_first and st.button("Back to the newest", key="log_newest"):
            st.session_state.pop(_FROM, None)
            st.rerun()


def _download(visit: Visit, wanted: Wanted, found: Page) -> None:
    """A copy of what the filters let through; none of nothing."""
    if not found.many:
        return
    how = log.marking()
    with st.container(key="space-log", horizontal=True):
        for ending, form in (("csv", "CSV"), ("xlsx", "Excel")):
            st.download_button(
                f"Download these {found.many:,} ({form})",
                downloads.table(
                    visit, "event_log", "Event log", ending, how, lambda: log.table(visit.home, visit.actor, wanted)
                ),
                file_name=downloads.name("event-log", ending, how),
                on_click="ignore",
                key=f"event_log_{ending}",
            )
