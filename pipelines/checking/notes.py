"""Things worth saying about a file as a whole: what was read as what, and what is owed but absent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.checking.typed import markers
from schemas.returns.by_value import joined_keys
from schemas.returns.facts import KEY
from schemas.returns.markers import MARKERS
from schemas.rules import file as faults

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from pipelines.checking.cells import Cells
    from pipelines.checking.judging import Places
    from schemas.problems import Problem
    from schemas.returns.context import Context

_SHOWN = 5


def on_numbers(tables: Iterable[Cells], places: Places) -> list[Problem]:
    """One note for all the numbers stored as text."""
    cells = [f"{t.sheet}!{places.cell(t.sheet, row, name)}" for t in tables for row, name in t.as_text]
    return [faults.NUMBERS_AS_TEXT.problem({"count": len(cells), "cells": first_few(cells)})] if cells else []


def on_markers(text: pd.DataFrame, places: Places) -> list[Problem]:
    """One note for all the older signs, and signs typed in a number's place, that were read as markers."""
    found = markers(text)
    plain = text["marker"].str.lower().isin(list(MARKERS))
    read = text[found.ne("") & ~plain]
    cells: list[str] = []
    for at in read.index:
        column = next(name for name in ("marker", "numerator", "value", "denominator") if text.at[at, name])
        cell = places.cell(str(text.at[at, "sheet"]), int(text.at[at, "row"]), column)  # pyright: ignore[reportArgumentType]
        cells.append(f"“{text.at[at, column]}” as {found[at]} in {text.at[at, 'sheet']}!{cell}")
    return [faults.MARKERS_MAPPED.problem({"count": len(cells), "cells": first_few(cells)})] if cells else []


def on_formulas(text: pd.DataFrame, places: Places) -> list[Problem]:
    """One note for all reasons that a spreadsheet would take for formulas."""
    odd = text[text["reason"].str.match(r"[=+@-]")]
    cells = [
        f"{sheet}!{places.cell(sheet, row, 'reason')}" for sheet, row in zip(odd["sheet"], odd["row"], strict=True)
    ]
    return [faults.FORMULA_TEXT.problem({"count": len(cells), "cells": first_few(cells)})] if cells else []


def on_absent(figures: pd.DataFrame, not_held: set[str], context: Context) -> list[Problem]:
    """One note for the figures owed that neither came nor were said to be not held."""
    sent = set(joined_keys(figures, KEY))
    owed = [(figure, figure.partition("|")[0]) for figure in joined_keys(context.owed, KEY)]
    owed = [(figure, indicator) for figure, indicator in owed if indicator not in not_held]
    absent = [indicator for figure, indicator in owed if figure not in sent]
    if not absent:
        return []
    ids = list(dict.fromkeys(absent))
    words = {"count": len(absent), "owed": len(owed), "which": first_few(ids)}
    return [faults.FIGURES_ABSENT.problem(words)]


def first_few(texts: list[str]) -> str:
    """The first five, and how many more there are.

    >>> first_few(["a", "b"]), first_few(list("abcdefg"))
    ('a, b', 'a, b, c, d, e and 2 more')
    """
    more = f" and {len(texts) - _SHOWN:,} more" if len(texts) > _SHOWN else ""
    return ", ".join(texts[:_SHOWN]) + more
