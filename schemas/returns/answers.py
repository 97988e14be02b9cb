"""Which self-assessment a workbook is, what it asks in its year, and what last year's answers become in this one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.returns.meaning import known_by, meaning
from schemas.returns.self_assessment import STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from schemas.catalogue.instrument import Instrument, Statement
    from schemas.periods import Period
    from schemas.returns.records import LogContext

# What an organisation says itself; from the action on it is carried forward only while the action is open.
ANSWERS = tuple(
    column.name for column in STATEMENTS.columns if column.answer and not column.keeper and not column.from_cover
)
OF_THE_ACTION = ("action", "owner_role", "due_date", "done_on")


def instrument_named(label: str) -> str:
    """The id of the instrument a label stands for; "" where it stands for none.

    >>> instrument_named("Section 11"), instrument_named("Early years"), instrument_named("Horses")
    ('organisational', 'early_years', '')
    """
    return _labels().get(meaning(label), "")


def instrument_of(context: LogContext) -> Instrument | None:
    """The instrument a workbook answers: the one its cover names, else the one most of its rows are of."""
    named = instrument_named(context.cover.get("instrument", ""))
    if named:
        return context.catalogue.instruments.get(named)
    coming = context.coming.get(STATEMENTS.name)
    ids = [] if coming is None else [each for each in coming["statement_id"] if each in context.catalogue.statements]
    of = [context.catalogue.statements[each][0].id for each in ids]
    return context.catalogue.instruments[max(dict.fromkeys(of), key=of.count)] if of else None


def of_the_year(records: pd.DataFrame, year: Period, statements: Iterable[Statement]) -> pd.DataFrame:
    """The answers to some statements in one financial year."""
    ids = {statement.id for statement in statements}
    return records[records["year_id"].eq(year.id) & records["statement_id"].isin(ids)]


def filled_in(records: pd.DataFrame, year: Period, statements: tuple[Statement, ...]) -> pd.DataFrame:
    """A row for each statement: this year's answer where one was sent, else last year's, which `carried_from` names.

    An action that was done stays with the year it was done in, and what was moderated with the year it was moderated for.
    """
    now = of_the_year(records, year, statements)
    before = of_the_year(records, year.previous, statements)
    carried = carried_forward(before[~before["statement_id"].isin(set(now["statement_id"]))], year)
    known = pd.concat([now.assign(carried_from=""), carried]).drop_duplicates("statement_id")
    asked = pd.DataFrame(
        {
            "statement_id": [each.id for each in statements],
            "standard_title": [_standard(each) for each in statements],
            "statement_text": [each.text for each in statements],
            "evidence_prompt": [each.evidence for each in statements],
        }
    )
    names = [c.name for c in STATEMENTS.columns if c.name not in asked or c.name == "statement_id"]
    return asked.merge(known.reindex(columns=names), on="statement_id", how="left").reindex(
        columns=[column.name for column in STATEMENTS.columns]
    )


def carried_forward(before: pd.DataFrame, year: Period) -> pd.DataFrame:
    """Last year's answers as they stand in this year's workbook until somebody changes them."""
    made = before.assign(year_id=year.id, carried_from=parse(year.previous.id).short)
    blank = {column.name: "" for column in STATEMENTS.columns if column.keeper}
    made = made.assign(**blank)
    done = made["done_on"].notna()
    for name in OF_THE_ACTION:
        made[name] = made[name].where(~done, pd.NaT if name in ("due_date", "done_on") else "")
    return made


def _standard(statement: Statement) -> str:
    instrument = catalogue().statements[statement.id][0]
    return instrument.standards[statement.standard].title


@cache
def _labels() -> Mapping[str, str]:
    choices = catalogue().choices["instrument"].values()
    instruments = catalogue().instruments
    return known_by(
        (c.id, (c.id, c.label, *c.aliases, instruments[c.id].title, instruments[c.id].short)) for c in choices
    )
