"""What a reader takes away from a page: marked by what it holds, safe to open, and put in the event log when it is pressed."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app import reading
from pipelines.flows import taking_away
from pipelines.flows.taking_away import Taken
from pipelines.reports import tables
from pipelines.reports.marked import Marked, of_contents, of_release
from schemas.actors import confirm
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

    from app.session import Visit
    from schemas.catalogue.marking import Content


def marked(
    visit: Visit, contents: Iterable[Content] = (), agency_ids: Iterable[str] = (), *, figures: bool = True
) -> Marked:
    """How something from the open publication is marked; `agency_ids`: whose figures it holds."""
    if visit.header is None or visit.pointer is None:
        return of_contents(contents)
    return of_release(visit.header, contents, reading.owners(visit.pointer).of(agency_ids), figures=figures)


def are_offered(visit: Visit) -> bool:
    """Whether files may be taken from the open publication: not from one that is prepared and not released."""
    return visit.header is None or not visit.header.is_prepared


def of_a_return() -> Marked:
    """How a file is marked that holds what an agency sent, before anything in it is protected."""
    return of_contents({"returns"})


def name(stem: str, ending: str, how: Marked) -> str:
    """The name of a file with its marking in it, which a csv has nowhere else: `scorecard-2026-27-Q2_OFFICIAL.csv`."""
    return f"{stem}_{how.in_a_name}.{ending}"


def table(  # noqa: PLR0913, PLR0917 - who takes what, called what, in which form, marked how
    visit: Visit, what: str, title: str, ending: str, how: Marked, make: Callable[[], pd.DataFrame]
) -> Callable[[], bytes]:
    """What makes the file once it is pressed, and puts it in the event log; nobody waits for a file they did not ask for."""

    def pressed() -> bytes:
        _may_be_taken(visit, how)
        made = make()
        content = as_file(made, ending, title, how)
        _note(visit, what, ending, len(made), how)
        return content

    return pressed


def content(visit: Visit, what: str, ending: str, how: Marked, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same for a file that is no table."""

    def pressed() -> bytes:
        _may_be_taken(visit, how)
        made = make()
        _note(visit, what, ending, 0, how)
        return made

    return pressed


def while_here(visit: Visit, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same for what is logged where it is made: made when it is pressed, and only for whoever is still signed in."""

    def pressed() -> bytes:
        confirm(visit.actor)
        return make()

    return pressed


def as_file(found: pd.DataFrame, ending: str, title: str, how: Marked) -> bytes:
    """The table in the form its ending names, with its marking and nothing a spreadsheet would run."""
    with tempfile.TemporaryDirectory(prefix="throughline-") as folder:
        out = Path(folder) / f"table.{ending}"
        tables.write(out, found, title=title, marked=how)
        return out.read_bytes()


def _may_be_taken(visit: Visit, how: Marked) -> None:
    """Asked again when it is pressed, which is on no run of the page. UserError for whoever may not have it."""
    confirm(visit.actor)
    if how.release and not are_offered(visit):
        raise UserError("What is prepared and not released is not taken away as a file.")


def _note(visit: Visit, what: str, ending: str, rows: int, how: Marked) -> None:
    """After the file is made and before anybody has it: what cannot be put in the log is not given."""
    audience, publication = (
        (visit.audience, visit.pointer.publication_id) if how.release and visit.pointer else ("", "")
    )
    taken = Taken(what, ending, rows, how.level, audience, publication)
    taking_away.note(visit.home, visit.actor, taken, datetime.now(UTC))
