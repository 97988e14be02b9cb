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
    catalogue = log.inputs.catalogue
    indicator = catalogue.indicators[indicator_id]
    cited = log.cited_for(period)
    if used is not None and not catalogue.protects(indicator.numerator):
        cited |= set(used["submission_id"])
    came = [log.sent[each] for each in cited if each in log.sent]
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
        "received_at": max((at for at, _ in came), default=pd.NaT),
        "approved": all(approved for _, approved in came),
    }
