"""Sentences about a year of self-assessment: the finding, what stands beside it, and scores and moves in a few words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pipelines.measures.self_assessment import nearest_score
from pipelines.queries.self_assessment_facts import ALL, DONE, OVERDUE, UNSAID
from schemas.catalogue import catalogue
from schemas.periods import day_words, parse
from schemas.returns.listed import listed

if TYPE_CHECKING:
    from datetime import date

    from pipelines.queries.self_assessment_facts import Action, Score
    from pipelines.queries.self_assessment_year import Assessed
    from schemas.catalogue import Catalogue

PARTNERSHIP = "partnership"
COARSE = "Percentages are given to the nearest 5, and change once six more have replied."
COARSE_BODIES = (
    "Where schools, settings or other bodies that are not named are among them, percentages are given to the nearest 5, "
    "and change once six more have replied."
)
# A score of 3 in a word; the catalogue's own label is a sentence.
_SHORT = ("not in place", "started", "in place", "makes a difference")


@dataclass(frozen=True, slots=True)
class Owed:
    """How many self-assessments are owed, are complete and are begun, and when they are due."""

    owed: int
    replied: int
    begun: int
    due_on: date


def headline(found: Assessed) -> str:
    """The finding: how many self-assessments are complete, and how many critical statements are not met where known."""
    count = owed(found)
    if count is None:
        return "Self-assessments are shown in part only" if found.left_out else "The partnership has looked at itself"
    verb = "self-assessment is" if count.owed == 1 else "self-assessments are"
    said = f"{count.replied:,} of {count.owed:,} {verb} complete"
    if not found.names_answers or not found.answers:
        return said
    unmet = len(found.unmet)
    if not unmet:
        return f"{said}; no critical statement is said to be not met"
    return f"{said}; {unmet} critical {'statement is' if unmet == 1 else 'statements are'} not met"


def lede(found: Assessed) -> str:
    """When replies are due, and how the business unit's scores differ from agencies' own where it has moderated."""
    count = owed(found)
    first = (
        "" if count is None else f"Self-assessments of {year_words(found.year_id)}, due by {day_words(count.due_on)}. "
    )
    if found.left_out:
        return found.left_out
    gap = moderation(found)
    if gap is None:
        return first.strip()
    points, statements, agencies = gap
    where = f"the {statements} {'statement' if statements == 1 else 'statements'} looked at in {_agencies(agencies)}"
    if not round(points):
        whose = "its" if agencies == 1 else "their"
        return f"{first}On {where}, the business unit’s scores and {whose} own come to the same."
    whose = "its" if agencies == 1 else "the agencies’"
    moved = f"{_points(points)} {_side(points)} than {whose} own"
    return f"{first}On {where}, the business unit’s scores are {moved}."


def owed(found: Assessed) -> Owed | None:
    """What the finding speaks of: the self-assessments of all instruments but the partnership's own, which is nobody's reply.

    A school that owes two counts twice, as it sends two. Where the partnership's own alone is asked, that one. None where
    an agreement leaves somebody out: the others together would pass for everybody.
    """
    if found.left_out:
        return None
    wholes = [whole for each, _ in found.instruments if (whole := found.whole(each)) is not None]
    counted = [each for each in wholes if each.instrument_id != PARTNERSHIP] or wholes
    if not counted:
        return None
    return Owed(
        sum(each.owed for each in counted),
        sum(each.replied for each in counted),
        sum(each.begun or 0 for each in counted),
        max(each.due_on for each in counted),
    )


def moderation(found: Assessed) -> tuple[float, int, int] | None:
    """Moderated less own score in points of a hundred, on how many statements of how many agencies; None where none is.

    The mean over all statements moderated as they stand, so that each counts once, whosever it is.
    """
    mine = [score for score in found.scores if score.moderated and score.gap is not None]
    many = sum(score.moderated for score in mine)
    if not many:
        return None
    total = sum((score.gap or 0.0) * score.moderated for score in mine)
    return total / many, many, len({score.agency_id for score in mine})


def overdue(actions: tuple[Action, ...]) -> tuple[int, int]:
    """How many actions are overdue, of how many that are not done; of what nobody says either way, neither."""
    return sum(each.state == OVERDUE for each in actions), sum(each.state not in (DONE, UNSAID) for each in actions)


def overdue_years(actions: tuple[Action, ...], year_id: str) -> str:
    """Of which year's self-assessment the overdue actions are; empty where all are of the year shown."""
    late = Counter(each.year_id for each in actions if each.state == OVERDUE)
    if late.keys() <= {year_id}:
        return ""
    return listed([f"{late[year]} of {year_words(year)}" for year in sorted(late, reverse=True)])


