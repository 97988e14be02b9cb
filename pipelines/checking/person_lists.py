"""Lists of single children told by what stands in them: several weak signs in the same rows, weighed together.

Headings may be left out, wrong or in another language; a child may stand in a row or in a column. A column that could be
nothing else is enough. What could be something else counts only beside other signs, and for less where each row has a
label of its own, as the rows of a table of totals do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipelines.checking.person_columns import Signs, looked_at
from pipelines.reading.grid import Column
from schemas.returns import list_headings as headed
from schemas.returns.meaning import meaning
from schemas.returns.signs import ANY_DAY, KNOWN_NAME, NOTHING, Sign
from schemas.returns.single_signs import day_of, sign_of_day, sign_of_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipelines.reading import Sheet

# What settles it; each sign says for how much of it it counts.
ENOUGH = 3
_NAMES, _BIRTHS, _CASES, _INITIALS = (
    "first names or surnames",
    "days like dates of birth",
    "numbers of cases",
    "initials",
)
_REFERENCES, _SEX, _AGES, _CODES = "references of cases", "sex", "ages", "codes of a collection about children"
_DAYS, _HOMES, _HALVES = "days", "addresses of homes", "postcodes in two cells"
# Fewer rows may be chance, but for names, of which three are a list.
_LEAST, _LEAST_NAMES, _SURE = 4, 3, 2
_CHILDHOOD, _LONG_AGO = 26 * 366, 4 * 365
_ACROSS_ROWS, _ACROSS_COLUMNS = 60, 4


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """One sign in a block of one column: what, how much it counts for, where."""

    what: str
    weight: int
    at: int
    rows: np.ndarray


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of single people: by what it is known, and its first and last row and column, from 0."""

    signs: tuple[str, ...]
    rows: tuple[int, int]
    columns: tuple[int, int]


def lists_in(sheet: Sheet, today: date | None = None) -> Listed | None:
    """The plainest list of single people on a sheet, a child a row or a child a column; None where there is none.

    `today`: from which ages are counted; the day of the call where it is not given.
    """
    now = today or datetime.now(UTC).date()
    columns = looked_at(sheet.columns)
    down = _heaviest(columns, now)
    if down or len(sheet.columns) < _ACROSS_COLUMNS:
        return down
    rows = _worth_turning(columns, len(sheet.rows))
    across = _heaviest(_turned(columns, looked_at(tuple(Column.of(sheet.rows[row]) for row in rows))), now)
    if across is None:
        return None
    first, last = across.columns
    return Listed(across.signs, (rows[first], rows[last]), across.rows)


def names_among(texts: Iterable[str]) -> bool:
    """Whether at least three different texts are names, and most of them: the choices of a list, the names of ranges.

    >>> names_among(["Kayden", "Mia", "Tyler"]), names_among(["Armley", "Morley", "Wetherby", "Kayden"])
    (True, False)
    """
    different = dict.fromkeys(text.strip() for text in texts if text.strip())
    known = sum(bool(sign_of_text(text.replace("_", " ")) & KNOWN_NAME) for text in different)
    return known >= _LEAST_NAMES and 2 * known > len(different)


def _worth_turning(columns: list[Signs], rows: int) -> list[int]:
    """The rows that could be of one thing about many children: all of a low sheet, of a high one those full of signs."""
    if rows <= _ACROSS_ROWS:
        return list(range(rows))
    telling = int(KNOWN_NAME | Sign.NAME_SHAPED | Sign.DAY)
    counts = np.zeros(rows, dtype=np.int64)
    for each in columns:
        counts += (each.flags & telling) != 0
    return np.flatnonzero(counts > _ACROSS_COLUMNS)[:_ACROSS_ROWS].tolist()


def _turned(columns: list[Signs], rows: list[Signs]) -> list[Signs]:
    """Rows looked at as if they were columns, without what stands in a whole column of such already.

    In a log with four days a row each row is four days; where a child is a column, the column holds all sorts.
    """
    usual = np.zeros(len(columns), dtype=np.int32)
    for at, each in enumerate(columns):
        filled = np.count_nonzero(each.filled)
        for sign in Sign:
            count = np.count_nonzero(each.flags & int(sign))
            if count >= _LEAST_NAMES and 2 * count >= filled:
                usual[at] |= int(sign)
    usual &= ~int(Sign.LABEL | Sign.PERIOD)
    return [replace(row, flags=row.flags & ~usual) for row in rows]


