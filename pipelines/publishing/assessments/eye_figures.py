"""What a thread's indicators say beside the other eyes: of an agency those it sends, of all together the whole area's.

What others send says nothing of an agency, and stands once, with all together. Figures have no place on the line from 0 to 100: nothing says which of them would be full marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.publishing.rows import number
from pipelines.publishing.words import MARKER_WORDS, value_words
from schemas.periods import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.publishing.assessments.seen import Seen
    from schemas.catalogue import Indicator, Thread

ALL = "all"
_NO_COMPARISON = ("none", "")


@dataclass(frozen=True, slots=True)
class Told:
    """One indicator's latest figure in words, whether it is the agency's own, and whether it is of concern."""

    title: str
    words: str
    signal: str
    comparison: str
    is_own: bool
    is_concern: bool

    @property
    def line(self) -> str:
        """The indicator with its figure, its usual range, and how it lies beside others, as one line."""
        whose = f"{self.title}{'' if self.is_own else ', whole area'}"
        return f"{whose}: {', '.join(part for part in (self.words, self.signal, self.comparison) if part)}"


def figures_of(found: Seen, thread: Thread, agency_id: str) -> Iterator[Told]:
    """What each of the thread's indicators says that the release has a figure of, and that are the agency's to send."""
    for indicator_id in thread.indicators:
        indicator = found.catalogue.indicators[indicator_id]
        told = _told(found, indicator, agency_id) if agency_id in (ALL, *indicator.sent_by) else None
        if told is not None:
            yield told


def _told(found: Seen, indicator: Indicator, agency_id: str) -> Told | None:
    own = (indicator.id, agency_id)
    if own in found.figures:
        figure, line = found.figures[own], found.series.get(own, {})
        value = number(figure["value"])
        words = MARKER_WORDS[figure["marker"]] if value is None else value_words(indicator, value)
        signal = str(line.get("signal_words") or "") if value is not None else ""
        words += f" in {parse(figure['period_id']).short}"
        return Told(indicator.title, words, signal, "", is_own=True, is_concern=_is_concern(line, signal))
    card = found.card.get(indicator.id)
    if card is None or not card["latest_words"]:
        return None
    signal = str(card["signal_words"] or "")
    when = f" in {parse(card['period_id']).short}" if card["period_id"] else ""
    has_value = number(card["value"]) is not None
    compared = str(card["comparison_words"]) if card["comparison"] not in _NO_COMPARISON and has_value else ""
    return Told(
        title=indicator.title,
        words=f"{card['latest_words']}{when}",
        signal=signal if has_value else "",
        comparison=compared[:1].lower() + compared[1:],
        is_own=agency_id == ALL or indicator.sent_by == (agency_id,),
        is_concern=has_value and _is_concern(card, signal),
    )


def _is_concern(line: dict[str, object], signal: str) -> bool:
    return line.get("variation") == "concern" and bool(signal)
