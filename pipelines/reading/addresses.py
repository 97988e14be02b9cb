"""How people name a place on a sheet: F14, not row 13, column 5."""

from __future__ import annotations


def column_letters(column: int) -> str:
    """The letters over a column, counted from 0.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address people know a cell by, from its row and column counted from 0.

    >>> address(13, 5)
    'F14'
    """
    return f"{column_letters(column)}{row + 1}"
