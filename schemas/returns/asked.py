"""Who is asked for which self-assessment in a year: respondents as the register says, agencies by what they are."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from schemas.catalogue import catalogue
from schemas.problems import UserError
from schemas.returns.answers import instrument_named
from schemas.returns.listed import listed
from schemas.returns.records import EVERYBODYS, empty, standing
from schemas.returns.register import RESPONDENTS
from schemas.returns.respondents import is_respondent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from schemas.catalogue.instrument import Instrument
    from schemas.periods import Period


def due_on(year: Period) -> date:
    """The last day on which a year's self-assessment is on time."""
    return year.end + timedelta(days=catalogue().calendar["self_assessment"].due_days)


def on_the_day(register: pd.DataFrame, day: date) -> pd.DataFrame:
    """The rows of the register that stand and owe a self-assessment on a day, first and last included."""
    rows = standing(register)
    came = rows["since"].isna() | rows["since"].le(pd.Timestamp(day))
    stays = rows["until"].isna() | rows["until"].ge(pd.Timestamp(day))
    return rows[came & stays].reset_index(drop=True)


def registered(stands: Mapping[str, pd.DataFrame], sender_id: str) -> pd.DataFrame:
    """A respondent's rows of the register, nothing for an agency; UserError for a respondent that has none."""
    register = standing(stands.get(RESPONDENTS.name, empty(RESPONDENTS)))
    mine = register[register["respondent_id"].eq(sender_id)]
    if is_respondent(sender_id) and mine.empty:
        raise UserError(f"{sender_id} is not on the register. The business unit enters it there first.")
    return mine


def owed_by(register: pd.DataFrame, year: Period) -> tuple[str, ...]:
    """The instruments that a respondent's rows of the register say it owes on the day they are due, in their order."""
    return tuple(dict.fromkeys(on_the_day(register, due_on(year))["instrument"]))


def instrument_for(sender_id: str, label: str, owed: tuple[str, ...], year: Period) -> Instrument:
    """The self-assessment a sender is to fill in: the one named, else the only one it owes; UserError says what to name.

    An agency owes the organisational one, the business unit the partnership's own.
    """
    found = _named(label) if label else _only(sender_id, owed, year)
    instrument = catalogue().instruments[found]
    if not instrument.asked_in(year):
        raise UserError(f"The {_low(instrument.title)} was not asked yet in {year.short}.")
    return instrument


def _named(label: str) -> str:
    found = instrument_named(label)
    if not found:
        known = ", ".join(catalogue().instruments)
        raise UserError(f"There is no self-assessment “{label}”. Known ones: {known}.")
    return found


def _only(sender_id: str, owed: tuple[str, ...], year: Period) -> str:
    if not is_respondent(sender_id):
        return "partnership" if sender_id in EVERYBODYS else "organisational"
    if not owed:
        raise UserError(f"{sender_id} owes no self-assessment for {year.short}, by the register.")
    first, *others = owed
    if others:
        named = listed(list(owed))
        raise UserError(f"{sender_id} owes {len(owed)} self-assessments: {named}. Name one with --instrument.")
    return first


def _low(title: str) -> str:
    return f"{title[0].lower()}{title[1:]}"
