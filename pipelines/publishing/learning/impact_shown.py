"""PA04 and PA03, counted from the learning log: recommendations with impact shown, and actions completed on time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.measures.intervals import wilson
from pipelines.publishing.learning.lines import Line, day, lines_of
from pipelines.publishing.learning.rungs import standing
from pipelines.publishing.learning.verdicts import Figures, judged
from schemas.periods import parse, quarters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.rows import Row
    from schemas.periods import Period

SHOWN, ON_TIME = "PA04", "PA03"
# Sectors are called as the partners whose agencies they are.
_OTHER = "other"
Counted = tuple[str, str, int, int]


def actions_on_time(inputs: Inputs) -> Iterator[dict[str, Any]]:
    """Observations of PA03: of actions due in a quarter, those complete with evidence by its end.

    Only quarters that are over, from the first action on; stopped actions are not due. By sector for whole years.
    """
    if ON_TIME not in inputs.catalogue.indicators:
        return
    due = [
        (when, action, line) for line in lines_of(inputs) for action in line.carried if (when := day(action["due_on"]))
    ]
    if not due:
        return
    for quarter in _quarters(inputs):
        mine = [(action, line) for when, action, line in due if quarter.start <= when <= quarter.end]
        told = [(str(action["agency_id"]), _is_complete(action, line, quarter)) for action, line in mine]
        yield _row(inputs, ON_TIME, (quarter.id, "all", "all"), told, [action for action, _ in mine])
        if quarter.financial_year.end == quarter.end:
            year = quarter.financial_year
            yearly = [(a, line) for when, a, line in due if year.start <= when <= year.end]
            parts = [(str(a["agency_id"]), _is_complete(a, line, year)) for a, line in yearly]
            yield from _by_sector(inputs, ON_TIME, year.id, parts, [action for action, _ in yearly])


def _is_complete(action: dict[str, Any], line: Line, period: Period) -> bool:
    done = day(action["done_on"])
    return action["status"] == "done" and done is not None and done <= period.end and bool(line.proofs_of(action))


def with_impact_shown(inputs: Inputs, shown: pd.DataFrame) -> pd.DataFrame:
    """The figures of a release with PA04 beside them: of recommendations a year old, those at level 3 or above.

    It rests on verdicts, and so on the protected figures: it can only be counted after them. Recommendations are
    paperwork and never hidden for smallness.
    """
    lines = lines_of(inputs)
    if not lines or SHOWN not in inputs.catalogue.indicators:
        return shown
    figures = Figures(inputs.catalogue, shown)
    made: list[dict[str, Any]] = []
    for quarter in _quarters(inputs):
        old = [line for line in lines if _a_year_on(line.agreed_on) <= quarter.end]
        told = [(str(line.recommendation["agency_id"]), _is_shown(inputs, figures, line, quarter)) for line in old]
        rested_on = [row for line in old for row in (line.recommendation, *line.evidence)]
        found = [_row(inputs, SHOWN, (quarter.id, "all", "all"), told, rested_on)]
        if old and quarter.financial_year.end == quarter.end:
            found += _by_sector(inputs, SHOWN, quarter.id, told, rested_on)
            # The year's figure of what stands on a day is its last.
            found += [row | {"period_id": quarter.financial_year.id} for row in found]
        made += [_figure(row) for row in found]
    if not made:
        return shown
    told = pd.DataFrame(made)
    added = pd.DataFrame({name: _column(told, str(name), kind) for name, kind in shown.dtypes.items()})
    return pd.concat([shown[shown["indicator_id"].ne(SHOWN)], added], ignore_index=True)


def _column(told: pd.DataFrame, name: str, kind: Any) -> pd.Series:  # noqa: ANN401 - a column's type
    """One column as the figures have it; what only says how a row was put together is empty: these were counted whole."""
    if name not in told:
        nothing: Any = {"b": False, "i": 0, "f": float("nan")}.get(getattr(kind, "kind", "O"))
        return pd.Series([nothing] * len(told)).astype(kind)
    if str(kind).startswith("datetime"):
        return pd.to_datetime(told[name], utc=True).astype(kind)
    return told[name].astype(kind)


def _a_year_on(day: date) -> date:
    return (pd.Timestamp(day) + pd.DateOffset(years=1)).date()


def _is_shown(inputs: Inputs, figures: Figures, line: Line, quarter: Period) -> bool:
    """Whether impact was shown at the quarter's end, by the figures and the evidence of that day."""
    return standing(inputs.catalogue, line, judged(figures, line, quarter), quarter.end).impact_is_shown


def _quarters(inputs: Inputs) -> Sequence[Period]:
    """Every quarter that is over: where there was nothing to count yet, that is said and not called missing."""
    every = quarters(parse(inputs.catalogue.partnership.first_period), inputs.through)
    return [quarter for quarter in every if quarter.end < inputs.today]


def _by_sector(
    inputs: Inputs, indicator_id: str, period_id: str, told: Sequence[tuple[str, bool]], records: Sequence[Row]
) -> Iterator[dict[str, Any]]:
    """The same split by the sector of the agency it is for."""
    for category in inputs.catalogue.breakdowns["agency_about"].categories:
        mine = [(agency, good) for agency, good in told if _sector(inputs, agency) == category.id]
        if mine:
            yield _row(inputs, indicator_id, (period_id, "agency_about", category.id), mine, records)


def _sector(inputs: Inputs, agency_id: str) -> str:
    agency = inputs.catalogue.agencies.get(agency_id)
    sectors = {category.id for category in inputs.catalogue.breakdowns["agency_about"].categories}
    return agency.partner if agency and agency.partner in sectors else _OTHER


def _row(
    inputs: Inputs,
    indicator_id: str,
    where: tuple[str, str, str],
    told: Sequence[tuple[str, bool]],
    records: Sequence[Row],
) -> dict[str, Any]:
    good, of = sum(good for _, good in told), len(told)
    period_id, breakdown, category = where
    return {
        "indicator_id": indicator_id,
        "period_id": period_id,
        "agency_id": inputs.catalogue.indicators[indicator_id].agency_id,
        "area_id": inputs.catalogue.partnership.area_code,
        "breakdown": breakdown,
        "category": category,
        "numerator": float(good) if of else float("nan"),
        "denominator": float(of) if of else float("nan"),
        "value": 100 * good / of if of else float("nan"),
        "marker": "" if of else "z",
        "reason": "",
        "definition_version": 1,
        "submission_id": " ".join(sorted({str(record["submission_id"]) for record in records})),
        "version": 1,
        "received_at": max((record["received_at"] for record in records), default=pd.NaT),
        "approved": True,
    }


def _figure(row: dict[str, Any]) -> dict[str, Any]:
    """An observation as the table of figures holds it."""
    kept = {name: row[name] for name in ("indicator_id", "period_id", "area_id", "breakdown", "category", "marker")}
    numbers = {name: row[name] for name in ("numerator", "denominator", "value")}
    lower = upper = float("nan")
    if row["denominator"] > 0:
        bounds = wilson(row["numerator"], row["denominator"])
        lower, upper = 100 * float(bounds.lower), 100 * float(bounds.upper)
    return kept | numbers | {
        "agency_id": "all",
        "lower": lower,
        "upper": upper,
        "status": "final",
        "definition_version": 1,
        "submission_ids": row["submission_id"],
        "as_at": row["received_at"],
        "annualised": False,
        "note": "",
    }  # fmt: skip
