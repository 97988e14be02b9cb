"""What a release that was cut off left behind: finished where it had been logged, else cleared away.

A release is an act from the moment the event log has it. Before that nobody has heard of it, and its file goes; after it
the pointer is all that is missing, and is put in place. The log holds the sha256 of the file, so that nothing else can
take its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.publishing.writing import point, seal
from pipelines.queries.pointer import digest, every, folder, latest_whole, pointed, seal_of
from pipelines.queries.withdrawn import is_withdrawn
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def finish(home: Path, audience: str, logged: Mapping[str, str]) -> list[str]:
    """Finish or clear away what was cut off, and give the ids that were finished; for the one who is `alone`.

    `logged`: of every release in the event log that says so, its id and the sha256 of its file. Where the pointer cannot
    be read nothing is decided: the next release writes a new one.
    """
    try:
        now = pointed(home, audience)
    except UserError:
        return []
    newest = now.publication_id if now else ""
    for each in every(home, audience):
        if not each.sha256:  # of an earlier version of Throughline, or cut off between the pointer and the seal
            seal(home, audience, each.publication_id, digest(each.path))
    finished: list[str] = []
    for path in sorted(folder(home, audience).glob("*.duckdb")):
        if path.stem <= newest or seal_of(path).exists() or is_withdrawn(path):
            continue
        if logged.get(path.stem) != digest(path):
            path.unlink()
            continue
        before = latest_whole(home, audience)
        point(home, audience, path.stem, logged[path.stem], before.publication_id if before else None)
        seal(home, audience, path.stem, logged[path.stem])
        finished.append(path.stem)
    return finished
