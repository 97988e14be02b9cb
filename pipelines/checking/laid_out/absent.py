"""What a layout speaks of and the file has not got: sheets, and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.checking.laid_out.labelled import labelled
from pipelines.checking.laid_out.picking import records
from schemas.catalogue import catalogue
from schemas.returns.listed import listed
from schemas.returns.meaning import meaning
from schemas.rules import file_layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.checking.laid_out.labelled import Known
    from pipelines.checking.laid_out.matching import Match
    from schemas.problems import Problem

_ROW = ("indicator_id", "answer", "breakdown", "category", "area_id")


def about_absent(match: Match, words: Known, agency_id: str) -> Iterator[Problem]:
    """The sheets a layout names of which no table is in the file, and the sender's rows that stand on none of them.

    A row is there under any of its names, also where its cells are empty.
    """
    read = {id(table.sheet_map) for table in match.tables}
    names = {meaning(name) for name in match.sheets}
    for sheet_map in match.layout.sheets:
        if sheet_map.sheet and id(sheet_map) not in read and meaning(sheet_map.sheet) not in names:
            yield file_layout.LAYOUT_SHEET_MISSING.problem({"sheet": sheet_map.sheet})
    there = {tuple(row[name] for name in _ROW) for table in match.tables for row in records(labelled(table, words))}
    rows = {row[0] for row in there}
    indicators = catalogue().indicators
    absent: dict[tuple[str, ...], str] = {}
    for label in match.layout.labels:
        of = (label.indicator_id, label.answer, label.breakdown, label.category, label.area)
        # Where columns say the part or the side, one row of the indicator answers for all of them.
        is_there = of in there or (not any(of[1:]) and label.indicator_id in rows)
        sends = label.indicator_id in indicators and agency_id in indicators[label.indicator_id].sent_by
        if sends and not is_there:
            absent.setdefault(of, f"“{label.words}”")
    if absent:
        which = listed(list(absent.values()))
        yield file_layout.LAYOUT_ROWS_MISSING.problem({"count": len(absent), "which": which})
