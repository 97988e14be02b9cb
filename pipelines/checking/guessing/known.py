"""What a layout that is kept already says of a file it fits: said once by a person, and not guessed again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.checking.guessing.columns import Use
from pipelines.checking.guessing.whole import Chosen
from pipelines.checking.laid_out.matching import matching
from pipelines.checking.laid_out.words import undated
from schemas.returns.meaning import meaning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.checking.guessing.columns import Role
    from pipelines.checking.guessing.tables import TableGuess
    from pipelines.checking.laid_out.matching import Match
    from pipelines.reading import Workbook
    from schemas.layouts import Layout, SheetMap


def fitting(workbook: Workbook, layouts: Sequence[Layout]) -> Match | None:
    """The layout the file is read by already, if only in part, and its tables; None where none fits."""
    return matching(workbook, layouts)


def uses(table: TableGuess, layout: Layout) -> dict[int, Use]:
    """What the layout says of the columns of a table, by their headings; nothing of a column it does not know."""
    known: dict[str, Use] = {}
    roles: tuple[Role, ...] = ("indicator_id", "indicator", "area_id", "breakdown", "category", "reason")
    for sheet in layout.sheets:
        known |= {undated(sheet.names[role]): Use(role) for role in roles if role in sheet.names}
        known |= {undated(place.heading): Use("figures", place.period, place.answer) for place in sheet.places}
        totals: tuple[tuple[str, Role], ...] = ((sheet.year_total, "year_total"), (sheet.year_made, "year_made"))
        known |= {undated(heading): Use(role) for heading, role in totals if heading}
    known |= {undated(left.words): Use("unread") for left in layout.left_out if undated(left.words) not in known}
    found = {column.column: known.get(undated(column.heading)) for column in table.columns}
    return {column: replace(use, is_kept=True) for column, use in found.items() if use is not None}


def answers(layout: Layout) -> dict[str, Chosen]:
    """What the layout says of its rows, by the meaning of their words."""
    said = {meaning(label.words): Chosen(label.indicator_id, label.answer) for label in layout.labels}
    return said | {meaning(left.words): Chosen(left_out=left.reason) for left in layout.left_out}


def merged(made: Layout, match: Match) -> Layout:
    """A layout made anew of a file, with all that the one before says beside: other sheets, other rows, breakdowns.

    Where a person says the same of a row or column as before it stays word for word as it was: a layout may say more of
    it than the assistant asks.
    """
    before = match.layout
    labels = {meaning(label.words): label for label in before.labels}
    left = {meaning(each.words): each for each in before.left_out}
    for label in made.labels:
        key, old = meaning(label.words), labels.get(meaning(label.words))
        left.pop(key, None)
        if old is None or (old.indicator_id, old.answer) != (label.indicator_id, label.answer):
            labels[key] = label
    for each in made.left_out:
        labels.pop(meaning(each.words), None)
        left.setdefault(meaning(each.words), each)
    spoken = {undated(heading) for sheet in made.sheets for heading in _headings(sheet)}
    left = {key: each for key, each in left.items() if undated(each.words) not in spoken}
    there = [table.sheet_map for table in match.tables]
    sheets = [_as_before(sheet, before) for sheet in made.sheets] + [s for s in before.sheets if s not in there]
    return before.model_copy(
        update={"sheets": tuple(sheets), "labels": tuple(labels.values()), "left_out": tuple(left.values())}
    )


def _headings(sheet: SheetMap) -> Iterator[str]:
    """The headings of the columns that a table reads."""
    yield from (*sheet.names.values(), *(place.heading for place in sheet.places), sheet.year_total, sheet.year_made)


def _as_before(sheet: SheetMap, before: Layout) -> SheetMap:
    places = {(undated(p.heading), p.period, p.answer): p for each in before.sheets for p in each.places}
    return sheet.model_copy(
        update={"places": tuple(places.get((undated(p.heading), p.period, p.answer), p) for p in sheet.places)}
    )
