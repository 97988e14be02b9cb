"""What is said of the free text of a log as it comes in: who it names, whose story it tells, of how few it speaks."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from schemas.returns.small_words import names_a_small_number
from schemas.returns.telling import may_name_anybody, names_anybody, reads_as_a_story
from schemas.rules import log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.returns import Column
    from schemas.rule import Rule

# What has a rule of its own for stories, in words of its own (schemas/rules/learning_words.py).
_ASKED_ELSEWHERE = frozenset({"public_wording"})


def about_words(column: Column, text: str) -> Iterator[tuple[Rule, dict[str, Any]]]:
    """The faults of one text, the gravest about people only, with the words of their messages."""
    yield from about_length(column, text)
    fault = _about_people(text)
    if fault is not None and not (fault is log.WORDS_TELL_A_STORY and column.name in _ASKED_ELSEWHERE):
        yield fault, {}


def about_length(column: Column, text: str) -> Iterator[tuple[Rule, dict[str, Any]]]:
    """The fault of a text that is longer than its column has room for."""
    if len(text) > column.longest:
        yield log.WORDS_TOO_LONG, {"count": len(text), "longest": column.longest}


# The same words stand in many rows of a large log.
@lru_cache(maxsize=8192)
def _about_people(text: str) -> Rule | None:
    said = (
        (names_anybody, log.WORDS_NAME),
        (may_name_anybody, log.WORDS_MAY_NAME),
        (names_a_small_number, log.WORDS_OF_A_FEW),
        (reads_as_a_story, log.WORDS_TELL_A_STORY),
    )
    return next((fault for tells, fault in said if tells(text)), None)
