"""Which publication is current, which came before it, and opening one read-only."""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import duckdb

from pipelines.queries import kept_open
from pipelines.queries.withdrawn import is_withdrawn
from pipelines.store.opening import VAULT
from schemas.actors import require, require_reader
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from schemas.actors import Actor

# What DuckDB raises where a file is damaged, or is no publication.
_DAMAGED = (duckdb.IOException, duckdb.CatalogException, duckdb.FatalException, duckdb.InternalException)
# Where a release lies that is made and not let out, in a home.
PREPARED_FOLDER = "prepared"
Stamp = tuple[int, int, int, int]
_LONGEST_POINTER = 4096  # letters
_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Pointer:
    """A publication's id and file, and the reader it was found for: none where a release reads the one before it.

    The reader makes no other publication of it, so that what is remembered of one is remembered for all who may read it.
    """

    publication_id: str
    path: Path
    sha256: str
    previous: str | None
    reader: Actor | None = field(default=None, compare=False, repr=False)

    @property
    def audience(self) -> str:
        """The audience in whose folder it lies."""
        return self.path.parent.name

    @property
    def is_prepared(self) -> bool:
        """Whether it is made and not let out: by where it lies, so that no caller can forget to say so."""
        place = self.path.parents[2]
        # A home may itself be called so; it lies beside no vault.
        return place.name == PREPARED_FOLDER and (place.parent / VAULT).exists()


def folder(home: Path, audience: str) -> Path:
    """Where an audience's publications are kept."""
    return home / "publications" / audience


def pointer_file(home: Path, audience: str) -> Path:
    """The small file that names an audience's current publication."""
    return folder(home, audience) / "CURRENT"


def file(home: Path, audience: str, publication_id: str) -> Path:
    """Where the publication of that id lies."""
    return folder(home, audience) / f"{publication_id}.duckdb"


def seal_of(path: Path) -> Path:
    """Where it is noted what a publication was when it was released."""
    return path.with_suffix(".sha256")


