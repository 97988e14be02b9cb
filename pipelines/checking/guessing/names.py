"""How alike a label and the names of an indicator are, by the words that tell, the rarer the more they count."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

from pipelines.checking.guessing.wording import asks_for, telling
from schemas.returns.meaning import meaning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue import Catalogue
    from schemas.layouts.layout import Answer

# Two words of this likeness (rapidfuzz ratio) are one, mistyped; shorter ones than this must be the same.
_SAME_WORD, _LONG_ENOUGH = 85.0, 5


@dataclass(frozen=True, slots=True)
class Name:
    """One way a label may name an indicator, or one part of it: `answer` is empty for the indicator itself."""

    indicator_id: str
    answer: Answer | str
    words: tuple[str, ...]
    asks: str


@dataclass(frozen=True)
class Names:
    """Every name the catalogue's indicators go by."""

    catalogue: Catalogue
    every: tuple[Name, ...]
    exact: Mapping[str, frozenset[str]]

    @cached_property
    def weights(self) -> dict[str, float]:
        """How much a word tells: one that stands in the names of few indicators tells more."""
        seen: dict[str, set[str]] = {}
        for name in self.every:
            for word in name.words:
                seen.setdefault(word, set()).add(name.indicator_id)
        many = len({name.indicator_id for name in self.every})
        return {word: log(1 + many / len(ids)) for word, ids in seen.items()}

    @cached_property
    def unheard(self) -> float:
        """What a word weighs that no indicator has: it tells of something else, but it may be chatter."""
        return 0.8 * max(self.weights.values(), default=1.0)

    def likeness(self, words: tuple[str, ...], name: Name) -> float:
        """0 to 100: twice the weight of the words both have, out of the weight of all words of both.

        Not the token-set ratio, which gives 100 to “referrals” beside “referrals with domestic abuse”.
        """
        if not words or not name.words:
            return 0.0
        same = _shared(words, name.words)
        mine = sum(self._weight(word) for word in words)
        theirs = sum(self._weight(word) for word in name.words)
        both = sum(self._weight(one) + self._weight(other) for one, other in same)
        return 100 * both / (mine + theirs)

    def _weight(self, word: str) -> float:
        return self.weights.get(word, self.unheard)


def names(catalogue: Catalogue) -> Names:
    """The names of every indicator an agency sends figures for: title, aliases, and the words of both its parts."""
    found: list[Name] = []
    exact: dict[str, set[str]] = {}
    for indicator in catalogue.indicators.values():
        if indicator.computed_from:
            continue  # no agency sends a figure for it
        for words in (indicator.id, indicator.title, *indicator.aliases):
            found.append(Name(indicator.id, "", telling(words), asks_for(words)))
            exact.setdefault(meaning(words), set()).add(indicator.id)
        parts: tuple[tuple[Answer, str | None], ...] = (
            ("numerator", indicator.numerator),
            ("denominator", indicator.denominator),
        )
        for answer, quantity in parts if indicator.denominator else ():
            if quantity and not catalogue.quantities[quantity].official:
                found.append(Name(indicator.id, answer, telling(catalogue.quantities[quantity].title), "number"))
    return Names(catalogue, tuple(found), {words: frozenset(ids) for words, ids in exact.items()})


def numbers_in(words: tuple[str, ...]) -> frozenset[str]:
    """The numbers a wording turns on: 15 working days is not 45."""
    return frozenset(word for word in words if word[0].isdigit())


def _shared(words: tuple[str, ...], others: tuple[str, ...]) -> list[tuple[str, str]]:
    """The words both have, mistyped ones among them."""
    from rapidfuzz import fuzz, process

    same = [(word, word) for word in words if word in others]
    left = [word for word in others if word not in words]
    for word in (word for word in words if word not in others and len(word) >= _LONG_ENOUGH and not word[0].isdigit()):
        # A slip leaves the length nearly as it was: “rereferrals” is no slip of “referrals”.
        candidates = [other for other in left if len(other) >= _LONG_ENOUGH and abs(len(other) - len(word)) <= 1]
        found = process.extractOne(word, candidates, scorer=fuzz.ratio, score_cutoff=_SAME_WORD)
        if found:
            same.append((word, found[0]))
            left.remove(found[0])
    return same
