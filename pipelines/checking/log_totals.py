"""Rows of totals in a sheet of a log: recognised by their first cell, left out and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.by_value import by_value
from schemas.returns.listed import listed
from schemas.returns.meaning import meaning
from schemas.rules import file_contents

if TYPE_CHECKING:
    from pipelines.checking.rows import Rows
    from schemas.problems import Problem
    from schemas.returns import SheetLayout

_TOTALS = frozenset({"total", "totals", "all", "grand total", "sum", "sub total", "subtotal", "overall total"})


def without_totals(rows: Rows, layout: SheetLayout) -> tuple[Rows, list[Problem]]:
    """The rows without those whose first filled cell says total, and a note of what was left out.

    Only where that cell should name a record: elsewhere “All” is an answer.
    """
    first = rows.text[[column.name for column in layout.columns]].replace("", None).bfill(axis=1).iloc[:, 0]
    named = rows.text[layout.key[0]]
    says = by_value(first.fillna("").astype("str"), lambda cell: meaning(cell) in _TOTALS, "bool")
    totals = says & (named.eq("") | named.eq(first))
    if not totals.any():
        return rows, []
    cells = [rows.where(int(at), layout.key[0]) for at in rows.text.index[totals]]
    note = file_contents.TOTALS_DROPPED.problem({"count": len(cells), "cells": listed(cells)})
    return rows.only(rows.text[~totals]), [note]
