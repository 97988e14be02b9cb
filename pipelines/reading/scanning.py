"""What calamine does not tell about a sheet, found in its XML by search, not by parsing, in bounded memory."""

from __future__ import annotations

import re

from pipelines.reading.layout import attributes
from pipelines.reading.parts import TOO_LARGE, Refusal
from pipelines.reading.places import Place, Places, column_number

TYPE_CHECKING = False  # importing typing would cost the child 7 ms a file
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROW_BYTES_LIMIT = 64_000_000
MERGES_LIMIT = 100_000
ROOT = re.compile(rb"<(?:(\w+):)?(?:worksheet|chartsheet|dialogsheet|macrosheet)\b")
SINGLE_QUOTED = re.compile(rb"<(?:\w+:)?c\s[^>]*'")
ERROR_TEXT = re.compile(rb"<v>(#[^<]{1,20})</v>")
ERROR = b' t="e"'
UNCALCULATED = re.compile(rb"(?:</f>|<f\b[^>]*/>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
FORMULA = re.compile(rb"<f\b[^>]*>([^<]+)</f>")
MERGE = re.compile(rb'<mergeCell\b[^>]*\sref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
HIDDEN = b' hidden="'
HIDDEN_ROW = re.compile(rb'<row(?=\s)(?=[^>]*\shidden="(?:1|true)")[^>]*?\sr="(\d{1,7})"')
HIDDEN_COLUMN = re.compile(rb'<col(?=\s)(?=[^>]*\shidden="(?:1|true)")([^>]*)>')
HEADING = re.compile(rb"<((?:odd|even|first)(?:Header|Footer))>([^<]+)<")
# How a page heading says left, centre, a font, a size, a colour or the page's number: joined to the words that follow.
HEADING_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d{1,2}|[A-Za-z+-])')
NUMBERED = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}));")
BESIDE = re.compile(rb"<(?:dataValidation|hyperlink)\b([^>]*)>")
LIST = re.compile(rb"<formula[12]>((?:\"|&quot;)[^<]+)<")
# Texts in quotation marks within a formula, and what a formatted heading or a box calls itself.
QUOTED = re.compile(rb"<f\b[^>]*>([^<]*?(?:\"|&quot;)[^<]*)</f>")
WORDS = re.compile(
    rb"""\s(?:[\w-]+:)?(?:descr|title|alt|caption|text|comment|description|command|totalsRowLabel|formatCode|condition|expression"""
    rb"""|value|prompt|error)=\s*(?:"([^"<>]+)"|'([^'<>]+)')"""
)
LITERAL = re.compile(rb'"([^"\n]{5,})"')
LITERALS_LIMIT = 5_000
THINGS = re.compile(
    rb"<(?:[\w-]+:)?(?:tableColumn|table|cacheField|scenario|connection|filter|customFilter|sheetName|inputCells|dataField"
    rb"|pivotTableDefinition|queryTableField|filter-condition|filter-set-item|database-range|named-expression)\s([^>]*)>"
)
THING = ("name", "val", "displayName", "comment", "value")
TEXT = re.compile(
    rb"<(?:\w+:)?(?:definedName|formula|formula1|formula2|f|title|desc|author-name|oddHeader|oddFooter|command)\b[^>]*>([^<>]+)</"
)
PARAGRAPH = re.compile(rb"<((?:a|text):p)\b(?:[^>/]|/(?!>))*>(.*?)</\1>", re.DOTALL)
TAG = re.compile(rb"<[^>]*>")
NOTE = re.compile(rb"<!--(.*?)(?:-->|$)", re.DOTALL)
SAID = ("prompt", "promptTitle", "error", "errorTitle", "display", "tooltip", "location")


class Marks:
    """What one sheet's XML says beside its values; places are (row, column) from 0."""

    def __init__(self) -> None:
        """Find nothing yet; no dataclass, because importing those would cost the child 10 ms a file."""
        self.percent: list[Place] = []
        self.errors: dict[Place, str] = {}
        self.uncalculated: dict[Place, str] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.headings: list[str] = []
        self.messages: list[str] = []
        self.literals: set[bytes] = set()
        self.last_row = -1
        self.last_column = -1


def marks(blocks: Iterable[bytes], percent_styles: set[int], *, is_careful: bool = False) -> Marks:
    """Percent cells, error cells, formulas without a result, merges, page headings; if careful, the values' extent."""
    found = Marks()
    styles = b"|".join(b"%d" % style for style in sorted(percent_styles))
    percents = re.compile(rb' s="(?:' + styles + rb')"') if styles else None
    row, rows = -1, b""
    for rows in whole_rows(blocks):
        has_errors, has_formulas = ERROR in rows, b"<f" in rows
        # Most rows hold nothing but values; where those stand is then nobody's business.
        if (percents or has_errors or has_formulas or is_careful) and is_filled(rows):
            places = Places(rows, row)
            found.percent += _percents(rows, places, percents) if percents else []
            found.errors.update(_errors(rows, places) if has_errors else ())
            found.uncalculated.update(_uncalculated(rows, places) if has_formulas else ())
            if has_formulas:
                found.literals.update(LITERAL.findall(b"\n".join(QUOTED.findall(rows)).replace(b"&quot;", b'"')))
            if is_careful:
                last_row, last_column = places.corner()
                found.last_row, found.last_column = max(found.last_row, last_row), max(found.last_column, last_column)
        if HIDDEN in rows:
            _add_hidden(found, rows)
        if b"<!--" in rows:
            found.messages += map(unescaped, NOTE.findall(rows))
        if b'<row r="' not in rows:
            row += rows.count(b"<row")
    found.messages += map(unescaped, sorted(found.literals)[:LITERALS_LIMIT])
    _add_ending(found, rows)
    return found


