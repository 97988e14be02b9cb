"""Official statistics held against what the event log says was loaded of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.queries.log_said import LOADED
from pipelines.store import fingerprints
from pipelines.store.chain import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.queries.log_said import Entry
    from pipelines.store.opening import Connection

_FILES = "select file_sha256 from benchmark_file union select file_sha256 from benchmark union select file_sha256 from neighbour"


def faults(connection: Connection, logged: Sequence[Entry]) -> tuple[list[Fault], bool]:
    """What is wrong with them, and whether they are there and the log has no fingerprint of them.

    Each loading has one of all that is there after it, so only the last counts: a rate follows its population when another file
    brings that anew.
    """
    loaded = [(entry.position, entry.told) for entry in logged if entry.action == LOADED]
    there = {sha256 for (sha256,) in connection.execute(_FILES).fetchall()}
    strange = sorted(there - {str(said.get("file_sha256")) for _, said in loaded})
    found = [
        Fault(
            0,
            f"Official statistics of a file {sha256[:12]}… lie in the vault, and the log has no entry of their loading.",
        )
        for sha256 in strange
    ]
    if not loaded:
        return found, False
    position, said = loaded[-1]
    meant = said.get("tables_sha256")
    if not meant:
        return found, bool(there)
    if fingerprints.official(connection) != meant:
        found.append(
            Fault(0, f"The official statistics in the vault are not those that were there after entry {position}.")
        )
    return found, False
