"""A frame's rows as plain values, for code that reads one row at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import pandas as pd


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Every row by column name; column names here are always text.

    Column by column, which takes a fraction of what pandas' own `to_dict("records")` does.
    """
    names = [str(name) for name in frame.columns]
    columns = [frame.iloc[:, number].tolist() for number in range(len(names))]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def only(frame: pd.DataFrame, label: str) -> pd.Series | None:
    """The one row of a label, None where there is none."""
    return cast("pd.Series", frame.loc[label]) if label in frame.index else None


def number(value: Any) -> float | None:  # noqa: ANN401 - a cell of any frame
    """A cell as a number; None where it is missing."""
    import pandas as pd

    return None if value is None or pd.isna(value) else float(value)
