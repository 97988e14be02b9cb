"""Where the partnership stands beside England and its statistical neighbours, by polarity and only by published figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.measures.comparisons import Rank, position, rank_among
from pipelines.publishing.official import COUNTS, bounds_of
from pipelines.publishing.rows import Row, number
from pipelines.publishing.words import value_words
from schemas.periods import parse

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue, Indicator
    from schemas.periods import Period

Mine = dict[str, Row]
ORDINALS = {1: "1st", 2: "2nd", 3: "3rd", 21: "21st", 22: "22nd", 23: "23rd"}
QUARTERS = {1: "best quarter", 2: "second quarter", 3: "third quarter", 4: "worst quarter"}
# Fewer comparators than this make a rank a coin toss.
ENOUGH_NEIGHBOURS = 5
_PARTS_OF_A_YEAR = ("quarter", "term")  # windows
_PART_KINDS = ("financial_quarter", "term")  # kinds of period


@dataclass(frozen=True)
class Comparison:
    """The words beside a figure: ahead, behind, in line (or higher, lower, similar where nothing is better).

    `on_chart` says whether England's yearly figures may be drawn over the indicator's own points.
    """

    word: str = "none"
    words: str = "No national figure"
    detail: str = ""
    england: float | None = None
    region: float | None = None
    neighbours_median: float | None = None
    rank: int | None = None
    ranked_of: int | None = None
    quartile: int | None = None
    period_id: str | None = None
    on_chart: bool = False


@dataclass(frozen=True)
class _Ours:
    """The area's figure for the year compared, with its interval where its counts are known."""

    value: float
    lower: float | None
    upper: float | None
    is_official: bool

    def covers(self, value: float) -> bool:
        """Whether the interval holds a value."""
        return self.lower is not None and self.upper is not None and self.lower <= value <= self.upper


def comparison(catalogue: Catalogue, indicator: Indicator, mine: Mine | None, benchmarks: list[Row]) -> Comparison:
    """Compare the figure of one year with England's, the region's and the neighbours' of the same year, never another.

    `mine` is the area's own shown figures by period, `benchmarks` the indicator's official ones. Called different only where an interval says so: that of the
    official counts, or where none are published that of the area's own figure of the very same period.
    """
    if indicator.denominator is None:
        return Comparison()
    rows = [row for row in benchmarks if not pd.isna(row["value"])]
    if not rows:
        return Comparison()
    period = _latest(catalogue, rows)
    year = {row["area_code"]: row for row in rows if row["period_id"] == period.id}
    values = {str(code): float(row["value"]) for code, row in year.items()}
    england, region = _one(values, catalogue, "country"), _one(values, catalogue, "region")
    neighbours = [values[a.code] for a in catalogue.areas.values() if a.level == "neighbour" and a.code in values]
    here = catalogue.partnership.area_code
    ours = _ours(indicator, year.get(here), mine, period)
    rank = _rank(indicator, values.get(here), neighbours)
    word = _word(indicator, ours, england)
    return Comparison(
        word=word,
        words=_words(word, ours, england),
        detail=_detail(indicator, (ours, england, region), rank, period),
        england=england,
        region=region,
        neighbours_median=float(pd.Series(neighbours).median()) if neighbours else None,
        rank=rank.rank if rank else None,
        ranked_of=rank.of if rank else None,
        quartile=rank.quartile if rank else None,
        period_id=period.id,
        on_chart=on_one_footing(catalogue, indicator),
    )


def _latest(catalogue: Catalogue, rows: list[Row]) -> Period:
    """The latest period England has a figure for; of whoever has one, where England has none at all."""
    countries = {a.code for a in catalogue.areas.values() if a.level == "country"}
    dated = [row for row in rows if row["area_code"] in countries] or rows
    return max((parse(row["period_id"]) for row in dated), key=lambda p: p.end)


