"""What a page says where an agreement keeps a log from its readers: that, by whose agreement, and never that nothing came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Html, join, tag
from app.widgets.page import empty, opening, section
from pipelines.queries.agreed_terms import left_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.queries.pointer import Pointer

TITLE = "Not agreed for these readers"
# How each kind of log is called at the head of a sentence.
LOGS = {
    "learning": "The learning log",
    "reviews": "The log of serious incidents and reviews",
    "concerns": "The concerns resolution log",
    "training": "The training return",
    "survey": "The survey return",
    "voice": "The voice return",
    "audit": "The log of audits",
    "self_assessment": "The round of self-assessments",
    "scrutiny": "The record of the scrutineer’s views",
    "register": "The register of respondents",
}


def reason(pointer: Pointer, kind: str) -> str:
    """Why a kind of log is not shown in a publication, or in part only, in a sentence; empty where no agreement keeps it back."""
    found = left_out(pointer).get(kind)
    return found.words(LOGS[kind]) if found else ""


def whole_page(pointer: Pointer, eyebrow: str, kind: str) -> Html | None:
    """The page in place of one that holds nothing but this log; None where the log is not left out."""
    why = reason(pointer, kind)
    return join(opening(eyebrow, f"{LOGS[kind]} is left out of this publication", why), _more()) if why else None


def part(pointer: Pointer, title: str, kind: str) -> Html | None:
    """The section in place of one that holds nothing but this log; None where the log is not left out."""
    why = reason(pointer, kind)
    return section(title, empty(TITLE, why)) if why else None


def note(pointer: Pointer, kinds: Iterable[str]) -> Html | None:
    """One line for each of the logs a page draws on that is left out; None where none is."""
    said = [why for kind in kinds if (why := reason(pointer, kind))]
    return tag("div", [tag("p", why, cls="said", role="note") for why in said]) if said else None


def _more() -> Html:
    terms = tag("a", "Under which agreements figures are shown", href=links.to("about"))
    return empty(TITLE, join("What is left out, and for whose agreement: ", terms, "."))
