"""That somebody took figures away as a file is put in the event log: after that, no page can say who holds them."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.reports import tables
from pipelines.reports.whole import whole
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.problems import UserError

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from pipelines.reports.marked import Marked
    from schemas.actors import Actor


@dataclass(frozen=True, slots=True)
class Taken:
    """One file that was taken away.

    `what` is an id, such as `figures` or `indicator.rep_04`; `audience` and `publication` say where it is from, empty where
    it is from no publication.
    """

    what: str
    form: str
    rows: int
    marking: str
    audience: str = ""
    publication: str = ""


def write(  # noqa: PLR0913, PLR0917 - where, who, what, whereto, when
    home: Path, actor: Actor, taken: Taken, out: Path, table: pd.DataFrame, at: datetime, *, title: str, marked: Marked
) -> None:
    """Write a table to a file and put that in the event log: both, or neither. UserError where either cannot be written."""
    try:
        with tempfile.TemporaryDirectory(prefix="throughline-") as folder, ExitStack() as parts:
            tables.write(Path(folder) / out.name, table, title=title, marked=marked)
            for made in Path(folder).iterdir():
                parts.enter_context(whole(out.with_name(made.name))).write_bytes(made.read_bytes())
            note(home, actor, taken, at)
    except OSError as why:
        raise UserError(f"{out} cannot be written: {why.strerror}.") from why


def note(home: Path, actor: Actor, taken: Taken, at: datetime) -> None:
    """Put in the event log that a file was taken away. UserError where the vault cannot be written: then it is not given.

    A member of the public takes only what is published for all, and is nobody in particular: the log would tell nothing,
    and anybody could fill it.
    """
    if actor.role == "public":
        return
    detail: dict[str, Any] = {"form": taken.form, "rows": taken.rows, "marking": taken.marking}
    if taken.publication:
        detail |= {"audience": taken.audience, "publication": taken.publication}
    with transaction(home, write=True) as connection:
        events.append(connection, actor, "export.made", taken.what, detail, at=at)
