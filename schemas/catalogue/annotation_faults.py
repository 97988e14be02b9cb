"""What can be wrong with an annotation that its own shape does not show: a label too long, a day without data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.catalogue.annotation import LABEL_LINES, LABEL_WIDTH
from schemas.catalogue.faults import Fault
from schemas.periods import PeriodError, day_words, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.catalogue.annotation import Annotation
    from schemas.catalogue.whole import Catalogue

FILE = "annotations.toml"


def annotation_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """Every annotation that no chart could carry, with what to do about it."""
    for each in catalogue.annotations.values():
        yield from _label(each)
        if not each.indicator_ids and not each.domains:
            words = "is empty, and so are domains. Name the indicators or the domains it belongs to."
            yield Fault(FILE, each.id, "indicator_ids", words)
        yield from _day(catalogue, each)


def _label(each: Annotation) -> Iterator[Fault]:
    lines = each.label.split("\n")
    if len(lines) > LABEL_LINES:
        words = f"has {len(lines)} lines; a chart has room for {LABEL_LINES}. Shorten it, and say the rest in text."
        yield Fault(FILE, each.id, "label", words)
    for line in (line for line in lines if len(line) > LABEL_WIDTH):
        words = (
            f"“{line}” has {len(line)} characters; a line has room for {LABEL_WIDTH}. Shorten it, or break it in two."
        )
        yield Fault(FILE, each.id, "label", words)


def _day(catalogue: Catalogue, each: Annotation) -> Iterator[Fault]:
    try:
        first = parse(catalogue.partnership.first_period)
    except PeriodError:
        return  # named as a fault of partnership.toml already
    if each.from_day < first.start:
        words = f"is {day_words(each.from_day)}, before the first figures ({day_words(first.start)}). Mend it, or take it out."
        yield Fault(FILE, each.id, "from_day", words)
