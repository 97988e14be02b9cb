"""Funnel plots decided when a release is made: each ward and like agency, and whether chance explains where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from pipelines.measures.chance import expected_outside
from pipelines.measures.funnels import ACTION, WARNING, Funnel, funnel_limits, outside
from pipelines.publishing.funnel_words import chance_words
from pipelines.publishing.within import is_rate, is_share, latest, steadiest, times_of, wholes, with_base
from schemas.periods import parse
from schemas.published.tables import TABLES

if TYPE_CHECKING:
    from pipelines.publishing.within import Whole, Wholes
    from schemas.catalogue import Catalogue, Indicator

Kind = Literal["ward", "agency"]
NAMES: dict[Kind, tuple[str, str]] = {"ward": ("ward", "wards"), "agency": ("agency", "agencies")}
# With fewer wards shown a funnel is mostly holes; of two agencies each is as far from their mean as the other.
ENOUGH: dict[Kind, int] = {"ward": 10, "agency": 3}
STEPS = 40
BEYOND = 1.06  # how far the limits run past the largest place
# What lies above and below the limits, by which direction is better.
MARKS = {
    "lower": {"above": "concern", "below": "improvement"},
    "higher": {"above": "improvement", "below": "concern"},
    "neutral": {"above": "unusual", "below": "unusual"},
}


@dataclass(frozen=True)
class Plots:
    """Publication tables `funnel_plot`, `funnel` (the places) and `funnel_line` (the limits along the sizes)."""

    plots: pd.DataFrame
    places: pd.DataFrame
    lines: pd.DataFrame


@dataclass(frozen=True)
class _Asked:
    """One plot to be made: the places of one period, and the whole they are held against."""

    indicator: Indicator
    kind: Kind
    period_id: str
    rows: pd.DataFrame
    whole: Whole | None
    whole_name: str


def funnels(catalogue: Catalogue, figures: pd.DataFrame) -> Plots:
    """Every funnel of a release, from its protected figures alone; where none can stand, the plot's note says why."""
    centres = wholes(catalogue, figures)
    plain = figures[figures["breakdown"].eq("all")]
    wards = plain[plain["area_id"].isin([w.code for w in catalogue.wards]) & plain["agency_id"].eq("all")]
    here = plain["area_id"].eq(catalogue.partnership.area_code)
    senders = plain[here & plain["agency_id"].ne("all")]
    asked = [_asked(catalogue, i, "ward", wards, centres) for i in _having(catalogue, wards)]
    asked += [_asked(catalogue, i, "agency", senders, centres) for i in _having(catalogue, senders) if i.like_services]
    made = [_made(catalogue, one) for one in asked]
    return Plots(
        *(_frame(name, [m[n] for m in made]) for n, name in enumerate(("funnel_plot", "funnel", "funnel_line")))
    )


def _having(catalogue: Catalogue, rows: pd.DataFrame) -> list[Indicator]:
    there = set(rows["indicator_id"])
    return [i for i in catalogue.indicators.values() if i.id in there]


def _asked(catalogue: Catalogue, indicator: Indicator, kind: Kind, rows: pd.DataFrame, centres: Wholes) -> _Asked:
    mine = rows[rows["indicator_id"].eq(indicator.id)]
    # Agencies are few and large: the latest figure, which the table beside the plot has too.
    period_id = steadiest(mine["period_id"]) if kind == "ward" else latest(mine["period_id"])
    return _Asked(
        indicator=indicator,
        kind=kind,
        period_id=period_id,
        rows=mine[mine["period_id"].eq(period_id)],
        whole=centres.get((indicator.id, period_id)),
        whole_name=catalogue.areas[catalogue.partnership.area_code].name if kind == "ward" else "all agencies",
    )


