"""What stands in two or three cells beside each other: a name, a postcode, a house and its street, the parts of a date of birth."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipelines.checking.person_days import of_childhood
from pipelines.checking.person_evidence import ASKED, BIRTHS, ENOUGH, HALVES, HOMES, NAMES, Evidence, beside
from schemas.returns import list_headings as headed
from schemas.returns.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipelines.checking.person_columns import Signs

_SURE, _LEAST = 2, 4
_HOUSES = range(1, 1000)
# How the parts of a date stand beside each other: where the day, the month, the year.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"({'|'.join(_MONTHS)})[a-z]{{0,6}}\.?", re.IGNORECASE)
_NOBODY_OLDER, _LONGEST = 1990, 4
_ORDERS = ((0, 1, 2), (2, 1, 0), (1, 0, 2))


def of_neighbours(columns: list[Signs], today: date) -> Iterator[Evidence]:
    """Every sign that columns beside each other give together."""
    yield from _of_pairs(columns)
    yield from _houses(columns)
    yield from _parts_of_births(columns, today)


def _of_pairs(columns: list[Signs]) -> Iterator[Evidence]:
    """What stands in two cells beside each other: a first name and a surname, the two halves of a postcode."""
    for one, other in pairwise(columns):
        for what, first, then in ((NAMES, Sign.FIRST, Sign.LAST), (NAMES, Sign.LAST, Sign.FIRST)):
            rows = np.flatnonzero((one.flags & int(first) != 0) & (other.flags & int(then) != 0))
            if len(rows) >= _SURE:
                tops = (*one.tops(int(rows[0])), *other.tops(int(rows[0])))
                if not any(headed.is_of_staff(top, beside(columns, at)) for top, at in tops):
                    yield Evidence(what, ENOUGH, one.at, rows)
        rows = np.flatnonzero((one.flags & int(Sign.OUTWARD) != 0) & (other.flags & int(Sign.INWARD) != 0))
        if len(rows) >= _SURE:
            yield Evidence(HALVES, ENOUGH, one.at, rows)


def _houses(columns: list[Signs]) -> Iterator[Evidence]:
    """The number of a house and its street; where the numbers only count the rows, it is a list of streets."""
    for one, other in pairwise(columns):
        rows = (
            np.flatnonzero(other.flags & int(Sign.STREET))
            if other.found & int(Sign.STREET)
            else np.array([], dtype=np.intp)
        )
        houses = [(row, house) for row in rows.tolist() if (house := _house(one.column.values[one.column.codes[row]]))]
        if len(houses) < _LEAST or 2 * len(houses) < len(rows):
            continue
        counted = all(then - first == 1 for first, then in pairwise(house for _, house in houses))
        if not counted:
            at = np.array([row for row, _ in houses], dtype=np.intp)
            yield Evidence(HOMES, ENOUGH if other.different(at) < len(at) else ASKED, one.at, at)


def _house(value: object) -> int:
    """The number of a house; 0 for none."""
    text = str(value).strip().removesuffix(".0") if isinstance(value, str | int | float) else ""
    digits = text[:-1] if text[-1:].isalpha() else text
    return int(digits) if digits.isdecimal() and int(digits) in _HOUSES else 0


def _parts_of_births(columns: list[Signs], today: date) -> Iterator[Evidence]:
    """Day, month and year in three columns, in any of three orders."""
    years = [each for each in columns if each.found & int(Sign.PERIOD)]
    for first in range(len(columns) - 2) if years else ():
        three = columns[first : first + 3]
        if not any(each.found & int(Sign.PERIOD) for each in three) or not all(
            each.found & int(Sign.AGE) or any(map(_month_in, each.column.values))
            for each in three
            if not each.found & int(Sign.PERIOD)
        ):
            continue
        rows = np.flatnonzero(three[0].filled & three[1].filled & three[2].filled)
        for order in _ORDERS:
            at, days = _days([three[place] for place in order], rows)
            if len(at) >= _LEAST and 10 * len(at) >= 8 * (len(rows) - 1) and of_childhood(days(), today):
                yield Evidence(BIRTHS, ENOUGH, first, at)
                break


def _month_in(value: object) -> int:
    """The month a cell names in a word; 0 for none."""
    found = _MONTH.fullmatch(value.strip()) if isinstance(value, str) else None
    return _MONTHS.index(found[1].lower()) + 1 if found else 0


def _days(parts: list[Signs], rows: np.ndarray) -> tuple[np.ndarray, Callable[[], list[date]]]:
    """The rows whose day, month and year, in this order, make a date of our time; and these dates, made once they are wanted.

    Each different combination is looked at once: a table of figures has a hundred thousand rows and none of them is a date.
    """
    day, month, year = (_numbers(each, is_month=at == 1)[rows] for at, each in enumerate(parts))
    written = (year * 100 + month) * 100 + day
    written[(year <= _NOBODY_OLDER) | (month > 12) | (day > 31)] = 0
    each, codes = np.unique(written, return_inverse=True)
    made = [_date(number) for number in each.tolist()]
    is_day = np.array([one is not None for one in made], dtype=bool)[codes]
    return rows[is_day], lambda: [one for code in codes[is_day].tolist() if (one := made[code]) is not None]


def _numbers(column: Signs, *, is_month: bool) -> np.ndarray:
    """The number in each row, also a month's by its name; 0 where there is none that a date could have."""
    values = column.column.values
    found = np.array([(_month_in(value) if is_month else 0) or _number(value) for value in values], dtype=np.int64)
    return found[column.column.codes]


def _number(value: object) -> int:
    if isinstance(value, str):
        text = value.strip()
        number = int(text) if text.isdecimal() and len(text) <= _LONGEST else 0
    else:
        number = int(value) if isinstance(value, int | float) and 0 < value < 10**_LONGEST else 0
    return number if number < 10**_LONGEST else 0


def _date(written: int) -> date | None:
    """A date written as one number, as 20260930; None where the calendar has no such day."""
    year, month, day = written // 10_000, written // 100 % 100, written % 100
    try:
        return date(year, month, day)
    except ValueError:  # a day no month has
        return None
