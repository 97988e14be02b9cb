"""The workbook's own part: its list of sheets, the names it gives to ranges, which sheet is in front."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipelines.checking.marking.spans import LINK, MAIN, Part, Unmarkable, escaped, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.checking.marking.packages import Package
    from pipelines.checking.marking.spans import Node

SHEET_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BEFORE_NAMES = {
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences"),
}
# The history of a workbook that several people had open at once names every change; ours would not be in it.
_HISTORY = ("revisionHeaders", "usernames")
_SIGNATURES = "origin"
_PROPERTIES = "docprops/app.xml"


class Listed(NamedTuple):
    """One sheet of the workbook: its name as people see it, and its part."""

    name: str
    path: str


class Book:
    """The workbook's list of sheets and what depends on their order."""

    def __init__(self, package: Package) -> None:
        """Read the list. Raises Unmarkable where the workbook is of another kind than Excel's usual one."""
        self._package = package
        top = next((found for found in package.relations("") if found.kind == "officeDocument"), None)
        if top is None:
            raise Unmarkable("it does not say where its sheets are")
        self.path = top.target
        part = Part(package.read(self.path))
        listed = part.root.first("sheets")
        if part.root.space != MAIN or listed is None:
            raise Unmarkable("it is an Excel workbook of the strict kind")
        self._paths = {found.id: found.target for found in package.relations(self.path)}
        self.sheets = [Listed(node.facts.get("name", ""), self._path(node)) for node in listed.every("sheet")]
        for what in ({sheet.name.lower() for sheet in self.sheets}, {sheet.path for sheet in self.sheets}):
            if len(what) < len(self.sheets):
                raise Unmarkable("two of its sheets are one")

    @property
    def worksheets(self) -> list[Listed]:
        """The sheets of cells, without charts and dialogs that take up a whole sheet."""
        kinds = {found.target: found.kind for found in self._package.relations(self.path)}
        return [sheet for sheet in self.sheets if kinds.get(sheet.path) == "worksheet"]

    def remove(self, name: str) -> None:
        """Take a sheet out, with its part and the names that belong to it alone."""
        part = Part(self._package.read(self.path))
        nodes = _sheet_nodes(part)
        at = next(at for at, node in enumerate(nodes) if node.facts.get("name") == name)
        path, relation = self._path(nodes[at]), nodes[at].facts.get(f"{LINK} id", "")
        part.replace(nodes[at].start, nodes[at].end, b"")
        _move_names(part, lambda number: None if number == at else number - (number > at))
        self._package.write(self.path, part.result())
        self._package.unrelate(self.path, relation)
        self._package.drop(path)
        self.sheets.pop(at)
        self._retitle(name, -1)

    def put_first(self, name: str, xml: bytes, ranges: dict[str, str]) -> None:
        """Put a sheet before all others, in front, with `ranges`: the names Excel wants for its filter and its headings."""
        package = self._package
        path = package.free(self.path, "worksheets/sheet{}.xml")
        package.write(path, xml)
        package.say_kind(path, SHEET_KIND)
        relation = package.relate(self.path, "worksheet", path)
        part = Part(package.read(self.path))
        root = part.root
        listed, prefix = root.first("sheets"), part.prefix(root)
        if listed is None:
            raise Unmarkable("it does not say where its sheets are")
        number = max([0, *(whole_number(node.facts.get("sheetId")) or 0 for node in _sheet_nodes(part))])
        tag = b'<%ssheet xmlns:r="%s" name="%s" sheetId="%d" r:id="%s"/>'
        words = (prefix, LINK.encode(), escaped(name), number + 1, relation.encode())
        if listed.is_empty:
            part.append(listed, tag % words)
        else:
            part.replace(listed.inside, listed.inside, tag % words)
        _move_names(part, lambda number: number + 1)
        _add_names(part, name, ranges)
        _show_first(part, listed)
        package.write(self.path, part.result())
        self.sheets.insert(0, Listed(name, path))
        self._retitle(name, 1)

    def forget_history(self) -> list[str]:
        """Take out what a changed copy cannot carry, and say in words what that was."""
        lost: list[str] = []
        package = self._package
        for owner, kinds, words in (
            ("", (_SIGNATURES,), "its digital signature, which no changed copy can carry"),
            (self.path, _HISTORY, "the history of changes of a workbook that several people had open at once"),
        ):
            for relation in [found for found in package.relations(owner) if found.kind in kinds]:
                package.unrelate(owner, relation.id)
                package.drop(relation.target)
                lost.append(words)
        return list(dict.fromkeys(lost))

    def _path(self, node: Node) -> str:
        path = self._paths.get(node.facts.get(f"{LINK} id", ""), "")
        if not path or path not in self._package:
            raise Unmarkable("a sheet it lists is not there")
        return path

    def _retitle(self, name: str, change: int) -> None:
        """Keep the document's properties right, which count the sheets and list their names; Excel asks nobody about it."""
        if _PROPERTIES not in self._package:
            return
        part = Part(self._package.read(_PROPERTIES))
        numbers = [node for node in _inside(part.root, "HeadingPairs") if node.name == "i4"]
        vectors = [node for node in _inside(part.root, "TitlesOfParts") if node.name == "vector"]
        titles = [node for node in _inside(part.root, "TitlesOfParts") if node.name == "lpstr"]
        count = whole_number(numbers[0].text) if numbers else None
        if not (count and vectors and titles):
            return
        old = next((node for node in titles if node.text == name), None)
        if change > 0:
            prefix = part.prefix(titles[0])
            new = b"<%slpstr>%s</%slpstr>" % (prefix, escaped(name), prefix)
            part.replace(titles[0].start, titles[0].start, new)
        elif old:
            part.replace(old.start, old.end, b"")
        else:
            return
        part.replace(numbers[0].inside, numbers[0].inside_end, b"%d" % (count + change))
        part.give(vectors[0], "size", str(len(titles) + change))
        self._package.write(_PROPERTIES, part.result())


