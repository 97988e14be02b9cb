"""Incidents and reviews one by one, for the audience that may see them: each clock, each review, what became of it.

What an incident was is in no table: deaths are not to be counted from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.publishing.logs.log import day_of, records_of
from pipelines.publishing.logs.ticking import NO_START, of_reviews
from pipelines.publishing.logs.ticking_words import STATES, clock_words
from pipelines.publishing.rows import rows, rows_by
from schemas.periods import of_kind

if TYPE_CHECKING:
    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.logs.ticking import Ticking
    from pipelines.publishing.rows import Row

_ORDER = ("running", "missed", NO_START, "met")
# Which reviews end with a decision what to do next.
DECIDES = ("rapid_review",)
# Of fewer the middle is one review's own.
ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One review's line through the logs: its incident's day, the first learning shared, the last action done."""

    incident_on: date | None
    recommendations: int
    first_shared_on: date | None
    closed_on: date | None

    def days(self, until: date | None) -> int | None:
        """How many days after the incident; None where either day is not known."""
        return None if self.incident_on is None or until is None else (until - self.incident_on).days


def clock_rows(inputs: Inputs) -> list[dict[str, Any]]:
    """The rows of `clock`: running ones first, the nearest to its end first of all."""
    far = date.max
    every = sorted(
        of_reviews(inputs),
        key=lambda t: (
            _ORDER.index(t.state),
            t.run.due_on if t.run and t.state == "running" else far,
            _latest_first(t),
        ),
    )
    return [_clock_row(ticking, position) for position, ticking in enumerate(every)]


def review_rows(inputs: Inputs) -> list[dict[str, Any]]:
    """The rows of `review`, the latest begun first."""
    lines = lines_of(inputs)
    every = rows(records_of(inputs, "reviews", "Reviews"))
    every.sort(key=lambda row: (began_on(row) or date.min, row["review_ref"]), reverse=True)
    return [_review_row(inputs, row, lines[row["review_ref"]], position) for position, row in enumerate(every)]


def measure_rows(inputs: Inputs) -> list[dict[str, Any]]:
    """The rows of `review_measure`: the middle number of days from the incident to learning and to action."""
    lines = list(lines_of(inputs).values())
    asked = (
        (
            "shared",
            "From the incident to the first learning shared",
            [line.days(line.first_shared_on) for line in lines],
        ),
        ("closed", "From the incident to the last action done", [line.days(line.closed_on) for line in lines]),
    )
    return [_measure(*each, position) for position, each in enumerate(asked)] if lines else []


def began_on(row: Row) -> date | None:
    """The day a review is dated by: its start, else the first later day that is known of it."""
    days = (day_of(row[name]) for name in ("started_on", "decided_on", "sent_on", "published_on"))
    return next((day for day in days if day is not None), None)


def lines_of(inputs: Inputs) -> dict[str, Line]:
    """Each review's line, by its reference, from the learning that names it or its incident as its source."""
    incidents = {row["incident_ref"]: row for row in rows(records_of(inputs, "reviews", "Incidents"))}
    learned = rows_by(records_of(inputs, "learning", "Recommendations"), "source_ref")
    actions = rows_by(records_of(inputs, "learning", "Actions"), "recommendation_id")
    shared = rows_by(records_of(inputs, "learning", "Dissemination"), "recommendation_id")
    found: dict[str, Line] = {}
    for row in rows(records_of(inputs, "reviews", "Reviews")):
        named = [row["review_ref"], *([row["incident_ref"]] if row["incident_ref"] else [])]
        ids = [each["recommendation_id"] for name in named for each in learned.get(name, [])]
        incident = incidents.get(row["incident_ref"], {})
        happened = day_of(incident.get("happened_on")) or day_of(incident.get("known_on"))
        told = [day_of(each["shared_on"]) for i in ids for each in shared.get(i, [])]
        done = _all_done([each for i in ids for each in actions.get(i, [])])
        found[row["review_ref"]] = Line(happened, len(ids), min((d for d in told if d), default=None), done)
    return found


def _all_done(actions: list[Row]) -> date | None:
    """The day the last action was done, once none is left to do; what was stopped is not waited for."""
    if any(action["status"] not in ("done", "stopped") for action in actions):
        return None
    days = [day_of(action["done_on"]) for action in actions if action["status"] == "done"]
    return None if None in days else max((day for day in days if day), default=None)


def _latest_first(ticking: Ticking) -> int:
    return -(ticking.started_on or date.min).toordinal()


def _clock_row(ticking: Ticking, position: int) -> dict[str, Any]:
    run, clock = ticking.run, ticking.clock
    return {
        "clock_id": clock.id,
        "reference": ticking.reference,
        "position": position,
        "title": clock.title,
        "started_on": ticking.started_on,
        "due_on": run.due_on if run else None,
        "done_on": ticking.done_on if ticking.is_done else None,
        "state": ticking.state,
        "state_words": STATES[ticking.state],
        "used_days": run.used if run else None,
        "left_days": run.left if run else None,
        "is_close": run is not None and run.state == "running" and run.left <= clock.warn_days,
        "year_id": of_kind("financial_year", run.due_on).id if run else "",
        "words": clock_words(ticking),
        "late_reason": ticking.late_reason if ticking.state == "missed" else "",
    }


def _review_row(inputs: Inputs, row: Row, line: Line, position: int) -> dict[str, Any]:
    label = inputs.catalogue.label
    days = {name: day_of(row[name]) for name in ("started_on", "sent_on", "decided_on", "published_on")}
    return days | {
        "review_ref": row["review_ref"],
        "position": position,
        "review_type": row["review_type"],
        "type_words": label("review_type", row["review_type"]),
        "incident_ref": row["incident_ref"],
        "incident_on": line.incident_on,
        "decision": row["decision"],
        "decision_words": _decided(inputs, row),
        "decision_reason": row["decision_reason"],
        "has_legal_point": row["legal_flag"] == "yes",
        "panel_words": _panel(row),
        "late_reason": row["late_reason"],
        "recommendations": line.recommendations,
        "first_shared_on": line.first_shared_on,
        "closed_on": line.closed_on,
        "shared_days": line.days(line.first_shared_on),
        "closed_days": line.days(line.closed_on),
    }


def _decided(inputs: Inputs, row: Row) -> str:
    """What was decided; of a review that decides nothing further, nothing."""
    if row["decision"]:
        return inputs.catalogue.label("review_decision", row["decision"])
    return "Not decided yet" if row["review_type"] in DECIDES else ""


def _panel(row: Row) -> str:
    """What the national Panel said of a decision; nothing while it has not."""
    if not row["panel_agrees"]:
        return ""
    return "The Panel agrees." if row["panel_agrees"] == "yes" else "The Panel does not agree."


def _measure(measure_id: str, title: str, days: list[int | None], position: int) -> dict[str, Any]:
    known = [each for each in days if each is not None]
    enough = len(known) >= ENOUGH
    few = f"Known of {len(known)} review{'' if len(known) == 1 else 's'}: too few for a middle."
    middle = float(np.median(known)) if enough else None
    words = few if middle is None else f"The middle of {len(known)} reviews."
    return {
        "measure_id": measure_id, "position": position, "title": title, "n": len(known), "median_days": middle,
        "words": words,
    }  # fmt: skip
