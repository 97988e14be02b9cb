"""A backup on disk: one tar file with everything a home holds and a manifest with the sha256 of each part."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tarfile
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from pipelines.store import private
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MANIFEST = "manifest.json"
_FORM = 1  # goes up when a backup is laid out otherwise
_CHUNK = 1 << 20
_LONGEST_MANIFEST = 256 << 20  # of millions of originals


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: when it was made (UTC, ISO), the last entry of the event log, and its files.

    `files`: by the path inside the home, the size in bytes and the sha256.
    """

    made_at: str
    position: int
    hash: str
    files: dict[str, tuple[int, str]]

    @property
    def size(self) -> int:
        """How many bytes it holds."""
        return sum(size for size, _ in self.files.values())


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a home and where it is read from."""

    name: str
    path: Path


def write(out: Path, parts: Iterable[Part], about: dict[str, Any]) -> Manifest:
    """Write the backup to a file nobody else may read, and flush it to the disk; the manifest comes last.

    `about` holds made_at, position and hash. FileNotFoundError where a part has gone meanwhile, OSError where the disk
    takes no more.
    """
    files: dict[str, tuple[int, str]] = {}
    handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(handle, "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
            for part in parts:
                files[part.name] = _add(tar, part)
            manifest = Manifest(files=files, **about)
            content = json.dumps({"form": _FORM, **asdict(manifest)}, sort_keys=True).encode()
            tar.addfile(_entry(MANIFEST, len(content)), BytesIO(content))
        raw.flush()
        os.fsync(raw.fileno())
    return manifest


def read(path: Path) -> Manifest:
    """The manifest, once every file has been held against it; UserError where anything is missing, changed or added."""
    return _held(path, None)


def unpack(path: Path, folder: Path) -> Manifest:
    """Unpack into a folder of its owner's alone, holding every byte that is written against the manifest. As `read`."""
    return _held(path, folder)


def _held(path: Path, folder: Path | None) -> Manifest:
    try:
        with tarfile.open(path, "r:") as tar:
            seen = dict(_each(tar, folder))
            manifest = _manifest(seen.pop(MANIFEST, (0, "", b""))[2])
    except FileNotFoundError as why:
        raise UserError(f"There is no backup {path}.") from why
    except (tarfile.TarError, EOFError, ValueError) as why:
        raise UserError(f"{path} is no whole backup of Throughline. Take another; nothing was changed.") from why
    except IsADirectoryError as why:
        raise UserError(f"{path} is a folder. Give the backup file itself.") from why
    wrong = sorted(
        name for name in manifest.files.keys() | seen.keys() if manifest.files.get(name) != seen.get(name, ())[:2]
    )
    if wrong:
        first = f"{wrong[0]} is {'not what was backed up' if wrong[0] in seen else 'missing'}"
        raise UserError(f"{path} is damaged: {first}, of {len(wrong)} such. Take another; nothing was changed.")
    return manifest


def _each(tar: tarfile.TarFile, folder: Path | None) -> Iterator[tuple[str, tuple[int, str, bytes]]]:
    """Every file of the tar: its name, size, sha256 and, of the manifest, the content."""
    for member in tar:
        content = tar.extractfile(member) if member.isreg() else None
        if content is None or not _is_inside(member.name):
            raise ValueError("a backup holds files inside a home, and nothing else")
        if member.name == MANIFEST:
            if member.size > _LONGEST_MANIFEST:
                raise ValueError("no manifest is as long as this")
            yield member.name, (member.size, "", content.read())
        elif folder is None:
            yield member.name, (*_copied(content, None), b"")
        else:
            yield member.name, (*_unpacked(content, folder / member.name), b"")


def _unpacked(content: IO[bytes], path: Path) -> tuple[int, str]:
    private.folder(path.parent)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(handle, "wb") as out:
        found = _copied(content, out)
        out.flush()
        os.fsync(out.fileno())
    return found


def _copied(content: IO[bytes], out: IO[bytes] | None) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if out is not None:
            out.write(chunk)
    return size, digest.hexdigest()


def _manifest(content: bytes) -> Manifest:
    said = json.loads(content)
    if not isinstance(said, dict) or said.get("form") != _FORM:
        raise ValueError("no manifest of this form")
    try:
        files = {str(name): (int(size), str(sha256)) for name, (size, sha256) in said["files"].items()}
        return Manifest(str(said["made_at"]), int(said["position"]), str(said["hash"]), files)
    except (KeyError, TypeError, AttributeError) as why:
        raise ValueError("the manifest is not whole") from why


def _is_inside(name: str) -> bool:
    """Whether a path stays inside the folder it is unpacked into.

    >>> [_is_inside(name) for name in ("files/ab", "../x", "/etc/passwd", "a/../../x", "")]
    [True, False, False, False, False]
    """
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _add(tar: tarfile.TarFile, part: Part) -> tuple[int, str]:
    """Put a file in, hashing what is read: what the manifest says is of the very bytes the backup holds."""
    with part.path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        hashing = _Hashing(file)
        tar.addfile(_entry(part.name, size), hashing)  # pyright: ignore[reportArgumentType] - all it needs is to be read
    return size, hashing.digest.hexdigest()


class _Hashing:
    """A file that remembers the sha256 of what was read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        chunk = self._file.read(size)
        self.digest.update(chunk)
        return chunk


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, stat.S_IRUSR | stat.S_IWUSR
    return entry
