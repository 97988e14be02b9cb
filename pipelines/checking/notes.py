"""Things worth saying about a file as a whole: what was read as what, and what is owed but absent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.checking.typed import markers
from schemas.returns.by_value import by_value
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
    cells = [f"{table.sheet}!{cell}" for table in tables for cell in table.as_text]
    return [file_contents.NUMBERS_AS_TEXT.problem({"count": len(cells), "cells": listed(cells)})] if cells else []


def on_markers(rows: Rows) -> list[Problem]:
    """One note for all the older signs, and signs typed in a number's place, that were read as markers."""
    text = rows.text
    found = markers(text)
    plain = by_value(text["marker"], lambda sign: sign.lower() in MARKERS, "bool")
    read = found[found.ne("") & ~plain]
    cells: list[str] = []
    for at, marker in read.items():
        columns = ("marker", "numerator", "value", "denominator")
        column = next(name for name in columns if rows.value(int(at), name))  # pyright: ignore[reportArgumentType]
        cells.append(f"“{rows.value(int(at), column)}” as {marker} in {rows.where(int(at), column)}")  # pyright: ignore[reportArgumentType]
    return [file_contents.MARKERS_MAPPED.problem({"count": len(cells), "cells": listed(cells)})] if cells else []


def on_formulas(rows: Rows) -> list[Problem]:
    """One note for all reasons that a spreadsheet would take for formulas."""
    odd = by_value(rows.text["reason"], lambda text: text.startswith(("=", "+", "-", "@")), "bool")
    cells = [rows.where(int(at), "reason") for at in rows.text.index[odd]]
    return [file_contents.FORMULA_TEXT.problem({"count": len(cells), "cells": listed(cells)})] if cells else []


def on_absent(sent: frozenset[str], not_held: set[str], context: Context) -> list[Problem]:
    """One note for the figures owed that neither came, right or wrong, nor were said to be not held."""
    owed = {figure: indicator for figure, indicator in context.owed.items() if indicator not in not_held}
    absent = [indicator for figure, indicator in owed.items() if figure not in sent]
    if not absent:
        return []
    words = {"count": len(absent), "owed": len(owed), "which": listed(list(dict.fromkeys(absent)))}
    return [file_contents.FIGURES_ABSENT.problem(words)]
