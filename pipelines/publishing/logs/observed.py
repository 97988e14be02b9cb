"""One observation worked out from a log, as the linked system and the figures take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from pipelines.publishing.logs.log import Log
    from schemas.periods import Period


class Counts(NamedTuple):
    """What was counted, and of how many; None where an indicator has no denominator."""

    numerator: float
    denominator: float | None = None


def observed(  # noqa: PLR0913 - what is counted, when, of whom, and from which records
    log: Log,
    indicator_id: str,
    period: Period,
    counts: Counts,
    used: pd.DataFrame | None = None,
    *,
    breakdown: str = "all",
    category: str = "all",
) -> dict[str, Any]:
    """A row as `observations` has them.

    It cites the submissions of the records `used`. Of what is protected it cites the log's returns for the period,
    whatever they held: which of them held a record would tell of a hidden count.
    """
    catalogue, submissions = log.inputs.catalogue, log.inputs.submissions
    indicator = catalogue.indicators[indicator_id]
    cited = set(log.returns_for(period)["submission_id"])
    if used is not None and not catalogue.protects(indicator.numerator):
        cited |= set(used["submission_id"])
    mine = submissions[submissions["submission_id"].isin(list(cited))]
    top, size = counts
    return {
        "indicator_id": indicator_id,
        "period_id": period.id,
        "agency_id": indicator.agency_id,
        "area_id": catalogue.partnership.area_code,
        "breakdown": breakdown,
        "category": category,
        "numerator": float(top),
        "denominator": None if size is None else float(size),
        "value": float(top) if size is None else indicator.per * top / size if size else None,
        "marker": "",
        "reason": "",
        "definition_version": 1,
        "submission_id": " ".join(sorted(cited)),
        "version": 1,
        "received_at": mine["received_at"].max() if len(mine) else pd.NaT,
        "approved": bool(mine["approved_by_role"].ne("").all()),
    }
