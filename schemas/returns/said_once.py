"""A fault of a whole column is said once: a heading left out must not fill the screen with every row beneath it."""

from __future__ import annotations

import numpy as np
import pandas as pd

# So many rows alike, with not one that is right, are a fault of their column.
MANY = 20


def once_if_all(
    figures: pd.DataFrame, broken: pd.Series, among: pd.Series, column: str, *, filled: pd.Series | None = None
) -> pd.DataFrame:
    """The broken rows; where every row that could be right is broken, the first tells for all (`more`), the others are silent.

    `filled`: in which rows of all something stands in the column; where in none, two rows are enough.

    >>> frame = pd.DataFrame({"a": range(30)})
    >>> said = once_if_all(frame, frame["a"] >= 0, frame["a"] >= 0, "Out of")
    >>> int(said["silent"].sum()), said["more"].iloc[0]
    (29, ' The same holds for 29 more rows: the column Out of is missing, or empty.')
    """
    found = figures.index[broken.to_numpy(dtype=bool)]
    enough = 1 if filled is not None and not filled.any() else MANY
    is_all = len(found) > enough and len(found) == int(among.sum())
    rows = "one more row" if len(found) == 2 else f"{len(found) - 1:,} more rows"
    more = f" The same holds for {rows}: the column {column} is missing, or empty." if is_all else ""
    silent = np.full(len(found), is_all)
    silent[:1] = False
    return pd.DataFrame({"silent": silent, "more": pd.Series([more] * len(found), found, dtype="str")}, index=found)
