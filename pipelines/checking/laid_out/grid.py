"""A sheet as a layout sees it: the words over each column, however many lines they stand on, and the cells below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipelines.checking.cells import as_text
from pipelines.checking.laid_out.words import heading_text
from schemas.returns.numbers import number_in
from schemas.returns.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.reading import Sheet

# A heading on more lines than this is a title.
LINES = 3
# Tables stand one under another on a sheet of themes; none begins further down than this.
SEARCHED = 2_000


@dataclass(frozen=True)
class Over:
    """What stands over one column: every way to read its heading, and all its lines together.

    `own`: the lines without what stands over other columns only, further to the left.
    """

    ways: tuple[str, ...]
    whole: str
    own: str


@dataclass(frozen=True)
class Grid:
    """A sheet, asked for its headings and its cells; rows and columns are counted from 0."""

    sheet: Sheet

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.sheet.rows[0]) if self.sheet.rows else 0

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.sheet.rows)

    def texts(self, row: int) -> list[str]:
        """A row's cells as headings, none merged."""
        return [heading_text(cell) for cell in self.sheet.rows[row]]

    def over(self, row: int) -> list[Over]:
        """The headings whose last line is a row.

        A cell merged over several columns or rows counts for each of them, and on a line above the last one a word stands
        over the blank cells to its right as well: files that went through a CSV have lost their merged cells. What begins in
        the very first column and reaches further is a title, and stands over none.
        """
        lines = [self._carried(at) for at in range(max(row - LINES + 1, 0), row + 1)]
        spread = [_to_the_right(line) for line in lines]
        return [_read([line[at] for line in lines], [line[at] for line in spread[:-1]]) for at in range(len(lines[-1]))]

    def column(self, at: int, first: int, last: int) -> list[str]:
        """The cells of a column between two rows (the last not included) as text, what is shown as a percentage with %."""
        cells = self.sheet.columns[at]
        said = [as_text(value) for value in cells.values]
        texts = [said[number] for number in cells.codes[first:last].tolist()]
        for row in self._percent.get(at, ()):
            if first <= row < last and isinstance(value := self.sheet.rows[row][at], int | float):
                texts[row - first] = f"{as_text(float(value) * 100)}%"
        return texts

    def labels(self, at: int, first: int, last: int) -> list[str]:
        """A column of labels: one merged over several rows is repeated on each of them."""
        texts = [visible(text) for text in self.column(at, first, last)]
        for top, left, bottom, right in self.sheet.merged:
            if left <= at <= right and bottom > top and first <= top < last:
                texts[top - first : bottom + 1 - first] = [texts[top - first]] * len(
                    texts[top - first : bottom + 1 - first]
                )
        return texts

    def numbers_as_text(self, at: int, first: int, last: int) -> list[bool]:
        """Whether each cell of a column is a number stored as text; a CSV stores nothing else."""
        cells = self.sheet.columns[at]
        stored = [isinstance(value, str) and number_in(value) is not None for value in cells.values]
        return [stored[number] for number in cells.codes[first:last].tolist()]

    def holds(self, at: int, first: int, last: int) -> bool:
        """Whether anything stands in a column between two rows."""
        return bool(self.sheet.columns[at].filled()[first:last].any())

    def title(self, row: int) -> list[str]:
        """All that is written above a row."""
        return [text for at in range(min(row, SEARCHED)) for text in self.texts(at) if text]

    def _carried(self, row: int) -> list[str]:
        texts = self.texts(row)
        for top, left, _, right in self._merged.get(row, ()):
            if left > 0 or right == 0:
                words = heading_text(self.sheet.rows[top][left])
                texts[left : right + 1] = [words] * len(texts[left : right + 1])
        return texts

    @cached_property
    def _merged(self) -> dict[int, list[tuple[int, int, int, int]]]:
        """The merged cells that touch each of the first rows."""
        found: dict[int, list[tuple[int, int, int, int]]] = {}
        for span in self.sheet.merged:
            # A heading covers few rows; one that is merged far down is a banner beside the table.
            for row in range(span[0], min(span[2], span[0] + LINES, self.height - 1, SEARCHED) + 1):
                found.setdefault(row, []).append(span)
        return found

    @cached_property
    def _percent(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for row, at in self.sheet.percent:
            found.setdefault(at, []).append(row)
        return found


def _to_the_right(line: Sequence[str]) -> list[str]:
    words, spread = "", list(line[:1])
    for text in line[1:]:
        words = text or words
        spread.append(words)
    return spread


def _read(own: list[str], spread: list[str]) -> Over:
    """The ways to read one column's lines: the last alone, with those above, and where it is blank those above."""
    *above, last = own
    whole = _joined([*spread, last])
    if last:
        ways = [last, *(_joined([*above[start:], last]) for start in range(len(above)))]
        ways += [_joined([*spread[start:], last]) for start in range(len(spread))]
    else:
        ways = [above[-1] if above else "", _joined(above)]
        ways += [line for line in above if line]
    return Over(tuple(dict.fromkeys(way for way in ways if way)), whole, _joined(own))


def _joined(lines: list[str]) -> str:
    """Lines one after the other; a cell merged over two of them says its words once."""
    return " ".join(line for at, line in enumerate(lines) if line and line not in lines[:at][-1:])
