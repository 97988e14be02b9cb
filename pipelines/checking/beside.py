"""The sheets beside the figures: the agency's account of them, and what it does not hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pipelines.checking.cells import as_text, table
from pipelines.checking.headings import find
from pipelines.checking.judging import suggestion
from pipelines.checking.report import COMMENTARY, NOT_HELD
from pipelines.checking.rows import shown
from pipelines.reading import address
from schemas.returns.listed import listed
from schemas.returns.meaning import looked_up, meaning
from schemas.returns.substance import has_substance
from schemas.returns.telling import tells_of_one, tells_of_people
from schemas.rules import file_contents

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.checking.cells import Cells
    from pipelines.checking.headings import Headings
    from pipelines.reading import Sheet, Workbook
    from schemas.problems import Problem
    from schemas.returns import SheetLayout
    from schemas.returns.context import Context


@dataclass(frozen=True)
class Beside:
    """The account and the gaps an agency gave (index: the sheet's row), and what was wrong with them."""

    commentary: pd.DataFrame
    not_held: pd.DataFrame
    problems: tuple[Problem, ...]


def read_beside(workbook: Workbook, layouts: tuple[SheetLayout, ...], context: Context) -> Beside:
    """Read Commentary and Not held where the file has them; rows about no known indicator are left out and said."""
    frames: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for layout in layouts:
        cells = _table(workbook, layout)
        if cells is not None and len(cells.text):
            frames[layout.name], found = _usable_rows(cells, layout, context)
            problems += found
        problems += _strays(workbook, layout, context)
    commentary = frames.get("Commentary", pd.DataFrame(columns=COMMENTARY, dtype="str"))
    not_held = frames.get("Not held", pd.DataFrame(columns=NOT_HELD, dtype="str"))
    return Beside(commentary[COMMENTARY], not_held[NOT_HELD], tuple(problems))


def explained(beside: Beside) -> frozenset[str]:
    """The indicators whose account says why, in words of substance."""
    said = beside.commentary
    return frozenset(said.loc[[has_substance(str(why)) for why in said["why"]], "indicator_id"])


def either_or(beside: Beside, figures: pd.DataFrame, context: Context) -> tuple[Beside, pd.DataFrame, list[Problem]]:
    """Without the indicators said to be not held of which figures of the return's own periods came, with an error for each.

    A marker says that there is no number, and agrees with it. An earlier quarter's figure may have been held then.
    """
    ids, periods = figures["indicator_id"].tolist(), figures["period_id"].tolist()
    said = set(beside.not_held["indicator_id"])
    due = [i in said and period in context.periods_sent.get(i, ()) for i, period in zip(ids, periods, strict=True)]
    both = figures[np.array(due, dtype=bool) & figures["marker"].eq("").to_numpy(dtype=bool)]
    if both.empty:
        return beside, figures, []
    clashing = set(both["indicator_id"])
    held = beside.not_held[beside.not_held["indicator_id"].isin(clashing)]
    rows = zip(held.index.tolist(), held["indicator_id"], strict=True)
    problems = [
        file_contents.NOT_HELD_BUT_SENT.problem(
            {
                "indicator_id": indicator_id,
                "where": f"Not held row {row}",
                "figures": _rows_of(both, str(indicator_id)),
            },
            row=row,
            sheet="Not held",
        )
        for row, indicator_id in rows
    ]
    kept = figures[~(figures["indicator_id"].isin(clashing).to_numpy(dtype=bool) & np.array(due, dtype=bool))]
    return replace(beside, not_held=beside.not_held.drop(index=held.index)), kept, problems


def _rows_of(figures: pd.DataFrame, indicator_id: str) -> str:
    mine = figures[figures["indicator_id"].eq(indicator_id)]
    return listed([f"{sheet} row {row}" for sheet, row in zip(mine["sheet"], mine.index, strict=True)])


def _table(workbook: Workbook, layout: SheetLayout) -> Cells | None:
    found = _sheet(workbook, layout)
    return table(*found, layout, typed=False) if found else None


def _sheet(workbook: Workbook, layout: SheetLayout) -> tuple[Sheet, Headings] | None:
    """The sheet a reader of the file sees under the layout's name, and where its table begins."""
    for sheet in workbook.sheets:
        if sheet.visible and meaning(sheet.name) == meaning(layout.name):
            headings = find(sheet, layout)
            return (sheet, headings) if headings else None
    return None


def _strays(workbook: Workbook, layout: SheetLayout, context: Context) -> list[Problem]:
    """What stands below the headings in rows that say of no indicator what they are about, and fill no column that is read.

    No rule would ever read them, and the file they stand in would be kept: so their texts are read as a reason is.
    """
    found = _sheet(workbook, layout)
    if found is None:
        return []
    sheet, headings = found
    answers = {headings.columns[name] for name in layout.answers if name in headings.columns}
    named = [headings.columns[name] for name in ("indicator_id", "indicator") if name in headings.columns]
    known = context.known["indicator_id"]
    rows: list[int] = []
    problems: list[Problem] = []
    for at in range(headings.first_row, len(sheet.rows)):
        row = [as_text(cell) for cell in sheet.rows[at]]
        if any(row[place] for place in answers) or not any(row) or any(meaning(row[place]) in known for place in named):
            continue
        rows.append(at)
        telling = [place for place, text in enumerate(row) if tells_of_one(text)]
        problems += [_tells(sheet, at, place) for place in telling]
    if rows:
        count = f"{len(rows):,} rows" if len(rows) > 1 else "1 row"
        where = f"{sheet.name}!{rows[0] + 1}" + (f" to {rows[-1] + 1}" if len(rows) > 1 else "")
        words = {"count": count, "sheet": sheet.name, "where": where}
        problems.append(file_contents.COMMENTARY_STRAY.problem(words, sheet=sheet.name, row=rows[0] + 1))
    return problems


def _tells(sheet: Sheet, row: int, column: int) -> Problem:
    cell = address(row, column)
    return file_contents.TEXT_NAMES.problem({"where": f"{sheet.name}!{cell}"}, sheet=sheet.name, cell=cell, row=row + 1)


def _usable_rows(cells: Cells, layout: SheetLayout, context: Context) -> tuple[pd.DataFrame, list[Problem]]:
    text, known = cells.text, context.known["indicator_id"]
    named = text["indicator_id"].where(text["indicator_id"].ne(""), text["indicator"])
    frame = text.assign(indicator_id=looked_up(named, known))
    unknown = frame["indicator_id"].eq("")
    problems = [
        file_contents.COMMENTARY_UNKNOWN.problem(
            {
                "value": shown(stated),
                "sheet": cells.sheet,
                "nearest": suggestion(stated, known, context.catalogue),
                **place,
            },
            **_at(cells, row, "indicator_id"),
        )
        for row, stated in zip(frame.index[unknown].tolist(), named[unknown], strict=True)
        for place in ({"where": _where(cells, row, "indicator_id")},)
    ]
    naming = [(row, name) for name in layout.answers for row in _rows_where(frame[name], tells_of_one)]
    frame = frame[~unknown]
    held_back = {(row, name) for name in layout.answers for row in _rows_where(frame[name], tells_of_people)}
    problems += [
        file_contents.TEXT_NAMES.problem({"where": _where(cells, row, name)}, **_at(cells, row, name))
        for row, name in naming
    ]
    problems += [
        file_contents.TEXT_NOT_REPEATED.problem({"where": _where(cells, row, name)}, **_at(cells, row, name))
        for row, name in sorted(held_back - set(naming))
    ]
    if layout.name == "Not held":
        problems += _unexplained(frame, cells)
    return _without(frame, naming, layout), problems


def _without(frame: pd.DataFrame, naming: list[tuple[int, str]], layout: SheetLayout) -> pd.DataFrame:
    """The rows without the answers that may name somebody, and without the rows of which nothing else was said."""
    kept = frame.copy()
    for row, name in naming:
        if row in kept.index:
            kept.loc[row, name] = ""
    emptied = [row for row, _ in naming if row in kept.index and not any(kept.loc[row, list(layout.answers)])]
    return kept.drop(index=list(set(emptied)))


def _rows_where(texts: pd.Series, tells: Callable[[str], bool]) -> list[int]:
    """The rows whose words tell too much."""
    return [row for row, text in zip(texts.index.tolist(), texts, strict=True) if tells(text)]


def _unexplained(frame: pd.DataFrame, cells: Cells) -> list[Problem]:
    rows = zip(frame.index.tolist(), frame["indicator_id"], frame["reason"], strict=True)
    return [
        file_contents.NOT_HELD_UNEXPLAINED.problem(
            {"indicator_id": indicator_id, "where": _where(cells, row, "reason")}, **_at(cells, row, "reason")
        )
        for row, indicator_id, reason in rows
        if not has_substance(reason)
    ]


def _at(cells: Cells, row: int, column: str) -> dict[str, Any]:
    place = cells.columns.get(column, min(cells.columns.values()))
    return {"sheet": cells.sheet, "cell": address(row - 1, place), "row": row, "column": column}


def _where(cells: Cells, row: int, column: str) -> str:
    place = _at(cells, row, column)
    return f"{place['sheet']}!{place['cell']}"
