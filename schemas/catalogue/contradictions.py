"""Faults no single entry shows: ids nobody knows, words that mean two things, sums that cannot hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from schemas.catalogue.annotation_faults import FILE as ANNOTATIONS
from schemas.catalogue.annotation_faults import annotation_faults
from schemas.catalogue.choice import SurveyQuestion
from schemas.catalogue.cycle import cycle_faults
from schemas.catalogue.faults import Fault, nearest
from schemas.catalogue.marking import FILE as MARKINGS
from schemas.catalogue.marking import faults_of
from schemas.catalogue.thread_faults import thread_faults
from schemas.periods import Period, PeriodError, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from schemas.catalogue.models import Indicator
    from schemas.catalogue.whole import Catalogue


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a fault stands: the file, the entry, the field."""

    file: str
    entry: str
    field: str

    def says(self, message: str) -> Fault:
        return Fault(self.file, self.entry, self.field, message)


def contradictions(catalogue: Catalogue, files: Mapping[str, str], unread: Collection[str]) -> Iterator[Fault]:
    """Every fault between entries. `files` says where each indicator stands; `unread` names files with faults.

    An id that points into a file with faults is not called unknown: the fault that hides it is already named.
    """
    whole = {name for name in (*_SINGLE_FILES, _INDICATORS) if not any(file.startswith(name) for file in unread)}
    for place, ids, known, into in _references(catalogue, files):
        if into in whole:
            for name in (name for name in ids if name not in known):
                yield place.says(f"“{name}” is not in {into}.{nearest(name, known)} Mend it, or add it there.")
    if _INDICATORS in whole:
        yield from _unused(catalogue)
    for indicator in catalogue.indicators.values():
        yield from _sums(catalogue, indicator, files[indicator.id])
        yield from _periods(indicator, files[indicator.id])
    yield from _twice(catalogue, files)
    yield from _first_period(catalogue)
    yield from annotation_faults(catalogue)
    yield from thread_faults(catalogue, unread)
    yield from cycle_faults(catalogue)
    if MARKINGS not in unread:
        yield from _marked(catalogue)


_INDICATORS = "indicators/"
_SINGLE_FILES = (
    "agencies.toml",
    "areas.toml",
    "breakdowns.toml",
    "choices/",
    "counted.toml",
    "owners.toml",
    "priorities.toml",
    "quantities.toml",
)
_Reference = tuple[_Place, "Iterable[str]", "Collection[str]", str]


def _references(catalogue: Catalogue, files: Mapping[str, str]) -> Iterator[_Reference]:
    """Every field that names something elsewhere: where it stands, the ids, the ids known, the file they are in."""
    for indicator in catalogue.indicators.values():
        yield from _named_by(catalogue, indicator, files[indicator.id])
    for quantity in catalogue.quantities.values():
        place = _Place("quantities.toml", quantity.id, "counts_of")
        yield place, [quantity.counts_of], catalogue.counted, "counted.toml"
    for area in catalogue.areas.values():
        place = _Place("areas.toml", area.code, "parent")
        yield place, [area.parent] if area.parent else [], catalogue.areas, "areas.toml"
    for priority in catalogue.priorities.values():
        yield _Place("priorities.toml", priority.id, "shown"), priority.shown, catalogue.indicators, _INDICATORS
    for audience in catalogue.audiences.values():
        place = _Place("disclosure.toml", audience.id, "never_exact")
        yield place, audience.never_exact, catalogue.counted, "counted.toml"
    for each in catalogue.calendar.values():
        yield _Place("calendar.toml", each.kind, "senders"), each.senders, catalogue.agencies, "agencies.toml"
    for clock in catalogue.clocks.values():
        types = catalogue.choices.get("review_type", {})
        yield _Place("clocks.toml", clock.id, "review_types"), clock.review_types, types, "choices/"
        counted = [clock.indicator_id] if clock.indicator_id else []
        yield _Place("clocks.toml", clock.id, "indicator_id"), counted, catalogue.indicators, _INDICATORS
    yield from _asked(catalogue)
    yield from _owned(catalogue)
    sectors = catalogue.choices.get("sector", {})
    for instrument in catalogue.instruments.values():
        place = _Place(f"instruments/{instrument.id}.toml", "", "sectors")
        yield place, instrument.sectors, sectors, "choices/"
    for each in catalogue.annotations.values():
        yield _Place(ANNOTATIONS, each.id, "indicator_ids"), each.indicator_ids, catalogue.indicators, _INDICATORS
        yield _Place(ANNOTATIONS, each.id, "domains"), each.domains, catalogue.domains, _INDICATORS
    ours = _Place("partnership.toml", "", "area_code")
    yield ours, [catalogue.partnership.area_code], catalogue.areas, "areas.toml"


