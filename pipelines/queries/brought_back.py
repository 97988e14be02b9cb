"""What had been removed for good and is back, because a backup from before was restored: until it is removed again nothing goes out.

The log knows of a removal which submission it was of, when, whether all of it went, and the fingerprints of what was left; in which
places nothing was left, the vault that is put aside tells. So it is removed again once all of the submission is, or what is left is
what was left then, or nothing stands in those places.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pipelines.queries.log_said import EXPUNGED
from pipelines.queries.releases_logged import RELEASED
from pipelines.queries.spots_held import gone, held, is_held
from pipelines.queries.vault import asked
from pipelines.store import events
from pipelines.store.chain import facts
from pipelines.store.opening import VAULT
from schemas.actors import require
from schemas.periods import day_words
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pipelines.queries.spots_held import Spots
    from pipelines.store.opening import Connection
    from schemas.actors import Actor

RESTORED = "backup.restored"
NOT_KNOWN = (
    "Whether anything had been removed for good since the backup that was restored is not known here: if something had been, remove "
    "it again before the next release."
)
_NAMED = 6
_LOGGED = """
select position, happened_at, action, subject, detail
from event
where list_contains(?, action)
order by position
"""


class Removal(NamedTuple):
    """One removal for good: of which submission, when (ISO 8601, UTC), whether all of it went, and what was left of it.

    `left` has the fingerprints of its rows and of what is kept beside them, and again where removals from others changed them; `spots`
    the places from which words or rows went, as `Commentary!3 (why)` or `Heard!2`: none where all went, or nobody knows.
    """

    submission_id: str
    at: str
    whole: bool
    left: tuple[tuple[str, str], ...]
    spots: tuple[str, ...] = ()


class _Entry(NamedTuple):
    """An entry of a restore or a removal, and what is left by then of every submission of which something was removed."""

    at: str
    action: str
    subject: str
    told: Mapping[str, Any]
    left: Mapping[str, tuple[str, str]]


def removed(connection: Connection) -> tuple[Removal, ...]:
    """What must not come back with a backup: the last removal of each submission, and what is back already."""
    last: dict[str, Removal] = {}
    for entry in _replayed(connection):
        if entry.action != EXPUNGED:
            continue
        before = last.get(entry.subject)
        whole = bool(entry.told.get("whole")) or (before is not None and before.whole)
        last[entry.subject] = Removal(entry.subject, entry.at, whole, ())
        for name, each in last.items():
            if entry.left[name] not in each.left:
                last[name] = each._replace(left=(*each.left, entry.left[name]))
    return (*outstanding(connection), *last.values())


def left_of(connection: Connection, was: Sequence[Removal]) -> Spots:
    """Where something still stands in the submissions of these removals."""
    return held(connection, {each.submission_id for each in was if not each.whole})


def back(connection: Connection, was: Sequence[Removal], left: Spots) -> tuple[Removal, ...]:
    """Which of these removals this vault does not have, though it has the submission; `left`: where something stood after them."""
    there = {name for (name,) in connection.execute("select submission_id from submission").fetchall()}
    found = [each for each in was if each.submission_id in there]
    for entry in _replayed(connection):
        found = [each for each in found if not _is_again(each, entry)]
    now = left_of(connection, found)
    return tuple(each._replace(spots=each.spots or _gone(each, left, now)) for each in found)


def outstanding(connection: Connection) -> tuple[Removal, ...]:
    """What restores have brought back and nobody has removed again since."""
    found: dict[tuple[str, str], Removal] = {}
    for entry in _replayed(connection):
        if entry.action == RESTORED:
            found |= {(each.submission_id, each.at): each for each in _listed(entry.told)}
        found = {key: each for key, each in found.items() if not _is_again(each, entry)}
    now = left_of(connection, [*found.values()])
    return tuple(each for each in found.values() if not _is_clear(each, now))


def refuse(connection: Connection, so: str) -> None:
    """UserError, which names the way out, where something is back that had been removed; `so`: what follows, such as nothing published."""
    found = outstanding(connection)
    if found:
        raise UserError(" ".join((*sentences(found), so)))


def waiting(home: Path, actor: Actor) -> tuple[str, ...]:
    """The same in sentences, for whoever is about to release; nothing where all is well. One more where nobody can know."""
    require(actor, "business_unit")
    return asked(home, actor, _waiting) if (home / VAULT).exists() else ()


def is_back(home: Path, actor: Actor) -> bool:
    """Whether something is back that stops a release."""
    require(actor, "business_unit")
    return (home / VAULT).exists() and bool(asked(home, actor, outstanding))


def sentences(found: Sequence[Removal]) -> Iterator[str]:
    """What is back and how it is removed again, a sentence each."""
    for each in found[:_NAMED]:
        day = day_words(datetime.fromisoformat(each.at).date())
        part = (
            "What had been removed for good" if each.whole else f"A part{_where(each)} that had been removed for good"
        )
        yield f"{part} of {each.submission_id} on {day} is back with the backup that was restored: {_how(each)}."
    if len(found) > _NAMED:
        yield f"So is what had been removed of {len(found) - _NAMED:,} more submissions, which are named as these are removed."


def _where(each: Removal) -> str:
    more = f" and {len(each.spots) - _NAMED:,} more places" if len(each.spots) > _NAMED else ""
    return f" ({', '.join(each.spots[:_NAMED])}{more})" if each.spots else ""


def _how(each: Removal) -> str:
    """The commands that remove it again; a row that went wholly was a record's."""
    whole = f"“throughline expunge {each.submission_id}”"
    if each.whole:
        return f"remove it again, with {whole}"
    cells = [spot for spot in each.spots if spot.endswith(")")]
    row = f"“throughline expunge {each.submission_id} --row …” for each place" if cells else ""
    record = "“throughline expunge --record” and its reference" if len(cells) != len(each.spots) or not cells else ""
    return f"remove the same again, with {' and '.join(filter(None, (row, record)))}, or all of it with {whole}"


