"""Rows that may be about single people: attributes of a child beside each other, in the order of nothing.

A table of totals has the same columns, but each combination of its labels once, in an order, with a count beside them. Rows
without that are asked about, and the file they stand in is not kept; they refuse nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from pipelines.checking.person_days import of_childhood
from pipelines.checking.person_evidence import beside, is_labelled
from pipelines.checking.person_order import cells, in_order, is_sorted
from schemas.catalogue import catalogue
from schemas.returns import list_headings as headed
from schemas.returns.meaning import meaning
from schemas.returns.signs import ANY_DAY, KNOWN_NAME, Sign
from schemas.returns.single_signs import day_of
from schemas.returns.telling import tells_of_one

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pipelines.checking.person_columns import Signs

# What is asked about; each attribute says for how much of it it counts.
_ASKED, _LEAST, _LEAST_INITIALS, _LEAST_STORIES = 4, 5, 8, 3
_SHARE = 0.8
# Enough texts of a column to know whether it tells stories; a list pasted below stands last.
_MOST_TEXTS, _WORDS = 60, 4
_OLDEST = 26
_LARGEST_AGE = 25
# Read by rules of their own, row by row.
_READ = frozenset({"reason", "why", "what we are doing"})
_AGREED_HEADINGS, _ABOVE = 5, 4
_MONTH = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_ /'’.]*((?:19|20)?\d\d)", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TWO_LETTERS = re.compile(r"[A-Z]\.? ?[A-Z]\.?|[A-Z][-/][A-Z]")
_SIGNS = (
    (Sign.SEX, "sex", 2),
    (Sign.SCHOOL_YEAR, "school years", 2),
    (Sign.ETHNIC, "ethnic groups", 2),
    (Sign.OUTWARD, "postcode districts", 2),
    (Sign.REFERENCE, "references", 1),
    (Sign.CODE, "references", 1),
)


@dataclass(frozen=True, slots=True, eq=False)
class Attribute:
    """What a column says of each row's child: what, how much it counts for, where; whether its order is a table's."""

    what: str
    weight: int
    at: int
    rows: np.ndarray
    ordered: bool = False

    @property
    def is_enough(self) -> bool:
        """Whether it is asked about by itself."""
        return self.weight >= _ASKED


def doubts(columns: list[Signs], today: date) -> list[Attribute]:
    """The attributes of single people that stand together and are asked about; none where nothing is."""
    columns = _without_figures(columns)
    found = [attribute for each in columns for attribute in _of_column(each, columns, today)]
    found += _flags(columns)
    for anchor in sorted(found, key=lambda one: -one.weight):
        together = _together(anchor, found)
        if anchor.is_enough:
            return together
        if sum(one.weight for one in together) >= _ASKED and not _is_a_table(together, anchor.rows, columns):
            return together
    return []


def _without_figures(columns: list[Signs]) -> list[Signs]:
    """The columns without what stands in rows about an indicator: a return's own table, which its rules judge."""
    known = _indicators()
    rows = np.zeros(len(columns[0].flags) if columns else 0, dtype=bool)
    for each in columns:
        named = np.array([isinstance(v, str) and v.strip() in known for v in each.column.values], dtype=bool)
        if named.any():
            rows |= named[each.column.codes]
    if not rows.any():
        return columns
    return [_without(each, rows) if _is_agreed(each, int(np.argmax(rows))) else each for each in columns]


def _without(each: Signs, rows: np.ndarray) -> Signs:
    flags = np.where(rows, 0, each.flags)
    return replace(each, flags=flags, found=int(np.bitwise_or.reduce(flags)))


def _is_agreed(each: Signs, first: int) -> bool:
    """Whether one of a return's headings stands over the first row of its table: columns beside it are anybody's."""
    above = cells(each, np.arange(max(0, first - _ABOVE), first))
    return any(isinstance(cell, str) and headed.is_agreed(meaning(cell)) for cell in above)


@cache
def _indicators() -> frozenset[str]:
    indicators = catalogue().indicators.values()
    return frozenset(text for indicator in indicators for text in (indicator.id, indicator.title))


