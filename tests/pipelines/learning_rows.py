"""A learning log from a few cells, as publishing reads it: what a row leaves out is unremarkable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.learning.lines import TAKEN_BACK
from schemas.periods import parse, quarters
from schemas.returns import kinds
from schemas.returns.records import typed
from tests.pipelines.releases import figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_USUAL: dict[str, dict[str, Any]] = {
    "Recommendations": {
        "recommendation_id": "R-01", "title": "Decide within a day", "source": "audit", "theme": "neglect",
        "accountable": "council", "agency_id": "lcc_cf", "owner_role": "Head of service", "agreed_on": "2024-05-01",
        "due_on": "2025-03-31", "standing": "stands",
    },
    "Measures": {
        "recommendation_id": "R-01", "indicator_id": "FD05", "expected": "higher", "changed_on": "2025-04-01",
        "review_on": "2026-06-30", "registered_on": "2024-05-01", "standing": "stands",
    },
    "Actions": {
        "action_id": "R-01.1", "recommendation_id": "R-01", "action": "Change the form", "agency_id": "lcc_cf",
        "owner_role": "Team manager", "due_on": "2025-03-31", "status": "done", "done_on": "2025-03-20", "standing": "stands",
    },
    "Evidence": {
        "evidence_id": "E-01", "recommendation_id": "R-01", "action_id": "", "kind": "audit", "true_of": "2026-03-01",
        "finding": "Seen in 31 of 40 files", "level_claimed": "3", "standing": "stands",
    },
    "Dissemination": {
        "share_id": "D-01", "recommendation_id": "R-01", "shared_on": "2024-06-01", "how": "briefing",
        "sector": "council", "people": "40", "standing": "stands",
    },
    "Views": {
        "recommendation_id": "R-01", "viewed_on": "2026-10-01", "view": "accept", "reason": "The files show it.",
        "of_level": "3", "of_publication": "",
    },
    "Incidents": {
        "incident_ref": "SI-2024-01", "happened_on": "2024-01-10", "known_on": "2024-01-11",
        "incident_type": "serious_harm", "notified_on": "2024-01-15", "standing": "stands",
    },
    "Reviews": {
        "review_ref": "RV-2024-01", "incident_ref": "SI-2024-01", "review_type": "rapid_review", "standing": "stands",
    },
    "Answers": {
        "survey_ref": "SV-2026-1", "closed_on": "2026-09-30", "question": "recalls_learning",
        "respondents": "practitioners", "sector": "council", "asked": "100", "replied": "40", "agreed": "30",
        "standing": "stands",
    },
}  # fmt: skip


def records(**sheets: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, pd.DataFrame]]:
    """The logs that stand, by kind and sheet, from the cells that matter; every other sheet is empty."""
    made: dict[str, dict[str, pd.DataFrame]] = {}
    for kind in kinds().values():
        if kind.is_log:
            made[kind.id] = {
                layout.name: _frame(kind.id, layout, sheets.get(layout.name, ())) for layout in kind.sheets
            }
    measures = kinds()["learning"].sheet("Measures")
    made["learning"][TAKEN_BACK] = _frame("learning", measures, sheets.get("taken_back", ()))
    return made


def _frame(kind: str, layout: Any, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """A sheet's records; a row may say otherwise when it came, or what it said first (`_received_at`, `_first_body`)."""
    columns = [column.name for column in layout.columns]
    text = pd.DataFrame(
        [{**dict.fromkeys(columns, ""), **_USUAL.get(layout.name, {}), **row} for row in rows],
        columns=columns,
        dtype="str",
    )
    sender = "scrutineer" if kind == "scrutiny" else "bu"
    at = pd.Timestamp("2024-06-01", tz="UTC")
    made = typed(layout, text).assign(submission_id=f"{sender}.{kind}.2024-25-Q1.v1", sent_by=sender)
    for name, usual in (("received_at", at), ("first_received_at", at), ("first_body", "")):
        made[name] = [row.get(f"_{name}", usual) for row in rows]
    return made


def series(
    indicator_id: str, before: float, after: float, *, of: float | None = 1000.0, changed: str = "2025-26-Q1"
) -> list[dict[str, Any]]:
    """Twenty quarters of a figure, steady but for a little noise, at one level before a quarter and another from it on."""
    noise = (0, 9, -7, 4, -11, 6, -3, 10, -5, 2, 8, -9, 3, -6, 1, -4, 7, -2, 5, -8)
    every = quarters(parse("2021-22-Q3"), parse("2026-27-Q2"))
    made = []
    for quarter, step in zip(every, noise, strict=True):
        level = after if quarter.start >= parse(changed).start else before
        made.append(figure(indicator_id, round(level + step * level / 500), of, period_id=quarter.id))
    return made
