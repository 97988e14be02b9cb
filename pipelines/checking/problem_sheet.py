"""The sheet Problems of an annotated copy: what to do first, where, and why, each line a way to its cell."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING

from pipelines.checking.marking.rows import COLUMNS, ROWS
from pipelines.checking.marking.spans import MAIN, escaped
from pipelines.checking.marking.styles import FILLS
from pipelines.reading import address, column_letters
from pipelines.reading.places import column_number
from schemas.rule import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipelines.checking.marking.styles import Styles
    from pipelines.checking.report import Report
    from schemas.problems import Problem, Severity

NAME = "Problems"
# Where the analyst has a sheet called Problems already. A check passes over both.
OTHER_NAME = "Problems found"
TITLE = "What this check found"
_HEADINGS = (
    ("To do", 16),
    ("Where", 16),
    ("Value", 18),
    ("What is wrong", 62),
    ("How to put it right", 52),
    ("Why it matters", 52),
)
# Excel "repairs" a sheet with more links than this; what no longer fits stands in the report on the page.
LINKS, LINES = 65_000, 1_000_000
_LETTERS = 32_000  # Excel keeps at most 32,767 letters in a cell
_HEAD = 4
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})(?![A-Z0-9])")
_ORDER: dict[Severity, int] = {"error": 0, "query": 1, "note": 2}
_TO_DO = {"error": "Put right", "query": "Explain or check", "note": "For information"}
_BLUE = "FF12436D"
_TINT: dict[Severity, str] = {**FILLS, "note": "FFF5F7F9"}
_A_LINE, _LINE_HEIGHT, _TALLEST = 190, 15, 405  # letters across the sheet; points: a line's, and the tallest row's
_WRAPPED = 'vertical="top" wrapText="1"'
_LOST = "What this copy could not keep or mark: "
# The list begins so until a spreadsheet program saves it anew.
BEGIN = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="%s"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>""" % MAIN.encode()
_SHEET = b"""%s<dimension ref="A1:F%d"/><sheetViews><sheetView tabSelected="1" workbookViewId="0">\
<pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/>\
<selection pane="bottomLeft" activeCell="A%d" sqref="A%d"/></sheetView></sheetViews>\
<sheetFormatPr defaultRowHeight="15"/><cols>%s</cols><sheetData>%s</sheetData>%s<mergeCells count="1">\
<mergeCell ref="A3:F3"/></mergeCells>%s<pageMargins left="0.5" right="0.5" top="0.75" bottom="0.75" header="0.3" \
footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>"""


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """The problems with those first that hold rows back."""
    return sorted(problems, key=lambda problem: _ORDER[problem.severity])


def place_of(problem: Problem) -> tuple[int, int] | None:
    """The row and column, counted from 0, of the problem's cell, or of its first; None where an Excel sheet has no such."""
    found = _CELL.match(problem.cell or "")
    if not found:
        return None
    row, column = int(found.group(2)) - 1, column_number(found.group(1).encode())
    return (row, column) if 0 <= row < ROWS and column < COLUMNS else None


def problem_sheet(report: Report, links: Mapping[str, str], lost: Sequence[str], styles: Styles) -> bytes:
    """The sheet as XML, its styles added to the workbook's. `links`: each sheet's name in the copy, by that in the file."""
    looks = _Looks(styles)
    problems = in_order(report.problems)[:LINES]
    rows = [*_top(report, lost, looks), *_lines(problems, links, looks, _reasons(report.kind))]
    last = _HEAD + len(problems)
    columns = b"".join(
        b'<col min="%d" max="%d" width="%d" customWidth="1"/>' % (at, at, width)
        for at, (_, width) in enumerate(_HEADINGS, 1)
    )
    after = _HEAD + 1
    return _SHEET % (
        *(BEGIN, last, _HEAD, after, after, after, columns, b"".join(rows)),
        b'<autoFilter ref="%s"/>' % filter_range(len(problems)).encode() if problems else b"",
        _hyperlinks(problems, links),
    )


def filter_range(count: int) -> str:
    """The heading and the lines below it.

    >>> filter_range(2)
    'A4:F6'
    """
    return f"A{_HEAD}:F{_HEAD + min(count, LINES)}"


def named_ranges(count: int) -> dict[str, str]:
    """The names Excel keeps for a sheet's filter and for the heading it repeats on every printed page."""
    absolute = f"$A${_HEAD}:$F${_HEAD + min(count, LINES)}"
    filtered = {"_xlnm._FilterDatabase": absolute} if count else {}
    return {**filtered, "_xlnm.Print_Titles": f"${_HEAD}:${_HEAD}"}


