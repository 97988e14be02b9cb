"""What audits found, good practice as well as learning, and what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.assessments.audit_grades import reported
from pipelines.publishing.assessments.audit_judged import whose_words
from pipelines.publishing.logs.log import records_of
from pipelines.publishing.rows import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.assessments.audit_text import Reader

GOOD_PRACTICE = "good_practice"
_CHOICES = {
    "kind": "finding_kind",
    "strength": "finding_strength",
    "domain": "audit_domain",
    "answer": "finding_answer",
}


def finding_rows(inputs: Inputs, reader: Reader) -> Iterator[dict[str, Any]]:
    """The rows of `audit_finding`, those of reported audits; to the public good practice alone, and of no agency."""
    audits = {row["audit_ref"]: row for row in rows(reported(inputs))}
    themes = {ref: row["theme"] for ref, row in audits.items()}
    found = [row for row in rows(records_of(inputs, "audit", "Findings")) if row["audit_ref"] in audits]
    if reader.is_public:
        found = [row for row in found if row["kind"] == GOOD_PRACTICE and reader.may_read(row["text"])]
    latest = sorted(found, key=lambda row: (-audits[row["audit_ref"]]["reported_on"].toordinal(), row["finding_ref"]))
    for position, row in enumerate(latest):
        yield _finding(inputs, row, row["theme"] or themes[row["audit_ref"]], reader) | {"position": position}


def _finding(inputs: Inputs, row: dict[str, Any], theme: str, reader: Reader) -> dict[str, Any]:
    catalogue = inputs.catalogue
    words = {
        f"{name}_words": catalogue.label(choices, row[name]) if row[name] else "" for name, choices in _CHOICES.items()
    }
    whose = "" if reader.is_public else row["whose"]
    recommendation = "" if reader.is_public else row["recommendation_id"]
    return {
        **{name: row[name] for name in ("finding_ref", "audit_ref", "kind", "strength", "domain", "answer")},
        **words,
        "text": reader.told(row["text"]),
        "theme": theme,
        "theme_words": catalogue.label("theme", theme),
        "whose": whose,
        "whose_words": "" if reader.is_public else whose_words(catalogue, whose or "all"),
        "recommendation_id": recommendation,
        "recommendation_words": _in_the_log(inputs, recommendation),
        "reason": reader.within(row["reason"]),
    }


def _in_the_log(inputs: Inputs, recommendation_id: str) -> str:
    """Whether what it became stands in the learning log."""
    if not recommendation_id:
        return ""
    known = set(records_of(inputs, "learning", "Recommendations")["recommendation_id"])
    return recommendation_id if recommendation_id in known else f"{recommendation_id}, not in the learning log yet"
