"""Whether the rows of a column follow the order of a table of totals, which rows about single people do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schemas.returns.case_headings import is_no_count
from schemas.returns.markers import UNCLEAR, marker_of
from schemas.returns.numbers import number_in
from schemas.returns.signs import Sign

if TYPE_CHECKING:
    from pipelines.checking.person_columns import Signs

_SHARE, _FEW = 0.8, 2


def cells(each: Signs, rows: np.ndarray) -> list[object]:
    """The values of some rows, in their order."""
    return [each.column.values[code] for code in each.column.codes[rows].tolist()]


def in_order(each: Signs, rows: np.ndarray) -> bool:
    """Whether the values of some rows follow the order of a table: all different, sorted, one block each, or in rounds."""
    codes = each.column.codes[rows]
    different = len(np.unique(codes))
    if different == len(codes):
        return not all(isinstance(value, int | float) for value in each.values(rows)) or is_sorted(cells(each, rows))
    changes = int(np.count_nonzero(np.diff(codes)))
    # One block each, or nearly; of values of which hardly any comes again nearly every row is another anyway.
    if changes < different + (len(codes) // 10 if 2 * different <= len(codes) else 0):
        return True
    if is_sorted(cells(each, rows)):
        return True
    rounds = range(different, min(len(codes) // 2, 4 * different) + 1)
    return any(np.array_equal(codes[size:], codes[:-size]) for size in rounds if size)


def is_sorted(values: list[object]) -> bool:
    """Whether values are all numbers, none smaller or none larger than the one before."""
    numbers = [float(value) for value in values if isinstance(value, int | float)]
    if len(numbers) < len(values):
        return False
    steps = np.diff(numbers)
    return bool(np.all(steps >= 0) or np.all(steps <= 0))


def counts(each: Signs, rows: np.ndarray) -> bool:
    """Whether most of some rows hold a number or why there is none, and a fifth of them more than one and two children.

    Days, scores and ages are no counts, nor are numbers as long as those of cases.
    """
    values = [value for value in cells(each, rows) if isinstance(value, int | float) or is_hidden(value)]
    numbers = [value for value in values if isinstance(value, int | float)]
    if len(values) < _SHARE * len(rows) or np.count_nonzero(each.flags[rows] & int(Sign.CODE)) > len(rows) // 2:
        return False
    large = sum(value > _FEW for value in numbers) + len(values) - len(numbers)
    return 5 * large >= len(rows) and not is_no_count(each.heading(rows)[0])


def is_hidden(value: object) -> bool:
    """Whether a cell says why a count does not stand there, or gives it as text."""
    if not isinstance(value, str):
        return False
    return bool(marker_of(value)) or value.strip().lower() in UNCLEAR or number_in(value) is not None
