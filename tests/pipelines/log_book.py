"""A file of a log for tests: the template's sheets and headings, filled with a few records."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import xlsxwriter

from schemas.returns import kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Records = "Mapping[str, Sequence[Mapping[str, Any]]]"

RECOMMENDATION: dict[str, Any] = {
    "recommendation_id": "R-01",
    "title": "Tell schools before the next school day",
    "source": "Multi-agency audit",
    "theme": "Domestic abuse",
    "accountable": "Police",
    "agency_id": "wyp_leeds",
    "owner_role": "Head of safeguarding",
    "agreed_on": date(2025, 4, 3),
    "due_on": date(2026, 3, 31),
}
ACTION: dict[str, Any] = {
    "action_id": "R-01.1",
    "recommendation_id": "R-01",
    "action": "Put a new notice form into use",
    "agency_id": "wyp_leeds",
    "owner_role": "Notice team manager",
    "due_on": date(2026, 3, 31),
    "status": "In progress",
}


def write(  # noqa: PLR0913 - whose, of what kind, for when, holding what
    path: Path,
    records: Mapping[str, Sequence[Mapping[str, Any]]],
    *,
    kind: str = "learning",
    agency: str = "bu",
    period: str = "2026-27-Q2",
    cover: bool = True,
) -> Path:
    """Write the records under the headings of the kind's sheets; only the sheets that are given."""
    layout = kinds()[kind]
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "d mmmm yyyy"})
        if cover:
            answers = {
                "Template version": layout.template_version,
                "Kind of return": layout.id,
                "Agency": agency,
                "Period": period,
                "Prepared by (role)": "Business manager",
                "Approved by (role)": "Head of service",
                "Approved on": "1 April 2025",  # before the day of any test that sends it
            }
            sheet = book.add_worksheet("Cover")
            for row, (label, answer) in enumerate(answers.items()):
                sheet.write_row(row, 0, [label, answer])
        for name, rows in records.items():
            sheet = book.add_worksheet(name)
            for place, column in enumerate(layout.sheet(name).columns):
                sheet.write_string(0, place, column.heading)
                for number, row in enumerate(rows, 1):
                    value = row.get(column.name)
                    if isinstance(value, date):
                        sheet.write_datetime(number, place, value, day)
                    elif value not in (None, ""):
                        sheet.write(number, place, value)
    return path
