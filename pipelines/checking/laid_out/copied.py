"""Sheets of an agency's own spreadsheet that say again what another sheet says: copies, and old copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.checking.laid_out.picking import records
from pipelines.checking.laid_out.spread import YEAR
from schemas.returns.numbers import number_in
from schemas.rules import file_layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from schemas.problems import Problem

_ROW = ("indicator_id", "answer", "breakdown", "category", "area_id")
# One row on two sheets is a figure given twice, and said as such; more are a sheet that was copied.
_LEAST = 2
Cells = dict[tuple[str, ...], str]


def about_copies(cells: pd.DataFrame, signs: frozenset[str]) -> Iterator[Problem]:
    """Each sheet all of whose rows stand on an earlier one, with most of its figures in the same columns.

    `cells` are those of known rows; `signs` stand for nothing, and differ from no number.
    """
    sheets = _by_sheet(cells, signs)
    names = list(sheets)
    for at, name in enumerate(names):
        mine = sheets[name]
        rows = {key[: len(_ROW)] for key in mine}
        for other in names[:at]:
            shared = mine.keys() & sheets[other].keys()
            is_copy = len(rows) >= _LEAST and rows <= {key[: len(_ROW)] for key in sheets[other]}
            if not is_copy or 2 * len(shared) <= len(mine):
                continue
            differ = sum(not _same(mine[key], sheets[other][key]) for key in shared)
            words = {"sheet": name, "other": other, "count": len(rows), "differ": differ}
            fault = file_layout.SHEET_REPEATED_OTHERWISE if differ else file_layout.SHEET_REPEATED
            yield fault.problem(words, sheet=name)
            break


def _by_sheet(cells: pd.DataFrame, signs: frozenset[str]) -> dict[str, Cells]:
    """Of each sheet, in their order: the text of every figure, by its row and the period of its column."""
    found: dict[str, Cells] = {}
    for cell in records(cells[~cells["role"].eq(YEAR) & ~cells["text"].isin(list(signs))]):
        key = (*(str(cell[name]) for name in _ROW), str(cell["word"]), str(cell["year"] or ""))
        found.setdefault(str(cell["sheet"]), {}).setdefault(key, str(cell["text"]))
    return found


def _same(one: str, other: str) -> bool:
    return one == other or (number_in(one) is not None and number_in(one) == number_in(other))
