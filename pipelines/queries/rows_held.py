"""What the vault holds of each submission, held against what the event log says of it: rows, file, original, what stands."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipelines.queries import layouts_held, links_held, official_held, removals_held, stood_held
from pipelines.queries.log_said import entries, said
from pipelines.store import fingerprints, retention
from pipelines.store.chain import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pipelines.queries.log_said import Entry, Said
    from pipelines.store.opening import Connection
    from pipelines.store.retention import Original

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Held:
    """What is wrong, of how many submissions the rows were compared, and of how many not: the log has no fingerprint of them.

    `beside_unknown`: of how many more it has none of what is kept beside the rows. `official_unknown`: whether it has none of the
    official statistics that are there.
    """

    faults: tuple[Fault, ...] = ()
    compared: int = 0
    not_compared: int = 0
    beside_unknown: int = 0
    official_unknown: bool = False


class _There(NamedTuple):
    """A submission as the vault has it, in the order of its columns below."""

    submission_id: str
    state: str
    file_sha256: str
    identity: str
    kind: str
    agency_id: str
    period_id: str
    version: int
    verdict: str
    supersedes: str
    received_at: datetime
    received_by: str
    received_role: str
    rows: int
    rows_accepted: int
    reason: str


_KEPT = f"select {', '.join(_There._fields)} from submission order by submission_id"  # noqa: S608 - our own names
_MENDED = "select submission_id, count(*) from mend group by submission_id"


def altered(connection: Connection, logged: Sequence[Entry]) -> set[str]:
    """The submissions in the vault of which it holds, or says, something else than the log does."""
    known, there = said(logged), {each.submission_id: each for each in _every(connection)}
    prints = fingerprints.every(connection), fingerprints.every_beside(connection)
    return {name for name in there if name in known and any(_unlike(known[name], there[name], prints))}


def held(home: Path, connection: Connection) -> Held:
    """Every submission of the vault, and every table beside them, against the log. What is refused has no rows.

    Faults have no number of an entry: it is not the log that was changed. Not held are drafts, which change while somebody
    writes, and what the vault notes of itself: its own steps, and the files it watches.
    """
    logged = entries(connection)
    known = said(logged)
    rows = _every(connection)
    there = {each.submission_id: each for each in rows}
    came = list(stood_held.received(logged, {name: each.received_at for name, each in there.items()}))
    prints = fingerprints.every(connection), fingerprints.every_beside(connection)
    official, official_unknown = official_held.faults(connection, logged)
    faults = [
        *_not_there(known, there, prints),
        *(Fault(0, f"{one[0]} is there twice.") for one, other in pairwise(rows) if one[0] == other[0]),
        *(fault for name in there if name in known for fault in _unlike(known[name], there[name], prints)),
        *(_received(entry.subject, entry.position) for entry, _, is_so in came if not is_so),
        *_mends(connection, known),
        *stood_held.faults(connection, logged, {entry.subject: at for entry, at, _ in came}),
        *_originals(home, connection),
        *removals_held.faults(connection, logged, known),
        *links_held.faults(connection, logged),
        *layouts_held.faults(connection, logged),
        *official,
    ]
    both = [known[name] for name in there if name in known]
    compared = sum(1 for each in both if each.rows_sha256)
    beside_unknown = sum(1 for each in both if each.rows_sha256 and not each.beside_sha256)
    return Held(tuple(faults), compared, len(both) - compared, beside_unknown, official_unknown)


def _every(connection: Connection) -> list[_There]:
    return [_There(*row) for row in connection.execute(_KEPT).fetchall()]


def _not_there(
    known: Mapping[str, Said], there: Mapping[str, _There], prints: Sequence[Mapping[str, str]]
) -> Iterator[Fault]:
    for name in known:
        if name not in there:
            yield Fault(0, f"The submission {name}, received in entry {known[name].came.position}, is missing.")
    for name in sorted({*prints[0], *prints[1]} - known.keys()):
        yield Fault(0, f"{name} lies in the vault, and the log has no entry of its coming.")


def _unlike(said: Said, there: _There, prints: Sequence[Mapping[str, str]]) -> Iterator[Fault]:
    name, entry = there.submission_id, said.came.position
    if there.file_sha256 != said.came.told.get("file_sha256", ""):
        yield Fault(0, f"The file of {name} is by the vault another than the one received in entry {entry}.")
    if said.rows_sha256 and prints[0].get(name) != said.rows_sha256:
        yield Fault(0, f"What the vault holds of {name} is not what was accepted in entry {entry}.")
    if said.beside_sha256 and prints[1].get(name) != said.beside_sha256:
        yield Fault(
            0,
            f"What the vault keeps of {name} beside its rows is not what came in entry {entry}: its cover or the file’s name, what "
            "the check said, what was mended, or where its figures stand.",
        )
    if there.state != said.state:
        yield Fault(0, f"{name} is {_words(there.state)} in the vault, and {_words(said.state)} by the log.")
    if said.reason is not None and hashlib.sha256(there.reason.encode()).hexdigest() != said.reason:
        yield Fault(0, f"The reason kept with {name} is not the one of entry {said.reason_in}.")
    for what, now, was in _told(said, there):
        if now != was:
            yield Fault(0, f"{what} {name} is another in the vault than by entry {entry}.")


def _told(said: Said, there: _There) -> Iterator[tuple[str, object, object]]:
    """What the entry of its coming says in so many words: what it is of, as the vault has it and as the log does."""
    yield "Who sent", (there.received_by, there.received_role), (said.came.actor, said.came.role)
    told = said.came.told
    for what, fact, now in (
        ("The verdict on", "verdict", there.verdict),
        ("What stood in the place of", "supersedes", there.supersedes),
        ("The number of rows found in", "rows", there.rows),
        ("The number of rows accepted of", "rows_accepted", there.rows_accepted),
    ):
        yield what, now, told.get(fact, now)
    named = ".".join(part or "unknown" for part in (there.agency_id, there.kind, there.period_id))
    spelled = (f"{there.identity}.v{there.version}", f"{named}.v{there.version}")
    yield "The sender, kind, period or version of", spelled, (there.submission_id, there.submission_id)


def _received(name: str, entry: int) -> Fault:
    return Fault(0, f"When {name} was received is another moment in the vault than by entry {entry}.")


def _mends(connection: Connection, known: Mapping[str, Said]) -> Iterator[Fault]:
    """Answers that nobody mended. Fewer than were may have been removed for good, where the log has no fingerprint of the rest."""
    for name, many in connection.execute(_MENDED).fetchall():
        said = known[name].came.told.get("mended", 0) if name in known else many
        if many > (said if isinstance(said, int) else 0):
            yield Fault(
                0, f"The vault has more answers mended in {name} than were by entry {known[name].came.position}."
            )


def _originals(home: Path, connection: Connection) -> Iterator[Fault]:
    """One sentence for all that are gone: a folder that was lost would else fill the page."""
    lost = retention.lost(connection, home)
    if lost.missing:
        many = "An original is" if len(lost.missing) == 1 else f"{len(lost.missing):,} originals are"
        yield Fault(0, f"{many} missing, and the log has no entry of the removal: {_listed(lost.missing)}.")
    if lost.spoilt:
        many = "An original is" if len(lost.spoilt) == 1 else f"{len(lost.spoilt):,} originals are"
        yield Fault(
            0, f"{many} no longer as it came (empty, of another size, a link or a folder): {_listed(lost.spoilt)}."
        )


def _listed(originals: Sequence[Original]) -> str:
    more = f" and {len(originals) - _NAMED:,} more" if len(originals) > _NAMED else ""
    return f"{', '.join(one.submission_id for one in originals[:_NAMED])}{more}"


def _words(state: str) -> str:
    return state.replace("_", " ") or "nothing"
