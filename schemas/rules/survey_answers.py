"""Rules about a survey's answers: who was asked what, how many replied, and what so many can carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import labelled, of_the_future, stands, worded
from schemas.returns.listed import listed
from schemas.rule import rule

if TYPE_CHECKING:
    from schemas.returns.records import LogContext

# Fewer replies than this are shown as counts, never as a percentage; below this share those who answered speak for themselves.
_FEW, _SHARE = 10, 0.10


@rule(
    kind="survey",
    sheet="Answers",
    severity="error",
    column="closed_on",
    message="{survey_ref}: “{heading}” is {day}, after today ({where}).",
    fix="Send the answers once the round is closed.",
    bad=[{"closed_on": "2026-10-31"}],
    good=[{"closed_on": "2026-10-20"}],
)
def survey_is_still_open(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Answers of a round still running change until it closes, and those who answer late differ from the first."""
    return of_the_future(rows, context, "Answers", ["closed_on"])


@rule(
    kind="survey",
    sheet="Answers",
    severity="error",
    column="replied",
    message="{survey_ref}: {replied} replied, but {asked} were asked ({where}).",
    fix="Check both. Where anybody could answer, People asked is how many the link could reach.",
    bad=[{"replied": "240"}, {"asked": "0"}],
    good=[{"replied": "200"}],
)
def more_replied_than_were_asked(rows: pd.DataFrame) -> pd.Series:
    """A response rate above 100% is always a slip, and hides how few really answered."""
    return rows["replied"].gt(rows["asked"])


@rule(
    kind="survey",
    sheet="Answers",
    severity="error",
    column="agreed",
    message="{survey_ref}: {agreed} said yes, of {replied} who replied ({where}).",
    fix="Count people, not answers; and give a number, not a percentage.",
    bad=[{"agreed": "93"}],
    good=[{"agreed": "88"}, {"agreed": "0"}],
)
def more_agreed_than_replied(rows: pd.DataFrame) -> pd.Series:
    """A share above 100% is always a slip; often a percentage stands where a number belongs."""
    return rows["agreed"].gt(rows["replied"])


