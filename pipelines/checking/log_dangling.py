"""Rows that belong to a record which is not there: nobody has sent it, or its own row was left out."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from schemas.returns.references import reference_in
from schemas.returns.visible import visible
from schemas.rules import log

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from pipelines.checking.rows import Rows
    from schemas.returns import Column, SheetLayout
    from schemas.returns.records import LogContext
    from schemas.rule import Rule


class Judging(Protocol):
    """A sheet on its way: its rows as sent, and those not left out so far in their one spelling."""

    @property
    def layout(self) -> SheetLayout:
        """What the sheet holds."""
        ...

    @property
    def rows(self) -> Rows:
        """The rows as sent."""
        ...

    @property
    def text(self) -> pd.DataFrame:
        """The rows that are left."""
        ...


@dataclass(frozen=True)
class Dangling:
    """A row that belongs to nothing: the fault to report of it with its words, or none where another row speaks for it."""

    at: int
    column: str
    fault: Rule | None
    words: dict[str, Any]


def dangling(sheet: Judging, sheets: Mapping[str, Judging], context: LogContext) -> Iterator[Dangling]:
    """The rows of a sheet that belong to a record nobody has sent, or to one whose own row was left out.

    Where many rows hang on one that was left out, the first of them says it for all.
    """
    for column in sheet.layout.columns:
        if not column.refers or sheet.text.empty:
            continue
        there = set(context.whole(column.refers)[context.kind.sheet(column.refers).key[0]])
        cells = sheet.text[column.name]
        hanging: dict[str, list[int]] = defaultdict(list)
        for at in cells.index[cells.ne("") & ~cells.isin(there)]:
            hanging[cells[at]].append(at)
        if hanging:
            yield from _said(column, hanging, sheets.get(column.refers), there)


def _said(
    column: Column, hanging: Mapping[str, list[int]], of: Judging | None, there: Iterable[str]
) -> Iterator[Dangling]:
    out, near = left_out(of), _by_numbers(there)
    for value, rows in hanging.items():
        words = {"heading": column.heading, "sheet_named": column.refers, "value": value}
        if of is not None and value in out:
            key = of.layout.key[0]
            place = of.rows.place(out[value], key)
            others = f" The same holds for {len(rows) - 1:,} more rows." if len(rows) > 1 else ""
            words |= {"other_row": place["row"], "other_where": of.rows.where(out[value], key), "others": others}
            yield Dangling(rows[0], column.name, log.REFERENCE_LEFT_OUT, words)
            yield from (Dangling(at, column.name, None, {}) for at in rows[1:])
            continue
        close = near.get(_numbers(value), [])
        words["nearest"] = f" Did you mean {close[0]}?" if len(close) == 1 else ""
        yield from (Dangling(at, column.name, log.REFERENCE_UNKNOWN, words) for at in rows)


def left_out(sheet: Judging | None) -> dict[str, int]:
    """The records whose rows have been left out, by their reference, with the first such row; none that is there once more."""
    if sheet is None:
        return {}
    key, left = sheet.layout.key[0], set(sheet.text.index)
    gone = ((at, reference_in(visible(sheet.rows.value(at, key)))) for at in sheet.rows.text.index if at not in left)
    found: dict[str, int] = {}
    there = set(sheet.text[key])
    for at, reference in gone:
        if reference and reference not in there:
            found.setdefault(reference, at)
    return found


def _by_numbers(there: Iterable[str]) -> dict[tuple[int, ...], list[str]]:
    """References by their numbers: only what has the very same ones is near enough to be suggested."""
    known: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for reference in sorted(there):
        known[_numbers(reference)].append(reference)
    return known


def _numbers(reference: str) -> tuple[int, ...]:
    """The numbers of a reference, without the signs and zeros that two people write differently.

    >>> _numbers("R-01.2") == _numbers("R.1-2"), _numbers("R-1.1") == _numbers("R-2.1")
    (True, False)
    """
    return tuple(int(digits) for digits in re.findall(r"\d+", reference))
