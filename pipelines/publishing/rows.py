"""A frame's rows as plain values, for code that reads one row at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


def rows(frame: pd.DataFrame) -> list[Row]:
    """Every row by column name; column names here are always text.

    Column by column, which takes a fraction of what pandas' own `to_dict("records")` does.
    """
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in tuples(frame)]


def tuples(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Every row as a bare tuple; as with `rows`, made column by column.

    >>> import pandas as pd
    >>> tuples(pd.DataFrame({"agency_id": ["police", "icb"], "numerator": [12.0, 9.0]}))
    [('police', 12.0), ('icb', 9.0)]
    """
    return list(zip(*(column.tolist() for _, column in frame.items()), strict=True))


def rows_by(frame: pd.DataFrame, name: str) -> dict[str, list[Row]]:
    """The rows of each value of a column, in order.

    >>> import pandas as pd
    >>> rows_by(pd.DataFrame({"agency_id": ["police", "icb", "police"], "numerator": [12, 9, 7]}), "agency_id")["police"]
    [{'agency_id': 'police', 'numerator': 12}, {'agency_id': 'police', 'numerator': 7}]
    """
    found: dict[str, list[Row]] = {}
    for row in rows(frame):
        found.setdefault(row[name], []).append(row)
    return found


def number(value: Any) -> float | None:  # noqa: ANN401 - a cell of any frame
    """A cell as a number; None where it is missing."""
    import pandas as pd

    return None if value is None or pd.isna(value) else float(value)
