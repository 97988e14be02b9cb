"""The analyst's own workbook back, with every problem marked where it stands and listed on a sheet of its own."""

from __future__ import annotations

import hashlib
import posixpath
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.checking import problem_sheet
from pipelines.checking.marking.book import Book
from pipelines.checking.marking.cells import Said, mark_sheet, stepped_back
from pipelines.checking.marking.comments import has_ours
from pipelines.checking.marking.fresh import fresh
from pipelines.checking.marking.packages import Package
from pipelines.checking.marking.putting import put
from pipelines.checking.marking.spans import Unmarkable
from pipelines.checking.marking.styles import FILLS, Styles
from pipelines.checking.mended_notes import told_of
from pipelines.reading import guard, read
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pipelines.checking.marking.rows import Place
    from pipelines.checking.report import Report
    from pipelines.reading import Sheet
    from schemas.problems import Problem

# Beyond this many comments nobody reads them one by one, and Excel grows slow; further cells are coloured and listed.
COMMENTS = 2_000
_NAMED = 5
_OURS = {problem_sheet.NAME.lower(), problem_sheet.OTHER_NAME.lower()}
_STYLES_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_PROPERTIES = "docprops/app.xml"
_FRESH = (
    "formats, formulas (their results are kept), comments, charts, pictures, sparklines, pivot tables and rules for cells, "
    "as the rows of {what} stand here in a new workbook"
)


def annotate(path: Path, report: Report, out: Path) -> None:
    """Write a copy of the file with its problems marked. UserError where nothing of the file may be kept.

    An Excel workbook is kept as it is, byte for byte but for the marks. The rows of any other file, and of a workbook too
    oddly made to be marked, go into a new one. What the copy could not keep is named on its sheet Problems.
    """
    if report.exit_code == 2 and report.kind is None:
        raise UserError(f"No copy of {report.file} is written: {report.problems[0].message}")
    if out.suffix.lower() != ".xlsx":
        raise UserError(f"The marked copy is an Excel workbook: give it a name that ends in .xlsx, not {out.name}.")
    content = guard.contents(path)
    if hashlib.sha256(content).hexdigest() != report.file_sha256:
        raise _changed(report)
    put(out, _copy(path, content, replace(report, problems=(*report.problems, *told_of(report.mends)))))


def _changed(report: Report) -> UserError:
    return UserError(f"{report.file} has changed since it was checked. Check it again.")


def _copy(path: Path, content: bytes, report: Report) -> bytes:
    """The marked copy as bytes."""
    name, lost = guard.shown_name(path), list[str]()
    form = guard.format_of(path, content)
    if form == "xlsx":
        try:
            return _marked(Package(name, content), path, report)
        except Unmarkable as why:
            lost = [_FRESH.format(what=f"a workbook that cannot be marked in place ({why})")]
    elif form != "csv":
        lost = [_FRESH.format(what=f"an .{form} file")]
    workbook = read(path)
    if workbook.sha256 != report.file_sha256:
        raise _changed(report)
    kept = tuple(sheet for sheet in workbook.sheets if not _is_ours(sheet))
    rows, names, more = fresh(replace(workbook, sheets=kept))
    return _marked(Package(name, rows), None, report, names, [*lost, *more])


def _marked(
    package: Package,
    path: Path | None,
    report: Report,
    names: Mapping[str, str] | None = None,
    lost: Sequence[str] = (),
) -> bytes:
    """The workbook with its cells marked and the list put first. `path`: the file, if it may carry marks of an earlier check.

    `names`: what each sheet of the file is called in the workbook, where that may differ.
    """
    book = Book(package)
    lost = [*lost, *book.forget_history()]
    earlier = _earlier(path, book) if path else None
    styles = _styles(package, book, earlier)
    if earlier:
        book.remove(earlier)
    names = names or {sheet.name: sheet.name for sheet in book.worksheets}
    said = _said(report.problems, names)
    covered, in_talk = list[str](), list[str]()
    for sheet in book.worksheets:
        unkept = mark_sheet(package, sheet, said.get(sheet.name, {}), styles)
        covered += unkept.covered
        in_talk += unkept.in_talk
    for sheet in (each for each in book.sheets if each not in book.worksheets):
        package.write(sheet.path, stepped_back(package.read(sheet.path)))
    lost += _told(covered, "the hatched or graded fill of {}, which the mark covers")
    lost += _told(
        in_talk, "our comment on {}, where people have a conversation: what is wrong there stands only in this list"
    )
    lost += _told_of_many(said, report.problems)
    _put_list(package, book, problem_sheet.problem_sheet(report, names, lost, styles), styles, len(report.problems))
    return package.save()


