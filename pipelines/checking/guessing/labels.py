"""Which indicator a row's words mean, how sure that is, and which others it could be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipelines.checking.guessing.names import numbers_in
from pipelines.checking.guessing.wording import asks_for, telling, without_reference
from schemas.returns.meaning import meaning

if TYPE_CHECKING:
    from pipelines.checking.guessing.names import Name, Names
    from schemas.catalogue import Indicator
    from schemas.layouts.layout import Answer

Certainty = Literal["likely", "unsure", "no match"]
# Out of 100. From LIKELY on a guess was never wrong on 1,900 wordings of the catalogue's own titles and on a published
# scorecard, whose rows the catalogue mostly does not have (tests/pipelines/test_guessing.py); below UNSURE it is more often
# wrong than right, and is not offered as the guess.
LIKELY, UNSURE = 90.0, 45.0
# The next indicator must be at least so far behind.
_CLEAR = 12.0
# What speaks against a guess keeps it below LIKELY, however alike the words are.
DOUBTED, _CONTRADICTED = 80.0, 60.0
# Another agency's indicator is less likely meant in this agency's file.
_NOT_OWN = 15.0
OFFERED = 5


@dataclass(frozen=True, slots=True)
class Match:
    """One indicator a label may mean: which part of it, and how sure, 0 to 100."""

    indicator_id: str
    answer: Answer | Literal[""]
    confidence: float


@dataclass(frozen=True, slots=True)
class Meant:
    """What a label may mean, the likeliest first."""

    matches: tuple[Match, ...]

    @property
    def best(self) -> Match | None:
        """The guess, where there is one worth showing."""
        return self.matches[0] if self.matches and self.matches[0].confidence >= UNSURE else None

    @property
    def certainty(self) -> Certainty:
        """How sure the guess is, in a word."""
        return certainty(self.matches[0].confidence if self.matches else 0.0)


def certainty(confidence: float) -> Certainty:
    """A confidence, 0 to 100, in a word.

    >>> certainty(92), certainty(61), certainty(20)
    ('likely', 'unsure', 'no match')
    """
    return "likely" if confidence >= LIKELY else "unsure" if confidence >= UNSURE else "no match"


def meant(label: str, known: Names, agency_id: str = "") -> Meant:
    """What a label may mean among the catalogue's indicators; `agency_id`: whose file it is, where that is known."""
    indicators = known.catalogue.indicators
    exact = known.exact.get(meaning(label)) or known.exact.get(meaning(without_reference(label))) or frozenset()
    words = telling(label)
    best: dict[str, Match] = {}
    for score, name in known.alike(words, UNSURE / 2):
        match = _match(score, label, words, name, indicators[name.indicator_id])
        if agency_id and agency_id not in indicators[name.indicator_id].sent_by:
            match = Match(match.indicator_id, match.answer, match.confidence - _NOT_OWN)
        if name.indicator_id not in best or match.confidence > best[name.indicator_id].confidence:
            best[name.indicator_id] = match
    for indicator_id in exact:
        best[indicator_id] = Match(indicator_id, "", 100.0 if len(exact) == 1 else DOUBTED)
    found = sorted(best.values(), key=lambda match: (-match.confidence, match.indicator_id))[: OFFERED + 1]
    return Meant(tuple(_held_apart(found, is_exact=len(exact) == 1))[:OFFERED])


def _match(score: float, label: str, words: tuple[str, ...], name: Name, indicator: Indicator) -> Match:
    """One name's score, held down by what speaks against it."""
    asked, limit = asks_for(label), 99.0
    is_share = indicator.denominator is not None
    if numbers_in(words) != numbers_in(name.words):
        limit = _CONTRADICTED
    if asked == "both" or (asked == "number" and is_share):
        limit = min(limit, DOUBTED)  # the number behind a share, or another measure altogether
    if asked == "share" and (not is_share or name.answer):
        limit = min(limit, _CONTRADICTED)
    if name.answer:
        limit = min(limit, DOUBTED)  # one quantity stands behind several indicators
    answer: Answer | Literal[""] = "value" if asked == "share" and is_share else ""
    if is_share and (asked == "number" or name.answer):
        answer = "denominator" if name.answer == "denominator" else "numerator"
    return Match(indicator.id, answer, min(score, limit))


def _held_apart(found: list[Match], *, is_exact: bool) -> list[Match]:
    """Of two indicators that are as alike neither is likely."""
    if is_exact or len(found) < 2 or found[0].confidence - found[1].confidence >= _CLEAR:
        return found
    return [Match(each.indicator_id, each.answer, min(each.confidence, DOUBTED)) for each in found]