def _heaviest(columns: list[Signs], today: date) -> Listed | None:
    found = [evidence for each in columns for evidence in _of_column(each, columns, today)]
    found += _of_pairs(columns)
    weighed = ((_together(anchor, found), anchor) for anchor in found if anchor.what not in (_DAYS, _CODES))
    telling = [(signs, anchor) for signs, anchor in weighed if sum(each.weight for each in signs) >= ENOUGH]
    if not telling:
        return None
    signs, anchor = max(telling, key=lambda each: sum(one.weight for one in each[0]))
    places = [each.at for each in signs]
    return Listed(
        tuple(dict.fromkeys(each.what for each in signs)),
        (int(anchor.rows[0]), int(anchor.rows[-1])),
        (min(places), max(places)),
    )


def _together(anchor: Evidence, found: list[Evidence]) -> list[Evidence]:
    """The anchor and the heaviest of each other sign that stands in at least half of its rows."""
    signs = {anchor.what: anchor}
    first, last = anchor.rows[0], anchor.rows[-1]
    for each in found:
        there = np.count_nonzero((each.rows >= first) & (each.rows <= last))
        if each.at != anchor.at and 2 * there >= len(anchor.rows):
            held = signs.get(each.what)
            if held is None or (held is not anchor and held.weight < each.weight):
                signs[each.what] = each
    return list(signs.values())


def _of_column(each: Signs, columns: list[Signs], today: date) -> Iterator[Evidence]:
    """Every sign a column gives."""
    yield from _names(each, columns)
    yield from _births(each, columns, today)
    yield from _numbers(each, columns)
    yield from _initials(each, columns)
    yield from _homes(each, columns)
    yield from _sex_and_age(each)
    for rows in each.runs(Sign.COLLECTED, _LEAST):
        if each.share(Sign.COLLECTED, rows) >= 0.8:
            yield Evidence(_CODES, 1, each.at, rows)


def _names(each: Signs, columns: list[Signs]) -> Iterator[Evidence]:
    """Cells that are names and nothing else: most of them known, or a third known and the others of that shape."""
    blocks = [*each.runs(KNOWN_NAME, _LEAST_NAMES), *each.runs(KNOWN_NAME | Sign.NAME_SHAPED, _LEAST)]
    for block in blocks:
        surely = block[(each.flags[block] & int(KNOWN_NAME)) != 0]
        rows = block[block >= surely[0]] if len(surely) else block  # a heading has the shape of a name
        known = each.different(surely)
        if known < _LEAST_NAMES or 10 * known < 3 * each.different(rows):
            continue
        if not any(headed.is_of_staff(top, _beside(columns, at)) for top, at in each.tops(int(block[0]))):
            yield Evidence(_NAMES, ENOUGH, each.at, rows)
            return


def _births(each: Signs, columns: list[Signs], today: date) -> Iterator[Evidence]:
    """Days of childhoods: scattered over the month and the week, many of them years ago, hardly any twice."""
    for rows in each.runs(ANY_DAY, _SURE):
        heading, _ = each.heading(rows)
        days = [day for value in each.values(rows) if (day := day_of(value)) and 0 <= (today - day).days <= _CHILDHOOD]
        if headed.says_birth(heading) and 2 * len(days) >= each.different(rows):
            yield Evidence(_BIRTHS, ENOUGH, each.at, rows)
        if len(rows) < _LEAST or not _are_scattered(days, each.different(rows), len(rows)):
            continue
        long_ago = sum((today - day).days > _LONG_AGO for day in days)
        excused = headed.is_of_an_event(heading) or headed.is_agreed(heading) or headed.is_no_case(heading)
        if excused or 3 * long_ago < len(days):
            if not headed.is_agreed(heading):
                yield Evidence(_DAYS, 1, each.at, rows)
        else:
            as_numbers = each.share(Sign.SERIAL, rows) > 0.5
            light = _is_labelled(columns, rows, each.at)
            yield Evidence(_BIRTHS, (1 if as_numbers else 2) if light else ENOUGH, each.at, rows)


def _are_scattered(days: list[date], different: int, rows: int) -> bool:
    """Whether days follow no calendar: not the ends of months, not one day of the week, most of them different."""
    if len(days) < _LEAST or 5 * len(days) < 4 * different or 3 * different < rows:
        return False
    inside = [day for day in days if Sign.PERIOD not in sign_of_day(day)]
    return 5 * len(inside) >= 3 * len(days) and len({day.weekday() for day in days}) > 1


def _numbers(each: Signs, columns: list[Signs]) -> Iterator[Evidence]:
    """Numbers of a case system: as long as each other, hardly any twice, in rows that nothing else tells apart."""
    for rows in each.runs(Sign.CODE, _LEAST):
        heading, _ = each.heading(rows)
        lengths = [len(str(value).strip().removesuffix(".0")) for value in each.values(rows)]
        alike = max(map(lengths.count, set(lengths)))
        if headed.is_no_case(heading) or headed.is_agreed(heading) or 5 * alike < 4 * len(lengths):
            continue
        if 3 * len(lengths) >= len(rows):
            yield Evidence(
                _CASES, 1 if _is_labelled(columns, rows, each.at, also=Sign.NAME_SHAPED) else ENOUGH, each.at, rows
            )
    for rows in each.runs(Sign.REFERENCE, _LEAST):
        heading, _ = each.heading(rows)
        if headed.is_no_case(heading) or headed.is_agreed(heading) or each.share(Sign.REFERENCE, rows) < 0.8:
            continue
        if 3 * each.different(rows) >= 2 * len(rows) and not _is_labelled(columns, rows, each.at):
            yield Evidence(_REFERENCES, 1, each.at, rows)