def year_words(year_id: str) -> str:
    """A financial year as a reader says it.

    >>> year_words("FY2026-27")
    '2026-27'
    """
    return parse(year_id).short


def near(percent: float) -> str:
    """The score a percentage is nearest to, in words.

    >>> near(67), near(100 / 6)
    ('in place', 'not in place')
    """
    return _SHORT[nearest_score(percent)]


def level(percent: float) -> int:
    """The score a percentage is nearest to, 0 to 3; of two as near, the lower."""
    return nearest_score(percent)


def gap_words(score: Score) -> str:
    """The moderated score and how far it lies from the agency's own; empty where nothing was moderated.

    Both are over the statements moderated, which may be fewer than the standard has.
    """
    if score.gap is None or score.moderated_percent is None:
        return ""
    some = "" if score.moderated >= score.applicable else f" on {score.moderated} of {score.applicable}:"
    said = f"moderated{some} {score.moderated_percent:.0f}%"
    return f"{said}, {_points(score.gap)} {_side(score.gap)}" if round(score.gap) else f"{said}, as scored"


def change_words(change: float | None, before: str = "") -> str:
    """How a score moved, and since when where that is named; empty where it cannot be said.

    >>> change_words(-16.7, "2025-26"), change_words(0.3), change_words(None)
    ('down 17 points since 2025-26', 'unchanged', '')
    """
    if change is None:
        return ""
    moved = f"{'up' if change > 0 else 'down'} {_points(change)}" if round(change) else "unchanged"
    return f"{moved} since {before}" if before else moved


def not_shown(audience: str) -> str:
    """What a release leaves out, and why: plainly, as a reader will look for it."""
    schools = "Schools, early years settings and other small bodies are counted and never named."
    few = "Scores of fewer than six replies are hidden, so that nobody’s own can be worked out."
    if audience == "executive":
        return f"{schools} {few}"
    names = " Which agencies have replied is shown to the partnership." if audience == "public" else ""
    return f"What each agency answered is shown to the Executive only: people score themselves honestly where nobody ranks them.{names} {schools} {few}"


def themes_finding(found: Assessed) -> str:
    """Which themes of the partnership have the highest and the lowest median; empty where two cannot be told apart."""
    whole = [s for s in found.spreads if s.instrument_id == PARTNERSHIP and s.sector == ALL and s.median is not None]
    medians = sorted({round(each.median or 0.0) for each in whole})
    if len(medians) < 2:
        return ""
    lowest, highest = (
        " and ".join(each.standard for each in whole if round(each.median or 0.0) == edge)
        for edge in (medians[0], medians[-1])
    )
    return f"Highest: {highest}, with a median of {medians[-1]}%. Lowest: {lowest}, with {medians[0]}%."


def due_after(catalogue: Catalogue) -> timedelta:
    """How long after its year's end a self-assessment is due; before it where negative."""
    return timedelta(days=catalogue.calendar["self_assessment"].due_days)


def score_label(score_id: str) -> str:
    """A score as the form calls it."""
    found = catalogue().choices["score"].get(score_id)
    return found.label if found else ""


def _points(points: float) -> str:
    many = round(abs(points))
    return f"{many} point{'' if many == 1 else 's'}"


def _side(points: float) -> str:
    return "higher" if points > 0 else "lower"


def _agencies(number: int) -> str:
    return f"{number} {'agency' if number == 1 else 'agencies'}"