def made_at(publication_id: str) -> datetime:
    """The moment in a publication's id, in UTC."""
    return datetime.strptime(publication_id[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def current(home: Path, audience: str) -> Pointer | None:
    """The current publication, or None when nothing has been published; one that was withdrawn gives way to the one before.

    Raises UserError when the pointer or the file it names is damaged; `served` gives what is shown instead.
    """
    found = pointed(home, audience)
    if found is None:
        return None
    if is_withdrawn(found.path):
        return _newest_standing(home, audience)
    if not found.path.exists():
        raise UserError(f"The publication {found.publication_id} is missing. Publish again, or restore it.")
    if digest(found.path) != found.sha256:
        raise UserError(
            f"The publication {found.publication_id} is not the file that was published. Restore it, or publish again."
        )
    return found


def _newest_standing(home: Path, audience: str) -> Pointer | None:
    """The newest publication that is whole and was not withdrawn."""
    return next((each for each in every(home, audience) if stands(each)), None)


def pointed(home: Path, audience: str) -> Pointer | None:
    """What the pointer says, whether or not the file it names is there; None where there is none. UserError if damaged."""
    path = pointer_file(home, audience)
    if not path.exists():
        return None
    try:
        said = json.loads(_beginning(path))
        found = Pointer(str(said["id"]), path.parent / said["file"], said["sha256"], said["previous"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as why:
        raise UserError(f"The pointer {path.name} cannot be read. Publish again to write a new one.") from why
    if said["file"] != f"{found.publication_id}.duckdb" or not _ID.fullmatch(found.publication_id):
        raise UserError(f"The pointer {path.name} names no publication. Publish again to write a new one.")
    return found


def _beginning(path: Path) -> str:
    """As much of a pointer as one is long; what is longer is none, and no longer reads as one."""
    with path.open(encoding="utf-8") as content:
        return content.read(_LONGEST_POINTER)


def digest(path: Path) -> str:
    """The sha256 of a file, worked out once for each process and again only when the file has changed since."""
    return _digest(path, stamp(path))


def stamp(path: Path) -> Stamp | None:
    """What is another once a file has changed: its inode, both times of change, its size; None where there is none.

    Whoever writes a file can set the one time back, and not the other.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size


# Ten years of releases for three audiences, several a quarter: each is read once.
@lru_cache(maxsize=2048)
def _digest(path: Path, stamp: Stamp | None) -> str:
    del stamp
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def named(home: Path, audience: str, publication_id: str) -> Pointer | None:
    """A publication that was released, by its id; None where there is none of that id, or it was withdrawn."""
    if publication_id not in earlier(home, audience) or is_withdrawn(file(home, audience, publication_id)):
        return None
    return _kept(home, audience, publication_id)


@contextmanager
def opened(pointer: Pointer) -> Generator[duckdb.DuckDBPyConnection]:
    """A read-only connection that can reach nothing but this file. UserError where it is not for its reader.

    One that is prepared and not let out opens for the business unit alone, and for nobody who does not say who they are.
    """
    if pointer.is_prepared:
        if pointer.reader is None:
            raise UserError("What is prepared opens for the business unit only.")
        require(pointer.reader, "business_unit")
    if pointer.reader is not None:
        require_reader(pointer.reader, pointer.audience)
    damaged = f"The publication {pointer.publication_id} cannot be read. Restore it, or publish again."
    try:
        connection = kept_open.connect(pointer.path)
    except duckdb.Error as why:
        raise UserError(damaged) from why
    try:
        if not _is_for(connection, pointer.audience):
            raise UserError(
                f"The publication {pointer.publication_id} was made for another audience. Restore the right one."
            )
        yield connection
    except _DAMAGED as why:
        kept_open.let_go(pointer.path)
        raise UserError(damaged) from why
    finally:
        connection.close()


def _is_for(connection: duckdb.DuckDBPyConnection, audience: str) -> bool:
    """Whether the file says of itself that it is for the audience whose folder it lies in."""
    found = connection.execute("select audience from publication").fetchone()
    return found is not None and found[0] == audience


def latest_whole(home: Path, audience: str) -> Pointer | None:
    """The current publication or, where the pointer or its file is damaged, the newest that is whole.

    A new release rests on it: one damaged file must not stop the next. Never one that was withdrawn.
    """
    try:
        now = current(home, audience)
        damaged = ""
    except UserError:
        now, damaged = None, pointed_id(home, audience)
    candidates = [each for each in every(home, audience) if each.publication_id != damaged]
    return next((each for each in [now, *candidates] if each and stands(each)), None)


def before(home: Path, audience: str, publication_id: str) -> Pointer | None:
    """The publication released before that one; where it is damaged or was withdrawn the one before it."""
    earlier_ones = (each for each in every(home, audience) if each.publication_id < publication_id)
    return next((each for each in earlier_ones if stands(each)), None)


def pointed_id(home: Path, audience: str) -> str:
    """The id the pointer names, empty where it names none."""
    try:
        now = pointed(home, audience)
    except UserError:
        return ""
    return now.publication_id if now else ""


def every(home: Path, audience: str) -> list[Pointer]:
    """Every publication of an audience that was released, newest first, whether or not it can be opened or was withdrawn."""
    return [_kept(home, audience, publication_id) for publication_id in earlier(home, audience)]


def _kept(home: Path, audience: str, publication_id: str) -> Pointer:
    path = file(home, audience, publication_id)
    return Pointer(publication_id, path, sealed(path), None)


def sealed(path: Path) -> str:
    """What a publication was when it was released; empty where an earlier version of Throughline noted nothing."""
    seal = seal_of(path)
    return seal.read_text("utf-8", errors="replace").split(" ", 1)[0] if seal.exists() else ""


def is_whole(pointer: Pointer) -> bool:
    """Whether a publication is what was released, and opens."""
    if not pointer.path.exists() or (pointer.sha256 and digest(pointer.path) != pointer.sha256):
        return False
    try:
        _open_once(pointer, stamp(pointer.path))
    except UserError:
        return False
    return True


def stands(pointer: Pointer) -> bool:
    """Whether a publication is whole and was not withdrawn."""
    return not is_withdrawn(pointer.path) and is_whole(pointer)


@lru_cache(maxsize=2048)
def _open_once(pointer: Pointer, stamp: Stamp | None) -> None:
    """Raise UserError where the file does not open; one that did once does as long as it has not changed."""
    del stamp
    with opened_if_whole(pointer) as connection:
        if connection is None:
            raise UserError(f"The publication {pointer.publication_id} cannot be read.")


@contextmanager
def opened_if_whole(pointer: Pointer) -> Generator[duckdb.DuckDBPyConnection | None]:
    """A connection as `opened` gives it, or None where the file can no longer be opened by anybody."""
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(opened(pointer))
            connection.execute("select publication_id from publication")
        except (UserError, *_DAMAGED):
            connection = None
        yield connection


def earlier(home: Path, audience: str) -> list[str]:
    """The ids of every publication that was released, newest first.

    A file that came after the current one and was never sealed is a release under way, or one that was cut off: nobody
    has seen it. One that was withdrawn was seen, and the pointer went back before it. Where the pointer cannot be read, the
    newest that was sealed stands for the current one; where none was sealed, an earlier version of Throughline made them all.
    """
    kept = sorted((path.stem for path in folder(home, audience).glob("*.duckdb")), reverse=True)
    sealed = {each for each in kept if seal_of(file(home, audience, each)).exists()}
    newest = pointed_id(home, audience) or max(sealed, default="")
    if not sealed and pointer_file(home, audience).exists():
        return kept
    seen = sealed | {each for each in kept if is_withdrawn(file(home, audience, each))}
    return [each for each in kept if each <= newest or each in seen]
