"""The workbook an agency fills in: what it owes, row by row, with what it sent last time beside."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pipelines.reports.template_figures import figures_sheet, paste_sheet
from pipelines.reports.template_look import Look
from pipelines.reports.template_sheets import beside_sheet, cover_sheet, instructions_sheet, lists_sheet
from schemas.catalogue import catalogue, owed
from schemas.problems import UserError
from schemas.returns import kinds

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import pandas as pd

    from schemas.periods import Period


def write(  # noqa: PLR0913 - where, which kind, whose, when, and what was sent before
    out: Path,
    *,
    kind: str,
    agency_id: str,
    period: Period,
    last: pd.DataFrame | None,
    not_held: pd.DataFrame | None,
    at: datetime,
) -> None:
    """Write the template of a kind for an agency and quarter.

    `last`: figures the agency sent earlier; `not_held`: what it has said it does not hold. The same arguments give
    the same bytes. UserError where the kind is unknown, nothing is owed, or the file cannot be written.
    """
    content = workbook(kind=kind, agency_id=agency_id, period=period, last=last, not_held=not_held, at=at)
    try:
        out.write_bytes(content)
    except OSError as why:
        raise UserError(f"{out} cannot be written: {why.strerror}.") from why


def workbook(  # noqa: PLR0913 - as above
    *,
    kind: str,
    agency_id: str,
    period: Period,
    last: pd.DataFrame | None,
    not_held: pd.DataFrame | None,
    at: datetime,
) -> bytes:
    """The template as bytes, for a download."""
    import xlsxwriter

    if kind not in kinds():
        raise UserError(f"There is no kind of return “{kind}”. Known kinds: {', '.join(kinds())}.")
    layout, agency = kinds()[kind], catalogue().agencies[agency_id]
    figures = owed(catalogue(), agency_id, period)
    if not figures:
        raise UserError(f"{agency.title} owes no figures for {period.short}.")
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(_properties(f"{layout.title}, {agency.title}, {period.short}", at))
        look = Look(book)
        cover_sheet(look, layout, agency, period)
        instructions_sheet(look, layout, period)
        figures_sheet(look, layout, agency, period, figures, last)
        paste_sheet(look, layout)
        for sheet in layout.notes:
            beside_sheet(look, sheet, figures, _carried(not_held, agency_id) if sheet.name == "Not held" else {})
        lists_sheet(look, figures)
    return held.getvalue()


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
