"""What had been altered when an honest act gave it a new fingerprint: noted in the entry of the act, and a fault for good.

A removal for good, a publication written anew and a loading of official statistics each log what is there afterwards. What
somebody altered before would be taken for logged from then on. So each first holds what is there against the log, and its
entry says where it differed; the act is done all the same, as a child's name must go whatever else is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.queries import log_held, official_held, pointer, releases_logged, rows_held
from pipelines.queries.log_said import EXPUNGED, LOADED, entries, said
from pipelines.store import shape
from pipelines.store.chain import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from pipelines.store.opening import Connection

WAS_ALTERED = "was_altered"  # as the entries of these acts name the fact
_REWRITTEN = "publication.rewritten"


def submissions(connection: Connection) -> frozenset[str]:
    """The submissions of which the vault holds something else than was logged; all of them in a vault of another shape.

    Those the log has no fingerprint of are not among them for their rows.
    """
    logged = entries(connection)
    return frozenset(said(logged) if shape.faults(connection) else rows_held.altered(connection, logged))


def statistics(connection: Connection) -> bool:
    """Whether the official statistics are others than were logged after the last loading."""
    return bool(shape.faults(connection) or official_held.faults(connection, entries(connection))[0])


def publications(home: Path, connection: Connection, of: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of some publications, by audience and id, those whose file is not the one that was released."""
    return {
        (each.audience, each.publication_id)
        for each in releases_logged.released(connection)
        if (each.audience, each.publication_id) in of
        and log_held.is_another(pointer.file(home, each.audience, each.publication_id), each.sha256)
    }


def faults(connection: Connection) -> Iterator[Fault]:
    """A sentence for each thing that was altered before such an act, however long ago. It is not the entry that is bad."""
    for entry in entries(connection):
        altered = entry.told.get(WAS_ALTERED)
        if entry.action == EXPUNGED and isinstance(altered, list):
            for name in (str(each) for each in altered):
                yield Fault(
                    0,
                    f"What the vault held of {name} was not what was logged of it when something was removed for good in entry "
                    f"{entry.position}: what is left of it was logged as it was then.",
                )
        if entry.action == LOADED and altered:
            yield Fault(
                0,
                "The official statistics were not those that had been logged before, when others were loaded in entry "
                f"{entry.position}: what had not been replaced was logged as it was then.",
            )
    for position, subject, told in releases_logged.entries(connection, _REWRITTEN):
        if told.get(WAS_ALTERED):
            yield Fault(
                0,
                f"The publication {subject} was not the file that was released when something was removed from it in entry "
                f"{position}: what is left of it was logged as it was then.",
            )
