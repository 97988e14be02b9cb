"""Read any file: look at it from outside, have a limited child process parse it, take the answer as plain data."""

from __future__ import annotations

import hashlib
from contextlib import closing
from time import monotonic
from typing import TYPE_CHECKING, Any

from pipelines.reading import guard, package, process
from pipelines.reading.gathering import gathered
from pipelines.reading.workbook import Workbook
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.reading.gathering import Gathered
    from pipelines.reading.workbook import Format

SECONDS = 10.0
# A workbook of 200,000 rows is 10 MB and takes two seconds of a processor, text of 1,000,000 rows 100 MB and less: on a
# machine that is slow, and has ten other things to do, both must still pass. Workbooks, then text.
SECONDS_PER_MEGABYTE = (4.0, 1.0)
# From here on Arrow reads text so much faster than Python that loading it pays.
LARGE_TEXT = 8_000_000


def read(path: Path, *, seconds: float | None = None, bytes_limit: int | None = None) -> Workbook:
    """The sheets of a workbook or CSV file, read in a child process that cannot outlast or outgrow its limits.

    `seconds` bounds the whole of it; left out, it is ten, and longer for large files. `bytes_limit` is the format's own
    where none is given.
    Raises UserError (exit code 2) with one sentence that names the file and says what to do, and never quotes it.
    On Windows only the time and the size of the answer are limited, since that system has no RLIMIT.
    """
    return read_content(path, guard.contents(path, bytes_limit=bytes_limit), seconds=seconds)


def read_content(path: Path, content: bytes, *, seconds: float | None = None) -> Workbook:
    """The same of a content that is at hand; `path` is what the file is called, and need not be there. UserError as for `read`."""
    name = guard.shown_name(path)
    began, form = monotonic(), guard.format_of(path, content)
    until = began + (seconds or max(SECONDS, SECONDS_PER_MEGABYTE[form == "csv"] * len(content) / 1e6))
    try:
        whole = _parsed(name, form, content, until, is_careful=False)
    except process.Unanswered as why:
        raise UserError(guard.printable(f"{name} {why}")) from None
    return Workbook(
        path=path,
        file_name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        format=form,
        sheets=whole.sheets,
        notes=tuple(map(guard.printable, whole.notes)),
        texts=whole.texts,
    )


def _parsed(name: str, form: Format, content: bytes, until: float, *, is_careful: bool) -> Gathered:
    """What a child makes of the file; where one breaks down over a workbook, a second goes about it with more care."""
    is_large = form == "csv" and len(content) >= LARGE_TEXT
    child = process.started(until - monotonic(), is_large=is_large)
    try:
        question: dict[str, Any] = {"form": form, "is_large": is_large}
        if form != "csv":
            question = {"form": form, "entries": package.checked(name, form, content), "is_careful": is_careful}
        with closing(process.answers(child, question, content, until=until)) as records:
            return gathered(records)
    except process.Stopped:
        if is_careful or form != "xlsx":
            raise
        return _parsed(name, form, content, until, is_careful=True)
    finally:
        process.end(child)
