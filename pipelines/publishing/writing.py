"""A publication on disk: a new file, whole or not at all, then the small pointer to it."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import duckdb
import pandas as pd
import pyarrow as pa
from filelock import FileLock, Timeout

from pipelines.queries.pointer import file, folder, seal_of
from pipelines.store import atomic, private
from pipelines.store.connecting import NO_ROOM
from schemas.problems import UserError
from schemas.published.tables import TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import datetime
    from pathlib import Path

    import pandera.pandas as pandera

# One thread, because a second waits for work more than it works: writing took half the processor's time without it. Each
# table takes whole blocks, and most tables of a release are small: in DuckDB's own blocks, of 256 KiB, a release of a
# partnership's first year was twice as large, and every reader of it reads it all, to see that it is whole.
_WRITER: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "1GB",
    "default_block_size": 65_536,
}


def content_hash(tables: dict[str, pd.DataFrame]) -> str:
    """What the tables say, as eight hex digits: equal content gives an equal end of the id."""
    digest = hashlib.sha256()
    for name in sorted(tables):
        digest.update(name.encode())
        if tables[name].empty:
            continue
        digest.update(pd.util.hash_pandas_object(tables[name].astype("string"), index=False).to_numpy().tobytes())
    return digest.hexdigest()[:8]


def identity(at: datetime, tables: dict[str, pd.DataFrame]) -> str:
    """The publication's id: UTC time and content, as `20260512T093011Z-1a2b3c4d`."""
    return f"{at:%Y%m%dT%H%M%SZ}-{content_hash(tables)}"


def write(home: Path, audience: str, publication_id: str, tables: dict[str, pd.DataFrame]) -> Path:
    """Write the file under its own new name; every table is checked against its model first."""
    place = folder(home, audience)
    private.folder(place)
    path, part = file(home, audience, publication_id), place / f".{publication_id}.part"
    part.unlink(missing_ok=True)
    try:
        with duckdb.connect(str(part), config=_WRITER) as connection:
            connection.execute("set enable_progress_bar = false")
            connection.begin()  # one for all tables: each of its own would wait for the disk
            for table in TABLES.values():
                _fill(connection, table, tables[table.name])
            connection.commit()
            connection.execute("checkpoint")
        atomic.settle(part, path)
    except (OSError, *NO_ROOM) as why:
        raise UserError("The publication could not be written. Make room on the disk, then publish again.") from why
    finally:
        for left_over in place.glob(f"{part.name}*"):  # DuckDB's log of what it had no room to write lies beside it
            left_over.unlink()
    return path


@contextmanager
def alone(home: Path, audience: str) -> Generator[None]:
    """One release at a time for an audience; what an interrupted one left behind is cleared away.

    Publications made before are closed to everybody but their owner, as new ones are.
    """
    place = folder(home, audience)
    private.folder(place)
    lock = FileLock(place / "release.lock", timeout=1)
    try:
        lock.acquire()
    except Timeout as why:
        raise UserError("Another release is being made. Wait until it is done, then publish again.") from why
    try:
        for left_over in place.glob(".*.part*"):
            left_over.unlink(missing_ok=True)
        for made_before in (place, *place.glob("*.duckdb")):
            private.tighten(made_before)
        yield
    finally:
        lock.release()


def point(home: Path, audience: str, publication_id: str, sha256: str, before: str | None) -> None:
    """Swap the pointer: readers see the old publication, whose id is `before`, until this instant and the new one after."""
    said = {"id": publication_id, "file": f"{publication_id}.duckdb", "sha256": sha256, "previous": before}
    atomic.write(folder(home, audience) / "CURRENT", json.dumps(said, indent=1).encode())


def seal(home: Path, audience: str, publication_id: str, sha256: str) -> None:
    """Note beside a publication what it was when it was released, as `sha256sum --check` reads it.

    By it a file that was damaged since is known, also once it is no longer the current one.
    """
    path = file(home, audience, publication_id)
    atomic.write(seal_of(path), f"{sha256}  {path.name}\n".encode())


def shaped(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the table's columns and types, checked; text is never missing unless the table says so."""
    given = frame.reset_index(drop=True).reindex(columns=[c.name for c in table.columns])
    made = {c.name: _typed(given[c.name], c.type, optional=c.optional) for c in table.columns}
    return _model(table).validate(pd.DataFrame(made, index=given.index))


@cache
def _model(table: Table) -> pandera.DataFrameSchema:
    return table.model()


def _typed(values: pd.Series, kind: str, *, optional: bool) -> pd.Series:
    if kind == "number":
        return values.astype(float)
    if kind == "whole":
        return values.astype("Int64" if optional else "int64")
    if kind == "yes_no":
        return values.astype(bool)
    if kind == "moment":
        return pd.to_datetime(values, utc=True).dt.tz_localize(None)
    if kind == "day":
        return pd.to_datetime(values)
    return values.astype("string") if optional else values.astype("str")


def _fill(connection: duckdb.DuckDBPyConnection, table: Table, frame: pd.DataFrame) -> None:
    connection.execute(table.ddl())
    if frame.empty:  # nothing to check, and every release has some dozens of these
        return
    names = ", ".join(f'"{c.name}"' for c in table.columns)
    connection.register("incoming", pa.Table.from_pandas(shaped(table, frame), preserve_index=False))
    connection.execute(f"insert into {table.name} ({names}) select {names} from incoming")  # noqa: S608 - our own names
    connection.unregister("incoming")
