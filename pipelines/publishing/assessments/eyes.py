"""One thread through several eyes: where each lies from 0 to 100, how many are behind it, and what it says in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.measures.agreement import Eye, middle, of_points, of_share
from pipelines.publishing.assessments.eye_words import counted_words, points_words, score_words
from pipelines.publishing.assessments.seen import counting, months_before, plain_day
from pipelines.publishing.rows import number
from schemas.published.assuring import COARSE, ENOUGH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from pipelines.publishing.assessments.seen import Seen
    from pipelines.publishing.rows import Row
    from schemas.catalogue import Thread

ALL = "all"
SELF, MODERATED, AUDIT, SURVEY = "self", "moderated", "audit", "survey"
_PRACTITIONERS = "practitioners"
# Moderation of one statement in five says nothing of the five.
_HALF = 2
_MOST = 3
_LEFT_OUT = "Not agreed for this audience"


@dataclass(frozen=True, slots=True)
class View:
    """What one eye sees: its place, the part and the whole it is of, and the words beside the number.

    `said` is the score alone as a sentence says it. `part` of `whole` are cases graded good or better, or replies that
    agree; `who` are those who replied. `is_full` says that an organisation gave itself full marks, whatever they count.
    """

    eye: Eye
    words: str = ""
    said: str = ""
    part: int = 0
    whole: int = 0
    who: str = ""
    is_full: bool = False

    @property
    def is_there(self) -> bool:
        """Whether the eye has anything to say."""
        return self.eye.percent is not None


def views(found: Seen, thread: Thread, year_id: str, agency_id: str) -> dict[str, View]:
    """What organisations, moderation, audits and surveys see of one agency, or of all together."""
    own, moderated = _said(found, thread, year_id, agency_id)
    until = found.until(year_id)
    return {
        SELF: own,
        MODERATED: moderated,
        AUDIT: _audited(found, thread, until, agency_id),
        SURVEY: _surveyed(found, thread, until, agency_id),
    }


def _said(found: Seen, thread: Thread, year_id: str, agency_id: str) -> tuple[View, View]:
    known = found.catalogue.statements
    mine = [
        row
        for row in found.answers
        if row["year_id"] == year_id and row["statement_id"] in known and thread.is_about(known[row["statement_id"]][1])
    ]
    if agency_id != ALL:
        one = [row for row in mine if row["agency_id"] == agency_id]
        return _own(found, one), _moderated(found, one)
    if found.left_out:
        return View(Eye(SELF, None), _LEFT_OUT), View(Eye(MODERATED, None), _LEFT_OUT)
    # Of all together those who have replied whole: what is begun is not yet anybody's word.
    agencies = sorted({row["agency_id"] for row in mine if (row["agency_id"], year_id) in found.replied})
    each = [[row for row in mine if row["agency_id"] == agency] for agency in agencies]
    own, moderated = [_own(found, one) for one in each], [_moderated(found, one) for one in each]
    return _middle(SELF, own, is_coarse=found.is_coarse), _middle(MODERATED, moderated, is_coarse=found.is_coarse)


def _own(found: Seen, answers: Sequence[Row]) -> View:
    points = [float(row["self_points"]) for row in answers if number(row["self_points"]) is not None]
    percent = of_points(points)
    if percent is None:
        return View(Eye(SELF, None))
    given = [getattr(found.catalogue.choices["score"].get(row["self_score"]), "points", None) for row in answers]
    raw = [each for each in given if each is not None]
    less = sum(raw) - sum(points)
    return View(
        Eye(SELF, percent),
        points_words(percent, len(points), int(less)),
        f"{score_words(percent)} of 3",
        is_full=bool(raw) and all(each == _MOST for each in raw),
    )


def _moderated(found: Seen, answers: Sequence[Row]) -> View:
    """Compared once at least half of what applies was moderated as it now stands."""
    scored = [row for row in answers if number(row["self_points"]) is not None]
    points = [
        float(row["moderated_points"])
        for row in answers
        if number(row["moderated_points"]) is not None
        and (row["agency_id"], row["year_id"], row["statement_id"]) not in found.outdated
    ]
    percent = of_points(points)
    if percent is None:
        return View(Eye(MODERATED, None))
    words = points_words(percent, len(points), 0)
    if _HALF * len(points) < len(scored):
        return View(Eye(MODERATED, None), f"{words}, too few of {len(scored)} to compare")
    return View(Eye(MODERATED, percent), words)


def _middle(name: str, each: Iterable[View], *, is_coarse: bool) -> View:
    """The middle of all agencies; of fewer than six nothing is said."""
    places = [view.eye.percent for view in each if view.eye.percent is not None]
    percent = middle(places)
    if percent is None:
        return View(Eye(name, None))
    percent = float(COARSE * round(percent / COARSE)) if is_coarse else percent
    said = f"about {percent:.0f}% of full marks" if is_coarse else f"{score_words(percent)} of 3"
    return View(
        Eye(name, percent, len(places)), f"{said[0].upper()}{said[1:]}, the middle of {len(places)} agencies", said
    )


def _audited(found: Seen, thread: Thread, until: date, agency_id: str) -> View:
    grades = counting(found, until, {thread.audit_domain}, agency_id).grades if thread.audit_domain else []
    good, whole = sum(int(row["good_or_better"]) for row in grades), sum(int(row["n"]) for row in grades)
    percent = of_share(good, whole)
    if percent is None or whole < ENOUGH:
        return View(Eye(AUDIT, None))
    words = f"{counted_words(good, whole)} graded good or better"
    return View(Eye(AUDIT, percent, whole), words, part=good, whole=whole)


def _surveyed(found: Seen, thread: Thread, until: date, agency_id: str) -> View:
    """The latest round of the question: practitioners, of an agency those of its sector; else families, of all only."""
    sector = ALL if agency_id == ALL else found.catalogue.agencies[agency_id].partner
    first = months_before(until)
    mine = [
        row
        for row in found.survey
        if row["question"] == thread.survey_question
        and row["sector"] == sector
        and first < plain_day(row["closed_on"]) <= until
    ]
    said = [row for group in {row["respondents"] for row in mine} for row in _latest(mine, group) if _is_shown(row)]
    if practitioners := [row for row in said if row["respondents"] == _PRACTITIONERS]:
        said = practitioners
    agreed, replied = sum(int(row["agreed"]) for row in said), sum(int(row["replied"]) for row in said)
    percent = of_share(agreed, replied)
    if percent is None or replied < ENOUGH:
        return View(Eye(SURVEY, None))
    said.sort(key=lambda row: str(row["respondents"]), reverse=True)
    who = ", and ".join(str(row["respondents_words"]).lower() for row in said) + " in its sector" * (sector != ALL)
    words = f"{counted_words(agreed, replied, who)} say yes{_response(said)}"
    return View(Eye(SURVEY, percent, replied), words, part=agreed, whole=replied, who=who)


def _response(said: Sequence[Row]) -> str:
    """How many of those asked replied, where it is one group and known."""
    rate = number(said[0]["response_percent"]) if len(said) == 1 else None
    return f"; {rate:.0f}% of those asked replied" if rate is not None else ""


def _latest(survey: Sequence[Row], group: str) -> list[Row]:
    mine = [row for row in survey if row["respondents"] == group]
    return [max(mine, key=lambda row: (plain_day(row["closed_on"]), row["survey_ref"]))]


def _is_shown(row: Row) -> bool:
    return not row["marker"] and all(number(row[name]) is not None for name in ("replied", "agreed"))
