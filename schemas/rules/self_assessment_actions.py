"""Rules about what an organisation will do: an action where something is missing, whose it is, by when, and whether done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.periods import day_words, parse
from schemas.returns.beside import worded
from schemas.returns.by_value import by_value, where_filled
from schemas.returns.roles import could_be_a_name, names_somebody
from schemas.rule import rule
from schemas.rules.self_assessment_asked import LOW, score_words

if TYPE_CHECKING:
    from schemas.returns.records import LogContext

_ACTION = {"self_score": "s1", "action": "Name a deputy lead", "owner_role": "Head teacher", "due_date": "2027-01-31"}
_A_ROLE = "Write the role instead, as Head of Service or Designated Safeguarding Lead."
_FAR = 3


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="action",
    message="{statement_id} is scored {words}, without an action ({where}).",
    fix="Say what will be done, by which role and by when; or what keeps it, under Area for improvement.",
    bad=[{"self_score": "s0"}, {"self_score": "s1"}],
    good=[_ACTION, {"self_score": "s2"}],
)
def low_score_has_no_action(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """An honest low score is worth most where something follows from it."""
    words = by_value(rows["self_score"], lambda score: score_words(score, context))
    return worded(rows, rows["self_score"].isin(LOW) & rows["action"].eq(""), words=words)


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="owner_role",
    message="{statement_id}: its action has no owner ({where}).",
    fix="Name the role that does it, as Head teacher.",
    bad=[_ACTION | {"owner_role": ""}],
    good=[_ACTION, {"action": ""}],
)
def development_action_has_no_owner(rows: pd.DataFrame) -> pd.Series:
    """What belongs to everybody is done by nobody, and an overdue action without an owner reaches nobody."""
    return rows["action"].ne("") & rows["owner_role"].eq("")


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="due_date",
    message="{statement_id}: its action has no date by which it is due ({where}).",
    fix="Give one that can be kept; a term is usually enough.",
    bad=[_ACTION | {"due_date": ""}],
    good=[_ACTION, _ACTION | {"due_date": "", "done_on": "2026-09-01"}],
)
def development_action_has_no_due_date(rows: pd.DataFrame) -> pd.Series:
    """Without a date it is never late, and so never asked about."""
    return rows["action"].ne("") & rows["due_date"].isna() & rows["done_on"].isna()


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="error",
    column="owner_role",
    withheld=True,
    message="The owner of an action is given as a person's name ({where}); the row has been left out.",
    fix=_A_ROLE,
    bad=[_ACTION | {"owner_role": "Jane Example"}, _ACTION | {"owner_role": "J. Example"}],
    good=[_ACTION, {"owner_role": "Designated Safeguarding Lead"}, {"owner_role": ""}],
)
def development_owner_is_a_name(rows: pd.DataFrame) -> pd.Series:
    """People move on and roles stay; and the partnership reads it, so nobody's name belongs in it."""
    return where_filled(rows["owner_role"], names_somebody)


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="owner_role",
    withheld=True,
    message="The owner of an action could be a person's name ({where}).",
    fix=_A_ROLE,
    bad=[_ACTION | {"owner_role": "Ngozi Example"}],
    good=[_ACTION, {"owner_role": "Quality Assurance"}],
)
def development_owner_could_be_a_name(rows: pd.DataFrame) -> pd.Series:
    """Not every name can be told from an office by a computer; you can, and a name must not stay."""
    return where_filled(rows["owner_role"], could_be_a_name)


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="due_date",
    message="{statement_id}: its action was due by {due_date} and is not done ({where}).",
    fix="If it is done, give the day under Done on. If not, give a new date and say under Area for improvement what keeps it.",
    bad=[_ACTION | {"due_date": "2026-10-19"}],
    good=[_ACTION, _ACTION | {"due_date": "2026-10-20"}, _ACTION | {"due_date": "2026-09-01", "done_on": "2026-09-30"}],
)
def development_action_is_overdue(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """It is shown as overdue with its owner: this is the time to put it right, or say why."""
    return rows["action"].ne("") & rows["due_date"].lt(context.now) & rows["done_on"].isna()


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="due_date",
    message="{statement_id}: its action is due by {due_date}, in more than three years ({where}).",
    fix="Check the year, or give the date of a first step.",
    bad=[_ACTION | {"due_date": "2062-01-31"}],
    good=[_ACTION],
)
def development_action_is_due_far_ahead(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """Mostly a slip of the year; and what is due so late is asked about by nobody."""
    return rows["due_date"].gt(context.now + pd.DateOffset(years=_FAR))


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="done_on",
    message="{statement_id}: its action was done on {done_on}, before {year} began on {begins} ({where}).",
    fix="Leave out what belongs to an earlier year, or mend the date.",
    bad=[_ACTION | {"done_on": "2026-03-31"}],
    good=[_ACTION | {"done_on": "2026-04-01"}, _ACTION],
)
def development_action_was_done_before_the_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Counted here, last year's work would be taken for this year's."""
    began = by_value(rows["year_id"], lambda year: pd.Timestamp(parse(year).start)).astype("datetime64[us]")
    years = by_value(rows["year_id"], lambda year: parse(year).short)
    begins = by_value(rows["year_id"], lambda year: day_words(parse(year).start))
    return worded(rows, rows["done_on"].lt(began), year=years, begins=begins)


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="done_on due_date owner_role",
    message="{statement_id} has {heading} filled in, but no action ({where}).",
    fix="Say what was to be done, or clear the cell.",
    bad=[{"done_on": "2026-09-01"}, {"due_date": "2027-01-31"}, {"owner_role": "Head teacher"}],
    good=[_ACTION, {}],
)
def owner_or_date_without_an_action(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Nobody can tell what was done, and it is counted nowhere."""
    layout = context.kind.sheet("Statements")
    none = rows["action"].eq("")
    there = {name: none & ~rows[name].isin(["", pd.NaT]) for name in ("owner_role", "due_date", "done_on")}
    first = pd.Series("", rows.index, dtype="object")
    for name in reversed(there):
        first = first.mask(there[name], name)
    return worded(
        rows, first.ne(""), at=first, heading=by_value(first, lambda n: layout.column(n).heading if n else "")
    )
