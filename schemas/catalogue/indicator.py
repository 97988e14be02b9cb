"""The shapes of an agreed measure: its definition over time, its parts, its target, and what makes it sound."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it
from typing import Annotated, Literal

from pydantic import Field, model_validator

from schemas.catalogue.entry import Entry, Identifier, Text

MeasureType = Literal["flow", "snapshot", "percent", "rate", "mean", "rare"]
Polarity = Literal["higher", "lower", "neutral"]
Base = Literal["flow", "snapshot", "window"]
Frequency = Literal["quarterly", "six-monthly", "termly", "annual"]
YearValue = Literal["sum", "last", "recompute", "published", "none"]
Window = Literal[
    "day",
    "quarter",
    "term",
    "year",
    "year_to_date",
    "academic_year_to_date",
    "rolling_12_months",
    "rolling_90_days",
    "cohort",
    "audit",
    "survey_round",
]
Computed = Literal[
    "self_assessment", "audit", "learning", "reviews", "concerns", "training", "voice", "survey", "coverage"
]


class Target(Entry):
    """What was promised: a statutory standard, or a level the Executive agreed, with when and by whom."""

    value: float
    kind: Literal["statutory", "agreed"]
    agreed_by: Text
    agreed_on: date | None = None
    by: date | None = None


class Definition(Entry):
    """A dated version of an indicator's definition: a break is drawn where a new one starts."""

    version: int
    from_period: Text
    text: Text
    change: str = ""


class Indicator(Entry):
    """One agreed measure. `per` multiplies numerator ÷ denominator (100 for a percentage, 10,000 for a rate).

    `unit` is "percent", or the words that follow the number ("per 10,000", "families"). `computed_from` is the kind
    of return the partnership computes it from, so that no agency owes a figure; "coverage" is its own record of
    returns. `like_services` says that its several senders run the same service by the same rule, so that they may be
    set side by side; without it their figures are shown and not compared. `tier` says whether it is asked of everybody now (core) or as agencies become able to (extended).
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]{2}\d{2}$")]
    title: Text
    question: Text
    domain: Text
    definitions: Annotated[tuple[Definition, ...], Field(min_length=1)]
    numerator: Identifier
    denominator: Identifier | None = None
    unit: Text
    per: float = 1.0
    decimals: Annotated[int, Field(ge=0, le=3)] = 1
    measure_type: MeasureType
    base: Base | None = None
    window: Window
    year_value: YearValue
    polarity: Polarity
    frequency: Frequency
    agency_id: Identifier
    senders: tuple[Identifier, ...] = ()
    breakdowns: tuple[Identifier, ...] = ()
    breakdowns_every: Literal["quarter", "year"] = "year"
    wards: bool = False
    seasonal: bool = False
    annualise: bool = False
    like_services: bool = False
    computed_from: Computed | None = None
    pair_with: tuple[str, ...] = ()
    public_window: str = ""
    compared_nationally: bool = False
    priorities: tuple[Identifier, ...] = ()
    themes: tuple[Identifier, ...] = ()
    headline: bool = False
    tier: Literal["core", "extended"] = "core"
    why_it_matters: Text
    challenge_question: Text
    source: Text
    target: Target | None = None
    target_note: str = ""
    note: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def definition(self) -> str:
        """The definition in force, in words."""
        return self.definitions[-1].text

    @property
    def sent_by(self) -> tuple[str, ...]:
        """The agencies that send figures for it: its owner, unless several send their own part."""
        return self.senders or (self.agency_id,)

    @model_validator(mode="after")
    def agrees_with_itself(self) -> Indicator:
        """Name what contradicts: a share without a denominator, a target or rank on a neutral measure."""
        faults: list[str] = []
        if self.measure_type in ("percent", "rate", "mean") and self.denominator is None:
            faults.append(f"a {self.measure_type} needs a denominator")
        if self.measure_type in ("percent", "rate", "mean") and self.base is None:
            faults.append(f"a {self.measure_type} needs a base (flow, snapshot or window)")
        if self.polarity == "neutral" and self.target is not None and self.target.kind != "statutory":
            faults.append("a neutral indicator cannot have an agreed target")
        if self.annualise and self.measure_type != "rate":
            faults.append("only a rate is annualised")
        versions = [d.version for d in self.definitions]
        if versions != list(range(1, len(versions) + 1)):
            faults.append("definition versions must run 1, 2, 3 in order")
        if faults:
            raise ValueError("; ".join(faults))
        return self