def _marked(catalogue: Catalogue) -> Iterator[Fault]:
    names = {f"{each.id} in disclosure.toml": each.marking for each in catalogue.audiences.values()}
    names |= {"partnership.toml": catalogue.partnership.marking} if catalogue.partnership.marking != "?" else {}
    for message in faults_of(catalogue.markings, names):
        yield Fault(MARKINGS, "", "", message)


def _owned(catalogue: Catalogue) -> Iterator[_Reference]:
    for agency in catalogue.agencies.values():
        yield _Place("agencies.toml", agency.id, "owner"), [agency.owner], catalogue.owners, "owners.toml"


def _asked(catalogue: Catalogue) -> Iterator[_Reference]:
    for asked in catalogue.choices.get("survey_question", {}).values():
        file, who = "choices/survey_question.toml", catalogue.choices.get("respondents", {})
        if isinstance(asked, SurveyQuestion):
            yield _Place(file, asked.id, "asked_of"), asked.asked_of, who, "choices/"
            counted = [asked.indicator_id] if asked.indicator_id else []
            yield _Place(file, asked.id, "indicator_id"), counted, catalogue.indicators, _INDICATORS


def _named_by(catalogue: Catalogue, indicator: Indicator, file: str) -> Iterator[_Reference]:
    kinds = {kind: [p.id for p in catalogue.priorities.values() if p.kind == kind] for kind in ("priority", "theme")}
    denominators = [indicator.denominator] if indicator.denominator else []
    named: dict[str, tuple[Iterable[str], Collection[str], str]] = {
        "agency_id": ([indicator.agency_id], catalogue.agencies, "agencies.toml"),
        "senders": (indicator.senders, catalogue.agencies, "agencies.toml"),
        "numerator": ([indicator.numerator], catalogue.quantities, "quantities.toml"),
        "denominator": (denominators, catalogue.quantities, "quantities.toml"),
        "breakdowns": (indicator.breakdowns, catalogue.breakdowns, "breakdowns.toml"),
        "priorities": (indicator.priorities, kinds["priority"], "priorities.toml"),
        "themes": (indicator.themes, kinds["theme"], "priorities.toml"),
        "pair_with": (indicator.pair_with, catalogue.indicators, _INDICATORS),
    }
    for field, (ids, known, into) in named.items():
        yield _Place(file, indicator.id, field), ids, known, into


def _unused(catalogue: Catalogue) -> Iterator[Fault]:
    used = {q for i in catalogue.indicators.values() for q in (i.numerator, i.denominator)}
    for name in (name for name in catalogue.quantities if name not in used):
        words = "no indicator uses it. Take it out, or mend the spelling where it is meant."
        yield Fault("quantities.toml", name, "", words)


def _sums(catalogue: Catalogue, indicator: Indicator, file: str) -> Iterator[Fault]:
    for field, is_wrong, message in _RULES:
        if is_wrong(catalogue, indicator):
            yield Fault(file, indicator.id, field, message)


def _adds(catalogue: Catalogue, indicator: Indicator, over: str, *, unknown: bool) -> bool:
    quantity = catalogue.quantities.get(indicator.numerator)
    return unknown if quantity is None else over in quantity.adds_over


