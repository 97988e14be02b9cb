"""Figures nobody has to send: official statistics about the city, the partnership's record of returns, its logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.assessments.returned import COMPUTED_BY, of_self_assessments
from pipelines.publishing.coverage import FIGURES
from pipelines.publishing.learning.impact_shown import actions_on_time
from pipelines.publishing.logs.indicators import from_logs
from schemas.catalogue.cycle import due_on
from schemas.catalogue.owed import periods_of
from schemas.periods import parse, quarters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Catalogue
    from schemas.periods import Period

_FROM_COVERAGE = "coverage"


def computed(inputs: Inputs) -> pd.DataFrame:
    """Observations that are computed here: rows as `observations` has them."""
    logged = (*actions_on_time(inputs), *from_logs(inputs), *of_self_assessments(inputs))
    rows = [*_official(inputs), *_returns_on_time(inputs), *logged]
    return pd.DataFrame(rows, columns=inputs.observations.columns)


def _official(inputs: Inputs) -> Iterator[dict[str, Any]]:
    """What official statistics say of the city, for indicators that no agency sends."""
    catalogue = inputs.catalogue
    own = [i.id for i in catalogue.indicators.values() if not catalogue.agencies[i.agency_id].sends]
    here = inputs.benchmarks["area_code"].eq(catalogue.partnership.area_code)
    for row in inputs.benchmarks[here & inputs.benchmarks["indicator_id"].isin(own)].to_dict("records"):
        agency_id = catalogue.indicators[row["indicator_id"]].agency_id
        facts = {name: row[name] for name in ("indicator_id", "period_id", "numerator", "denominator", "value")}
        yield _row(catalogue, agency_id) | facts | {"marker": row["marker"], "submission_id": row["release"]}


def _returns_on_time(inputs: Inputs) -> Iterator[dict[str, Any]]:
    """Returns on time and valid, of returns due, each quarter; valid means no row had to be left out."""
    catalogue = inputs.catalogue
    mine = [i for i in catalogue.indicators.values() if i.computed_from == _FROM_COVERAGE]
    figures = inputs.submissions[inputs.submissions["kind"].eq(FIGURES)]
    first = figures.sort_values("version").drop_duplicates(["agency_id", "period_id"])
    sent = {(s.agency_id, s.period_id): s for s in first.itertuples()}
    for indicator in mine:
        for quarter in quarters(parse(catalogue.partnership.first_period), inputs.through):
            due = due_on(catalogue, quarter)
            if inputs.today <= due:
                continue
            owing = [a.id for a in catalogue.agencies.values() if a.sends and _owes(catalogue, a.id, quarter)]
            good = sum(_good(sent.get((agency, quarter.id)), due) for agency in owing)
            share = {"numerator": float(good), "denominator": float(len(owing))}
            facts = {"indicator_id": indicator.id, "period_id": quarter.id, "value": 100 * good / len(owing)} | share
            yield _row(catalogue, indicator.agency_id) | facts | {"marker": "", "submission_id": COMPUTED_BY}


def _good(submission: Any, due: Any) -> bool:  # noqa: ANN401 - a row of the listing, or None; a date
    if submission is None or submission.state == "refused" or submission.verdict == "refused":
        return False
    return submission.received_at.date() <= due and submission.rows_accepted == submission.rows


def _owes(catalogue: Catalogue, agency_id: str, quarter: Period) -> bool:
    return any(
        periods_of(i, quarter)
        for i in catalogue.indicators.values()
        if agency_id in i.sent_by and i.computed_from is None
    )


def _row(catalogue: Catalogue, agency_id: str) -> dict[str, Any]:
    return {
        "agency_id": agency_id,
        "area_id": catalogue.partnership.area_code,
        "breakdown": "all",
        "category": "all",
        "reason": "",
        "definition_version": 1,
        "version": 1,
        "received_at": pd.NaT,
        "approved": True,
    }
