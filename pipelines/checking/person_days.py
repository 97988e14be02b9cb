"""Days of childhoods among the days of a sheet: scattered over the month and the week, many of them years ago, hardly any twice."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipelines.checking.person_evidence import BIRTHS, DAYS, ENOUGH, Evidence, beside, has_places, is_labelled
from schemas.returns import list_headings as headed
from schemas.returns.signs import ANY_DAY, KNOWN_NAME, Sign
from schemas.returns.single_signs import day_of, sign_of_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pipelines.checking.person_columns import Signs

_LEAST, _SURE = 4, 2
_CHILDHOOD, _LONG_AGO = 26 * 366, 4 * 365
# Steps between the days of a calendar differ by less than this from their mean; those between births by about as much.
_EVEN = 0.4
_DATES_IN_DIGITS = range(7, 9)


def births(each: Signs, columns: list[Signs], today: date) -> Iterator[Evidence]:
    """Every sign the days of a column give."""
    yield from _in_digits(each, today)
    for rows in each.runs(ANY_DAY, _SURE):
        heading, at = each.heading(rows)
        days = [day for value in each.values(rows) if (day := day_of(value)) and 0 <= (today - day).days <= _CHILDHOOD]
        if headed.says_birth(heading) and 2 * len(days) >= each.different(rows):
            yield Evidence(BIRTHS, ENOUGH, each.at, rows)
        if len(rows) < _LEAST or not are_scattered(days, each.different(rows), len(rows)) or _follow(each, rows):
            continue
        long_ago = sum((today - day).days > _LONG_AGO for day in days)
        if 3 * long_ago < len(days) or _is_excused(
            heading, beside(columns, at), columns, rows, 2 * long_ago >= len(days)
        ):
            if not headed.is_agreed(heading):
                yield Evidence(DAYS, 1, each.at, rows)
        else:
            as_numbers = each.share(Sign.SERIAL, rows) > 0.5
            light = is_labelled(columns, rows, each.at) or has_places(columns, rows, each.at)
            yield Evidence(BIRTHS, (1 if as_numbers else 2) if light else ENOUGH, each.at, rows)


def are_scattered(days: list[date], different: int, rows: int) -> bool:
    """Whether days follow no calendar: not the ends of months, not one day of the week, most of them different."""
    if len(days) < _LEAST or 5 * len(days) < 4 * different or 3 * different < rows:
        return False
    inside = [day for day in days if Sign.PERIOD not in sign_of_day(day)]
    return 5 * len(inside) >= 3 * len(days) and len({day.weekday() for day in days}) > 1


def of_childhood(days: list[date], today: date) -> bool:
    """Whether days in the order of their rows are like those of births: scattered, in childhoods, a third long ago, in no even steps."""
    ages = [(today - day).days for day in days]
    young = [age for age in ages if 0 <= age <= _CHILDHOOD]
    long_ago = sum(age > _LONG_AGO for age in young)
    if 5 * len(young) < 4 * len(days) or 3 * long_ago < len(days) or _are_even(days):
        return False
    return are_scattered(days, len(set(days)), len(days))


def _is_excused(heading: str, others: frozenset[str], columns: list[Signs], rows: np.ndarray, past: bool) -> bool:  # noqa: FBT001
    """Whether a heading says of what the days are; not where it speaks of what is to come and most of them are long `past`."""
    if headed.is_agreed(heading) or headed.is_no_case(heading):
        return True
    if headed.is_of_an_event(heading):
        return not (past and headed.is_to_come(heading))
    if not heading:
        return False
    if headed.is_of_things(others) and _has_words(columns, rows):
        return True
    return any(headed.is_measure(other) for other in others - {heading}) and not _has_words(columns, rows)


def _has_words(columns: list[Signs], rows: np.ndarray) -> bool:
    """Whether texts that are no signs of a person stand in most of some rows."""
    words = int(Sign.LABEL | Sign.NAME_SHAPED | Sign.REFERENCE | Sign.FRACTION | Sign.AGE)
    known = int(KNOWN_NAME)
    return any(
        np.count_nonzero((each.flags[rows] & words != 0) & (each.flags[rows] & known == 0)) >= 0.8 * len(rows)
        for each in columns
    )


def _follow(each: Signs, rows: np.ndarray) -> bool:
    """Whether the days of some rows go on in steps that are nearly alike, as those of a calendar do."""
    days = [day for code in each.column.codes[rows].tolist() if (day := day_of(each.column.values[code]))]
    return _are_even(days)


def _are_even(days: list[date]) -> bool:
    steps = np.array([(then - first).days for first, then in pairwise(days)])
    if len(steps) < _LEAST or not (np.all(steps > 0) or np.all(steps < 0)):
        return False
    return bool(np.std(steps) < _EVEN * abs(np.mean(steps)))


def _in_digits(each: Signs, today: date) -> Iterator[Evidence]:
    """Births as numbers, day, month and year in a row, of which those of the first nine days have lost their nought."""
    for rows in each.runs(Sign.CODE, _LEAST):
        texts = [str(value).strip().removesuffix(".0") for value in each.values(rows)]
        days = [day for text in texts if len(text) in _DATES_IN_DIGITS and (day := day_of(text.zfill(8)))]
        if 10 * len(days) >= 9 * len(texts) and of_childhood(days, today):
            yield Evidence(BIRTHS, ENOUGH, each.at, rows)
