"""What only a whole self-assessment shows: what is missing, what never varies, what is as it was last year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas.returns.answers import ANSWERS, carried_forward, instrument_named, instrument_of, of_the_year
from schemas.returns.asked import owed_by
from schemas.returns.listed import listed
from schemas.rule import Rule, fault
from schemas.rules.self_assessment_asked import score_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from schemas.returns.records import LogContext

# Of so many answers that are all the same, somebody ticked down the page.
_MANY = 10

MISSING = fault(
    "self_assessment_is_not_whole",
    "query",
    "{count} of {asked} statements are not answered yet: {first}.",
    "Score them and send the workbook again; those sent already stand.",
    "What is left out is left out of the mean too; a standard half answered says nothing of the other half.",
    kind="self_assessment",
)
ALL_ALIKE = fault(
    "self_assessment_is_the_same_throughout",
    "query",
    "All {count} statements that apply are scored {words}.",
    "If it is so, say what you looked at. If not, score each by itself.",
    "Nobody is equally good at everything: the same score throughout shows that nobody looked.",
    kind="self_assessment",
)
NOTHING_APPLIES = fault(
    "nothing_of_the_self_assessment_applies",
    "query",
    "All {count} statements are said not to apply.",
    "Check that it is the right self-assessment, or tell the business unit that you should not have been asked.",
    "A body to which nothing applies is in the wrong list, or does not want to answer.",
    kind="self_assessment",
)
UNCHANGED = fault(
    "answers_are_as_last_year",
    "note",
    "{count} of {all} answers are as they were in {year}.",
    "Nothing to do, if they still hold. An answer carried forward counts as this year's once it is sent.",
    "An answer carried forward is easily sent unread; whoever moderates looks at these first.",
    kind="self_assessment",
)
NOT_NAMED = fault(
    "self_assessment_is_not_known",
    "query",
    "The Cover does not say which self-assessment it is, or not so that it is known; it is taken for {taken}.",
    "Choose it on the Cover: Organisational, Education, Early years or Partnership.",
    "Which statements should have been answered depends on it.",
    kind="self_assessment",
)
NOT_OWED = fault(
    "register_says_another_self_assessment",
    "query",
    "The register has you down for {owed}; this is {sent}.",
    "Check that it is the right workbook, or ask the business unit to mend the register.",
    "Replies are counted against the register: this one answers a question nobody is waiting for.",
    kind="self_assessment",
)


def about_whole(context: LogContext) -> Iterator[tuple[Rule, dict[str, Any]]]:
    """The faults of a self-assessment as it would stand with what has come, each with the words of its message."""
    instrument = instrument_of(context)
    if instrument is None:
        return
    if not instrument_named(context.cover.get("instrument", "")):
        yield NOT_NAMED, {"taken": f"the {instrument.title[0].lower()}{instrument.title[1:]}"}
    yield from _not_owed(instrument.id, context)
    statements = instrument.asked_in(context.period)
    every = context.whole("Statements")
    whole = of_the_year(every, context.period, statements)
    scored = whole[whole["self_score"].ne("")]
    answered = set(scored["statement_id"])
    missing = [each.id for each in statements if each.id not in answered]
    if missing:
        yield MISSING, {"count": len(missing), "asked": len(statements), "first": listed(missing)}
    yield from _alike(scored, context)
    yield from _unchanged(scored, of_the_year(every, context.period.previous, statements), context)


def _alike(scored: pd.DataFrame, context: LogContext) -> Iterator[tuple[Rule, dict[str, Any]]]:
    applies = scored.loc[scored["self_score"].ne("na"), "self_score"]
    if len(scored) and applies.empty:
        yield NOTHING_APPLIES, {"count": len(scored)}
    elif len(applies) >= _MANY and applies.eq(applies.iloc[0]).all():
        yield ALL_ALIKE, {"count": len(applies), "words": score_words(applies.iloc[0], context)}


def _unchanged(
    scored: pd.DataFrame, before: pd.DataFrame, context: LogContext
) -> Iterator[tuple[Rule, dict[str, Any]]]:
    """How many answers say what last year's workbook would have filled in."""
    if before.empty:
        return
    names = ["statement_id", *ANSWERS]
    was = {tuple(map(str, row)) for row in carried_forward(before, context.period)[names].itertuples(index=False)}
    same = sum(tuple(map(str, row)) in was for row in scored[names].itertuples(index=False))
    if same:
        yield UNCHANGED, {"count": same, "all": len(scored), "year": context.period.previous.short}


def _not_owed(instrument_id: str, context: LogContext) -> Iterator[tuple[Rule, dict[str, Any]]]:
    """Only where the register is at hand: it lists respondents, and no agency."""
    register = context.held.get("Respondents")
    owed = () if register is None else owed_by(register, context.period)
    if owed and instrument_id not in owed:
        named = [context.catalogue.instruments[each].title for each in owed]
        of = context.catalogue.instruments[instrument_id].title
        yield NOT_OWED, {"owed": listed([_the(each) for each in named]), "sent": _the(of)}


def _the(title: str) -> str:
    return f"the {title[0].lower()}{title[1:]}"
