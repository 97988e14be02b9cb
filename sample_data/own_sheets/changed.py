"""What happens to a spreadsheet between two quarters: each change is one function, and none changes a figure."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from sample_data.own_sheets.wide import EMPTY, Cell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sample_data.own_sheets.wide import Page, Span, Wide


def changed(book: Wide, change: Callable[[Wide], None]) -> Wide:
    """The spreadsheet after a change; the one given stays as it was."""
    after = deepcopy(book)
    change(after)
    return after


def rows_inserted(book: Wide) -> None:
    """A blank row under the headings, and one in the middle of the figures."""
    for page in _tables(book):
        _insert_row(page, page.head[-1] + 1)
        _insert_row(page, page.head[-1] + 4)


def columns_inserted(book: Wide) -> None:
    """A column of the agency's own before the figures, a blank one at the very left, and one among the quarters."""
    for page in _tables(book):
        _insert_column(page, 3, "Owner", "District")
        _insert_column(page, 2, "Status", "on track")
        _insert_column(page, 0, None, None)


def sheets_renamed(book: Wide) -> None:
    """Every sheet has another name."""
    names = {name: f"{at} {name} v2" for at, name in enumerate(book.pages)}
    book.pages = {names[name]: page for name, page in book.pages.items()}
    book.tables = tuple(names[name] for name in book.tables)


def columns_reordered(book: Wide) -> None:
    """The columns stand the other way round, a group under one heading together as before."""
    for page in _tables(book):
        _reorder(page, list(reversed(range(page.width))))


def header_moved(book: Wide) -> None:
    """A letterhead of six more rows above the title."""
    for page in _tables(book):
        for at in range(6):
            _insert_row(page, 0, [Cell("Official: sensitive")] if at == 2 else [])


def title_taken_out(book: Wide) -> None:
    """Nothing above the headings: the table begins on the first row."""
    for page in _tables(book):
        above = page.head[0]
        page.rows = page.rows[above:]
        page.merged = [
            (top - above, left, bottom - above, right) for top, left, bottom, right in page.merged if top >= above
        ]
        page.head = tuple(row - above for row in page.head)


def merged_cells_lost(book: Wide) -> None:
    """No cell is merged any longer, as after a copy through another program."""
    for page in _tables(book):
        page.merged = []


def headings_on_one_line(book: Wide) -> None:
    """What stood over several lines is written into the last of them, the others are gone."""
    for page in _tables(book):
        *above, last = page.head
        for at in range(page.width):
            words = [str(_spoken(page, row, at).value or "") for row in above]
            own = _spoken(page, last, at)
            if own.value is None or isinstance(own.value, str):
                joined = " ".join(dict.fromkeys(word for word in (*words, str(own.value or "")) if word))
                _put(page, last, at, Cell(joined or None))
        for row in reversed(above):
            del page.rows[row]
        page.merged = [span for span in page.merged if span[0] < page.head[0]]
        page.head = (page.head[0],)


def headings_shouted(book: Wide) -> None:
    """Capitals, spaces and full stops where there were none."""
    for page in _tables(book):
        for row in page.head:
            page.rows[row] = [
                Cell(f"  {cell.value.upper()} ", cell.shown) if isinstance(cell.value, str) else cell
                for cell in page.rows[row]
            ]


def columns_of_the_future_left_out(book: Wide) -> None:
    """The columns of what is still to come are not there yet."""
    for page in _tables(book):
        still = [at for at in range(page.width) if not _is_to_come(page, at)]
        _reorder(page, still)


CHANGES: tuple[Callable[[Wide], None], ...] = (
    rows_inserted,
    columns_inserted,
    sheets_renamed,
    columns_reordered,
    header_moved,
    title_taken_out,
    merged_cells_lost,
    headings_on_one_line,
    headings_shouted,
    columns_of_the_future_left_out,
)


def _tables(book: Wide) -> list[Page]:
    return [book.pages[name] for name in book.tables]


def _cell(page: Page, row: int, at: int) -> Cell:
    return page.rows[row][at] if at < len(page.rows[row]) else EMPTY


def _spoken(page: Page, row: int, at: int) -> Cell:
    """A cell of the headings, or the one it is merged into."""
    for top, left, bottom, right in page.merged:
        if top <= row <= bottom and left <= at <= right:
            return _cell(page, top, left)
    return _cell(page, row, at)


def _put(page: Page, row: int, at: int, cell: Cell) -> None:
    page.rows[row] += [EMPTY] * (at + 1 - len(page.rows[row]))
    page.rows[row][at] = cell


def _is_to_come(page: Page, at: int) -> bool:
    """Whether nothing but signs for nothing stands under a heading."""
    below = [_cell(page, row, at).value for row in range(page.head[-1] + 1, len(page.rows))]
    filled = [value for value in below if value is not None]
    return bool(filled) and set(filled) == {"-"}


def _insert_row(page: Page, at: int, cells: list[Cell] | None = None) -> None:
    page.rows.insert(at, cells or [])
    page.head = tuple(row + (row >= at) for row in page.head)
    page.merged = [
        (top + (top >= at), left, bottom + (bottom >= at), right) for top, left, bottom, right in page.merged
    ]


def _insert_column(page: Page, at: int, heading: str | None, words: str | None) -> None:
    """A column with a heading on the last line; a group that spans its place grows by it."""
    page.rows = [[*_padded(row, at)[:at], EMPTY, *_padded(row, at)[at:]] for row in page.rows]
    page.merged = [
        (top, left + (left >= at), bottom, right + (right >= at)) for top, left, bottom, right in page.merged
    ]
    _put(page, page.head[-1], at, Cell(heading))
    for row in range(page.head[-1] + 1, len(page.rows)):
        if words is not None and any(cell.value is not None for cell in page.rows[row]):
            _put(page, row, at, Cell(words))


def _reorder(page: Page, order: Sequence[int]) -> None:
    """The columns in another order, some perhaps left out; a group stays one where its columns stay together."""
    width = page.width
    spans = [_moved(span, order) for span in page.merged]
    for top, left, bottom, right in page.merged:
        words = _cell(page, top, left)
        first = next((at for at in order if left <= at <= right), left)
        if first != left and bottom < page.head[-1] + 1:
            _put(page, top, first, words)
            _put(page, top, left, EMPTY)
    page.rows = [[_padded(row, width)[at] for at in order] for row in page.rows]
    page.merged = [span for span in spans if span is not None]


def _moved(span: Span, order: Sequence[int]) -> Span | None:
    top, left, bottom, right = span
    places = [place for place, at in enumerate(order) if left <= at <= right]
    is_one_cell = len(places) == 1 and top == bottom
    return None if not places or is_one_cell else (top, places[0], bottom, places[-1])


def _padded(row: list[Cell], width: int) -> list[Cell]:
    return row + [EMPTY] * (width - len(row))
