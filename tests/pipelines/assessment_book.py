"""Self-assessments for tests: a register, and the template as a sender fills it in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from pipelines.flows import returns
from pipelines.store import records
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.returns import kinds
from schemas.returns.self_assessment import STATEMENTS
from tests.pipelines.log_book import write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
STEWARD = Actor("s", "business_unit")
SCHOOL = Actor("h", "respondent", "SCH-0142")
YEAR = "FY2026-27"
MET = {"self_score": "2", "evidence_ref": "Report to governors", "evidence_date": date(2026, 6, 1)}
_HEAD_ROW = 4


def school(**differs: Any) -> dict[str, Any]:
    """A school's row of the register."""
    row = {"respondent_id": "SCH-0142", "instrument": "Education", "name": "Moor Side Primary", "sector": "Schools"}
    return row | differs


def registered(home: Path, *rows: Mapping[str, Any]) -> None:
    """Enter bodies on the register, as the business unit does."""
    many = len(list((home).glob("register-*.xlsx")))
    home.mkdir(exist_ok=True)
    path = write(home / f"register-{many}.xlsx", {"Respondents": list(rows)}, kind="register")
    loaded = returns.submit(home, STEWARD, path, AT)
    assert loaded.report.exit_code == 0, loaded.report.as_text()


def answered(  # noqa: PLR0913 - where, who, which, when, what
    home: Path,
    path: Path,
    sender: str = "SCH-0142",
    *,
    period: str = "2026-27",
    every: Mapping[str, Any] | None = MET,
    differs: Mapping[str, Mapping[str, Any]] | None = None,
    cover: Mapping[str, str] | None = None,
    **asked: Any,
) -> Path:
    """The sender's template with every statement answered alike but those that differ; `every` None: as it was written."""
    returns.write_template(home, STEWARD, "self_assessment", sender, period, path, at=AT, **asked)
    book = load_workbook(path)
    sheet = book["Statements"]
    places = headed(sheet)
    for row in range(_HEAD_ROW + 1, sheet.max_row + 1):
        statement = sheet.cell(row, places["statement_id"]).value
        for name, value in {**(every or {}), **(differs or {}).get(statement, {})}.items():
            sheet.cell(row, places[name]).value = value
    said = {"Completed by (role)": "Deputy head", "Signed off by (role)": "Head teacher",
            "Signed off on": "19 November 2026", **(cover or {})}  # fmt: skip
    for row in range(1, book["Cover"].max_row + 1):
        label = book["Cover"].cell(row, 1).value
        if label in said:
            book["Cover"].cell(row, 2).value = said[label]
    book.save(path)
    return path


def headed(sheet: Any) -> dict[str, int]:
    """Where each column of the sheet of statements stands, by its name."""
    names = {column.heading: column.name for column in STATEMENTS.columns}
    return {names[cell.value]: cell.column for cell in sheet[_HEAD_ROW] if cell.value}


def shown(path: Path) -> list[dict[str, Any]]:
    """The rows of the sheet of statements as a reader sees them."""
    sheet = load_workbook(path)["Statements"]
    places = headed(sheet)
    return [
        {name: sheet.cell(row, place).value for name, place in places.items()}
        for row in range(_HEAD_ROW + 1, sheet.max_row + 1)
    ]


def answers(home: Path, sender: str = "SCH-0142") -> Any:
    """What stands of a sender, a row a statement."""
    with transaction(home, write=False) as connection:
        return records.standing(connection, kinds()["self_assessment"], sender)["Statements"].set_index("statement_id")


def rules(report: returns.Report) -> set[str]:
    """The names of what a check said."""
    return {problem.rule for problem in report.problems}
