"""What several eyes see of the same thing, and what is known of each agency, as a publication tells it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

from pipelines.queries.present import present
from pipelines.queries.reading import rows
from schemas.periods import parse

if TYPE_CHECKING:
    from datetime import date

    from pipelines.queries.pointer import Pointer

ALL = "all"
Fact = TypeVar("Fact", "Compared", "Cell")


@dataclass(frozen=True, slots=True)
class Compared:
    """One thread in one year: what each eye sees of one agency, or of all together, and how far they are apart."""

    year_id: str
    thread_id: str
    agency_id: str
    thread: str
    agency: str
    self_percent: float | None
    self_words: str
    moderated_percent: float | None
    moderated_words: str
    audit_percent: float | None
    audit_words: str
    indicator_words: str
    survey_percent: float | None
    survey_words: str
    disagreement: float | None
    disagreement_words: str
    contrary_words: str
    sentence: str

    @property
    def is_of_all(self) -> bool:
        """Whether it is of all agencies together."""
        return self.agency_id == ALL

    @property
    def is_compared(self) -> bool:
        """Whether at least two eyes have enough behind them."""
        return self.disagreement is not None

    @property
    def is_apart(self) -> bool:
        """Whether the eyes are apart, or contradict full marks: what the page begins with."""
        return bool(self.contrary_words) or self.disagreement_words in ("Far apart", "Apart")

    @property
    def figures(self) -> tuple[str, ...]:
        """The thread's indicators, a line each."""
        return tuple(self.indicator_words.split("\n")) if self.indicator_words else ()

    @property
    def places(self) -> tuple[tuple[str, float], ...]:
        """Where each eye lies from 0 to 100, of those that are there."""
        known = {
            "self": self.self_percent,
            "moderated": self.moderated_percent,
            "audit": self.audit_percent,
            "survey": self.survey_percent,
        }
        return tuple((name, percent) for name, percent in known.items() if percent is not None)


@dataclass(frozen=True, slots=True)
class Cell:
    """One aspect of one agency: its state, the facts with their date, and where to see them."""

    agency_id: str
    aspect: str
    agency: str
    partner: str
    partner_words: str
    aspect_words: str
    state: str
    state_words: str
    words: str
    evidence_page: str
    evidence_query: str
    as_of: date | None

    @property
    def evidence(self) -> str:
        """The address of what shows it."""
        return f"{self.evidence_page}{'?' if self.evidence_query else ''}{self.evidence_query}"


@dataclass(frozen=True, slots=True)
class Line:
    """One agency with its aspects, in the order of the catalogue."""

    agency_id: str
    agency: str
    partner: str
    partner_words: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Assurance:
    """Everything the page shows: threads in the order of their disagreement, and a line an agency."""

    audience: str
    compared: tuple[Compared, ...]
    lines: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no eye has seen anything and there is no agency to speak of; figures alone compare with nothing."""
        return not self.lines and not any(one.places for one in self.compared)

    @property
    def is_public(self) -> bool:
        """Whether the publication is for everybody, which holds none of this."""
        return self.audience == "public"

    @property
    def years(self) -> tuple[tuple[str, str], ...]:
        """The years there are, the latest first: id and words."""
        return tuple((each, parse(each).short) for each in dict.fromkeys(one.year_id for one in self.compared))

    @property
    def partners(self) -> tuple[tuple[str, str], ...]:
        """The sectors there are: id and words."""
        return tuple(dict.fromkeys((line.partner, line.partner_words) for line in self.lines))

    def asked(self, year_id: str, partner: str) -> Assurance:
        """The same of one year and one sector; an empty word, or one that is not there, asks for the latest and for all.

        What is said of all agencies together stays whichever sector is asked for.
        """
        years, partners = [year for year, _ in self.years], [each for each, _ in self.partners]
        year = year_id if year_id in years else next(iter(years), "")
        wanted = partner if partner in partners else ""
        lines = tuple(line for line in self.lines if wanted in ("", line.partner))
        mine = {ALL, *(line.agency_id for line in lines)}
        kept = (one for one in self.compared if one.year_id == year and (not wanted or one.agency_id in mine))
        return Assurance(self.audience, tuple(kept), lines)

    def apart(self) -> tuple[Compared, ...]:
        """What begins the page, the widest first: of agencies where they are named, else of all together."""
        own = tuple(one for one in self.compared if not one.is_of_all)
        return tuple(one for one in own or self.compared if one.is_apart)

    def contrary(self) -> tuple[Compared, ...]:
        """Full marks that others contradict."""
        return tuple(one for one in self.compared if one.contrary_words)

    def of_all(self) -> tuple[Compared, ...]:
        """Each thread for all agencies together, the widest disagreement first."""
        return tuple(one for one in self.compared if one.is_of_all)

    def of_thread(self, thread_id: str) -> tuple[Compared, ...]:
        """One thread agency by agency, by sector and the alphabet: nobody is ranked."""
        order = {line.agency_id: place for place, line in enumerate(self.lines)}
        mine = [one for one in self.compared if one.thread_id == thread_id and not one.is_of_all]
        return tuple(sorted(mine, key=lambda one: order.get(one.agency_id, len(order))))


def assurance(pointer: Pointer) -> Assurance:
    """All of it; a publication made before there was any holds nothing."""
    audience = rows(pointer, "select audience from publication")[0]["audience"]
    compared = present(pointer, "triangulation", "contrary_words", _COMPARED, [])
    cells = [_fact(Cell, row) for row in present(pointer, "assurance", "state", _CELLS, [])]
    by_agency: dict[str, list[Cell]] = {}
    for cell in cells:
        by_agency.setdefault(cell.agency_id, []).append(cell)
    lines = tuple(
        Line(agency_id, of[0].agency, of[0].partner, of[0].partner_words, tuple(of))
        for agency_id, of in by_agency.items()
    )
    return Assurance(audience, tuple(_fact(Compared, row) for row in compared), lines)


def _fact(kind: type[Fact], row: dict[str, Any]) -> Fact:
    return kind(**{each.name: row[each.name] for each in fields(kind)})


_COMPARED = "select * from triangulation order by position"
_CELLS = "select * from assurance order by position"
