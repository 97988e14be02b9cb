"""Little or no progress, found and not confessed: which recommendations stand still, why, and which matter most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.periods import day_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipelines.publishing.learning.rungs import Standing
    from schemas.catalogue import Catalogue

# Half a year: long enough to have begun, or to have looked whether anything changed.
LONG_ENOUGH_DAYS = 183
# Most at stake first.
REASONS = ("worse", "no_change", "overdue", "no_evidence", "not_started")


@dataclass(frozen=True, slots=True)
class Progress:
    """Why a recommendation stands under “little or no progress” ("" if it does not), in words, and its place there."""

    reason: str
    words: str
    rank: int = 0


def progress(catalogue: Catalogue, every: Sequence[Standing], today: date) -> dict[str, Progress]:
    """The progress of each recommendation by its id; rank 1 is the one with most at stake.

    Got worse stands before no change, overdue, done without evidence, and not started; within each the partnership's
    priorities first, then the longest.
    """
    found = {one.line.id: _one(catalogue, one, today) for one in every}
    stuck = [one for one in every if found[one.line.id].reason]
    ordered = sorted(stuck, key=lambda one: _stake(catalogue, one, found[one.line.id].reason))
    for place, one in enumerate(ordered, 1):
        told = found[one.line.id]
        found[one.line.id] = Progress(told.reason, told.words, place)
    return found


def _one(catalogue: Catalogue, one: Standing, today: date) -> Progress:
    if one.verdict in ("worse", "no_change") and not (one.verdict == "no_change" and one.rung.level >= 4):
        said = "Got worse" if one.verdict == "worse" else "No change after long enough to tell"
        return Progress(one.verdict, said + _closed(one))
    overdue = one.line.overdue(today)
    if overdue:
        return Progress("overdue", _overdue(catalogue, one, today))
    since = one.line.closed_on
    if since and not one.impact_is_shown and (today - since).days > LONG_ENOUGH_DAYS:
        owner = catalogue.agencies[one.line.recommendation["agency_id"]].title
        return Progress("no_evidence", f"No evidence yet. Owed by {owner} since {day_words(since)}")
    begun = any(action["status"] != "not_started" for action in one.line.actions)
    if not begun and (today - one.line.agreed_on).days > LONG_ENOUGH_DAYS:
        what = "No action has been started" if one.line.actions else "No action has been named"
        return Progress("not_started", f"{what} since it was agreed on {day_words(one.line.agreed_on)}")
    return Progress("", "")


def _closed(one: Standing) -> str:
    closed = one.line.closed_on
    return f", although every action was closed by {day_words(closed)}" if closed else ""


def _overdue(catalogue: Catalogue, one: Standing, today: date) -> str:
    late = one.line.overdue(today)
    first = late[0]
    owner = catalogue.agencies[first["agency_id"]].title
    number = f"{len(late)} actions are" if len(late) > 1 else "An action is"
    return f"{number} overdue, the longest since {day_words(first['due_on'])}. {owner}"


def _stake(catalogue: Catalogue, one: Standing, reason: str) -> tuple[int, bool, date]:
    theme = catalogue.priorities.get(one.line.recommendation["theme"])
    is_priority = theme is not None and theme.kind == "priority"
    return REASONS.index(reason), not is_priority, one.line.agreed_on
