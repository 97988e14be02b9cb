"""Ages of single people: in words, under a heading that says so, in months, or bare beside labels that come again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from pipelines.checking.person_blocks import LEAST, SHARE, Attribute, blocks, combined
from pipelines.checking.person_order import cells, in_order, is_sorted
from schemas.returns import case_headings as of_cases
from schemas.returns import list_headings as headed
from schemas.returns.meaning import meaning
from schemas.returns.signs import Sign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.checking.person_columns import Signs

# An age in months or weeks: a childhood has no more months.
_SMALL_AGES = range(1, 261)
# Of counts the largest is often smaller; of ages of children it seldom is.
_GROWN = 8


def ages(each: Signs, columns: list[Signs]) -> Iterator[Attribute]:
    """Every way in which a column may give ages."""
    yield from _said(each, columns)
    yield from _small_ages(each)
    yield from _bare_ages(each, columns)


def _said(each: Signs, columns: list[Signs]) -> Iterator[Attribute]:
    """Ages in words, or in numbers under a heading that says so; those that come again in no order are hardly a table's."""
    for sign in (Sign.AGE, Sign.FRACTION, Sign.AGE | Sign.FRACTION):
        for rows in blocks(each, columns, sign):
            in_words = any(isinstance(value, str) and not value.strip().isdecimal() for value in each.values(rows))
            heading, _ = each.heading(rows)
            if not in_words and not of_cases.says_one_age(heading):
                continue
            ordered = in_order(each, rows) and (each.different(rows) < len(rows) or rise(each, rows))
            exact = bool(each.flags[rows].max() & int(Sign.FRACTION))
            again = each.different(rows) < len(rows) and not ordered
            yield Attribute("ages", 3 if in_words or exact or again else 2, each.at, rows, ordered)


def rise(each: Signs, rows: np.ndarray) -> bool:
    """Whether the first numbers of some rows go up or down, as the bands of a table do; those of a cell without any count for 0."""
    found = [re.search(r"\d+", str(value)) for value in cells(each, rows)]
    return is_sorted([int(number[0]) if number else 0 for number in found])


def _small_ages(each: Signs) -> Iterator[Attribute]:
    """Ages in months, weeks or days, under a heading that says so."""
    said = [
        n
        for n, value in enumerate(each.column.values)
        if isinstance(value, str) and of_cases.says_small_age(meaning(value))
    ]
    for top in each.column.where(said)[:1].tolist() if said else ():
        ages = np.array([isinstance(v, int | float) and v in _SMALL_AGES for v in each.column.values], dtype=bool)
        rows = np.flatnonzero(ages[each.column.codes])
        rows = rows[rows > top]
        if len(rows) >= LEAST and not in_order(each, rows):
            yield Attribute("ages", 3, each.at, rows)


def _bare_ages(each: Signs, columns: list[Signs]) -> Iterator[Attribute]:
    """Numbers like ages under no heading that says so, beside labels that come again: a count stands once beside each."""
    for rows in each.runs(Sign.AGE, LEAST):
        heading, _ = each.heading(rows)
        numbers = [value for value in cells(each, rows) if isinstance(value, int | float)]
        excused = (
            headed.says_age(heading)
            or headed.is_measure(heading)
            or headed.is_no_case(heading)
            or headed.is_agreed(heading)
        )
        if excused or len(numbers) < len(rows) or max(numbers) < _GROWN:
            continue
        labels = [one for one in columns if one.at != each.at and one.filled[rows].mean() >= SHARE]
        if labels and 20 * combined(labels, rows) < 19 * len(rows):
            yield Attribute("numbers like ages", 2, each.at, rows, in_order(each, rows))
