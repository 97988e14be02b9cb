"""Publication files written by hand, each with one leak in it: what a careless release would say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from schemas.catalogue import catalogue
from schemas.published.tables import TABLES
from tests.pipelines.releases import LEEDS

if TYPE_CHECKING:
    from pathlib import Path

    from schemas.published.tables import Column

_EMPTY: dict[str, Any] = {
    "text": "",
    "prose": "",
    "number": 0.0,
    "whole": 0,
    "yes_no": False,
    "moment": pd.Timestamp(0),
}
_EMPTY |= {"day": pd.Timestamp(0)}


def planted(
    path: Path, *figures: dict[str, Any], audience: str = "partnership", **tables: list[dict[str, Any]]
) -> Path:
    """A publication file that says this and nothing else."""
    said = {"publication": [{"audience": audience}], "figure": list(figures)} | tables
    with duckdb.connect(str(path)) as file:
        for table in TABLES.values():
            file.execute(table.ddl())
            for row in said.get(table.name, []):
                values = [row.get(column.name, _blank(column)) for column in table.columns]
                file.execute(f"insert into {table.name} values ({', '.join('?' * len(values))})", values)  # noqa: S608 - our own names
    return path


def _blank(column: Column) -> Any:
    return None if column.optional else _EMPTY[column.type]


def line(indicator_id: str, numerator: float | None, denominator: float | None = None, **where: Any) -> dict[str, Any]:
    """One published figure; None is hidden."""
    counts = {"numerator": numerator, "denominator": denominator}
    hidden = numerator is None or (denominator is None and catalogue().indicators[indicator_id].denominator is not None)
    place = {"period_id": "2025-26-Q1", "agency_id": "all", "area_id": LEEDS, "breakdown": "all", "category": "all"}
    return {"indicator_id": indicator_id, "marker": "c" if hidden else ""} | counts | place | where


def split(indicator_id: str, breakdown: str, *counts: float | None, **where: Any) -> list[dict[str, Any]]:
    """One published figure a category, in the catalogue's order."""
    names = [category.id for category in catalogue().breakdowns[breakdown].categories]
    pairs = zip(names, counts, strict=True)
    return [line(indicator_id, count, breakdown=breakdown, category=name, **where) for name, count in pairs]
