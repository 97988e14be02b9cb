"""The template's sheet of figures: a row for each figure owed, and the blank sheet to paste a block into."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.returns.facts import FRACTIONAL, SERIES, period_kinds
from schemas.returns.markers import MARKERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from xlsxwriter.worksheet import Worksheet

    from pipelines.reports.template_look import Look
    from schemas.catalogue import Indicator, Owed
    from schemas.periods import Period
    from schemas.returns import Column, Kind

HINT_ROW, HEAD_ROW, FIRST_ROW = 2, 3, 4
# Known from the cover, or kept by the catalogue: not asked again on every row.
_NOT_ASKED = ("agency_id", "definition_version")
_PASTED_ROWS = 500


def figures_sheet(look: Look, kind: Kind, figures: Sequence[Owed], last: pd.DataFrame | None, period: Period) -> None:
    """Every figure owed as a row: what it is locked and grey, what is asked open and white."""
    synthetic = "SYNTHETIC. " if catalogue().partnership.synthetic else ""
    sheet = look.sheet(kind.data.name, f"Figures, {period.short}", f"{synthetic}White cells are yours to fill. {_RULE}")
    columns = asked(kind)
    _headings(look, sheet, columns)
    before = _last_figures(last)
    for number, figure in enumerate(figures, FIRST_ROW):
        _row(look, sheet, number, figure, columns, before)
    for indicator_id, rows in groupby(enumerate(figures, FIRST_ROW), key=lambda each: each[1].indicator_id):
        numbers = [number for number, _ in rows]
        _helps(look, sheet, catalogue().indicators[indicator_id], numbers[0], numbers[-1], columns)
    last_row = FIRST_ROW + len(figures) - 1
    sheet.autofilter(HEAD_ROW, 0, last_row, len(columns) - 1)
    sheet.print_area(0, 0, last_row, len(columns) - 1)


def paste_sheet(look: Look, kind: Kind) -> None:
    """The same columns, blank and open, for a block copied from somewhere else."""
    sheet = look.sheet(
        kind.paste, "Paste", "Or paste a block of figures here, under these headings; it is read with the Figures sheet."
    )
    columns = asked(kind)
    _headings(look, sheet, columns)
    for number in range(FIRST_ROW, FIRST_ROW + _PASTED_ROWS):
        for place in range(len(columns)):
            sheet.write_blank(number, place, None, look["answer"])


def asked(kind: Kind) -> list[Column]:
    """The columns a template has."""
    return [column for column in kind.data.columns if column.name not in _NOT_ASKED]


_RULE = "Leave blank what you cannot send; write 0 or tick Nil where there were none. Totals only, nothing about one child."


def _headings(look: Look, sheet: Worksheet, columns: Sequence[Column]) -> None:
    sheet.set_row(HINT_ROW, 30)
    sheet.set_row(HEAD_ROW, 22)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(HINT_ROW, place, column.hint, look["hint"])
        sheet.write_string(HEAD_ROW, place, column.heading, look["head"])
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.repeat_rows(HINT_ROW, HEAD_ROW)


def _row(
    look: Look, sheet: Worksheet, number: int, figure: Owed, columns: Sequence[Column], before: Mapping[str, str]
) -> None:
    indicator, breakdown = catalogue().indicators[figure.indicator_id], catalogue().breakdowns.get(figure.breakdown)
    category = next((c.label for c in breakdown.categories if c.id == figure.category), "All") if breakdown else "All"
    given: dict[str, Any] = {
        "indicator_id": figure.indicator_id,
        "indicator": indicator.title,
        "period_id": figure.period_id,
        "area_id": catalogue().areas[figure.area_id].name,
        "breakdown": breakdown.title if breakdown else "All",
        "category": category,
        "last_quarter": before.get(_line(figure), ""),
    }
    is_whole = figure.breakdown == "all" and figure.area_id == catalogue().partnership.area_code
    for place, column in enumerate(columns):
        if column.name == "last_quarter":
            sheet.write_string(number, place, given["last_quarter"], look["last"])
        elif column.name in given:
            style = "strong" if is_whole and column.name == "indicator" else "given"
            sheet.write_string(number, place, given[column.name], look[style])
        else:
            sheet.write_blank(number, place, None, look[_style(column.name, indicator)])


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


def _helps(look: Look, sheet: Worksheet, indicator: Indicator, first: int, last: int, columns: Sequence[Column]) -> None:
    """What is counted, shown as a cell is entered; lists for markers; a tint where a part exceeds its whole."""
    place = {column.name: at for at, column in enumerate(columns)}
    quantities = catalogue().quantities
    top, under = quantities[indicator.numerator], quantities.get(indicator.denominator or "")
    for name, quantity in (("numerator", top), ("denominator", under)):
        if quantity is not None and _style(name, indicator) != "closed":
            sheet.data_validation(first, place[name], last, place[name], _amount(name, quantity.title))
    for name, choices in (("marker", list(MARKERS)), ("nil", ["x"])):
        sheet.data_validation(first, place[name], last, place[name], {"validate": "list", "source": choices})
    if indicator.measure_type == "percent" and under is not None:
        letters = [chr(ord("A") + place[name]) for name in ("numerator", "denominator")]
        above, below = (f"${letter}{first + 1}" for letter in letters)
        slip = f"=AND(ISNUMBER({above}),ISNUMBER({below}),{above}>{below})"
        sheet.conditional_format(
            first, place["numerator"], last, place["denominator"], {"type": "formula", "criteria": slip, "format": look["slip"]}
        )


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


def _last_figures(last: pd.DataFrame | None) -> dict[str, str]:
    """The latest earlier figure of each line in words, by line."""
    if last is None or last.empty:
        return {}
    ends = {period: parse(period).end for period in last["period_id"].unique()}
    ordered = last.assign(end=last["period_id"].map(ends), kind=period_kinds(last["period_id"])).sort_values("end")
    latest = ordered.drop_duplicates([*SERIES, "kind"], keep="last")
    keys = latest[[*SERIES, "kind"]].agg("|".join, axis=1)
    words = (_words(figure) for figure in latest.to_dict("records"))
    return dict(zip(keys, words, strict=True))


def _line(figure: Owed) -> str:
    kind = parse(figure.period_id).kind
    return "|".join((figure.indicator_id, figure.area_id, figure.breakdown, figure.category, kind))


def _words(figure: Mapping[str, Any]) -> str:
    if figure["marker"]:
        return MARKERS[figure["marker"]]
    number = f"{figure['numerator']:,.10g}"
    return number if figure["denominator"] != figure["denominator"] else f"{number} of {figure['denominator']:,.10g}"  # noqa: PLR0124 - not a number
