"""The record of a prepared release held against the event log: who prepared which files, and every word of the record.

The record lies in the home and can be written by whoever can write there; what its entries say cannot, without showing it.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pipelines.queries.prepared import DISCARDED, prepared
from pipelines.store import events
from pipelines.store.chain import Fault, canonical, facts
from schemas.acts import LOGIN
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.queries.prepared import Prepared
    from pipelines.store.opening import Connection

ACTION = "publication.prepared"
_WHOLE = "record_sha256"


def fingerprint(record: Prepared) -> str:
    """The SHA-256 of everything a record says, in one spelling: also its labels, what it rests on, and what it counts."""
    return hashlib.sha256(canonical(asdict(record)).encode()).hexdigest()


def details(record: Prepared) -> dict[str, dict[str, Any]]:
    """What the entry of each file of a record holds, by the id of its publication."""
    whole = fingerprint(record)
    return {
        one.publication_id: {
            "audience": one.audience,
            "sha256": one.sha256,
            "hidden": one.hidden,
            "shown": one.shown,
            "agreements": record.agreements,
            _WHOLE: whole,
        }
        for one in record.files
    }


def is_as_logged(connection: Connection, record: Prepared) -> bool:
    """Whether the log has that just this was prepared, by name and by login, for all the audiences it was made for.

    One login under two names is one person. Entries of earlier versions have no fingerprint of the whole, and do not count.
    """
    return _is_like(_logged(connection, record), details(record))


def faults(home: Path, connection: Connection) -> Iterator[Fault]:
    """Where the record that lies in a home is not what was logged; one that the log has as taken away is only left over."""
    try:
        record = prepared(home)
    except UserError as why:
        yield Fault(0, str(why))
        return
    if record is None or any(events.happened(connection, DISCARDED, one.publication_id) for one in record.files):
        return
    logged, said = _logged(connection, record), details(record)
    if logged and not any(_WHOLE in each for each in logged.values()):  # by an earlier version: to be prepared again
        said = {name: {key: value for key, value in each.items() if key != _WHOLE} for name, each in said.items()}
    if not _is_like(logged, said):
        yield Fault(
            0,
            "What is prepared to be released is not what the log says was prepared, or not by whom. It cannot be released: "
            "prepare it again.",
        )


def _logged(connection: Connection, record: Prepared) -> dict[str, dict[str, Any]]:
    """What the log has of what this person prepared at that moment under that login, by the id of the publication."""
    entries = [
        (each["subject"], facts(each["detail"]))
        for each in events.of(connection, ACTION)
        if (each["actor"], each["happened_at"]) == (record.prepared_by, record.at.isoformat())
    ]
    return {subject: said for subject, said in entries if said.get(LOGIN, "") == record.login}


def _is_like(logged: dict[str, dict[str, Any]], said: dict[str, dict[str, Any]]) -> bool:
    return logged.keys() == said.keys() and all(each.items() <= logged[name].items() for name, each in said.items())