def _earlier(path: Path, book: Book) -> str | None:
    """The sheet that an earlier check left in the workbook; a sheet the analyst called Problems is not one."""
    if not any(sheet.name.lower() in _OURS for sheet in book.sheets):
        return None
    return next((sheet.name for sheet in read(path).sheets if _is_ours(sheet)), None)


def _is_ours(sheet: Sheet) -> bool:
    return sheet.name.lower() in _OURS and bool(sheet.rows) and sheet.rows[0][0] == problem_sheet.TITLE


def _styles(package: Package, book: Book, earlier: str | None) -> Styles:
    """The workbook's styles. Of its programs only Excel keeps what a mark remembers of the fill a cell had before."""
    found = package.related(book.path, "styles")
    said = package.read(_PROPERTIES) if _PROPERTIES in package else b""
    part = next((package.read(sheet.path) for sheet in book.sheets if sheet.name == earlier), b"")
    keeps = part.startswith(problem_sheet.BEGIN) or b">Microsoft" in said
    comments = [package.related(sheet.path, "comments") for sheet in book.worksheets]
    has_comments = any(has_ours(package.read(relation.target)) for relation in comments if relation)
    xml = package.read(found.target) if found else None
    return Styles(xml, marked_before=has_comments or earlier is not None, keeps_back=keeps)


def _said(problems: Sequence[Problem], names: Mapping[str, str]) -> dict[str, dict[Place, list[Said]]]:
    """What to mark on each sheet, errors first; of very many cells only the first have comments."""
    said: dict[str, dict[Place, list[Said]]] = defaultdict(lambda: defaultdict(list))
    commented: set[tuple[str, Place]] = set()
    for problem in problem_sheet.in_order(problems):
        place, sheet = problem_sheet.place_of(problem), names.get(problem.sheet or "")
        if problem.severity not in FILLS or sheet is None or place is None:
            continue
        if len(commented) < COMMENTS:
            commented.add((sheet, place))
        words = f"{problem.message}\n{problem.fix}".strip() if (sheet, place) in commented else ""
        said[sheet][place].append(Said(problem.severity, words))
    return said


def _told(cells: Sequence[str], sentence: str) -> list[str]:
    """The sentence with the first few of the cells named, and the others counted."""
    if not cells:
        return []
    more = f" and {len(cells) - _NAMED:,} more" if len(cells) > _NAMED else ""
    return [sentence.format(", ".join(cells[:_NAMED]) + more)]


def _told_of_many(said: Mapping[str, Mapping[Place, Sequence[Said]]], problems: Sequence[Problem]) -> list[str]:
    """What is said of a return with more problems than a workbook bears."""
    told: list[str] = []
    if (count := sum(map(len, said.values()))) > COMMENTS:
        told.append(f"comments on more than {COMMENTS:,} cells: all {count:,} are coloured and listed")
    if len(problems) > problem_sheet.LINKS:
        told.append(f"links from more than {problem_sheet.LINKS:,} lines of this list")
    if len(problems) > problem_sheet.LINES:
        told.append(f"more than {problem_sheet.LINES:,} of the {len(problems):,} problems")
    return told


def _put_list(package: Package, book: Book, xml: bytes, styles: Styles, count: int) -> None:
    """Put the list of problems first, under a name the analyst has not used, and the styles of all marks in place."""
    taken = {sheet.name.lower() for sheet in book.sheets}
    choices = (
        problem_sheet.NAME,
        problem_sheet.OTHER_NAME,
        *(f"{problem_sheet.OTHER_NAME} {n}" for n in range(2, 1_000)),
    )
    name = next(choice for choice in choices if choice.lower() not in taken)
    found = package.related(book.path, "styles")
    path = found.target if found else posixpath.join(posixpath.dirname(book.path), "styles.xml")
    package.write(path, styles.result())
    if not found:
        package.relate(book.path, "styles", path)
        package.say_kind(path, _STYLES_KIND)
    book.put_first(name, xml, problem_sheet.named_ranges(count))
