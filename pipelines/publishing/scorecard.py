"""One line an indicator: the latest figure, its change, what its chart says, and where it stands; all in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.measures.indicator_lines import expected_periods
from pipelines.publishing.breaks import CHANGED, crosses
from pipelines.publishing.comparing import Comparison, Mine, comparison
from pipelines.publishing.rows import Row, number, rows, rows_by
from pipelines.publishing.words import (
    MARKER_WORDS,
    change_words,
    n_words,
    number_words,
    range_words,
    value_words,
)
from schemas.periods import day_words, parse

if TYPE_CHECKING:
    from datetime import date

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.series import Lines
    from schemas.catalogue import Indicator
    from schemas.periods import Period

VARIATION_WORDS = {
    "concern": "Concern",
    "improvement": "Improvement",
    "unusual": "Unusual",
    "usual": "Usual range",
    "none": "Not judged",
}
ASSURANCE_WORDS = {
    "consistent_pass": "Consistently meets {target}",
    "consistent_fail": "Consistently misses {target}",
    "inconsistent": "Hit and miss at {target}",
}
STATE_WORDS = {
    "late": "Return late",
    "not yet due": "Not due yet",
    "not held": "The agency does not hold this",
    "not supplied": "Not supplied",
    "refused, not yet replaced": "Return refused, not yet replaced",
}


_READ = [
    "indicator_id", "period_id", "value", "numerator", "denominator", "lower", "upper", "marker", "as_at", "status", "annualised",
]  # fmt: skip


@dataclass(frozen=True)
class _Found:
    """What a release holds of the whole area, looked up by indicator."""

    figures: dict[str, Mine]
    series: dict[str, Row]
    last_points: dict[str, Row]
    states: dict[tuple[str, str], str]
    official: dict[str, list[Row]]


def scorecard(inputs: Inputs, figures: pd.DataFrame, lines: Lines, coverage: pd.DataFrame) -> pd.DataFrame:
    """The publication table `scorecard`, in the catalogue's order."""
    here = inputs.catalogue.partnership.area_code
    totals = figures[figures["breakdown"].eq("all") & figures["area_id"].eq(here) & figures["agency_id"].eq("all")]
    series, points = (table[table["agency_id"].eq("all")] for table in (lines.series, lines.points))
    found = _Found(
        figures={
            indicator_id: {row["period_id"]: row for row in mine}
            for indicator_id, mine in rows_by(totals[_READ], "indicator_id").items()
        },
        series={row["indicator_id"]: row for row in rows(series)},
        last_points={row["indicator_id"]: row for row in rows(points.drop_duplicates("indicator_id", keep="last"))},
        states={(r["indicator_id"], r["period_id"]): r["state"] for r in rows(coverage)[::-1]},
        official=rows_by(inputs.benchmarks, "indicator_id"),
    )
    made = [
        _row(inputs, indicator, found) | {"position": position}
        for position, indicator in enumerate(inputs.catalogue.indicators.values())
    ]
    return pd.DataFrame(made)


def _row(inputs: Inputs, indicator: Indicator, found: _Found) -> dict[str, Any]:
    periods = _periods(inputs, indicator, found.figures.get(indicator.id))
    period = periods[-1] if periods else inputs.through
    mine = found.figures.get(indicator.id)
    latest = mine.get(period.id) if mine is not None else None
    state = found.states.get((indicator.id, period.id), "")
    return (
        _identity(inputs, indicator, period, latest)
        | _latest_words(inputs, indicator, latest, mine, state)
        | _changes(indicator, period, mine)
        | _judgement(indicator, latest, found.series.get(indicator.id), found.last_points.get(indicator.id))
        | _compared(comparison(inputs.catalogue, indicator, mine, found.official.get(indicator.id, [])))
        | {"finding": ""}
    )


def _periods(inputs: Inputs, indicator: Indicator, mine: Mine | None) -> list[Period]:
    """When figures are due; for official statistics, when they were published."""
    if not inputs.catalogue.agencies[indicator.agency_id].sends and mine is not None:
        return sorted(parse(period) for period in mine)
    return expected_periods(inputs.catalogue, indicator, inputs.through)


def _identity(inputs: Inputs, indicator: Indicator, period: Period, latest: Row | None) -> dict[str, Any]:
    agencies = inputs.catalogue.agencies
    numbers = ("value", "numerator", "denominator", "lower", "upper")
    found = {name: None if latest is None or pd.isna(latest[name]) else float(latest[name]) for name in numbers}
    return found | {
        "indicator_id": indicator.id,
        "period_id": period.id,
        "owner": agencies[indicator.agency_id].title,
        "marker": "" if latest is None else str(latest["marker"]),
        "received_on": _day(latest),
    }


