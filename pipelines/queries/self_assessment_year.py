"""One year of self-assessment as a release holds it, and what can be asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.queries.self_assessment_facts import ALL

if TYPE_CHECKING:
    from pipelines.queries.self_assessment_facts import (
        Action,
        AgencyReply,
        Answer,
        Asked,
        Replies,
        Score,
        Spread,
        View,
    )


@dataclass(frozen=True, slots=True)
class Assessed:
    """One year of self-assessment as a release holds it; `years` are all it holds, the latest first.

    `actions` are of every year: one is open until it is done, whenever it was promised. `left_out` says in a sentence
    whose self-assessments an agreement keeps from its readers; empty where none does.
    """

    audience: str
    years: tuple[str, ...]
    year_id: str
    asked: tuple[Asked, ...]
    replies: tuple[Replies, ...]
    agencies: tuple[AgencyReply, ...]
    answers: tuple[Answer, ...]
    scores: tuple[Score, ...]
    spreads: tuple[Spread, ...]
    actions: tuple[Action, ...]
    views: tuple[View, ...]
    left_out: str = ""

    @property
    def names_answers(self) -> bool:
        """Whether the release holds agencies' own answers: the Executive's alone does."""
        return self.audience == "executive"

    @property
    def names_agencies(self) -> bool:
        """Whether the release says which agencies have replied."""
        return self.audience != "public"

    @property
    def is_empty(self) -> bool:
        """Whether nobody is asked for a self-assessment yet."""
        return not self.replies and not self.views and not self.agencies

    @property
    def instruments(self) -> tuple[tuple[str, str], ...]:
        """The instruments somebody owes this year, by id with their titles, in the catalogue's order."""
        owed = {reply.instrument_id for reply in self.replies}
        titles = {each.instrument_id: each.instrument for each in self.asked}
        return tuple((name, title) for name, title in titles.items() if name in owed)

    @property
    def unmet(self) -> tuple[Answer, ...]:
        """Critical statements that are not met: agencies in the order of the list, statements in the form's."""
        order = {each.agency_id: place for place, each in enumerate(self.agencies)}
        form = {each.statement_id: place for place, each in enumerate(self.asked)}
        mine = (answer for answer in self.answers if answer.is_critical_unmet)
        return tuple(sorted(mine, key=lambda each: (order[each.agency_id], form[each.statement_id])))

    def statement(self, statement_id: str) -> Asked:
        """A statement by its id."""
        return next(each for each in self.asked if each.statement_id == statement_id)

    def whole(self, instrument_id: str) -> Replies | None:
        """Everybody's replies to an instrument."""
        return next((r for r in self.replies if (r.instrument_id, r.sector) == (instrument_id, ALL)), None)

    def action_on(self, answer: Answer) -> Action | None:
        """The action on an answer's statement."""
        key = (answer.agency_id, answer.statement_id)
        return next((action for action in self.actions if (action.agency_id, action.statement_id) == key), None)
