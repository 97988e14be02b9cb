"""Rows of totals in a sheet of a log: recognised by their first cell, left out and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    columns = [rows.text[column.name].tolist() for column in layout.columns]
    firsts = [next(filter(None, cells), "") for cells in zip(*columns, strict=True)]
    named = rows.text[layout.key[0]].tolist()
    totals = [
        at
        for at, first, name in zip(rows.text.index.tolist(), firsts, named, strict=True)
        if name in ("", first) and meaning(first) in _TOTALS
    ]
    if not totals:
        return rows, []
    cells = [rows.where(at, layout.key[0]) for at in totals]
    note = file_contents.TOTALS_DROPPED.problem({"count": len(cells), "cells": listed(cells)})
    return rows.only(rows.text.drop(index=totals)), [note]
