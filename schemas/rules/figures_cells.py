"""Rules about the label in one cell, before it is read as an id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.by_value import where_filled
from schemas.returns.labels import is_wider
from schemas.returns.meaning import meaning
from schemas.returns.stated_period import is_period
from schemas.rule import rule

if TYPE_CHECKING:
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
    return where_filled(cells, lambda text: meaning(text) not in known)


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
    return where_filled(cells, lambda text: not is_period(text))


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
    return where_filled(cells, lambda text: _is_wider(text, context))


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
        return not ours and not _is_wider(text, context) and ("area_id", "", meaning(text)) not in context.gone

    return where_filled(cells, is_unknown)


@rule(
    kind="figures",
    stage="cells",
    severity="error",
    column="area_id",
    message="“{value}” was a ward of earlier years and is none of the return's ({where}).",
    fix="The wards were redrawn in May 2018. Count by today's wards, from the home postcode, and use their names as on the Lists "
    "sheet.",
    bad=[{"area_id": "City & Hunslet"}, {"area_id": "hyde park and woodhouse"}, {"area_id": "Headingley"}],
    good=[{"area_id": "Headingley & Hyde Park"}, {"area_id": "Armely"}, {"area_id": ""}],
)
def area_is_of_an_earlier_year(cells: pd.Series, context: Context) -> pd.Series:
    """A ward that was redrawn is another place under an old name: set beside today's, its rate is of nobody."""
    gone = context.gone
    return where_filled(cells, lambda text: ("area_id", "", meaning(text)) in gone)


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
    return where_filled(cells, lambda text: meaning(text) not in known)


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
    return where_filled(cells, lambda text: meaning(text) not in known)


def _is_wider(text: str, context: Context) -> bool:
    code = context.known["area_id"].get(meaning(text))
    if code is not None:
        return context.catalogue.areas[code].level in ("region", "country")
    return is_wider(context.catalogue, text)
