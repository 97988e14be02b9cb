"""Mark the cells of one worksheet: a fill, a comment, a box for the comment; and take off what an earlier check left."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.checking.marking.comments import has_ours, with_comments
from pipelines.checking.marking.rows import masked
from pipelines.checking.marking.shapes import next_block, with_shapes
from pipelines.checking.marking.sheets import Worksheet
from pipelines.checking.marking.spans import Unmarkable, spliced, with_attribute
from pipelines.reading import address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipelines.checking.marking.book import Listed
    from pipelines.checking.marking.packages import Package
    from pipelines.checking.marking.rows import Place
    from pipelines.checking.marking.styles import Styles
    from schemas.problems import Severity

_COMMENTS_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_SHAPES_KIND = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_VIEW = re.compile(rb"<(?:[\w.-]+:)?sheetView(?=[\s/>])[^<>]*>")
_TOP = 20_000  # letters of a sheet's part within which it says whether it is in front


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be marked on one cell, and with which words; none where only the colour is wanted."""

    severity: Severity
    words: str = ""


@dataclass(slots=True)
class Unkept:
    """The cells whose look or whose place for a comment the marks could not keep, by sheet and cell."""

    covered: list[str] = field(default_factory=list[str])
    in_talk: list[str] = field(default_factory=list[str])


def mark_sheet(package: Package, sheet: Listed, said: Mapping[Place, list[Said]], styles: Styles) -> Unkept:
    """Mark one worksheet's cells, and take off the marks of an earlier check."""
    unkept = Unkept()
    xml = package.read(sheet.path)
    comments = package.related(sheet.path, "comments")
    commented = package.read(comments.target) if comments else b""
    is_old = bool(styles.marks) or has_ours(commented)
    if not said and not is_old:
        package.write(sheet.path, stepped_back(xml))
        return unkept
    page = Worksheet(xml)
    if is_old:
        page.unmark({style: styles.base(style) for style in styles.marks})
    here = _gathered(page, said)
    page.mark({place: _change(styles, each, f"{sheet.name}!{address(*place)}", unkept) for place, each in here.items()})
    words = {
        place: text for place, each in here.items() if (text := "\n\n".join(one.words for one in each if one.words))
    }
    if words or has_ours(commented):
        unkept.in_talk += [
            f"{sheet.name}!{address(*place)}" for place in _comment(package, sheet, page, commented, words)
        ]
    package.write(sheet.path, stepped_back(page.result()))
    return unkept


def stepped_back(xml: bytes) -> bytes:
    """A sheet's part without its claim to be in front: with two in front, what is typed would go into both.

    >>> stepped_back(b'<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>')
    b'<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
    """
    top = xml[:_TOP]
    if b"tabSelected" not in top:
        return xml
    tags = (
        (found.start(), found.end(), with_attribute(found.group(), "tabSelected", None))
        for found in _VIEW.finditer(masked(top))
    )
    return spliced(xml, list(tags))


def _gathered(page: Worksheet, said: Mapping[Place, list[Said]]) -> dict[Place, list[Said]]:
    """What is said of each cell that is seen: of merged cells that is the first."""
    here: dict[Place, list[Said]] = defaultdict(list)
    for place, each in said.items():
        here[page.first_of_merged(place)] += each
    return here


def _change(styles: Styles, said: list[Said], where: str, unkept: Unkept) -> Callable[[int], int]:
    """Turns the style a cell has into that of its mark, in the colour of the worst that is said of it."""
    severity: Severity = "error" if any(each.severity == "error" for each in said) else "query"

    def changed(style: int) -> int:
        if styles.is_covered(style):
            unkept.covered.append(where)
        return styles.marked(style, severity)

    return changed


def _comment(
    package: Package, sheet: Listed, page: Worksheet, commented: bytes, words: Mapping[Place, str]
) -> set[Place]:
    """Write the sheet's comments and their boxes; the cells in which a conversation leaves no room for a comment."""
    new = with_comments(commented, words)
    relation = package.related(sheet.path, "comments")
    path = relation.target if relation else package.free(_top(package), "comments{}.xml")
    package.write(path, new.xml)
    if not relation:
        package.relate(sheet.path, "comments", path)
        package.say_kind(path, _COMMENTS_KIND)
    drawing, before = _drawing(package, sheet, page)
    boxed = {place: text for place, text in words.items() if place not in new.no_room}
    block = next_block(package.read(each) for each in package.paths() if each.endswith(".vml"))
    package.write(drawing, with_shapes(before, boxed, new.gone, page.width, block))
    return new.no_room


def _drawing(package: Package, sheet: Listed, page: Worksheet) -> tuple[str, bytes]:
    """The drawing that holds the boxes of the sheet's comments, and what is in it; a new one is tied to the sheet."""
    if page.shapes:
        found = next((each for each in package.relations(sheet.path) if each.id == page.shapes), None)
        if found is None:
            raise Unmarkable("the boxes of its comments are missing")
        return found.target, package.read(found.target)
    path = package.free(_top(package), "drawings/vmlDrawing{}.vml")
    page.tie_shapes(package.relate(sheet.path, "vmlDrawing", path))
    package.say_ending("vml", _SHAPES_KIND)
    return path, b""


def _top(package: Package) -> str:
    """The workbook's own part, beside which new ones are put."""
    found = package.related("", "officeDocument")
    return found.target if found else ""
