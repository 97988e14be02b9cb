"""Learning and impact: what was recommended, how far each has come, and whether practice changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import downloads, links, reading, session, uploads
from app.widgets import learning_filters, learning_lists, learning_measures, learning_rows, left_out
from app.widgets.html import Html, join, tag
from app.widgets.learning_empty import no_learning, senders
from app.widgets.learning_judged import how_judged
from app.widgets.learning_steps import steps
from app.widgets.learning_year_end import at_year_end
from app.widgets.nothing import nothing_published
from app.widgets.page import empty, opening, put, section
from pipelines.queries import learning_lists as lists
from pipelines.queries import learning_words as words
from pipelines.queries import owners
from pipelines.queries.remembered import remembered

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.queries.learning import Learning
    from pipelines.queries.learning_facts import Recommendation
    from pipelines.queries.learning_lists import Asked
    from pipelines.queries.pointer import Pointer

TITLE = "Learning and impact"
ORDER = 90
URL = "learning"
ROLES = (
    "executive", "scrutineer", "legal_adviser", "business_unit", "analyst", "approver", "chair", "practitioner",
    "public",
)  # fmt: skip


def show() -> None:
    """The finding and the steps, then the filters, then the lists they filter, then what it all comes to."""
    visit = session.here()
    if visit.pointer is None or visit.header is None:
        put(nothing_published(TITLE, visit.actor))
        return
    found = reading.learning(visit.pointer)
    if found.is_empty:
        kept_back = left_out.whole_page(visit.pointer, TITLE, "learning")
        put(kept_back or no_learning(TITLE, visit.actor, visit.header.period_id))
        _template(visit, visit.header.period_id)
        return
    put(_above(visit.pointer))
    if found.recommendations:
        _filtered(visit, visit.pointer, visit.header.period_id)
    else:
        put(section("Each recommendation", empty("Only counts are published here", _COUNTS_ONLY)))
    put(_below(visit.pointer))


def prepare(visit: Visit) -> None:
    """Everything but the lists, which follow the filters."""
    if visit.pointer is not None:
        _above(visit.pointer)
        _below(visit.pointer)


_COUNTS_ONLY = (
    "A recommendation is shown to anybody only once the partnership has given it a wording for the public. "
    "None has one yet."
)


@remembered(maxsize=16)
def _above(pointer: Pointer) -> Html:
    found = reading.learning(pointer)
    return join(opening(TITLE, words.headline(found), words.lede(found)), steps(found))


def _filtered(visit: Visit, pointer: Pointer, period_id: str) -> None:
    found = reading.learning(pointer)
    choices = lists.offered(found)
    put(section("Each recommendation", note=_of_which(found), anchor="each"))
    chosen = learning_filters.asked(choices)
    kept = tuple(one for one in found.recommendations if chosen.keeps(one))
    if chosen.is_on:
        back = tag("a", f"Show all {len(found.recommendations)}", href=links.to(URL))
        said = learning_filters.words_of(chosen, choices)
        put(tag("p", f"{len(kept)} of {len(found.recommendations)}. {said} ", back, cls="second on", role="status"))
    _download(visit, kept, period_id)
    put(_lists(pointer, chosen))


def _of_which(found: Learning) -> str:
    """What the lists hold; where they hold fewer than the counts above, that and why."""
    note = "The filters hold for every list down to “Every recommendation”."
    listed, agreed = len(found.recommendations), found.whole.agreed if found.whole else None
    if agreed is None or listed == agreed:
        return note
    worded = (
        " that the partnership has worded for the public" if found.is_public else " that are shown in this publication"
    )
    return f"The counts above are of all {agreed} recommendations; the lists below are of the {listed}{worded}. {note}"


def _download(visit: Visit, kept: tuple[Recommendation, ...], period_id: str) -> None:
    if visit.pointer is None or not downloads.are_offered(visit):
        return
    known = reading.owners(visit.pointer)
    whose = [one.agency_id for one in kept]
    how = downloads.marked(visit, {"learning"}, owners.keepers(whose or [""], known))
    with st.container(key="space-learning", horizontal=True):
        for ending, form in (("csv", "CSV"), ("xlsx", "Excel")):
            st.download_button(
                f"Download these {len(kept)} ({form})",
                downloads.table(
                    visit,
                    "recommendations",
                    "Recommendations",
                    ending,
                    how,
                    lambda: owners.of_agencies(lists.table(kept), whose, known),
                ),
                file_name=downloads.name(f"recommendations-{period_id}", ending, how),
                on_click="ignore",
                key=f"recommendations_{ending}",
            )


@remembered(maxsize=64)
def _lists(pointer: Pointer, chosen: Asked) -> Html:
    found = reading.learning(pointer)
    kept = tuple(one for one in found.recommendations if chosen.keeps(one))
    if not kept:
        return section("No recommendation fits", empty("Nothing matches every filter", "Take one of the filters off."))
    return join(
        learning_lists.improved(found, kept),
        learning_lists.little(found, kept),
        learning_lists.unsettled(found, kept),
        learning_rows.overdue(found, kept),
        at_year_end(found, kept),
        learning_rows.again(found, kept),
        learning_rows.every(kept, is_open=chosen.is_on),
    )


@remembered(maxsize=16)
def _below(pointer: Pointer) -> Html:
    found = reading.learning(pointer)
    return join(
        learning_measures.how_long(found),
        learning_measures.reached(found),
        learning_measures.ten(found),
        how_judged(),
    )


def _template(visit: Visit, period_id: str) -> None:
    if visit.actor.role != "business_unit":
        return
    with st.container(key="space"):
        st.download_button(
            "Download the template of the learning log",
            lambda: uploads.template(visit, senders()[0], period_id, "learning"),
            file_name=f"learning-{period_id}.xlsx",
            on_click="ignore",
        )
