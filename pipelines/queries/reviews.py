"""Serious incidents and reviews of a publication: clocks, decisions, the way to learning, and how each clock is set."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

from pipelines.queries.present import present
from schemas.periods import of_kind, parse

if TYPE_CHECKING:
    from datetime import date

    from pipelines.queries.pointer import Pointer

DEATHS, DEATH_REVIEWS = "CD01", "CD02"
_Shape = TypeVar("_Shape")


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of one incident or review, as it stood when the release was made."""

    clock_id: str
    reference: str
    title: str
    started_on: date | None
    due_on: date | None
    done_on: date | None
    state: str
    state_words: str
    left_days: int | None
    is_close: bool
    year_id: str
    words: str
    late_reason: str


@dataclass(frozen=True, slots=True)
class ClockYear:
    """One clock over one financial year: how many were due, and what became of them; None where hidden or not counted."""

    clock_id: str
    title: str
    year: str
    due: int | None
    met: int | None
    missed: int | None
    running: int | None


@dataclass(frozen=True, slots=True)
class Setting:
    """How one clock is set."""

    clock_id: str
    title: str
    sentence: str
    of: str
    starts_words: str
    may_start_words: str
    ends_words: str
    source: str
    confirmed: bool
    indicator_id: str


@dataclass(frozen=True, slots=True)
class Review:
    """One review with its decision, and how long learning and action took after its incident."""

    review_ref: str
    type_words: str
    incident_ref: str
    started_on: date | None
    decided_on: date | None
    decision_words: str
    decision_reason: str
    has_legal_point: bool
    panel_words: str
    published_on: date | None
    late_reason: str
    recommendations: int
    shared_days: int | None
    closed_days: int | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A middle number of days, of so many reviews."""

    title: str
    n: int
    median_days: float | None
    words: str


@dataclass(frozen=True, slots=True)
class TypeYear:
    """How many reviews of a type began in a financial year; None where hidden."""

    type_words: str
    year: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a financial year, as the release has it."""

    indicator_id: str
    year: str
    numerator: float | None
    denominator: float | None
    value: float | None
    marker: str


@dataclass(frozen=True, slots=True)
class Reviews:
    """Everything the release holds of incidents and reviews; `has_rows` where it shows them one by one."""

    has_rows: bool
    made_on: date
    year_id: str
    clocks: tuple[Clock, ...]
    years: tuple[ClockYear, ...]
    settings: tuple[Setting, ...]
    reviews: tuple[Review, ...]
    types: tuple[TypeYear, ...]
    measures: tuple[Measure, ...]
    deaths: tuple[Figure, ...]

    def those(self, state: str) -> tuple[Clock, ...]:
        """The clocks in one state, in the release's order."""
        return tuple(clock for clock in self.clocks if clock.state == state)

    @property
    def missed_this_year(self) -> tuple[Clock, ...]:
        """Clocks missed of those due in the financial year the release was made in."""
        return tuple(clock for clock in self.those("missed") if clock.year_id == self.year_id)

    @property
    def is_empty(self) -> bool:
        """Whether no log of incidents and reviews has come in."""
        return not self.clocks and not self.reviews and not self.years


def reviews(pointer: Pointer) -> Reviews:
    """What a publication holds of incidents and reviews; of one made before these tables, nothing."""
    made = present(pointer, "publication", "made_at", "select audience, made_at from publication", [])[0]
    settings = tuple(_shaped(Setting, row) for row in _of(pointer, "clock_setting", "clock_id", "position"))
    figures = year_figures(pointer, [DEATHS, DEATH_REVIEWS, *(s.indicator_id for s in settings if s.indicator_id)])
    return Reviews(
        has_rows=made["audience"] == "executive",
        made_on=made["made_at"].date(),
        year_id=of_kind("financial_year", made["made_at"].date()).id,
        clocks=clocks(pointer),
        years=_years(pointer, settings, figures),
        settings=settings,
        reviews=tuple(_shaped(Review, row) for row in _of(pointer, "review", "review_ref", "position")),
        types=_types(pointer),
        measures=tuple(_shaped(Measure, row) for row in _of(pointer, "review_measure", "measure_id", "position")),
        deaths=tuple(figure for figure in figures if figure.indicator_id in (DEATHS, DEATH_REVIEWS)),
    )


def clocks(pointer: Pointer) -> tuple[Clock, ...]:
    """The clocks of a publication: running first, the nearest to its end first of all. Only one audience has any."""
    return tuple(_shaped(Clock, row) for row in _of(pointer, "clock", "clock_id", "position"))


def year_figures(pointer: Pointer, indicator_ids: list[str]) -> tuple[Figure, ...]:
    """The whole-area figures of financial years, the latest first."""
    query = (
        "select indicator_id, period_id, numerator, denominator, value, marker from figure where breakdown = 'all' "
        "and agency_id = 'all' and area_id in (select area_id from publication) and period_id like 'FY%' "
        "and list_contains(?, indicator_id) order by period_id desc, indicator_id"
    )
    found = present(pointer, "figure", "indicator_id", query, [indicator_ids])
    return tuple(_shaped(Figure, row | {"year": parse(row["period_id"]).short}) for row in found)


def _years(pointer: Pointer, settings: tuple[Setting, ...], figures: tuple[Figure, ...]) -> tuple[ClockYear, ...]:
    """Each clock's years: counted one by one where the release does, else from the indicator that counts them."""
    rows = _of(pointer, "clock_count", "clock_id", "year_id desc, clock_id, position")
    by_key: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        by_key.setdefault((row["clock_id"], row["year_id"]), {"title": row["title"]})[row["state"]] = row["count"]
    counted = [
        ClockYear(
            clock_id, c["title"], parse(year).short, c.get("all"), c.get("met"), c.get("missed"), c.get("running")
        )
        for (clock_id, year), c in by_key.items()
    ]
    known = {clock_id for clock_id, _ in by_key}
    for setting in (s for s in settings if s.indicator_id and s.clock_id not in known):
        for figure in (f for f in figures if f.indicator_id == setting.indicator_id):
            due, met = _whole(figure.denominator), _whole(figure.numerator)
            missed = None if due is None or met is None else due - met
            counted.append(ClockYear(setting.clock_id, setting.title, figure.year, due, met, missed, None))
    order = [setting.clock_id for setting in settings]
    counted.sort(key=lambda each: order.index(each.clock_id))
    return tuple(sorted(counted, key=lambda each: each.year, reverse=True))


def _types(pointer: Pointer) -> tuple[TypeYear, ...]:
    rows = _of(pointer, "review_count", "review_type", "year_id desc, position")
    return tuple(TypeYear(row["type_words"], parse(row["year_id"]).short, row["count"]) for row in rows)


def _of(pointer: Pointer, table: str, column: str, order: str) -> list[dict[str, Any]]:
    """Every row of one of these tables; none in a publication made before it."""
    return present(pointer, table, column, f"select * from {table} order by {order}", [])  # noqa: S608 - our own names


def _shaped(shape: type[_Shape], row: dict[str, Any]) -> _Shape:
    """A row as one of the shapes above, which name the columns they read."""
    return shape(**{field.name: row[field.name] for field in fields(shape)})  # pyright: ignore[reportArgumentType] - a dataclass


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)
