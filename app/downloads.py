"""Tables a reader takes away: as CSV or as a workbook, marked, with nothing in them that a spreadsheet would run."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.reports import tables

if TYPE_CHECKING:
    import pandas as pd

    from app.session import Visit


def as_file(table: pd.DataFrame, ending: str, title: str, visit: Visit) -> bytes:
    """The table in the form its ending names, with the marking of the open publication."""
    head = visit.header
    marking = f"{head.marking}{' · SYNTHETIC' if head.synthetic else ''} · {head.partnership}" if head else ""
    with tempfile.TemporaryDirectory(prefix="throughline-") as folder:
        out = Path(folder) / f"table.{ending}"
        tables.write(out, table, title=title, marking=marking)
        return out.read_bytes()
