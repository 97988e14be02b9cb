"""Each recommendation with everything that was said and done about it, from the incident to the scrutineer's view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.accounts import of_recommendations
from pipelines.publishing.rows import Row, rows, rows_by

if TYPE_CHECKING:
    from datetime import date

    from pipelines.publishing.assembling import Inputs

_CARRIED_OUT = "stopped"
# Of the learning log, beside its sheets: the measures that were registered and withdrawn.
TAKEN_BACK = "Measures taken back"


@dataclass(frozen=True)
class Line:
    """One recommendation: its own row, and the rows of every sheet that belong to it, in their order of time.

    `incident_on`: the day of the incident behind its source, where the log of reviews knows it; `reviewed_on`: when the
    review it came from was finished.
    """

    recommendation: Row
    measures: tuple[Row, ...] = ()
    actions: tuple[Row, ...] = ()
    evidence: tuple[Row, ...] = ()
    shares: tuple[Row, ...] = ()
    views: tuple[Row, ...] = ()
    taken_back: tuple[Row, ...] = ()
    accounts: tuple[Row, ...] = ()
    incident_on: date | None = None
    reviewed_on: date | None = None

    @property
    def id(self) -> str:
        """Its reference, as R-14."""
        return str(self.recommendation["recommendation_id"])

    @property
    def agreed_on(self) -> date:
        """When the Executive agreed it."""
        return self.recommendation["agreed_on"].date()

    @property
    def changed_on(self) -> date | None:
        """When practice was to change: by its measures, else when the first action was done; None where neither says."""
        named = [day(m["changed_on"]) for m in self.measures] or [day(a["done_on"]) for a in self.done]
        return min((each for each in named if each is not None), default=None)

    @property
    def review_on(self) -> date | None:
        """When the change should show: the latest of its measures' review dates."""
        return max((m["review_on"].date() for m in self.measures), default=None)

    @property
    def carried(self) -> tuple[Row, ...]:
        """Its actions but for those that were stopped."""
        return tuple(action for action in self.actions if action["status"] != _CARRIED_OUT)

    @property
    def done(self) -> tuple[Row, ...]:
        """Its actions that are done."""
        return tuple(action for action in self.actions if action["status"] == "done")

    def proofs_of(self, action: Row) -> list[Row]:
        """The evidence for an action: its own, or the recommendation's as a whole; none dated before it was agreed."""
        named = (e for e in self.evidence if e["action_id"] in ("", action["action_id"]))
        return [each for each in named if each["true_of"].date() >= self.agreed_on]

    def is_done(self, by: date) -> bool:
        """Whether every action was done, with evidence, by a day."""
        days = [day(action["done_on"]) for action in self.carried]
        done = all(action["status"] == "done" for action in self.carried)
        in_time = all(each is not None and each <= by for each in days)
        return bool(self.carried) and done and in_time and all(self.proofs_of(action) for action in self.carried)

    @property
    def closed_on(self) -> date | None:
        """When the last of its actions was done; None while one is open."""
        days = [day(action["done_on"]) for action in self.carried if action["status"] == "done"]
        if not days or len(days) < len(self.carried) or None in days:
            return None
        return max(each for each in days if each is not None)

    @property
    def first_shared_on(self) -> date | None:
        """When it was first shared with anybody."""
        return min((share["shared_on"].date() for share in self.shares), default=None)

    def overdue(self, today: date) -> list[Row]:
        """Its open actions whose day has passed, the longest first."""
        late = [a for a in self.carried if a["status"] != "done" and (due := day(a["due_on"])) and due < today]
        return sorted(late, key=lambda action: action["due_on"])


def day(value: Any) -> date | None:  # noqa: ANN401 - a cell of a frame
    """A cell as a day, None where it is empty."""
    return None if value is None or pd.isna(value) else value.date()


def lines_of(inputs: Inputs) -> list[Line]:
    """Every recommendation that stands, the newest agreed last."""
    log = inputs.records.get("learning", {})
    if "Recommendations" not in log or log["Recommendations"].empty:
        return []
    parts = {name: _of(log, name, sort) for name, sort in _SHEETS.items()}
    views = _of(inputs.records.get("scrutiny", {}), "Views", "viewed_on")
    taken_back = _of(log, TAKEN_BACK, "changed_on")
    accounts = rows_by(of_recommendations(inputs), "recommendation_id")
    incidents, reviewed = _incidents(inputs), _reviewed(inputs)
    ordered = log["Recommendations"].sort_values(["agreed_on", "recommendation_id"], kind="stable")
    return [
        Line(
            recommendation=row,
            measures=_mine(parts["Measures"], row),
            actions=_mine(parts["Actions"], row),
            evidence=_mine(parts["Evidence"], row),
            shares=_mine(parts["Dissemination"], row),
            views=_mine(views, row),
            taken_back=_mine(taken_back, row),
            accounts=_mine(accounts, row),
            incident_on=incidents.get(row["source_ref"]) if row["source_ref"] else None,
            reviewed_on=reviewed.get(row["source_ref"]) if row["source_ref"] else None,
        )
        for row in rows(ordered)
    ]


_SHEETS = {
    "Measures": "changed_on",
    "Actions": "due_on",
    "Evidence": "true_of",
    "Dissemination": "shared_on",
}


def _of(log: Any, sheet: str, sort: str) -> dict[str, list[Row]]:  # noqa: ANN401 - sheets of a log by name
    frame = log.get(sheet)
    if frame is None or frame.empty:
        return {}
    return rows_by(frame.sort_values(sort, kind="stable"), "recommendation_id")


def _mine(found: dict[str, list[Row]], row: Row) -> tuple[Row, ...]:
    return tuple(found.get(row["recommendation_id"], ()))


def _incidents(inputs: Inputs) -> dict[str, date]:
    """The day of the incident behind each review or incident reference."""
    log = inputs.records.get("reviews", {})
    if "Incidents" not in log:
        return {}
    days: dict[str, date] = {}
    for row in rows(log["Incidents"]):
        happened = day(row["happened_on"]) or day(row["known_on"])
        if happened is not None:
            days[row["incident_ref"]] = happened
    reviews = {r["review_ref"]: days[r["incident_ref"]] for r in rows(log["Reviews"]) if r["incident_ref"] in days}
    return days | reviews


def _reviewed(inputs: Inputs) -> dict[str, date]:
    """The day each review was finished: published, else sent to the Panel, else decided on."""
    log = inputs.records.get("reviews", {})
    found: dict[str, date] = {}
    for row in rows(log["Reviews"]) if "Reviews" in log else ():
        finished = day(row["published_on"]) or day(row["sent_on"]) or day(row["decided_on"])
        if finished is not None:
            found[row["review_ref"]] = finished
    return found
