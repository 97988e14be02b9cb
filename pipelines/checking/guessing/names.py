"""How alike a label and the names of an indicator are, by the words that tell, the rarer the more they count."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from math import log
from typing import TYPE_CHECKING

from pipelines.checking.guessing.wording import telling
from schemas.catalogue import catalogue
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

    def alike(self, words: tuple[str, ...], at_least: float) -> list[tuple[float, Name]]:
        """The names like a wording and how like, 0 to 100: twice the weight of the words both have, out of that of all.

        Not the token-set ratio, which gives 100 to “referrals” beside “referrals with domestic abuse”.
        """
        mine = sum(self._weight(word) for word in words)
        both: dict[int, float] = {}
        for word in words:
            here = set(self._standing.get(word, ()))
            for place in here:
                both[place] = both.get(place, 0.0) + 2 * self._weight(word)
            for slip in self._heard_as(word):
                for place in set(self._standing[slip]) - here:
                    both[place] = both.get(place, 0.0) + self._weight(word) + self._weight(slip)
                here |= set(self._standing[slip])
        scores = ((min(100.0, 100 * shared / (mine + self._heavy[at])), at) for at, shared in both.items())
        return [(score, self.every[at]) for score, at in scores if score >= at_least]

    def _heard_as(self, word: str) -> frozenset[str]:
        """The words of the catalogue that a word may be, mistyped."""
        if not _may_be_mistyped(word):
            return frozenset()
        from rapidfuzz import fuzz, process

        # A slip leaves the length nearly as it was: “rereferrals” is no slip of “referrals”.
        near = [each for each in self.weights if _may_be_mistyped(each) and abs(len(each) - len(word)) <= 1]
        found = process.extract(word, near, scorer=fuzz.ratio, score_cutoff=_SAME_WORD, limit=None)
        return frozenset(each for each, *_ in found) - {word}

    @cached_property
    def _standing(self) -> dict[str, list[int]]:
        """In which names each word stands."""
        places: dict[str, list[int]] = {}
        for place, name in enumerate(self.every):
            for word in name.words:
                places.setdefault(word, []).append(place)
        return places

    @cached_property
    def _heavy(self) -> list[float]:
        """What the words of each name weigh."""
        return [sum(map(self._weight, name.words)) for name in self.every]

    def _weight(self, word: str) -> float:
        return self.weights.get(word, self.unheard)


def names(known: Catalogue) -> Names:
    """The names of every indicator an agency sends figures for: title, aliases, and the words of both its parts."""
    found: list[Name] = []
    exact: dict[str, set[str]] = {}
    for indicator in known.indicators.values():
        if indicator.computed_from:
            continue  # no agency sends a figure for it
        for words in (indicator.id, indicator.title, *indicator.aliases):
            found.append(Name(indicator.id, "", telling(words)))
            exact.setdefault(meaning(words), set()).add(indicator.id)
        parts: tuple[tuple[Answer, str | None], ...] = (
            ("numerator", indicator.numerator),
            ("denominator", indicator.denominator),
        )
        for answer, quantity in parts if indicator.denominator else ():
            if quantity and not known.quantities[quantity].official:
                found.append(Name(indicator.id, answer, telling(known.quantities[quantity].title)))
    return Names(known, tuple(found), {words: frozenset(ids) for words, ids in exact.items()})


@cache
def standing_names() -> Names:
    """The names of the catalogue that stands, made once."""
    return names(catalogue())


def numbers_in(words: tuple[str, ...]) -> frozenset[str]:
    """The numbers a wording turns on: 15 working days is not 45."""
    return frozenset(word for word in words if word[0].isdigit())


def _may_be_mistyped(word: str) -> bool:
    return len(word) >= _LONG_ENOUGH and not word[0].isdigit()
