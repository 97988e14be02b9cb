"""Rows that may be about single people: attributes of a child beside each other, in the order of nothing.

A table of totals has the same columns, but each combination of its labels once, with a count beside them, and mostly in an
order. Rows without that are asked about, and the file they stand in is not kept; they refuse nothing.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from pipelines.checking.person_attributes import DAYS, FLAGS, REFERENCES, attributes
from pipelines.checking.person_blocks import ASKED, Attribute, combined
from pipelines.checking.person_order import cells, counts
from pipelines.reading.grid import Column
from schemas.catalogue import catalogue
from schemas.returns import kinds
from schemas.returns.meaning import meaning
from schemas.returns.signs import Sign
from schemas.returns.telling import tells_of_one

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pipelines.checking.person_columns import Signs

_LEAST_STORIES = 3
_SHARE = 0.8
# Enough texts of a column to know whether it tells stories; a list pasted below stands last.
_MOST_TEXTS, _WORDS = 60, 4
_ABOVE = 4


def doubts(columns: list[Signs], today: date) -> list[Attribute]:
    """The attributes of single people that stand together and are asked about; none where nothing is."""
    free = without_own(columns)
    found = [*attributes(free, today), *(story for each in free for story in _stories(each))]
    for anchor in sorted(found, key=lambda one: -one.weight):
        together = _together(anchor, found)
        if anchor.is_enough:
            return together
        if sum(one.weight for one in together) >= ASKED and not _is_a_table(together, anchor.rows, free):
            return together
    return []


def without_own(columns: list[Signs]) -> list[Signs]:
    """The columns without what is about an indicator, and the headings above it: a return's own table is judged row by row."""
    own = _own_rows(columns)
    if not own.any():
        return columns
    first = int(np.argmax(own))
    own[:first] = True
    return [_without(each, own) if _is_agreed(each, first) else each for each in columns]


def _own_rows(columns: list[Signs]) -> np.ndarray:
    """Whether each row is about an indicator."""
    known = _indicators()
    rows = np.zeros(len(columns[0].flags) if columns else 0, dtype=bool)
    for each in columns:
        named = np.array([isinstance(v, str) and v.strip() in known for v in each.column.values], dtype=bool)
        if named.any():
            rows |= named[each.column.codes]
    return rows


def _without(each: Signs, rows: np.ndarray) -> Signs:
    flags = np.where(rows, 0, each.flags)
    column = Column(each.column.values, np.where(rows, 0, each.column.codes)).compact()
    return replace(each, column=column, flags=flags, filled=each.filled & ~rows, found=int(np.bitwise_or.reduce(flags)))


def _is_agreed(each: Signs, first: int) -> bool:
    """Whether one of the headings of figures stands close above the first row about an indicator: columns beside it are anybody's."""
    above = cells(each, np.arange(max(0, first - _ABOVE), first))
    return any(isinstance(cell, str) and meaning(cell) in _own_headings() for cell in above)


@cache
def _own_headings() -> frozenset[str]:
    """The headings of the return of figures: those of another kind over a column are anybody's."""
    figures = kinds()["figures"]
    return frozenset(meaning(column.heading) for sheet in (*figures.sheets, *figures.notes) for column in sheet.columns)


@cache
def _indicators() -> frozenset[str]:
    indicators = catalogue().indicators.values()
    return frozenset(text for indicator in indicators for text in (indicator.id, indicator.title))


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
    if len(rows) >= _LEAST_STORIES:
        yield Attribute("sentences about one child", ASKED, each.at, rows)


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
    """Whether rows are those of a table of totals: each combination of labels once, or in order, and a count beside them.

    Without a count only where the labels cross, as in a list of what may be chosen: each with each, and once.
    """
    telling = [one for one in together if one.weight > 1 and one.what not in (DAYS, REFERENCES)]
    heavy = [one for one in telling if one.what != FLAGS] or telling
    if not heavy:
        return all(one.weight == 1 for one in together)
    used = {one.at for one in together}
    counted = any(counts(each, rows) for each in columns if each.at not in used)
    if all(one.ordered for one in heavy):
        return counted or _cross([columns[one.at] for one in heavy], rows)
    labels = [each for each in columns if each.at in used or _is_a_label(each, rows)]
    if 3 * len(rows) < _possible([columns[at] for at in used], rows):
        return False
    # A word that differs in every row makes any rows differ.
    telling_apart = [each for each in labels if each.different(rows) < len(rows)] or labels
    return counted and 20 * combined(telling_apart, rows) >= 19 * len(rows)


def _is_a_label(each: Signs, rows: np.ndarray) -> bool:
    labels = int(Sign.LABEL | Sign.NAME_SHAPED | Sign.SEX)
    return bool(np.count_nonzero(each.flags[rows] & labels) >= _SHARE * len(rows))


def _cross(labels: list[Signs], rows: np.ndarray) -> bool:
    """Whether nearly every combination of some labels that could be stands in some rows, once."""
    return 20 * combined(labels, rows) >= 19 * len(rows) and 2 * _possible(labels, rows) <= 3 * len(rows)


def _possible(labels: list[Signs], rows: np.ndarray) -> int:
    """How many combinations of the values of some columns there could be; one that differs in every row counts for none."""
    return math.prod(n for each in labels if (n := each.different(rows)) < len(rows))
