"""The cells of a layout's tables, one row for each that holds something: what it is of, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.checking.laid_out.labelled import labelled
from schemas.returns.by_value import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.checking.laid_out.labelled import Known
    from pipelines.checking.laid_out.matching import Match, Table
    from schemas.layouts import Place
    from schemas.periods import Period

# What a cell is: a figure of some period, or the year's figure.
FIGURE, YEAR = "figure", "year"
_PARTS = ("breakdown", "category", "area_id")
_COLUMNS = ["order", "sheet", "row", "column", "text", "is_text", "role", "word", "year", "made", "words", "state", "why",
            "indicator_id", "answer", *_PARTS, "reason", "label_column"]  # fmt: skip


def spread(match: Match, words: Known, *, empty: bool = False) -> pd.DataFrame:
    """Every filled cell (or where `empty` every cell) in the layout's columns, in the order of the sheets, with what its row and its column say of it.

    Of the row: `words`, `state`, `indicator_id`, `reason`, `label_column`, `made`; of the column: `word` and `year`, which
    say of what period it is, and `role`; of both: `answer`, `breakdown`, `category`, `area_id`. `sheet`, `row` and
    `column` (from 0) say where it stands, `is_text` whether it is stored as text.
    """
    frames = [frame for table in match.tables for frame in _of_table(table, labelled(table, words), empty=empty)]
    if not frames:
        return pd.DataFrame(columns=_COLUMNS, dtype="object")
    together = pd.concat(frames, ignore_index=True)
    return together.sort_values(["order", "row", "column"], kind="stable", ignore_index=True)


def _of_table(table: Table, labels: pd.DataFrame, *, empty: bool) -> Iterator[pd.DataFrame]:
    head, grid = table.head, table.grid
    made = grid.column(head.year_made, head.first, head.end) if head.year_made is not None else [""] * len(labels)
    labels = labels.assign(made=texts(made, labels.index), sheet=table.sheet.name, order=table.order)
    for each in head.found:
        yield _of_column(table, labels, each.column, each.year, each.place, empty=empty)
    for at, year in head.year_totals:
        yield _of_column(table, labels, at, year, None, empty=empty)


def _of_column(  # noqa: PLR0913 - which column, and what is known of it
    table: Table, labels: pd.DataFrame, at: int, year: Period | None, place: Place | None, *, empty: bool
) -> pd.DataFrame:
    head, grid = table.head, table.grid
    cells = np.array(grid.column(at, head.first, head.end), dtype=object)
    filled = np.arange(len(cells)) if empty else np.flatnonzero(cells != "")
    mine = labels.iloc[filled]
    frame = mine.assign(
        row=mine.index,
        column=at,
        text=cells[filled],
        is_text=np.array(grid.numbers_as_text(at, head.first, head.end), dtype=bool)[filled],
        role=YEAR if place is None else FIGURE,
        word="" if place is None else place.period,
        year=pd.Series([year] * len(mine), mine.index, dtype="object"),
    )
    return frame if place is None else _with_place(frame, place)


def _with_place(frame: pd.DataFrame, place: Place) -> pd.DataFrame:
    """What the column says of the part, where the row says nothing; a part of both is of two breakdowns, and is none."""
    frame["answer"] = frame["answer"].where(
        frame["answer"].ne("") & (place.answer not in ("marker", "reason")), place.answer
    )
    for name, said in zip(_PARTS, (place.breakdown, place.category, place.area), strict=True):
        if said:
            both = frame[name].ne("") & frame[name].ne(said)
            frame[name] = frame[name].where(both, said)
            frame[name] = frame[name].mask(both, frame[name] + " / " + said)
    return frame