@rule(
    kind="survey",
    sheet="Answers",
    severity="error",
    column="sector",
    message="{survey_ref}: {respondents_words} are given the sector {sector_words} ({where}).",
    fix="Leave Sector empty: it says where practitioners work.",
    bad=[{"respondents": "children", "question": "listened_to"}],
    good=[{"respondents": "children", "question": "listened_to", "sector": ""}],
)
def families_are_given_a_sector(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Their answers would be counted among a sector's staff, and a few families told apart by the service they use."""
    return _told(rows, rows["respondents"].ne("practitioners") & rows["sector"].ne(""), context)


@rule(
    kind="survey",
    sheet="Answers",
    severity="query",
    column="sector",
    message="{survey_ref}: the practitioners have no sector ({where}).",
    fix="Give one row for each sector, or Not known where the survey did not ask.",
    bad=[{"sector": ""}],
    good=[{"sector": "health"}, {"sector": "not_known"}],
)
def practitioners_have_no_sector(rows: pd.DataFrame) -> pd.Series:
    """What the council's staff know says nothing of what schools know; together they hide both."""
    return rows["respondents"].eq("practitioners") & rows["sector"].eq("")


@rule(
    kind="survey",
    sheet="Answers",
    severity="query",
    column="replied",
    message="{survey_ref}: {replied} of {asked} replied, {share}%; it can be shown as what they said, and not as what all {respondents_words} think ({where}).",
    fix="Check both numbers, and ask again if you can: the response rate is shown beside the answer.",
    bad=[{"replied": "15", "agreed": "9"}],
    good=[{"replied": "20", "agreed": "9"}, {"asked": "0", "replied": "0", "agreed": "0"}],
)
def few_of_those_asked_replied(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Where nine in ten are silent, those who answer are those who feel most strongly."""
    share = rows["replied"] / rows["asked"].where(rows["asked"].gt(0))
    return _told(rows, share.lt(_SHARE), context, share=share.mul(100).round(1))


@rule(
    kind="survey",
    sheet="Answers",
    severity="note",
    column="replied",
    message="{survey_ref}: {replied} replied; so few are shown as a count, not as a percentage ({where}).",
    fix="Nothing to do.",
    bad=[{"asked": "12", "replied": "8", "agreed": "5"}],
    good=[{"asked": "12", "replied": "10", "agreed": "5"}, {"replied": "0", "agreed": "0"}],
)
def few_replied(rows: pd.DataFrame) -> pd.Series:
    """One person is more than a tenth of so few: a percentage would make much of one answer."""
    return rows["replied"].between(1, _FEW - 1)


@rule(
    kind="survey",
    sheet="Answers",
    severity="query",
    column="replied",
    message="{survey_ref}: nobody of {asked} replied ({where}).",
    fix="Check the number. If nobody did, leave it: it will be shown as no reply, never as no.",
    bad=[{"replied": "0", "agreed": "0"}],
    good=[{"replied": "20", "agreed": "0"}],
)
def nobody_replied(rows: pd.DataFrame) -> pd.Series:
    """Silence is not a no, and a round that nobody answered is a finding of its own."""
    return rows["replied"].eq(0)


@rule(
    kind="survey",
    sheet="Answers",
    severity="query",
    column="question",
    message="{survey_ref}: “{question_words}” is a question for {meant}, and here {respondents_words} answered it ({where}).",
    fix="Choose the question they were asked, or correct who answered.",
    bad=[{"question": "better_off"}, {"question": "confident_concerns", "respondents": "children", "sector": ""}],
    good=[{"question": "better_off", "respondents": "children", "sector": ""}, {"question": "knows_partnership"}],
)
def question_is_not_for_those_who_answered(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Whether help made things better can only be said by those who were helped."""
    known = context.catalogue.choices["survey_question"]
    meant = [tuple(getattr(known.get(asked), "asked_of", ())) for asked in rows["question"]]
    broken = [bool(of) and who not in of for of, who in zip(meant, rows["respondents"], strict=True)]
    labels = [listed([f"“{context.catalogue.label('respondents', who)}”" for who in of]) for of in meant]
    labels = pd.Series(labels, rows.index, dtype="str")
    words = {"meant": labels, "question_words": labelled(context, "survey_question", rows["question"])}
    return _told(rows, pd.Series(broken, rows.index, dtype="bool"), context, **words)


@rule(
    kind="survey",
    sheet="Answers",
    severity="query",
    column="closed_on",
    message="{survey_ref} closed on {closed_on} here, and on {other_day} for another question or group ({where}).",
    fix="Give each round a reference of its own, or correct the day.",
    bad=[{"closed_on": "2026-09-25", "_held": {"Answers": [{"question": "confident_sharing"}]}}],
    good=[{"_held": {"Answers": [{"question": "confident_sharing"}]}}, {"closed_on": "2026-09-25"}],
)
def one_round_closes_on_two_days(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A round belongs to one half-year: with two days it would be counted in two."""
    others = stands(context, "Answers")[["survey_ref", "question", "respondents", "sector", "closed_on"]]
    both = rows.reset_index(names="at").merge(others, on="survey_ref", suffixes=("", "_other"))
    another = (both["question"] + both["respondents"] + both["sector"]).ne(
        both["question_other"] + both["respondents_other"] + both["sector_other"]
    )
    both = both[another & both["closed_on"].ne(both["closed_on_other"])].drop_duplicates("at").set_index("at")
    return both[[]].assign(other_day=both["closed_on_other"])


def _told(rows: pd.DataFrame, broken: pd.Series, context: LogContext, **words: pd.Series) -> pd.DataFrame:
    """The broken rows with who answered, and their sector, in words."""
    return worded(
        rows,
        broken,
        respondents_words=labelled(context, "respondents", rows["respondents"]).str.lower(),
        sector_words=labelled(context, "agency_about", rows["sector"]).str.lower(),
        **words,
    )
