"""What rounds.toml tells: two rounds of self-assessment, how each sector and agency scores itself, and what happens."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it
from functools import cache

from pydantic import Field

from sample_data.assessments.register import FOLDER
from sample_data.logs.records import told
from schemas.catalogue.entry import Entry


class Round(Entry):
    """One year's round: from when to when replies came, when the event was, and when the business unit moderated.

    `progress_on`: when agencies sent how far their actions had come, where they did.
    """

    year: str
    opens: date
    closes: date
    event_on: date
    moderated_on: date
    progress_on: date | None = None


class Level(Entry):
    """Where most scores lie, from 0 to 3; by standard how much higher or lower, and how much that moved by the second round."""

    level: float
    standards: dict[str, float] = Field(default_factory=dict)
    later: dict[str, float] = Field(default_factory=dict)


class SectorLevel(Level):
    """How a sector scores itself, how far its bodies differ, how many replied by year, and how many of these were late."""

    spread: float
    replied: dict[str, int]
    late: int


class AgencyLevel(Level):
    """How an agency scores itself, and the day its reply came by year, where it did not come in time."""

    came: dict[str, date] = Field(default_factory=dict)


class Story(Entry):
    """What one agency said in one year, whatever chance would have made of it.

    `all` scores every statement, `standards` every statement of a standard, `scores` one; `due` is the day an action is
    due by; the 3s of `no_impact` standards come without what shows the difference.
    """

    says: str
    agency_id: str
    year: str
    all: int | None = None
    standards: dict[str, int] = Field(default_factory=dict)
    scores: dict[str, int] = Field(default_factory=dict)
    due: dict[str, date] = Field(default_factory=dict)
    no_impact: tuple[str, ...] = ()


class Moderated(Entry):
    """What the business unit made of an agency's answers, by statement, with a comment where it said more."""

    agency_id: str
    year: str
    scores: dict[str, str]
    comments: dict[str, str]


class NotApplicable(Entry):
    """A statement that does not apply to a share of some sectors, and why."""

    statement: str
    sectors: tuple[str, ...]
    share: float
    reason: str


class Rounds(Entry):
    """All of rounds.toml."""

    round: tuple[Round, ...]
    sectors: dict[str, SectorLevel]
    agencies: dict[str, AgencyLevel]
    story: tuple[Story, ...]
    begun: dict[str, tuple[str, ...]]
    progress: tuple[str, ...]
    moderated: tuple[Moderated, ...]
    not_applicable: tuple[NotApplicable, ...]


@cache
def rounds() -> Rounds:
    """The two rounds of the sample."""
    return told("rounds", Rounds, beside=FOLDER)


@cache
def stories(agency_id: str, year: str) -> tuple[Story, ...]:
    """What is told of an agency in a year; usually nothing."""
    return tuple(story for story in rounds().story if (story.agency_id, story.year) == (agency_id, year))
