"""Training, surveys and voice of a publication: what practitioners learned, what they and families say, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.queries.present import present
from schemas.periods import parse

if TYPE_CHECKING:
    from datetime import date

    from pipelines.queries.pointer import Pointer


@dataclass(frozen=True, slots=True)
class Training:
    """One part of a year's training: who came, what they felt, what they did differently three months on."""

    dimension: str
    category: str
    label: str
    year: str
    is_whole_year: bool
    courses: int
    places: int | None
    attended: int
    gain: float | None
    paired: int
    replies: int
    changed: int
    changed_percent: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of a survey to one group: None where a count is hidden, no percentage below ten replies."""

    survey_ref: str
    closed_on: date
    question: str
    respondents: str
    respondents_words: str
    is_whole: bool
    sector_words: str
    asked: int | None
    replied: int | None
    agreed: int | None
    response_percent: float | None
    agreed_percent: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Heard:
    """How many themes were heard from somebody, or about something, and what became of them."""

    dimension: str
    category: str
    label: str
    heard: int
    directly: int
    completed: int
    in_hand: int
    decided_against: int
    unanswered: int
    told_back: int
    told_here: int
    period: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: what we were told, and what we did."""

    who_words: str
    directly: bool
    people: int
    theme_words: str
    said: str
    response: str
    response_words: str
    changed: str
    told_back: bool
    agency_words: str
    period: str


@dataclass(frozen=True, slots=True)
class Voices:
    """Everything heard in twelve months: the counts, and the themes that can be told."""

    counts: tuple[Heard, ...]
    themes: tuple[Theme, ...]

    def by(self, dimension: str) -> tuple[Heard, ...]:
        """The counts of one way of splitting."""
        return tuple(count for count in self.counts if count.dimension == dimension)

    @property
    def families(self) -> Heard | None:
        """Children, young people, parents and carers together; None where nothing was heard."""
        return next(iter(self.by("families")), None)


def training(pointer: Pointer) -> tuple[Training, ...]:
    """Training by year, the latest first, each year split by level, topic and sector."""
    query = (
        "select dimension, category, label, year_id, is_whole_year, courses, places, attended, gain, paired, replies, changed, "
        "changed_percent from training_count order by year_id desc, dimension, position"
    )
    rows = present(pointer, "training_count", "dimension", query, [])
    return tuple(
        Training(**{k: v for k, v in row.items() if k != "year_id"}, year=parse(row["year_id"]).short) for row in rows
    )


def survey(pointer: Pointer) -> tuple[Answer, ...]:
    """Answers by round, the latest first, then by question and group."""
    query = (
        "select survey_ref, closed_on, question_words as question, respondents, respondents_words, "
        "sector = 'all' as is_whole, sector_words, asked, replied, agreed, response_percent, agreed_percent, lower, upper "
        "from survey_count order by position"
    )
    return tuple(Answer(**row) for row in present(pointer, "survey_count", "survey_ref", query, []))


def voices(pointer: Pointer) -> Voices:
    """What was heard, from whom, and what changed."""
    counted = (
        "select dimension, category, label, heard, directly, completed, in_hand, decided_against, unanswered, told_back, "
        "told_here, period_id from voice_count order by dimension, position"
    )
    told = (
        "select who_words, directly, people, theme_words, said, response, response_words, changed, told_back, "
        "agency_words, period_id from voice_theme order by position"
    )
    counts = present(pointer, "voice_count", "dimension", counted, [])
    themes = present(pointer, "voice_theme", "voice_ref", told, [])
    return Voices(
        tuple(
            Heard(**{k: v for k, v in row.items() if k != "period_id"}, period=parse(row["period_id"]).label)
            for row in counts
        ),
        tuple(
            Theme(**{k: v for k, v in row.items() if k != "period_id"}, period=parse(row["period_id"]).short)
            for row in themes
        ),
    )
