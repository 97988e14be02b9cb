"""Turn rows into columns for the way from child to parent, and back: a word said a thousand times travels once."""

from __future__ import annotations

from datetime import date, datetime
from itertools import zip_longest

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

LARGEST_WHOLE = 2.0**53  # beyond it a float no longer holds every whole number
UNLIKE = {str, date, datetime, type(None)}  # no value of one of these equals a value of another, as 1 equals True
REPEATED = 3
EMPTY = ""


def packed(rows: Sequence[Iterable[Any]]) -> dict[str, Any]:
    """Rows as columns: an empty text becomes None, a whole number an int, a much repeated value a place in a list.

    >>> packed([["a", 1.0], ["a", 2.5], ["a", ""]])
    {'rows': 3, 'columns': [{'values': ['a'], 'at': [0, 0, 0]}, [1, 2.5, None]]}
    """
    return {"rows": len(rows), "columns": [_packed(column) for column in zip_longest(*rows)]}


def unpacked(batch: dict[str, Any]) -> list[list[Any]]:
    """The rows again.

    >>> unpacked(packed([["a", 1.0], ["a", 2.5], ["a", ""]]))
    [['a', 1], ['a', 2.5], ['a', None]]
    """
    columns = [_unpacked(column) for column in batch["columns"]]
    if not columns:
        return [[] for _ in range(batch["rows"])]
    return list(map(list, zip(*columns, strict=True)))


def _packed(column: tuple[Any, ...]) -> list[Any] | dict[str, list[Any]]:
    if set(map(type, column)) <= UNLIKE:
        distinct = dict.fromkeys(column)
        if len(distinct) * REPEATED <= len(column):
            places = {value: place for place, value in enumerate(distinct)}
            return {"values": _plain(distinct), "at": [places[value] for value in column]}
        if EMPTY not in distinct:
            return list(column)
    return _plain(column)


def _plain(column: Iterable[Any]) -> list[Any]:
    """Values without empty texts and without floats that are whole; one expression, because a call a cell is slow."""
    return [
        (int(value) if value.is_integer() and abs(value) < LARGEST_WHOLE else value)
        if value.__class__ is float
        else None
        if value.__class__ is str and not value
        else value
        for value in column
    ]


def _unpacked(column: list[Any] | dict[str, list[Any]]) -> Iterable[Any]:
    if isinstance(column, dict):
        return map(column["values"].__getitem__, column["at"])
    return column
