"""Critical statements that are not met, first on the page; and what agencies said they would do, overdue first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.clocks_shown import when
from app.widgets.html import Html, join, tag
from app.widgets.icons import mark
from app.widgets.page import empty, more, section
from app.widgets.self_links import named
from app.widgets.tables import Column, Row, table, two_lines
from pipelines.queries import self_assessment_words as words
from pipelines.queries.self_assessment_facts import DONE, UNSAID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.widgets.html import Child
    from pipelines.queries.self_assessment_facts import Action, Answer
    from pipelines.queries.self_assessment_year import Assessed

_ICONS = {"overdue": "missing", "open": "usual", "undated": "none", "unsaid": "none", "done": "done"}
# As many as are read at a sitting; the others open in place.
AT_FIRST = 12
_NO_ACTION = "No action given"


def unmet_shown(found: Assessed) -> Html | None:
    """Whose critical statement is not met, which, and what is being done about it."""
    if not found.answers:
        return None
    note = (
        "A critical statement scored 0 or 1 is shown whatever the agency's other scores are: by the moderated score where "
        "there is one, by its own where not."
    )
    title, anchor = "Critical statements not met", "critical"
    if not found.unmet:
        said = "No agency that has answered scores a critical statement 0 or 1, nor has moderation."
        return section(title, empty("None", said), note=note, anchor=anchor)
    columns = [
        Column("Agency", width="19%"),
        Column("Statement", width="31%"),
        Column("Score", width="15%"),
        Column("What they are doing", "Doing", width="19%"),
        Column("Owner and date", "Owner", width="16%"),
    ]
    rows = [Row(named(found, each.agency_id), _cells(found, each)) for each in found.unmet]
    return section(
        title, table(title, columns, rows, cls="pairs fixed spoken", hide_caption=True), note=note, anchor=anchor
    )


def _cells(found: Assessed, answer: Answer) -> tuple[Child, ...]:
    statement, action = found.statement(answer.statement_id), found.action_on(answer)
    doing = action.action if action else _NO_ACTION
    whose = _whose(action) if action else "–"
    return two_lines(statement.text, f"{statement.statement_id}, {statement.standard}"), scored(answer), doing, whose


def scored(answer: Answer) -> Html:
    """An answer's own score and its moderated one, each in words, and why one counts less."""
    lines: list[Child] = [words.score_label(answer.self_score) or "No score"]
    if answer.moderated_score:
        lines.append(tag("span", f"Moderated: {words.score_label(answer.moderated_score)}", cls="under"))
    if answer.points_words:
        lines.append(tag("span", answer.points_words, cls="under"))
    return tag("span", lines)


def actions_shown(found: Assessed, actions: Sequence[Action], *, whose: bool = True) -> Html | None:
    """What was promised, whose it is and by when: overdue first, done ones apart. `whose` names the agency."""
    if not actions:
        return None
    waiting = [each for each in actions if each.state not in (DONE, UNSAID)]
    unsaid, done = ([each for each in actions if each.state == state] for state in (UNSAID, DONE))
    late, of = words.overdue(tuple(actions))
    years = words.overdue_years(tuple(actions), found.year_id)
    which = f": {years}" if years else ""
    note = f"{late} of {of} {'action' if of == 1 else 'actions'} not yet done {'is' if late == 1 else 'are'} overdue{which}."
    if not waiting:
        note = "Nothing promised is waiting." if unsaid else "Everything promised is done."
    first, rest = waiting[:AT_FIRST], waiting[AT_FIRST:]
    return section(
        "What agencies are doing about it" if whose else "Development actions",
        _actions(found, first, "Development actions", whose=whose) if first else None,
        more(f"{len(rest)} more", _actions(found, rest, "More actions", whose=whose)) if rest else None,
        more(
            f"Not said to be done, and scored better since ({len(unsaid)})",
            _actions(found, unsaid, "Actions not said to be done", whose=whose),
        )
        if unsaid
        else None,
        more(f"Done ({len(done)})", _actions(found, done, "Actions done", whose=whose)) if done else None,
        note=note,
        anchor="actions",
    )


def _actions(found: Assessed, actions: Sequence[Action], caption: str, *, whose: bool) -> Html:
    what, state = Column("What will be done", "Action"), Column("Where it stands", "State", width="22%")
    first = Column("Agency", width="22%") if whose else Column("About", width="28%")
    columns = [first, what, Column("Owner", width="18%"), state]
    rows = [_row(found, each, whose=whose) for each in actions]
    return table(caption, columns, rows, cls="pairs fixed spoken", hide_caption=True)


def _row(found: Assessed, each: Action, *, whose: bool) -> Row:
    about = f"{each.statement_id}, {each.standard}"
    what = two_lines(each.action, about) if whose else each.action
    heading = named(found, each.agency_id) if whose else about
    return Row(heading, (what, each.owner_role or "No owner given", _state(each)))


def _state(each: Action) -> Html:
    due = f"was due by {when(each.due_on)}" if each.overdue_days else None
    return join(mark(_ICONS[each.state], each.state_words), tag("span", due, cls="under") if due else None)


def _whose(action: Action) -> Html:
    return tag("span", action.owner_role or "No owner given", tag("span", _state(action), cls="under"))
