"""The lists of the Learning page: which recommendations stand where, what is overdue, what came again, how long it took.

Of equals the order of the publication holds.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.queries.learning_facts import STEPS, Action, Recommendation

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from pipelines.queries.learning import Learning

Pairs = tuple[tuple[str, str], ...]
# Why a recommendation stands under little or no progress, worst first.
REASONS = ("worse", "no_change", "overdue", "no_evidence", "not_started")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked to see; an empty word asks for everything. `step` takes those that went further too."""

    step: str = ""
    theme: str = ""
    source: str = ""
    owner: str = ""
    accountable: str = ""
    year: str = ""

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return self != Asked()

    def keeps(self, one: Recommendation) -> bool:
        """Whether a recommendation answers everything that is asked."""
        return (
            (self.step not in STEPS or one.level >= STEPS.index(self.step))
            and self.theme in ("", one.theme)
            and self.source in ("", one.source)
            and self.owner in ("", one.agency_id)
            and self.accountable in ("", one.accountable)
            and self.year in ("", one.agreed_year)
        )


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be asked for: (id, words) pairs, each of something that is there."""

    theme: Pairs
    source: Pairs
    owner: Pairs
    accountable: Pairs
    year: Pairs

    def words(self, name: str, chosen: str) -> str:
        """The words of what was chosen."""
        return dict(getattr(self, name)).get(chosen, chosen)


@dataclass(frozen=True, slots=True)
class Overdue:
    """One owner's overdue actions, the longest overdue first."""

    owner: str
    actions: tuple[Action, ...]

    @property
    def longest(self) -> int:
        """For how many days the oldest of them has been owed."""
        return max(action.overdue_days for action in self.actions)


@dataclass(frozen=True, slots=True)
class Taken:
    """How long one recommendation took: days from its incident to the first learning, and to the action closed."""

    one: Recommendation
    to_learning: int | None
    to_action: int | None


def offered(found: Learning) -> Offered:
    """The choices of each filter, by the words that people know them by; years newest first."""
    years = {count.category: count.label for count in found.by("year")}
    every = found.recommendations
    return Offered(
        theme=_pairs({one.theme: one.theme_words for one in every}),
        source=_pairs({one.source: one.source_words for one in every}),
        owner=_pairs({one.agency_id: one.owner_words for one in every}),
        accountable=_pairs({one.accountable: one.accountable_words for one in every}),
        year=_pairs({one.agreed_year: years.get(one.agreed_year, one.agreed_year) for one in every})[::-1],
    )


def improved(kept: tuple[Recommendation, ...]) -> tuple[Recommendation, ...]:
    """Those whose indicator moved as expected, the latest change of practice first."""
    mine = [one for one in kept if one.verdict == "improved"]
    return tuple(sorted(mine, key=lambda one: _day(one.changed_on), reverse=True))


def little(kept: tuple[Recommendation, ...]) -> tuple[Recommendation, ...]:
    """Those with little or no progress, most at stake first."""
    mine = [one for one in kept if one.progress]
    return tuple(sorted(mine, key=lambda one: one.progress_rank))


def unsettled(kept: tuple[Recommendation, ...]) -> tuple[Recommendation, ...]:
    """Those of which it is too early to say, then those that cannot be measured."""
    mine = [one for one in kept if one.verdict in ("too_early", "not_measurable")]
    return tuple(sorted(mine, key=lambda one: one.verdict != "too_early"))


def again(kept: tuple[Recommendation, ...]) -> tuple[Recommendation, ...]:
    """Those whose learning had been found before."""
    return tuple(one for one in kept if one.repeats_id)


def overdue(found: Learning, kept: tuple[Recommendation, ...]) -> tuple[Overdue, ...]:
    """Overdue actions by owner: the owner who has owed one longest first."""
    ids = {one.recommendation_id for one in kept}
    mine: defaultdict[str, list[Action]] = defaultdict(list)
    for action in found.actions:
        if action.overdue_days > 0 and action.recommendation_id in ids:
            mine[action.owner_words].append(action)
    made = [
        Overdue(owner, tuple(sorted(late, key=lambda action: -action.overdue_days))) for owner, late in mine.items()
    ]
    return tuple(sorted(made, key=lambda each: (-each.longest, each.owner)))


def taken(found: Learning) -> tuple[Taken, ...]:
    """How long each recommendation took whose incident is dated in this publication."""
    return tuple(
        Taken(one, _days(one.incident_on, one.first_shared_on), _days(one.incident_on, one.closed_on))
        for one in found.recommendations
        if one.incident_on is not None
    )


def table(kept: tuple[Recommendation, ...]) -> pd.DataFrame:
    """The list as people download it: what the page shows of each recommendation, nothing more."""
    import pandas as pd

    told = [{title: getattr(one, name) for title, name in _COLUMNS.items()} for one in kept]
    return pd.DataFrame(told, columns=list(_COLUMNS))


_COLUMNS = {
    "ID": "recommendation_id",
    "Recommendation": "title",
    "In full": "text",
    "Source": "source_words",
    "Theme": "theme_words",
    "Context of harm": "context_words",
    "Accountable partner": "accountable_words",
    "Owning partner": "owner_partner_words",
    "Agency": "owner_words",
    "Owner (role)": "owner_role",
    "Agreed on": "agreed_on",
    "Due by": "due_on",
    "Why later than 31 March": "due_reason",
    "State": "state_words",
    "Step reached": "level_words",
    "Step (0 to 5)": "level",
    "Why this step": "level_why",
    "Verdict": "verdict_words",
    "Finding": "finding",
    "Change date": "changed_on",
    "Review date": "review_on",
    "What would settle it": "settles_words",
    "Why it cannot be measured": "not_measurable",
    "Actions": "actions",
    "Actions done": "actions_done",
    "Actions overdue": "overdue_actions",
    "Pieces of evidence": "evidence_count",
    "Little or no progress": "progress_words",
    "Same learning found before": "repeats_words",
}


def _pairs(words: dict[str, str]) -> Pairs:
    return tuple(sorted(((key, said) for key, said in words.items() if key), key=lambda pair: pair[1]))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _days(start: date | None, end: date | None) -> int | None:
    return (end - start).days if start and end else None
