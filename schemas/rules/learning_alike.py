"""Rules about recommendations that say the same: agreed twice, or found again because they were not learned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from schemas.returns.alike import AGAIN_MONTHS, ALIKE, finished, most_alike
from schemas.returns.beside import months_after, stands
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext

_SAME = {
    "recommendation_id": "R-09",
    "title": "Ensure that core groups are held within ten working days of conferences",
    "text": "",
}


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="query",
    column="title",
    message="{recommendation_id} reads much like {other}, “{other_title}” ({alike}% alike, {where}).",
    fix="If it is the same, withdraw one and keep its actions under the other. If not, say in the wording what is different.",
    bad=[{**_SAME, "agreed_on": "2025-05-20"},
         {"recommendation_id": "R-09", "title": "Timely core groups",
          "text": "Core groups must meet within ten working days of each conference, and must record who came"}],
    good=[{"recommendation_id": "R-01"},
          {"recommendation_id": "R-09", "title": "Conferences are held within fifteen working days", "text": ""},
          {**_SAME, "agreed_on": "2026-06-15", "due_on": "2027-03-31"},
          {**_SAME, "agreed_on": "2025-05-20", "_without": ["Recommendations"]}],
)  # fmt: skip
def recommendation_is_like_another(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """The same recommendation twice is counted twice, chased twice and owned by nobody; the same review often brings both."""
    found = _beside_others(rows, context)
    return found[~found["again"]].drop(columns="again")


@rule(
    kind="learning",
    sheet="Recommendations",
    severity="note",
    column="title",
    message="{recommendation_id} finds again what {other}, “{other_title}”, had completed on {finished_on} ({alike}% alike, {where}).",
    fix="Nothing to do, if it is so. It will be shown as learning found again within {months} months of its completion.",
    bad=[{**_SAME, "agreed_on": "2026-06-15", "due_on": "2027-03-31"}],
    good=[{**_SAME, "agreed_on": "2025-05-20"},
          {**_SAME, "agreed_on": "2026-06-15",
           "_held": {"Actions": [{"action_id": "R-01.2", "status": "in_progress", "done_on": ""}]}},
          {**_SAME, "agreed_on": "2026-06-15", "_held": {"Actions": [{"done_on": "2024-05-30"}]}}],
)  # fmt: skip
def learning_is_found_again(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Learning that comes back so soon after its actions were closed had been closed, not learned."""
    found = _beside_others(rows, context)
    return found[found["again"]].drop(columns="again").assign(months=AGAIN_MONTHS)


def _beside_others(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Each row that is alike to another recommendation: which, how alike, and whether that one was finished before.

    One finished more than the agreed months earlier is another time's, and left out.
    """
    others = stands(context, "Recommendations").merge(
        finished(stands(context, "Actions")), on="recommendation_id", how="left"
    )
    others = others.assign(until=months_after(others["finished_on"], AGAIN_MONTHS))
    found = [_like(row, others) for row in rows.itertuples()]
    columns = ["other", "other_title", "alike", "finished_on", "again"]
    frame = pd.DataFrame([each for each in found if each], columns=["at", *columns]).set_index("at")
    return frame.astype({"again": "bool"})


def _like(row: Any, others: pd.DataFrame) -> tuple[object, ...] | None:  # noqa: ANN401 - a row as pandas gives it
    """The other recommendation most like one, with what is told of it; nothing where none is alike."""
    near = others[others["recommendation_id"].ne(row.recommendation_id) & ~others["until"].lt(row.agreed_on)]
    wordings = zip(near["recommendation_id"], near["title"], near["text"], strict=True)
    other, score = most_alike(row.title, row.text, wordings)
    if score < ALIKE:
        return None
    its = near[near["recommendation_id"].eq(other)].iloc[0]
    return (row.Index, other, its["title"], round(score), its["finished_on"], its["finished_on"] <= row.agreed_on)
