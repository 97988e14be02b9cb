"""Rules about which stretch of time a figure belongs to."""

from __future__ import annotations

import pandas as pd

from schemas.periods import day_words, parse
from schemas.returns.context import Context
from schemas.rule import rule


@rule(
    kind="figures",
    severity="error",
    column="period_id",
    message="{indicator_id}: {period_id} is another period than the return's, {return_period} ({where}).",
    fix="Send one period in a return. To correct {period_id}, send that quarter's return again.",
    bad=[{"period_id": "2026-27-Q1"}, {"period_id": "2025-26-Q2"}],
    good=[{"period_id": "2026-27-Q2"}],
)
def period_is_not_the_returns(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """A quarter filed under another overwrites the right figures there and leaves a hole here."""
    other = _differs(figures, context) & (_kinds(figures) == "financial_quarter")
    return figures.loc[other & ~_future(figures, context), []].assign(return_period=context.period.id)


@rule(
    kind="figures",
    severity="error",
    column="period_id",
    message="{indicator_id} ({title}) is counted for {wanted}, not for {period_id} ({where}).",
    fix="Give the figure for {wanted}.",
    bad=[{"period_id": "FY2026-27"}, {"period_id": "2026-09"}, {"indicator_id": "SE01", "period_id": "2026-27-Q2"}],
    good=[{"period_id": "2026-27-Q2"}, {"period_id": "2026-27-Q1"}],
)
def period_is_of_another_length(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """A month given as a quarter, or a quarter as a school term, moves a line as much as any real change."""
    kinds = _kinds(figures)
    wanted = figures["indicator_id"].map({i: " or ".join(sorted(p)) for i, p in context.periods_sent.items()})
    other_kind = _differs(figures, context) & (kinds != "day") & wanted.ne("").fillna(value=False)
    other_kind &= (kinds != "financial_quarter") | ~wanted.str.contains("-Q", na=False)
    found = figures[other_kind & ~_future(figures, context)]
    return found[[]].assign(wanted=wanted[found.index].astype("str"))


@rule(
    kind="figures",
    severity="error",
    column="period_id",
    message="{indicator_id} ({title}) is not sent with the return for {return_period} ({where}).",
    fix="Leave the row out; it is asked for with the return for the quarter its {frequency} period ends in.",
    bad=[{"indicator_id": "SE08", "period_id": "2026-27-Q2"}],
    good=[{"indicator_id": "FD04", "period_id": "2026-27-Q2"}],
)
def indicator_is_not_due(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Yearly and termly figures are due once: a part-year one would be charted as if it were whole."""
    idle = [i for i, periods in context.periods_sent.items() if not periods]
    computed = figures["is_computed"]
    frequency = {i.id: i.frequency for i in context.catalogue.indicators.values()}
    found = figures[figures["indicator_id"].isin(idle) & ~computed]
    return found[[]].assign(
        return_period=context.period.id,
        frequency=found["indicator_id"].map(frequency).astype("str"),
    )


@rule(
    kind="figures",
    severity="error",
    column="period_id",
    message="{indicator_id} stands on {given}, but is counted on the last day of the quarter, {last_day} ({where}).",
    fix="Count what stood on {last_day}.",
    bad=[{"period_id": "D2026-08-31"}],
    good=[{"period_id": "2026-27-Q2"}],
)
def count_is_of_another_day(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Counts of what is open differ by day; only the last day of the quarter is comparable between agencies."""
    found = figures[_kinds(figures) == "day"]
    given = {period: day_words(parse(period).end) for period in found["period_id"].unique()}
    return found[[]].assign(
        given=found["period_id"].map(given).astype("str"),
        last_day=day_words(context.period.end),
    )


@rule(
    kind="figures",
    severity="error",
    column="period_id",
    message="{indicator_id}: {period_id} ends on {ends}, after today ({where}).",
    fix="Send the figure once the period is over.",
    bad=[{"period_id": "2026-27-Q4"}],
    good=[{"period_id": "2026-27-Q2"}],
)
def period_is_not_over(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Figures for a period still running are forecasts or slips of the year, and would be charted as facts."""
    found = figures[_future(figures, context)]
    ends = {period: day_words(parse(period).end) for period in found["period_id"].unique()}
    return found[[]].assign(ends=found["period_id"].map(ends).astype("str"))


def _differs(figures: pd.DataFrame, context: Context) -> pd.Series:
    """Rows whose period is none of those their indicator is sent for."""
    sent = context.periods_sent
    pairs = figures[["indicator_id", "period_id"]].drop_duplicates()
    odd = {
        (i, p)
        for i, p in zip(pairs["indicator_id"], pairs["period_id"], strict=True)
        if p and sent.get(i) and p not in sent[i]
    }
    if not odd:
        return pd.Series(data=False, index=figures.index)
    both = pd.Series(list(zip(figures["indicator_id"], figures["period_id"], strict=True)), figures.index, dtype=object)
    return both.isin(odd)


def _kinds(figures: pd.DataFrame) -> pd.Series:
    kinds = {period: parse(period).kind if period else "" for period in figures["period_id"].unique()}
    return figures["period_id"].map(kinds)


def _future(figures: pd.DataFrame, context: Context) -> pd.Series:
    ahead = {p: bool(p) and parse(p).end >= context.today for p in figures["period_id"].unique()}
    # A return that is ahead as a whole is said once, on the file.
    return figures["period_id"].map(ahead).astype(bool) & figures["period_id"].ne(context.period.id)


