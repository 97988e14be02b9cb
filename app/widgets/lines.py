"""A publication's small line turned into a picture and its alternative text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.sparkline import Line
from schemas.periods import parse

if TYPE_CHECKING:
    from pipelines.queries.sparks import Spark

_KINDS = {
    "special_cause_concern": "concern",
    "special_cause_improvement": "improvement",
    "special_cause_neutral_low": "unusual",
    "special_cause_neutral_high": "unusual",
}


def kind_of(point_type: str) -> str:
    """The mark of a point: concern, improvement, unusual, or usual.

    >>> kind_of("special_cause_neutral_low"), kind_of("common_cause")
    ('unusual', 'usual')
    """
    return _KINDS.get(point_type, "usual")


def line_of(spark: Spark) -> Line:
    """The line to draw."""
    kinds = tuple(kind_of(kind) for kind in spark.point_types)
    return Line(spark.values, spark.lower, spark.upper, kinds, spark.phases)


def alt_of(title: str, spark: Spark) -> str:
    """What the picture shows, for those who do not see it."""
    shown = [(p, v) for p, v in zip(spark.periods, spark.values, strict=True) if v is not None]
    if not shown:
        return f"{title}: no figures to draw."
    values = [value for _, value in shown]
    gaps = len(spark.values) - len(shown)
    hole = f" {gaps} not shown." if gaps else ""
    first, last = parse(shown[0][0]).short, parse(shown[-1][0]).short
    return (
        f"{title}, {first} to {last}: between {min(values):,.4g} and {max(values):,.4g}, last {values[-1]:,.4g}.{hole}"
    )
