"""One answer for each different value of a column: thousands of rows have a few hundred different labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable


def by_value(cells: pd.Series, answer: Callable[[str], Any], dtype: str = "str") -> pd.Series:
    """Ask once for each different text, and give every row its answer (same index).

    >>> by_value(pd.Series(["a", "b", "a"], dtype="str"), str.upper).tolist()
    ['A', 'B', 'A']
    >>> by_value(pd.Series([], dtype="str"), len, "int64").tolist()
    []
    """
    codes, values = pd.factorize(cells)
    answers = np.empty(len(values), dtype=object)
    answers[:] = [answer(text) for text in values]
    return pd.Series(answers[codes], index=cells.index, dtype=dtype)  # pyright: ignore[reportArgumentType] - a name


def joined_keys(figures: pd.DataFrame, names: list[str]) -> list[str]:
    """Several columns as one text a row, to look up and group by a single key.

    >>> joined_keys(pd.DataFrame({"a": ["x"], "b": ["y"]}), ["a", "b"])
    ['x|y']
    """
    return ["|".join(parts) for parts in zip(*(figures[name].tolist() for name in names), strict=True)]