def _initials(each: Signs, columns: list[Signs]) -> Iterator[Evidence]:
    for rows in each.runs(Sign.INITIALS, _LEAST):
        heading, at = each.heading(rows)
        different = 5 * each.different(rows) >= 3 * len(rows) and each.share(Sign.INITIALS, rows) >= 0.8
        if different and not headed.is_of_staff(heading, _beside(columns, at)) and not headed.is_agreed(heading):
            yield Evidence(_INITIALS, 1 if _is_labelled(columns, rows, each.at) else 2, each.at, rows)


def _homes(each: Signs, columns: list[Signs]) -> Iterator[Evidence]:
    for rows in each.runs(Sign.HOME, _LEAST_NAMES):
        if each.different(rows) >= _LEAST_NAMES and not _is_labelled(columns, rows, each.at):
            yield Evidence(_HOMES, ENOUGH, each.at, rows)
    for sign, what in ((Sign.NHS, "NHS numbers"), (Sign.UPN, "unique pupil numbers")):
        for rows in each.runs(sign, _LEAST_NAMES):
            if each.different(rows) >= _LEAST_NAMES:
                yield Evidence(what, ENOUGH, each.at, rows)


def _sex_and_age(each: Signs) -> Iterator[Evidence]:
    """One person's sex or age a row: the same again and again, in no order."""
    for what, sign in ((_SEX, Sign.SEX), (_AGES, Sign.AGE)):
        for rows in each.runs(sign, _LEAST):
            heading, _ = each.heading(rows)
            if (headed.is_agreed(heading) and not headed.says_age(heading)) or each.share(sign, rows) < 0.8:
                continue
            in_words = any(isinstance(value, str) and not value.strip().isdecimal() for value in each.values(rows))
            if sign is Sign.SEX or in_words or headed.says_age(heading):
                yield Evidence(what, 1, each.at, rows)


def _of_pairs(columns: list[Signs]) -> Iterator[Evidence]:
    """What stands in two cells beside each other: a first name and a surname, the two halves of a postcode."""
    for one, other in pairwise(columns):
        for what, first, then in ((_NAMES, Sign.FIRST, Sign.LAST), (_NAMES, Sign.LAST, Sign.FIRST)):
            rows = np.flatnonzero((one.flags & int(first) != 0) & (other.flags & int(then) != 0))
            if len(rows) >= _SURE:
                tops = (*one.tops(int(rows[0])), *other.tops(int(rows[0])))
                if not any(headed.is_of_staff(top, _beside(columns, at)) for top, at in tops):
                    yield Evidence(what, ENOUGH, one.at, rows)
        rows = np.flatnonzero((one.flags & int(Sign.OUTWARD) != 0) & (other.flags & int(Sign.INWARD) != 0))
        if len(rows) >= _SURE:
            yield Evidence(_HALVES, ENOUGH, one.at, rows)


def _beside(columns: list[Signs], row: int) -> frozenset[str]:
    """The headings of a row, by meaning."""
    if row < 0:
        return frozenset()
    cells = (each.column.values[each.column.codes[row]] for each in columns)
    return frozenset(meaning(cell) for cell in cells if isinstance(cell, str) and cell.strip())


def _is_labelled(columns: list[Signs], rows: np.ndarray, at: int, *, also: Sign = NOTHING) -> bool:
    """Whether each row has a label of its own, as a ward, a school or a period; or two that cross, as ward and sex do.

    `also`: what else may be a label, as words with capitals are beside a number that may be a count.
    """
    own = int(Sign.LABEL | Sign.PERIOD | also)
    wanted = own | int(Sign.SEX | Sign.AGE)
    labels = [
        each for each in columns if each.at != at and np.count_nonzero(each.flags[rows] & wanted) >= 0.9 * len(rows)
    ]
    alone = (each for each in labels if np.count_nonzero(each.flags[rows] & own) >= 0.9 * len(rows))
    if any(each.different(rows) == len(rows) for each in alone):
        return True
    for one, other in combinations(labels[:6], 2):
        crossed = one.column.codes[rows].astype(np.int64) * len(other.column.values) + other.column.codes[rows]
        if len(np.unique(crossed)) == len(rows) and 2 * one.different(rows) * other.different(rows) <= 3 * len(rows):
            return True
    return False
