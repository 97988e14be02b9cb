"""Rules about the text of one cell, before anything is read as a number or an id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.by_value import by_value
from schemas.returns.labels import is_wider
from schemas.returns.markers import marker_of
from schemas.returns.meaning import meaning
from schemas.returns.numbers import is_nil, is_percent, is_unclear, number_in
from schemas.returns.person_level import NAME_IN_TEXT
from schemas.returns.stated_period import is_period
from schemas.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from schemas.returns.context import Context

AMOUNTS = "numerator denominator value"
TICKS = frozenset({"x", "y", "yes", "true", "1", "nil", "tick", "ticked", "\u2713", "\u2714", "no", "n", "false", "0"})


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="indicator_id",
    message="“{value}” is not an indicator of the data set ({where}).{nearest}",
    fix="Use the ID from the template, for example FD04.",
    bad=[{"indicator_id": "XX99"}, {"indicator_id": "Re-referals in a yaer"}],
    good=[{"indicator_id": "FD04"}, {"indicator_id": " fd04 "}, {"indicator_id": "Re-referrals within 12 months"}],
)
def indicator_is_not_known(cells: pd.Series, context: Context) -> pd.Series:
    """A figure can only be read with the definition it was counted by; an unknown ID has none."""
    known = context.known["indicator_id"]
    return _where(cells, lambda text: meaning(text) not in known)


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="period_id",
    message="“{value}” is not a period ({where}).",
    fix="Write the quarter as 2026-27-Q2, a year as FY2026-27, a term as AY2026-27-T1.",
    bad=[{"period_id": "2025-27 Q2"}, {"period_id": "Q5 2025-26"}, {"period_id": "last quarter"}],
    good=[{"period_id": "2025-26-Q2"}, {"period_id": "Q2 25-26"}, {"period_id": "202526Q2"}, {"period_id": ""}],
)
def period_cannot_be_read(cells: pd.Series) -> pd.Series:
    """A figure without its period cannot be set beside any other."""
    return _where(cells, lambda text: not is_period(text))


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="area_id",
    message="“{value}” is a wider area than the city ({where}).",
    fix="Send the figure for the city only. If you cannot split it, put the indicator on the Not held sheet and say so.",
    bad=[{"area_id": "Force-wide"}, {"area_id": "NHS West Yorkshire ICB"}, {"area_id": "E23000010"},
         {"area_id": "Yorkshire and The Humber"}],
    good=[{"area_id": "Leeds"}, {"area_id": "E08000035"}, {"area_id": "383"}, {"area_id": "Armley"}, {"area_id": ""}],
)  # fmt: skip
def area_is_wider_than_the_city(cells: pd.Series, context: Context) -> pd.Series:
    """A force-wide or ICB-wide figure given as the city's makes every rate two to five times too high."""
    return _where(cells, lambda text: _is_wider(text, context))


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="area_id",
    message="“{value}” is not an area of the partnership ({where}).{nearest}",
    fix="Use the name of the city or of one of its wards, as on the Lists sheet.",
    bad=[{"area_id": "Armely Wrad"}, {"area_id": "E05009999"}, {"area_id": "Sheffield"}],
    good=[{"area_id": "Armley"}, {"area_id": "ARMLEY "}, {"area_id": "E08000035"}, {"area_id": "Force-wide"}],
)
def area_is_not_known(cells: pd.Series, context: Context) -> pd.Series:
    """Wards are redrawn and authority codes retired: a place the list does not hold cannot be mapped or summed."""
    known, areas = context.known["area_id"], context.catalogue.areas

    def is_unknown(text: str) -> bool:
        code = known.get(meaning(text))
        ours = code is not None and areas[code].level in ("partnership", "ward")
        return not ours and not _is_wider(text, context)

    return _where(cells, is_unknown)


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="breakdown",
    message="“{value}” is not a way figures are split ({where}).{nearest}",
    fix="Use a breakdown from the Lists sheet, or “all” for the whole figure.",
    bad=[{"breakdown": "Sx"}, {"breakdown": "Star sign"}],
    good=[{"breakdown": "Sex"}, {"breakdown": "all"}, {"breakdown": "GENDER"}, {"breakdown": ""}],
)
def breakdown_is_not_known(cells: pd.Series, context: Context) -> pd.Series:
    """Parts can be set beside others' parts only where everybody splits the same way."""
    known = context.known["breakdown"]
    return _where(cells, lambda text: meaning(text) not in known)


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="agency_id",
    message="“{value}” is not an agency of the partnership ({where}).{nearest}",
    fix="Use the agency's name as on the Cover of the template, or leave the column out.",
    bad=[{"agency_id": "Leads Comunity Helthcare Trust"}, {"agency_id": "Acme Ltd"}],
    good=[{"agency_id": "lch"}, {"agency_id": "Leeds Community Healthcare"}, {"agency_id": ""}],
)
def agency_is_not_known(cells: pd.Series, context: Context) -> pd.Series:
    """Each figure answers to somebody: who sent it is who can explain it."""
    known = context.known["agency_id"]
    return _where(cells, lambda text: meaning(text) not in known)


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="marker",
    message="“{value}” is not a marker ({where}).",
    fix="Use c (hidden to protect), k (rounds to zero), u (unreliable), x (not available) or z (not applicable).",
    bad=[{"marker": "q"}, {"marker": "n/a"}, {"marker": "-"}],
    good=[{"marker": "c"}, {"marker": "*"}, {"marker": "<5"}, {"marker": ":"}, {"marker": ""}],
)
def marker_is_not_known(cells: pd.Series) -> pd.Series:
    """Six different things can lie behind a missing number; guessing one of them would be inventing data."""
    return _where(cells, lambda text: marker_of(text) is None)


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="nil",
    message="“{value}” in the Nil column is neither a tick nor empty ({where}).",
    fix="Put x where there were none, or leave the cell empty.",
    bad=[{"nil": "3"}, {"nil": "maybe"}],
    good=[{"nil": "x"}, {"nil": "Yes"}, {"nil": "no"}, {"nil": ""}],
)
def nil_is_not_a_tick(cells: pd.Series) -> pd.Series:
    """Nil says on purpose that there were none: it must be unmistakable, as blank means not supplied."""
    return _where(cells, lambda text: text.strip().lower() not in TICKS)


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column=AMOUNTS,
    message="“{value}” does not say whether there were none or there is no number ({where}).",
    fix="Write 0 or tick Nil for none; marker x for not available, z for not applicable; leave blank if not sent yet.",
    bad=[{"numerator": "n/a"}, {"numerator": "-"}, {"denominator": "none"}, {"value": "#DIV/0!"}],
    good=[{"numerator": "0"}, {"numerator": "nil"}, {"numerator": ""}, {"numerator": "c"}],
)
def word_could_mean_zero_or_missing(cells: pd.Series) -> pd.Series:
    """A blank, a zero, n/a and a dash are taken for one another every quarter; only the sender knows which it is."""
    return _where(cells, is_unclear)


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column=AMOUNTS,
    message="“{value}” is not a number ({where}).",
    fix="Type the number by itself; put words in the Reason column.",
    bad=[{"numerator": "about 12"}, {"numerator": "2025-09-30"}, {"value": "12 of 40"}, {"numerator": "=A1+B1"}],
    good=[{"numerator": "1,234"}, {"value": "24.2%"}, {"numerator": "(3)"}, {"numerator": "<5"}, {"numerator": "-"}],
)
def number_cannot_be_read(cells: pd.Series) -> pd.Series:
    """A number read wrongly is worse than none: dates, words and two numbers in a cell are asked about, not guessed."""
    return _where(cells, lambda text: not _stands_for_an_amount(text))


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="numerator denominator",
    message="{value} is a percentage where a count belongs ({where}).",
    fix="Give how many, and out of how many; Throughline works out the percentage.",
    bad=[{"numerator": "24.2%"}, {"denominator": "100 %"}],
    good=[{"numerator": "24"}, {"denominator": "226"}],
)
def count_is_a_percentage(cells: pd.Series) -> pd.Series:
    """Percentages cannot be summed or protected; the counts behind them can."""
    return is_percent(cells)


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="reason",
    withheld=True,
    message="The reason in {where} may name a person; the row has been left out.",
    fix="Write the role instead of the name, and nothing by which a child could be known.",
    bad=[{"reason": "Late because Mrs Example was away"}, {"reason": "a child called Example came back"}],
    good=[{"reason": "Late because a social worker was away"}, {"reason": "Dr visits rose"}, {"reason": ""}],
)
def reason_may_name_somebody(cells: pd.Series) -> pd.Series:
    """Reasons are read beside the figures by everybody: they must never point at a child, a family or a worker."""
    return _where(cells, lambda text: NAME_IN_TEXT.search(text) is not None)


def _where(cells: pd.Series, is_broken: Callable[[str], bool]) -> pd.Series:
    return by_value(cells, lambda text: bool(text.strip()) and is_broken(text), "bool")


def _is_wider(text: str, context: Context) -> bool:
    code = context.known["area_id"].get(meaning(text))
    if code is not None:
        return context.catalogue.areas[code].level in ("region", "country")
    return is_wider(context.catalogue, text)


def _stands_for_an_amount(text: str) -> bool:
    return number_in(text) is not None or marker_of(text) is not None or is_nil(text) or is_unclear(text)
