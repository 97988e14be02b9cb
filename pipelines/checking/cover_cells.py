"""What stands on a cover and where: label and answer pairs, and the cell that a problem with one of them is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.checking.cells import as_text
from pipelines.checking.headings import find
from pipelines.reading import address
from schemas.returns.meaning import known_by, meaning
from schemas.returns.stated_period import is_period
from schemas.rules import file_contents, file_sender

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipelines.reading import Sheet, Workbook
    from schemas.problems import Problem
    from schemas.returns import Kind

# A cover's labels stand at the top and in the first columns.
_ROWS, _REACH = 60, 4
# The answer of the cover that each of these problems is about.
_ABOUT = {
    **dict.fromkeys(
        (
            file_sender.AGENCY_UNKNOWN.name,
            file_sender.AGENCY_READ_AS.name,
            file_sender.AGENCY_CONTRADICTED.name,
            file_sender.RESPONDENT_UNKNOWN.name,
        ),
        "agency",
    ),
    **dict.fromkeys(
        (
            file_sender.PERIOD_UNREADABLE.name,
            file_sender.PERIOD_FROM_ROWS.name,
            file_sender.PERIOD_CONTRADICTED.name,
            file_sender.PERIOD_AHEAD.name,
            file_sender.OUTSIDE_WINDOW.name,
        ),
        "period",
    ),
    **dict.fromkeys((file_sender.TEMPLATE_OLD.name, file_sender.TEMPLATE_UNKNOWN.name), "template_version"),
    file_contents.NIL_BESIDE_NUMBERS.name: "nil_return",
    file_contents.NIL_AFTER_FIGURES.name: "nil_return",
}


def read_cover(workbook: Workbook, kind: Kind) -> dict[str, str]:
    """The cover's answers by name: from a sheet called Cover, or from label and answer pairs above the table."""
    return {name: answer for name, (answer, _, _) in _answers(workbook, kind).items()}


def kept(cover: Mapping[str, str]) -> dict[str, str]:
    """The cover's answers as they may be kept: of what was typed for the period only what is one, as it could be anything.

    >>> kept({"period": "2026-27 Q2", "agency": "lch"}), kept({"period": "ask the team"})
    ({'period': '2026-27 Q2', 'agency': 'lch'}, {'period': ''})
    """
    stated = cover.get("period", "")
    return {**cover, "period": ""} if stated and not is_period(stated) else dict(cover)


def placed(problems: Iterable[Problem], workbook: Workbook, kind: Kind) -> list[Problem]:
    """Problems with what the cover says of the sender, the period or the template, each with the cell it stands in."""
    places = _answers(workbook, kind)
    return [_at_its_cell(problem, places.get(_ABOUT.get(problem.rule, ""))) for problem in problems]


def _at_its_cell(problem: Problem, place: tuple[str, str, str] | None) -> Problem:
    if place is None or problem.cell:
        return problem
    _, sheet, cell = place
    return replace(problem, message=f"{problem.message} See {sheet}!{cell}.", sheet=sheet, cell=cell)


def _answers(workbook: Workbook, kind: Kind) -> dict[str, tuple[str, str, str]]:
    """By name each answer of the cover, the sheet and the cell it stands in."""
    known = known_by((name, (name.replace("_", " "), *labels_)) for name, labels_ in kind.cover.items())
    sheets = sorted(workbook.sheets, key=lambda sheet: meaning(sheet.name) != "cover")
    found: dict[str, tuple[str, str, str]] = {}
    for sheet in (s for s in sheets[:2] if s.visible):
        headings = find(sheet, kind.data)
        above = _ROWS if headings is None else headings.first_row - 1
        for name, answer, cell in _pairs(sheet, above, known):
            found.setdefault(name, (answer, sheet.name, cell))
    return found


def _pairs(sheet: Sheet, last: int, known: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    """Labels, the answer beside each, and its cell: the next one, or the first past the columns its label is merged over."""
    spans = {(top, left): right for top, left, _, right in sheet.merged}
    for number, row in enumerate(sheet.rows[:last]):
        texts = [as_text(cell) for cell in row[:_REACH]]
        place = next((place for place, text in enumerate(texts) if text), None)
        name = None if place is None else known.get(meaning(texts[place]))
        if place is None or name is None:
            continue
        beside = spans.get((number, place), place) + 1
        answer = as_text(row[beside]) if beside < len(row) else ""
        # A row of headings reads like a pair; its answer is then another label.
        if answer and meaning(answer) not in known:
            yield name, answer, address(number, beside)