def _made(catalogue: Catalogue, asked: _Asked) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    indicator = asked.indicator
    shown = asked.rows[with_base(asked.rows)]
    said = {"indicator_id": indicator.id, "kind": asked.kind, "period_id": asked.period_id, "places": len(asked.rows)}
    why = _why_not(catalogue, asked, len(shown))
    if why or asked.whole is None:
        plot = said | {"drawn": 0, "outside": 0, "note": why}
        return pd.DataFrame([plot]), pd.DataFrame(), pd.DataFrame()
    key = {"indicator_id": indicator.id, "period_id": asked.period_id, "kind": asked.kind}
    places = _places(asked, shown).assign(**key)
    lines = _lines(asked, shown).assign(**key)
    # A hidden place could have been drawn, had chance carried it far enough: it has its share of what chance gives.
    held = len(places) + int(asked.rows["marker"].eq("c").sum())
    strays = int(places["position"].isin(["above", "below"]).sum())
    plot = said | {
        "drawn": len(places),
        "outside": strays,
        "centre": float(asked.whole["value"]),
        "expected_outside_95": expected_outside(held, WARNING),
        "expected_outside_998": expected_outside(held, ACTION),
        "note": chance_words(held, len(places), strays, NAMES[asked.kind]),
    }
    return pd.DataFrame([plot]), places, lines


def _why_not(catalogue: Catalogue, asked: _Asked, shown: int) -> str:
    one, many = NAMES[asked.kind]
    if not is_share(asked.indicator) and not is_rate(catalogue, asked.indicator):
        return f"No limits: these are counts, and a count says nothing of a {one} without its size."
    if asked.whole is None:
        return f"No limits: there is no figure of {asked.whole_name} for {parse(asked.period_id).short} to hold them against."
    if is_rate(catalogue, asked.indicator) and asked.rows["denominator"].isna().all():
        return f"No limits: the populations of {many} are not known."
    if shown < ENOUGH[asked.kind]:
        return (
            f"No limits: {shown} of {len(asked.rows)} {many} {'has' if shown == 1 else 'have'} a figure that can be shown, "
            f"and it takes {ENOUGH[asked.kind]} to tell a difference from chance."
        )
    return ""


def _places(asked: _Asked, shown: pd.DataFrame) -> pd.DataFrame:
    values, sizes = shown["value"].to_numpy(dtype=float), shown["denominator"].to_numpy(dtype=float)
    limits = _limits(asked, sizes)
    stands = outside(values, limits)
    marks = MARKS[asked.indicator.polarity]
    return pd.DataFrame(
        {
            "unit_id": shown["area_id" if asked.kind == "ward" else "agency_id"].to_numpy(),
            "size": sizes,
            "numerator": shown["numerator"].to_numpy(dtype=float),
            "value": values,
            **_columns(limits),
            "position": stands,
            "mark": [marks.get(position, "usual") for position in stands],
            "words": [_words(position, asked.whole_name) for position in stands],
        }
    )


def _words(position: str, whole_name: str) -> str:
    if position == "within":
        return f"Consistent with {whole_name}"
    return f"{position.capitalize()} the 99.8% limit"


def _lines(asked: _Asked, shown: pd.DataFrame) -> pd.DataFrame:
    sizes = shown["denominator"].max() * BEYOND * np.arange(1, STEPS + 1) / STEPS
    return pd.DataFrame({"size": sizes, **_columns(_limits(asked, sizes))})


def _limits(asked: _Asked, sizes: np.ndarray) -> Funnel[np.ndarray]:
    """Limits in the indicator's unit; what no figure can reach is cut off."""
    indicator, whole = asked.indicator, asked.whole
    if whole is None:
        msg = "A funnel stands on the figure of the whole."
        raise ValueError(msg)
    centre = float(whole["value"])
    if is_share(indicator):
        found = funnel_limits(centre / indicator.per, sizes)
        cut = [np.clip(limit * indicator.per, 0, indicator.per) for limit in _four(found)]
    else:
        # A quarter shown as a yearly rate rests on a quarter of a year's exposure.
        exposure = sizes / times_of(indicator, whole)
        found = funnel_limits(centre, exposure, kind="rate", per=indicator.per)
        cut = [np.clip(limit, 0, None) for limit in _four(found)]
    return Funnel(*cut)


def _four(limits: Funnel[np.ndarray]) -> tuple[np.ndarray, ...]:
    return limits.lower_95, limits.upper_95, limits.lower_998, limits.upper_998


def _columns(limits: Funnel[np.ndarray]) -> dict[str, np.ndarray]:
    return dict(zip(("lower_95", "upper_95", "lower_998", "upper_998"), _four(limits), strict=True))


def _frame(name: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    columns = [c.name for c in TABLES[name].columns]
    full = [part for part in parts if len(part)]
    return pd.concat(full, ignore_index=True).reindex(columns=columns) if full else pd.DataFrame(columns=columns)