def on_one_footing(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Whether a quarter's figure lies on the scale of a year's: not where events of a quarter are over a standing number.

    Suspensions in a term for each 100 pupils are about a third of a year's; shares, stocks, rolling years and rates made
    yearly are not so.
    """
    if indicator.measure_type != "rate" or indicator.base != "flow" or indicator.annualise:
        return True
    stands = indicator.denominator is not None and "time" not in catalogue.quantities[indicator.denominator].adds_over
    return not (stands and indicator.window in _PARTS_OF_A_YEAR)


def _ours(indicator: Indicator, official: Row | None, mine: Mine | None, period: Period) -> _Ours | None:
    """The official figure with the interval of its counts; else the area's own of that period; else the bare official."""
    told = None if official is None else number(official["value"])
    lower, upper = (None, None) if official is None else bounds_of(indicator, {name: official[name] for name in COUNTS})
    if told is not None and lower is not None:
        return _Ours(told, lower, upper, is_official=True)
    own = _own(indicator, mine, period)
    # Where the official figure is another than ours says it can be, the two count differently: nothing is judged by ours.
    if own is not None and (told is None or own.covers(told)):
        return own
    return None if told is None else _Ours(told, None, None, is_official=True)


def _own(indicator: Indicator, mine: Mine | None, period: Period) -> _Ours | None:
    """The area's own figure of that period; for what stands on a day, of the quarter or term that ends with it."""
    if mine is None:
        return None
    ends = [p for p in mine if parse(p).end == period.end and parse(p).kind in _PART_KINDS]
    for period_id in [period.id, *(ends if indicator.year_value == "last" else [])]:
        row = mine.get(period_id)
        if row is not None and pd.notna(row["value"]) and pd.notna(row["lower"]):
            return _Ours(float(row["value"]), float(row["lower"]), float(row["upper"]), is_official=False)
    return None


def ordinal(number: int) -> str:
    """1st, 2nd, 11th."""
    return ORDINALS.get(number, f"{number}th")


def _one(values: dict[str, float], catalogue: Catalogue, level: str) -> float | None:
    return next((values[a.code] for a in catalogue.areas.values() if a.level == level and a.code in values), None)


def _rank(indicator: Indicator, ours: float | None, neighbours: list[float]) -> Rank | None:
    if ours is None or len(neighbours) < ENOUGH_NEIGHBOURS:
        return None
    return rank_among(ours, neighbours, indicator.polarity)


def _word(indicator: Indicator, ours: _Ours | None, england: float | None) -> str:
    """The position; none without an interval, as then nobody can tell a difference from chance."""
    if ours is None or england is None or ours.lower is None or ours.upper is None:
        return "none"
    return position(ours.value, england, indicator.polarity, interval=(ours.lower, ours.upper))


def _words(word: str, ours: _Ours | None, england: float | None) -> str:
    if word == "none":
        return "Not judged" if ours is not None and england is not None else "Not compared"
    return {
        "ahead": "Ahead of England",
        "behind": "Behind England",
        "in line": "In line with England",
        "higher": "Higher than England",
        "lower": "Lower than England",
        "similar": "Similar to England",
    }[word]


def _detail(
    indicator: Indicator, values: tuple[_Ours | None, float | None, float | None], rank: Rank | None, period: Period
) -> str:
    """`2024-25: here 23.0%, England 24.5%, the region 23.9%; 7th of 11 with its neighbours (third quarter)`."""
    ours, england, region = values
    said: list[str] = []
    if ours is not None:
        said.append(f"here {value_words(indicator, ours.value)}" + ("" if ours.is_official else " by its own returns"))
    said += [f"England {value_words(indicator, england)}"] if england is not None else []
    said += [f"the region {value_words(indicator, region)}"] if region is not None else []
    told = [f"{period.short}: {', '.join(said)}"] if said else []
    if ours is not None and ours.lower is None:
        told.append("no counts are published to judge a difference by")
    if rank is not None:
        quarter = f" ({QUARTERS[rank.quartile]})" if rank.quartile else ""
        told.append(f"{ordinal(rank.rank)} of {rank.of} with its neighbours{quarter}")
    elif indicator.polarity == "neutral":
        told.append("neutral: not ranked")
    return "; ".join(told)
