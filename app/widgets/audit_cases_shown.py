"""Whose cases an audit looked at: one characteristic at a time, small counts hidden with what gives them away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.html import Html, tag
from app.widgets.lengths import HIDDEN
from app.widgets.page import section
from app.widgets.tables import Column, Row, table

if TYPE_CHECKING:
    from pipelines.queries.audit_facts import CaseCount
    from pipelines.queries.audits import Audits


def whose_cases(found: Audits) -> Html | None:
    """The counts of each characteristic in a table of its own; None where none are published."""
    if not found.cases:
        return None
    dimensions = dict.fromkeys((one.dimension, one.dimension_words) for one in found.cases)
    made = [
        _split(words, [one for one in found.cases if one.dimension == dimension]) for dimension, words in dimensions
    ]
    note = "Whom the audit looked at, one characteristic at a time. Small counts are hidden, and others with them."
    return section("Whose cases they were", tag("div", made, cls="pair"), note=note, anchor="cases")


def _split(words: str, counts: list[CaseCount]) -> Html:
    note = next((one.note for one in counts if one.note), "")
    if all(one.count is None for one in counts):
        return tag(
            "div", tag("h3", words), tag("p", note or f"{HIDDEN}: the counts are too small to be shown.", cls="second")
        )
    shown = [one for one in counts if one.count != 0]
    if not any(one.category for one in shown):
        return tag("div", tag("h3", words), tag("p", "Not said of any case.", cls="second"))
    rows = [Row(one.label, (HIDDEN if one.count is None else f"{one.count:,}",)) for one in shown]
    none = [one.label for one in counts if one.count == 0 and one.category not in ("", "not_known")]
    under = tag("p", f"None: {', '.join(none)}.", cls="second on") if none else None
    made = table(
        words, [Column(words, width="60%"), Column("Cases", right=True)], rows, cls="pairs fixed", hide_caption=True
    )
    return tag("div", tag("h3", words), made, under)
