"""How many texts that somebody wrote a release that is made and not yet written would be the first to show its readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.queries.first_said import flag_of_written, once, unread
from schemas.published.prose import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from pipelines.publishing.releasing import Made


def first_time(home: Path, made: Made) -> int:
    """The count, by the same rule as the list that is read before a prepared release."""
    return len(unread(home, made.order.audience, once(_said(made.tables))))


def _said(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, str]]:
    for name, columns in WRITTEN.items():
        if name not in tables:
            continue
        table = tables[name]
        for column in columns:
            flag = flag_of_written(name, column)
            values = table[column] if flag is None else table[column][table[flag].astype(bool)]
            yield from ((f"{name}.{column}", str(value)) for value in values.dropna().unique() if value)
