"""What the child says to its parent: data as lines of JSON, which cannot run anything as a pickle could.

{"sheet": …} opens a sheet, {"columns": …} holds its different values, {"marks": …} closes it; {"done": …} ends the
file; {"refused": …} stands instead of whatever was still to come. After a line of columns follow as many bytes as its
"codes" say for each column: which value stands in each row, four bytes a row.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, Any


def line(record: object) -> bytes:
    r"""One record as a line of JSON, a date tagged so that it comes back as one, and the codes of columns behind it.

    >>> line([1, date(2026, 5, 12)])
    b'[1,{"@":"2026-05-12"}]\n'
    >>> line({"columns": [[None, "a"]], "codes": [b"1234"]})
    b'{"columns":[[null,"a"]],"codes":[4]}\n1234'
    """
    codes: list[bytes] = []
    if isinstance(record, dict) and "codes" in record:
        codes = record["codes"]
        record = {**record, "codes": [*map(len, codes)]}
    return b"".join([ENCODER.encode(record).encode(), b"\n", *codes])


def record(text: bytes) -> Any:  # noqa: ANN401 - whatever stood on the line
    r"""The record on a line, its dates dates again. Raises ValueError where the line is not JSON.

    >>> record(line([None, date(2026, 5, 12)]))
    [None, datetime.date(2026, 5, 12)]
    """
    return json.loads(text, object_hook=_untagged)


def records(source: IO[bytes], most: int) -> Iterator[Any]:
    """Each record of an answer of at most so many bytes, with its codes. Raises ValueError for anything else."""
    left = most
    while text := source.readline(left):
        left -= len(text)
        if left <= 0 or not text.endswith(b"\n"):
            raise ValueError("an answer that is too long or breaks off")
        said = record(text)
        if isinstance(said, dict) and "codes" in said:
            sizes: list[int] = [size for size in said["codes"] if type(size) is int and size >= 0]
            left -= sum(sizes)
            if left < 0 or len(sizes) != len(said["codes"]):
                raise ValueError("codes of no size")
            said["codes"] = [_bytes(source, size) for size in sizes]
        yield said


def _bytes(source: IO[bytes], size: int) -> bytes:
    found = source.read(size)
    if len(found) != size:
        raise ValueError("an answer that breaks off")
    return found


def _untagged(facts: dict[str, Any]) -> Any:  # noqa: ANN401 - a tagged date becomes a date, other objects stay
    text = facts.get("@")
    if text is None:
        return facts
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _tagged(value: object) -> object:
    """Dates tagged; a time of day or a length of time as the text people see."""
    if isinstance(value, date):
        return {"@": value.isoformat()}
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    message = f"{type(value).__name__} is not a cell's value"
    raise TypeError(message)


ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_tagged)
