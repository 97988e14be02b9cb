"""Whether a yearly return is filed under a year whose round is long over: the commonest cause is last year's template."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from schemas.periods import day_words, of_kind
from schemas.returns.asked import due_on
from schemas.returns.self_assessment import KIND, STATEMENTS
from schemas.rules import file_sender

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from schemas.problems import Problem
    from schemas.returns.records import LogContext

# After so long nobody sends what was due on time: it is late beyond a reminder, or the wrong year's template.
_LONG = timedelta(days=90)


def about_round(records: Mapping[str, pd.DataFrame], context: LogContext) -> list[Problem]:
    """A question where the scores of a round that was due more than 90 days ago are new or change.

    Not where only actions are brought up to date, nor where the business unit moderates: both come after the round.
    """
    if context.kind.id != KIND.id or context.moderating or STATEMENTS.name not in records:
        return []
    due = due_on(context.period)
    if context.today <= due + _LONG or _scores(records[STATEMENTS.name]) <= _scores(context.before(STATEMENTS.name)):
        return []
    words = {"year": context.period.short, "due": day_words(due), "now": of_kind("financial_year", context.today).short}
    return [file_sender.ROUND_OVER.problem(words, sheet="Cover")]


def _scores(rows: pd.DataFrame) -> set[tuple[str, str, str]]:
    names = ["year_id", "statement_id", "self_score"]
    return set() if rows.empty else set(rows[names].astype(str).itertuples(index=False, name=None))
