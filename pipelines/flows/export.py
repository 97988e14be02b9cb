"""A table of the current publication as a file people can open, marked by what it holds, with whose each figure is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.flows import taking_away
from pipelines.flows.taking_away import Taken
from pipelines.queries import owners
from pipelines.queries.frame import header, served
from pipelines.queries.reading import frame
from pipelines.queries.scorecard import scorecard, table
from pipelines.reports.marked import of_release
from schemas.catalogue import catalogue
from schemas.problems import UserError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import pandas as pd

    from pipelines.queries.frame import Header
    from pipelines.queries.pointer import Pointer
    from pipelines.reports.marked import Marked
    from schemas.actors import Actor
    from schemas.catalogue.marking import Content


def export(home: Path, actor: Actor, audience: str, what: str, out: Path, at: datetime) -> str:  # noqa: PLR0913, PLR0917 - where, who, what, whereto, when
    """Write a table of a publication; gives the sentence to say. The file's ending decides its form.

    That it was taken is put in the event log; where it cannot be, there is no file.
    """
    served_now = served(home, actor, audience)
    shown = served_now.pointer
    if shown is None:
        raise UserError("Nothing has been published yet, so there is nothing to export. Publish first.")
    head = header(home, shown)
    known = owners.owners(shown)
    found = _table(shown, what, head.audience, known)
    marked = _marked(head, what, found, known)
    taken = Taken(what, out.suffix.lower().lstrip("."), len(found), marked.level, head.audience, shown.publication_id)
    taking_away.write(home, actor, taken, out, found, at, title=what.replace("_", " ").capitalize(), marked=marked)
    said = f"Wrote {len(found):,} rows to {out}, marked {marked.level}."
    return f"{said} {served_now.fault}" if served_now.fault else said


def _table(shown: Pointer, what: str, audience: str, known: owners.Owners) -> pd.DataFrame:
    if what == "scorecard":
        return table(scorecard(shown).lines, known)
    if what in _OF_AGENCIES and audience != "executive":
        raise UserError(f"Only the Executive’s release holds {what.replace('_', ' ')}. Add --audience executive.")
    if what in _LOGS:
        return owners.of_records(_of_log(shown, what), known)
    order = "indicator_id, period_id, agency_id, area_id, breakdown, category"
    if what == "figures":
        return owners.of_figures(frame(shown, f"select * from figure order by {order}"), known)  # noqa: S608 - our own column names
    return frame(shown, "select * from benchmark order by indicator_id, period_id, area_code")


def _marked(head: Header, what: str, found: pd.DataFrame, known: owners.Owners) -> Marked:
    """The marking of what is really in the table: of figures, whether any of a ward is among them."""
    if what == "benchmarks":
        return of_release(head, {"official_statistics"}, figures=False)
    if what == "scorecard":
        return of_release(head, (), known.of(a for each in set(found["ID"]) for a in known.senders.get(each, ())))
    if what in _LOGS:
        content: Content = "agencies_judged" if _LOGS[what][1].startswith("year_id") else "learning"
        named = found["agency_id"].tolist() if "agency_id" in found.columns else [""]
        return of_release(head, {content}, known.of(owners.keepers(named or [""], known)))
    held: set[Content] = set()
    if found["area_id"].isin([ward.code for ward in catalogue().wards]).any():
        held.add("wards")
    of = {a for i, g in zip(found["indicator_id"], found["agency_id"], strict=True) for a in _agencies(known, i, g)}
    return of_release(head, held, known.of(sorted(of)))


def _agencies(known: owners.Owners, indicator_id: str, agency_id: str) -> tuple[str, ...]:
    return known.senders.get(indicator_id, ()) if agency_id == "all" else (agency_id,)


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
