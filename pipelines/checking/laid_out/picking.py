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