_RULES: tuple[tuple[str, Callable[[Catalogue, Indicator], bool], str], ...] = (
    (
        "year_value",
        lambda c, i: i.year_value in ("sum", "recompute") and not _adds(c, i, "time", unknown=True),
        "is a sum over the year, but its numerator does not add over time. Change year_value, or adds_over.",
    ),
    (
        "base",
        lambda c, i: (
            (i.measure_type == "snapshot" or i.base in ("snapshot", "window")) and _adds(c, i, "time", unknown=False)
        ),
        "stands on one day or a rolling window, but its numerator adds over time. Stocks never add: mend adds_over.",
    ),
    (
        "wards",
        lambda c, i: i.wards and not _adds(c, i, "areas", unknown=True),
        "are collected, but the numerator does not add over areas. Mend adds_over, or take wards out.",
    ),
    (
        "senders",
        lambda c, i: len(i.senders) > 1 and not _adds(c, i, "agencies", unknown=True),
        "are several, but the numerator does not add over agencies. Mend adds_over, or name one sender.",
    ),
    (
        "like_services",
        lambda _, i: i.like_services and len(i.sent_by) < 2,
        "sets senders side by side, but one agency alone sends it. Take it out, or name the senders.",
    ),
    (
        "like_services",
        lambda _, i: i.like_services and i.unit != "percent",
        "sets senders side by side, but only a percentage can be held against an agency's size. Take it out.",
    ),
    ("denominator", lambda _, i: i.denominator == i.numerator, "is the numerator itself. Name what it is a share of."),
    (
        "target",
        lambda _, i: i.target is not None and i.unit == "percent" and not 0 <= i.target.value <= 100,
        "of a percentage must lie between 0 and 100. Mend it.",
    ),
    ("pair_with", lambda _, i: i.id in i.pair_with, "names the indicator itself. Name the one to read beside it."),
)


def _periods(indicator: Indicator, file: str) -> Iterator[Fault]:
    starts: list[Period] = []
    for definition in indicator.definitions:
        try:
            starts.append(parse(definition.from_period))
        except PeriodError as why:
            yield Fault(file, indicator.id, "definitions.from_period", str(why))
    if starts != sorted(set(starts)):
        words = "does not run forward from version to version. Mend it."
        yield Fault(file, indicator.id, "definitions.from_period", words)


def _first_period(catalogue: Catalogue) -> Iterator[Fault]:
    try:
        parse(catalogue.partnership.first_period)
    except PeriodError as why:
        yield Fault("partnership.toml", "", "first_period", str(why))


def _twice(catalogue: Catalogue, files: Mapping[str, str]) -> Iterator[Fault]:
    indicators = {(files[i.id], i.id): (i.id, i.title, *i.aliases) for i in catalogue.indicators.values()}
    agencies = {("agencies.toml", a.id): (a.id, a.title, a.short, *a.aliases) for a in catalogue.agencies.values()}
    areas = {("areas.toml", a.code): (a.code, a.name, a.old_code, *a.aliases) for a in catalogue.areas.values()}
    ways = {("breakdowns.toml", b.id): (b.id, b.title, *b.aliases) for b in catalogue.breakdowns.values()}
    yield from chain.from_iterable(_shared(spellings) for spellings in (indicators, agencies, areas, ways))
    for breakdown in catalogue.breakdowns.values():
        ids = [category.id for category in breakdown.categories]
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            yield Fault("breakdowns.toml", breakdown.id, "categories", f"“{name}” stands twice. Keep one.")
        labels = {(breakdown.id, c.id): (c.id, c.label, *c.aliases) for c in breakdown.categories}
        for fault in _shared(labels):
            yield Fault("breakdowns.toml", breakdown.id, f"categories.{fault.entry}", fault.message)


def _shared(spellings: Mapping[tuple[str, str], Iterable[str]]) -> Iterator[Fault]:
    meaning: dict[str, str] = {}
    for (file, entry), words in spellings.items():
        for word in dict.fromkeys(_plain(w) for w in words if w):
            first = meaning.setdefault(word, entry)
            if first != entry:
                yield Fault(file, entry, "aliases", f"“{word}” already means {first}. Let it mean one of them.")


def _plain(words: str) -> str:
    """A label without case, punctuation and double spaces, as labels of returns are compared."""
    return " ".join(re.sub(r"[^\w%<+]+", " ", words.casefold().replace("&", " and ").replace("_", " ")).split())
