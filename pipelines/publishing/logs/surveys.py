"""What the survey return gives: practitioners' answers to the questions that indicators are counted in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.logs.log import Log, inside, records_of
from pipelines.publishing.logs.observed import Counts, observed

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from pipelines.publishing.assembling import Inputs

PRACTITIONERS = "practitioners"
NOT_KNOWN = "not_known"


def of_surveys(inputs: Inputs) -> Iterator[dict[str, Any]]:
    """Practitioners' answers, whole and by sector, at the quarter in which their round closed.

    A quarter without a round has no figure. Where two rounds closed in one quarter, the later one counts.
    """
    log, answers = Log(inputs, "survey"), practitioners(inputs)
    for question in inputs.catalogue.choices["survey_question"].values():
        indicator_id = getattr(question, "indicator_id", "")
        mine = answers[answers["question"].eq(question.id)]
        for quarter in log.quarters if indicator_id else []:
            latest = last_round(mine[inside(mine["closed_on"], quarter)])
            if latest.empty:
                continue
            yield observed(log, indicator_id, quarter, _counts(latest), latest)
            for category in inputs.catalogue.breakdowns["agency_about"].categories:
                part = latest[latest["sector"].eq(category.id)]
                split = {"breakdown": "agency_about", "category": category.id}
                yield observed(log, indicator_id, quarter, _counts(part), part, **split)


def practitioners(inputs: Inputs) -> pd.DataFrame:
    """The answers of practitioners; those whose sector is not said are in the one that is not known."""
    answers = records_of(inputs, "survey", "Answers")
    mine = answers[answers["respondents"].eq(PRACTITIONERS)]
    return mine.assign(sector=mine["sector"].where(mine["sector"].ne(""), NOT_KNOWN))


def last_round(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers of the round that closed last."""
    if answers.empty:
        return answers
    last = answers.sort_values(["closed_on", "survey_ref"], kind="stable")["survey_ref"].iloc[-1]
    return answers[answers["survey_ref"].eq(last)]


def _counts(answers: pd.DataFrame) -> Counts:
    return Counts(float(answers["agreed"].sum()), float(answers["replied"].sum()))
