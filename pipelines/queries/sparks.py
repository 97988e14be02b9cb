"""Small lines beside a figure: values, the usual range behind them, and how the last point is marked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.queries.reading import rows

if TYPE_CHECKING:
    from pipelines.queries.pointer import Pointer


@dataclass(frozen=True, slots=True)
class Spark:
    """A series in small: values and range in the indicator's unit, None for a gap; `phases` counts up where a definition changed."""

    values: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    markers: tuple[str, ...]
    point_types: tuple[str, ...]
    periods: tuple[str, ...]
    variation: str
    phases: tuple[int, ...] = ()


def sparks(pointer: Pointer) -> dict[str, Spark]:
    """The whole-area line of every indicator, by indicator."""
    points = rows(
        pointer,
        "select p.indicator_id, p.period_id, p.value, p.lower, p.upper, p.marker, p.point_type, p.phase, s.variation "
        "from series_point p join series s using (indicator_id, agency_id, area_id, breakdown, category) "
        "where p.agency_id = 'all' order by p.indicator_id, p.position",
    )
    grouped: dict[str, list[dict[str, object]]] = defaultdict(list)
    for point in points:
        grouped[str(point["indicator_id"])].append(point)
    return {i: _spark(found) for i, found in grouped.items()}


def _spark(points: list[dict[str, object]]) -> Spark:
    def column(name: str) -> tuple[object, ...]:
        return tuple(p[name] for p in points)

    return Spark(
        values=column("value"),  # pyright: ignore[reportArgumentType] - typed by the publication's model
        lower=column("lower"),  # pyright: ignore[reportArgumentType]
        upper=column("upper"),  # pyright: ignore[reportArgumentType]
        markers=column("marker"),  # pyright: ignore[reportArgumentType]
        point_types=column("point_type"),  # pyright: ignore[reportArgumentType]
        periods=column("period_id"),  # pyright: ignore[reportArgumentType]
        variation=str(points[-1]["variation"]),
        phases=column("phase"),  # pyright: ignore[reportArgumentType]
    )