def _add_hidden(found: Marks, rows: bytes) -> None:
    """The rows and the spans of columns that a sheet does not show, counted from 0; no more of them than of merges."""
    found.hidden_rows += [int(number) - 1 for number in HIDDEN_ROW.findall(rows)]
    for tag in HIDDEN_COLUMN.findall(rows):
        facts = attributes(tag)
        first, last = facts.get("min", b""), facts.get("max", b"")
        if first.isdigit() and last.isdigit():
            found.hidden_columns.append((int(first[:6]) - 1, int(last[:6]) - 1))
    del found.hidden_rows[MERGES_LIMIT:], found.hidden_columns[MERGES_LIMIT:]


def is_filled(rows: bytes) -> bool:
    """Whether some rows hold anything but formats."""
    return b"<v" in rows or b"<is" in rows or b"<f" in rows


def whole_rows(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The XML cut so that no row is split, without a namespace prefix, with double quotes."""
    prefix, is_single, rest, is_first = b"", False, b"", True
    for block in blocks:
        rest += block
        if is_first:
            root = ROOT.search(rest)
            prefix = (root.group(1) or b"") if root else b""
            is_single, is_first = SINGLE_QUOTED.search(rest) is not None, False
        cut = rest.rfind(b"<" + prefix + b":row" if prefix else b"<row")
        if cut > 0:
            yield _plain(rest[:cut], prefix, is_single=is_single)
            rest = rest[cut:]
        if len(rest) > ROW_BYTES_LIMIT:
            raise Refusal(TOO_LARGE)
    yield _plain(rest, prefix, is_single=is_single)


def _plain(rows: bytes, prefix: bytes, *, is_single: bool) -> bytes:
    if prefix:
        rows = rows.replace(b"<" + prefix + b":", b"<").replace(b"</" + prefix + b":", b"</")
    return rows.replace(b"'", b'"') if is_single else rows


def _percents(rows: bytes, places: Places, percents: re.Pattern[bytes]) -> Iterator[Place]:
    for style in percents.finditer(rows):
        if place := places.filled(rows.rfind(b"<", 0, style.start())):
            yield place


def _errors(rows: bytes, places: Places) -> Iterator[tuple[Place, str]]:
    at = rows.find(ERROR)
    while at >= 0:
        start = rows.rfind(b"<", 0, at)
        place = places.filled(start)
        text = ERROR_TEXT.search(rows, start, rows.find(b"</c>", start))
        if place and text:
            yield place, text.group(1).decode("utf-8", "replace")
        at = rows.find(ERROR, at + 1)


def _uncalculated(rows: bytes, places: Places) -> Iterator[tuple[Place, str]]:
    """Formulas without a saved result; one whose result is an empty text has a result."""
    for ending in UNCALCULATED.finditer(rows):
        start = places.start(ending.start())
        place = places.filled(start)
        if place and b' t="str"' not in rows[start : rows.find(b">", start)]:
            formula = FORMULA.search(rows, start, ending.end())
            yield place, f"={unescaped(formula.group(1)) if formula else ''}"


def _add_ending(found: Marks, rows: bytes) -> None:
    """Merged ranges, page headings, input messages and links, which follow the rows."""
    ending = rows[max(rows.rfind(b"</sheetData"), 0) :]
    for first, top, last, bottom in MERGE.findall(ending)[:MERGES_LIMIT]:
        found.merged.append((int(top) - 1, column_number(first), int(bottom) - 1, column_number(last)))
    headings = [unescaped(text) for _, text in HEADING.findall(ending)]
    found.headings += dict.fromkeys([*headings, *(HEADING_CODE.sub(" ", text).strip() for text in headings)])
    said = [facts[word] for facts in map(attributes, BESIDE.findall(ending)) for word in SAID if facts.get(word)]
    found.messages += dict.fromkeys([*map(unescaped, [*said, *LIST.findall(ending)]), *written(ending)])


def written(content: bytes) -> Iterator[str]:
    """What people wrote into XML that is no cell: names of things, descriptions, formulas, paragraphs with their runs joined, notes."""
    for double, single in WORDS.findall(content):
        yield unescaped(double or single)
    for facts in map(attributes, THINGS.findall(content)):
        yield from (unescaped(facts[word]) for word in THING if facts.get(word))
    yield from map(unescaped, TEXT.findall(content))
    yield from map(unescaped, NOTE.findall(content))
    for _, inside in PARAGRAPH.findall(content):
        yield unescaped(TAG.sub(b"", inside))


def unescaped(text: bytes) -> str:
    """Text as people read it: the five marks that XML must escape, and signs written by their number, put back."""
    plain = NUMBERED.sub(_sign, text.decode("utf-8", "replace"))
    for mark, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        plain = plain.replace(mark, character)
    return plain


def _sign(number: re.Match[str]) -> str:
    code = int(number[1], 16) if number[1] else int(number[2])
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
