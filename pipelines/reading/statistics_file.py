"""Opens an official statistics CSV, plain or gzipped, in bounded memory, as one table of text."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SIZE_LIMIT = 300_000_000  # bytes unpacked; the largest file of the releases we read is some 120 MB
RATIO_LIMIT = 150  # open data packs 20 to 60 times; a bomb packs a thousand times
_RATIO_FROM = 5_000_000  # a small file may pack as well as it likes
_STEP = 1_000_000


@dataclass(frozen=True)
class StatisticsFile:
    """A file opened: its name, what identifies it, its text, and its column names as printed."""

    name: str
    sha256: str
    content: bytes
    columns: tuple[str, ...]


def opened(path: Path) -> StatisticsFile:
    """The file's text and header; UserError, naming the file, for anything that is not a CSV of reasonable size."""
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise UserError(f"{path.name} is larger than {SIZE_LIMIT // 1_000_000} MB. Take a smaller extract of it.")
        raw = path.read_bytes()
    except OSError as why:
        raise UserError(f"{path.name} cannot be read: {why.strerror or why}. Check its path and your rights.") from why
    content = _text(_unpacked(raw, path.name), path.name)
    first = content[:100_000].decode("utf-8", errors="ignore").lstrip("\r\n")
    header = next(csv.reader(io.StringIO(first)), [])
    columns = tuple(name.strip() for name in header)
    if len(columns) < 2:
        raise UserError(f"{path.name} is not a table of comma-separated columns. Download it again as CSV.")
    return StatisticsFile(path.name, hashlib.sha256(raw).hexdigest(), content, columns)


def table(file: StatisticsFile, fields: Mapping[str, str]) -> pd.DataFrame:
    """The columns asked for ({field: column as printed}) as text, spaces around it gone; no other column is read."""
    import pyarrow as pa
    from pyarrow import csv as arrow

    asked = list(dict.fromkeys(fields.values()))
    options = arrow.ConvertOptions(include_columns=asked, column_types=dict.fromkeys(asked, pa.string()))
    reading = arrow.ReadOptions(column_names=list(file.columns), skip_rows=1, use_threads=False)
    parsing = arrow.ParseOptions(newlines_in_values=True)
    try:
        read = arrow.read_csv(io.BytesIO(file.content), reading, parsing, options)
    except pa.ArrowInvalid as why:
        raise UserError(
            f"{file.name} is not a regular table: a row has more or fewer columns than its header."
        ) from why
    printed = read.to_pandas()
    return pd.DataFrame(
        {field: printed[column].astype("str").fillna("").str.strip() for field, column in fields.items()}
    )


def _unpacked(raw: bytes, name: str) -> bytes:
    if raw[:2] != b"\x1f\x8b":
        return raw
    parts: list[bytes] = []
    size = 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
            while part := packed.read(_STEP):
                parts.append(part)
                size += len(part)
                if size > SIZE_LIMIT or (size > _RATIO_FROM and size > RATIO_LIMIT * len(raw)):
                    raise UserError(f"{name} unpacks to far more than it should. Download it again from the publisher.")
    except (OSError, EOFError, zlib.error) as why:
        raise UserError(f"{name} is a damaged gzip file. Download it again.") from why
    return b"".join(parts)


def _text(content: bytes, name: str) -> bytes:
    """UTF-8 without a byte-order mark; Windows-1252 is turned into it."""
    if content[:4] == b"PK\x03\x04" or content[:4] == b"\xd0\xcf\x11\xe0" or b"\0" in content[:4096]:
        raise UserError(f"{name} is not a CSV file. Unpack it, or save the data as CSV, and try again.")
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").encode()
    return content
