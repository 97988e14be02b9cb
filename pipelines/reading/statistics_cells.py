"""Reads the cells of official statistics: numbers, the codes that stand for none, and the years they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from schemas.periods import PeriodError, of_kind, parse
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue.mappings import Formula, PeriodReading


_BETWEEN = "[\\s_\\-\u2010-\u2015]+"  # spaces, underscores and every kind of dash


@dataclass(frozen=True)
class Cells:
    """A column read: the number, or NaN with the marker that says why there is none."""

    number: pd.Series
    marker: pd.Series


def plain(text: str) -> str:
    """A name or label without what editions change: case, spaces, hyphens, underscores.

    >>> plain("New LA-code ") == plain("new_la_code")
    True
    """
    return re.sub(_BETWEEN, "_", text.strip().casefold())


def plainly(column: pd.Series) -> pd.Series:
    """The column with each label made plain."""
    return column.map({text: plain(text) for text in column.unique()})


def read_cells(column: pd.Series, markers: Mapping[str, str], file: str) -> Cells:
    """Numbers (thousands commas allowed) and markers; blank is `x`; UserError for anything else, never null.

    >>> read = read_cells(pd.Series(["1,004", "low", ""], dtype="str"), {"low": "k"}, "a.csv")
    >>> read.number.tolist(), read.marker.tolist()
    ([1004.0, nan, nan], ['', 'k', 'x'])
    """
    text = column.str.casefold()
    number = pd.to_numeric(text.str.replace(",", ""), errors="coerce").astype("float64")
    marker = text.map({**markers, "": "x"})
    unknown = number.isna() & marker.isna()
    if unknown.any():
        shown = ", ".join(f"“{value[:20]}”" for value in column[unknown].unique()[:5])
        raise UserError(
            f"{file} uses codes Throughline does not know instead of numbers: {shown}. Add them to layout.toml."
        )
    return Cells(number, marker.where(number.isna(), "").astype("str"))


def worked_out(rows: pd.DataFrame, formula: Formula, markers: Mapping[str, str], file: str) -> Cells:
    """The formula on each row; a part without a number leaves the whole without one, with the part's marker.

    So subtraction never brings back what the publisher hid.
    """
    number = pd.Series(0.0, index=rows.index)
    marker = pd.Series("", index=rows.index, dtype="str")
    for sign, fields in ((1, formula.plus), (-1, formula.minus)):
        for field in fields:
            cells = read_cells(rows[field], markers, file)
            number = number + sign * cells.number
            marker = marker.where(marker.ne(""), cells.marker)
    return Cells(number, marker)


def stretch(text: str, reading: PeriodReading, file: str) -> str:
    """The period id a file's year stands for.

    >>> [stretch("2025", reading, "f") for reading in ("year_ending_march", "calendar_year", "year_ending_september")]
    ['FY2024-25', 'CY2025', 'R12-2025-09']
    >>> stretch("202425", "school_year", "f")
    'AY2024-25'
    """
    if reading == "as_written":
        return _written(text, file)
    years = re.fullmatch(r"(20\d\d)(?:[-/ ]?(?:20)?(\d\d))?", text)
    if years is None:
        raise UserError(
            f"{file} has a year Throughline cannot read: “{text[:20]}”. It should look like 2025 or 202425."
        )
    last = int(years[1]) + 1 if years[2] else int(years[1])
    if years[2] and last % 100 != int(years[2]):
        raise UserError(f"{file} has a year that is not one year: “{text[:20]}”.")
    if reading == "school_year":
        return of_kind("academic_year", date(last, 8, 31)).id
    if reading == "year_ending_september":
        return of_kind("rolling_12_months", date(last, 9, 30)).id
    return of_kind("financial_year" if reading == "year_ending_march" else "calendar_year", date(last, 3, 31)).id


def _written(text: str, file: str) -> str:
    try:
        return parse(text).id
    except PeriodError as why:
        raise UserError(f"{file}: {why}") from why
