"""The year-end list: what was to be done by 31 March and was not, whose it is, and what has come since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.html import Html, tag
from app.widgets.learning_rows import to_recommendation
from app.widgets.page import more
from app.widgets.tables import Column, Row, table, two_lines
from pipelines.queries.learning_year_end import not_done, year_end
from schemas.periods import day_words

if TYPE_CHECKING:
    from pipelines.queries.learning import Learning
    from pipelines.queries.learning_facts import Action, Recommendation

_COLUMNS = [
    Column("Action", width="44%"),
    Column("Owner", width="24%"),
    Column("Due by", "Due", width="16%"),
    Column("Since"),
]


def at_year_end(found: Learning, kept: tuple[Recommendation, ...]) -> Html | None:
    """Every action of the year that was not done when it ended; None where the publication tells of no actions."""
    if not found.actions:
        return None
    end, late = year_end(found.made_on), not_done(found, kept)
    if not late:
        return tag("p", f"Every action due in the year to {day_words(end)} was done by then.", cls="second after")
    known = {one.recommendation_id: one for one in kept}
    rows = [
        Row(
            two_lines(to_recommendation(known[each.recommendation_id], each.action_id), each.action.rstrip(".")),
            (each.owner_words, day_words(each.due_on) if each.due_on else "", _since(each)),
        )
        for each in late
    ]
    caption = f"Not done by {day_words(end)}"
    made = table(caption, _COLUMNS, rows, cls="pairs", hide_caption=True)
    return more(f"{caption}: {len(late)} of the year", made)


def _since(action: Action) -> str:
    return f"Done {day_words(action.done_on)}" if action.done_on else action.status_words
