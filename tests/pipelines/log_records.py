"""Records of the logs from a handful of rows, and the returns that brought them, for tests of what is published."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.computed import computed
from schemas.periods import parse, quarters
from schemas.returns import kinds
from schemas.returns.records import typed
from tests.pipelines.releases import figure, inputs

if TYPE_CHECKING:
    from datetime import date

    from pipelines.publishing.assembling import Inputs

CAME = pd.Timestamp("2026-10-28T16:05", tz="UTC")
KINDS = ("reviews", "concerns", "training", "survey", "voice")


def records(kind: str, sheet: str, *rows: dict[str, Any]) -> pd.DataFrame:
    """The records of a sheet as publishing is given them; a row may say its own submission_id, sent_by, received_at."""
    layout = kinds()[kind].sheet(sheet)
    names = [column.name for column in layout.columns]
    text = pd.DataFrame([{n: str(row.get(n, "")) for n in names} for row in rows], columns=names, dtype="str")
    sent = {
        "submission_id": f"bu.{kind}.2026-27-Q2.v1",
        "sent_by": "bu",
        "received_at": CAME,
        "first_received_at": CAME,
        "answered_at": CAME,
    }
    extra = pd.DataFrame([{name: row.get(name, of) for name, of in sent.items()} for row in rows], columns=list(sent))
    return pd.concat([typed(layout, text), extra], axis=1)


def returns(first: str, last: str, *listed: str, agency_id: str = "bu") -> pd.DataFrame:
    """Accepted returns of logs, one a quarter, as the listing of submissions has them."""
    every = [(kind, quarter) for kind in listed or KINDS for quarter in quarters(parse(first), parse(last))]
    return pd.DataFrame(
        [
            {
                "submission_id": f"{agency_id}.{kind}.{quarter.id}.v1", "kind": kind, "agency_id": agency_id,
                "period_id": quarter.id, "version": 1, "state": "accepted", "verdict": "accepted",
                "received_at": pd.Timestamp(quarter.end, tz="UTC") + pd.Timedelta(days=20),
                "approved_by_role": "Head of service", "rows": 1, "rows_accepted": 1,
            }
            for kind, quarter in every
        ]
    )  # fmt: skip


def logged(
    found: dict[str, dict[str, pd.DataFrame]],
    came: pd.DataFrame,
    *,
    through: str = "2026-27-Q2",
    today: date | None = None,
) -> Inputs:
    """What a release is made from where these logs came in, beside one figure of the last quarter."""
    asked = {} if today is None else {"today": today}
    base = inputs(figure("CP07", 60.0, 220.0, period_id=through), **asked)
    return base_with(base, found, came)


def base_with(base: Inputs, found: dict[str, dict[str, pd.DataFrame]], came: pd.DataFrame) -> Inputs:
    """The inputs with these logs, and what is computed from them."""
    both = replace(base, submissions=pd.concat([base.submissions, came], ignore_index=True), records=found)
    more = computed(both)
    return replace(
        both, observations=pd.concat([both.observations, more], ignore_index=True) if len(more) else both.observations
    )


def concern(number: int, **said: Any) -> dict[str, Any]:
    """One concern, raised by health with the council about a threshold, settled at the first step the day after."""
    usual = {
        "concern_ref": f"CR-{number:03}",
        "raised_on": "2025-06-02",
        "raised_by": "health",
        "raised_with": "council",
    }
    usual |= {"issue": "threshold", "closed_on": "2025-06-03", "outcome": "changed"}
    return usual | said


def incident(number: int, **said: Any) -> dict[str, Any]:
    """One incident, known on a Monday and notified that Friday."""
    usual = {"incident_ref": f"SI-{number}", "happened_on": "2025-06-01", "known_on": "2025-06-02"}
    return usual | {"incident_type": "serious_harm", "notified_on": "2025-06-06"} | said
