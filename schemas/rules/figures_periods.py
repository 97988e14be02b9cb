"""Rules about which stretch of time a figure belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.periods import day_words, parse
from schemas.returns.by_value import picked
from schemas.returns.earlier import stands_alone
from schemas.returns.listed import listed
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.context import Context

_QUARTERS_OF_A_YEAR = 4


@rule(
    kind="figures",
    severity="error",
    column="period_id",
    message="{indicator_id}: {period_id} is another period than the return's, {return_period} ({where}).",
    fix="Give the figure for {return_period}; {otherwise}.",
    bad=[{"period_id": "2026-27-Q1"}, {"period_id": "2025-26-Q2", "reason": "OK"}, {"period_id": "2021-22-Q1"}],
    good=[{"period_id": "2026-27-Q2"},
          {"period_id": "2026-27-Q1", "reason": "The June list of one team reached us only in August"}],
)  # fmt: skip
def period_is_not_the_returns(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """A slip of the period would put a number over a right one of another quarter, and leave a hole where it belongs."""
    other = _not_due(figures) & ~figures["is_idle"] & figures["period_kind"].eq("financial_quarter")
    alone = stands_alone(figures, context)
    found = picked(figures, (other & ~_early(figures, context)) | alone, "period_id")
    meant = [
        f"if it corrects {period}, say why under Reason or send that quarter's return again"
        if lone
        else f"{period} belongs in a return of its own"
        for period, lone in zip(found["period_id"], alone[found.index], strict=True)
    ]
    return found[[]].assign(return_period=context.period.id, otherwise=meant)


@rule(
    kind="figures",
    severity="error",
    column="period_id",
    message="{indicator_id} ({title}) is counted for {wanted}, not for {period_id} ({where}).",
    fix="Give the figure for {wanted}.",
    bad=[{"period_id": "FY2025-26"}, {"period_id": "2026-09"}, {"indicator_id": "ED01", "period_id": "2026-27-Q2"}],
    good=[{"period_id": "2026-27-Q2"}, {"period_id": "2026-27-Q1"}],
)
def period_is_of_another_length(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """A month given as a quarter, or a quarter as a school term, moves a line as much as any real change."""
    odd = _not_due(figures) & ~figures["is_idle"] & figures["period_kind"].ne("day") & ~_early(figures, context)
    found = picked(figures, odd, "indicator_id", "period_kind")
    wanted = [" or ".join(sorted(context.periods_sent[indicator])) for indicator in found["indicator_id"]]
    found = found.assign(wanted=pd.Series(wanted, found.index, dtype="str"))
    of_the_kind = found["period_kind"].eq("financial_quarter") & found["wanted"].str.contains("-Q")
    return found.loc[~of_the_kind, ["wanted"]]


@rule(
    kind="figures",
    severity="error",
    column="period_id",
    message="{indicator_id} ({title}) is not part of the return for {return_period}; {asked} ({where}).",
    fix="Leave the row out of this return; {then}.",
    bad=[
        {"indicator_id": "WF01", "period_id": "2026-27-Q2"},
        {"indicator_id": "HE11", "period_id": "2026-27-Q2", "denominator": None},
    ],
    good=[{"indicator_id": "FD04", "period_id": "2026-27-Q2"}],
)
def indicator_is_not_due(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Yearly and termly figures are due once: a part-year one would be charted as if it were whole."""
    found = picked(figures, figures["is_idle"] & ~figures["is_earlier"], "indicator_id")
    told = [_asked_for(indicator_id, context) for indicator_id in found["indicator_id"]]
    asked = [f"it is asked for {words}" if words else "no return of the year ahead asks for it" for words in told]
    then = ["send it with that one" if words else "ask the business unit, if you think it is missed" for words in told]
    return found[[]].assign(return_period=context.period.id, asked=asked, then=then)


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
    found = picked(figures, figures["period_kind"].eq("day"), "period_id")
    given = [day_words(parse(period).end) for period in found["period_id"]]
    return found[[]].assign(given=given, last_day=day_words(context.period.end))


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
    found = picked(figures, _early(figures, context), "period_id")
    return found[[]].assign(ends=[day_words(parse(period).end) for period in found["period_id"]])


def _asked_for(indicator_id: str, context: Context) -> str:
    """With which of the next returns an indicator is sent, and for what, in words; "" where with none of them."""
    quarter = context.period
    for _ in range(_QUARTERS_OF_A_YEAR):
        quarter = quarter.next
        periods = sorted(context.agreed.periods_sent(quarter).get(indicator_id, ()))
        if periods:
            return f"with the return for {quarter.short}, as the figure of {listed([parse(each).short for each in periods])}"
    return ""


def _not_due(figures: pd.DataFrame) -> pd.Series:
    """Neither of the return's own periods, nor of one that an earlier return was to bring."""
    return ~figures["is_due"] & ~figures["is_earlier"]


def _early(figures: pd.DataFrame, context: Context) -> pd.Series:
    # A return that is ahead as a whole is said once, on the file.
    return figures["is_ahead"] & figures["period_id"].ne(context.period.id)
