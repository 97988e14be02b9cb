"""The answers of a form as the workbook of their kind: the same rows a respondent with a spreadsheet would send."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.flows.answer_form import COLUMNS
from pipelines.reading import Sheet, Workbook
from schemas.catalogue import catalogue
from schemas.returns.self_assessment import KIND, STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from schemas.periods import Period

Rows = dict[str, list[list[str]]]
# The row of the first answer, counted as a spreadsheet does: the headings stand above it.
FIRST = 2


@dataclass(frozen=True)
class Sheetful:
    """What one workbook is to say: whose, of which self-assessment and year, who stands by it, and the answers."""

    respondent_id: str
    instrument: str
    year: Period
    answers: Mapping[str, Mapping[str, str]]
    prepared_by: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    headings: tuple[str, ...] = field(default=("Statement ID", *(column.heading for column in COLUMNS)))

    @property
    def name(self) -> str:
        """The name its file is kept under."""
        synthetic = "SYNTHETIC_" * catalogue().partnership.synthetic
        return f"{synthetic}form_{self.respondent_id}_{self.instrument}_{self.year.id}.xlsx"

    def statement_at(self, row: int | None) -> str:
        """The statement on a row of the sheet; empty where the row holds none."""
        ids = list(self.answers)
        return ids[row - FIRST] if row is not None and FIRST <= row < FIRST + len(ids) else ""


def rows(said: Sheetful) -> Rows:
    """The cells of each sheet, all as text."""
    table = [[each, *(_cell(column.choices, answer.get(column.name, "")) for column in COLUMNS)]
             for each, answer in said.answers.items()]  # fmt: skip
    return {"Cover": [list(pair) for pair in _cover(said).items()], STATEMENTS.name: [list(said.headings), *table]}


def in_memory(said: Sheetful) -> Workbook:
    """The workbook as reading would give it, without a file."""
    sheets = tuple(
        Sheet(name, visible=True, rows=[[cell or None for cell in row] for row in cells])
        for name, cells in rows(said).items()
    )
    return Workbook(Path(said.name), said.name, "", "xlsx", sheets)


def write(path: Path, said: Sheetful) -> None:
    """Write the workbook: one sheet for the cover, one for the answers. OSError where it cannot be written."""
    import xlsxwriter

    content = BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, settings) as book:
        for name, cells in rows(said).items():
            sheet = book.add_worksheet(name)
            for row, texts in enumerate(cells):
                for column, text in enumerate(texts):
                    if text:
                        sheet.write_string(row, column, text)
    path.write_bytes(content.getvalue())


def _cover(said: Sheetful) -> dict[str, str]:
    return {
        "Template version": KIND.template_version,
        "Kind of return": KIND.id,
        "Answered by": said.respondent_id,
        "Year": said.year.id,
        "Instrument": catalogue().label("instrument", said.instrument),
        "Prepared by (role)": said.prepared_by,
        "Approved by (role)": said.approved_by,
        "Approved on": said.approved_on.isoformat() if said.approved_on else "",
    }


def _cell(choices: str, value: str) -> str:
    return catalogue().label(choices, value) if choices and value else value
