"""What the business unit moderates: from anybody else it stays as it stood, and an empty cell takes nothing back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.listed import listed
from schemas.returns.records import keys, typed
from schemas.rules import log

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.checking.log_cells import Told
    from pipelines.checking.rows import Rows
    from schemas.returns import SheetLayout
    from schemas.returns.records import LogContext


def moderated(rows: Rows, layout: SheetLayout, text: pd.DataFrame, context: LogContext) -> tuple[pd.DataFrame, Told]:
    """The rows with what stands of the keeper's columns filled in, and a note of what was left out.

    Where something new is moderated, the columns that note another keep what that one says now.
    """
    ours = [column.name for column in layout.columns if column.keeper and not column.notes]
    if not ours or text.empty:
        return text, []
    noting = {column.name: column.notes for column in layout.columns if column.notes}
    stood = _stood(layout, text, context, [*ours, *noting])
    made, told = text.copy(), list[tuple[int, str]]()
    new = made[ours[0]].ne("") & made[ours[0]].ne(stood[ours[0]]) if context.moderating else None
    for name in ours:
        sent = made[name]
        if not context.moderating:
            told += [(at, name) for at in sent.index[sent.ne("") & sent.ne(stood[name])]]
        made[name] = sent.where(sent.ne("") & context.moderating, stood[name])
    for name, noted in noting.items():
        made[name] = stood[name] if new is None else made[noted].where(new, stood[name])
    return made, _left_out(rows, told)


def _stood(layout: SheetLayout, text: pd.DataFrame, context: LogContext, names: list[str]) -> pd.DataFrame:
    held = context.before(layout.name)
    before = held.assign(key=keys(layout, held)).drop_duplicates("key", keep="last").set_index("key")[names]
    return before.reindex(keys(layout, typed(layout, text)).tolist()).fillna("").set_axis(text.index)


def _left_out(rows: Rows, told: list[tuple[int, str]]) -> Told:
    if not told:
        return []
    at, column = told[0]
    cells = listed([rows.where(each, name) for each, name in told])
    said = log.MODERATED_LEFT_OUT.problem({"count": len(told), "cells": cells}, **rows.place(at, column))
    return [(at, said)]
