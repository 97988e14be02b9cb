"""Assurance: where several eyes on the same thing disagree, and what is known of each agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import session
from app.widgets import left_out
from app.widgets.assurance_agencies import agencies_shown, how_decided
from app.widgets.assurance_empty import for_the_partnership, how_to_begin, nothing_yet
from app.widgets.assurance_filters import asked
from app.widgets.assurance_threads import disagreements, finding, how_compared, lede, threads_shown
from app.widgets.html import Html, join
from app.widgets.nothing import nothing_published
from app.widgets.page import opening, put
from pipelines.queries import assurance as queries
from pipelines.queries.remembered import remembered
from schemas.periods import quarter_of

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.queries.assurance import Assurance
    from pipelines.queries.pointer import Pointer

TITLE = "Assurance"
ORDER = 88
URL = "assurance"
ROLES = (
    "executive", "scrutineer", "legal_adviser", "business_unit", "analyst", "approver", "chair", "practitioner",
    "public",
)  # fmt: skip
# The logs that the comparisons are made of.
_DRAWN_FROM = ("self_assessment", "audit", "survey", "training", "learning")


def show() -> None:
    """The finding, the filters, then where eyes disagree, thread by thread, and agency by agency."""
    visit = session.here()
    if visit.pointer is None or visit.header is None:
        put(nothing_published(TITLE, visit.actor, _begin(visit)))
        return
    found = _found(visit.pointer)
    if found.is_public:
        put(for_the_partnership(TITLE))
        return
    if found.is_empty:
        put(left_out.note(visit.pointer, _DRAWN_FROM), nothing_yet(TITLE, visit.header.period_id))
        return
    top = st.empty()  # the finding is of what the filters below it ask for
    year_id, partner = asked(found.years, found.partners)
    with top:
        put(_opening(found, year_id, partner))
    put(_below(visit.pointer, year_id, partner))


def prepare(visit: Visit) -> None:
    """What the filters choose from; what they choose differs."""
    if visit.pointer is not None:
        _found(visit.pointer)


def _begin(visit: Visit) -> list[Html]:
    return how_to_begin(quarter_of(visit.at.date()).id, with_command=visit.actor.role == "business_unit")


@remembered(maxsize=16)
def _found(pointer: Pointer) -> Assurance:
    return queries.assurance(pointer)


def _opening(found: Assurance, year_id: str, partner: str) -> Html:
    """The finding of the year and the sector asked for, and which they are."""
    words = [dict(found.partners).get(partner, ""), dict(found.years).get(year_id, "")]
    of = ", ".join(each for each in words if each)
    narrowed = found.asked(year_id, partner)
    return opening(f"{TITLE}: {of}" if of else TITLE, finding(narrowed), lede(narrowed))


@remembered(maxsize=64)
def _below(pointer: Pointer, year_id: str, partner: str) -> Html:
    found = _found(pointer).asked(year_id, partner)
    return join(
        left_out.note(pointer, _DRAWN_FROM),
        disagreements(found),
        threads_shown(found),
        agencies_shown(found),
        how_compared(),
        how_decided(found),
    )
