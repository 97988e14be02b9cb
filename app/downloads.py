"""Tables a reader takes away: as CSV or as a workbook, marked, with nothing in them that a spreadsheet would run."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.reports import tables
from schemas.actors import confirm

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from app.session import Visit


def as_file(table: pd.DataFrame, ending: str, title: str, visit: Visit) -> bytes:
    """The table in the form its ending names, with the marking of the open publication.

    UserError for whoever is no longer signed in, as what a button gives is made when it is pressed, on no run of the page.
    """
    confirm(visit.actor)
    head = visit.header
    marking = f"{head.marking}{' · SYNTHETIC' if head.synthetic else ''} · {head.partnership}" if head else ""
    with tempfile.TemporaryDirectory(prefix="throughline-") as folder:
        out = Path(folder) / f"table.{ending}"
        tables.write(out, table, title=title, marking=marking)
        return out.read_bytes()


def while_here(visit: Visit, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """What a button gives, made when it is pressed and only for whoever is still signed in then."""

    def made() -> bytes:
        confirm(visit.actor)
        return make()

    return made
