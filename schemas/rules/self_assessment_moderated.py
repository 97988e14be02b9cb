"""Rules about what the business unit moderates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.beside import worded
from schemas.returns.by_value import by_value
from schemas.rule import rule
from schemas.rules.self_assessment_asked import score_words

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.records import LogContext

_MODERATED = {"self_score": "s2", "moderated_score": "s1", "_moderating": True}


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="moderator_comment",
    message="{statement_id} is moderated from {own} to {now} without a comment ({where}).",
    fix="Say in a sentence what was seen, or not seen.",
    bad=[_MODERATED],
    good=[
        _MODERATED | {"moderator_comment": "The board paper named is of 2023"},
        _MODERATED | {"moderated_score": "s2"},
        {"self_score": "s2", "moderated_score": "s1"},
    ],
)
def moderated_without_a_comment(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """An organisation told that it thinks too well of itself has to be told why, or it learns to argue."""
    differs = rows["moderated_score"].ne("") & rows["moderated_score"].ne(rows["self_score"])
    asked = differs & rows["moderator_comment"].eq("") & context.moderating
    own, now = (by_value(rows[name], lambda score: score_words(score, context) or "no score") for name in _SCORES)
    return worded(rows, asked, own=own, now=now)


_SCORES = ("self_score", "moderated_score")


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="error",
    column="moderated_score",
    message="{statement_id} is moderated, but nobody has answered it ({where}).",
    fix="Leave it empty until the answer has come.",
    bad=[_MODERATED | {"self_score": ""}],
    good=[_MODERATED, {"self_score": "", "moderated_score": ""}],
)
def moderated_without_an_answer(rows: pd.DataFrame) -> pd.Series:
    """Moderation is a second look at what an organisation says of itself; without that it is an inspection."""
    return rows["moderated_score"].ne("") & rows["self_score"].eq("")


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="moderator_comment",
    message="{statement_id} has a moderator's comment and no moderated score ({where}).",
    fix="Choose the score, the same as theirs where you agree.",
    bad=[{"moderator_comment": "Seen at the visit", "_moderating": True}],
    good=[_MODERATED | {"moderator_comment": "Seen at the visit"}, {"moderator_comment": "Seen at the visit"}],
)
def comment_without_a_moderated_score(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """Agreement counts too: an answer that was looked at and confirmed is worth more than one nobody read."""
    return rows["moderator_comment"].ne("") & rows["moderated_score"].eq("") & context.moderating


@rule(
    kind="self_assessment",
    sheet="Statements",
    severity="query",
    column="moderated_score",
    message="{statement_id} was moderated when the answer was {seen}; the answer is now {own} ({where}).",
    fix="Take a new copy and moderate what stands now. Where the score stays the same, change the comment.",
    bad=[_MODERATED | {"self_score": "s3", "moderated_from": "s2"}],
    good=[
        _MODERATED | {"moderated_from": "s2"},
        _MODERATED | {"moderated_from": ""},
        _MODERATED | {"moderated_from": "s1", "moderated_score": ""},
        {"self_score": "s3", "moderated_score": "s1", "moderated_from": "s2"},
    ],
)
def moderated_before_the_answer_was_changed(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """A gap between a score and a second look at another one is no gap; the pages say so until it is looked at again."""
    stale = rows["moderated_score"].ne("") & rows["moderated_from"].ne("")
    asked = stale & rows["moderated_from"].ne(rows["self_score"]) & context.moderating
    seen, own = (
        by_value(rows[name], lambda score: score_words(score, context) or "no score") for name in _OF_WHICH_ANSWER
    )
    return worded(rows, asked, seen=seen, own=own)


_OF_WHICH_ANSWER = ("moderated_from", "self_score")
