"""What the catalogue tells everybody: what adds to what. Nothing here has seen how publications are protected."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from schemas.catalogue import catalogue
from schemas.periods import PeriodError, parse, quarter
from tests.attack.cells import WHOLE, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Sum(NamedTuple):
    """Parts and their whole; not complete when the whole may be more than the parts."""

    whole: Where
    parts: tuple[Where, ...]
    complete: bool


def sums(quantity_id: str, places: Iterable[Where]) -> list[Sum]:
    """Every sum a reader can write down about the places a quantity is published for, wholes nobody shows included."""
    known, found = set(places), dict[Sum, None]()
    while True:
        fresh = [s for made in _SUMS for s in made(quantity_id, known) if s not in found]
        found |= dict.fromkeys(fresh)
        named = {place for s in fresh for place in (s.whole, *s.parts)}
        if named <= known:
            return list(found)
        known |= named


def _categories(_: str, known: set[Where]) -> Iterator[Sum]:
    groups = defaultdict[Where, dict[str, Where]](dict)
    for place in known:
        breakdown = catalogue().breakdowns.get(place.breakdown)
        if breakdown is not None and breakdown.sums_to_total:
            groups[place._replace(category="")][place.category] = place
    for group, parts in groups.items():
        whole = group._replace(breakdown=WHOLE, category=WHOLE)
        every = {category.id for category in catalogue().breakdowns[group.breakdown].categories}
        yield from _sum(whole, parts, every, known)


def _wards(quantity_id: str, known: set[Where]) -> Iterator[Sum]:
    if "areas" not in catalogue().quantities[quantity_id].adds_over:
        return
    every = {ward.code for ward in catalogue().wards}
    groups = defaultdict[Where, dict[str, Where]](dict)
    for place in known:
        if place.area_id in every:
            groups[place._replace(area_id=catalogue().partnership.area_code)][place.area_id] = place
    for whole, parts in groups.items():
        yield from _sum(whole, parts, every, known)


def _agencies(quantity_id: str, known: set[Where]) -> Iterator[Sum]:
    every = senders().get(quantity_id)
    if every is None:
        return
    groups = defaultdict[Where, dict[str, Where]](dict)
    for place in known:
        if place.agency_id in every:
            groups[place._replace(agency_id=WHOLE)][place.agency_id] = place
    for whole, parts in groups.items():
        yield from _sum(whole, parts, every, known)


def _sum(whole: Where, parts: dict[str, Where], every: set[str], known: set[Where]) -> Iterator[Sum]:
    complete = set(parts) >= every
    if complete or whole in known:
        yield Sum(whole, tuple(parts[name] for name in sorted(parts)), complete)


@cache
def senders() -> dict[str, set[str]]:
    """Who sends each quantity that several agencies send and that adds over them."""
    found: dict[str, set[str]] = {}
    for indicator in catalogue().indicators.values():
        for quantity in (indicator.numerator, indicator.denominator):
            if quantity and len(indicator.sent_by) > 1 and "agencies" in catalogue().quantities[quantity].adds_over:
                found[quantity] = set(indicator.sent_by)
    return found


def _time(quantity_id: str, known: set[Where]) -> Iterator[Sum]:
    """Years, years to date and rolling years are sums of quarters, whether or not each quarter is published."""
    if "time" not in catalogue().quantities[quantity_id].adds_over:
        return
    groups = defaultdict[Where, set[str]](set)
    for place in known:
        groups[place._replace(period_id="")].add(place.period_id)
    for group, periods in groups.items():
        there = {p for p in periods if is_quarter(p)}
        compound = {p: parts_of(p) for p in periods if parts_of(p)}
        overlapping = sum(map(len, compound.values())) > len({q for parts in compound.values() for q in parts})
        for period, parts in compound.items():
            if overlapping or there & set(parts):
                yield Sum(group._replace(period_id=period), tuple(group._replace(period_id=q) for q in parts), True)
        for year in {parse(p).financial_year.id for p in there} - set(compound):
            if there >= set(parts_of(year)):
                yield Sum(
                    group._replace(period_id=year), tuple(group._replace(period_id=q) for q in parts_of(year)), True
                )


_SUMS = (_categories, _wards, _agencies, _time)


@cache
def is_quarter(period_id: str) -> bool:
    """Whether a period is one financial quarter: `2025-26-Q2`."""
    return len(period_id) == 10 and period_id[7:9] == "-Q"


@cache
def parts_of(period_id: str) -> tuple[str, ...]:
    """The quarters a year, a year to date or a rolling year is made of; none for any other period.

    >>> parts_of("YTD2025-26-Q2"), parts_of("R12-2025-06")[0]
    (('2025-26-Q1', '2025-26-Q2'), '2024-25-Q2')
    """
    if period_id.startswith("YTD"):
        return tuple(quarter(int(period_id[3:7]), n).id for n in range(1, int(period_id[-1]) + 1))
    if period_id.startswith("FY"):
        return tuple(quarter(int(period_id[2:6]), n).id for n in range(1, 5))
    if period_id.startswith("R12-") and int(period_id[-2:]) % 3 == 0:
        last = parse(date(int(period_id[4:8]), int(period_id[-2:]), 1)).financial_year.start.year
        number = (int(period_id[-2:]) - 4) % 12 // 3 + 1
        return tuple(quarter(last - (n > number), n).id for n in (*range(number + 1, 5), *range(1, number + 1)))
    return ()


def ends(period_id: str) -> date | None:
    """The last day of a period, where its id is a known one."""
    try:
        return parse(period_id).end
    except PeriodError:
        return None
