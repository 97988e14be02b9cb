"""Rules about recommendations that say the same: agreed twice, or found again because they were not learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schemas.returns.alike import AGAIN_MONTHS, alike, finished
from schemas.returns.beside import months_after, stands
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext

# So many pairs are compared at a time: a table of them takes some tens of megabytes.
_MOST_PAIRS = 2_000_000
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
    message="{recommendation_id} reads much like {other}{titled} ({alike}% alike, {where}).",
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
    message="{recommendation_id} finds again what {other}{titled} had completed on {finished_on} ({alike}% alike, {where}).",
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
    size = max(1, _MOST_PAIRS // max(1, len(others)))
    parts = [_nearest(rows.iloc[first : first + size], others) for first in range(0, len(rows), size)]
    nearest, score = (np.concatenate([part[which] for part in parts]) for which in (0, 1))
    found = others.take(nearest[score > 0]).set_axis(rows.index[score > 0])
    return pd.DataFrame(
        {
            "other": found["recommendation_id"],
            "titled": _titled(found, context),
            "alike": score[score > 0].round(),
            "finished_on": found["finished_on"],
            "again": found["finished_on"].le(rows["agreed_on"][found.index]),
        }
    )


def _nearest(rows: pd.DataFrame, others: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The place of the other recommendation most like each row, and how alike it is; 0 where none is."""
    if others.empty:
        return np.zeros(len(rows), dtype=np.intp), np.zeros(len(rows))
    titles, texts = (alike(rows[column].tolist(), others[column].tolist()) for column in ("title", "text"))
    same = rows["recommendation_id"].to_numpy()[:, None] == others["recommendation_id"].to_numpy()
    until = months_after(others["finished_on"], AGAIN_MONTHS).to_numpy()
    scores = np.where(same | (until < rows["agreed_on"].to_numpy()[:, None]), 0, np.fmax(titles, texts))
    return scores.argmax(axis=1), scores.max(axis=1)


def _titled(found: pd.DataFrame, context: LogContext) -> list[str]:
    """The titles of other recommendations, in quotation marks, only where the sender may read them."""
    readable = found["agency_id"].eq(context.agency_id) | context.may_change_everything
    return [f" “{title}”" if may else "" for title, may in zip(found["title"], readable, strict=True)]
