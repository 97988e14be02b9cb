"""What recommendations come to: counts by step and verdict, the ten measures, the sectors reached."""

from __future__ import annotations

from dataclasses import dataclass

VERDICTS = ("improved", "no_change", "worse", "too_early", "not_measurable")


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many have come how far, of all or of one source, theme, agency or year; None is hidden to protect."""

    dimension: str
    category: str
    label: str
    agreed: int | None
    done: int | None
    learned: int | None
    practised: int | None
    difference: int | None
    sustained: int | None
    improved: int | None
    no_change: int | None
    worse: int | None
    too_early: int | None
    not_measurable: int | None
    marker: str

    @property
    def steps(self) -> tuple[int | None, ...]:
        """The counts in the order of the ladder; each includes those that went further."""
        return (self.agreed, self.done, self.learned, self.practised, self.difference, self.sustained)

    @property
    def verdicts(self) -> dict[str, int | None]:
        """The counts by verdict."""
        return dict(
            zip(
                VERDICTS,
                (self.improved, self.no_change, self.worse, self.too_early, self.not_measurable),
                strict=True,
            )
        )


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the ten measures of demonstrable impact, ready to print."""

    measure_id: str
    title: str
    value: float | None
    numerator: float | None
    denominator: float | None
    unit: str
    words: str
    detail: str
    marker: str


@dataclass(frozen=True, slots=True)
class Reach:
    """How far learning has got in one sector."""

    sector: str
    label: str
    shares: int
    people: int | None
    recommendations: int
    words: str
