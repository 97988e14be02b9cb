"""What agencies said they would do about what is not in place: whose it is, by when, done or overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.assessments.replies import agencies_of
from pipelines.publishing.assessments.score_words import plural
from pipelines.publishing.logs.log import day_of
from schemas.periods import day_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.assessments.answers import Answer
    from pipelines.publishing.assessments.rounds import Round

OVERDUE, OPEN, UNDATED, UNSAID, DONE = "overdue", "open", "undated", "unsaid", "done"
# Scores after which nothing is left to be done about a statement, as words.
_SETTLED = {"s2": "scored 2", "s3": "scored 3", "na": "said not to apply"}
_ORDER = (OVERDUE, OPEN, UNDATED, UNSAID, DONE)


def development_action_rows(inputs: Inputs, every: Sequence[Round]) -> list[dict[str, Any]]:
    """Each agency's action on each statement as it last said it: overdue first, the longest first of all.

    An action that was not said to be done stays in the list where its statement is answered later without one. Scored 2
    or 3 since, it is neither overdue nor done: the score may mean that it was done, and does not say so.
    """
    latest: dict[tuple[str, str], dict[str, Any]] = {}
    for one in sorted(every, key=lambda each: each.year):
        for reply in agencies_of(inputs, one):
            agency = reply.body.agency.title if reply.body.agency else ""
            for answer in reply.answers:
                key = (reply.body.body_id, answer.statement.id)
                row = _row(inputs.today, one, answer) | {"agency_id": key[0], "agency": agency}
                latest[key] = row if row["action"] else _left(latest.get(key), one, answer) or row
    found = sorted((row for row in latest.values() if row["action"]), key=_place)
    return [row | {"position": position} for position, row in enumerate(found)]


def _left(before: dict[str, Any] | None, one: Round, answer: Answer) -> dict[str, Any] | None:
    """An action of an earlier year that is not done, once the statement is answered without one; None where there is none."""
    if before is None or not before["action"] or before["state"] == DONE:
        return None
    if before["state"] == UNSAID or answer.row["self_score"] not in _SETTLED:
        return before
    scored = _SETTLED[answer.row["self_score"]]
    words = f"Not said to be done; the statement was {scored} in {one.year.short}"
    return before | {"state": UNSAID, "state_words": words, "overdue_days": 0}


def _row(today: date, one: Round, answer: Answer) -> dict[str, Any]:
    due, done = day_of(answer.row["due_date"]), day_of(answer.row["done_on"])
    state = DONE if done else UNDATED if due is None else OVERDUE if due < today else OPEN
    late = (today - due).days if due and state == OVERDUE else 0
    return {
        "year_id": one.year.id,
        "statement_id": answer.statement.id,
        "standard": one.instrument.standards[answer.statement.standard].title,
        "action": answer.row["action"].strip(),
        "owner_role": answer.row["owner_role"],
        "due_on": due,
        "done_on": done,
        "state": state,
        "state_words": _words(state, due, done, late),
        "overdue_days": late,
    }


def _words(state: str, due: date | None, done: date | None, late: int) -> str:
    if done:
        return f"Done {day_words(done)}"
    if due is None:
        return "Not done; no date given"
    return f"Overdue by {plural(late, 'day')}" if state == OVERDUE else f"Due by {day_words(due)}"


def _place(row: dict[str, Any]) -> tuple[int, str, str, str]:
    """Overdue and open by the day they are due, the earliest first; done ones by the day, the last first."""
    day = row["due_on"].isoformat() if row["due_on"] else ""
    return _ORDER.index(row["state"]), day, row["agency"], row["statement_id"]
