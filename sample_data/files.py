"""Returns as files: the CSV older systems export, and the workbook of the template."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from schemas.returns.figures import COLUMNS, COMMENTARY, KIND, NOT_HELD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet

    from sample_data.returns import Line, Return
    from schemas.catalogue.whole import Catalogue

Cell = str | float | None
HEADINGS = {column.name: column.heading for column in COLUMNS}
IN_CSV = ("indicator_id", "indicator", "agency_id", "period_id", "area_id", "breakdown", "category",
          "numerator", "denominator", "value", "marker", "nil", "reason", "definition_version")  # fmt: skip
IN_WORKBOOK = ("indicator_id", "indicator", "period_id", "area_id", "breakdown", "category", "last_quarter",
               "numerator", "denominator", "value", "marker", "nil", "reason")  # fmt: skip
PREPARED_BY = "Performance analyst"
APPROVED_BY = "Head of service, safeguarding"
INSTRUCTIONS = (
    "SYNTHETIC: every figure in this file is invented.",
    "Fill Number and Out of. Leave a cell blank where you have no figure; write x under Nil where the figure is zero.",
    "Give a reason where a figure has moved. Never write anything about one child.",
)


def write_csv(sent: Return, catalogue: Catalogue, out: Path) -> Path:
    """Write the return as one comma-separated table under the cover's answers, ids and codes as a case system has them."""
    path = out / f"{sent.name}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerows([*cover(sent), []])
        writer.writerow([HEADINGS[name] for name in IN_CSV])
        for line in sent.lines:
            if _is_sent(line):
                cells = _cells(line, catalogue, sent.agency_id)
                writer.writerow([cells[name] for name in IN_CSV])
    return path


def write_workbook(sent: Return, catalogue: Catalogue, out: Path) -> Path:
    """Write the return in the template's sheets, labels as analysts read them; what is not held has its own sheet."""
    import xlsxwriter

    path = out / f"{sent.name}.xlsx"
    with xlsxwriter.Workbook(path, {"in_memory": True, "strings_to_urls": False}) as book:
        _write(book.add_worksheet("Cover"), cover(sent))
        _write(book.add_worksheet("Instructions"), [[line] for line in INSTRUCTIONS])
        _write(book.add_worksheet(KIND.data.name), [[HEADINGS[n] for n in IN_WORKBOOK], *rows(sent, catalogue)])
        _write(book.add_worksheet(KIND.paste), [[HEADINGS[n] for n in IN_WORKBOOK]])
        _write(
            book.add_worksheet(COMMENTARY.name), [[c.heading for c in COMMENTARY.columns], *_accounts(sent, catalogue)]
        )
        _write(book.add_worksheet(NOT_HELD.name), [[c.heading for c in NOT_HELD.columns], *_not_held(sent, catalogue)])
    return path


def cover(sent: Return) -> list[Sequence[Cell]]:
    """The cover's questions and answers: roles, never names."""
    answers = {
        "template_version": KIND.template_version,
        "kind": KIND.id,
        "agency": sent.agency_id,
        "period": sent.period.id,
        "prepared_by_role": PREPARED_BY,
        "approved_by_role": APPROVED_BY,
        "approved_on": sent.period.next.start.replace(day=20 + sent.version).isoformat(),
        "nil_return": "No",
    }
    return [[question.replace("_", " ").capitalize(), answer] for question, answer in answers.items()]


def rows(sent: Return, catalogue: Catalogue) -> list[list[Cell]]:
    """Every figure owed as a row of the Figures sheet, blank where none is sent."""
    found: list[list[Cell]] = []
    for line in sent.lines:
        cells = _cells(line, catalogue, sent.agency_id) | _labels(line, catalogue)
        if line.marker in ("x", "z") and line.reason:  # it stands on the sheet of what is not held
            cells |= {"marker": "", "reason": ""}
        found.append([cells[name] for name in IN_WORKBOOK])
    return found


def _cells(line: Line, catalogue: Catalogue, agency_id: str) -> dict[str, Cell]:
    return {
        "agency_id": agency_id,
        "indicator_id": line.owed.indicator_id,
        "indicator": catalogue.indicators[line.owed.indicator_id].title,
        "period_id": line.owed.period_id,
        "area_id": line.owed.area_id,
        "breakdown": line.owed.breakdown,
        "category": line.owed.category,
        "last_quarter": line.last_quarter,
        "numerator": line.numerator,
        "denominator": line.denominator,
        "value": line.value,
        "marker": line.marker,
        "nil": "x" if line.numerator == 0 else "",
        "reason": line.reason,
        "definition_version": line.definition_version,
    }


def _labels(line: Line, catalogue: Catalogue) -> dict[str, Cell]:
    named: dict[str, Cell] = {"area_id": catalogue.areas[line.owed.area_id].name}
    if line.owed.breakdown == "all":
        return named | {"breakdown": "All", "category": "All"}
    breakdown = catalogue.breakdowns[line.owed.breakdown]
    label = next(c.label for c in breakdown.categories if c.id == line.owed.category)
    return named | {"breakdown": breakdown.title, "category": label}


def _is_sent(line: Line) -> bool:
    return line.numerator is not None or line.marker != ""


def _accounts(sent: Return, catalogue: Catalogue) -> list[list[Cell]]:
    return [
        [a.indicator_id, catalogue.indicators[a.indicator_id].title, a.what_happened, a.why, a.what_we_are_doing]
        for a in sent.accounts
    ]


def _not_held(sent: Return, catalogue: Catalogue) -> list[list[Cell]]:
    held = {line.owed.indicator_id: line.reason for line in sent.lines if line.marker in ("x", "z") and line.reason}
    return [[found, catalogue.indicators[found].title, reason] for found, reason in held.items()]


def _write(sheet: Worksheet, table: Iterable[Sequence[Cell]]) -> None:
    for number, cells in enumerate(table):
        for column, cell in enumerate(cells):
            if cell not in (None, ""):
                sheet.write(number, column, cell)
