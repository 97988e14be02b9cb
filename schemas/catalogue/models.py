"""The shapes of what the partnership has agreed: quantities, breakdowns, agencies, areas, priorities, calendar.

Indicators and breakdowns have modules of their own and are named here too, so that readers need only this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from schemas.catalogue.annotation import Annotation
from schemas.catalogue.breakdown import Breakdown, Category
from schemas.catalogue.choice import Choice, Clock, EvidenceKind, Points, ReviewDecision, Sector, Source, SurveyQuestion
from schemas.catalogue.cycle import Cycle
from schemas.catalogue.entry import Entry, Identifier, Text
from schemas.catalogue.indicator import (
    Base,
    Computed,
    Definition,
    Frequency,
    Indicator,
    MeasureType,
    Polarity,
    Target,
    Window,
    YearValue,
)
from schemas.catalogue.instrument import Instrument, Standard, Statement
from schemas.catalogue.thread import Aspect, Thread

if TYPE_CHECKING:
    from schemas.periods import Period

__all__ = [
    "Agency",
    "Annotation",
    "Area",
    "Aspect",
    "Audience",
    "Base",
    "Breakdown",
    "Category",
    "Choice",
    "Clock",
    "Computed",
    "Counted",
    "Cycle",
    "Definition",
    "Entry",
    "EvidenceKind",
    "Frequency",
    "Identifier",
    "Indicator",
    "Instrument",
    "MeasureType",
    "Partnership",
    "Points",
    "Polarity",
    "Priority",
    "Quantity",
    "ReturnCalendar",
    "ReviewDecision",
    "Sector",
    "Source",
    "Standard",
    "Statement",
    "SurveyQuestion",
    "Target",
    "Text",
    "Thread",
    "Window",
    "YearValue",
]


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


class Agency(Entry):
    """An organisation that sends returns; `partner` is the statutory partner (or education) it answers through.

    `sector` is the one it is counted in where it answers a self-assessment; empty means that of its partner. `postcodes`
    are those of its own offices, which may stand in a file; any other whole postcode is taken for a home's. `owner` is the
    body whose data it is by law, in owners.toml.
    """

    id: Identifier
    title: Text
    short: Text
    partner: Literal[
        "council",
        "health",
        "police",
        "education",
        "justice",
        "third_sector",
        "early_years",
        "business_unit",
        "scrutiny",
        "official",
    ]
    owner: Identifier
    sends: bool = True
    sector: str = ""
    area_note: str = ""
    postcodes: tuple[str, ...] = ()
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
    """When a kind of return is due, in days after its quarter or year ends (before it where negative), and who owes it.

    Nobody among `senders` means every agency with something to send. A kind that is not `required` is late for nobody;
    of one for `only_senders` nobody else may send or see the log. One `due_with` the release is due on its day, not so
    many days after the quarter.
    """

    kind: Identifier
    title: Text
    due_days: int
    due_with: Literal["", "release"] = ""
    senders: tuple[Identifier, ...] = ()
    every: Literal["quarter", "half_year", "year"] = "quarter"
    required: bool = True
    only_senders: bool = False

    def is_due_with(self, quarter: Period) -> bool:
        """Whether it is sent with this quarter; what is sent for a whole year is sent with none."""
        return self.every == "quarter" or (self.every == "half_year" and quarter.end.month in (3, 9))


class Owner(Entry):
    """A body that owns figures by law, and whom there to ask for them under the Freedom of Information Act: no person by name."""

    id: Identifier
    name: Text
    contact: Text
    address: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[a-z]+$")]
    is_public_authority: bool = True


class Partnership(Entry):
    """Whose data set this is, and the words its pages carry. `is_public_authority`: whether the Freedom of Information Act binds it.

    `sub_groups`: those whose chairs may sign in.
    """

    name: Text
    area_code: Text
    marking: Text
    first_period: Text
    synthetic: bool = False
    is_public_authority: bool = False
    sub_groups: tuple[Text, ...] = ()


class Audience(Entry):
    """Who a release is for and what its disclosure policy hides (measures.md §4); disclosure.toml says what each means."""

    id: Literal["executive", "partnership", "public"]
    title: Text
    marking: Text
    hide_from: Annotated[int, Field(ge=1)] = 1
    hide_to: Annotated[int, Field(ge=1)] = 5
    secondary: bool = True
    hide_zeros: bool = False
    round_to: Annotated[int, Field(ge=2)] | None = None
    drops_wards: bool = False
    drops_accounts: bool = False
    drops_agencies_judged: bool = False
    never_exact: tuple[Identifier, ...] = ()
    # Never written in disclosure.toml: they follow from the agreements (under_agreements.py).
    exact_totals_from: tuple[Identifier, ...] = ()
    withheld_from: tuple[Identifier, ...] = ()
    withheld_kinds: tuple[Identifier, ...] = ()
    withheld_in_part: tuple[Identifier, ...] = ()
    withheld_logs: tuple[tuple[Identifier, Identifier], ...] = ()

    @model_validator(mode="after")
    def can_be_kept(self) -> Audience:
        """Name a threshold that hides nothing, and what only the agreements may say."""
        faults: list[str] = []
        if self.hide_from > self.hide_to:
            faults.append("hide_from is larger than hide_to")
        follows = "follows from the agreements: record them in agreements.toml, and take it out"
        derived = ("exact_totals_from", "withheld_from", "withheld_kinds", "withheld_in_part", "withheld_logs")
        faults += [f"{name} {follows}" for name in derived if getattr(self, name)]
        if faults:
            raise ValueError("; ".join(faults))
        return self