def _sheet_nodes(part: Part) -> list[Node]:
    listed = part.root.first("sheets")
    return list(listed.every("sheet")) if listed else []


def _inside(node: Node, name: str) -> list[Node]:
    """Everything inside an element's child of that name, at any depth."""
    found: list[Node] = []
    waiting = list(node.every(name))
    while waiting:
        each = waiting.pop(0)
        found.append(each)
        waiting = [*each.children, *waiting]
    return found


def _show_first(part: Part, listed: Node) -> None:
    """Let every window of the workbook open on the first sheet; a sheet in front needs a window that it is in front of."""
    windows = [view for views in part.root.every("bookViews") for view in views.every("workbookView")]
    for view in windows:
        part.give(view, "activeTab", None)
        part.give(view, "firstSheet", None)
    if not windows:
        words = (part.prefix(part.root),) * 3
        part.replace(listed.start, listed.start, b"<%sbookViews><%sworkbookView/></%sbookViews>" % words)


def _move_names(part: Part, moved: Callable[[int], int | None]) -> None:
    """Names that belong to one sheet say which by its place in the list: follow a change of the list."""
    for names in part.root.every("definedNames"):
        for node in names.every("definedName"):
            said = whole_number(node.facts.get("localSheetId"))
            if said is None:
                continue
            new = moved(said)
            if new is None:
                part.replace(node.start, node.end, b"")
            else:
                part.give(node, "localSheetId", str(new))


def _add_names(part: Part, sheet: str, ranges: dict[str, str]) -> None:
    root, prefix = part.root, part.prefix(part.root)
    quoted = "'" + sheet.replace("'", "''") + "'!"
    tag = b'<%sdefinedName name="%s" localSheetId="0"%s>%s</%sdefinedName>'
    each = [
        tag % (prefix, name.encode(), b' hidden="1"' if "Filter" in name else b"", escaped(quoted + place), prefix)
        for name, place in ranges.items()
    ]
    names = root.first("definedNames")
    if names is not None:
        part.append(names, b"".join(each))
    elif each:
        before = [node for node in root.children if node.name in _BEFORE_NAMES and node.space == MAIN]
        at = before[-1].end
        part.replace(at, at, b"<%sdefinedNames>%s</%sdefinedNames>" % (prefix, b"".join(each), prefix))
