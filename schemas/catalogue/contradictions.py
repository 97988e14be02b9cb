"""Faults no single entry shows: ids nobody knows, words that mean two things, sums that cannot hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from schemas.catalogue.faults import Fault, nearest
from schemas.catalogue.models import Indicator
from schemas.catalogue.whole import Catalogue
from schemas.periods import PeriodError, parse


def contradictions(catalogue: Catalogue, files: Mapping[str, str], unread: Collection[str]) -> Iterator[Fault]:
    """Every fault between entries. `files` says where each entry stands; `unread` names files and entries left out.

    A reference into a file that could not be read in whole is not called unknown: its own fault is already named.
    """
    found = chain(
        *(_indicator(catalogue, indicator) for indicator in catalogue.indicators.values()),
        _references(catalogue),
        _unused(catalogue, unread),
        _twice(catalogue),
        _partnership(catalogue),
    )
    for file, entry, field, message, into in found:
        if not any(name.startswith(into) for name in unread if into):
            yield Fault(file or files.get(entry, ""), entry, field, message)


# file, entry, field, message, and the file a reference points into ("" where it points nowhere).
_Found = tuple[str, str, str, str, str]


def _unknown(
    entry: str, field: str, ids: Iterable[str], known: Collection[str], into: str, file: str = ""
) -> Iterator[_Found]:
    for name in ids:
        if name not in known:
            words = f"“{name}” is not in {into}.{nearest(name, known)} Mend it, or add it there."
            yield file, entry, field, words, into


def _indicator(catalogue: Catalogue, indicator: Indicator) -> Iterator[_Found]:
    named = indicator.id
    yield from _unknown(named, "agency_id", [indicator.agency_id], catalogue.agencies, "agencies.toml")
    yield from _unknown(named, "senders", indicator.senders, catalogue.agencies, "agencies.toml")
    for field in ("numerator", "denominator"):
        quantity = getattr(indicator, field)
        yield from _unknown(named, field, [quantity] if quantity else [], catalogue.quantities, "quantities.toml")
    yield from _unknown(named, "breakdowns", indicator.breakdowns, catalogue.breakdowns, "breakdowns.toml")
    for field, kind in (("priorities", "priority"), ("themes", "theme")):
        known = {p.id for p in catalogue.priorities.values() if p.kind == kind}
        yield from _unknown(named, field, getattr(indicator, field), known, "priorities.toml")
    yield from _unknown(named, "pair_with", indicator.pair_with, catalogue.indicators, "indicators/")
    yield from _periods(indicator)
    for field, holds, message in _SUMS:
        if not holds(catalogue, indicator):
            yield "", named, field, message, ""


def _periods(indicator: Indicator) -> Iterator[_Found]:
    starts: list[Any] = []
    for definition in indicator.definitions:
        try:
            starts.append(parse(definition.from_period))
        except PeriodError as why:
            yield "", indicator.id, "definitions", str(why), ""
    if starts != sorted(set(starts)):
        yield "", indicator.id, "definitions", "versions must start one after another. Mend from_period.", ""


def _adds(catalogue: Catalogue, indicator: Indicator, over: str) -> bool:
    quantity = catalogue.quantities.get(indicator.numerator)
    return quantity is None or over in quantity.adds_over


_SUMS: tuple[tuple[str, Callable[[Catalogue, Indicator], bool], str], ...] = (
    (
        "year_value",
        lambda c, i: i.year_value not in ("sum", "recompute") or _adds(c, i, "time"),
        "is a sum over the year, but its numerator does not add over time. Change year_value, or adds_over.",
    ),
    (
        "base",
        lambda c, i: not (i.measure_type == "snapshot" or i.base in ("snapshot", "window")) or not _adds(c, i, "time"),
        "stands on one day or a rolling window, but its numerator adds over time. Stocks never add: mend adds_over.",
    ),
    (
        "wards",
        lambda c, i: not i.wards or _adds(c, i, "areas"),
        "are collected, but the numerator does not add over areas. Mend adds_over, or take wards out.",
    ),
    (
        "senders",
        lambda c, i: len(i.senders) < 2 or _adds(c, i, "agencies"),
        "are several, but the numerator does not add over agencies. Mend adds_over, or name one sender.",
    ),
    (
        "denominator",
        lambda _, i: i.denominator != i.numerator,
        "is the numerator itself. Name what it is a share of.",
    ),
    (
        "target",
        lambda _, i: i.target is None or i.unit != "percent" or 0 <= i.target.value <= 100,
        "of a percentage must lie between 0 and 100.",
    ),
    (
        "pair_with",
        lambda _, i: i.id not in i.pair_with,
        "names the indicator itself. Name the one to read beside it.",
    ),
)


def _references(catalogue: Catalogue) -> Iterator[_Found]:
    for quantity in catalogue.quantities.values():
        ids = [quantity.counts_of]
        yield from _unknown(quantity.id, "counts_of", ids, catalogue.counted, "counted.toml", "quantities.toml")
    for area in catalogue.areas.values():
        parents = [area.parent] if area.parent else []
        yield from _unknown(area.code, "parent", parents, catalogue.areas, "areas.toml", "areas.toml")
    for priority in catalogue.priorities.values():
        ids, known = priority.shown, catalogue.indicators
        yield from _unknown(priority.id, "shown", ids, known, "indicators/", "priorities.toml")


def _unused(catalogue: Catalogue, unread: Collection[str]) -> Iterator[_Found]:
    used = {q for i in catalogue.indicators.values() for q in (i.numerator, i.denominator)}
    for name in catalogue.quantities:
        if name not in used and not any(file.startswith("indicators/") for file in unread):
            words = "no indicator uses it. Take it out, or mend the spelling where it is meant."
            yield "quantities.toml", name, "", words, "indicators/"


def _twice(catalogue: Catalogue) -> Iterator[_Found]:
    indicators = {i.id: (i.id, i.title, *i.aliases) for i in catalogue.indicators.values()}
    agencies = {a.id: (a.id, a.title, a.short, *a.aliases) for a in catalogue.agencies.values()}
    areas = {a.code: (a.code, a.name, a.old_code, *a.aliases) for a in catalogue.areas.values()}
    breakdowns = {b.id: (b.id, b.title, *b.aliases) for b in catalogue.breakdowns.values()}
    yield from _shared("", "aliases", indicators)
    yield from _shared("agencies.toml", "aliases", agencies)
    yield from _shared("areas.toml", "aliases", areas)
    yield from _shared("breakdowns.toml", "aliases", breakdowns)
    for breakdown in catalogue.breakdowns.values():
        ids = [category.id for category in breakdown.categories]
        for name in sorted({i for i in ids if ids.count(i) > 1}):
            yield "breakdowns.toml", breakdown.id, "categories", f"“{name}” stands twice. Keep one.", ""
        spellings = {c.id: (c.id, c.label, *c.aliases) for c in breakdown.categories}
        for _, entry, _, message, _ in _shared("breakdowns.toml", "aliases", spellings):
            yield "breakdowns.toml", breakdown.id, f"categories.{entry}", message, ""


def _shared(file: str, field: str, spellings: Mapping[str, Iterable[str]]) -> Iterator[_Found]:
    meaning: dict[str, str] = {}
    for entry, words in spellings.items():
        for word in dict.fromkeys(plain(w) for w in words if w):
            first = meaning.setdefault(word, entry)
            if first != entry:
                yield file, entry, field, f"“{word}” already means {first}. A word may mean one thing only.", ""


def plain(words: str) -> str:
    """A label without case, accents of punctuation or spacing, as labels are compared.

    >>> plain("Yorkshire & The Humber") == plain("yorkshire and  the humber")
    True
    """
    return " ".join(re.sub(r"[^\w%<+]+", " ", words.casefold().replace("&", " and ").replace("_", " ")).split())


def _partnership(catalogue: Catalogue) -> Iterator[_Found]:
    ours = catalogue.partnership
    yield from _unknown("", "area_code", [ours.area_code], catalogue.areas, "areas.toml", "partnership.toml")
    try:
        parse(ours.first_period)
    except PeriodError as why:
        yield "partnership.toml", "", "first_period", str(why), ""
