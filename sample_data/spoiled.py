"""Large returns of which one row in a hundred is wrong, in eight ways: to measure how long checking takes."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from sample_data.book import Book, write
from sample_data.files import HEADINGS, IN_WORKBOOK, Cell, cover, rows
from sample_data.returns import Return, World
from schemas.catalogue import catalogue
from schemas.catalogue.owed import split_period
from schemas.periods import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from schemas.catalogue.models import Indicator

AGENCY, PERIOD = "lcc_cf", "2025-26-Q4"
_FIGURES = "xl/worksheets/sheet2.xml"
# One row in so many is wrong.
SPOILED = 100
WAYS = 8
_PLACE = {name: place for place, name in enumerate(IN_WORKBOOK)}
_ROW = re.compile(r'<row r="\d+".*?</row>', re.DOTALL)


def spoiled_workbook(path: Path, size: int) -> Path:
    """Write a workbook of `size` rows of figures, of which one in a hundred is wrong.

    Good rows are a real year-end return's, again and again; each wrong row is written once. Repeated in the sheet's XML:
    writing 100,000 rows cell by cell takes ten times as long.
    """
    sent, good = _year_end()
    bad = [_bad(number, good) for number in range(size // SPOILED)]
    headings: list[Cell] = [HEADINGS[name] for name in IN_WORKBOOK]
    once = Book({"Cover": [list(line) for line in cover(sent)], "Figures": [headings, *good, *bad]})
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(write(once, Path(folder) / "once.xlsx")) as small:
        parts = {name: small.read(name) for name in small.namelist()}
    sheet = parts[_FIGURES].decode("utf-8")
    found = list(_ROW.finditer(sheet))
    marked = [re.sub(r'( r="[A-Z]*)\d+"', '\\1\0"', row.group()) for row in found[1:]]
    body = (marked[at].replace("\0", str(number)) for number, at in enumerate(_order(size, len(good)), start=2))
    start = re.sub(r'(ref="A1:[A-Z]+)\d+"', rf'\g<1>{size + 1}"', sheet[: found[0].end()])
    parts[_FIGURES] = "".join([start, *body, sheet[found[-1].end() :]]).encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def spoiled_csv(path: Path, size: int) -> Path:
    """Write the same rows as comma-separated text beneath the cover's answers, as a case system exports them."""
    sent, good = _year_end()
    lines = [*map(_line, good), *(_line(_bad(number, good)) for number in range(size // SPOILED))]
    with path.open("w", newline="", encoding="utf-8") as file:
        file.writelines(_line(list(answer)) for answer in cover(sent))
        file.write("\r\n" + _line([HEADINGS[name] for name in IN_WORKBOOK]))
        file.writelines(lines[at] for at in _order(size, len(good)))
    return path


def _order(size: int, good: int) -> Iterator[int]:
    """Which row comes when: good ones in turn, and each hundredth the next of the bad ones, which stand behind them."""
    bad, right = count(good), count()
    return (next(bad) if number % SPOILED == SPOILED - 1 else next(right) % good for number in range(size))


@cache
def _year_end() -> tuple[Return, list[list[Cell]]]:
    """The council's return for the last quarter of a year, and its filled rows."""
    known = catalogue()
    sent = next(World(known).returns(AGENCY, parse(PERIOD)))
    answers = [_PLACE[name] for name in ("numerator", "denominator", "value", "marker", "nil")]
    return sent, [row for row in rows(sent, known) if any(row[place] not in (None, "") for place in answers)]


def _bad(number: int, good: list[list[Cell]]) -> list[Cell]:
    """The row that is wrong in the next of eight ways."""
    turn, way = divmod(number, WAYS)
    ways: tuple[tuple[str, Callable[[int], Cell]], ...] = (
        ("indicator_id", lambda n: f"XX{n % 89:02}"),
        ("area_id", lambda n: f"{_wards()[n % len(_wards())][:-2]} Wrad"),
        ("period_id", lambda n: f"202{n % 7}-2{n % 5}-Q{5 + n % 4}"),
        ("breakdown", lambda n: f"Star sign {n % 12}"),
        ("numerator", lambda n: f"about {n % 211}"),
        ("marker", lambda n: f"q{n % 9}"),
    )
    if way < len(ways):
        name, wrong = ways[way]
        row = list(good[(turn * 7) % len(good)])
        row[_PLACE[name]] = wrong(turn)
        return row
    return _of_another_figure(turn, is_negative=way == WAYS - 1)


def _of_another_figure(turn: int, *, is_negative: bool) -> list[Cell]:
    """A row of a figure no good row gives, with a number below zero, or one larger than what it is out of."""
    every = _unused()
    half = len(every) // 2
    indicator, period_id, ward, breakdown, category = every[(turn % half) + (half if is_negative else 0)]
    row: list[Cell] = [None] * len(IN_WORKBOOK)
    numbers = {"numerator": -1 - turn % 40, "denominator": 50} if is_negative else {"numerator": 90, "denominator": 50}
    named = {"indicator_id": indicator.id, "indicator": indicator.title, "period_id": period_id, "area_id": ward,
             "breakdown": breakdown, "category": category}  # fmt: skip
    for name, cell in {**named, **numbers}.items():
        row[_PLACE[name]] = cell
    return row


@cache
def _unused() -> list[tuple[Indicator, str, str, str, str]]:
    """Shares by ward and a second split: agreed, but owed by nobody, so that no good row gives them."""
    known, quarter = catalogue(), parse(PERIOD)
    return [
        (indicator, split_period(indicator, quarter).id, ward, known.breakdowns[split].title, category.label)
        for indicator in known.indicators.values()
        if AGENCY in indicator.sent_by and indicator.wards and indicator.measure_type == "percent"
        for split in indicator.breakdowns
        for category in known.breakdowns[split].categories
        for ward in _wards()
    ]


@cache
def _wards() -> list[str]:
    return [area.name for area in catalogue().wards]


def _line(cells: list[Cell]) -> str:
    """A line of comma-separated text."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow(["" if cell is None else cell for cell in cells])
    return text.getvalue()
