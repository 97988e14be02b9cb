"""Who replied to which round of self-assessment, and on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from sample_data.assessments.register import respondents
from sample_data.assessments.rounds import rounds
from sample_data.counts import seeded
from schemas.catalogue import catalogue
from schemas.periods import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample_data.assessments.register import Respondent
    from sample_data.assessments.rounds import Round

# Whose seat writes down what each group said at the partnership's event.
KEEPS_THE_EVENT = "Business unit at the Executive"
# Most replies come in the last weeks: the share of the time that has gone by is drawn with this power.
_LATE_IN_THE_TIME = 0.55


@dataclass(frozen=True, slots=True)
class Reply:
    """One body's reply to one self-assessment of one year, and the day it came.

    `only`: the standards it has answered so far, of one that has begun; empty where it is whole. `tells_event`: it has
    what the groups said at the partnership's event too.
    """

    sender_id: str
    sector: str
    instrument: str
    year: str
    came_on: date
    only: tuple[str, ...] = ()
    tells_event: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether every statement is answered and somebody has signed it off."""
        return not self.only


@cache
def replies() -> tuple[Reply, ...]:
    """Every reply of both rounds, in the order they came."""
    found = [reply for held in rounds().round for reply in (*_of_agencies(held), *_of_respondents(held))]
    return tuple(sorted(found, key=lambda reply: (reply.came_on, reply.sender_id, reply.instrument)))


def due_on(year: str) -> date:
    """The last day a year's self-assessment is on time."""
    return parse(year).end + timedelta(days=catalogue().calendar["self_assessment"].due_days)


def _of_agencies(held: Round) -> Iterator[Reply]:
    for agency in catalogue().assessing:
        level = rounds().agencies[agency.id]
        came = level.came.get(held.year, _day_in(held, agency.id))
        # An agency is still at it in the round that is under way.
        only = rounds().begun.get(agency.id, ()) if held is rounds().round[-1] else ()
        yield Reply(agency.id, catalogue().sector_of(agency), "organisational", held.year, came, only)


def _of_respondents(held: Round) -> Iterator[Reply]:
    due = due_on(held.year)
    for sector, level in rounds().sectors.items():
        owing = [body for body in respondents() if body.sector == sector and body.owes_on(due)]
        replied = sorted(owing, key=lambda body: _willing(body, held.year))[: level.replied[held.year]]
        # The least willing of those who replied are the late ones; nobody is late in a round that is under way.
        late = [] if held is rounds().round[-1] else replied[len(replied) - level.late :]
        for body in replied:
            came = _after(due, body, held.year) if body in late else _came(held, body)
            for instrument in body.instruments:
                yield Reply(
                    body.respondent_id, sector, instrument, held.year, came, tells_event=body.name == KEEPS_THE_EVENT
                )


def _willing(body: Respondent, year: str) -> float:
    """How readily a body replies: much the same each year, as those who replied once reply again."""
    always = seeded("willing", body.respondent_id).random()
    return float(always + 0.35 * seeded("willing", body.respondent_id, year).random())


def _came(held: Round, body: Respondent) -> date:
    """Those who answer for the partnership do so in the days before its event."""
    if body.name == KEEPS_THE_EVENT:
        return _working_day(held.event_on + timedelta(days=1))
    if "partnership" in body.instruments:
        return _working_day(
            held.event_on - timedelta(days=int(seeded("came", body.respondent_id, held.year).integers(1, 15)))
        )
    return _day_in(held, body.respondent_id)


def _day_in(held: Round, sender_id: str) -> date:
    gone = seeded("came", sender_id, held.year).random() ** _LATE_IN_THE_TIME
    return _working_day(held.opens + timedelta(days=round(gone * (held.closes - held.opens).days)), last=held.closes)


def _after(due: date, body: Respondent, year: str) -> date:
    return _working_day(due + timedelta(days=int(seeded("late", body.respondent_id, year).integers(2, 40))))


def _working_day(day: date, *, last: date | None = None) -> date:
    """The day itself, or the Monday after; the Friday before where that would be too late."""
    monday = day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day
    return monday if last is None or monday <= last else day - timedelta(days=day.weekday() - 4)
