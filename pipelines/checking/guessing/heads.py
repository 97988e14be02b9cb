"""Where a table begins on a sheet nobody has seen: the lines that head it, and what each heading says of its column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.checking.cells import as_text
from pipelines.checking.guessing import periods
from schemas.period_spelling import MONTHS
from schemas.returns.markers import UNCLEAR, marker_of
from schemas.returns.numbers import number_in

if TYPE_CHECKING:
    from pipelines.checking.guessing.periods import Said
    from pipelines.reading import Sheet, Value

# Title blocks and letterheads are seldom longer.
SEARCHED = 60
# Of the filled cells under a heading of figures so many hold a number or a sign for none; a note here and there is let be.
_MOSTLY = 0.6
_LOOKED_AT = 400
# No table of a return is wider; what stands further out is read past here.
_WIDEST = 200


@dataclass(frozen=True, slots=True)
class Head:
    """The lines that head a table: `first` and `last` counted from 0, each column's heading, and what it says."""

    first: int
    last: int
    headings: tuple[str, ...]
    said: tuple[Said | None, ...]

    @property
    def first_row(self) -> int:
        """The first row of the table under it, counted from 0."""
        return self.last + 1


def found(sheet: Sheet) -> Head | None:
    """The lines that head the most different columns of figures; None where no line heads any."""
    best: tuple[int, int, Head] | None = None
    for row in range(min(SEARCHED, len(sheet.rows) - 1)):
        for lines in (1, 2):
            if lines == 2 and (row == 0 or not any(_text(cell) for cell in sheet.rows[row - 1])):
                continue
            head = at(sheet, row, lines=lines)
            told = {(said.period, said.answer) for said in _of_figures(sheet, head)}
            # Of two readings that find as much the shorter and higher one: a second line must add something.
            if told and (best is None or (len(told), _words(head)) > best[:2]):
                best = (len(told), _words(head), head)
    return best[2] if best else None


def at(sheet: Sheet, row: int, *, lines: int = 1) -> Head:
    """The head that ends on a row, counted from 0: one line, or two whose words stand one after the other."""
    own = [_text(cell) for cell in sheet.rows[row][:_WIDEST]]
    above = carried(sheet, row - 1) if lines == 2 else [""] * len(own)
    headings = [" ".join(part for part in (up, text) if part) for up, text in zip(above, own, strict=True)]
    said = [periods.said(heading) if heading else None for heading in headings]
    days = {column: day for column, cell in enumerate(sheet.rows[row][:_WIDEST]) if (day := periods.day_in(cell))}
    for column, period in zip(days, periods.of_dates([*days.values()]), strict=True):
        said[column] = periods.Said("figures", period, confidence=90.0)
    return Head(row - lines + 1, row, tuple(headings), tuple(said))


def carried(sheet: Sheet, row: int) -> list[str]:
    """A row's texts with each heading merged over several columns repeated over all of them."""
    texts = [_text(cell) for cell in sheet.rows[row][:_WIDEST]]
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left < len(texts):
            texts[left : right + 1] = [_text(sheet.rows[top][left])] * len(texts[left : right + 1])
    return texts


def holds_figures(sheet: Sheet, first_row: int, column: int) -> bool:
    """Whether what stands under a heading is numbers, or signs that there is none; an empty column could yet be filled."""
    texts = [text for row in sheet.rows[first_row : first_row + _LOOKED_AT] if (text := as_text(row[column]))]
    return not texts or sum(map(is_an_answer, texts)) >= _MOSTLY * len(texts)


def is_an_answer(text: str) -> bool:
    """Whether a cell's text answers for a figure: a number, a marker, or a sign for none.

    >>> [is_an_answer(text) for text in ("1,204", "24%", "-", "c", "Total")]
    [True, True, True, True, False]
    """
    return number_in(text) is not None or bool(marker_of(text)) or text.strip().lower() in UNCLEAR


def _of_figures(sheet: Sheet, head: Head) -> list[Said]:
    """What is said of the columns under a head that hold this return's figures."""
    spoken = [(column, said) for column, said in enumerate(head.said) if said and said.role == "figures"]
    # A row of numbers is no head: a figure of 2025 could be read as a year.
    if len(spoken) < 2 and any(number_in(text) is not None for text in head.headings if text):
        return []
    return [said for column, said in spoken if holds_figures(sheet, head.first_row, column)]


def _words(head: Head) -> int:
    return sum(bool(text) for text in head.headings)


def _text(cell: Value) -> str:
    """A cell's text as a heading; a date as its month, for that is how a sheet with months across shows it."""
    day = periods.day_in(cell)
    return f"{MONTHS[day.month - 1].capitalize()} {day.year}" if day else as_text(cell)
