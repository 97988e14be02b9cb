"""A release made from a handful of rows, for tests that say what a reader may and may not see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from pipelines.publishing.assembling import Inputs
from pipelines.publishing.figures import figures
from pipelines.publishing.protecting import protected
from pipelines.publishing.releasing import Order
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.periods import parse
from tests.pipelines.agreed import AGREED

LEEDS = "E08000035"
QUARTER = "2026-27-Q2"
STEWARD = Actor("Steward", "business_unit")
AT = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 17)
BENCHMARKS = ["indicator_id", "quantity_id", "period_id", "area_code", "area_name", "numerator", "denominator"]
BENCHMARKS += ["value", "marker", "source", "release"]
GROUP = {"breakdown": "all", "category": "all"}
SAID = ["indicator_id", "agency_id", "period_id", "what_happened", "why", "what_we_are_doing", "submission_id"]


def figure(
    indicator_id: str, numerator: float | None, denominator: float | None = None, **where: Any
) -> dict[str, Any]:
    """One standing figure; `where` overrides period_id, agency_id, area_id, breakdown, category, marker, value."""
    indicator = catalogue().indicators[indicator_id]
    agency_id = where.pop("agency_id", indicator.sent_by[0])
    period_id = where.pop("period_id", QUARTER)
    return {
        "indicator_id": indicator_id,
        "period_id": period_id,
        "agency_id": agency_id,
        "area_id": LEEDS,
        "breakdown": "all",
        "category": "all",
        "numerator": numerator,
        "denominator": denominator,
        "value": numerator if indicator.denominator is None else None,
        "marker": "",
        "reason": "",
        "definition_version": 1,
        "submission_id": f"{agency_id}.figures.{period_id}.v1",
        "version": 1,
        "received_at": pd.Timestamp("2026-10-28T16:05", tz="UTC"),
        "approved": True,
    } | where


def sent(*rows: dict[str, Any]) -> pd.DataFrame:
    """Standing observations from rows."""
    frame = pd.DataFrame(list(rows))
    return frame.astype(dict.fromkeys(("numerator", "denominator", "value"), float))


def shown(*rows: dict[str, Any], audience: str = "partnership") -> pd.DataFrame:
    """The figures a release of these rows shows, by what identifies them."""
    observations, reader = sent(*rows), AGREED.audiences[audience]
    kept = protected(AGREED, observations, reader)
    nobody = pd.DataFrame(columns=["quantity_id", "period_id", "area_code", "breakdown", "category", "value"])
    found = figures(AGREED, kept, observations, nobody, reader)
    return found.set_index(["indicator_id", "period_id", "agency_id", "area_id", "breakdown", "category"]).sort_index()


def inputs(*rows: dict[str, Any], today: date = TODAY, **other: Any) -> Inputs:
    """Everything a release is made from, with only these figures in it."""
    observations = sent(*rows)
    made = Inputs(
        catalogue=AGREED,
        submissions=_submissions(observations),
        observations=observations,
        commentary=pd.DataFrame(columns=SAID),
        not_held=pd.DataFrame(columns=["indicator_id", "agency_id", "period_id", "reason", "submission_id"]),
        benchmarks=pd.DataFrame(columns=BENCHMARKS),
        populations=pd.DataFrame(columns=BENCHMARKS),
        through=max(parse(p) for p in observations["period_id"] if "-Q" in p),
        today=today,
    )
    # Official figures are of everybody unless a test says otherwise.
    for name in ("benchmarks", "populations"):
        known = other.get(name, getattr(made, name))
        other[name] = known.assign(**{column: word for column, word in GROUP.items() if column not in known.columns})
    return replace(made, **other)


def order(label: str = "Executive, 17 November 2026", at: datetime = AT) -> Order:
    """A partnership release asked for by the business unit."""
    return Order("partnership", label, STEWARD, at)


def _submissions(observations: pd.DataFrame) -> pd.DataFrame:
    ids = observations["submission_id"].drop_duplicates()
    parts = ids.str.split(".", expand=True)
    return pd.DataFrame(
        {
            "submission_id": ids,
            "kind": "figures",
            "agency_id": parts[0],
            "period_id": parts[2],
            "version": 1,
            "state": "accepted",
            "verdict": "accepted",
            "received_at": pd.Timestamp("2026-10-28T16:05", tz="UTC"),
            "approved_by_role": "Head of service",
            "rows": 1,
            "rows_accepted": 1,
        }
    )
