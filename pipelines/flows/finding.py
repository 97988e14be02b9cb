"""Looking for words in everything a home holds, so that they can be removed: where they stand, and never what they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from pipelines.flows.backups_known import known
from pipelines.publishing import looking
from pipelines.reading.looked_for import LookedFor
from pipelines.store import events, files, keys, sealing
from pipelines.store.leftovers import put_aside
from pipelines.store.opening import VAULT, refuse_lost, transaction
from pipelines.store.written import everywhere
from schemas.actors import require
from schemas.problems import HomeError, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipelines.flows.backups_known import Backup
    from pipelines.store.opening import Connection
    from pipelines.store.written import Place
    from schemas.actors import Actor

_NAMED = 8
_LOG = "event"
_LARGEST = 512 * 1024 * 1024  # bytes of a file that is no original and no publication
_NOT_READ = (".lock", ".key", ".duckdb", ".wal")


@dataclass
class _Found:
    """Where words stand in the vault: by submission, in the log by entry, and elsewhere by table."""

    submissions: dict[str, list[str]] = field(default_factory=dict)
    entries: list[int] = field(default_factory=list)
    elsewhere: set[str] = field(default_factory=set)
    originals: dict[str, list[str]] = field(default_factory=dict)  # SHA-256 of what is kept: its submissions
    backups: tuple[Backup, ...] = ()


def find(home: Path, actor: Actor, words: str, say: Callable[[str], None] = lambda _: None) -> Iterator[str]:
    """Say where words stand, a line each, and what removes them: the vault, the originals, publications, files, the log.

    The words are neither shown nor logged nor kept. UserError where they are too short, or there is no vault.
    """
    require(actor, "business_unit")
    home = home.resolve()
    looked_for = LookedFor(words)
    refuse_lost(home)
    if not (home / VAULT).exists():
        raise UserError(f"There is no vault in {home}, so there is nothing to look through. Set THROUGHLINE_HOME.")
    say("Looking through the vault")
    with transaction(home, write=False) as connection:
        found = _in_vault(connection, looked_for)
    lines = list(_of_vault(found))
    say("Looking through the originals")
    lines += _of_originals(home, found, looked_for)
    say("Looking through the publications")
    lines += _of_publications(home, looked_for)
    lines += _of_other_files(home, looked_for)
    yield from lines or ["Nowhere in what this home holds do these words stand."]
    for name in put_aside(home):
        yield f"{name} is an earlier home, as a restore put it aside: nothing is removed for good until that folder is deleted."
    newest = list(reversed(found.backups))
    if newest:
        backups = _some([f"{each.name} ({each.words})" for each in newest])
        yield f"Not looked into: {backups}, which the log knows as backups, and what people have taken away."
    if lines:
        yield "What stands in a submission goes with “throughline expunge”; see docs/how-to/remove-for-good.md."


def _in_vault(connection: Connection, looked_for: LookedFor) -> _Found:
    found = _Found(backups=known(connection))
    for place in everywhere(connection, leave_out=frozenset({_LOG, "migration"})):
        if not looked_for.stands_in(place.value):
            continue
        if place.submission_id:
            found.submissions.setdefault(place.submission_id, []).append(_where(place))
        else:
            found.elsewhere.add(place.table.replace("_", " "))
    for entry in events.listing(connection).to_dict("records"):
        if any(looked_for.stands_in(str(entry[name])) for name in ("actor", "subject", "detail")):
            found.entries.append(int(entry["position"]))
    kept = connection.execute("select file_sha256, submission_id from submission where original_kept order by all")
    for sha256, submission_id in kept.fetchall():
        found.originals.setdefault(sha256, []).append(submission_id)
    return found


def _where(place: Place) -> str:
    """One place in words: of a record by sheet and row, of what was said or mended by its cell."""
    if place.table == "submission":
        return {"file_name": "the name of its file", "cover": "its cover"}.get(place.column, f"its {place.column}")
    what = {"problem": "what was said of", "mend": "what was mended in"}.get(place.table, "")
    cell = place.cell if place.table in ("problem", "mend") else ""
    spot = f"{place.sheet}!{cell or place.row}"
    return f"{what} {spot}".strip() + (f" ({place.name})" if not what else "")


def _of_vault(found: _Found) -> Iterator[str]:
    for submission_id, places in sorted(found.submissions.items()):
        yield f"{submission_id}: {_some(sorted(set(places)))}."
    for table in sorted(found.elsewhere):
        yield f"In the vault, in the table of {table}."
    if found.entries:
        yield f"In the event log, in entry {_some([str(each) for each in found.entries])}: it is kept for good."


def _of_originals(home: Path, found: _Found, looked_for: LookedFor) -> Iterator[str]:
    """The files people sent. One that cannot be looked through is said to be so, as it may hold the words."""
    every = {path.name: list[str]() for path in files.every(home)} | found.originals
    for sha256, submissions in every.items():
        named = f"The file of {_some(submissions)}" if submissions else "A file that no submission keeps"
        try:
            if looked_for.stands_in_file(files.original(home, sha256)):
                yield f"{named} (SHA-256 {sha256[:12]})."
        except HomeError:
            raise
        except UserError as why:
            yield f"{named} could not be looked through: {why}"


def _of_publications(home: Path, looked_for: LookedFor) -> Iterator[str]:
    unopened: list[Path] = []
    for path in looking.files(home):
        where = looking.where(path, looked_for)
        named = path.relative_to(home).as_posix()
        if where is None:
            unopened.append(path.relative_to(home))
        elif where:
            yield f"{named}: {_some(where)}."
    yield from _unopened(unopened, "could not be opened")


def _of_other_files(home: Path, looked_for: LookedFor) -> Iterator[str]:
    """Marks of what was withdrawn, settings, and whatever else lies in the home: by content and by name."""
    unopened: list[Path] = []
    for path in sorted(home.rglob("*")):
        inside = path.relative_to(home)
        if not path.is_file() or path.name.endswith(_NOT_READ) or inside.parts[0] == files.FOLDER:
            continue
        if looked_for.stands_in(path.name):
            yield f"In the name of a file in {inside.parent.as_posix()}."
        elif path.stat().st_size > _LARGEST:
            yield f"The file {inside.as_posix()} is too large to be looked through."
        else:
            holds = _holds(home, path, looked_for)
            if holds is None:
                unopened.append(inside)
            elif holds:
                yield f"In the file {inside.as_posix()}."
    yield from _unopened(unopened, "{be} encrypted and could not be opened")


def _holds(home: Path, path: Path, looked_for: LookedFor) -> bool | None:
    """Whether words stand in a file of the home; one that cannot be unpacked is looked at as it lies there.

    What an earlier home that was put aside has encrypted is opened with the key that is set; None where that is another's.
    """
    content = path.read_bytes()
    if sealing.is_sealed(content):
        try:
            content = files.content(content, path.name, keys.configured(home))
        except UserError:
            return None
    try:
        return looked_for.stands_in_file(content)
    except UserError:
        return looked_for.stands_in(content.decode("cp1252", errors="replace"))


def _unopened(paths: list[Path], how: str) -> Iterator[str]:
    """What could not be looked through, by its path in the home: a line for each folder, where hundreds may lie."""
    for folder, inside in groupby(sorted(paths), key=attrgetter("parent")):
        there = [*inside]
        if len(there) == 1:
            yield f"The file {there[0].as_posix()} {how.format(be='is')}, so it was not looked through."
        else:
            many = f"{len(there):,} files in {folder.as_posix()} {how.format(be='are')}"
            yield f"{many}, so they were not looked through."


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"
