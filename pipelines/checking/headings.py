"""Finding the heading row of a sheet, wherever it stands, and which column holds what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.returns.heading_words import loosely
from schemas.returns.meaning import meaning

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.reading import Sheet, Value
    from schemas.returns import SheetLayout

# Title blocks and letterheads are seldom longer.
_SEARCHED = 60
# Fewer recognised headings than this may be chance in a sheet of prose.
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Headings:
    """Where a sheet's table begins (0-based row of its first data) and the 0-based column of each thing it holds.

    Of these `empty` hold nothing; `guessed` are headings known by likeness only, and what they were taken for.
    """

    first_row: int
    columns: Mapping[str, int]
    doubled: Mapping[str, tuple[int, ...]]
    unread: tuple[tuple[int, str], ...]
    empty: frozenset[str] = frozenset()
    guessed: tuple[tuple[str, str], ...] = ()

    def missing(self, layout: SheetLayout) -> list[str]:
        """The headings the sheet cannot do without and has not got: one of each group is enough.

        The first of a group may stand empty; the others stand for it only where something stands in them.
        """
        absent = [group for group in layout.required if not any(self._serves(name, group) for name in group)]
        return [" or ".join(layout.column(name).heading for name in group) for group in absent]

    def _serves(self, name: str, group: tuple[str, ...]) -> bool:
        return name in self.columns and (name == group[0] or name not in self.empty)


def find(sheet: Sheet, layout: SheetLayout) -> Headings | None:
    """The best heading row among the first rows, on one line or two; None where the sheet has no such table.

    A heading merged over several columns counts for each of them, so "Children" over "Number" and "Out of" reads well.
    """
    known = layout.headings
    best: tuple[int, int, list[str], list[str | None]] | None = None
    above: list[str] = []
    for index, cells in enumerate(_searched(sheet)):
        texts = [cell if isinstance(cell, str) else "" for cell in cells]
        for lines in (1, 2) if above else (1,):
            names = _named(texts, above if lines == 2 else [], known)
            score = len({name for name in names if name})
            if best is None or score > best[0]:
                best = (score, index + 1, texts, names)
        above = _carried(texts, index, sheet)
    if best is None or best[0] < min(_ENOUGH, len(layout.columns) - 1):
        return None
    return _headings(*best[1:], sheet, known)


def _searched(sheet: Sheet) -> Sequence[Sequence[Value]]:
    return sheet.rows[:_SEARCHED]


def _named(texts: list[str], above: list[str], known: Mapping[str, str]) -> list[str | None]:
    if not above:
        return [known.get(meaning(text)) if text else None for text in texts]
    joined = (f"{up} {text}".strip() for up, text in zip(above, texts, strict=True))
    return [
        known.get(meaning(text)) or known.get(meaning(both)) or (known.get(meaning(up)) if not text else None)
        for text, both, up in zip(texts, joined, above, strict=True)
    ]


def _carried(texts: list[str], row: int, sheet: Sheet) -> list[str]:
    """A row's texts with each merged heading repeated over the columns it spans."""
    carried = list(texts)
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left < len(texts):
            carried[left : right + 1] = [texts[left]] * len(carried[left : right + 1])
    return carried


def _headings(
    first_row: int, texts: list[str], names: list[str | None], sheet: Sheet, known: Mapping[str, str]
) -> Headings:
    guessed = _guessed(first_row, texts, names, sheet, known)
    names = [guessed.get(column, name) for column, name in enumerate(names)]
    places: dict[str, list[int]] = {}
    for column, name in enumerate(names):
        if name:
            places.setdefault(name, []).append(column)
    filled = {name: [c for c in found if _holds(sheet, first_row, c)] for name, found in places.items()}
    unread = tuple(
        (column, " ".join(text.split()))
        for column, text in enumerate(texts)
        if text.strip() and not names[column] and _holds(sheet, first_row, column)
    )
    columns = {name: (filled[name] or found)[0] for name, found in places.items()}
    return Headings(
        first_row,
        columns,
        {name: tuple(found) for name, found in filled.items() if len(found) > 1},
        unread,
        frozenset(name for name, found in filled.items() if not found),
        tuple((" ".join(texts[column].split()), name) for column, name in guessed.items()),
    )


def _guessed(
    first_row: int, texts: list[str], names: list[str | None], sheet: Sheet, known: Mapping[str, str]
) -> dict[int, str]:
    """What headings nobody knows may mean, each where nothing else has that meaning: a note in brackets, a slip of the hand."""
    found: dict[int, str] = {}
    for column, text in enumerate(texts):
        if text.strip() and not names[column] and _holds(sheet, first_row, column):
            name = loosely(text, known)
            if name and name not in names and name not in found.values():
                found[column] = name
    return found


def _holds(sheet: Sheet, first_row: int, column: int) -> bool:
    return sheet.columns[column].last() >= first_row