def _gone(each: Removal, left: Spots, now: Spots) -> tuple[str, ...]:
    if each.whole:
        return ()
    return gone(left.get(each.submission_id, frozenset()), now.get(each.submission_id, frozenset()))


def _is_clear(each: Removal, now: Spots) -> bool:
    """Whether nothing stands any more in any of the places from which it went, however it was named this time."""
    there = now.get(each.submission_id, frozenset())
    return bool(each.spots) and not any(is_held(spot, there) for spot in each.spots)


def _waiting(connection: Connection) -> tuple[str, ...]:
    return (*sentences(outstanding(connection)), *([NOT_KNOWN] if _is_not_known(connection) else []))


def _is_not_known(connection: Connection) -> bool:
    """Whether the last restore could not say what had been removed, and nothing was released since: then somebody has decided."""
    restored = events.of(connection, RESTORED)
    if not restored or not facts(restored[-1]["detail"]).get("removed_unknown"):
        return False
    return not events.many_after(connection, [RELEASED], restored[-1]["position"])


def _is_again(each: Removal, entry: _Entry) -> bool:
    """Whether an entry removes it again: all of the submission, or as much as then."""
    if entry.action != EXPUNGED:
        return False
    if entry.subject == each.submission_id and entry.told.get("whole"):
        return True
    return not each.whole and entry.left.get(each.submission_id) in each.left


def _replayed(connection: Connection) -> Iterator[_Entry]:
    left: dict[str, tuple[str, str]] = {}
    for _, at, action, subject, detail in connection.execute(_LOGGED, [[RESTORED, EXPUNGED]]).fetchall():
        told = facts(detail)
        if action == EXPUNGED:
            left[subject] = str(told.get("rows_sha256", "")), str(told.get("beside_sha256", ""))
            others = told.get("others")
            for name, sha256 in cast("dict[str, Any]", others).items() if isinstance(others, dict) else ():
                if name in left:
                    left[name] = left[name][0], str(sha256)
        yield _Entry(at, action, subject, told, {**left})


def _listed(told: Mapping[str, Any]) -> Iterator[Removal]:
    for each in told.get("brought_back", ()):
        left = tuple((str(rows), str(beside)) for rows, beside in each["left"])
        yield Removal(
            str(each["submission_id"]), str(each["at"]), bool(each["whole"]), left, tuple(map(str, each["spots"]))
        )
