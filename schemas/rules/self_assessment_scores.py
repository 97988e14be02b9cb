"""Rules about a score and what carries it: the evidence, the difference made, the reason why something does not apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.beside import of_the_future, worded
from schemas.returns.by_value import by_value
from schemas.returns.meaning import meaning
from schemas.rule import rule
from schemas.rules.self_assessment_asked import score_words

if TYPE_CHECKING:
    from schemas.returns.records import LogContext

# Evidence older than this may tell of another organisation than today's.
_YEARS = 2
# What says again that something does not apply, and not why.
_NO_REASON = frozenset({"", "na", "n a", "not applicable", "does not apply", "none", "not relevant", "no"})


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="self_score",
    message="{statement_id} has no score, so it counts as not answered ({where}).",
    fix="Choose 0 to 3, or that it does not apply.",
    bad=[{"self_score": ""}],
    good=[{"self_score": "s0", "action": "Name a lead"}],
)
def answer_has_no_score(rows: pd.DataFrame) -> pd.Series:
    """Evidence without a score leaves the reader to guess what the organisation thinks of it."""
    return rows["self_score"].eq("")


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="error",
    column="na_reason self_score",
    message="{statement_id} does not apply, but nobody says why ({where}).",
    fix="Give the reason in a few words, as: we employ nobody under 18.",
    bad=[{"self_score": "na"}, {"self_score": "na", "na_reason": "N/A"}],
    good=[{"self_score": "na", "na_reason": "No children on site"}, {"self_score": "s2"}],
)
def does_not_apply_without_a_reason(rows: pd.DataFrame) -> pd.Series:
    """What does not apply is left out of the mean; without a reason that is the easiest way to a better score."""
    return rows["self_score"].eq("na") & by_value(rows["na_reason"], lambda text: meaning(text) in _NO_REASON, "bool")


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="na_reason",
    message="{statement_id} is scored {words}, and has a reason why it does not apply ({where}).",
    fix="Clear the reason, or choose that it does not apply.",
    bad=[{"na_reason": "We have no volunteers"}],
    good=[{"na_reason": ""}, {"self_score": "na", "na_reason": "We have no volunteers"}],
)
def reason_is_given_where_it_applies(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """One of the two is wrong, and only the sender knows which."""
    words = by_value(rows["self_score"], lambda score: score_words(score, context) or "with nothing")
    return worded(rows, rows["na_reason"].ne("") & rows["self_score"].ne("na"), words=words)


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="impact_evidence",
    message="{statement_id} is scored 3 without what shows the difference it makes, so it counts 2 ({where}).",
    fix="Say what is better for children and how you know, or score it 2.",
    bad=[{"self_score": "s3"}, {"self_score": "s3", "impact_evidence": "Yes"}],
    good=[{"self_score": "s3", "impact_evidence": "9 of 10 pupils know whom to tell, 6 of 10 the year before"}, {}],
)
def three_has_no_evidence_of_impact(rows: pd.DataFrame) -> pd.Series:
    """A 3 says that it makes a difference to children; said without showing it, it is in place and counts as that."""
    shown = by_value(rows["impact_evidence"], shows_a_difference, "bool")
    return rows["self_score"].eq("s3") & ~shown


def shows_a_difference(text: str) -> bool:
    """Whether anything is said of the difference made: more than a word or a shrug.

    >>> shows_a_difference(""), shows_a_difference("N/A"), shows_a_difference("Pupils say they feel safer")
    (False, False, True)
    """
    return len(meaning(text).split()) > 1 and meaning(text) not in _NO_REASON


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="evidence_ref",
    message="{statement_id} is scored {words}, and nothing is named that shows it ({where}).",
    fix="Name the document, report or survey that shows it; a title is enough.",
    bad=[{"evidence_ref": "", "evidence_date": ""}],
    good=[{"evidence_ref": "Staff survey"}, {"self_score": "s0", "evidence_ref": "", "evidence_date": ""}],
)
def in_place_without_evidence(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Whoever moderates has to see it; what nobody can show is what the organisation hopes."""
    words = by_value(rows["self_score"], lambda score: score_words(score, context))
    return worded(rows, rows["self_score"].isin(["s2", "s3"]) & rows["evidence_ref"].eq(""), words=words)


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="evidence_date",
    message="{statement_id}: its evidence has no date ({where}).",
    fix="Give the day it was true of: the day of the survey, the audit, the minutes.",
    bad=[{"evidence_date": ""}],
    good=[{"evidence_date": "2026-06-01"}, {"evidence_ref": "", "evidence_date": ""}],
)
def evidence_has_no_date(rows: pd.DataFrame) -> pd.Series:
    """A policy of ten years ago and one of last month read alike without it."""
    return rows["evidence_ref"].ne("") & rows["evidence_date"].isna()


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="evidence_date",
    message="{statement_id}: its evidence is of {evidence_date}, more than two years ago ({where}).",
    fix="Name what shows it now, or check the year.",
    bad=[{"evidence_date": "2024-10-19"}],
    good=[{"evidence_date": "2024-10-20"}, {"evidence_date": ""}],
)
def evidence_is_older_than_two_years(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """People leave and practice drifts: what was shown two years ago may be so no longer."""
    return rows["evidence_date"].lt(context.now - pd.DateOffset(years=_YEARS))


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="error",
    column="evidence_date done_on",
    message="{statement_id}: “{heading}” is {day}, after today ({where}).",
    fix="Enter it once it is there, or mend the year.",
    bad=[{"evidence_date": "2026-10-21"}, {"action": "Name a lead", "done_on": "2027-01-05"}],
    good=[{"evidence_date": "2026-10-20"}],
)
def answer_is_dated_in_the_future(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """What is planned shows nothing yet, and is not done."""
    dated = ["evidence_date", "done_on"]
    ahead = rows[dated[0]].gt(context.now) | rows[dated[1]].gt(context.now)
    return of_the_future(rows[ahead], context, "Statements", dated)
