"""Which column a cell is of that somebody named by its address: looked up in the file it came in, as the vault knows no letters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipelines.reading.addresses import place_of
from pipelines.reading.looked_for import folded
from pipelines.reading.reader import read_content
from pipelines.store import files
from pipelines.store.opening import transaction
from pipelines.store.to_expunge_named import Spot, spot
from pipelines.store.written import in_row
from schemas.problems import UserError

if TYPE_CHECKING:
    from pipelines.store.to_expunge_named import Named

_BY_COLUMN = (
    "Name it by its column instead, as {sheet}!{row} (reason), or the whole row, as {sheet}!{row}. Nothing was removed."
)


class _Kept(NamedTuple):
    """The file of a submission, and what of the row somebody wrote in words: by column, folded."""

    file_name: str
    sha256: str
    is_kept: bool
    written: dict[str, str]


def by_column(home: Path, named: Named) -> Named:
    """What is named, with each cell that was named by an address, as `Commentary!C3`, named by its column instead.

    UserError where the file is no longer kept, has no such cell, or where what stands in it is in no column, or in several.
    """
    spots = [spot(each) for each in named.rows]
    if not any(each.letters for each in spots):
        return named
    if len(named.what) != 1:
        raise UserError("Name the one submission whose cell it is. Nothing was removed.")
    return replace(
        named, rows=tuple(str(_found(home, named.what[0], each) if each.letters else each) for each in spots)
    )


def _found(home: Path, submission_id: str, at: Spot) -> Spot:
    advice = _BY_COLUMN.format(sheet=at.sheet, row=at.row)
    kept = _kept(home, submission_id, at)
    if not kept.is_kept:
        raise UserError(
            f"The file of {submission_id} is no longer kept, so nobody can say which column {at} is. {advice}"
        )
    said = folded(_cell(home, kept, at))
    columns = [name for name, text in kept.written.items() if said and text == said]
    if len(columns) != 1:
        why = "in several columns" if columns else "in no column of words"
        raise UserError(
            f"What stands in {at} of the file of {submission_id} stands {why} of that row as it was read. {advice}"
        )
    return Spot(at.sheet, at.row, columns[0])


def _kept(home: Path, submission_id: str, at: Spot) -> _Kept:
    with transaction(home, write=False) as connection:
        asked = "select file_name, file_sha256, original_kept from submission where submission_id = ?"
        found = connection.execute(asked, [submission_id]).fetchone()
        if found is None:
            raise UserError(f"There is no submission {submission_id[:60]}. Nothing was removed.")
        written = {each.name: folded(each.value) for each in in_row(connection, submission_id, at.sheet, at.row)}
    file_name, sha256, is_kept = found
    return _Kept(file_name, sha256, is_kept, written)


def _cell(home: Path, kept: _Kept, at: Spot) -> str:
    """What stands in a cell of the file as it came; empty where there is no such cell."""
    called = Path(f"The file{Path(kept.file_name).suffix}")  # a fault names it, and its own name may be somebody's
    book = read_content(called, files.original(home, kept.sha256))
    row, column = place_of(f"{at.letters}{at.row}")
    for sheet in book.sheets:
        if sheet.name == at.sheet and row < len(sheet.rows) and column < len(sheet.rows[row]):
            return str(sheet.rows[row][column] or "")
    return ""
