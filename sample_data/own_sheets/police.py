"""The police's scorecard: a sheet a theme under a title block, quarters across two lines of merged headings, a year's total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_data.own_sheets.counted import number, quarters_so_far
from sample_data.own_sheets.wide import BOLD, EMPTY, PERCENT, Cell, Page, Wide, cells

if TYPE_CHECKING:
    from collections.abc import Sequence

AGENCY = "wyp_leeds"
# What a row shows: the words, the indicator, which side of it, and how its year is made.
Row = tuple[str, str, str, str]
_N, _OUT_OF, _SHARE = "numerator", "denominator", "value"
THEMES: dict[str, tuple[Row, ...]] = {
    "Domestic abuse": (
        ("DV incidents, child present or living there", "DA01", _N, "Total"),
        ("School told before next school day: told in time", "DA05", _N, "Total"),
        ("School told before next school day: incidents", "DA05", _OUT_OF, "Total"),
        ("School told before next school day: %", "DA05", _SHARE, "Rate"),
    ),
    "Missing & exploitation": (
        ("MFH: children (each once)", "EX08", _N, ""),
        ("Missing 3+ times in 90 days, at quarter end", "EX05", _N, "Quarter end"),
        ("Online CSE offences", "EX10", _N, "Total"),
    ),
    "Violence and custody": (
        ("Serious violence: child victims", "YV01", _N, "Total"),
        ("Serious violence: child suspects", "YV06", _N, "Total"),
        ("Under 18s held overnight", "YV04", _N, "Total"),
        ("Powers of police protection used", "PO01", _N, "Total"),
        ("CPNs to front door < 24 hrs", "PO06", _N, "Total"),
        ("CPNs submitted", "PO06", _OUT_OF, "Total"),
        ("CSA: positive outcomes", "PO03", _N, "Total"),
        ("CSA: investigations finalised", "PO03", _OUT_OF, "Total"),
    ),
}
TARGET = {"School told before next school day: %": 0.95}
HEAD = (3, 4)


def police() -> Wide:
    """The scorecard for the second quarter of 2026-27, as the police send it."""
    pages = {
        "Contents": Page([cells("Safeguarding scorecard", shown=BOLD), [], *([Cell(name)] for name in THEMES)], ())
    }
    pages |= {name: _theme(name, rows) for name, rows in THEMES.items()}
    return Wide("SYNTHETIC_police_scorecard_2026-27_Q2", pages, tuple(THEMES))


def _theme(name: str, rows: Sequence[Row]) -> Page:
    quarters = ("Q1", "Q2", "Q3", "Q4")
    upper = cells("Measure", "Target", "2026/27", None, None, None, "Year to date", "How the year is made", shown=BOLD)
    lower = [EMPTY, EMPTY, *cells(*quarters, shown=BOLD), EMPTY, EMPTY]
    page = Page(
        [
            cells("West Yorkshire Police: Leeds District", shown=BOLD),
            cells(f"Safeguarding scorecard 2026/27: {name}"),
            [],
            upper,
            lower,
            *(_row(*row) for row in rows),
            [],
            cells("Provisional until signed off by the district's performance board."),
        ],
        HEAD,
    )
    page.merged = [(0, 0, 0, 7), (3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 3, 5), (3, 6, 4, 6), (3, 7, 4, 7)]
    return page


def _row(words: str, indicator_id: str, side: str, made: str) -> list[Cell]:
    shown = PERCENT if side == _SHARE else ""
    given = [_figure(quarter_at, indicator_id, side) for quarter_at in range(len(quarters_so_far()))]
    filled = [Cell("-" if each is None else each, shown) for each in given]
    ahead = [Cell("-")] * (4 - len(filled))
    target = Cell(TARGET.get(words), PERCENT)
    return [Cell(words), target, *filled, *ahead, _year(given, indicator_id, side, made), Cell(made or None)]


def _figure(at: int, indicator_id: str, side: str) -> float | None:
    quarter = quarters_so_far()[at]
    if side != _SHARE:
        return number(AGENCY, quarter, indicator_id, side)
    return _share([number(AGENCY, quarter, indicator_id, _N)], [number(AGENCY, quarter, indicator_id, _OUT_OF)])


def _year(given: Sequence[float | None], indicator_id: str, side: str, made: str) -> Cell:
    known = [each for each in given if each is not None]
    if not known or not made:
        return Cell("-")
    if side == _SHARE:
        quarters = quarters_so_far()
        both = [[number(AGENCY, quarter, indicator_id, each) for quarter in quarters] for each in (_N, _OUT_OF)]
        return Cell(_share(*both), PERCENT)
    return Cell(sum(known) if made == "Total" else known[-1])


def _share(above: Sequence[float | None], below: Sequence[float | None]) -> float | None:
    """A share as a fraction with three decimals, as a formula in a cell shown as a percentage gives it."""
    over, under = (sum(each for each in side if each is not None) for side in (above, below))
    return round(over / under, 3) if under else None
