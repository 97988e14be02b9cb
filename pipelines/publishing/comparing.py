"""Where the partnership stands beside England and its statistical neighbours, by polarity and only by published figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.measures.comparisons import position, rank_among
from pipelines.measures.intervals import rate, wilson
from pipelines.publishing.words import value_words
from schemas.periods import parse

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue, Indicator

ORDINALS = {1: "1st", 2: "2nd", 3: "3rd", 21: "21st", 22: "22nd", 23: "23rd"}


@dataclass(frozen=True)
class Comparison:
    """The words beside a figure: ahead, behind, in line (or higher, lower, similar where nothing is better)."""

    word: str = "none"
    words: str = "No national figure"
    detail: str = ""
    england: float | None = None
    neighbours_median: float | None = None
    rank: int | None = None
    ranked_of: int | None = None
    quartile: int | None = None
    period_id: str | None = None


def comparison(
    catalogue: Catalogue, indicator: Indicator, latest: pd.Series | None, benchmarks: pd.DataFrame
) -> Comparison:
    """Compare the published figure of one year with England's and the neighbours' of the same year.

    A local quarter is not England's year: it stands in only where no official figure for the area is published.
    """
    if indicator.denominator is None:
        return Comparison()
    rows = benchmarks[benchmarks["indicator_id"].eq(indicator.id).to_numpy() & benchmarks["value"].notna().to_numpy()]
    if rows.empty:
        return Comparison()
    ends = rows["period_id"].map({p: parse(p).end for p in rows["period_id"].unique()})
    period_id = str(rows["period_id"].iloc[int(ends.to_numpy().argmax())])
    year = rows[rows["period_id"].eq(period_id)].set_index("area_code")["value"]
    england = _one(year, catalogue, "country")
    neighbours = [year[a.code] for a in catalogue.areas.values() if a.level == "neighbour" and a.code in year.index]
    median = float(pd.Series(neighbours).median()) if neighbours else None
    rank, quartile = _rank(indicator, year.get(catalogue.partnership.area_code), neighbours)
    here = catalogue.partnership.area_code
    ours = rows[rows["period_id"].eq(period_id) & rows["area_code"].eq(here)]
    official = _official(indicator, ours.iloc[0]) if len(ours) else None
    word = _word(indicator, latest if official is None else official, england)
    shown = None if official is None else float(official["value"])
    return Comparison(
        word=word,
        words=_words(word),
        detail=_detail(indicator, (shown, england), (rank, len(neighbours) + 1), period_id),
        england=england,
        neighbours_median=median,
        rank=rank,
        ranked_of=len(neighbours) + 1 if rank else None,
        quartile=quartile,
        period_id=period_id,
    )


def _official(indicator: Indicator, row: pd.Series) -> pd.Series:
    """The area's own published figure with the interval of its counts, where the counts are published too."""
    top, size = row["numerator"], row["denominator"]
    bounds = (float("nan"), float("nan"))
    if pd.notna(top) and pd.notna(size) and size > 0 and 0 <= top <= size:
        if indicator.unit == "percent":
            found = wilson(float(top), float(size))
            bounds = (100 * found.lower, 100 * found.upper)
        elif indicator.measure_type == "rate":
            found = rate(float(top), float(size), indicator.per)
            bounds = (found.lower, found.upper)
    return pd.Series({"value": row["value"], "lower": bounds[0], "upper": bounds[1]})


def ordinal(number: int) -> str:
    """1st, 2nd, 11th."""
    return ORDINALS.get(number, f"{number}th")


def _one(year: pd.Series, catalogue: Catalogue, level: str) -> float | None:
    codes = [a.code for a in catalogue.areas.values() if a.level == level and a.code in year.index]
    return float(year[codes[0]]) if codes else None


def _rank(indicator: Indicator, ours: float | None, neighbours: list[float]) -> tuple[int | None, int | None]:
    # Fewer than five comparators make a rank a coin toss.
    if ours is None or len(neighbours) < 5 or indicator.polarity == "neutral":
        return None, None
    ranked = rank_among(float(ours), [float(n) for n in neighbours], indicator.polarity)
    return (ranked.rank, ranked.quartile) if ranked else (None, None)


def _word(indicator: Indicator, latest: pd.Series | None, england: float | None) -> str:
    if latest is None or england is None or pd.isna(latest["value"]):
        return "none"
    interval = None if pd.isna(latest["lower"]) else (float(latest["lower"]), float(latest["upper"]))
    return position(float(latest["value"]), england, indicator.polarity, interval=interval)


def _words(word: str) -> str:
    return {
        "ahead": "Ahead of England",
        "behind": "Behind England",
        "in line": "In line with England",
        "higher": "Higher than England",
        "lower": "Lower than England",
        "similar": "Similar to England",
    }.get(word, "Not compared")


def _detail(
    indicator: Indicator, values: tuple[float | None, float | None], place: tuple[int | None, int], period_id: str
) -> str:
    """`2024-25: here 23.0%, England 24.5%; 7th of 11 with its neighbours`: one year for all of it."""
    ours, england = values
    said = [f"here {value_words(indicator, ours)}"] if ours is not None else []
    said += [f"England {value_words(indicator, england)}"] if england is not None else []
    told = [f"{parse(period_id).short}: {', '.join(said)}"] if said else []
    rank, of = place
    if rank:
        told.append(f"{ordinal(rank)} of {of} with its neighbours")
    elif indicator.polarity == "neutral":
        told.append("neutral: not ranked")
    return "; ".join(told)
