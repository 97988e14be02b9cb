"""Publication tables as frames and rows; the one place queries meet SQL's results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.queries.pointer import Pointer, opened

if TYPE_CHECKING:
    import pandas as pd


def frame(pointer: Pointer, query: str, values: list[Any] | None = None) -> pd.DataFrame:
    """The result of a query as a frame; missing numbers are NaN, missing text None."""
    with opened(pointer) as connection:
        return connection.execute(query, values or []).df()


def rows(pointer: Pointer, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
    """The result of a query as plain rows, None for what is missing."""
    return many(pointer, [(query, values or [])])[0]


def many(pointer: Pointer, queries: list[tuple[str, list[Any]]]) -> list[list[dict[str, Any]]]:
    """Several results over one connection."""
    with opened(pointer) as connection:
        results: list[list[dict[str, Any]]] = []
        for query, values in queries:
            found = connection.execute(query, values)
            names = [column[0] for column in found.description or []]
            results.append([dict(zip(names, row, strict=True)) for row in found.fetchall()])
        return results
