"""Rules about who is on the register: a reference of its own, the right self-assessment, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import doubles, labelled, stands, worded
from schemas.returns.by_value import by_value
from schemas.returns.labels import labels
from schemas.returns.listed import listed
from schemas.returns.meaning import meaning
from schemas.returns.respondents import is_respondent
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext


@rule(
    kind="register",
    sheet="Respondents",
    severity="error",
    column="respondent_id",
    message="{respondent_id} is not a respondent's reference ({where}).",
    fix="Give it two to five letters for what it is and three or four digits, as SCH-0142.",
    bad=[{"respondent_id": "R-14"}, {"respondent_id": "142"}, {"respondent_id": "SCH-14.2"}],
    good=[{"respondent_id": "EY-0031"}],
)
def respondent_has_no_reference(rows: pd.DataFrame) -> pd.Series:
    """By it a workbook's Cover is known; what could be an agency's, or a number of anything else, is not."""
    return ~by_value(rows["respondent_id"], is_respondent, "bool")


@rule(
    kind="register",
    sheet="Respondents",
    severity="query",
    column="instrument",
    message="{respondent_id} is of the sector {sector_words}, which does not answer {asked} ({where}).",
    fix="Choose {fits}, or mend the sector.",
    bad=[{"sector": "early_years"}, {"sector": "police"}],
    good=[{"sector": "schools"}, {"sector": "colleges"}, {"sector": "early_years", "instrument": "early_years"}],
)
def instrument_does_not_fit_the_sector(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A nursery asked about governors answers that nothing applies, and its sector looks as if it did not care."""
    instruments = context.catalogue.instruments
    pairs = {(each.id, sector) for each in instruments.values() for sector in each.sectors}
    fits = [pair in pairs for pair in zip(rows["instrument"], rows["sector"], strict=True)]
    meant = by_value(
        rows["sector"], lambda sector: listed([each.short for each in instruments.values() if sector in each.sectors])
    )
    return worded(
        rows,
        ~pd.Series(fits, rows.index, dtype="bool"),
        sector_words=labelled(context, "sector", rows["sector"]),
        asked=by_value(rows["instrument"], lambda each: instruments[each].short if each in instruments else each),
        fits=meant,
    )


@rule(
    kind="register",
    sheet="Respondents",
    severity="error",
    column="until",
    message="{respondent_id}: it owes one until {until}, which is before {since}, since when it does ({where}).",
    fix="Check both dates, the years first.",
    bad=[{"since": "2026-04-01", "until": "2025-08-31"}],
    good=[{"since": "2025-04-01", "until": "2026-08-31"}, {"since": "2026-04-01", "until": ""}],
)
def respondent_left_before_it_came(rows: pd.DataFrame) -> pd.Series:
    """It would be asked in no year at all, and missed by nobody."""
    return rows["until"].lt(rows["since"])


@rule(
    kind="register",
    sheet="Respondents",
    severity="query",
    column="name",
    message="{respondent_id} and {other} have the same name ({where}).",
    fix="Withdraw one, or give the day until which the older one was used.",
    bad=[{"respondent_id": "SCH-0900"}, {"respondent_id": "SCH-0900", "name": "MOOR SIDE  primary"}],
    good=[{"respondent_id": "SCH-0900", "name": "Lower Wortley Primary"}, {"instrument": "organisational"}],
)
def respondent_may_be_entered_twice(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """One body under two references replies once and is missing once, and the share of replies is wrong for good."""
    every = stands(context, "Respondents")
    here, there = (frame.assign(meant=by_value(frame["name"], meaning)) for frame in (rows, every))
    return doubles(here, there, ["meant"], "respondent_id")[["other"]]


@rule(
    kind="register",
    sheet="Respondents",
    severity="query",
    column="name",
    message="{respondent_id} stands on the register with another name or sector, for another self-assessment ({where}).",
    fix="Write the same name and sector in both rows, or give this body a reference of its own.",
    bad=[
        {"instrument": "organisational", "name": "Lower Wortley Primary"},
        {"instrument": "organisational", "sector": "colleges"},
    ],
    good=[
        {"instrument": "organisational"},
        {"instrument": "organisational", "respondent_id": "SCH-0900", "name": "Zebra"},
    ],
)
def reference_is_used_for_two_bodies(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """Under one reference two bodies read each other's answers."""
    every = stands(context, "Respondents")
    called = every.assign(called=by_value(every["name"], meaning) + "|" + every["sector"])
    several = called.groupby("respondent_id")["called"].nunique()
    return rows["respondent_id"].isin(set(several[several.gt(1)].index))


@rule(
    kind="register",
    sheet="Respondents",
    severity="query",
    column="name",
    message="{respondent_id} has the name of {agency}, which answers as an agency of the data set ({where}).",
    fix="Withdraw the row: agencies are asked without being on the register.",
    bad=[{"name": "Leeds Teaching Hospitals NHS Trust"}, {"name": "Youth Justice Service"}],
    good=[{"name": "Lower Wortley Primary"}],
)
def respondent_is_an_agency(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Asked twice, it replies once and is missing once."""
    known = labels(context.catalogue)["agency_id"]
    of = by_value(rows["name"], lambda name: known.get(meaning(name), ""))
    agencies = context.catalogue.agencies
    return worded(rows, of.ne(""), agency=by_value(of, lambda each: agencies[each].title if each in agencies else ""))
