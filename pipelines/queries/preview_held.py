"""The preview for agencies held against the event log: they are to be shown what was made for them, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.queries.pointer import digest, pointed
from pipelines.queries.preview import AUDIENCE, is_as_made, preview_folder
from pipelines.store.chain import Fault
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.store.opening import Connection

_AGAIN = "so nobody is shown it. Make the preview again."


def faults(home: Path, connection: Connection) -> Iterator[Fault]:
    """Where the file that is open to agencies is none that was logged as made.

    A preview that is gone is no fault: it is no publication, a release takes it away, and it is made again with one press.
    """
    try:
        now = pointed(preview_folder(home), AUDIENCE)
    except UserError:
        yield Fault(0, f"The pointer to the preview for agencies cannot be read, {_AGAIN}")
        return
    if now is not None and now.path.exists() and not is_as_made(connection, now.publication_id, _digest(now.path)):
        yield Fault(
            0, f"The preview for agencies, {now.publication_id}, is not a file that was logged as made, {_AGAIN}"
        )


def _digest(path: Path) -> str:
    """The SHA-256 of what lies there; empty where it is no file, or one that nobody may read."""
    try:
        return digest(path)
    except OSError:
        return ""
