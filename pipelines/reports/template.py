"""The workbook an agency fills in: what it owes, row by row, with what it sent last time beside."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pipelines.reports.template_assessment import assessment_cover
from pipelines.reports.template_figures import figures_sheet, paste_sheet
from pipelines.reports.template_log import log_instructions, log_sheets, parts_of
from pipelines.reports.template_look import Look
from pipelines.reports.template_sheets import beside_sheet, cover_sheet, instructions_sheet, lists_sheet
from pipelines.reports.whole import whole
from schemas.catalogue import catalogue, owed
from schemas.problems import UserError
from schemas.returns import kinds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    import pandas as pd

    from pipelines.reports.template_assessment import Copy
    from schemas.catalogue import Agency
    from schemas.periods import Period
    from schemas.returns import Kind


@dataclass(frozen=True)
class Sent:
    """What an agency sent before: its figures, and what it has said it does not hold; None where nothing is known."""

    last: pd.DataFrame | None = None
    not_held: pd.DataFrame | None = None


def write(  # noqa: PLR0913 - where, which kind, whose, when, and what was sent before
    out: Path,
    *,
    kind: str,
    agency_id: str,
    period: Period,
    sent: Sent,
    filled: Mapping[str, pd.DataFrame] | None = None,
    copy: Copy | None = None,
    at: datetime,
) -> None:
    """Write the template of a kind for an agency and quarter.

    `sent`: what the agency sent earlier; `filled`: of a log, the records that stand open; `copy`: of a self-assessment,
    whose it is. The same arguments give the same bytes. UserError where the kind is unknown, nothing is owed, or the
    file cannot be written.
    """
    content = workbook(kind=kind, agency_id=agency_id, period=period, sent=sent, filled=filled, copy=copy, at=at)
    try:
        with whole(out) as part:
            part.write_bytes(content)
    except OSError as why:
        raise UserError(f"{out} cannot be written: {why.strerror}.") from why


def workbook(  # noqa: PLR0913 - as above
    *,
    kind: str,
    agency_id: str,
    period: Period,
    sent: Sent,
    filled: Mapping[str, pd.DataFrame] | None = None,
    copy: Copy | None = None,
    at: datetime,
) -> bytes:
    """The template as bytes, for a download."""
    import xlsxwriter

    if kind not in kinds():
        raise UserError(f"There is no kind of return “{kind}”. Known kinds: {', '.join(kinds())}.")
    layout = kinds()[kind]
    name = copy.name if copy else catalogue().agencies[agency_id].title
    if layout.is_log:
        _may_send(layout, agency_id)
    elif not owed(catalogue(), agency_id, period):
        raise UserError(f"{name} owes no figures for {period.short}.")
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(_properties(f"{layout.title}, {name}, {period.short}", at))
        look = Look(book)
        if copy:
            assessment_cover(look, layout, copy, period)
        else:
            cover_sheet(look, layout, catalogue().agencies[agency_id], period)
        if layout.is_log:
            parts = copy.parts(layout) if copy else parts_of(layout)
            log_instructions(look, layout, parts, period)
            log_sheets(look, parts, filled or {})
        else:
            _figures(look, layout, catalogue().agencies[agency_id], period, sent)
    return held.getvalue()


def _figures(look: Look, layout: Kind, agency: Agency, period: Period, sent: Sent) -> None:
    figures = owed(catalogue(), agency.id, period)
    instructions_sheet(look, layout, period)
    figures_sheet(look, layout, agency, period, figures, sent.last)
    paste_sheet(look, layout)
    for sheet in layout.notes:
        beside_sheet(look, sheet, figures, _carried(sent.not_held, agency.id) if sheet.name == "Not held" else {})
    lists_sheet(look, figures)


def _may_send(kind: Kind, agency_id: str) -> None:
    calendar = catalogue().calendar[kind.id]
    if calendar.only_senders and agency_id not in calendar.senders:
        senders = " and ".join(catalogue().agencies[each].title for each in calendar.senders)
        raise UserError(f"The {kind.title[0].lower()}{kind.title[1:]} is sent by {senders} only.")


def _properties(title: str, at: datetime) -> dict[str, object]:
    partnership = catalogue().partnership
    comments = "SYNTHETIC" if partnership.synthetic else ""
    return {"title": title, "company": partnership.name, "created": at.replace(tzinfo=None), "comments": comments}


def _carried(not_held: pd.DataFrame | None, agency_id: str) -> dict[str, str]:
    """The reasons given last time, by indicator: still true until somebody says otherwise."""
    if not_held is None or not_held.empty:
        return {}
    mine = not_held[not_held["agency_id"].eq(agency_id)] if "agency_id" in not_held else not_held
    ordered = mine.sort_values("period_id") if "period_id" in mine else mine
    if "period_id" in ordered and len(ordered):
        ordered = ordered[ordered["period_id"].eq(ordered["period_id"].iloc[-1])]
    return dict(zip(ordered["indicator_id"], ordered["reason"], strict=True))
