"""The words that are looked for: how a text is compared with what stands in a vault or in a publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

REMOVED = "Removed for good"  # what is put in the place of words that go
# A shorter text says too little to be looked for at all: it would be found everywhere. Names have three letters, and two.
_SHORTEST = 2
# From so many letters on, with a space, a text is a sentence, and is found inside of another; what is shorter only alone.
_SENTENCE = 12
_LOOKED_FOR = 60  # letters of a sentence: a page may have shortened it


@dataclass(frozen=True, slots=True)
class Sought:
    """Texts that are looked for, as `sought` made them ready; never shown."""

    alone: frozenset[str]
    inside: tuple[str, ...]

    def stands_in(self, value: object) -> bool:
        """Whether one of them is what a value says, or a sentence of them stands in it."""
        said = plain(value)
        return said in self.alone or any(text in said for text in self.inside)


def sought(texts: Iterable[str]) -> Sought:
    """Texts ready to be looked for.

    >>> sought(["A new team since May", "Kayden"]).stands_in("As said: a team. A new  team since May, and more")
    True
    >>> sought(["A new team since May", "Kayden"]).stands_in("Kayden House")
    False
    """
    every = {text for each in texts if is_worth_looking_for(text := plain(each))}
    return Sought(frozenset(every), tuple(sorted({text[:_LOOKED_FOR].strip() for text in every if _is_sentence(text)})))


def plain(value: object) -> str:
    """A value as text with single spaces; empty for none."""
    return " ".join(str(value or "").split())


def is_worth_looking_for(text: str) -> bool:
    """Whether a text is long enough to be told from others, and has a letter."""
    return len(text) >= _SHORTEST and any(letter.isalpha() for letter in text)


def _is_sentence(text: str) -> bool:
    return len(text) >= _SENTENCE and " " in text
