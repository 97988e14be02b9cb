"""The return of surveys of the sample: practitioners twice a year, families and children since 2024."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from sample_data.counts import seeded
from sample_data.logs.records import Cells, Record, grown, told
from schemas.catalogue.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np


class Round(Entry):
    """One round, with the last day of answers."""

    id: str
    closed_on: date


class Asked(Entry):
    """How many are asked in a round, and which share of them answers."""

    asked: int
    answer: float


class Question(Entry):
    """A question to one group: the share that says yes, and its steps; `first` is the day from which it is asked.

    `apart`: how much higher or lower the share is among practitioners of one sector.
    """

    id: str
    respondents: str
    share: float
    steps: dict[date, float] = Field(default_factory=dict)
    apart: dict[str, float] = Field(default_factory=dict)
    first: date = date(2021, 1, 1)
    asked: int = 0
    answer: float = 0.0

    def yes(self, day: date) -> float:
        """The share that says yes in a round closed on that day."""
        return [self.share, *(share for since, share in sorted(self.steps.items()) if since <= day)][-1]


class Rounds(Entry):
    """All of rounds.toml."""

    round: tuple[Round, ...]
    sectors: dict[str, Asked]
    question: tuple[Question, ...]


def records() -> Iterator[Record]:
    """A record for each round, question and group, and of practitioners for each sector."""
    rounds = told("rounds", Rounds)
    for held in rounds.round:
        # As many of a sector open the survey, whatever they answer in it.
        opened = seeded("survey", held.id)
        replies = {name: int(opened.binomial(sector.asked, sector.answer)) for name, sector in rounds.sectors.items()}
        for question in rounds.question:
            if question.first > held.closed_on:
                continue
            chance = seeded("survey", held.id, question.id, question.respondents)
            if question.respondents != "practitioners":
                replied = int(chance.binomial(question.asked, question.answer))
                yield _answered(held, question, {"asked": question.asked}, replied, chance)
                continue
            for sector, number in replies.items():
                asked: Cells = {"sector": sector, "asked": rounds.sectors[sector].asked}
                found = _answered(held, question, asked, int(chance.binomial(number, 0.98)), chance)
                yield _apart(found, held, question, sector) if sector in question.apart else found


def _apart(found: Record, held: Round, question: Question, sector: str) -> Record:
    """The same replies with as many yes as the sector gives; its chance is its own, so that no other answer moves."""
    (update,) = found.updates
    chance = seeded("survey", held.id, question.id, sector)
    share = question.yes(held.closed_on) + question.apart[sector]
    agreed = int(chance.binomial(int(str(update.cells["replied"])), share))
    return replace(found, updates=(replace(update, cells={**update.cells, "agreed": agreed}),))


def _answered(held: Round, question: Question, asked: Cells, replied: int, chance: np.random.Generator) -> Record:
    cells: Cells = {"survey_ref": held.id, "closed_on": held.closed_on, "question": question.id}
    cells |= {"respondents": question.respondents, **asked, "replied": replied}
    cells["agreed"] = int(chance.binomial(replied, question.yes(held.closed_on)))
    return grown("survey", "Answers", held.closed_on, cells)
