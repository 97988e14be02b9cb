"""What the Overview says of learning: impact shown of all agreed, actions overdue by owner, verdicts by theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.queries.learning_counts import StepCount
from pipelines.queries.present import present

if TYPE_CHECKING:
    from pipelines.queries.pointer import Pointer

_VERDICTS = {
    "improved": "improved",
    "worse": "got worse",
    "no_change": "no change",
    "too_early": "too early to say",
    "not_measurable": "not measurable",
}


@dataclass(frozen=True, slots=True)
class Late:
    """One owner's overdue actions: how many, and for how many days the oldest."""

    owner: str
    actions: int
    days: int


@dataclass(frozen=True, slots=True)
class Learned:
    """Learning in short. `shown` of `agreed` recommendations show impact; None where there is no log, or it is hidden."""

    shown: int | None
    agreed: int | None
    late: tuple[Late, ...]
    has_actions: bool
    themes: dict[str, str]


def learned(pointer: Pointer) -> Learned:
    """What a publication says of learning; nothing where it was made before there was any."""
    counts = [StepCount(**row) for row in present(pointer, "learning_count", "dimension", _COUNTS, [])]
    late = present(pointer, "action", "overdue_days", _LATE, [])
    whole = next((one for one in counts if one.dimension == "all"), None)
    return Learned(
        shown=whole.practised if whole else None,
        agreed=whole.agreed if whole else None,
        late=tuple(Late(row["owner_words"], row["late"], row["days"]) for row in late if row["late"]),
        has_actions=bool(late),
        themes={one.category: said for one in counts if one.dimension == "theme" and (said := verdict_words(one))},
    )


def verdict_words(count: StepCount) -> str:
    """The verdicts of one part on one line: `2 improved, 1 too early to say`; empty where nothing was agreed."""
    if count.agreed == 0:
        return ""
    numbers = count.verdicts
    known = [f"{numbers[name]} {words}" for name, words in _VERDICTS.items() if numbers[name]]
    hidden = "the rest hidden to protect" if known else "hidden to protect"
    said = ", ".join(known + [hidden] * (None in numbers.values()))
    return said[:1].upper() + said[1:] if said else "Not judged yet"


_COUNTS = """
select dimension, category, label, agreed, done, learned, practised, difference, sustained,
       improved, no_change, worse, too_early, not_measurable, marker
from learning_count
where dimension in ('all', 'theme')
order by dimension, position
"""
_LATE = """
select owner_words, count(*) filter (overdue_days > 0) as late, max(overdue_days) as days
from action
group by owner_words
order by days desc, owner_words
"""
