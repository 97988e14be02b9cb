"""A home whose publications hold a few records of every log, for the page of reviews and concerns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipelines.publishing.releasing import Order, bring_out, made, secured
from schemas.actors import Actor
from tests.pages.opening import ODD
from tests.pipelines.log_records import concern, incident, logged, records, returns

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipelines.publishing.assembling import Inputs

STEWARD = Actor("Steward", "business_unit")
AT = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
AUDIENCES = ("executive", "partnership", "public")


def built(home: Path, inputs: Inputs | None = None) -> Path:
    """Publish these inputs for every audience; those of `everything` where none are given."""
    return released(home, everything() if inputs is None else inputs, AUDIENCES)


def released(home: Path, inputs: Inputs, audiences: Sequence[str]) -> Path:
    """Publish these inputs for these audiences at one moment, as the flow does: protected once for all of them."""
    moment = secured(home, inputs, {}, lambda _: None)
    orders = [Order(audience, "Published for the Executive", STEWARD, AT) for audience in audiences]
    bring_out(home, [made(home, moment, order, lambda _: None) for order in orders], lambda _: None, lambda _: None)
    return home


def everything() -> Inputs:
    """Two clocks running, one missed this year, thirty concerns, a course, a survey, and two voices."""
    incidents = [
        incident(1, known_on="2026-11-12", happened_on="2026-11-11", notified_on=""),
        incident(2, known_on="2026-10-29", happened_on="2026-10-28", notified_on="2026-11-02"),
        incident(3, known_on="2026-06-01", notified_on="2026-06-12", late_reason=f"Nobody knew {ODD}"),
    ]
    reviews = [
        {"review_ref": "RV-3", "incident_ref": "SI-3", "review_type": "rapid_review", "started_on": "2026-06-15",
         "sent_on": "2026-06-30", "decision": "no_further_review", "decided_on": "2026-06-29", "legal_flag": "yes",
         "decision_reason": f"The learning is known {ODD}", "panel_agrees": "yes"},
    ]  # fmt: skip
    concerns = [concern(n, raised_by="health" if n % 2 else "council") for n in range(30)]
    courses = [
        {"course_ref": "T-1", "course": "Working together", "course_level": "core", "topic": "neglect", "sector": "health",
         "held_on": "2025-05-12", "places": 25, "attended": 20, "paired": 10, "before_mean": 2.5, "after_mean": 3.5,
         "follow_up_on": "2025-08-12", "follow_up_replies": 12, "follow_up_changed": 6},
    ]  # fmt: skip
    asked = {"survey_ref": "SV-1", "closed_on": "2026-09-12", "asked": 90, "replied": 40, "agreed": 25}
    answers = [
        asked | {"question": "knows_partnership", "respondents": "practitioners", "sector": "health"},
        asked | {"question": "listened_to", "respondents": "children", "agreed": 38},
    ]
    heard = [
        {"voice_ref": "V-1", "heard_on": "2026-05-10", "who": "children", "directly": "yes", "people": 12, "theme": "neglect",
         "said": f"Come when you say {ODD}", "response": "completed", "changed": "Visits are agreed by text", "told_on": "2026-09-01"},
        {"voice_ref": "V-2", "heard_on": "2026-06-10", "who": "parents_carers", "directly": "no", "people": 3,
         "theme": "neglect", "said": "Kept to ourselves", "response": "none_yet"},
    ]  # fmt: skip
    sheets = {
        "reviews": {
            "Incidents": records("reviews", "Incidents", *incidents),
            "Reviews": records("reviews", "Reviews", *reviews),
        },
        "concerns": {"Concerns": records("concerns", "Concerns", *concerns)},
        "training": {"Courses": records("training", "Courses", *courses)},
        "survey": {"Answers": records("survey", "Answers", *answers)},
        "voice": {"Heard": records("voice", "Heard", *heard)},
    }
    return logged(sheets, returns("2025-26-Q1", "2026-27-Q2"))
