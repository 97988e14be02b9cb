"""What a kind of return is made of: its sheets, its columns, what a new submission replaces."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from schemas.returns.meaning import known_by

if TYPE_CHECKING:
    from collections.abc import Mapping

Held = Literal[
    "text", "number", "period", "marker", "tick", "reference", "words", "body", "day", "whole", "choice", "agency", "indicator",
    "statement",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: the heading analysts see, the other headings it answers to, what its cells hold.

    `answer` columns are the ones an agency fills: a row with none of them filled is not supplied. In a log, `choices`
    names the list a choice is taken from (a list of the catalogue or a breakdown), `refers` the sheet a reference must
    be found on, `needed` says that the row means nothing without it, `longest` how many characters words may have. A
    `body` is the name of an organisation, a `statement` the ID of one of a self-assessment.

    `from_cover` names the answer of the cover that a row takes: always where it is not an `answer`, else where the cell is
    empty. `given` columns are printed for reading and never kept; those not `printed` stand in no template. `keeper`
    columns are the business unit's to fill when it moderates: from anybody else they leave what stood, and one that
    `notes` another column keeps what that said when they were filled.
    """

    name: str
    heading: str
    aliases: tuple[str, ...] = ()
    holds: Held = "text"
    answer: bool = False
    width: int = 14
    hint: str = ""
    choices: str = ""
    refers: str = ""
    needed: bool = False
    longest: int = 600
    from_cover: str = ""
    given: bool = False
    printed: bool = True
    keeper: bool = False
    notes: str = ""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet of a return: its columns, and which of them it cannot be read without.

    Of a log also the columns that name a record (`key`: a later row with the same key takes its place), and in a
    sentence what the sheet is for. A sheet `only_for` one instrument is asked of nobody who answers another; one whose
    `rows_given` has its rows printed, and no room for others.
    """

    name: str
    columns: tuple[Column, ...]
    required: tuple[tuple[str, ...], ...] = ()
    key: tuple[str, ...] = ()
    what_for: str = ""
    only_for: str = ""
    rows_given: bool = False

    @property
    def headings(self) -> dict[str, str]:
        """Every heading's meaning → the column's name."""
        read = (c for c in self.columns if c.printed)
        return known_by((c.name, (c.heading, c.name.replace("_", " "), *c.aliases)) for c in read)

    @property
    def answers(self) -> tuple[str, ...]:
        """The columns an agency fills."""
        return tuple(c.name for c in self.columns if c.answer)

    @property
    def printed(self) -> tuple[Column, ...]:
        """The columns a template has."""
        return tuple(c for c in self.columns if c.printed)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(c for c in self.columns if c.name == name)


@dataclass(frozen=True, slots=True)
class OlderTemplate:
    """A template that was sent out before: how it differs from the present one, and the last period it was made for."""

    differs: str
    until: str


@dataclass(frozen=True)
class Kind:
    """A kind of return: everything the reader, the template and the store need to know of it.

    `identity` is what a new submission replaces. `older_templates` are the known earlier versions: a
    return for one of their own years is right to use them. `data` sheets hold the rows the rules judge; `notes` are the sheets beside them.

    A kind with `more` sheets, or whose `data` has a key, is a log: its records are kept one by one. Each submission adds
    records and corrects those it names; what it does not name stands. `row_word` is what one row is called.
    """

    id: str
    title: str
    template_version: str
    identity: tuple[str, ...]
    data: SheetLayout
    paste: str = ""
    notes: tuple[SheetLayout, ...] = ()
    more: tuple[SheetLayout, ...] = ()
    row_word: tuple[str, str] = ("figure", "figures")
    in_short: tuple[str, ...] = ()
    cover: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    unread: tuple[str, ...] = ("Instructions", "Lists", "Problems", "Problems found")
    older_templates: Mapping[str, OlderTemplate] = field(default_factory=lambda: MappingProxyType({}))
    protected_counts: tuple[str, ...] = ()
    publication_tables: tuple[str, ...] = ()
    every: Literal["quarter", "year"] = "quarter"
    from_respondents: bool = False

    @property
    def is_log(self) -> bool:
        """Whether its records are kept one by one, each under its own key."""
        return bool(self.data.key)

    @property
    def sheets(self) -> tuple[SheetLayout, ...]:
        """The sheets whose rows are the return."""
        return (self.data, *self.more)

    def sheet(self, name: str) -> SheetLayout:
        """The sheet of that name."""
        return next(layout for layout in self.sheets if layout.name == name)


# What the cover of every log asks.
LOG_COVER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "template_version": ("template version", "version", "template"),
        "kind": ("kind", "kind of return", "return", "return type", "type of return"),
        "agency": ("agency", "organisation", "agency id", "agency name", "sent by"),
        "period": ("period", "quarter", "reporting period", "period id"),
        "prepared_by_role": ("prepared by role", "prepared by", "completed by role", "completed by"),
        "approved_by_role": ("approved by role", "approved by", "signed off by", "sign off role"),
        "approved_on": ("approved on", "date approved", "sign off date", "approval date"),
    }
)
