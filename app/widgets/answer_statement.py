"""One statement of the form: its score, the fields the score calls for, and what came of each save."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import answers
from app.widgets import answer_parts as parts
from app.widgets.answer_fields import asks, fields, shown
from app.widgets.page import put
from pipelines.flows.answer_form import COLUMNS, SCORE
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from app.answers import Window
    from pipelines.flows.answer_form import Asked, Form
    from schemas.returns import Column

_SCORE = next(column for column in COLUMNS if column.name == SCORE)
# From this room on a text gets a box of several lines.
_A_LINE = 100


def statement(window: Window, form: Form, asked: Asked) -> None:
    """One statement with the fields its score calls for, and under each what came of saving it."""
    statement_id = asked.statement.id
    put(parts.question(asked))
    score = _choice(window, asked)
    for column in fields(asked.answer, score):
        _text(window, asked, column)
        _said(window, statement_id, column.name)
    _said(window, statement_id, SCORE)
    other = window.between.get(statement_id)
    if other is not None:
        headings = {column.name: column for column in COLUMNS}
        told = {
            headings[name].heading: (_words(headings[name], asked.answer.get(name, "")), _words(headings[name], was))
            for name, was in other.lost.items()
        }
        put(parts.between(other, form, told))
    if statement_id in window.saved_at:
        some = any(each == statement_id for each, _ in window.refused)
        put(parts.saved(window.saved_at[statement_id], but_for_some=some))


def _choice(window: Window, asked: Asked) -> str:
    statement_id = asked.statement.id
    name = answers.fill(window, asked, _SCORE, asked.answer.get(SCORE) or None)
    labels = {each: catalogue().label("score", each) for each in catalogue().choices["score"]}
    chosen = st.radio(
        f"{statement_id}: how far is this so with you?",
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        key=name,
        on_change=answers.changed,
        args=(window, statement_id, SCORE),
    )
    return chosen or ""


def _text(window: Window, asked: Asked, column: Column) -> None:
    statement_id = asked.statement.id
    name = answers.fill(window, asked, column, shown(column, asked.answer.get(column.name, "")))
    which = (window, statement_id, column.name)
    if column.holds == "day" or column.longest <= _A_LINE:
        st.text_input(asks(column), key=name, on_change=answers.changed, args=which)
    else:
        st.text_area(asks(column), key=name, height="content", on_change=answers.changed, args=which)


def _said(window: Window, statement_id: str, column: str) -> None:
    if (statement_id, column) in window.unsaved:
        put(parts.not_saved(window.failed))
    if (statement_id, column) in window.refused:
        put(parts.refused(window.refused[statement_id, column]))
    if (statement_id, column) in window.asked:
        put(parts.asked_about(window.asked[statement_id, column]))


def _words(column: Column, text: str) -> str:
    return catalogue().label(column.choices, text) if column.choices and text else shown(column, text)
