"""A table of the current publication as a file people can open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.queries.frame import header, served
from pipelines.queries.reading import frame
from pipelines.queries.scorecard import scorecard, table
from pipelines.reports import tables
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from pipelines.queries.pointer import Pointer
    from schemas.actors import Actor


def export(home: Path, actor: Actor, audience: str, what: str, out: Path) -> str:
    """Write a table of a publication; gives the sentence to say. The file's ending decides its form."""
    found = served(home, actor, audience)
    shown = found.pointer
    if shown is None:
        raise UserError("Nothing has been published yet, so there is nothing to export. Publish first.")
    head = header(home, shown)
    rows = _table(shown, what, head.audience)
    marking = f"{head.marking}{' · SYNTHETIC' if head.synthetic else ''} · {head.partnership} · {head.published_words}"
    tables.write(out, rows, title=what.replace("_", " ").capitalize(), marking=marking)
    said = f"Wrote {len(rows):,} rows to {out}."
    return f"{said} {found.fault}" if found.fault else said


def _table(shown: Pointer, what: str, audience: str) -> pd.DataFrame:
    if what == "scorecard":
        return table(scorecard(shown).lines)
    if what in _OF_AGENCIES and audience != "executive":
        raise UserError(f"Only the Executive’s release holds {what.replace('_', ' ')}. Add --audience executive.")
    if what in _LOGS:
        return _of_log(shown, what)
    order = "indicator_id, period_id, agency_id, area_id, breakdown, category"
    if what == "figures":
        return frame(shown, f"select * from figure order by {order}")  # noqa: S608 - our own column names
    return frame(shown, "select * from benchmark order by indicator_id, period_id, area_code")


# What each of these is read from, and in which order.
_LOGS = {
    "recommendations": ("recommendation", "position"),
    "actions": ("action", "recommendation_id, position"),
    "evidence": ("evidence", "recommendation_id, true_of, evidence_id"),
    "verdicts": ("impact", "recommendation_id, position"),
    "replies": ("reply", "year_id desc, instrument_id, position"),
    "sector_scores": ("sector_score", "year_id desc, instrument_id, position"),
    "answers": ("answer", "year_id desc, agency_id, statement_id"),
    "standard_scores": ("standard_score", "year_id desc, agency_id, instrument_id, position"),
}
# What agencies said of themselves: no other release holds a row of it.
_OF_AGENCIES = ("answers", "standard_scores")


def _of_log(shown: Pointer, what: str) -> pd.DataFrame:
    table, order = _LOGS[what]
    there = frame(shown, "select count(*) as n from information_schema.tables where table_name = ?", [table])
    if not there["n"].iloc[0]:
        raise UserError(f"This publication was made before it held {what.replace('_', ' ')}. Publish again.")
    return frame(shown, f"select * from {table} order by {order}")  # noqa: S608 - our own table names
