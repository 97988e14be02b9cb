"""One answer for each different value of a column: thousands of rows have a few hundred different labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from schemas.returns.labelled import OBJECT, Labelled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def by_value(cells: pd.Series, answer: Callable[[str], Any], dtype: str = "object") -> pd.Series:
    """Ask once for each different text, and give every row its answer (same index).

    >>> by_value(pd.Series(["a", "b", "a"]), str.upper).tolist()
    ['A', 'B', 'A']
    >>> by_value(pd.Series([], dtype="object"), len, "int64").tolist()
    []
    """
    found = Labelled.of(cells).answers(answer, dtype)
    return pd.Series(found, index=cells.index, dtype=found.dtype, copy=False)


def where_filled(cells: pd.Series, breaks: Callable[[str], bool]) -> pd.Series:
    """Where a cell is filled and breaks something.

    >>> where_filled(pd.Series(["", "a", "b"]), lambda text: text == "b").tolist()
    [False, False, True]
    """
    return by_value(cells, lambda text: bool(text.strip()) and breaks(text), "bool")


def joined_keys(figures: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Several columns as one text a row, to look up and group by a single key.

    >>> joined_keys(pd.DataFrame({"a": ["x"], "b": ["y"]}), ["a", "b"])
    ['x|y']
    """
    return list(map("|".join, zip(*(figures[name].tolist() for name in names), strict=True)))


def picked(figures: pd.DataFrame, where: pd.Series, *names: str) -> pd.DataFrame:
    """Some columns of the rows where something holds; quick where it holds nowhere, as it does in a good return.

    >>> picked(pd.DataFrame({"a": [1, 2], "b": [3, 4]}), pd.Series([False, True]), "b")["b"].tolist()
    [4]
    """
    rows = np.flatnonzero(where.to_numpy(dtype=bool))
    index = figures.index[rows]
    # Of the type they had: pandas would look at each text to find out that it is one.
    found = {
        name: pd.Series(figures[name].array[rows], index=index, dtype=figures[name].dtype, copy=False) for name in names
    }
    return pd.DataFrame(found, index=index, copy=False)


def texts(values: Sequence[object], index: pd.Index) -> pd.Series:
    """A column of text as plain objects: pandas' own text type is slow to take apart row by row."""
    return pd.Series(np.array(values, dtype=object), index=index, dtype=OBJECT)
