"""Professional concerns of a publication: how many, who raised them, with whom, about what, how far, how fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.queries.present import present
from pipelines.queries.reviews import year_figures
from schemas.periods import parse

if TYPE_CHECKING:
    from pipelines.queries.pointer import Pointer

RAISED, RESOLVED = "CR01", "CR02"
# Not sectors: those who could not be placed.
NOBODY = ("other", "not_known", "")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a split: None where its count is hidden to protect."""

    category: str
    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the process: how many of the year's closed concerns reached it, and kept its time; None where hidden."""

    title: str
    allowed: int
    reached: int | None
    in_time: int | None
    median_days: float | None


@dataclass(frozen=True, slots=True)
class ConcernYear:
    """A financial year of concerns: counts, and its splits by dimension; None where hidden to protect."""

    year: str
    raised: int | None
    closed: int | None
    in_time: int | None
    in_time_percent: float | None
    splits: dict[str, tuple[Part, ...]]
    steps: tuple[Step, ...]
    note: str

    @property
    def silent(self) -> tuple[str, ...]:
        """Sectors that raised none, as far as that is shown."""
        parts = self.splits.get("raised_by", ())
        return tuple(part.label for part in parts if part.count == 0 and part.category not in NOBODY)


def concerns(pointer: Pointer) -> tuple[ConcernYear, ...]:
    """The years that are over, the latest first; none of a publication made before concerns were logged."""
    figures = {(f.year, f.indicator_id): f for f in year_figures(pointer, [RAISED, RESOLVED])}
    splits, notes = _splits(pointer)
    steps = _steps(pointer)
    made: list[ConcernYear] = []
    for year in dict.fromkeys(year for year, _ in figures):
        raised, resolved = figures.get((year, RAISED)), figures.get((year, RESOLVED))
        made.append(
            ConcernYear(
                year=year,
                raised=_whole(raised.numerator if raised else None),
                closed=_whole(resolved.denominator if resolved else None),
                in_time=_whole(resolved.numerator if resolved else None),
                in_time_percent=resolved.value if resolved else None,
                splits=splits.get(year, {}),
                steps=tuple(steps.get(year, ())),
                note=notes.get(year, ""),
            )
        )
    return tuple(made)


def _splits(pointer: Pointer) -> tuple[dict[str, dict[str, tuple[Part, ...]]], dict[str, str]]:
    """Each year's splits, those by who raised a concern from the figures, the others from their own table."""
    found: dict[str, dict[str, list[Part]]] = {}
    notes: dict[str, str] = {}
    raised_by = (
        "select f.period_id as year_id, 'raised_by' as dimension, f.category, b.label, b.position, f.numerator as count, "
        "'' as note from figure f join breakdown b using (breakdown, category) where f.indicator_id = ? "
        "and f.breakdown = 'agency_about' and f.period_id like 'FY%' order by f.period_id, b.position"
    )
    rows = present(pointer, "figure", "indicator_id", raised_by, [RAISED])
    query = (
        "select year_id, dimension, category, label, position, count, note from concern_count "
        "order by year_id, dimension, position"
    )
    for row in [*rows, *present(pointer, "concern_count", "dimension", query, [])]:
        year = parse(row["year_id"]).short
        part = Part(row["category"], row["label"], _whole(row["count"]))
        found.setdefault(year, {}).setdefault(row["dimension"], []).append(part)
        if row["note"]:
            notes[year] = row["note"]
    return {year: {name: tuple(parts) for name, parts in each.items()} for year, each in found.items()}, notes


def _steps(pointer: Pointer) -> dict[str, list[Step]]:
    query = "select year_id, title, allowed, reached, in_time, median_days from concern_step order by year_id, position"
    found: dict[str, list[Step]] = {}
    for row in present(pointer, "concern_step", "clock_id", query, []):
        step = Step(row["title"], row["allowed"], row["reached"], row["in_time"], row["median_days"])
        found.setdefault(parse(row["year_id"]).short, []).append(step)
    return found


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)
