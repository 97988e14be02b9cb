"""What the vault holds of each submission, held against what the event log says of it: rows, file, original, what stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipelines.store import fingerprints, retention
from pipelines.store.chain import Fault, facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipelines.store.opening import Connection

_ACTS = (
    "submission.received",
    "submission.refused",
    "submission.withdrawn",
    "submission.reverted",
    "submission.expunged",
)
_LOGGED = "select position, action, subject, detail from event where list_contains(?, action) order by position"
_KEPT = "select submission_id, state, file_sha256 from submission order by submission_id"
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Held:
    """What is wrong, of how many submissions the rows were compared, and of how many not: the log has no fingerprint of them."""

    faults: tuple[Fault, ...] = ()
    compared: int = 0
    not_compared: int = 0


@dataclass(frozen=True, slots=True)
class _Said:
    """What the log says of a submission: the entry of its coming, its state now, its verdict and the fingerprints it must have."""

    position: int
    state: str
    verdict: str
    file_sha256: str
    rows_sha256: str


def held(home: Path, connection: Connection) -> Held:
    """Every submission of the vault against the log. What is refused has no rows, and one that has them is a fault.

    Faults have no number of an entry: it is not the log that was changed.
    """
    said = _said(connection)
    there = {name: (state, sha256) for name, state, sha256 in connection.execute(_KEPT).fetchall()}
    prints = fingerprints.every(connection)
    faults = [
        *(
            Fault(0, f"The submission {name}, received in entry {said[name].position}, is missing.")
            for name in said
            if name not in there
        ),
        *(
            Fault(0, f"{name} lies in the vault, and the log has no entry of its coming.")
            for name in sorted(prints.keys() - said.keys())
        ),
        *(words for name in there if name in said for words in _unlike(name, said[name], there[name], prints[name])),
        *_originals(home, connection),
    ]
    compared = sum(1 for name in there if name in said and said[name].rows_sha256)
    return Held(tuple(faults), compared, sum(1 for name in there if name in said) - compared)


def _unlike(name: str, said: _Said, there: tuple[str, str], found: str) -> Iterator[Fault]:
    state, sha256 = there
    since = f"in entry {said.position}"
    if sha256 != said.file_sha256:
        yield Fault(0, f"The file of {name} is by the vault another than the one received {since}.")
    if said.rows_sha256 and found != said.rows_sha256:
        yield Fault(0, f"What the vault holds of {name} is not what was accepted {since}.")
    if state != said.state:
        yield Fault(0, f"{name} is {_words(state)} in the vault, and {_words(said.state)} by the log.")


def _originals(home: Path, connection: Connection) -> Iterator[Fault]:
    """One sentence for all that are gone: a folder that was lost would else fill the page."""
    gone = [one.submission_id for one in retention.missing(connection, home)]
    if gone:
        more = f" and {len(gone) - _NAMED:,} more" if len(gone) > _NAMED else ""
        many = "An original is" if len(gone) == 1 else f"{len(gone):,} originals are"
        words = f"{many} missing, and the log has no entry of the removal: {', '.join(gone[:_NAMED])}{more}."
        yield Fault(0, words)


def _said(connection: Connection) -> dict[str, _Said]:
    """What the log says of each submission, one entry after the other."""
    known: dict[str, _Said] = {}
    for position, action, subject, detail in connection.execute(_LOGGED, [list(_ACTS)]).fetchall():
        told = facts(detail)
        if action in ("submission.received", "submission.refused"):
            known[subject] = _came(position, told)
            _turn(known, told.get("supersedes"), "superseded")
        elif action == "submission.withdrawn":
            _turn(known, subject, "withdrawn")
            _turn(known, told.get("stands_again"))
        elif action == "submission.reverted":
            _turn(known, told.get("instead_of"), "superseded")
            _turn(known, subject)
        elif subject in known:
            known[subject] = replace(known[subject], rows_sha256=str(told.get("rows_sha256", "")))
    return known


def _came(position: int, told: Mapping[str, Any]) -> _Said:
    verdict, file_sha256 = str(told.get("verdict", "")), str(told.get("file_sha256", ""))
    return _Said(position, verdict, verdict, file_sha256, str(told.get("rows_sha256", "")))


def _turn(known: dict[str, _Said], name: object, state: str = "") -> None:
    """Let a submission be in another state; without one it stands again, as it was judged when it came."""
    if isinstance(name, str) and name in known:
        known[name] = replace(known[name], state=state or known[name].verdict)


def _words(state: str) -> str:
    return state.replace("_", " ") or "nothing"
