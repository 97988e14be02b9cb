"""What the child says to its parent: data as lines of JSON, which cannot run anything as a pickle could.

{"sheet": …} opens a sheet, {"column": …} holds the different values of its next column (the last of them, where some
have come before as {"values": …}), {"marks": …} closes it;
{"done": …} ends the file; {"refused": …} stands instead of whatever was still to come. After the line of a column follow
as many bytes as its "codes" say: which value stands in each row, four bytes a row.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, Any


def line(record: object) -> bytes:
    r"""One record as a line of JSON, a date tagged so that it comes back as one, and a column's codes behind it.

    >>> line([1, date(2026, 5, 12)])
    b'[1,{"@":"2026-05-12"}]\n'
    >>> line({"column": [None, "a"], "codes": b"1234"})
    b'{"column":[null,"a"],"codes":4}\n1234'
    """
    codes = b""
    if isinstance(record, dict) and "codes" in record:
        codes: bytes = record["codes"]
        record = {**record, "codes": len(codes)}
    return b"".join([ENCODER.encode(record).encode(), b"\n", codes])


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
            size = said["codes"]
            if type(size) is not int or not 0 <= size < left:
                raise ValueError("codes of no size")
            left -= size
            said["codes"] = source.read(size)
            if len(said["codes"]) != size:
                raise ValueError("an answer that breaks off")
        yield said


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
