"""Things worth saying about a file as a whole: what was read as what, and what is owed but absent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipelines.checking.typed import markers
from pipelines.reading import address
from schemas.returns.listed import listed
from schemas.returns.markers import MARKERS
from schemas.rules import file_contents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.checking.cells import Cells
    from pipelines.checking.rows import Rows
    from schemas.problems import Problem
    from schemas.returns.context import Context


def on_numbers(tables: Iterable[Cells]) -> list[Problem]:
    """One note for all the numbers stored as text."""
    cells = [(table.sheet, *place) for table in tables for place in table.as_text]
    if not cells:
        return []
    named = listed(cells, lambda cell: f"{cell[0]}!{address(*cell[1:])}")
    return [file_contents.NUMBERS_AS_TEXT.problem({"count": len(cells), "cells": named})]


def on_markers(rows: Rows) -> list[Problem]:
    """One note for all the older signs, and signs typed in a number's place, that were read as markers."""
    found = markers({name: rows.column(name) for name in ("marker", "numerator", "value", "denominator")})
    plain = rows.column("marker").answers(lambda sign: sign.lower() in MARKERS, "bool")
    read = np.flatnonzero(~found.is_("") & ~plain)

    def said(position: int) -> str:
        at, marker = int(rows.text.index[position]), found.texts[found.codes[position]]
        column = next(name for name in ("marker", "numerator", "value", "denominator") if rows.value(at, name))
        return f"“{rows.value(at, column)}” as {marker} in {rows.where(at, column)}"

    words = {"count": len(read), "cells": listed(read.tolist(), said)}
    return [file_contents.MARKERS_MAPPED.problem(words)] if len(read) else []


def on_formulas(rows: Rows) -> list[Problem]:
    """One note for all reasons that a spreadsheet would take for formulas."""
    odd = rows.column("reason").answers(lambda text: text.startswith(("=", "+", "-", "@")), "bool")
    cells = rows.text.index[odd].tolist()
    words = {"count": len(cells), "cells": listed(cells, lambda at: rows.where(at, "reason"))}
    return [file_contents.FORMULA_TEXT.problem(words)] if cells else []


def on_absent(sent: frozenset[str], not_held: set[str], context: Context) -> list[Problem]:
    """One note for the figures owed that neither came, right or wrong, nor were said to be not held."""
    owed = {figure: indicator for figure, indicator in context.owed.items() if indicator not in not_held}
    absent = [indicator for figure, indicator in owed.items() if figure not in sent]
    if not absent:
        return []
    words = {"count": len(absent), "owed": len(owed), "which": listed(list(dict.fromkeys(absent)))}
    return [file_contents.FIGURES_ABSENT.problem(words)]
