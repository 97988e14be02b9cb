"""The records of logs that stand in the vault, and what a return would change of them."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from schemas.periods import day_words
from schemas.returns import kinds
from schemas.returns.records import empty, fits, keys, model, typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from duckdb import DuckDBPyConnection

    from schemas.catalogue import Catalogue
    from schemas.returns import Column, Kind, SheetLayout

BESIDE = ("submission_id", "sent_by", "received_at", "first_received_at", "first_body", "answered_at")
CHANGE_COLUMNS = ["sheet", "record_key", "was", "now"]
_STANDING = """
select r.sheet, r.record_key, r.body, s.submission_id, s.agency_id as sent_by, s.received_at
from record as r
join submission as s
    on s.submission_id = r.submission_id
where s.state in ('accepted', 'accepted_with_queries')
    and s.kind = ?
    and (? = '' or s.agency_id = ?)
    and starts_with(r.record_key, ?)
order by s.received_at, s.submission_id, r.sheet, r.row
"""


def standing(
    connection: DuckDBPyConnection, kind: Kind, sender_id: str = "", *, named: str = ""
) -> dict[str, pd.DataFrame]:
    """The records of a log as they stand, by sheet, typed: of each record the version received last.

    `sender_id`: only what that sender sent; `named`: only records with that first part of their key; empty for all.

    In the order records were first received. Beside the sheet's columns: submission_id, sent_by, received_at and
    first_received_at (UTC), first_body, what it said when it first came (JSON), and answered_at, when what a column notes
    (as the score that is moderated) came as it stands. Raises what pandera raises where the vault holds what no check lets in.
    """
    rows = connection.execute(_STANDING, [kind.id, sender_id, sender_id, f"{named}|" if named else ""]).fetchall()
    moments = {moment: pd.Timestamp(moment).tz_localize("UTC") for moment in {row[-1] for row in rows}}
    by_sheet: dict[str, dict[str, dict[str, Any]]] = {layout.name: {} for layout in kind.sheets}
    noted = {layout.name: [column.notes for column in layout.columns if column.notes] for layout in kind.sheets}
    for sheet, key, body, submission_id, sent_by, received_at in rows:
        if sheet not in by_sheet:
            continue
        at = moments[received_at]
        known = by_sheet[sheet].get(key, {})
        first, first_body = known.get("first_received_at", at), known.get("first_body", body)
        said = json.loads(body)
        is_as_before = all(known.get(name, "") == said.get(name, "") for name in noted[sheet])
        answered = known["answered_at"] if known and is_as_before else at
        facts = (submission_id, sent_by, at, first, first_body, answered)
        by_sheet[sheet][key] = {**said, **dict(zip(BESIDE, facts, strict=True))}
    return {name: _framed(kind.sheet(name), list(found.values())) for name, found in by_sheet.items()}


def beside(connection: DuckDBPyConnection, kind: Kind, sender_id: str) -> dict[str, pd.DataFrame]:
    """What a return of a log is held against: the log as it stands, and of other logs the recommendations they speak of.

    Where each sender's records stand by themselves: its own, and the register of those who may send.
    """
    if kind.from_respondents:
        return standing(connection, kinds()["register"], named=sender_id) | standing(connection, kind, sender_id)
    found = standing(connection, kind)
    learning = kinds()["learning"]
    named = learning.data.name
    return found if kind.id == learning.id else {named: standing(connection, learning)[named]} | found


def every_log(connection: DuckDBPyConnection) -> dict[str, dict[str, pd.DataFrame]]:
    """All records of all logs that stand, by kind and sheet."""
    return {kind.id: standing(connection, kind) for kind in kinds().values() if kind.is_log}


def changes(
    held: Mapping[str, pd.DataFrame], kind: Kind, records: Mapping[str, pd.DataFrame], catalogue: Catalogue
) -> pd.DataFrame:
    """What records that have come would change of those that stand: one row a record that is new or differs.

    Columns sheet, record_key, was, now; the last two name only what differs, in words.
    """
    found = [
        (layout.name, *told)
        for layout in kind.sheets
        if layout.name in records and len(records[layout.name])
        for told in _changed(layout, held.get(layout.name, empty(layout)), records[layout.name], catalogue)
    ]
    return pd.DataFrame(found, columns=CHANGE_COLUMNS, dtype="str")


def _framed(layout: SheetLayout, rows: list[dict[str, Any]]) -> pd.DataFrame:
    if not rows:
        return _without_any(layout).copy()
    # Column by column: of rows pandas would have to find out what each column holds.
    said = {c.name: pd.Series([row.get(c.name) or "" for row in rows], dtype="str") for c in layout.columns}
    facts = {name: pd.Series([row[name] for row in rows]) for name in BESIDE}
    frame = typed(layout, pd.DataFrame({**said, **facts}))
    return frame if fits(layout, frame) else model(layout).validate(frame)


@cache
def _without_any(layout: SheetLayout) -> pd.DataFrame:
    return empty(layout).assign(**{name: pd.Series([], dtype="object") for name in BESIDE})


def _changed(
    layout: SheetLayout, held: pd.DataFrame, coming: pd.DataFrame, catalogue: Catalogue
) -> Iterator[tuple[str, str, str]]:
    before = dict(zip(keys(layout, held), held.to_dict("records"), strict=True)) if len(held) else {}
    now = typed(layout, coming)
    for key, row in zip(keys(layout, now), now.to_dict("records"), strict=True):
        old = before.get(key)
        if old is None:
            yield key, "", "New"
            continue
        differing = [c for c in layout.columns if _text(c, row[c.name], catalogue) != _text(c, old[c.name], catalogue)]
        if differing:
            yield key, _said(differing, old, catalogue), _said(differing, row, catalogue)


def _said(columns: list[Column], row: Mapping[Any, Any], catalogue: Catalogue) -> str:
    return "; ".join(f"{c.heading}: {_text(c, row[c.name], catalogue) or 'empty'}" for c in columns)


def _text(column: Column, value: Any, catalogue: Catalogue) -> str:  # noqa: ANN401 - a cell of any type
    if column.holds == "day":
        return "" if pd.isna(value) else day_words(value)
    if column.holds in ("whole", "number"):
        return "" if pd.isna(value) else f"{value:,.10g}"
    if column.holds == "choice" and value:
        return catalogue.label(column.choices, str(value))
    return str(value)