def _of_column(each: Signs, columns: list[Signs], today: date) -> Iterator[Attribute]:
    for sign, what, weight in _SIGNS:
        for rows in _blocks(each, columns, sign):
            yield Attribute(what, weight, each.at, rows, in_order(each, rows))
    yield from _initials(each, columns)
    yield from _ages(each, columns, today)
    yield from _codes(each, columns)
    yield from _days(each, columns, today)
    for rows in _blocks(each, columns, Sign.PROFILE):
        yield Attribute("sex and age in one cell", _ASKED, each.at, rows)
    for rows in _blocks(each, columns, Sign.NAME_SHAPED):
        if headed.is_of_one_child(each.heading(rows)[0]) and 2 * each.different(rows) > len(rows):
            yield Attribute("names", _ASKED, each.at, rows)
    yield from _places(each, columns)
    yield from _stories(each)


def _blocks(each: Signs, columns: list[Signs], sign: Sign) -> Iterator[np.ndarray]:
    """The rows of blocks of a sign, but for those of a return's own table, which its rules judge."""
    for rows in each.runs(sign, _LEAST):
        if each.share(sign, rows) >= _SHARE:
            heading, at = each.heading(rows)
            if not (headed.is_agreed(heading) and sum(map(headed.is_agreed, beside(columns, at))) >= _AGREED_HEADINGS):
                yield rows


def _initials(each: Signs, columns: list[Signs]) -> Iterator[Attribute]:
    for rows in _blocks(each, columns, Sign.INITIALS):
        heading, at = each.heading(rows)
        if headed.is_of_staff(heading, beside(columns, at)) or 2 * each.different(rows) < len(rows):
            continue
        two = sum(_TWO_LETTERS.fullmatch(str(value).strip()) is not None for value in each.values(rows))
        alone = len(rows) >= _LEAST_INITIALS and two >= _SHARE * each.different(rows) and headed.is_of_somebody(heading)
        yield Attribute("initials", _ASKED if alone else 3, each.at, rows)


def _ages(each: Signs, columns: list[Signs], today: date) -> Iterator[Attribute]:
    """Ages in words, or in numbers under a heading that says so; months and years of birth in no order."""
    for sign in (Sign.AGE, Sign.FRACTION):
        for rows in _blocks(each, columns, sign):
            in_words = any(isinstance(value, str) and not value.strip().isdecimal() for value in each.values(rows))
            if in_words or headed.says_age(each.heading(rows)[0]):
                yield Attribute("ages", 3 if in_words else 2, each.at, rows, in_order(each, rows))
    for rows in _blocks(each, columns, Sign.PERIOD):
        numbers = [int(value) for value in each.values(rows) if isinstance(value, int | float)]
        wide = len(numbers) >= _LEAST and max(numbers) - min(numbers) >= _LEAST
        if wide and min(numbers) > today.year - _OLDEST and max(numbers) <= today.year and not in_order(each, rows):
            yield Attribute("years of birth", 2, each.at, rows)
    for rows in _blocks(each, columns, Sign.LABEL):
        months = [found for value in each.values(rows) if (found := _month(value))]
        wide = len(months) >= _LEAST and max(months) - min(months) >= 12 * 4
        if (
            wide
            and 5 * len(months) >= 4 * each.different(rows)
            and not is_sorted([_month(v) for v in cells(each, rows)])
        ):
            yield Attribute("months of birth", 3, each.at, rows)


def _codes(each: Signs, columns: list[Signs]) -> Iterator[Attribute]:
    for rows in _blocks(each, columns, Sign.COLLECTED):
        yield Attribute(f"codes {each.at}", 2, each.at, rows, in_order(each, rows))
    numbers = np.array([isinstance(v, int) and 1000 <= v < 100_000 for v in each.column.values], dtype=bool)
    rows = np.flatnonzero(numbers[each.column.codes]) if numbers.any() else np.array([], dtype=np.intp)
    if len(rows) >= _LEAST and each.different(rows) == len(rows) and not in_order(each, rows):
        heading, _ = each.heading(rows)
        if not (headed.is_no_case(heading) or headed.is_measure(heading) or headed.is_agreed(heading)):
            yield Attribute("references", 1, each.at, rows)


