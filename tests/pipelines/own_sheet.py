"""A spreadsheet as an agency keeps it: a title, quarters across, measures in its own words, a total and a year column."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from schemas.periods import Period, quarter_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# Words of the agency's own, and what the catalogue calls it.
CONTACTS, FAMILIES, PLANS = "Contacts to the front door", "Families open to FH", "Number of families on our list"
ROWS = {CONTACTS: 9_000, FAMILIES: 3_000, PLANS: 40}


def newest(today: date) -> Period:
    """The last quarter that is over."""
    return quarter_of(today).previous


def content(period: Period, rows: Mapping[str, int] = ROWS, *, moved: bool = False) -> bytes:
    """The spreadsheet as a CSV, filled in for one quarter; `moved`: with a line and a column put in, and others turned."""
    own = int(period.id[-1])
    heads = [f"Qtr {n}" for n in (1, 2, 3, 4)]
    lines = [[f"Quarterly figures {period.financial_year.short}"], [], ["What we count", *heads, "Outturn"]]
    lines += [["Front door"], *([words, *_across(own, number), number] for words, number in rows.items())]
    if moved:
        lines = [["Prepared for the partnership"], *([*line[:1], "", *reversed(line[1:])] for line in lines)]
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


def _across(own: int, number: int) -> list[object]:
    return [number if n == own else "" for n in (1, 2, 3, 4)]
