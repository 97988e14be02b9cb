"""What is said of the rows of an agency's own spreadsheet: unknown ones, those left out, those of another agency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.checking import problem_sheet
from pipelines.checking.guessing.labels import meant
from pipelines.checking.guessing.names import standing_names
from pipelines.checking.laid_out import labelled
from pipelines.checking.laid_out.picking import picked_by, records
from pipelines.checking.rows import shown
from pipelines.reading import address, column_letters
from schemas.catalogue import catalogue
from schemas.returns.listed import listed
from schemas.returns.markers import marker_of
from schemas.returns.meaning import meaning, nearest
from schemas.returns.numbers import number_in
from schemas.rules import file, file_contents, file_layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from pipelines.checking.laid_out.labelled import Known
    from pipelines.checking.laid_out.matching import Match
    from pipelines.reading import Workbook
    from schemas.problems import Problem

_HEADINGS = 8
_ONLY_SIGNS = "only signs for nothing"
# So much of 100 a row and one of the layout have in common, letter by letter, if the one is the other mistyped.
_SLIP = 80.0


def place(cell: Mapping[str, Any], column: str = "numerator") -> dict[str, Any]:
    """`sheet`, `cell`, `row` and `column` of a cell, as a problem names them."""
    row, at = int(cell["row"]), int(cell["column"])
    return {"sheet": cell["sheet"], "cell": address(row, at), "row": row + 1, "column": column}


def where(cell: Mapping[str, Any]) -> str:
    """A cell's address with its sheet."""
    return f"{cell['sheet']}!{address(int(cell['row']), int(cell['column']))}"


def letters(column: int) -> str:
    """A column's letters, counted from 0."""
    return column_letters(column)


def about_rows(cells: pd.DataFrame, words: Known, signs: frozenset[str], agency_id: str) -> Iterator[Problem]:
    """The rows with something in them that are no figures of the layout: each unknown one by itself, the others counted.

    An unknown row of nothing but signs for nothing gives no figure, so nothing is lost by it and nothing said.
    """
    first = cells.drop_duplicates(["sheet", "row"])
    beside = _beside(cells[cells["state"].eq(labelled.UNKNOWN)], signs)
    for row in records(first[first["state"].isin([labelled.UNKNOWN, labelled.TWO])]):
        if beside.get((row["sheet"], row["row"])) == _ONLY_SIGNS:
            continue
        at = {**row, "column": row["label_column"]}
        value = shown(str(row["words"]))
        told = {"value": value, "where": where(at), "nearest": _meant(str(row["words"]), words, agency_id)}
        told["beside"] = beside.get((row["sheet"], row["row"]), "")
        fault = file_layout.LABEL_UNKNOWN if row["state"] == labelled.UNKNOWN else file_layout.LABEL_OF_TWO
        yield fault.problem(told, value=value, **place(at, "indicator_id"))
    blank = cells[cells["state"].eq(labelled.BLANK)]
    numbers = picked_by(blank, (number_in(text) is not None for text in blank["text"]))
    for row in records(numbers.drop_duplicates(["sheet", "row"])):
        yield file_layout.FIGURES_WITHOUT_WORDS.problem({"where": where(row)}, **place(row))
    passed = first[first["state"].eq(labelled.LEFT_OUT) & ~first["text"].isin(list(signs))]
    if len(passed):
        which = [f"{shown(str(text))} ({why})" for text, why in zip(passed["words"], passed["why"], strict=True)]
        yield file_layout.ROWS_LEFT_OUT.problem({"count": len(which), "which": listed(which)})
    totals = first[first["state"].eq(labelled.TOTAL)]
    if len(totals):
        yield file_contents.TOTALS_DROPPED.problem(
            {"count": len(totals), "cells": listed([where(row) for row in records(totals)])}
        )


def about_others(cells: pd.DataFrame, agency_id: str) -> list[Problem]:
    """One note for the rows of indicators that other agencies send."""
    rows = cells.drop_duplicates(["sheet", "row"])
    if rows.empty:
        return []
    senders = {i: " or ".join(catalogue().indicators[i].sent_by) for i in rows["indicator_id"].unique()}
    which = [f"{indicator} ({sender})" for indicator, sender in senders.items()]
    words = {"count": len(rows), "agency_id": agency_id, "which": listed(which)}
    return [file_layout.ROWS_OF_OTHERS.problem(words)]


def about_sheets(workbook: Workbook, match: Match) -> Iterator[Problem]:
    """Hidden sheets and sheets without a table that hold something; columns doubled, and columns not read."""
    beside = {"cover", "commentary", "not held", meaning(problem_sheet.NAME), meaning(problem_sheet.OTHER_NAME)}
    for sheet in workbook.sheets:
        holds = any(column.last() >= 0 for column in sheet.columns)
        if not sheet.visible and holds:
            yield file.SHEET_HIDDEN.problem({"sheet": sheet.name}, sheet=sheet.name)
        elif holds and sheet.name not in match.sheets and meaning(sheet.name) not in beside:
            yield file.SHEET_UNREAD.problem({"sheet": sheet.name}, sheet=sheet.name)
    for table in match.tables:
        for heading, columns in table.head.doubled.items():
            yield file.COLUMN_DOUBLED.problem(
                {"sheet": table.sheet.name, "heading": heading, "columns": " and ".join(map(letters, columns))},
                sheet=table.sheet.name,
                row=table.head.row + 1,
            )
        if table.head.unread:
            unread = ", ".join(f"{shown(words)[:40]} ({letters(at)})" for at, words in table.head.unread[:_HEADINGS])
            yield file.COLUMN_UNREAD.problem({"sheet": table.sheet.name, "headings": unread}, sheet=table.sheet.name)


def about_signs(cells: pd.DataFrame) -> list[Problem]:
    """One note for the cells that hold a sign for nothing."""
    if cells.empty:
        return []
    places = [where(cell) for cell in records(cells)]
    return [file_layout.NOT_SUPPLIED.problem({"count": len(places), "cells": listed(places)})]


def about_text(cells: pd.DataFrame) -> list[Problem]:
    """One note for the numbers stored as text."""
    stored = [where(cell) for cell in records(cells[cells["is_text"].astype(bool)])]
    words = {"count": len(stored), "cells": listed(stored)}
    return [file_contents.NUMBERS_AS_TEXT.problem(words)] if stored else []


def _beside(cells: pd.DataFrame, signs: frozenset[str]) -> dict[tuple[str, int], str]:
    """What stands beside the words of each row: figures, or else only signs for nothing, or other words."""
    there: dict[tuple[str, int], set[str]] = {}
    for cell in records(cells):
        there.setdefault((cell["sheet"], cell["row"]), set()).add(cell["text"])
    found: dict[tuple[str, int], str] = {}
    for place_of_row, texts in there.items():
        is_figure = any(number_in(text) is not None or marker_of(text) for text in texts - signs)
        found[place_of_row] = "figures" if is_figure else _ONLY_SIGNS if texts <= signs else "only words"
    return found


def _meant(text: str, words: Known, agency_id: str) -> str:
    """The row of the layout that is the same but for a slip of the hand, or the indicator the assistant would guess."""
    slip = nearest(text, dict.fromkeys(words.labels, ""), least=_SLIP)
    if slip:
        return f" Did you mean “{words.labels[slip].words}”?"
    best = meant(text, standing_names(), agency_id).best
    return f" Did you mean {best.indicator_id} ({catalogue().indicators[best.indicator_id].title})?" if best else ""
