"""Serious incidents and reviews of a publication: clocks, decisions, the way to learning, and how each clock is set."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from pipelines.queries.present import present
from pipelines.queries.review_facts import Clock, ClockYear, Figure, Measure, Review, Reviews, Setting, TypeYear
from schemas.periods import of_kind, parse

if TYPE_CHECKING:
    from pipelines.queries.pointer import Pointer

DEATHS, DEATH_REVIEWS = "CD01", "CD02"
_Shape = TypeVar("_Shape")


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
