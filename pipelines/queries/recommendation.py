"""One recommendation whole: from the incident it was learned from to the verdict on what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pipelines.queries.learning import Learning
    from pipelines.queries.learning_facts import Account, Action, ClaimView, Evidence, Recommendation, Share
    from pipelines.queries.learning_impacts import Impact


@dataclass(frozen=True, slots=True)
class Moment:
    """One day on the line from incident to verdict; `is_ahead` where it has not come yet."""

    on: date
    what: str
    detail: str = ""
    is_ahead: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything on a recommendation's own page."""

    one: Recommendation
    made_on: date
    is_public: bool
    line: tuple[Moment, ...]
    actions: tuple[Action, ...]
    evidence: tuple[Evidence, ...]
    impacts: tuple[Impact, ...]
    shares: tuple[Share, ...]
    views: tuple[ClaimView, ...]
    accounts: tuple[Account, ...]
    repeats: Recommendation | None
    repeated_by: tuple[Recommendation, ...]


def whole(found: Learning, recommendation_id: str) -> Whole | None:
    """One recommendation of a publication; None when the publication has no such recommendation."""
    known = {one.recommendation_id: one for one in found.recommendations}
    one = known.get(recommendation_id)
    if one is None:
        return None
    made = Whole(
        one=one,
        made_on=found.made_on,
        is_public=found.is_public,
        line=(),
        actions=tuple(each for each in found.actions if each.recommendation_id == recommendation_id),
        evidence=found.evidence_of(recommendation_id),
        impacts=found.impacts_of(recommendation_id),
        shares=tuple(each for each in found.shares if each.recommendation_id == recommendation_id),
        views=found.views_of(recommendation_id),
        accounts=tuple(each for each in found.accounts if each.recommendation_id == recommendation_id),
        repeats=known.get(one.repeats_id or ""),
        repeated_by=tuple(each for each in found.recommendations if each.repeats_id == recommendation_id),
    )
    return _with_line(made)


def _with_line(made: Whole) -> Whole:
    # A stable sort: of one day, what comes first in the life of a recommendation stays first.
    return replace(made, line=tuple(sorted(_moments(made), key=lambda moment: moment.on)))


def _moments(made: Whole) -> Iterator[Moment]:
    one, ahead = made.one, made.made_on
    dated = (
        (one.incident_on, "Incident", ""),
        (one.reviewed_on, "Review", _from(one)),
        (one.first_shared_on, "Learning first shared", ""),
        (one.agreed_on, "Recommendation agreed", _from(one) if one.reviewed_on is None else ""),
    )
    for on, what, detail in dated:
        if on is not None:
            yield Moment(on, what, detail, on > ahead)
    for action in made.actions:
        yield from _action(action, ahead)
    for change in dict.fromkeys(impact.changed_on for impact in made.impacts):
        yield Moment(change, "Practice changes" if change > ahead else "Practice changed", "", change > ahead)
    for evidence in made.evidence:
        yield Moment(evidence.true_of, f"Evidence: {evidence.kind_words}", evidence.finding, evidence.true_of > ahead)
    for review in dict.fromkeys(impact.review_on for impact in made.impacts):
        yield Moment(review, "Review date: the change should show", "", review > ahead)
    yield Moment(ahead, f"Verdict: {one.verdict_words}", one.finding)


def _action(action: Action, ahead: date) -> Iterator[Moment]:
    if action.done_on is not None:
        yield Moment(action.done_on, f"Action {action.status_words.lower()}", action.action, action.done_on > ahead)
    elif action.due_on is not None and action.status != "stopped":
        days = f"{action.overdue_days:,} day{'' if action.overdue_days == 1 else 's'}"
        late = f"; overdue by {days}" if action.overdue_days > 0 else ""
        yield Moment(
            action.due_on,
            "Action due",
            f"{action.action.rstrip('.')}{late}" if late else action.action,
            action.due_on > ahead,
        )


def _from(one: Recommendation) -> str:
    return f"{one.source_words}, {one.source_ref}" if one.source_ref else one.source_words
