"""What one window of a form knows between runs: which part is open, what its fields hold, and what came of each save."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from app import session
from pipelines.flows import answering
from pipelines.flows.answer_form import COLUMNS
from pipelines.flows.form_faults import told
from schemas.problems import UserError

if TYPE_CHECKING:
    from pipelines.flows.answer_checks import Told
    from pipelines.flows.answer_form import Asked, Form
    from pipelines.flows.answering import Between, Saved
    from schemas.returns import Column

_WINDOW = "form_window"
START, CHECK = "start", "check"


@dataclass
class Window:
    """One browser window with a form open. `seen`: the stamp of each statement as this window shows it."""

    token: str
    part: str
    has_moved: bool = False
    seen: dict[str, str] = field(default_factory=dict[str, str])
    refused: dict[tuple[str, str], Told] = field(default_factory=dict[tuple[str, str], "Told"])
    asked: dict[tuple[str, str], Told] = field(default_factory=dict[tuple[str, str], "Told"])
    between: dict[str, Between] = field(default_factory=dict[str, "Between"])
    saved_at: dict[str, datetime] = field(default_factory=dict[str, datetime])
    unsaved: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    failed: str = ""
    looked_over: datetime | None = None


def window(form: Form, token: str) -> Window:
    """This window; a new one opens where the form was left."""
    known: Window | None = st.session_state.get(_WINDOW)
    if known is None or known.token != token:
        known = Window(token, _left_off(form))
        st.session_state[_WINDOW] = known
    return known


def key(statement_id: str, column: str) -> str:
    """The name of one field.

    >>> key("EY1.1", "self_score")
    'answer_EY1.1_self_score'
    """
    return f"answer_{statement_id}_{column}"


def fill(open_in: Window, asked: Asked, column: Column, shown: str | None) -> str:
    """Put what is kept, or could not be, into a field that is not on the page yet; gives the field's name."""
    name = key(asked.statement.id, column.name)
    st.session_state.setdefault(name, open_in.unsaved.get((asked.statement.id, column.name), shown))
    open_in.seen.setdefault(asked.statement.id, asked.stamp)
    return name


def go(open_in: Window, part: str) -> None:
    """Open another part, afresh from what is kept; not before what could not be saved here has been."""
    if open_in.unsaved and not _save(open_in, {}):
        return
    open_in.part, open_in.has_moved = part, True
    for each in (open_in.seen, open_in.refused, open_in.asked, open_in.between, open_in.saved_at):
        each.clear()


def changed(open_in: Window, statement_id: str, column: str) -> None:
    """Save one field that was changed."""
    _save(open_in, {statement_id: {column: st.session_state[key(statement_id, column)] or ""}})


def keep_carried(open_in: Window, carried: tuple[Asked, ...]) -> None:
    """Save last year's answers as this year's, for which somebody has now said that they still hold."""
    _save(open_in, {each.statement.id: dict(each.answer) for each in carried})


def _save(open_in: Window, new: dict[str, dict[str, str]]) -> bool:
    """Save these answers, and with them what could not be saved before; whether it came off."""
    answers = {each: dict(columns) for each, columns in new.items()}
    for (statement_id, column), text in open_in.unsaved.items():
        answers.setdefault(statement_id, {}).setdefault(column, text)
    try:
        saved = answering.save(session.home(), open_in.token, answers, datetime.now(UTC), open_in.seen)
    except UserError as why:
        open_in.failed = told(why)
        open_in.unsaved = {(each, name): text for each, columns in answers.items() for name, text in columns.items()}
        return False
    open_in.unsaved.clear()
    for statement_id, columns in answers.items():
        for column in columns:
            open_in.refused.pop((statement_id, column), None)
            open_in.asked.pop((statement_id, column), None)
        open_in.between.pop(statement_id, None)
    _tell(open_in, saved)
    return True


def _tell(open_in: Window, saved: Saved) -> None:
    open_in.seen.update(saved.stamps)
    open_in.saved_at.update(dict.fromkeys(saved.stamps, saved.at))
    open_in.refused.update({(each.statement_id, each.column): each for each in saved.refused})
    open_in.asked.update({(each.statement_id, each.column): each for each in saved.asked})
    for each in saved.between:
        open_in.between[each.statement_id] = each
        # What the other window wrote is shown; only what stands unsaved in this one stays.
        for column in COLUMNS:
            if (each.statement_id, column.name) not in open_in.refused:
                st.session_state.pop(key(each.statement_id, column.name), None)


def _left_off(form: Form) -> str:
    """The part with the answer saved last; the start where none was."""
    saved = [each for each in form.asked if each.stamp]
    return max(saved, key=lambda each: each.stamp).statement.standard if saved else START
