"""What was promised for a financial year and not done by its end, on 31 March."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.queries.learning import Learning
    from pipelines.queries.learning_facts import Action, Recommendation


def year_end(before: date) -> date:
    """The last 31 March that is over.

    >>> year_end(date(2026, 11, 17)), year_end(date(2026, 3, 31)), year_end(date(2026, 4, 1))
    (datetime.date(2026, 3, 31), datetime.date(2025, 3, 31), datetime.date(2026, 3, 31))
    """
    this = date(before.year, 3, 31)
    return this if before > this else date(before.year - 1, 3, 31)


def not_done(found: Learning, kept: tuple[Recommendation, ...]) -> tuple[Action, ...]:
    """The actions due within the financial year that was last over and not done by its end, the earliest due first.

    Stopped ones are left out; one done since is there, as it was late all the same.
    """
    end = year_end(found.made_on)
    ids = {one.recommendation_id for one in kept}
    mine = [action for action in found.actions if action.recommendation_id in ids and _was_owed(action, end)]
    return tuple(sorted(mine, key=lambda action: (action.due_on or end, action.action_id)))


def _was_owed(action: Action, end: date) -> bool:
    due = action.due_on
    if action.status == "stopped" or due is None or not date(end.year - 1, 4, 1) <= due <= end:
        return False
    return action.done_on is None or action.done_on > end
