"""Sentences about scores: what a 3 counts and why, how old the evidence is, what a standard comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.logs.log import day_of
from schemas.periods import day_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from pipelines.measures.self_assessment import Shift
    from pipelines.publishing.assessments.answers import Answer

COUNTS_TWO = "Scored 3 and counts 2: nothing shows the difference it makes."
ANSWER_CHANGED = "Moderated before the answer was changed."
# From this age on evidence says little of today.
_OLD_YEARS = 2


def points_words(answer: Answer) -> str:
    """Why an answer counts less than its score, or its moderated score is of another answer; mostly empty."""
    said = [COUNTS_TWO] if answer.counts_less else []
    said += [ANSWER_CHANGED] if answer.is_moderated and not answer.is_current else []
    return " ".join(said)


def evidence_words(row: Mapping[str, Any], on: date) -> str:
    """Of which day the evidence is, whether that is more than two years before a day, or that there is none."""
    day = day_of(row["evidence_date"])
    if day is None:
        return "Evidence not dated" if row["evidence_ref"].strip() else "No evidence given"
    said = f"Evidence of {day_words(day)}"
    return f"{said}, more than two years old" if day < _years_before(on, _OLD_YEARS) else said


def standard_words(mine: Sequence[Answer], moderated: Shift | None, moved: Shift | None, year_before: str) -> str:
    """What the score of a standard rests on, how moderation and the year before differ, and what is not met."""
    applying = sum(answer.self_points is not None for answer in mine)
    said = [f"Of {plural(applying, 'statement')} that apply" if applying else "No statement applies"]
    if moderated:
        said.append(f"moderated {moved_words(moderated.change, 'the same')} on {plural(moderated.n, 'statement')}")
    if moved:
        said.append(f"{moved_words(moved.change, 'unchanged')} since {year_before} on {plural(moved.n, 'statement')}")
    stale = sum(answer.is_moderated and not answer.is_current for answer in mine)
    if stale:
        said.append(f"{plural(stale, 'statement')} moderated before the answer was changed")
    unmet = [answer.statement.id for answer in mine if answer.is_critical_unmet]
    not_met = f" Critical and not met: {', '.join(unmet)}." if unmet else ""
    return f"{'; '.join(said)}.{not_met}"


def moved_words(change: float, same: str) -> str:
    """A change in percentage points, in words.

    >>> moved_words(-16.7, "the same"), moved_words(1.0, "unchanged"), moved_words(0.2, "unchanged")
    ('17 points lower', '1 point higher', 'unchanged')
    """
    points = round(abs(change))
    if not points:
        return same
    return f"{plural(points, 'point')} {'higher' if change > 0 else 'lower'}"


def plural(number: int, word: str) -> str:
    """A count of things.

    >>> plural(1, "statement"), plural(0, "statement")
    ('1 statement', '0 statements')
    """
    return f"{number} {word}{'' if number == 1 else 's'}"


def _years_before(day: date, years: int) -> date:
    last = 28 if day.month == 2 else day.day
    return day.replace(year=day.year - years, day=min(day.day, last))
