"""The template's sheet of figures: a row for each figure owed, and the blank sheet to paste a block into."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipelines.reading import column_letters
from pipelines.reports.template_last import last_figures, line_of
from schemas.catalogue import catalogue
from schemas.returns.facts import FRACTIONAL
from schemas.returns.markers import MARKERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from xlsxwriter.worksheet import Worksheet

    from pipelines.reports.template_look import Look
    from schemas.catalogue import Agency, Breakdown, Indicator, Owed
    from schemas.periods import Period
    from schemas.returns import Column, Kind

HINT_ROW, HEAD_ROW, FIRST_ROW = 2, 3, 4
# Known from the cover, or kept by the catalogue: not asked again on every row.
_NOT_ASKED = ("agency_id", "definition_version")
_PASTED_ROWS = 500


def figures_sheet(  # noqa: PLR0913, PLR0917 - whose, for when, what is owed, what came before
    look: Look, kind: Kind, agency: Agency, period: Period, figures: Sequence[Owed], last: pd.DataFrame | None
) -> None:
    """Every figure owed as a row: what it is locked and grey, what is asked open and white."""
    synthetic = "SYNTHETIC. " if catalogue().partnership.synthetic else ""
    sheet = look.sheet(
        kind.data.name, f"Figures, {agency.short}, {period.short}", f"{synthetic}White cells are yours to fill. {_RULE}"
    )
    page = _Page(look, sheet, asked(kind))
    _headings(page)
    before = last_figures(last)
    for number, figure in enumerate(figures, FIRST_ROW):
        _row(page, number, figure, before.get(line_of(figure), ""))
    for indicator_id, rows in groupby(enumerate(figures, FIRST_ROW), key=lambda each: each[1].indicator_id):
        numbers = [number for number, _ in rows]
        _helps(page, catalogue().indicators[indicator_id], numbers[0], numbers[-1])
    last_row = FIRST_ROW + len(figures) - 1
    sheet.autofilter(HEAD_ROW, 0, last_row, len(page.columns) - 1)
    sheet.print_area(0, 0, last_row, len(page.columns) - 1)


def paste_sheet(look: Look, kind: Kind) -> None:
    """The same columns, blank and open, for a block copied from somewhere else."""
    sheet = look.sheet(
        kind.paste,
        "Paste",
        "Or paste a block of figures here, under these headings; it is read with the Figures sheet.",
    )
    columns = asked(kind)
    _headings(_Page(look, sheet, columns))
    for number in range(FIRST_ROW, FIRST_ROW + _PASTED_ROWS):
        for place in range(len(columns)):
            sheet.write_blank(number, place, None, look["answer"])


def asked(kind: Kind) -> tuple[Column, ...]:
    """The columns a template has."""
    return tuple(column for column in kind.data.columns if column.name not in _NOT_ASKED)


_RULE = (
    "Leave blank what you cannot send; write 0 or tick Nil where there were none. Totals only, nothing about one child."
)


@dataclass(frozen=True)
class _Page:
    """One sheet being written, with its look and its columns."""

    look: Look
    sheet: Worksheet
    columns: tuple[Column, ...]

    def place(self, name: str) -> int:
        """Where a column stands, counted from 0."""
        return next(place for place, column in enumerate(self.columns) if column.name == name)


def _headings(page: _Page) -> None:
    page.sheet.set_row(HINT_ROW, 30)
    page.sheet.set_row(HEAD_ROW, 22)
    for place, column in enumerate(page.columns):
        page.sheet.set_column(place, place, column.width)
        page.sheet.write_string(HINT_ROW, place, column.hint, page.look["hint"])
        page.sheet.write_string(HEAD_ROW, place, column.heading, page.look["head"])
    page.sheet.freeze_panes(FIRST_ROW, 2)
    page.sheet.repeat_rows(HINT_ROW, HEAD_ROW)


def _row(page: _Page, number: int, figure: Owed, last: str) -> None:
    indicator, breakdown = catalogue().indicators[figure.indicator_id], catalogue().breakdowns.get(figure.breakdown)
    given = {
        "indicator_id": figure.indicator_id,
        "indicator": indicator.title,
        "period_id": figure.period_id,
        "area_id": catalogue().areas[figure.area_id].name,
        "breakdown": breakdown.title if breakdown else "All",
        "category": _label(breakdown, figure.category),
        "last_quarter": last,
    }
    is_whole = figure.breakdown == "all" and figure.area_id == catalogue().partnership.area_code
    styles = {"last_quarter": "last", **({"indicator": "strong"} if is_whole else {})}
    over = "_first" if is_whole else ""
    for place, column in enumerate(page.columns):
        if column.name in given:
            style = styles.get(column.name, "given")
            page.sheet.write_string(number, place, given[column.name], page.look[f"{style}{over}"])
        else:
            page.sheet.write_blank(number, place, None, page.look[f"{_style(column.name, indicator)}{over}"])


def _label(breakdown: Breakdown | None, category_id: str) -> str:
    categories = breakdown.categories if breakdown else ()
    return next((category.label for category in categories if category.id == category_id), "All")


def _style(name: str, indicator: Indicator) -> str:
    quantities = catalogue().quantities
    under = quantities[indicator.denominator] if indicator.denominator else None
    if name == "denominator" and (under is None or under.official):
        return "closed"
    if name == "value":
        return "decimal" if indicator.denominator else "closed"
    if name in ("numerator", "denominator"):
        counted = quantities[indicator.numerator] if name == "numerator" else under
        fractional = indicator.measure_type == "mean" or (counted is not None and counted.counts_of in FRACTIONAL)
        return "decimal" if fractional else "number"
    return "centre" if name in ("marker", "nil") else "answer"


def _helps(page: _Page, indicator: Indicator, first: int, last: int) -> None:
    """What is counted, shown as a cell is entered; lists for markers; a tint where a part exceeds its whole."""
    quantities = catalogue().quantities
    top, under = quantities[indicator.numerator], quantities.get(indicator.denominator or "")
    for name, quantity in (("numerator", top), ("denominator", under)):
        if quantity is not None and _style(name, indicator) != "closed":
            place = page.place(name)
            page.sheet.data_validation(first, place, last, place, _amount(name, quantity.title))
    for name, choices in (("marker", list(MARKERS)), ("nil", ["x"])):
        place = page.place(name)
        page.sheet.data_validation(first, place, last, place, {"validate": "list", "source": choices})
    if indicator.measure_type == "percent":
        left, right = page.place("numerator"), page.place("denominator")
        above, below = (f"${column_letters(place)}{first + 1}" for place in (left, right))
        slip = f"=AND(ISNUMBER({above}),ISNUMBER({below}),{above}>{below})"
        tint = {"type": "formula", "criteria": slip, "format": page.look["slip"]}
        page.sheet.conditional_format(first, left, last, right, tint)


def _amount(name: str, title: str) -> dict[str, Any]:
    heading = "Number" if name == "numerator" else "Out of"
    return {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "input_title": heading,
        "input_message": title[:240],
        "error_type": "warning",
        "error_title": "Not a count",
        "error_message": "This should be a number, 0 or more. If there is no number, use the Marker column.",
    }