def _day(latest: Row | None) -> date | None:
    return None if latest is None or pd.isna(latest["as_at"]) else pd.Timestamp(latest["as_at"]).date()


def _latest_words(
    inputs: Inputs, indicator: Indicator, latest: Row | None, mine: Mine | None, state: str
) -> dict[str, Any]:
    official = indicator.denominator is not None and inputs.catalogue.quantities[indicator.denominator].official
    received = _day(latest)
    fresh = f"Received {day_words(received)}" if received else ""
    if latest is not None and not pd.isna(latest["value"]):
        provisional = ", provisional" if latest["status"] == "provisional" else ""
        return {
            "state": "received",
            "latest_words": value_words(indicator, latest["value"]),
            "n_words": n_words(
                indicator,
                latest["numerator"],
                latest["denominator"],
                official=official,
                annualised=bool(latest["annualised"]),
            ),
            "freshness_words": fresh + provisional,
        }
    said = MARKER_WORDS[str(latest["marker"])] if latest is not None else _missing(indicator, state)
    return {
        "state": state or "not supplied",
        "latest_words": said,
        "n_words": _last_shown(indicator, mine),
        "freshness_words": fresh or STATE_WORDS.get(state, ""),
    }


def _missing(indicator: Indicator, state: str) -> str:
    if indicator.computed_from:
        return "Not started"
    return STATE_WORDS.get(state, "Not supplied")


def _last_shown(indicator: Indicator, mine: Mine | None) -> str:
    if indicator.computed_from:
        return f"Computed from the {indicator.computed_from.replace('_', ' ')} return: none yet"
    shown = {period_id: row["value"] for period_id, row in (mine or {}).items() if pd.notna(row["value"])}
    if not shown:
        return ""
    last = max(shown, key=lambda p: parse(p).end)
    return f"Last: {value_words(indicator, shown[last])} in {parse(last).short}"


def _changes(indicator: Indicator, period: Period, mine: Mine | None) -> dict[str, Any]:
    def at(other: Period) -> float | None:
        row = (mine or {}).get(other.id)
        return None if row is None else number(row["value"])

    def since(other: Period) -> str:
        return CHANGED if crosses(indicator, other, period) else change_words(indicator, at(period), at(other))

    return {
        "change_words": since(period.previous),
        "year_change_words": since(period.year_before),
    }


def _judgement(indicator: Indicator, latest: Row | None, chart: Row | None, last: Row | None) -> dict[str, Any]:
    if latest is None or chart is None or last is None or pd.isna(latest["value"]):
        return dict.fromkeys(("assurance_words", "signal_words", "usual_words"), "") | {
            "variation": "none",
            "variation_words": "No figure",
            "assurance": "none",
        }
    usual = "" if pd.isna(last["lower"]) else range_words(indicator, last["lower"], last["upper"], latest["value"])
    return {
        "variation": chart["variation"],
        "variation_words": VARIATION_WORDS[chart["variation"]] if chart["variation"] != "none" else _unjudged(chart),
        "assurance": chart["assurance"],
        "assurance_words": _assurance(indicator, str(chart["assurance"])),
        "signal_words": str(chart["signal_words"]),
        "usual_words": usual,
    }


def _unjudged(chart: Row) -> str:
    if chart["points"] < 12:
        return "Too few to judge"
    return {"line": "Line only", "constant": "No change"}.get(str(chart["chart"]), "Not judged")


def _assurance(indicator: Indicator, assurance: str) -> str:
    if indicator.polarity == "neutral":
        return "Neutral: no target"
    if indicator.target is None:
        return "No target"
    target = number_words(indicator, indicator.target.value) + ("%" if indicator.unit == "percent" else "")
    return ASSURANCE_WORDS.get(assurance, "Target {target}").format(target=target.replace(".0%", "%"))


def _compared(compared: Comparison) -> dict[str, Any]:
    return {
        "comparison": compared.word,
        "comparison_words": compared.words,
        "comparison_detail": compared.detail,
        "rank": compared.rank,
        "ranked_of": compared.ranked_of,
        "quartile": compared.quartile,
        "england": compared.england,
        "region": compared.region,
        "neighbours_median": compared.neighbours_median,
        "comparison_period": compared.period_id,
        "comparison_on_chart": compared.on_chart,
    }
