"""Rules about which statements a self-assessment answers: those of its own instrument, asked in its year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.periods import parse
from schemas.returns.answers import instrument_named
from schemas.returns.beside import worded
from schemas.returns.by_value import by_value
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="error",
    column="statement_id",
    message="{statement_id} belongs to {of}; the Cover says {answered} ({where}).",
    fix="Take the row out, or send it with the self-assessment it belongs to.",
    bad=[{"statement_id": "ED1.1", "_cover": {"instrument": "Section 11"}}],
    good=[
        {"statement_id": "ED1.1"},
        {"statement_id": "ED1.1", "_cover": {"instrument": "Education"}},
        {"statement_id": "OS1.1", "_cover": {"instrument": "Organisational"}},
    ],
)
def statement_is_of_another_self_assessment(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A body is scored on what it was asked; an answer to another's question would move a standard it does not have."""
    named = instrument_named(context.cover.get("instrument", ""))
    of = by_value(rows["statement_id"], lambda each: _instrument(each, context))
    titles = {each.id: each.title for each in context.catalogue.instruments.values()}
    words = by_value(of, lambda each: f"the {titles[each][0].lower()}{titles[each][1:]}" if each in titles else "")
    return worded(rows, of.ne(named) & of.ne("") & bool(named), of=words).assign(answered=titles.get(named, ""))


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="error",
    column="statement_id",
    message="{statement_id} is not asked in {year} ({where}).",
    fix="Take the row out, or check the year on the Cover.",
    bad=[{"year_id": "FY2019-20"}],
    good=[{"year_id": "FY2026-27"}, {"year_id": "FY2024-25"}],
)
def statement_is_not_asked_in_that_year(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Years are compared statement by statement; one that was not asked then has nothing to be compared with."""
    asked = {year: _asked_in(year, context) for year in rows["year_id"].unique()}
    there = [each in asked[year] for year, each in zip(rows["year_id"], rows["statement_id"], strict=True)]
    known = rows["statement_id"].isin(list(context.catalogue.statements))
    years = by_value(rows["year_id"], lambda year: parse(year).short)
    return worded(rows, known & ~pd.Series(there, rows.index, dtype="bool"), year=years)


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="note",
    column="self_score",
    message="{statement_id} is critical and scored {words}: it is shown first, whatever the others say ({where}).",
    fix="Nothing to do, if it is so. Its action is what will be asked about.",
    bad=[{"statement_id": "OS1.1", "self_score": "s1"}, {"statement_id": "OS1.1", "self_score": "s0"}],
    good=[{"statement_id": "OS1.1", "self_score": "s2"}, {"statement_id": "OS1.4", "self_score": "s1"}],
)
def critical_statement_is_not_met(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A mean hides the one thing that must never be missing; so it is said by itself, and said beforehand."""
    critical = [each for each, (_, statement) in context.catalogue.statements.items() if statement.critical]
    words = by_value(rows["self_score"], lambda score: score_words(score, context))
    return worded(rows, rows["statement_id"].isin(critical) & rows["self_score"].isin(LOW), words=words)


LOW = ("s0", "s1")


def score_words(score: str, context: LogContext) -> str:
    """A score in number and words, as `1, started`; what does not apply has no number."""
    known = context.catalogue.choices["score"]
    if score not in known:
        return score
    points = getattr(known[score], "points", None)
    words = known[score].label.lstrip("0123456789 ").lower()
    return words if points is None else f"{points}, {words}"


def _instrument(statement_id: str, context: LogContext) -> str:
    found = context.catalogue.statements.get(statement_id)
    return found[0].id if found else ""


def _asked_in(year: str, context: LogContext) -> set[str]:
    period = parse(year)
    return {each.id for instrument in context.catalogue.instruments.values() for each in instrument.asked_in(period)}
