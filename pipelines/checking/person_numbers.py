"""NHS numbers among the numbers of a sheet: known by their check digit, whole in one cell or a part in each of several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipelines.checking.person_words import one_spaced
from pipelines.reading import column_letters
from schemas.returns.person_level import is_nhs_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.reading import Sheet, Value
    from pipelines.reading.grid import Column

# First digits of the numbers issued in England, and of those kept for tests; one of another range may be chance.
ISSUED = "4679"
# Of chance ten-digit numbers one in eleven passes the check digit; of NHS numbers all do, but for slips of typing.
_SHARE = 0.5
_DIGITS = 10
# How an NHS number is written in groups, and so how it is spread over cells beside one another.
_GROUPS = ((3, 3, 4), (3, 7), (6, 4), (4, 3, 3), (5, 5), (2,) * 5, (1,) * 10)
# Counts of as many digits stand in such cells too. That four rows all pass by chance happens once in fifteen thousand
# times, and half a million where the first digit is held against those issued.
_ROWS = 4
_SHARE_IN_PARTS = 0.75
# More different numbers than this need not be looked at to know what a column holds.
_ENOUGH = 400


def nhs_numbers(sheet: Sheet) -> Iterator[tuple[int, list[int]]]:
    """Columns of bare ten-digit numbers of which at least half carry an NHS number's check digit: which, and which values."""
    for at, column in enumerate(sheet.columns):
        big = {n: _digits(value) for n, value in enumerate(column.values) if _has_ten_digits(value)}
        valid = {digits for digits in big.values() if is_nhs_number(digits)}
        telling = any(digits[0] in ISSUED for digits in valid) or len(valid) > 1
        if telling and len(valid) >= _SHARE * len(set(big.values())):
            yield at, [n for n, digits in big.items() if digits in valid]


def in_parts(sheet: Sheet) -> Iterator[str]:
    """The cells of NHS numbers written a group to a column, as "cells B3:D40": three, three and four digits, or two groups."""
    lengths = [_lengths(column) for column in sheet.columns]
    there = [frozenset(np.unique(each).tolist()) for each in lengths]
    for groups in _GROUPS:
        for at in range(len(sheet.columns) - len(groups) + 1):
            beside = range(at, at + len(groups))
            if not all(size in there[b] for b, size in zip(beside, groups, strict=True)):
                continue
            rows = np.logical_and.reduce([lengths[b] == size for b, size in zip(beside, groups, strict=True)])
            found = np.flatnonzero(rows)
            if len(found) >= _ROWS and _are_numbers(sheet, beside, found[:_ENOUGH]):
                yield f"cells {column_letters(at)}{found[0] + 1}:{column_letters(beside[-1])}{found[-1] + 1}"


def _are_numbers(sheet: Sheet, beside: range, rows: np.ndarray) -> bool:
    """Whether most of some rows' cells, read on, carry the check digit, and begin as numbers issued in England do."""
    parts = [[_digits(sheet.columns[b].values[code]) for code in sheet.columns[b].codes[rows].tolist()] for b in beside]
    whole = {"".join(row) for row in zip(*parts, strict=True)}
    valid = [digits for digits in whole if digits[0] in ISSUED and is_nhs_number(digits)]
    return len(valid) >= max(_ROWS, _SHARE_IN_PARTS * len(whole))


def _lengths(column: Column) -> np.ndarray:
    """How many digits stand in each cell; 0 where it holds anything else."""
    found = [_length(value) for value in column.values]
    return np.array(found, dtype=np.int16)[column.codes]


def _length(value: Value) -> int:
    if type(value) is float and not value.is_integer():
        return 0
    if type(value) not in (int, float, str) or (isinstance(value, str) and len(value) > _DIGITS):
        return 0
    digits = _digits(value)
    return len(digits) if digits.isdecimal() else 0


def _has_ten_digits(value: Value) -> bool:
    if type(value) is str:
        return len(value) >= _DIGITS and len(plain := one_spaced(value)) == _DIGITS and plain.isdecimal()
    return type(value) in (int, float) and 10 ** (_DIGITS - 1) <= value < 10**_DIGITS  # pyright: ignore[reportOperatorIssue] - a number


def _digits(value: Value) -> str:
    return one_spaced(value) if isinstance(value, str) else str(value).removesuffix(".0")
