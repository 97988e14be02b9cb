"""The links to the form as a list to merge into letters: shown once, as no token is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.reports import tables
from schemas.catalogue import catalogue
from schemas.periods import day_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class Link:
    """One link, with its token: shown once, on the list for the business unit, and never kept."""

    respondent_id: str
    name: str
    sector: str
    instrument: str
    period_id: str
    expires_on: date
    url: str


def listed(links: Sequence[Link]) -> pd.DataFrame:
    """The links as a table to merge into letters: one row each, headings first."""
    known = catalogue()
    return pd.DataFrame(
        {
            "Reference": [each.respondent_id for each in links],
            "Name": [each.name for each in links],
            "Sector": [known.label("sector", each.sector) for each in links],
            "Self-assessment": [known.label("instrument", each.instrument) for each in links],
            "Year": [each.period_id.removeprefix("FY") for each in links],
            "Opens until": [day_words(each.expires_on) for each in links],
            "Link": [each.url for each in links],
        }
    )


def csv_bytes(links: Sequence[Link]) -> bytes:
    """The list as CSV, with no cell a spreadsheet would run."""
    return tables.csv_bytes(listed(links))


def workbook(links: Sequence[Link]) -> bytes:
    """The list as a workbook: headings in the first row, as a mail merge wants them; how to handle it on a second sheet."""
    from io import BytesIO

    import xlsxwriter

    held, known = BytesIO(), catalogue().partnership
    table = tables.seen(listed(links))
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Links")
        for column, name in enumerate(table.columns):
            sheet.set_column(column, column, 60 if name == "Link" else 22)
            for row, text in enumerate([name, *table[name].tolist()]):
                sheet.write_string(row, column, str(text))
        sheet.freeze_panes(1, 2)
        about = book.add_worksheet("Read me")
        about.set_column(0, 0, 100)
        for row, text in enumerate((f"{known.name}. {known.marking}{'. SYNTHETIC' * known.synthetic}", *_READ_ME)):
            about.write_string(row, 0, text)
    return held.getvalue()


LISTS = {".xlsx": workbook, ".csv": csv_bytes}
_READ_ME = (
    "Each link opens one body's form, without any sign-in: whoever has the link can answer with it.",
    "Send each to that body alone. Delete this list once the letters are out: a link cannot be shown again.",
    "A link that went to the wrong place is ended with: throughline invite --end REFERENCE",
)
