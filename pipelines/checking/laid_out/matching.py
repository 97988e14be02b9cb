"""Which layout a file fits: the one most of whose headings it has, wherever in the file they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.checking.laid_out.grid import SEARCHED, Grid
from pipelines.checking.laid_out.heads import Head, headings_of, heads
from pipelines.checking.laid_out.words import in_quarters, undated
from schemas.returns.meaning import meaning

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipelines.reading import Sheet, Workbook
    from schemas.layouts import Layout, SheetMap


@dataclass(frozen=True)
class Table:
    """One table of the file: its sheet (`order`: counted from 0), what the layout says of it, and where its headings are."""

    order: int
    grid: Grid
    sheet_map: SheetMap
    head: Head

    @property
    def sheet(self) -> Sheet:
        """The sheet it stands on."""
        return self.grid.sheet


@dataclass(frozen=True)
class Match:
    """A layout, and its tables in the file, in the order of the sheets and from the top down."""

    layout: Layout
    tables: tuple[Table, ...]

    @property
    def sheets(self) -> frozenset[str]:
        """The names of the sheets with a table."""
        return frozenset(table.sheet.name for table in self.tables)


def matching(workbook: Workbook, layouts: Iterable[Layout]) -> Match | None:
    """The layout the file fits best, with its tables; None where it fits none.

    It fits where some sheet that is not hidden has the headings of a table's words and at least one of its figures. Of
    several layouts the one with the most headings in the file wins; of those, the one with the fewest that are not in it.
    """
    grids = [Grid(sheet) for sheet in workbook.sheets if sheet.visible and sheet.rows]
    every = [_fitted(grids, layout) for layout in layouts]
    return max((match for match in every if match.tables), key=_fit, default=None)


def lacking(workbook: Workbook, layouts: Sequence[Layout]) -> tuple[Layout, list[str]]:
    """Of layouts none of which fits, the nearest, and its headings that stand nowhere in the file."""
    there: set[str] = set()
    for sheet in workbook.sheets:
        grid = Grid(sheet)
        rows = range(min(grid.height, SEARCHED) if sheet.visible else 0)
        there |= {text for row in rows for text in grid.texts(row) if text}
        there |= {way for row in rows[:60] for over in grid.over(row) for way in over.ways}
    absent = [(layout, _absent(layout, there)) for layout in layouts]
    return min(absent, key=lambda each: len(each[1]) / len(headings_of(each[0])))


def _absent(layout: Layout, there: Iterable[str]) -> list[str]:
    calendar = layout.year == "calendar"
    known = {in_quarters(undated(text), calendar=calendar) for text in there}
    return [each for each in headings_of(layout) if in_quarters(undated(each), calendar=calendar) not in known]


def _fitted(grids: Sequence[Grid], layout: Layout) -> Match:
    return Match(layout, tuple(table for order, grid in enumerate(grids) for table in _tables(order, grid, layout)))


def _tables(order: int, grid: Grid, layout: Layout) -> list[Table]:
    """The tables on one sheet; where several maps fit it, the one meant for it, or else the one with the most headings."""
    every = [(each, heads(grid, each, layout)) for each in layout.sheets]
    fitting = [(each, found) for each, found in every if found]
    if not fitting:
        return []
    best, found = max(fitting, key=lambda pair: (_is_hinted(grid, pair[0]), max(len(head.found) for head in pair[1])))
    return [Table(order, grid, best, head) for head in found]


def _is_hinted(grid: Grid, sheet_map: SheetMap) -> bool:
    return bool(sheet_map.sheet) and meaning(sheet_map.sheet) == meaning(grid.sheet.name)


def _fit(match: Match) -> tuple[float, int]:
    found = {each.place.heading for table in match.tables for each in table.head.found}
    named = {heading for table in match.tables for heading in table.sheet_map.names.values()}
    every = headings_of(match.layout)
    return len(found) + len(named - {""}), -len(every)
