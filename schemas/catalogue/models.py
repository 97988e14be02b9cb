"""The shapes of what the partnership has agreed: indicators, agencies, areas, breakdowns, priorities, calendar."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

MeasureType = Literal["flow", "snapshot", "percent", "rate", "mean", "rare"]
Polarity = Literal["higher", "lower", "neutral"]
Base = Literal["flow", "snapshot", "window"]
Frequency = Literal["quarterly", "six-monthly", "termly", "annual"]
YearValue = Literal["sum", "last", "recompute", "published", "none"]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(min_length=1)]


class Entry(BaseModel):
    """A catalogue entry: fixed once read, and a misspelt field is a fault rather than ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Quantity(Entry):
    """Something counted, named once: two indicators that use it use the same cell.

    `adds_over` names what it may be summed over; children counted once a year do not add over time.
    `official` quantities (populations) are known outside and are never hidden.
    """

    id: Identifier
    title: Text
    counts_of: Identifier
    adds_over: frozenset[Literal["agencies", "areas", "time"]] = frozenset()
    official: bool = False


class Counted(Entry):
    """What a quantity counts, and whether a small number of it could point at a child."""

    id: Identifier
    title: Text
    protected: bool


class Category(Entry):
    """One value of a breakdown; `aliases` are other spellings seen in returns."""

    id: Identifier
    label: Text
    aliases: tuple[str, ...] = ()


class Breakdown(Entry):
    """A way of splitting a figure; only where categories sum to the total are they checked and linked."""

    id: Identifier
    title: Text
    categories: tuple[Category, ...]
    sums_to_total: bool = True
    aliases: tuple[str, ...] = ()


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
    """One agreed measure. `per` multiplies numerator ÷ denominator (100 for a percentage, 10,000 for a rate)."""

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
    window: Text
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
    computed_from: Identifier | None = None
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


class Agency(Entry):
    """An organisation that sends returns; `partner` is the statutory partner (or education) it answers through."""

    id: Identifier
    title: Text
    short: Text
    partner: Literal["council", "health", "police", "education", "justice", "business_unit", "official"]
    sends: bool = True
    area_note: str = ""
    aliases: tuple[str, ...] = ()


class Area(Entry):
    """A place: the partnership's city, a ward, the region, England, a statistical neighbour."""

    code: Annotated[str, Field(pattern=r"^[A-Z]\w{8}$|^[a-z][a-z0-9_]*$")]
    name: Text
    level: Literal["partnership", "ward", "region", "country", "neighbour"]
    old_code: str = ""
    parent: str = ""
    deprivation_fifth: int | None = None
    aliases: tuple[str, ...] = ()


class Priority(Entry):
    """A priority of the partnership, or a theme that runs across them."""

    id: Identifier
    title: Text
    sentence: Text
    kind: Literal["priority", "theme"]
    shown: tuple[str, ...] = ()


class ReturnCalendar(Entry):
    """When a kind of return is due, in days after the quarter ends."""

    kind: Identifier
    title: Text
    due_days: int
    closes_days: int


class Partnership(Entry):
    """Whose data set this is, and the words its pages carry."""

    name: Text
    area_code: Text
    marking: Text
    first_period: Text
    synthetic: bool = False


class Audience(Entry):
    """Who a release is for and what its disclosure policy hides (measures.md §4)."""

    id: Literal["executive", "partnership", "public"]
    title: Text
    marking: Text
    hide_from: int = 1
    hide_to: int = 5
    secondary: bool = True
    hide_zeros: bool = False
    round_to: int | None = None
    drops_wards: bool = False
    exact_totals: bool = False
