"""A publication in which every text that people wrote carries markup, so that a page that takes any for markup is found."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from pathlib import Path

ELSEWHERE = "https://elsewhere.example"
POISON = (
    " <img src=x onerror='window.poisoned=1'><script>window.poisoned=1</script><svg onload='window.poisoned=1'>"
    f"<a href='{ELSEWHERE}'>here</a><iframe src='{ELSEWHERE}'></iframe>\"'><b>x</b>"
    f" ![p]({ELSEWHERE}/p.png) [go](javascript:window.poisoned=1) [go]({ELSEWHERE}) {ELSEWHERE} $x$ :red[y]"
)
# Texts that are names of things a page looks up; nobody writes them, and with anything behind them it finds nothing.
_NAMES = frozenset(
    {
        "comparison",
        "domain",
        "kind",
        "policy",
        "senders",
        "shown",
        "special_cause",
        "standard",
        "state",
        "aspect",
        "instrument",
    }
)


def poison(home: Path, audience: str) -> int:
    """Write it into the current publication of an audience, as though it had been published so; how many columns have it."""
    pointer = home / "publications" / audience / "CURRENT"
    said = json.loads(pointer.read_text("utf-8"))
    path = pointer.parent / said["file"]
    with duckdb.connect(str(path)) as connection:
        columns = [(table, column) for table, column in connection.execute(
            "select table_name, column_name from information_schema.columns where data_type = 'VARCHAR'"
        ).fetchall() if column not in _NAMES and not column.endswith(("_id", "_ids"))]  # fmt: skip
        many = sum(_poisoned(connection, table, column) for table, column in columns)
    said["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    pointer.write_text(json.dumps(said), encoding="utf-8")
    return many


def _poisoned(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> bool:
    """Whether anything in the column is more than one word: such a text is for people to read."""
    change = f'update "{table}" set "{column}" = "{column}" || ? where "{column}" like \'% %\''  # noqa: S608 - our own names
    found = connection.execute(change, [POISON]).fetchone()
    return bool(found and found[0])
