"""Rows of a frame picked one by one, and as records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd


def picked_by(cells: pd.DataFrame, flags: Iterable[object]) -> pd.DataFrame:
    """The rows whose flag is true, one flag a row.

    A list of no flags would pick columns and not rows: pandas takes it for a list of names.

    >>> import pandas as pd
    >>> len(picked_by(pd.DataFrame({"a": [1, 2]}), [True, False])), list(picked_by(pd.DataFrame({"a": []}), []).columns)
    (1, ['a'])
    """
    return cells.iloc[np.flatnonzero(np.fromiter(map(bool, flags), dtype=bool))]


def records(cells: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, each by the names of its columns."""
    return [{str(name): value for name, value in row.items()} for row in cells.to_dict("records")]


def grouped(cells: Iterable[dict[str, Any]], *names: str) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    """Records by what some of their columns say, each group in their order.

    >>> grouped([{"a": 1, "b": 2}, {"a": 1, "b": 3}], "a")
    {(1,): [{'a': 1, 'b': 2}, {'a': 1, 'b': 3}]}
    """
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for cell in cells:
        groups.setdefault(tuple(cell[name] for name in names), []).append(cell)
    return groups
