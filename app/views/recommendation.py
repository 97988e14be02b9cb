"""One recommendation whole, from the incident it was learned from to the verdict: a page to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import links, reading, session
from app.refusing import on_page
from app.widgets import recommendation_parts as parts
from app.widgets import recommendation_words as told
from app.widgets.html import Html, join, tag
from app.widgets.nothing import nothing_published
from app.widgets.page import empty, opening, put, rows, section
from app.widgets.recommendation_verdicts import verdicts
from app.widgets.verdict_cards import to_recommendation
from pipelines.queries.recommendation import whole
from pipelines.queries.remembered import remembered
from schemas.problems import UserError

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.queries.learning_facts import Recommendation
    from pipelines.queries.pointer import Pointer

TITLE = "Recommendation"
ORDER = 91
URL = "recommendation"
HIDDEN = True
ROLES = (
    "executive", "scrutineer", "legal_adviser", "business_unit", "analyst", "approver", "chair", "practitioner",
    "public",
)  # fmt: skip
_VIEWS = {"accept": "Accept", "challenge": "Challenge"}
# A reason shorter than this says nothing a reader could weigh.
_SHORTEST = 10


def show() -> None:
    """The recommendation the address names; the scrutineer may place a view of it on the record."""
    visit = session.here()
    if visit.pointer is None:
        put(nothing_published(TITLE, visit.actor))
        return
    asked = st.query_params.get("recommendation", "")
    page = _page(visit.pointer, asked)
    if page is None:
        put(_choose(reading.learning(visit.pointer).recommendations, asked))
        return
    put(page)
    if visit.actor.role == "scrutineer":
        _form(visit, visit.pointer, asked)


@remembered(maxsize=128)
def _page(pointer: Pointer, recommendation_id: str) -> Html | None:
    found = whole(reading.learning(pointer), recommendation_id)
    if found is None:
        return None
    return join(
        told.head(found),
        told.line(found),
        told.whose(found),
        parts.actions(found),
        parts.evidence(found),
        verdicts(found),
        parts.accounts(found),
        parts.shared(found),
        told.elsewhere(found),
        parts.views(found),
    )


def _choose(every: tuple[Recommendation, ...], asked: str) -> Html:
    """What to press where the address names no recommendation of this publication."""
    title = f"There is no recommendation “{asked[:20]}”" if asked else "Which recommendation?"
    learning = tag("a", "Learning and impact", href=links.to("learning"))
    if not every:
        said = join("No recommendation is shown in this publication. What there is stands on ", learning, ".")
        return join(opening(TITLE, title), empty("What to do", said))
    named = [to_recommendation(one) for one in every]
    return join(opening(TITLE, title), section("Every recommendation", rows(named), note="Choose one."))


def _form(visit: Visit, pointer: Pointer, recommendation_id: str) -> None:
    """Accept or challenge, with a reason: it goes on the record and comes with the next publication."""
    one = next(one for one in reading.learning(pointer).recommendations if one.recommendation_id == recommendation_id)
    note = f"Of {one.recommendation_id} at the step “{one.step}”, as published here. Nobody else can change it; a later view of yours stands beside it."
    put(section("Place your view on the record", note=note, anchor="place"))
    with st.container(key="space-view"), st.form("view_of_claim", border=False):
        view = st.radio(
            "Your view", list(_VIEWS), format_func=_VIEWS.__getitem__, index=None, key=f"claim_view_{recommendation_id}"
        )
        reason = st.text_area("Reason", key=f"claim_reason_{recommendation_id}", max_chars=600, placeholder="What you saw, or would need to see. No names.")  # fmt: skip
        pressed = st.form_submit_button("Place on the record")
    if pressed:
        _place(visit, one, view, reason.strip())
    if recommendation_id in _receipts():
        stands = "It stands on the record, and appears here with the next publication."
        put(tag("p", f"{_receipts()[recommendation_id]} {stands}", cls="said", role="status"))


def _receipts() -> dict[str, str]:
    """What this reader has placed since they came, by recommendation."""
    receipts: dict[str, str] = st.session_state.setdefault("placed_views", {})
    return receipts


def _place(visit: Visit, one: Recommendation, view: str | None, reason: str) -> None:
    """Hand the view to the flow and keep its receipt; say why where nothing was stored."""
    if view is None or len(reason) < _SHORTEST or visit.pointer is None:
        said = f"Choose a view, and give a reason of at least {_SHORTEST} letters. Nothing was stored."
        put(tag("p", said, cls="said", role="status"))
        return
    from pipelines.flows import scrutiny

    shown = visit.pointer.publication_id
    try:
        receipt = scrutiny.place_view(
            visit.home, visit.actor, one.recommendation_id, view, reason, one.level, shown, visit.at
        )
    except UserError as why:
        put(tag("p", f"Nothing was stored. {on_page(why)}", cls="said", role="status"))
        return
    _receipts()[one.recommendation_id] = receipt
