"""One sheet of an unknown spreadsheet as it could be read: head, columns, and the rows with what they may mean."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipelines.checking.cells import as_text
from pipelines.checking.guessing import columns, heads
from pipelines.checking.guessing.labels import DOUBTED, Match, Meant, meant
from schemas.returns.meaning import meaning
from schemas.returns.numbers import number_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.checking.guessing.columns import ColumnGuess, Use
    from pipelines.checking.guessing.heads import Head
    from pipelines.checking.guessing.names import Names
    from pipelines.reading import Sheet

# Why a row is read past: the choices a person has, and what is guessed of rows that plainly hold no figure.
HEADING = "It is a heading or a note, not a figure"
TOTAL = "It is a total of other rows"
NOT_IN_DATA_SET = "It is not in the partnership's data set"
OF_ANOTHER = "Another agency sends it"
NO_FIGURES = "It is a column that is no part of the return"
REASONS = (HEADING, TOTAL, NOT_IN_DATA_SET, OF_ANOTHER)
# Nobody answers for more labels than this one by one; such a file has its figures in rows, not its measures.
MOST_LABELS = 150
# So many rows of one label tell whether its figures are whole numbers.
_LOOKED_AT = 40
# No percentage of children is more.
_WHOLE_OF_IT = 100
_TOTALS = frozenset({"total", "totals", "grand total", "sub total", "subtotal", "overall total"})


@dataclass(frozen=True, slots=True)
class RowGuess:
    """One label of the table: its words, the rows it stands on (1 is the sheet's first), and what it may mean.

    `left_out` is the reason to read past it, where that is the guess.
    """

    words: str
    sheet: str
    rows: tuple[int, ...]
    meant: Meant
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class TableGuess:
    """How one sheet could be read.

    `quarters_down` heads a column that says another quarter row by row, which no layout can take: all rows would be read
    as of one quarter.
    """

    sheet: str
    head: Head
    columns: tuple[ColumnGuess, ...]
    rows: tuple[RowGuess, ...]
    quarters_down: str = ""

    def having(self, role: str) -> ColumnGuess | None:
        """The first column taken for something."""
        return next((each for each in self.columns if each.use.role == role), None)

    @property
    def figures(self) -> tuple[ColumnGuess, ...]:
        """The columns taken for this return's figures."""
        return tuple(each for each in self.columns if each.use.role == "figures")


@dataclass(frozen=True, slots=True)
class Said:
    """What a person has said of a sheet: the row that heads it (1 is the first, 0 for none), on how many lines, its columns."""

    head: int | None = None
    lines: int = 1
    uses: Mapping[int, Use] = field(default_factory=dict[int, "Use"])


def guessed(sheet: Sheet, known: Names, agency_id: str, said: Said | None = None) -> TableGuess | None:
    """How a sheet could be read; None where nothing on it looks like a table of figures.

    What a person has said goes before what would be guessed.
    """
    said = said or Said()
    if said.head == 0:
        return None
    head = heads.found(sheet) if said.head is None else heads.at(sheet, said.head - 1, lines=said.lines)
    if head is None or head.first_row >= len(sheet.rows):
        return None
    found = columns.guessed(sheet, head, known)
    found = tuple(
        columns.ColumnGuess(each.column, each.heading, said.uses.get(each.column, each.use)) for each in found
    )
    return TableGuess(
        sheet.name, head, found, _rows(sheet, head, found, known, agency_id), columns.quarters_down(sheet, head, found)
    )


def _rows(
    sheet: Sheet, head: Head, found: tuple[ColumnGuess, ...], known: Names, agency_id: str
) -> tuple[RowGuess, ...]:
    """Every different label of the table, in its order."""
    naming = next((each.column for each in found if each.use.role in ("indicator_id", "indicator")), None)
    if naming is None:
        return ()
    figures = [each.column for each in found if each.use.role == "figures"]
    has_base = any(each.use.answer == "denominator" for each in found if each.use.role == "figures")
    places: dict[str, list[int]] = {}
    words: dict[str, str] = {}
    for row in range(head.first_row, len(sheet.rows)):
        text = as_text(sheet.rows[row][naming])
        # One more than can be asked about is enough to say that there are too many.
        if text and (len(places) <= MOST_LABELS or meaning(text) in places):
            places.setdefault(meaning(text), []).append(row)
            words.setdefault(meaning(text), text)
    return tuple(
        RowGuess(
            words[each],
            sheet.name,
            tuple(row + 1 for row in rows),
            _with_answers(meant(words[each], known, agency_id), sheet, rows, () if has_base else figures, known),
            _left_out(each, is_answered=any(_answered(sheet, row, figures) for row in rows)),
        )
        for each, rows in places.items()
    )


def _with_answers(found: Meant, sheet: Sheet, rows: list[int], figures: Sequence[int], known: Names) -> Meant:
    """The matches, each saying whether the row gives the value of a share or its number; the columns say it otherwise.

    A percentage read as a number of children would be a wrong figure, so without a column of what it is out of, a
    percentage or an average is taken for the value, and a rate too where its figures are broken. The other way round is
    as wrong: figures that no percentage can be are taken for the number, and a person is asked.
    """
    cells = [(row, column) for row in rows[:_LOOKED_AT] for column in figures]
    if not cells:
        return found
    texts = [as_text(sheet.rows[row][column]) for row, column in cells]
    numbers = [number for text in texts if (number := number_in(text)) is not None]
    is_percent = any(text.endswith("%") for text in texts) or any(cell in sheet.percent for cell in cells)
    is_broken = is_percent or any(number % 1 for number in numbers)
    is_count = not is_broken and any(number > _WHOLE_OF_IT for number in numbers)
    answered = [_with_answer(match, known, is_broken=is_broken) for match in found.matches]
    return Meant(tuple(_counted(answered, known) if is_count else answered))


def _counted(matches: list[Match], known: Names) -> list[Match]:
    """The matches of a row of counts: of a percentage they are its number, and where that comes first none is likely."""
    shares = [known.catalogue.indicators[match.indicator_id].measure_type == "percent" for match in matches]
    most = DOUBTED if any(shares[:1]) else 100.0
    return [
        replace(
            match,
            answer="numerator" if is_share and match.answer == "value" else match.answer,
            confidence=min(match.confidence, most),
        )
        for match, is_share in zip(matches, shares, strict=True)
    ]


def _with_answer(match: Match, known: Names, *, is_broken: bool) -> Match:
    indicator = known.catalogue.indicators[match.indicator_id]
    if match.answer or indicator.denominator is None or (indicator.measure_type == "rate" and not is_broken):
        return match
    return replace(match, answer="value")


def _left_out(words: str, *, is_answered: bool) -> str:
    return TOTAL if words in _TOTALS else "" if is_answered else HEADING


def _answered(sheet: Sheet, row: int, figures: list[int]) -> bool:
    return any(heads.is_an_answer(text) for column in figures if (text := as_text(sheet.rows[row][column])))
