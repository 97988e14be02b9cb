"""Rules about figures of earlier quarters inside a later return: repeated, corrected, or late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.earlier import beside_standing, with_standing
from schemas.returns.reasons import explained
from schemas.rule import rule
from schemas.rules.figures_doubles import one_quantity_has_two_values
from schemas.rules.figures_sums import parts_do_not_add_up, wards_do_not_add_up

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.context import Context

_REASON = "The new screen went live on 3 June and missed the contacts of two teams"


@rule(
    kind="figures",
    stage="standing",
    severity="note",
    column="period_id",
    sets_aside=True,
    message="{count} of earlier periods {are} as {they} already; nothing is taken of {them} (the first: {where}).",
    fix="Nothing to do. Earlier quarters may stay in the file.",
    bad=[{"indicator_id": "FD01", "period_id": "2026-27-Q1", "numerator": 2495, "denominator": None}],
    good=[{"indicator_id": "FD01", "period_id": "2026-27-Q1", "numerator": 2496, "denominator": None},
          {"indicator_id": "FD01", "numerator": 2495, "denominator": None}],
)  # fmt: skip
def earlier_figure_is_as_it_stands(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """A scorecard carries its last quarters along: what says nothing new is neither a correction nor a problem."""
    beside = beside_standing(figures, context)
    same = beside[~beside["differs"]]
    many = len(same) != 1
    words = (
        {"are": "are", "they": "they stand", "them": "them"}
        if many
        else {"are": "is", "they": "it stands", "them": "it"}
    )
    count = f"{len(same):,} figures" if many else "1 figure"
    return same[[]].assign(count=count, **words, silent=[place > 0 for place in range(len(same))])


@rule(
    kind="figures",
    severity="query",
    column="numerator reason",
    message="{indicator_id}: {period_id} was sent as {was} before; this return says {now}, without a reason ({where}).",
    fix="Say under Reason why {period_id} is no longer {was}. If the period is a slip, put it right.",
    bad=[{"indicator_id": "FD01", "period_id": "2026-27-Q1", "numerator": 2612, "denominator": None},
         {"period_id": "2025-26-Q4", "numerator": 70, "denominator": 240, "reason": "Corrected"}],
    good=[{"indicator_id": "FD01", "period_id": "2026-27-Q1", "numerator": 2612, "denominator": None,
           "reason": _REASON},
          {"indicator_id": "FD01", "period_id": "2026-27-Q1", "numerator": 2495, "denominator": None},
          {"indicator_id": "FD03", "period_id": "2022-23-Q1", "numerator": 2612, "denominator": None}],
)  # fmt: skip
def earlier_figure_is_corrected_without_reason(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The Executive has seen the old number and will ask what was wrong with it; its ledger quotes the reason given here."""
    return _corrected(figures, context, is_said=False)


@rule(
    kind="figures",
    severity="note",
    column="numerator reason",
    message="{indicator_id}: {period_id} was sent as {was} before; it is corrected to {now}, for the reason given ({where}).",
    fix="Nothing to do. The next publication shows what it was, what it is, and your reason.",
    bad=[{"indicator_id": "FD01", "period_id": "2026-27-Q1", "numerator": 2612, "denominator": None,
          "reason": _REASON}],
    good=[{"indicator_id": "FD01", "period_id": "2026-27-Q1", "numerator": 2612, "denominator": None},
          {"indicator_id": "FD01", "numerator": 2612, "denominator": None, "reason": _REASON}],
)  # fmt: skip
def earlier_figure_is_corrected(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Whoever sends a correction sees that it was taken for one, and of what, before anything is stored."""
    return _corrected(figures, context, is_said=True)


@rule(
    kind="figures",
    severity="note",
    column="period_id",
    message="{indicator_id}: nothing stood for {period_id}; {now} is taken as a late figure ({where}).",
    fix="Nothing to do. If the period is a slip, put it right.",
    bad=[{"indicator_id": "FD01", "period_id": "2022-23-Q1", "numerator": 2612, "denominator": None}],
    good=[{"indicator_id": "FD01", "period_id": "2026-27-Q1", "numerator": 2612, "denominator": None}],
)
def earlier_figure_comes_late(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """A gap in a line is filled as soon as the figure is known, with whichever return it comes."""
    beside = beside_standing(figures, context)
    return beside.loc[~beside["stands"], ["now"]]


@rule(
    kind="figures",
    stage="return",
    severity="error",
    column="numerator",
    message="{indicator_id}: {now} for {period_id} does not agree with {what} ({where}).",
    fix="Correct them together, each in a row of its own for {period_id}, or send that quarter's return again.",
    bad=[{"indicator_id": "FD03", "period_id": "2026-27-Q1", "numerator": 2500, "denominator": None},
         {"period_id": "2026-27-Q1", "breakdown": "sex", "category": "girls", "numerator": 90, "denominator": 240}],
    good=[{"indicator_id": "FD01", "period_id": "2026-27-Q1", "numerator": 2500, "denominator": None},
          {"period_id": "2026-27-Q1", "breakdown": "sex", "category": "girls", "numerator": 20, "denominator": 240}],
)  # fmt: skip
def earlier_figure_does_not_fit_what_stands(figures: pd.DataFrame, context: Context) -> pd.DataFrame:
    """A whole corrected without its parts, or a count under one indicator only, leaves two numbers that cannot both be true."""
    beside = beside_standing(figures, context)
    new = beside[beside["differs"]]
    if new.empty:
        return new[[]]
    coming = figures.loc[new.index]
    together, alone = _at_odds(with_standing(coming, context), context), _at_odds(coming, context)
    what = {at: words for at, words in together.items() if at in new.index and at not in alone}
    return new.loc[list(what), ["now"]].assign(what=list(what.values()))


def _at_odds(figures: pd.DataFrame, context: Context) -> dict[int, str]:
    """The rows that do not agree with others of their period, and with what."""
    found: dict[int, str] = {}
    for fits, what in ((parts_do_not_add_up, "its parts"), (wards_do_not_add_up, "the wards and the city")):
        found |= dict.fromkeys(fits(figures, context).index, f"{what} as they stand")
    twice = one_quantity_has_two_values(figures, context)
    for at, other_id, shown in zip(twice.index, twice.get("other_id", ()), twice.get("other_shown", ()), strict=True):
        found[at] = f"the same count under {other_id}, {shown:,.10g}"
    return found


def _corrected(figures: pd.DataFrame, context: Context, *, is_said: bool) -> pd.DataFrame:
    beside = beside_standing(figures, context)
    beside = beside[beside["stands"] & beside["differs"]]
    told = [answer is is_said for answer in explained(figures, beside.index)]
    found = beside.loc[told, ["was", "now"]]
    return found if is_said else found.assign(at="numerator")
