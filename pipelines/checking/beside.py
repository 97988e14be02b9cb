"""The sheets beside the figures: the agency's account of them, and what it does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.checking.cells import Cells, table
from pipelines.checking.headings import find
from pipelines.checking.judging import suggestion
from pipelines.checking.report import COMMENTARY, NOT_HELD
from pipelines.checking.rows import shown
from pipelines.reading import address
from schemas.returns.meaning import looked_up, meaning
from schemas.returns.person_level import NAME_IN_TEXT
from schemas.rules import file as faults

if TYPE_CHECKING:
    from pipelines.reading import Workbook
    from schemas.problems import Problem
    from schemas.returns import SheetLayout
    from schemas.returns.context import Context


@dataclass(frozen=True)
class Beside:
    """The account and the gaps an agency gave, and what was wrong with them."""

    commentary: pd.DataFrame
    not_held: pd.DataFrame
    problems: tuple[Problem, ...]


def read_beside(workbook: Workbook, layouts: tuple[SheetLayout, ...], context: Context) -> Beside:
    """Read Commentary and Not held where the file has them; rows about no known indicator are left out and said."""
    frames: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for layout in layouts:
        cells = _table(workbook, layout)
        if cells is not None:
            frames[layout.name], found = _known_rows(cells, layout, context)
            problems += found
    commentary = frames.get("Commentary", pd.DataFrame(columns=[*COMMENTARY, "row"], dtype="str"))
    not_held = frames.get("Not held", pd.DataFrame(columns=[*NOT_HELD, "row"], dtype="str"))
    return Beside(commentary[COMMENTARY], not_held[NOT_HELD], tuple(problems))


def on_not_held(beside: Beside, figures: pd.DataFrame) -> list[Problem]:
    """A query for each indicator said to be not held of which figures came all the same."""
    sent = set(figures["indicator_id"])
    return [
        faults.NOT_HELD_BUT_SENT.problem(
            {"indicator_id": indicator_id, "where": f"Not held row {row}"}, row=int(row), sheet="Not held"
        )
        for row, indicator_id in beside.not_held["indicator_id"].items()
        if indicator_id in sent
    ]


def _table(workbook: Workbook, layout: SheetLayout) -> Cells | None:
    for sheet in workbook.sheets:
        if sheet.visible and meaning(sheet.name) == meaning(layout.name):
            headings = find(sheet, layout)
            return table(sheet, headings, layout, typed=False) if headings else None
    return None


def _known_rows(cells: Cells, layout: SheetLayout, context: Context) -> tuple[pd.DataFrame, list[Problem]]:
    known = context.known["indicator_id"]
    text = cells.text
    named = text["indicator_id"].where(text["indicator_id"].ne(""), text["indicator"])
    frame = text.assign(indicator_id=looked_up(named, known))
    problems: list[Problem] = []
    for row, stated in named[frame["indicator_id"].eq("")].items():
        cell = address(int(row) - 1, cells.columns.get("indicator_id", 0))  # pyright: ignore[reportArgumentType]
        words = {"value": shown(stated), "sheet": cells.sheet, "where": f"{cells.sheet}!{cell}",
                 "nearest": suggestion(stated, known, context)}  # fmt: skip
        problems.append(faults.COMMENTARY_UNKNOWN.problem(words, sheet=cells.sheet, cell=cell, row=row))
    frame = frame[frame["indicator_id"].ne("")]
    naming, found = _naming(frame, cells, layout)
    problems += found
    if layout.name == "Not held":
        problems += _unexplained(frame, cells)
    return frame[~naming], problems


def _naming(frame: pd.DataFrame, cells: Cells, layout: SheetLayout) -> tuple[pd.Series, list[Problem]]:
    """Rows whose words may name somebody, and the problems that say where, without the words."""
    out = pd.Series(data=False, index=frame.index)
    problems: list[Problem] = []
    for name in layout.answers:
        hits = frame[name].str.contains(NAME_IN_TEXT.pattern, regex=True)
        out |= hits
        for row in frame.index[hits]:
            cell = address(int(row) - 1, cells.columns[name])
            problems.append(
                faults.TEXT_NAMES.problem(
                    {"where": f"{cells.sheet}!{cell}"}, sheet=cells.sheet, cell=cell, row=row, column=name
                )
            )
    return out, problems


def _unexplained(frame: pd.DataFrame, cells: Cells) -> list[Problem]:
    bare = frame[frame["reason"].eq("")]
    return [
        faults.NOT_HELD_UNEXPLAINED.problem(
            {"indicator_id": indicator_id, "where": f"{cells.sheet} row {row}"}, sheet=cells.sheet, row=row
        )
        for row, indicator_id in bare["indicator_id"].items()
    ]
