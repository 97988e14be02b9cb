"""Where problems stand, in few words: cells under one another as a range, sheets once."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schemas.problems import Problem

WHOLE_FILE = "Whole file"
# More places than this are a list nobody reads.
_MOST = 24


def places(problems: Sequence[Problem]) -> str:
    """`Figures!D2, D4 to D9; Commentary!B3`: every cell, those that follow one another in a column as one.

    >>> from schemas.problems import Problem
    >>> at = [Problem("r", "error", "m", sheet="Figures", cell=f"D{row}", row=row) for row in (4, 2, 5, 6)]
    >>> places(at)
    'Figures!D2, D4 to D6'
    """
    sheets = list(dict.fromkeys(problem.sheet or "" for problem in problems))
    said = [_on(sheet, [p.cell for p in problems if (p.sheet or "") == sheet and p.cell]) for sheet in sheets]
    return "; ".join(words for words in said if words) or WHOLE_FILE


def _on(sheet: str, cells: Iterable[str]) -> str:
    runs = [list(run) for _, run in groupby(enumerate(sorted(set(map(_parts, cells)))), _run)]
    said = [_said(run[0][1], run[-1][1]) for run in runs[:_MOST]]
    rest = sum(map(len, runs[_MOST:]))
    further = f" and {rest:,} more" if rest else ""
    return f"{sheet}!{', '.join(said)}{further}" if said else sheet


def _parts(cell: str) -> tuple[int, str, int]:
    letters = cell.rstrip("0123456789")
    return len(letters), letters, int(cell[len(letters) :] or 0)


def _run(numbered: tuple[int, tuple[int, str, int]]) -> tuple[str, int]:
    """What is the same for cells that follow one another down a column."""
    number, (_, letters, row) = numbered
    return letters, row - number


def _said(first: tuple[int, str, int], last: tuple[int, str, int]) -> str:
    one = f"{first[1]}{first[2]}"
    return one if first == last else f"{one} to {last[1]}{last[2]}"
