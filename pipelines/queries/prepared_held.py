"""The record of a prepared release held against the event log: who prepared which files, and every word of the record.

The record lies in the home and can be written by whoever can write there, and its files too; what the entries say cannot be,
without showing it.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pipelines.queries.log_said import moment
from pipelines.queries.pointer import digest, file
from pipelines.queries.prepared import DISCARDED, prepared, prepared_folder
from pipelines.queries.releases_logged import CARRIED_OVER, RELEASED, WITHDRAWN
from pipelines.queries.under_way import is_under_way
from pipelines.store import agreements, events
from pipelines.store.chain import Fault, canonical, facts
from schemas.acts import LOGIN
from schemas.catalogue import catalogue
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.queries.prepared import Prepared
    from pipelines.store.opening import Connection

ACTION = "publication.prepared"
# What is prepared is alone under the lock of an audience of this name.
LOCK = "lock"
_WHOLE = "record_sha256"
# After any of these what was prepared before can no longer be let out, so nobody loses it.
_OVER = (DISCARDED, RELEASED, WITHDRAWN, CARRIED_OVER, "backup.restored")


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
    """Where the record or a file of what is prepared is not what was logged, or all of it is gone.

    What the log has as taken away is only left over.
    """
    try:
        record = prepared(home)
    except UserError as why:
        yield Fault(0, str(why))
        return
    if record is None:
        yield from _gone(home, connection)
        return
    if any(events.happened(connection, DISCARDED, one.publication_id) for one in record.files):
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
        return
    unlike = [*_of_the_files(home, record)]
    # Released or taken away meanwhile it is another: the record goes before the files.
    if unlike and prepared(home) == record:
        yield from unlike


def today() -> date:
    """The day by which what is prepared stands or no longer does, in UTC."""
    return datetime.now(UTC).date()


def _of_the_files(home: Path, record: Prepared) -> Iterator[Fault]:
    """Each file that is not the one the record, which is as it was logged, says was prepared."""
    for one in record.files:
        path = file(prepared_folder(home), one.audience, one.publication_id)
        if _digest(path) != one.sha256:
            how = "is not the file that was prepared" if path.exists() else "is missing"
            yield Fault(
                0,
                f"What is prepared for {catalogue().audiences[one.audience].title}, {one.publication_id}, {how}. It cannot be "
                "released: prepare it again.",
            )


def _digest(path: Path) -> str:
    """The SHA-256 of what lies there; empty where it is no file, or one that nobody may read."""
    try:
        return digest(path)
    except OSError:
        return ""


def _gone(home: Path, connection: Connection) -> Iterator[Fault]:
    """That nothing is prepared, though by the log something is that could still be let out.

    Whether a hand took it away or whoever prepared it was cut off between the entry and the record, the files cannot tell.
    """
    last = next(reversed(events.of(connection, ACTION)), None)
    if last is None or events.many_after(connection, _OVER, last["position"]):
        return
    if not is_under_way(prepared_folder(home), LOCK) and _may_still_be_released(home, last["happened_at"]):
        yield Fault(
            0,
            f"What was prepared in entry {last['position']} is gone, though it was neither released nor taken away by the log: "
            "somebody removed it, or preparing it was cut off. Prepare it again.",
        )


def _may_still_be_released(home: Path, happened_at: str) -> bool:
    """Whether its time is not over; where the agreements cannot be read nobody can say that it is."""
    try:
        days = agreements.read(home).release.prepared_stands_days
    except UserError:
        return True
    return (moment(happened_at).date() + timedelta(days=days)) > today()


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
