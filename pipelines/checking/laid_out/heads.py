"""Where a layout's table stands on a sheet: the row of its headings, and which column is which."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipelines.checking.laid_out.grid import LINES, SEARCHED
from pipelines.checking.laid_out.words import in_quarters, plain, undated
from schemas.layouts.when import is_relative, years_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipelines.checking.laid_out.grid import Grid, Over
    from schemas.layouts import Layout, Place, SheetMap
    from schemas.periods import Period

# More tables than this under one another are no scorecard: the headings that follow are read as rows, and said.
MOST_TABLES = 100


@dataclass(frozen=True)
class Found:
    """One column of figures: what the layout says of it, where it stands, and the year its own heading names."""

    place: Place
    column: int
    year: Period | None


@dataclass(frozen=True)
class Head:
    """The headings of one table (`row` is their last line, `end` the first row no longer in it) and what was found.

    `year_totals`: columns with a year's figure, and the year each names. `doubled`: headings that several columns have, so
    that none of them is read. `lacking`: places with no column. `unread`: columns the layout does not speak of.
    """

    row: int
    end: int
    names: Mapping[str, int]
    found: tuple[Found, ...]
    year_totals: tuple[tuple[int, Period | None], ...]
    year_made: int | None
    doubled: Mapping[str, tuple[int, ...]]
    lacking: tuple[Place, ...]
    unread: tuple[tuple[int, str], ...]

    @property
    def first(self) -> int:
        """The first row of figures."""
        return self.row + 1


def heads(grid: Grid, sheet_map: SheetMap, layout: Layout) -> list[Head]:
    """Every table of a map on a sheet, from the top: the same headings may stand again over the next theme."""
    found: list[Head] = []
    for row in _likely(grid, sheet_map, calendar=layout.year == "calendar"):
        if len(found) == MOST_TABLES:
            break
        here = _head(_Columns(grid, row, layout), sheet_map)
        if here is None:
            continue
        if not found or row - found[-1].row >= LINES or _is_whole(grid, here, found[-1]):
            found.append(here)
        elif len(here.found) > len(found[-1].found):
            found[-1] = here  # the second line of the same headings says more than the first
    ends = [*(each.row for each in found[1:]), *([grid.height] if found else [])]
    return [_ended(grid, each, end) for each, end in zip(found, ends, strict=True)]


def headings_of(layout: Layout) -> list[str]:
    """Every heading that a layout names, each once."""
    every = (h for each in layout.sheets for h in (*each.names.values(), *(place.heading for place in each.places)))
    return [heading for heading in dict.fromkeys(every) if heading]


class _Columns:
    """The columns under one row of headings, looked up by what stands over them."""

    def __init__(self, grid: Grid, row: int, layout: Layout) -> None:
        self.grid, self.row = grid, row
        self.over: list[Over] = grid.over(row)
        self.calendar = layout.year == "calendar"
        self.left_out = {plain(each.words) for each in layout.left_out}
        self._exact: dict[str, list[int]] = {}
        self._whole: dict[str, list[int]] = {}
        self._undated: dict[str, list[int]] = {}
        for at, over in enumerate(self.over):
            for way in {plain(way) for way in over.ways}:
                self._exact.setdefault(way, []).append(at)
            for way in {self._quarters(plain(way)) for way in over.ways}:
                self._whole.setdefault(way, []).append(at)
            for way in {self._quarters(undated(way)) for way in over.ways}:
                self._undated.setdefault(way, []).append(at)

    def _quarters(self, words: str) -> str:
        return in_quarters(words, calendar=self.calendar)

    def exact(self, heading: str) -> list[int]:
        """As it is written, or else as the same quarter: “Apr-Jun” is no “Q1” where the sheet has both."""
        words = plain(heading)
        return self._exact.get(words) or self._whole.get(self._quarters(words), [])

    def alike(self, heading: str) -> list[int]:
        return self.exact(heading) or self._undated.get(self._quarters(undated(heading)), [])

    def any_year(self, heading: str) -> list[int]:
        return sorted({*self.exact(heading), *self._undated.get(self._quarters(undated(heading)), [])})

    def holds(self, at: int) -> bool:
        return self.grid.holds(at, self.row + 1, self.grid.height)

    def filled(self, columns: Sequence[int]) -> int | None:
        """The first of several columns in which something stands, or else the first."""
        return next((at for at in columns if self.holds(at)), next(iter(columns), None))

    def unnamed(self, before: int) -> int | None:
        """The column of words without a heading, left of the figures: of several, the last."""
        blank = [at for at in range(before) if not self.over[at].ways and self.holds(at)]
        return blank[-1] if blank else None

    def year(self, at: int) -> Period | None:
        years = years_in(self.over[at].whole, calendar=self.calendar)
        return next(iter(years)) if len(years) == 1 else None


def _likely(grid: Grid, sheet_map: SheetMap, *, calendar: bool) -> Iterator[int]:
    """The rows in which some cell ends one of the headings; all others are passed over quickly."""
    named = [undated(each) for each in (*sheet_map.names.values(), *(place.heading for place in sheet_map.places))]
    words = [each.split() for each in {*named, *(in_quarters(each, calendar=calendar) for each in named)}]
    ends = {" ".join(each[at:]) for each in words for at in range(len(each))}
    for row in range(min(grid.height, SEARCHED)):
        bare = {undated(text) for text in grid.texts(row) if text}
        if bare & ends or any(in_quarters(each, calendar=calendar) in ends for each in bare):
            yield row


def _head(columns: _Columns, sheet_map: SheetMap) -> Head | None:
    """What of a map stands over the row; None unless every column of words and at least one of figures does."""
    names = {name: columns.filled(columns.alike(heading)) for name, heading in sheet_map.names.items() if heading}
    if None in names.values():
        return None
    claimed = {at for at in names.values() if at is not None}
    found, doubled = _figures(columns, sheet_map, claimed)
    places = {at for each in doubled.values() for at in each} | {each.column for each in found}
    if not places:
        return None
    for name in (name for name, heading in sheet_map.names.items() if not heading):
        names[name] = columns.unnamed(min(places))
    if None in names.values():
        return None
    totals = columns.any_year(sheet_map.year_total) if sheet_map.year_total else []
    totals = [at for at in totals if at not in places]
    made = columns.filled(columns.alike(sheet_map.year_made)) if sheet_map.year_made else None
    known = places | {at for at in (*names.values(), *totals, made) if at is not None}
    return Head(
        columns.row,
        columns.grid.height,
        {name: at for name, at in names.items() if at is not None},
        tuple(sorted(found, key=lambda each: each.column)),
        tuple((at, columns.year(at)) for at in totals),
        made,
        doubled,
        tuple(p for p in sheet_map.places if p.heading not in doubled and all(each.place != p for each in found)),
        tuple(_unread(columns, known)),
    )


def _figures(
    columns: _Columns, sheet_map: SheetMap, claimed: set[int]
) -> tuple[list[Found], dict[str, tuple[int, ...]]]:
    """The columns of each place, exact headings first; and the headings of which nobody could tell which column is meant.

    A place of each year (`Q1`) may have a column for several years, where their headings say which.
    """
    taken = set(claimed)
    mine: dict[int, list[int]] = {}
    for look, places in ((columns.exact, sheet_map.places), (columns.any_year, sheet_map.places)):
        for number, place in enumerate(places):
            if look == columns.any_year and place.period and not is_relative(place.period):
                continue
            new = [at for at in look(place.heading) if at not in taken]
            mine.setdefault(number, []).extend(new)
            taken.update(new)
    found: list[Found] = []
    doubled: dict[str, tuple[int, ...]] = {}
    for number, at_columns in mine.items():
        place = sheet_map.places[number]
        each = [Found(place, at, columns.year(at)) for at in at_columns]
        years = [one.year for one in each]
        if len(each) > 1 and (None in years or len(set(years)) < len(years) or not is_relative(place.period)):
            filled = [one for one in each if columns.holds(one.column)]
            if len(filled) > 1:
                doubled[place.heading] = tuple(one.column for one in filled)
                continue
            each = filled or each[:1]
        found += each
    return found, doubled


def _unread(columns: _Columns, known: set[int]) -> Iterator[tuple[int, str]]:
    for at, over in enumerate(columns.over):
        if at in known or not over.ways or columns.left_out & {plain(way) for way in over.ways}:
            continue
        if columns.holds(at):
            yield at, over.ways[0]


def _is_whole(grid: Grid, here: Head, before: Head) -> bool:
    """Whether a row close below other headings is headings again, and not their second line or a blank row under them."""
    texts = grid.texts(here.row)
    return here.row - before.row > 1 and all(texts[at] for at in here.names.values())


def _ended(grid: Grid, head: Head, end: int) -> Head:
    unread = tuple((at, words) for at, words in head.unread if grid.holds(at, head.first, end))
    return replace(head, end=end, unread=unread)
