"""The recommendations that were to move an indicator, with what came of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.queries.present import present

if TYPE_CHECKING:
    from datetime import date

    from pipelines.queries.pointer import Pointer


@dataclass(frozen=True, slots=True)
class Linked:
    """One recommendation beside an indicator: when practice was to change, which way, and the verdict so far."""

    recommendation_id: str
    title: str
    changed_on: date
    review_on: date
    expected_words: str
    verdict: str
    verdict_words: str
    sentence: str


def linked(pointer: Pointer, indicator_id: str) -> tuple[Linked, ...]:
    """Every recommendation linked to an indicator, the latest change of practice first."""
    found = present(pointer, "impact", "recommendation_id", _LINKED, [indicator_id])
    return tuple(Linked(**row) for row in found)


_LINKED = """
select m.recommendation_id, r.title, m.changed_on, m.review_on, m.expected_words, m.verdict, m.verdict_words, m.sentence
from impact as m
join recommendation as r using (recommendation_id)
where m.indicator_id = ?
order by m.changed_on desc, m.recommendation_id
"""
