"""In which rows and columns of submissions something stands that was not removed for good: by place, never what it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from pipelines.store.sought import REMOVED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pipelines.store.opening import Connection

Spots = dict[str, frozenset[str]]


def held(connection: Connection, submissions: Collection[str]) -> Spots:
    """Of each of these submissions every place where something stands, as `Commentary!3 (why)`."""
    found: dict[str, set[str]] = {}
    for name, spot in _every(connection, list(submissions)):
        found.setdefault(name, set()).add(spot)
    return {name: frozenset(spots) for name, spots in found.items()}


def gone(then: Collection[str], now: Collection[str]) -> tuple[str, ...]:
    """The places of `now` in which nothing stood `then`; a row of which nothing was left at all as a row.

    >>> gone({"Heard!3 (said)"}, {"Heard!3 (said)", "Heard!3 (who)", "Heard!2 (said)", "Heard!2 (who)"})
    ('Heard!2', 'Heard!3 (who)')
    """
    left = {_row(spot) for spot in then}
    return tuple(sorted({spot if _row(spot) in left else _row(spot) for spot in now if spot not in then}))


def is_held(spot: str, now: Collection[str]) -> bool:
    """Whether anything stands in a place, or in a row of which that is asked."""
    return spot in now or spot in {_row(each) for each in now}


def _row(spot: str) -> str:
    return spot.rpartition(" (")[0]


def _every(connection: Connection, submissions: list[str]) -> Iterator[tuple[str, str]]:
    reasons = (
        "select distinct submission_id, sheet, row from observation "
        "where list_contains(?, submission_id) and reason <> '' and reason <> ?"
    )
    for name, sheet, row in connection.execute(reasons, [submissions, REMOVED]).fetchall():
        yield name, f"{sheet}!{row} (reason)"
    bodies = "select submission_id, sheet, row, body from record where list_contains(?, submission_id)"
    for name, sheet, row, body in connection.execute(bodies, [submissions]).fetchall():
        for column, value in cast("Mapping[str, object]", json.loads(body)).items():
            if value not in (None, "", REMOVED):
                yield name, f"{sheet}!{row} ({column})"
