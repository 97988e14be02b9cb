"""Releases of invented returns as real publication files, and the editions an attacker gets of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing import release
from schemas.catalogue import catalogue
from schemas.periods import parse
from tests.attack.attacking import Attack
from tests.attack.cells import Edition, Truth, truth_of
from tests.pipelines.releases import AT, figure, inputs, order, sent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.attack.attacking import Leak

AUDIENCES = ("executive", "partnership", "public")
THROUGH = "2026-27-Q2"


def filed(  # noqa: PLR0913, PLR0917 - one argument a fact of the release
    home: Path,
    rows: list[dict[str, Any]],
    number: int,
    audience: str = "partnership",
    through: str = THROUGH,
    earlier: Sequence[list[dict[str, Any]]] = (),
) -> Path:
    """Publish these figures for an audience, as many days later as the number says; `earlier` ones stood before."""
    at = replace(order(label=f"Meeting {number}", at=AT + timedelta(days=number)), audience=audience)
    # Something must stand in the last quarter; a figure with no part in anything else.
    rows = [*_versioned(rows, number), figure("ED07", 500, period_id=through)]
    old = [row for version, before in enumerate(earlier) for row in _versioned(before, version)]
    stood = inputs(*rows, through=parse(through), replaced=sent(*old) if old else pd.DataFrame())
    return release(home, stood, at, {}, lambda _: None).path


def _versioned(rows: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    """The rows as they came in a return of their own."""
    return [row | {"submission_id": row["submission_id"].rpartition(".")[0] + f".v{number + 1}"} for row in rows]


def edition(
    home: Path,
    rows: list[dict[str, Any]],
    number: int,
    truth: Truth | None = None,
    earlier: Sequence[list[dict[str, Any]]] = (),
) -> Edition:
    """One partnership release and the truth behind it."""
    path = filed(home, rows, number, earlier=earlier)
    return Edition((path,), truth or truth_of(sent(*rows, figure("ED07", 500, period_id=THROUGH))))


def leaks_of(editions: Sequence[Edition]) -> list[Leak]:
    """What leaks after each of these releases in turn."""
    return [leak for last in range(1, len(editions) + 1) for leak in Attack(editions[:last]).leaks()]


def by(
    indicator_id: str,
    breakdown: str,
    counts: Sequence[float],
    sizes: Sequence[float | None] | None = None,
    **where: Any,
) -> list[dict[str, Any]]:
    """One figure a category, in the catalogue's order."""
    names = [category.id for category in catalogue().breakdowns[breakdown].categories]
    rows = zip(names, counts, sizes or [None] * len(names), strict=True)
    return [figure(indicator_id, n, size, breakdown=breakdown, category=name, **where) for name, n, size in rows]
