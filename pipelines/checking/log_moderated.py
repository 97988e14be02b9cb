"""What the business unit moderates: from anybody else it stays as it stood, and an empty cell takes nothing back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from schemas.returns.labelled import OBJECT
from schemas.returns.listed import listed
from schemas.returns.records import keys, typed
from schemas.rules import log

if TYPE_CHECKING:
    from pipelines.checking.log_cells import Told
    from pipelines.checking.rows import Rows
    from schemas.returns import SheetLayout
    from schemas.returns.records import LogContext


@dataclass(frozen=True)
class Moderated:
    """The rows as they are to be kept, a note of what was left out, and the rows whose answers stood and stay."""

    text: pd.DataFrame
    told: Told
    settled: frozenset[int] = frozenset()


def moderated(rows: Rows, layout: SheetLayout, text: pd.DataFrame, context: LogContext) -> Moderated:
    """The rows with what stands of the columns that are not the sender's to fill.

    The keeper's columns stand where anybody else sends. Where the keeper moderates, what the sender has answered stands:
    a copy taken last month must not undo what was sent since. Columns that note another keep what the copy said of that
    one where something new is moderated: that is what was looked at, whatever has been answered since.
    """
    ours = [column.name for column in layout.columns if column.keeper and not column.notes]
    if not ours or text.empty:
        return Moderated(text, [])
    noting = {column.name: column.notes for column in layout.columns if column.notes}
    theirs = [c.name for c in layout.columns if c.answer and not c.keeper and not c.from_cover]
    stood, is_there = _stood(layout, text, context, [*ours, *noting, *theirs])
    made, told = text.copy(), list[tuple[int, str]]()
    seen = {noted: made[noted].where(made[noted].ne(""), stood[noted]) for noted in noting.values()}
    settled = is_there & (context.moderating and context.kind.from_respondents)
    for name in theirs:
        made[name] = made[name].where(~settled, stood[name])
    new = _anew(ours, made, stood) if context.moderating else None
    for name in ours:
        sent = made[name]
        if not context.moderating:
            told += [(at, name) for at in sent.index[sent.ne("") & sent.ne(stood[name])]]
        made[name] = sent.where(sent.ne("") & context.moderating, stood[name])
    for name, noted in noting.items():
        made[name] = stood[name] if new is None else seen[noted].where(new, stood[name])
    return Moderated(made, _left_out(rows, told), frozenset(settled.index[settled].tolist()))


def _anew(ours: list[str], made: pd.DataFrame, stood: pd.DataFrame) -> pd.Series:
    """Whether a row moderates again: it has a score, and says of it what did not stand, if only in its comment."""
    said = pd.DataFrame({name: made[name].ne("") & made[name].ne(stood[name]) for name in ours})
    return said.any(axis=1) & (made[ours[0]].ne("") | stood[ours[0]].ne(""))


def _stood(
    layout: SheetLayout, text: pd.DataFrame, context: LogContext, names: list[str]
) -> tuple[pd.DataFrame, pd.Series]:
    """What stands of each row in some columns, as text, and whether anything does."""
    held = context.before(layout.name)
    if held.empty:
        nothing = pd.DataFrame("", text.index, names, dtype=OBJECT)
        return nothing, pd.Series([False] * len(text), text.index, dtype="bool")
    named = keys(layout, typed(layout, text)).tolist()
    before = held.assign(key=keys(layout, held)).drop_duplicates("key", keep="last").set_index("key")[names].copy()
    for name in before.columns[[str(kind).startswith("datetime") for kind in before.dtypes]]:
        before[name] = before[name].dt.strftime("%Y-%m-%d")
    is_there = pd.Series([key in before.index for key in named], text.index, dtype="bool")
    return before.reindex(named).fillna("").astype("str").astype(OBJECT).set_axis(text.index), is_there


def _left_out(rows: Rows, told: list[tuple[int, str]]) -> Told:
    if not told:
        return []
    at, column = told[0]
    cells = listed([rows.where(each, name) for each, name in told])
    said = log.MODERATED_LEFT_OUT.problem({"count": len(told), "cells": cells}, **rows.place(at, column))
    return [(at, said)]
