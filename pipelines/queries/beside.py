"""What is set beside what on the Indicator page: places on a funnel, groups of children, rates that allow for age."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One ward or agency on a funnel; `mark`: concern, improvement, unusual or usual."""

    key: str
    label: str
    size: float
    numerator: float
    value: float
    lower: float
    upper: float
    position: str
    mark: str
    words: str

    @property
    def is_outside(self) -> bool:
        """Whether it is beyond the 99.8% limits."""
        return self.position in ("above", "below")


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits at one size."""

    size: float
    lower_95: float
    upper_95: float
    lower_998: float
    upper_998: float


@dataclass(frozen=True, slots=True)
class Plot:
    """One funnel plot: `places` is empty where no limits can stand, and `note` then says why."""

    period: str
    total: int
    outside: int
    centre: float | None
    note: str
    places: tuple[Place, ...]
    limits: tuple[Limits, ...]

    @property
    def by_key(self) -> dict[str, Place]:
        """Each place by its ward code or agency id."""
        return {place.key: place for place in self.places}


@dataclass(frozen=True, slots=True)
class Group:
    """One group of children beside its reference group; `word`: higher, lower, similar or none."""

    label: str
    group_words: str
    numerator: float | None
    denominator: float | None
    value: float | None
    ratio: float | None
    lower: float | None
    upper: float | None
    word: str
    words: str

    @property
    def is_different(self) -> bool:
        """Whether its interval leaves out 1."""
        return self.word in ("higher", "lower")


@dataclass(frozen=True, slots=True)
class Split:
    """The groups of one breakdown in one period, with the group they are compared with."""

    title: str
    period: str
    reference: str
    reference_words: str
    reference_numerator: float | None
    reference_denominator: float | None
    reference_value: float | None
    groups: tuple[Group, ...]

    @property
    def compared(self) -> int:
        """How many of its groups have a ratio."""
        return sum(group.ratio is not None for group in self.groups)


@dataclass(frozen=True, slots=True)
class Standard:
    """A year's rate allowing for age, beside the crude one; `words` say what it leaves out, or why there is none."""

    period: str
    value: float | None
    lower: float | None
    upper: float | None
    crude: float | None
    crude_lower: float | None
    crude_upper: float | None
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything compared for one indicator. `furthest` names the group furthest from its reference, if any differs."""

    place: str
    wards: Plot | None
    agencies: Plot | None
    splits: tuple[Split, ...]
    standards: tuple[Standard, ...]
    chance: float
    furthest: tuple[Split, Group] | None
