"""Why a figure moved: the explanation an analyst writes beside a swing, so that a good return checks clean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_data.counts import seeded

if TYPE_CHECKING:
    from schemas.catalogue.models import Indicator
    from schemas.catalogue.owed import Owed

Numbers = tuple[float | None, float | None, float | None]

MOVED_BY = 0.25  # of the earlier figure
SMALL = 5  # a move of a handful of children needs no story

_ROSE = (
    "Checked against the case records: the rise is real and comes from a few large families.",
    "Checked with the service: a backlog from the summer was recorded in this quarter.",
    "Numbers are small, so a handful of families moves the figure. No change in practice.",
)
_FELL = (
    "Checked against the case records: the fall is real, after an unusually high quarter before.",
    "Checked with the service: fewer cases came up for decision in this quarter. No change in practice.",
    "Numbers are small, so a handful of families moves the figure. No change in practice.",
)


def swing(indicator: Indicator, figure: Owed, now: Numbers, before: Numbers | None) -> str:
    """The explanation of a large move since the period before; "" where there is nothing to explain."""
    is_share = now[2] is not None
    new, old = (now[2], before[2] if before else None) if is_share else (now[0], before[0] if before else None)
    if before is None or new is None or not old or abs((now[0] or 0) - (before[0] or 0)) <= SMALL:
        return ""
    if abs(new - old) <= MOVED_BY * old:
        return ""
    chance = seeded(indicator.id, figure.period_id, figure.area_id, figure.breakdown, figure.category)
    words = _ROSE if new > old else _FELL
    return words[int(chance.integers(len(words)))]
