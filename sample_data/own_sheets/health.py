"""The health trust's dashboard: one sheet, months across as dates, sections, two rows for each share, a year to date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sample_data.own_sheets.counted import number, quarters_so_far
from sample_data.own_sheets.wide import BOLD, EMPTY, MONTH, PERCENT, Cell, Page, Wide, cells
from schemas.periods import Period, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

AGENCY = "lch"
# A section's title, or a row: its reference, its words, the indicator, which side of it, and whether it stands on a day.
Row = tuple[str, str, str, str, bool]
_N, _OUT_OF = "numerator", "denominator"
SECTIONS: dict[str, tuple[Row, ...]] = {
    "Access": (
        ("A1", "Children who were not brought", "HE10", _N, False),
        ("A1d", "Children's appointments", "HE10", _OUT_OF, False),
        ("A2", "MindMate: treatment begun in time", "HE03", _N, False),
        ("A2d", "MindMate: treatment begun", "HE03", _OUT_OF, False),
    ),
    "0-19 service": (
        ("B1", "2-2.5 yr reviews done", "HE13", _N, False),
        ("B1d", "2-2.5 yr reviews due", "HE13", _OUT_OF, False),
        ("B2", "… of which with ASQ-3", "HE07", _N, False),
        ("B2d", "… of which held", "HE07", _OUT_OF, False),
        ("B3", "HV and SN vacancies (wte, month end)", "WF05", _N, True),
        ("B3d", "HV and SN posts (wte, month end)", "WF05", _OUT_OF, True),
    ),
    "Looked after children": (
        ("C1", "IHA within 20 working days", "LA09", _N, False),
        ("C1d", "IHAs due", "LA09", _OUT_OF, False),
    ),
    "Safeguarding team": (
        ("D1", "Supervised this quarter (month end)", "HE09", _N, True),
        ("D1d", "Staff who need supervision (month end)", "HE09", _OUT_OF, True),
        ("D2", "Level 3 in date (month end)", "HE08", _N, True),
        ("D2d", "Staff who need level 3 (month end)", "HE08", _OUT_OF, True),
    ),
}
SHARE = ("A1p", "Children who were not brought (%)")
HEAD = (4,)
MONTHS = 12


def health() -> Wide:
    """The dashboard as the trust sends it after the second quarter of 2026-27."""
    year = parse("FY2026-27")
    months = [date(year.start.year + (3 + at) // 12, (3 + at) % 12 + 1, 1) for at in range(MONTHS)]
    heading = [*cells("No.", "KPI", shown=BOLD), *(Cell(month, MONTH) for month in months), Cell("YTD", BOLD)]
    rows: list[list[Cell]] = [
        cells("Leeds Community Healthcare NHS Trust", shown=BOLD),
        cells("Children's safeguarding dashboard"),
        cells("Reporting period", None, "Quarter 2 2026-27"),
        [],
        heading,
    ]
    for section, mine in SECTIONS.items():
        rows += [[Cell(section, BOLD)], *(_row(row) for row in mine)]
        rows += [_share()] if section == "Access" else []
    pages = {
        "Dashboard": Page(rows, HEAD, [(0, 0, 0, 5)]),
        "Definitions": Page([cells("A1: see the national guidance")], ()),
    }
    return Wide("SYNTHETIC_health_dashboard_2026-27_Q2", pages, ("Dashboard",))


def _row(row: Row) -> list[Cell]:
    ref, words, indicator_id, side, stands = row
    filled = [part for quarter in quarters_so_far() for part in _months(quarter, indicator_id, side, stands=stands)]
    year = filled[-1] if stands else _added(filled)
    return [Cell(ref), Cell(words), *map(Cell, filled), *[Cell("-")] * (MONTHS - len(filled)), Cell(year)]


def _months(quarter: Period, indicator_id: str, side: str, *, stands: bool) -> list[float]:
    """A quarter's count as three months: what flows is shared out, what stands on a day comes to it in the last."""
    count = number(AGENCY, quarter, indicator_id, side)
    if count is None:
        raise ValueError(f"{indicator_id} has no {side} for {quarter.id}: the dashboard shows what the trust holds")
    if stands:
        return [round(count * 0.98, 1) if count % 1 else count - 2, round(count, 1), count]
    whole = int(count)
    return [whole // 3, (whole + 1) // 3, (whole + 2) // 3]


def _share() -> list[Cell]:
    """The row of percentages, which the layout leaves out: its counts stand above it."""
    ref, words = SHARE
    above, below = (
        [part for quarter in quarters_so_far() for part in _months(quarter, "HE10", side, stands=False)]
        for side in (_N, _OUT_OF)
    )
    shares = [Cell(round(n / d, 4), PERCENT) for n, d in zip(above, below, strict=True)]
    year = Cell(round(_added(above) / _added(below), 4), PERCENT)
    return [Cell(ref), Cell(words), *shares, *[EMPTY] * (MONTHS - len(shares)), year]


def _added(parts: Sequence[float]) -> float:
    return sum(parts)
