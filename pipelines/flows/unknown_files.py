"""A spreadsheet nobody has told Throughline how to read: looked at as a grid, with what it could be, for a person to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.checking.cells import as_text, tidied
from pipelines.checking.guessing import known, tables, whole
from pipelines.checking.guessing.columns import ColumnGuess, Role, Use
from pipelines.checking.guessing.heads import SEARCHED
from pipelines.checking.guessing.labels import LIKELY, UNSURE, Match, certainty
from pipelines.checking.guessing.names import standing_names
from pipelines.checking.guessing.tables import (
    HEADING,
    MOST_LABELS,
    NO_FIGURES,
    REASONS,
    TOTAL,
    RowGuess,
    Said,
    TableGuess,
)
from pipelines.checking.guessing.whole import Chosen, Guess
from pipelines.checking.laid_out.matching import Match as LayoutMatch
from pipelines.checking.person_level import findings
from pipelines.flows.layouts import may_be_kept
from pipelines.reading import column_letters, read
from schemas.problems import UserError
from schemas.returns.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pipelines.reading import Sheet, Value, Workbook
    from schemas.layouts.layout import Layout

__all__ = [
    "HEADING",
    "LIKELY",
    "MOST_LABELS",
    "NOT_SHOWN",
    "REASONS",
    "TOTAL",
    "UNSURE",
    "Chosen",
    "ColumnGuess",
    "Grid",
    "Guess",
    "LayoutMatch",
    "Match",
    "Role",
    "RowGuess",
    "Said",
    "TableGuess",
    "Unknown",
    "Use",
    "certainty",
    "grid",
    "guessed",
    "guessed_sheet",
    "kept_answers",
    "kept_uses",
    "last_head",
    "layout",
    "letters",
    "looked_at",
    "read_by",
    "shown",
]  # fmt: skip
NOT_SHOWN = "(not shown)"
GRID_ROWS, GRID_COLUMNS = 40, 30
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Unknown:
    """A file that could be read and is not about single people, but that no kind of return fits, or no layout whole."""

    workbook: Workbook

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets a reader of the file sees."""
        return tuple(sheet.name for sheet in self.workbook.sheets if sheet.visible and sheet.rows)


@dataclass(frozen=True, slots=True)
class Grid:
    """The top of a sheet as text: column letters, and each row's number with its cells; how many more there are."""

    letters: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    more_rows: int
    more_columns: int


def looked_at(path: Path) -> Unknown:
    """Read a file to be shown. UserError where it cannot be read, or holds anything about single people."""
    workbook = read(path)
    if findings(workbook):
        raise UserError("This file holds details of single people. It is not shown, and nothing of it is kept.")
    return Unknown(workbook)


def guessed(unknown: Unknown, agency_id: str, said: Mapping[str, Said] | None = None) -> Guess:
    """How the file could be read, with what a person has put right already, by sheet."""
    return whole.guess(unknown.workbook, standing_names(), agency_id, said)


def grid(unknown: Unknown, sheet_name: str) -> Grid:
    """The first rows of a sheet. A cell that could be a person's name or number is not shown, even to its sender."""
    sheet = next(sheet for sheet in unknown.workbook.sheets if sheet.name == sheet_name)
    wide = _used(sheet)
    shown = min(wide, GRID_COLUMNS)
    rows = tuple(
        (
            at + 1,
            tuple(_cell(cell, is_percent=(at, column) in sheet.percent) for column, cell in enumerate(row[:shown])),
        )
        for at, row in enumerate(sheet.rows[:GRID_ROWS])
    )
    return Grid(tuple(map(column_letters, range(shown))), rows, max(0, len(sheet.rows) - GRID_ROWS), wide - shown)


def guessed_sheet(unknown: Unknown, sheet_name: str, said: Said) -> TableGuess | None:
    """How one sheet could be read as a person has said, its rows without what they mean for one agency."""
    sheet = next(sheet for sheet in unknown.workbook.sheets if sheet.name == sheet_name)
    return tables.guessed(sheet, standing_names(), "", said)


def read_by(unknown: Unknown, kept: Sequence[Layout]) -> LayoutMatch | None:
    """The layout of those kept that the file is read by already, with what it found; None where none fits."""
    return known.fitting(unknown.workbook, kept)


def kept_uses(table: TableGuess, match: LayoutMatch) -> dict[int, Use]:
    """What the layout says already of a table's columns."""
    return known.uses(table, match.layout)


def kept_answers(match: LayoutMatch) -> dict[str, Chosen]:
    """What the layout says already of its rows, by the meaning of their words."""
    return known.answers(match.layout)


def last_head(unknown: Unknown, sheet_name: str) -> int:
    """The last row of a sheet that may head a table, counted from 1."""
    sheet = next(sheet for sheet in unknown.workbook.sheets if sheet.name == sheet_name)
    return min(SEARCHED, max(0, len(sheet.rows) - 1))


def letters(column: int) -> str:
    """A column's letters, of its place counted from 0."""
    return column_letters(column)


def shown(words: str) -> str:
    """Words of the file as the page may show them: short, and none that could be a person's."""
    return _cell(words)


def layout(  # noqa: PLR0913 - the answers, what the layout is called, and the one it takes the place of
    guess: Guess,
    chosen: Mapping[str, Chosen],
    *,
    title: str,
    agency_id: str,
    layout_id: str,
    before: LayoutMatch | None,
) -> Layout:
    """The layout that a person's answers make, not yet confirmed. ValueError where they make none.

    A line such as “Prepared by …”, which holds no figure and may name somebody, is read past without being in it.
    """
    made = whole.layout(guess, chosen, id=layout_id, title=title, agency_id=agency_id)
    left = [each for each in made.left_out if each.reason not in (HEADING, NO_FIGURES) or may_be_kept(each.words)]
    made = made.model_copy(update={"left_out": tuple(left)})
    return known.merged(made, before) if before else made


def _used(sheet: Sheet) -> int:
    """How many columns the shown rows fill."""
    return max(
        (place + 1 for row in sheet.rows[:GRID_ROWS] for place, cell in enumerate(row) if cell not in (None, "")),
        default=0,
    )


def _cell(value: Value, *, is_percent: bool = False) -> str:
    """A cell as its spreadsheet shows it."""
    if is_percent and isinstance(value, int | float):
        return tidied(f"{as_text(float(value) * 100)}%")
    text = visible(tidied(as_text(value)) if isinstance(value, float) else as_text(value))
    if not may_be_kept(text):
        return NOT_SHOWN
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
