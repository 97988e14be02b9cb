"""The indicators that recommendations were to move: what was expected, what came, how it was judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class ImpactPoint:
    """One point of a linked indicator; `part` is before, straddling or after the change."""

    recommendation_id: str
    indicator_id: str
    period_id: str
    value: float | None
    numerator: float | None
    denominator: float | None
    marker: str
    part: str
    mean: float | None
    lower: float | None
    upper: float | None
    special_cause: str
    point_type: str


@dataclass(frozen=True, slots=True)
class Impact:
    """A recommendation's linked indicator: what was expected, what came, and how that was judged.

    `unit`, `decimals` and `has_parts` are the indicator's own, so that its figures are written as everywhere else.
    """

    recommendation_id: str
    indicator_id: str
    title: str
    unit_words: str
    expected: str
    expected_words: str
    changed_on: date
    review_on: date
    registered_on: date | None
    after_the_fact: bool
    verdict: str
    verdict_words: str
    basis: str
    reason: str
    sentence: str
    because_words: str
    effect_words: str
    baseline_points: int
    after_points: int
    needed: int
    mean: float | None
    lower: float | None
    upper: float | None
    usual_words: str
    since_period: str | None
    latest_period: str | None
    latest_words: str
    n_words: str
    beside_words: str
    settles_words: str
    segmented_words: str
    unit: str | None
    decimals: int | None
    denominator: str | None
    points: tuple[ImpactPoint, ...] = ()