def plain(text: str) -> str:
    """A text that no spreadsheet runs, in this file or in one it is copied to: an apostrophe before a formula's sign.

    >>> plain("=1+1"), plain("-3"), plain("quiet")
    ("'=1+1", "'-3", 'quiet')
    """
    text = text[:_LETTERS]
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) or text[:1] in ("\t", "\r") else text


class _Looks:
    """The styles of the sheet, as numbers."""

    def __init__(self, styles: Styles) -> None:
        def font(size: int, color: str, more: str = "") -> str:
            return f'{more}<sz val="{size}"/><color rgb="{color}"/><name val="Calibri"/><family val="2"/>'

        self.title = styles.add(font(18, _BLUE, "<b/>"))
        self.heading = styles.add(font(11, "FFFFFFFF", "<b/>"), _BLUE, 'vertical="center"')
        self.text = styles.add("", "", _WRAPPED)
        self.link = styles.add(font(11, _BLUE, "<u/>"), "", _WRAPPED)
        self.to_do = {severity: styles.add("", fill, _WRAPPED) for severity, fill in _TINT.items()}


def _top(report: Report, lost: Sequence[str], looks: _Looks) -> Iterator[bytes]:
    """The title, the summary, what was lost, and the headings."""
    yield _row(1, [(TITLE, looks.title)])
    yield _row(2, [(plain(report.summary()), 0)])
    if lost:
        said = _LOST + "; ".join(lost) + "."
        yield _row(3, [(said, looks.text)], lines=ceil(len(said) / _A_LINE))
    yield _row(_HEAD, [(title, looks.heading) for title, _ in _HEADINGS])


def _lines(
    problems: Sequence[Problem], links: Mapping[str, str], looks: _Looks, reasons: Mapping[str, str]
) -> Iterator[bytes]:
    for number, problem in enumerate(problems, _HEAD + 1):
        is_linked = _location(problem, links) is not None and number - _HEAD <= LINKS
        cells = [
            (_TO_DO[problem.severity], looks.to_do[problem.severity]),
            (plain(_where(problem)), looks.link if is_linked else looks.text),
            (plain(problem.value or ""), looks.text),
            (plain(problem.aside), looks.text),
            (plain(problem.fix), looks.text),
            (plain(reasons.get(problem.rule, "")), looks.text),
        ]
        widths = (width for _, width in _HEADINGS)
        yield _row(
            number, cells, lines=max(ceil(len(text) / width) for (text, _), width in zip(cells, widths, strict=True))
        )


def _row(number: int, cells: Sequence[tuple[str, int]], lines: int = 0) -> bytes:
    """A row of texts. `lines`: how many lines the longest of them fills; not every program finds that out by itself."""
    content = b"".join(
        b'<c r="%s%d" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>'
        % (column_letters(at).encode(), number, style, escaped(text))
        for at, (text, style) in enumerate(cells)
    )
    tall = b' ht="%d" customHeight="1"' % min(lines * _LINE_HEIGHT, _TALLEST) if lines > 1 else b""
    return b'<row r="%d"%s>%s</row>' % (number, tall, content)


def _hyperlinks(problems: Sequence[Problem], links: Mapping[str, str]) -> bytes:
    found = [
        b'<hyperlink ref="B%d" location="%s" display="%s"/>' % (number, escaped(location), escaped(_where(problem)))
        for number, problem in enumerate(problems[:LINKS], _HEAD + 1)
        if (location := _location(problem, links))
    ]
    return b"<hyperlinks>%s</hyperlinks>" % b"".join(found) if found else b""


def _where(problem: Problem) -> str:
    return f"{problem.sheet}!{problem.cell}" if problem.cell else (problem.sheet or "The file")


def _location(problem: Problem, links: Mapping[str, str]) -> str | None:
    name, place = links.get(problem.sheet or ""), place_of(problem)
    return "'" + name.replace("'", "''") + "'!" + address(*place) if name is not None and place else None


def _reasons(kind: str | None) -> dict[str, str]:
    """Why each rule is there, in one line, for the rules that may have been broken."""
    return {
        rule.name: " ".join(rule.reason.split())
        for name in dict.fromkeys(("file", "log", kind or "figures"))
        for rule in rules_of(name)
    }
