"""Self-assessment: who has replied, what is not met, how agencies and moderators score, and what the partnership says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import session
from app.widgets import left_out
from app.widgets.html import Html, join, tag
from app.widgets.nothing import nothing_published
from app.widgets.page import empty, opening, put, section
from app.widgets.self_heat import heat_shown
from app.widgets.self_links import to_year, years
from app.widgets.self_own import own_shown
from app.widgets.self_replies import replies_shown
from app.widgets.self_spread import spreads_shown
from app.widgets.self_themes import themes_shown
from app.widgets.self_top import figures_shown, how_to_begin, nobody_asked
from app.widgets.self_unmet import actions_shown, unmet_shown
from pipelines.queries import self_assessment as queries
from pipelines.queries import self_assessment_words as words
from pipelines.queries.remembered import remembered

if TYPE_CHECKING:
    from pipelines.queries.pointer import Pointer

TITLE = "Self-assessment"
ORDER = 85
URL = "self-assessment"
ROLES = (
    "executive", "scrutineer", "legal_adviser", "business_unit", "analyst", "approver", "chair", "practitioner",
    "public",
)  # fmt: skip


def show() -> None:
    """One agency's own where the address names it, else everybody's of a year."""
    visit = session.here()
    if visit.pointer is None or visit.header is None:
        put(nothing_published(TITLE, visit.actor, how_to_begin(visit.actor, visit.at.date())))
        return
    year_id, agency_id = (st.query_params.get(name, "") for name in ("year", "agency"))
    if queries.assessed(visit.pointer).is_empty:
        kept_back = left_out.whole_page(visit.pointer, TITLE, queries.KIND)
        put(kept_back or nobody_asked(TITLE, visit.actor, visit.header.made_at.date()))
    elif agency_id:
        put(_own(visit.pointer, year_id, agency_id))
    else:
        put(_page(visit.pointer, year_id))


@remembered(maxsize=32)
def _page(pointer: Pointer, year_id: str) -> Html:
    found = queries.assessed(pointer, year_id)
    return join(
        opening(TITLE, words.headline(found), words.lede(found)),
        years(found),
        figures_shown(found),
        replies_shown(found),
        unmet_shown(found),
        heat_shown(found),
        spreads_shown(found),
        actions_shown(found, found.actions),
        themes_shown(found),
        section("What is not shown here", tag("p", words.not_shown(found.audience), cls="plain"), anchor="not-shown"),
    )


@remembered(maxsize=128)
def _own(pointer: Pointer, year_id: str, agency_id: str) -> Html:
    found = queries.assessed(pointer, year_id)
    mine = queries.own(found, agency_id)
    if mine is None or not mine.answers:
        back = join("See ", to_year(found, "everybody’s self-assessment"), ".")
        return join(
            opening(TITLE, "This publication holds no answers of that agency"),
            empty(
                "Why",
                words.not_shown(found.audience)
                if not found.names_answers
                else found.left_out or "Nothing has come in for this year.",
                back,
            ),
        )
    return own_shown(TITLE, found, mine)
