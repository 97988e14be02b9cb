"""Returns far larger than any agency's, to measure how long checking takes."""

from __future__ import annotations

from itertools import chain, islice, repeat
from typing import TYPE_CHECKING

from sample_data.files import HEADINGS, IN_WORKBOOK, Cell, cover, rows
from sample_data.returns import World
from schemas.catalogue import catalogue
from schemas.periods import parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AGENCY, PERIOD = "lcc_cf", "2025-26-Q4"
SIZES = (5_000, 100_000)


def large(path: Path, size: int) -> Path:
    """Write a workbook of `size` rows of figures, by repeating a real year-end return.

    The same rows come again with the same numbers, so that nothing is wrong with them but their number.
    """
    import xlsxwriter

    world = World(catalogue())
    sent = next(world.returns(AGENCY, parse(PERIOD)))
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as book:
        front, figures = book.add_worksheet("Cover"), book.add_worksheet("Figures")
        for number, line in enumerate(cover(sent)):
            front.write_row(number, 0, line)
        figures.write_row(0, 0, [HEADINGS[name] for name in IN_WORKBOOK])
        for number, row in enumerate(_again(rows(sent, world.catalogue), size), start=1):
            for column, found in enumerate(row):
                if isinstance(found, str):
                    figures.write_string(number, column, found)
                elif found is not None:
                    figures.write_number(number, column, found)
    return path


def _again(table: list[list[Cell]], size: int) -> Iterator[list[Cell]]:
    return islice(chain.from_iterable(repeat(table)), size)
