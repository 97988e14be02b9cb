"""The tables of the Learning page: overdue by owner, learning found again, and every recommendation on a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.amounts import number_word
from app.widgets.html import Html, join, tag
from app.widgets.learning_steps import LIST
from app.widgets.page import empty, more, section
from app.widgets.tables import Column, Row, table, two_lines
from app.widgets.verdict_cards import to_recommendation, verdict_mark
from pipelines.queries import learning_lists as lists
from schemas.periods import day_words

if TYPE_CHECKING:
    from pipelines.queries.learning import Learning
    from pipelines.queries.learning_facts import Action, Recommendation

Kept = tuple["Recommendation", ...]
# An owner's latest actions by name; the others are counted.
_LATE_SHOWN = 3


def overdue(found: Learning, kept: Kept) -> Html | None:
    """Actions past their date by owner, the longest first."""
    owners = lists.overdue(found, kept)
    if not found.actions:
        return None
    if not owners:
        return section(
            "Overdue, by owner", empty("Nothing is overdue", "Every action is done or not yet due."), anchor="overdue"
        )
    columns = [
        Column("Owner", width="28%"),
        Column("Actions overdue", "Overdue", width="12%"),
        Column("Longest", width="14%"),
        Column("Which"),
    ]
    rows = [
        Row(each.owner, (str(len(each.actions)), _days(each.longest), _late(found, each.actions))) for each in owners
    ]
    note = "Actions past their due date and not done, on the day of this publication. The longest first."
    made = table("Overdue actions by owner", columns, rows, cls="pairs", hide_caption=True)
    return section("Overdue, by owner", made, note=note, anchor="overdue")


def again(found: Learning, kept: Kept) -> Html | None:
    """Learning that came back within 24 months after the earlier recommendation was called complete."""
    mine = lists.again(kept)
    if not mine:
        return None
    known = {one.recommendation_id: one for one in found.recommendations}
    columns = [
        Column("Found again", width="38%"),
        Column("Earlier recommendation", "Earlier", width="34%"),
        Column("What came back"),
    ]
    rows = [
        Row(to_recommendation(one), (_earlier(known.get(one.repeats_id or ""), one), one.repeats_words)) for one in mine
    ]
    made = table("The same learning found again", columns, rows, cls="pairs", hide_caption=True)
    note = f"{number_word(len(mine))} found again within 24 months after an earlier recommendation was complete."
    return section("The same learning found again", made, note=note, anchor="again")


def every(kept: Kept, *, is_open: bool) -> Html:
    """Every recommendation on a line of its own, the furthest first; open where the reader asked for some."""
    ordered = sorted(kept, key=lambda one: -one.level)
    columns = [
        Column("Recommendation", width="38%"),
        Column("Step reached", "Step", width="14%"),
        Column("Verdict", width="20%"),
        Column("Owner", width="16%"),
        Column("Due by", "Due"),
    ]
    made = table(
        "Recommendations, the furthest first", columns, [_line(one) for one in ordered], cls="pairs", hide_caption=True
    )
    inside = made if is_open else more(f"Show all {len(ordered)}", made)
    return section(
        "Every recommendation", inside, note="Each has a page of its own, from incident to verdict.", anchor=LIST
    )


def _line(one: Recommendation) -> Row:
    who = two_lines(one.owner_words, one.owner_role)
    due = day_words(one.due_on) if one.due_on else "No date"
    named = two_lines(to_recommendation(one), " · ".join(part for part in (one.theme_words, one.source_words) if part))
    return Row(named, (one.level_words, verdict_mark(one), who, due))


def _late(found: Learning, actions: tuple[Action, ...]) -> Html:
    """The longest overdue by name, the others counted."""
    known = {one.recommendation_id: one for one in found.recommendations}
    said = [
        join(
            to_recommendation(known[each.recommendation_id], each.recommendation_id),
            f" {each.action.rstrip('.')}, due {day_words(each.due_on)}" if each.due_on else f" {each.action}",
        )
        for each in actions[:_LATE_SHOWN]
    ]
    rest = len(actions) - _LATE_SHOWN
    return tag("span", join(*said, between="; "), f"; and {rest} more" if rest > 0 else None)


def _earlier(earlier: Recommendation | None, one: Recommendation) -> Html:
    if earlier is None:
        return tag("span", one.repeats_id or "")
    closed = f"complete on {day_words(earlier.closed_on)}" if earlier.closed_on else earlier.level_words
    return two_lines(to_recommendation(earlier), closed)


def _days(days: int) -> str:
    return f"{days:,} day{'' if days == 1 else 's'}"
