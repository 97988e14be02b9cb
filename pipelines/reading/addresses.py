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


def place_of(cell: str) -> tuple[int, int]:
    """The row and column of an address, counted from 0; ValueError where it is none.

    >>> place_of("F14"), place_of("XFD1")
    ((13, 5), (0, 16383))
    """
    letters = cell.rstrip("0123456789")
    digits = cell[len(letters) :]
    if not 1 <= len(letters) <= 3 or not all("A" <= letter <= "Z" for letter in letters) or not digits:
        raise ValueError(cell)
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1