def _days(each: Signs, columns: list[Signs], today: date) -> Iterator[Attribute]:
    """Days; those like births under a heading that says otherwise, where no label says of what they are."""
    for rows in _blocks(each, columns, ANY_DAY):
        days = [day for value in cells(each, rows) if (day := day_of(value))]
        heading, at = each.heading(rows)
        others = beside(columns, at)
        free = headed.is_of_things(others) or any(map(headed.is_measure, others))
        suspect = (
            not free
            and bool(heading)
            and of_childhood(days, today)
            and not is_labelled(columns, rows, each.at, also=Sign.NAME_SHAPED)
        )
        yield Attribute("days like dates of birth" if suspect else "days", _ASKED if suspect else 1, each.at, rows)


def _places(each: Signs, columns: list[Signs]) -> Iterator[Attribute]:
    """Words that come again and again in no order, as a child's school or what became of it."""
    for rows in _blocks(each, columns, Sign.LABEL | Sign.NAME_SHAPED | Sign.INITIALS):
        known = np.count_nonzero(each.flags[rows] & int(KNOWN_NAME | Sign.ETHNIC | Sign.SCHOOL_YEAR | Sign.YES_NO))
        if 10 * each.different(rows) <= 8 * len(rows) and 3 * known < len(rows) and not in_order(each, rows):
            yield Attribute(f"words in column {each.at + 1}", 1, each.at, rows)


def _stories(each: Signs) -> Iterator[Attribute]:
    """Sentences of which several tell of one child."""
    known = _indicators()
    texts = [
        (n, v)
        for n, v in enumerate(each.column.values)
        if isinstance(v, str) and v.count(" ") >= _WORDS - 1 and v not in known
    ]
    told = [n for n, text in texts[-_MOST_TEXTS:] if tells_of_one(text)]
    if not told or (len(told) <= _LEAST_STORIES and 5 * len(told) < min(len(texts), _MOST_TEXTS)):
        return
    rows = np.flatnonzero(np.isin(each.column.codes, told))
    above = {meaning(v) for v in cells(each, np.arange(int(rows[0]))) if isinstance(v, str)}
    if len(rows) >= _LEAST_STORIES and above.isdisjoint(_READ):
        yield Attribute("sentences about one child", _ASKED, each.at, rows)


def _flags(columns: list[Signs]) -> Iterator[Attribute]:
    """Two and more columns of yes and no."""
    flags = [(each, rows) for each in columns for rows in _blocks(each, columns, Sign.YES_NO)]
    if len(flags) > 1:
        each, rows = flags[0]
        yield Attribute("yes and no", 3, each.at, rows)


def _together(anchor: Attribute, found: list[Attribute]) -> list[Attribute]:
    """The anchor and the heaviest of each other attribute that stands in at least half of its rows, a column counted once."""
    kept = {anchor.what: anchor}
    first, last = anchor.rows[0], anchor.rows[-1]
    for one in sorted(found, key=lambda one: -one.weight):
        there = np.count_nonzero((one.rows >= first) & (one.rows <= last))
        if one.what not in kept and all(one.at != held.at for held in kept.values()) and 2 * there >= len(anchor.rows):
            kept[one.what] = one
    return list(kept.values())


def _is_a_table(together: list[Attribute], rows: np.ndarray, columns: list[Signs]) -> bool:
    """Whether rows are those of a table of totals: in order, or each combination of labels once with a count beside it."""
    telling = [one for one in together if one.what not in ("days", "references")]
    if all(one.ordered for one in telling if one.weight > 1):
        return True
    used = {one.at for one in together}
    labels = [
        each
        for each in columns
        if each.at in used
        or np.count_nonzero(each.flags[rows] & int(Sign.LABEL | Sign.NAME_SHAPED | Sign.SEX)) >= _SHARE * len(rows)
    ]
    combined = np.unique(np.stack([each.column.codes[rows] for each in labels]), axis=1).shape[1] if labels else 0
    if 20 * combined < 19 * len(rows):
        return False
    return any(_counts(each, rows) for each in columns if each.at not in used)


def _counts(each: Signs, rows: np.ndarray) -> bool:
    """Whether a column holds numbers in most of some rows, and not only ones and twos."""
    numbers = [value for value in cells(each, rows) if isinstance(value, int | float)]
    return len(numbers) >= _SHARE * len(rows) and max(numbers) > 2


def _month(value: object) -> int:
    """A month of a year as a number of months; 0 for none."""
    found = _MONTH.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return 0
    year = int(found[2]) + (2000 if len(found[2]) == 2 else 0)
    return 12 * year + _MONTHS.index(found[1].lower()[:3])
