"""What an agency's own spreadsheet says of itself above its tables, and whose word counts where it says nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.checking.cover import read_cover
from pipelines.checking.laid_out.timing import quarter_in, year_in
from pipelines.checking.stated import Stated, with_stated
from schemas.catalogue import catalogue
from schemas.returns import kinds
from schemas.returns.labels import labels
from schemas.returns.meaning import meaning
from schemas.rules import file_layout

if TYPE_CHECKING:
    from pipelines.checking.laid_out.matching import Match
    from pipelines.reading import Workbook
    from schemas.problems import Problem

# What a cover says of the template it was made from is no business of a spreadsheet that was made from none.
_OF_TEMPLATES = frozenset({"template_version", "kind"})


def claims(workbook: Workbook, match: Match, stated: Stated) -> tuple[dict[str, str], list[Problem]]:
    """The cover's answers, the sender's or the layout's word where there is none, and a problem where these disagree.

    A title block is written for people: what it says under Agency or Period counts only where it can be understood.
    """
    kind = kinds()["figures"]
    found = read_cover(_above_the_tables(workbook, match), kind)
    cover = {name: answer for name, answer in found.items() if name not in _OF_TEMPLATES}
    cover = _with_period(_with_agency(cover, match, stated), stated)
    owner = match.layout.agency_id
    sender = agency_named(stated.agency) or agency_named(cover.get("agency", ""))
    if owner and sender and sender != owner:
        titles = {each.id: each.short for each in catalogue().agencies.values()}
        words = {"layout": match.layout.title, "owner": titles[owner], "agency": titles[sender]}
        return cover, [file_layout.LAYOUT_OF_ANOTHER.problem(words)]
    return with_stated(cover, replace(stated, agency=stated.agency or owner))


def _above_the_tables(workbook: Workbook, match: Match) -> Workbook:
    tops: dict[str, int] = {}
    for table in match.tables:
        tops.setdefault(table.sheet.name, table.head.row)
    sheets = (replace(sheet, rows=sheet.rows[: tops.get(sheet.name)]) for sheet in workbook.sheets)
    return replace(workbook, sheets=tuple(sheets))


def _with_agency(cover: dict[str, str], match: Match, stated: Stated) -> dict[str, str]:
    """Without an agency nobody knows, where somebody else's word can take its place."""
    other = stated.agency or match.layout.agency_id
    if other and not agency_named(cover.get("agency", "")):
        return {name: answer for name, answer in cover.items() if name != "agency"}
    return cover


def _with_period(cover: dict[str, str], stated: Stated) -> dict[str, str]:
    """With the quarter in its one spelling, or the year; without what is neither, and without the year of the quarter stated."""
    said = cover.get("period", "")
    quarter, year, wanted = quarter_in(said), year_in(said), quarter_in(stated.period)
    rest = {name: answer for name, answer in cover.items() if name != "period"}
    if quarter is not None:
        return rest | {"period": quarter.id}
    if year is None or (wanted is not None and year.contains(wanted)):
        return rest
    return rest | {"period": year.id}


def agency_named(text: str) -> str:
    """The id of the agency a text names, by its id or any of its names; "" where it names none."""
    return labels(catalogue())["agency_id"].get(meaning(text), "") if text else ""
