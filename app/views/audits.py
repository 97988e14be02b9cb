"""Audits: the programme, how practice was judged, what re-audit moved, what was found and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import links, reading, session
from app.widgets import audit_filters, audit_found, audit_programme, audit_shifts, audit_voice, left_out
from app.widgets.audit_empty import how_to_begin, no_audits
from app.widgets.audit_one import one_audit
from app.widgets.html import Html, join, tag
from app.widgets.nothing import nothing_published
from app.widgets.page import empty, opening, put, section, terms
from pipelines.queries import audit_words as words
from pipelines.queries.remembered import remembered
from schemas.periods import quarter_of

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.queries.audits import Audits
    from pipelines.queries.pointer import Pointer

TITLE = "Audits"
ORDER = 80
URL = "audits"
ROLES = (
    "executive", "scrutineer", "legal_adviser", "business_unit", "analyst", "approver", "chair", "practitioner",
    "public",
)  # fmt: skip


def show() -> None:
    """One audit where the address names one; else the programme and what all audits come to."""
    visit = session.here()
    if visit.pointer is None or visit.header is None:
        put(nothing_published(TITLE, visit.actor, how_to_begin(visit.actor, quarter_of(visit.at.date()).id)))
        return
    found = reading.audits(visit.pointer)
    if not found.audits:
        kept_back = left_out.whole_page(visit.pointer, TITLE, "audit")
        put(kept_back or no_audits(TITLE, visit.actor, visit.header.period_id))
        return
    asked = st.query_params.get("audit", "")
    if asked:
        put(_one(visit.pointer, asked) or _unknown(found, asked))
        return
    put(_above(visit.pointer))
    theme = audit_filters.theme_asked(found.themes)
    put(_of_theme(visit.pointer, theme))


def prepare(visit: Visit) -> None:
    """What all audits come to, of every theme."""
    if visit.pointer is not None and reading.audits(visit.pointer).audits:
        _above(visit.pointer)
        _of_theme(visit.pointer, "")


@remembered(maxsize=16)
def _above(pointer: Pointer) -> Html:
    found = reading.audits(pointer)
    return join(opening(TITLE, words.headline(found), words.lede(found)), audit_programme.few(found))


@remembered(maxsize=64)
def _of_theme(pointer: Pointer, theme: str) -> Html:
    every = reading.audits(pointer)
    found = every.on(theme) if theme else every
    return join(
        _only(every, found, theme) if theme else None,
        audit_programme.programme(found),
        audit_shifts.moved(found),
        audit_voice.voice(found),
        audit_found.findings(found),
        audit_found.library(found),
        _judged_how(),
    )


def _only(every: Audits, found: Audits, theme: str) -> Html:
    back = tag("a", f"Show all {len(every.audits)}", href=links.to(URL))
    said = f"Only {every.themes.get(theme, theme).lower()}: {len(found.audits)} of {len(every.audits)} audits. "
    return tag("p", said, back, cls="second on", role="status")


@remembered(maxsize=64)
def _one(pointer: Pointer, audit_ref: str) -> Html | None:
    found = reading.audits(pointer)
    audit = found.named(audit_ref)
    return None if audit is None else one_audit(found, audit)


def _unknown(found: Audits, asked: str) -> Html:
    known = [tag("li", tag("a", one.title, href=links.to(URL, audit=one.audit_ref))) for one in found.audits]
    return join(
        opening(tag("a", TITLE, href=links.to(URL)), f"There is no audit “{asked}” in this publication"),
        empty("Choose one", tag("span", "These are in it:")),
        tag("ul", known, cls="rows"),
    )


def _judged_how() -> Html:
    return section("How audits are shown", terms(_HOW), anchor="how")


_HOW = (
    (
        "Grades",
        "Outstanding, good, requires improvement or inadequate, for each case and domain. They judge practice, not families.",
    ),
    (
        "How many",
        "The number of cases stands beside every grade. Below ten there are counts and no percentages; a handful is not shown.",
    ),
    (
        "Cases",
        "Counted like children: small counts are hidden with what gives them away, and none is crossed with another or a grade.",
    ),
    (
        "Two audits",
        "Two audits are two samples. What moved is said with its interval, as consistent with a change or not.",
    ),
)
