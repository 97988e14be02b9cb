"""What is published of surveys: who was asked, who replied, and what they said, question by question.

Practitioners' replies are theirs and shown, by sector too. Children's and families' replies are those of people in
need of protection: small ones are hidden, and those who said no as carefully as those who said yes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.measures.intervals import wilson
from pipelines.publishing.logs.log import Log, records_of
from pipelines.publishing.logs.splits import Block
from pipelines.publishing.logs.surveys import NOT_KNOWN, PRACTITIONERS
from pipelines.publishing.rows import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.logs.guarding import Guard
    from schemas.catalogue import Catalogue

HIDDEN, ALL = "c", "all"
# Below so many replies counts are shown and no percentage.
ENOUGH = 10
_ROUND = ["survey_ref", "question", "respondents"]
_COUNTS = ("asked", "replied", "agreed")


def survey_rows(inputs: Inputs, guard: Guard, *, with_families: bool = True) -> list[dict[str, Any]]:
    """The rows of `survey_count`: every round the log is known for, the latest first."""
    answers = records_of(inputs, "survey", "Answers")
    answers = answers.assign(sector=answers["sector"].where(answers["sector"].ne(""), NOT_KNOWN))
    known = Log(inputs, "survey").quarters
    if answers.empty or not known:
        return []
    answers = answers[answers["closed_on"].between(pd.Timestamp(known[0].start), pd.Timestamp(known[-1].end))]
    if not with_families:
        answers = answers[answers["respondents"].eq(PRACTITIONERS)]
    latest_first = answers.sort_values(["closed_on", "survey_ref"], ascending=[False, True], kind="stable")
    made = [row for _, mine in latest_first.groupby(_ROUND, sort=False) for row in _of_question(inputs, mine, guard)]
    return [row | {"position": position} for position, row in enumerate(made)]


def _of_question(inputs: Inputs, answers: pd.DataFrame, guard: Guard) -> Iterator[dict[str, Any]]:
    """One question to one group: the whole, and for practitioners each sector that was asked."""
    first = rows(answers)[0]
    whole = _counts(answers)
    if first["respondents"] != PRACTITIONERS:
        yield _row(inputs.catalogue, first, ALL, _protected(first, whole, guard))
        return
    yield _row(inputs.catalogue, first, ALL, whole)
    for category in inputs.catalogue.breakdowns["agency_about"].categories:
        mine = answers[answers["sector"].eq(category.id)]
        if len(mine):
            yield _row(inputs.catalogue, first, category.id, _counts(mine))


def _counts(answers: pd.DataFrame) -> dict[str, float]:
    return {name: float(answers[name].sum()) for name in _COUNTS}


def _protected(answer: dict[str, Any], counts: dict[str, float], guard: Guard) -> dict[str, float | None]:
    """The counts of families' replies, those that could point at one hidden, and what would give them away."""
    names = {count: (count, *(answer[column] for column in _ROUND), ALL) for count in _COUNTS}
    block, no = Block(), ("said no", *names["agreed"])
    for count, name in names.items():
        block.count(name, counts[count])
    block.people(no, counts["replied"] - counts["agreed"])
    block.sum(names["replied"], [names["agreed"], no])
    pattern = block.hidden(guard.policy, guard.earlier)
    hidden = {count for count, name in names.items() if name in pattern.hidden}
    return {count: None if count in hidden else value for count, value in counts.items()}


def _row(
    catalogue: Catalogue, answer: dict[str, Any], sector: str, counts: Mapping[str, float | None]
) -> dict[str, Any]:
    asked, replied, agreed = (counts[name] for name in _COUNTS)
    response = 100 * replied / asked if asked and replied and asked >= max(ENOUGH, replied) else None
    share: tuple[float | None, ...] = (None, None, None)
    if replied is not None and agreed is not None and replied >= ENOUGH:
        interval = wilson(agreed, replied)
        share = (100 * agreed / replied, 100 * interval.lower, 100 * interval.upper)
    return {
        "survey_ref": answer["survey_ref"],
        "question": answer["question"],
        "respondents": answer["respondents"],
        "sector": sector,
        "closed_on": answer["closed_on"],
        "question_words": catalogue.label("survey_question", answer["question"]),
        "respondents_words": catalogue.label("respondents", answer["respondents"]),
        "sector_words": "All" if sector == ALL else catalogue.label("agency_about", sector),
        "asked": asked,
        "replied": replied,
        "agreed": agreed,
        "response_percent": response,
        **dict(zip(("agreed_percent", "lower", "upper"), share, strict=True)),
        "marker": HIDDEN if None in (asked, replied, agreed) else "",
    }
