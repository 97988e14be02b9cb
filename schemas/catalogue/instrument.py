"""The shapes of a self-assessment: an instrument, its standards, and their statements, each with the years it holds for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, model_validator

from schemas.catalogue.entry import Entry, Identifier, Text
from schemas.periods import PeriodError, parse

if TYPE_CHECKING:
    from schemas.periods import Period

StandardId = Annotated[str, Field(pattern=r"^[A-Z]{2}\d{1,2}$")]
StatementId = Annotated[str, Field(pattern=r"^[A-Z]{2}\d{1,2}\.\d{1,2}$")]


class Standard(Entry):
    """One standard of an instrument, or one theme of the partnership's own."""

    title: Text


class Statement(Entry):
    """What an organisation says of itself, and what would show it.

    `critical`: not met, it flags the organisation whatever else it says. `since` and `until` are the financial years it
    is asked in; empty means as long as the instrument.
    """

    id: StatementId
    standard: StandardId
    text: Text
    evidence: Text
    critical: bool = False
    since: str = ""
    until: str = ""

    def is_asked_in(self, year: Period) -> bool:
        """Whether the statement belongs to a financial year's self-assessment."""
        after = not self.since or parse(self.since).start <= year.start
        return after and (not self.until or year.start <= parse(self.until).start)


class Instrument(Entry):
    """A list of statements that some sectors answer once a year; `law` is what asks for it, empty where nothing does.

    `confirmed` says that somebody has held the list against the law and guidance in force.
    """

    id: Identifier
    title: Text
    short: Text
    sentence: Text
    law: str = ""
    sectors: tuple[Identifier, ...]
    since: Text
    confirmed: bool = False
    standards: dict[StandardId, Standard]
    statements: tuple[Statement, ...]

    def asked_in(self, year: Period) -> tuple[Statement, ...]:
        """The statements of a financial year's round, in the order of the file; none before the instrument began."""
        if year.start < parse(self.since).start:
            return ()
        return tuple(statement for statement in self.statements if statement.is_asked_in(year))

    @model_validator(mode="after")
    def holds_together(self) -> Instrument:
        """Name statements of a standard that is not there, statements given twice, and years that are none."""
        faults = [
            f"{s.id} is of {s.standard}, which is no standard here"
            for s in self.statements
            if s.standard not in self.standards
        ]
        ids = [statement.id for statement in self.statements]
        faults += [f"{each} is there twice" for each in dict.fromkeys(ids) if ids.count(each) > 1]
        years = [self.since, *(year for s in self.statements for year in (s.since, s.until) if year)]
        faults += [
            f"“{year}” is no financial year; write FY2026-27" for year in dict.fromkeys(years) if not _is_year(year)
        ]
        if faults:
            raise ValueError("; ".join(faults))
        return self


def _is_year(text: str) -> bool:
    try:
        return parse(text).kind == "financial_year"
    except PeriodError:
        return False
