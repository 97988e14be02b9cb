"""One good return: the template, filled with figures that agree with one another."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipelines.reading import Sheet, Workbook, read
from pipelines.reports import template
from schemas.catalogue import catalogue, owed
from schemas.periods import parse

AGENCY, QUARTER = "lcc_cf", parse("2026-27-Q2")
TODAY = date(2026, 10, 20)
AT = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
HEAD = 3  # the 0-based row of the headings on the sheets of the template


@dataclass
class Book:
    """A workbook as plain rows, to spoil and to write."""

    sheets: dict[str, list[list[Any]]]
    hidden: set[str] = field(default_factory=set)
    percent: set[tuple[str, int, int]] = field(default_factory=set)
    merged: list[tuple[str, int, int, int, int]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    file_name: str = "figures.xlsx"

    @property
    def figures(self) -> list[list[Any]]:
        """The sheet of figures."""
        return self.sheets["Figures"]

    def column(self, heading: str, sheet: str = "Figures", head: int = HEAD) -> int:
        """Where a heading stands, counted from 0."""
        return self.sheets[sheet][head].index(heading)

    def row(self, indicator_id: str, breakdown: str = "All", category: str = "All") -> int:
        """The 0-based row of one figure."""
        for place, row in enumerate(self.figures):
            if (row[0], row[4], row[5]) == (indicator_id, breakdown, category):
                return place
        raise KeyError((indicator_id, breakdown, category))

    def put(self, indicator_id: str, heading: str, value: Any, breakdown: str = "All", category: str = "All") -> str:
        """Change one cell of a figure; its address."""
        row, column = self.row(indicator_id, breakdown, category), self.column(heading)
        self.figures[row][column] = value
        return f"{chr(ord('A') + column)}{row + 1}"

    def cover(self, label: str, answer: Any) -> None:
        """Change one answer of the cover."""
        next(row for row in self.sheets["Cover"] if row[0] == label)[1] = answer

    def add(self, indicator_id: str, **cells: Any) -> int:
        """Add a copy of a figure's row with some cells changed; its sheet row."""
        row = list(self.figures[self.row(indicator_id)])
        for heading, value in cells.items():
            row[self.column(heading.replace("_", " "))] = value
        self.figures.append(row)
        return len(self.figures)

    def workbook(self) -> Workbook:
        """The book as the reader would give it."""
        sheets = tuple(
            Sheet(
                name,
                name not in self.hidden,
                [list(row) + [None] * (max(map(len, rows)) - len(row)) for row in rows],
                frozenset((r, c) for sheet, r, c in self.percent if sheet == name),
                tuple(place[1:] for place in self.merged if place[0] == name),
            )
            for name, rows in self.sheets.items()
        )
        return Workbook(Path(self.file_name), self.file_name, "0" * 64, "xlsx", sheets, (), tuple(self.texts))

    def write(self, path: Path) -> Path:
        """The book as a file."""
        import xlsxwriter

        with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            as_percent = book.add_format({"num_format": "0.0%"})
            for name, rows in self.sheets.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    for column, value in enumerate(row):
                        if value is not None:
                            sheet.write(
                                number, column, value, as_percent if (name, number, column) in self.percent else None
                            )
                if name in self.hidden:
                    sheet.hide()
        return path


@cache
def quantities() -> dict[str, int]:
    """A number for each quantity, so that a part is never larger than what it is a part of."""
    numbers = dict.fromkeys(catalogue().quantities, 240)
    for _ in range(4):
        for indicator in catalogue().indicators.values():
            if indicator.denominator:
                numbers[indicator.denominator] = max(numbers[indicator.denominator], 2 * numbers[indicator.numerator])
    return numbers


def split(number: int, category: str, breakdown: str) -> int:
    """One category's share of a number: equal parts, the remainder to the first ones."""
    categories = [found.id for found in catalogue().breakdowns[breakdown].categories]
    share, over = divmod(number, len(categories))
    return share + (categories.index(category) < over)


@cache
def _good() -> Book:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "figures.xlsx"
        template.write(path, kind="figures", agency_id=AGENCY, period=QUARTER, sent=template.Sent(), at=AT)
        book = Book({sheet.name: list(sheet.rows) for sheet in read(path).sheets})
    number, base = book.column("Number"), book.column("Out of")
    for row, figure in zip(book.figures[HEAD + 1 :], owed(catalogue(), AGENCY, QUARTER), strict=True):
        indicator = catalogue().indicators[figure.indicator_id]
        top, under = quantities()[indicator.numerator], indicator.denominator
        whole = figure.breakdown == "all"
        row[number] = top if whole else split(top, figure.category, figure.breakdown)
        if under and not catalogue().quantities[under].official:
            below = quantities()[under]
            row[base] = below if whole else split(below, figure.category, figure.breakdown)
    for label, answer in (("Prepared by (role)", "Performance analyst"), ("Approved by (role)", "Head of service"),
                          ("Approved on", date(2026, 10, 19)), ("Nil return", "No")):  # fmt: skip
        book.cover(label, answer)
    return book


def good_book() -> Book:
    """A copy of the good return, to spoil."""
    return deepcopy(_good())
