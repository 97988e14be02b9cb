"""What the sentences, restatements and official statistics of a publication say of counts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from schemas.catalogue import catalogue
from schemas.periods import parse
from tests.attack.cells import SIDES, WHOLE, Where, quantity_of
from tests.attack.facts import Fact, about, rounds

if TYPE_CHECKING:
    from collections.abc import Iterator

_OF = re.compile(r"(?P<top>\d[\d,]*(?:\.\d)?) of (?P<size>\d[\d,]*(?:\.\d)?)")
_ALONE = re.compile(r"n = (?P<top>\d[\d,]*(?:\.\d)?)")
_LAST = re.compile(r"(?:Last|Last figure): (?P<value>[\d,.]+)\S* .*?in (?P<period>.+?)\.?$")
_MOVED = re.compile(r"^(?P<way>Up|Down) (?P<size>[\d,.]+)")


def number(text: str) -> float:
    """A number as pages write it.

    >>> number("1,284")
    1284.0
    """
    return float(text.replace(",", "").rstrip("."))


def in_words(tables: dict[str, pd.DataFrame], step: int | None) -> Iterator[Fact]:
    """Every count a publication's other tables say, in words or in numbers."""
    yield from _scorecard(tables["scorecard"], step)
    yield from _sentences(tables["finding"], step)
    yield from _restated(tables["restatement"], step)
    yield from _official(tables["benchmark"])


def _scorecard(card: pd.DataFrame, step: int | None) -> Iterator[Fact]:
    here = catalogue().partnership.area_code
    for row in card.itertuples():
        if pd.isna(row.period_id):
            continue
        where = Where(row.period_id, WHOLE, here, WHOLE, WHOLE)
        for side in SIDES:
            if not pd.isna(getattr(row, side)) and rounds(row, side):
                said = f"{row.indicator_id} scorecard {side}"
                yield about(row.indicator_id, side, where, getattr(row, side), said, step)
        yield from _counts_in(row.indicator_id, where, row.n_words, step)
        yield from _counts_in(row.indicator_id, where, row.finding, step)
        yield from _said(row, where, step)


def _said(row: Any, where: Where, step: int | None) -> Iterator[Fact]:
    """Counts said in words: the latest, the last one shown, and the change on a quarter or a year before."""
    indicator = catalogue().indicators[row.indicator_id]
    if indicator.denominator is not None:
        return
    if re.fullmatch(r"[\d,.]+", row.latest_words):
        yield about(row.indicator_id, "numerator", where, number(row.latest_words), row.latest_words, step, 0)
    last = _LAST.match(row.n_words)
    if last:
        at = where._replace(period_id=parse(last["period"]).id)
        yield about(row.indicator_id, "numerator", at, number(last["value"]), row.n_words, step, 0)
    period = parse(row.period_id)
    for words, before in ((row.change_words, period.previous), (row.year_change_words, period.year_before)):
        moved = _MOVED.match(words)
        if moved:
            size = number(moved["size"]) * (1 if moved["way"] == "Up" else -1)
            slack = float(step or 0.5)
            now, then = (row.indicator_id, "numerator", where, 1.0), where._replace(period_id=before.id)
            weights = (now, (row.indicator_id, "numerator", then, -1.0))
            yield Fact(weights, size - slack, size + slack, f"{row.indicator_id} {words}")


def _counts_in(indicator_id: str, where: Where, text: str, step: int | None) -> Iterator[Fact]:
    """`62 of 226` and `n = 62`, wherever they stand."""
    indicator = catalogue().indicators[indicator_id]
    if indicator.denominator is None:
        return
    of, alone = _OF.search(text), _ALONE.fullmatch(text)
    for found, names in ((of, ("top", "size")), (alone, ("top",))):
        if found:
            for side, name in zip(SIDES, names, strict=False):
                yield about(indicator_id, side, where, number(found[name]), text, step, 1)


def _sentences(findings: pd.DataFrame, step: int | None) -> Iterator[Fact]:
    here = catalogue().partnership.area_code
    for row in findings[findings["reason"].isin(["signal", "target", "neighbours"])].itertuples():
        where = Where(row.period_id, WHOLE, here, WHOLE, WHOLE)
        yield from _counts_in(row.indicator_id, where, row.sentence, step)


def _restated(restatements: pd.DataFrame, step: int | None) -> Iterator[Fact]:
    """What a figure is now; what it was, the earlier publication says itself."""
    here = catalogue().partnership.area_code
    for row in restatements.itertuples():
        if catalogue().indicators[row.indicator_id].denominator is None:
            where = Where(row.period_id, WHOLE, here, WHOLE, WHOLE)
            yield about(row.indicator_id, "numerator", where, row.now, f"{row.indicator_id} restated", step)


def _official(benchmarks: pd.DataFrame) -> Iterator[Fact]:
    """What the Department prints of the same area and year: the counts, or a share or rate of a printed denominator."""
    for row in benchmarks[benchmarks["area_code"].eq(catalogue().partnership.area_code)].itertuples():
        where = Where(row.period_id, WHOLE, row.area_code, WHOLE, WHOLE)
        indicator = catalogue().indicators.get(row.indicator_id)
        if indicator is None:
            continue
        counts = {side: getattr(row, side) for side in SIDES}
        if pd.isna(row.numerator) and not pd.isna(row.value) and not pd.isna(row.denominator):
            counts["numerator"] = row.value * row.denominator / indicator.per
        for side in SIDES:
            if not pd.isna(counts[side]) and quantity_of(indicator.id, side):
                said = f"{indicator.id} official {side} {counts[side]:g}"
                yield replace(about(indicator.id, side, where, counts[side], said, decimals=0), official=True)
