"""Figures of an agency's own spreadsheet of which nobody can tell what they are: merged, corrected beside, headed otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.checking.cells import as_text
from pipelines.checking.contested import differ
from pipelines.checking.echo import heading_shown
from pipelines.checking.laid_out.labelled import FIGURE, labelled
from pipelines.checking.laid_out.months import FIGURE as KEY
from pipelines.checking.laid_out.picking import picked_by
from pipelines.checking.laid_out.spread import YEAR, spread
from pipelines.checking.laid_out.timing import periods
from pipelines.checking.laid_out.words import quarters_begun, undated
from pipelines.checking.rows import shown
from pipelines.reading import address, column_letters
from schemas.returns.heading_words import anew
from schemas.returns.markers import marker_of
from schemas.returns.meaning import meaning
from schemas.returns.numbers import number_in
from schemas.rules import file, file_layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from pipelines.checking.laid_out.heads import Found
    from pipelines.checking.laid_out.labelled import Known
    from pipelines.checking.laid_out.matching import Match, Table
    from pipelines.checking.laid_out.timing import Timing
    from schemas.periods import Period
    from schemas.problems import Problem

Spot = tuple[str, int, int]
_QUARTER = re.compile(r"\bq[1-4]\b")
# What a column of figures may be of besides the quarter's own.
_SOMETHING_ELSE = re.compile(
    r"\b(?:targets?|plan(?:ned)?|forecasts?|budget|trajectory|benchmarks?|cumulative|ytd|year to date|running total|(?:last|previous|prior) "
    r"year|england|national|statistical neighbours?|variance|change)\b"
)


@dataclass(frozen=True)
class Contested:
    """The cells that are left, what was said of the others, and how many figures these are."""

    cells: pd.DataFrame
    problems: tuple[Problem, ...]
    figures: int


def without_contested(match: Match, words: Known, cells: pd.DataFrame, when: Timing) -> Contested:
    """The cells without the figures of which nobody can tell what they are, with an error for each cell, or column, at fault.

    `cells` are the agency's own, with their `period`. A figure goes with all its sides: its number, and what it is out of.
    """
    problems: list[Problem] = []
    spots: set[Spot] = set()
    for table in match.tables:
        for problem, of in (*_merged(table, words), *_given_anew(table, words), *_of_something_else(table, when)):
            problems.append(problem)
            spots.update((table.sheet.name, row, column) for row, column in of)
    if not spots:
        return Contested(cells, tuple(problems), 0)
    every = spread(match, words, empty=True)
    every = every.assign(period=periods(every, when))
    out = _figures(picked_by(every, (spot in spots for spot in _spots(every))))
    kept = picked_by(cells, (figure not in out for figure in _keys(cells)))
    said = {figure for figure in _keys(cells) if figure in out}
    return Contested(kept, tuple(problems), len(said))


def _keys(cells: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """Of which figure and period each cell is; a year's cell is of none."""
    columns = (cells[name].tolist() for name in (*KEY, "period", "role"))
    yield from ((*key, role) if role == YEAR else tuple(key) for *key, role in zip(*columns, strict=True))


def _figures(cells: pd.DataFrame) -> set[tuple[object, ...]]:
    known = picked_by(
        cells, (state == FIGURE and role != YEAR for state, role in zip(cells["state"], cells["role"], strict=True))
    )
    return set(_keys(known))


def _spots(cells: pd.DataFrame) -> Iterator[Spot]:
    yield from zip(cells["sheet"].tolist(), cells["row"].tolist(), cells["column"].tolist(), strict=True)


def _merged(table: Table, words: Known) -> Iterator[tuple[Problem, list[tuple[int, int]]]]:
    """Each merged cell with a number or a sign that reaches over the columns of several periods, or the rows of several figures."""
    head, sheet = table.head, table.sheet
    columns = {each.column for each in head.found} | {at for at, _ in head.year_totals}
    spans = [
        span for span in sheet.merged if head.first <= span[0] < head.end and columns & set(range(span[1], span[3] + 1))
    ]
    if not spans:
        return
    rows = labelled(table, words)
    for top, left, bottom, right in spans:
        value = as_text(sheet.rows[top][left])
        if left not in columns or (number_in(value) is None and not marker_of(value)):
            continue
        here = rows.loc[top : min(bottom, head.end - 1)]
        here = here[here["state"].eq(FIGURE)]
        figures = here.drop_duplicates(["indicator_id", "answer", "breakdown", "category", "area_id"])
        across = [at for at in range(left, right + 1) if at in columns]
        count = len(figures) * len(across)
        if count > 1:
            cells = f"{address(top, left)}:{address(bottom, right)}"
            said = {"value": shown(value), "where": f"{sheet.name}!{cells}", "count": count}
            place = {"sheet": sheet.name, "cell": address(top, left), "row": top + 1, "value": shown(value)}
            yield (
                file.CELL_IS_SHARED.problem(said, **place),
                [(row, at) for row in here.index.tolist() for at in across],
            )


def _given_anew(table: Table, words: Known) -> Iterator[tuple[Problem, list[tuple[int, int]]]]:
    """Each figure that stands once more, and otherwise, in a column that the layout does not read and that corrects it."""
    beside = [(at, heading, place) for at, heading in table.head.unread if (place := _corrected(table, at, heading))]
    if not beside:
        return
    rows = labelled(table, words)
    for row in rows.index[rows["state"].eq(FIGURE)].tolist():
        cells = table.sheet.rows[row]
        for at, heading, place in beside:
            old, new = as_text(cells[place.column]), as_text(cells[at])
            if differ(old, new, heading):
                cell = address(row, at)
                said = {"heading": heading_shown(heading), "again": shown(new), "column": f"“{place.place.heading}”",
                        "first": f"says {shown(old)}" if old else "is empty",
                        "where": f"{table.sheet.name}!{cell} and {address(row, place.column)}"}  # fmt: skip
                where = {"sheet": table.sheet.name, "cell": cell, "row": row + 1, "value": shown(new)}
                yield file.NUMBER_ANEW.problem(said, **where), [(row, place.column)]


def _corrected(table: Table, at: int, heading: str) -> Found | None:
    """The column that a heading says it corrects: the one it names, or else, where it names no quarter, the nearest left of it."""
    words = undated(heading)
    left = [each for each in table.head.found if each.column < at]
    by_name = {undated(each.place.heading): each for each in (*table.head.found, *left)}
    nearest = left[-1] if left and not _QUARTER.search(words) else None
    name = anew(words, {name: name for name in by_name} | ({"number": "number"} if nearest else {}))
    return by_name.get(name) or (nearest if name else None)


def _of_something_else(table: Table, when: Timing) -> Iterator[tuple[Problem, list[tuple[int, int]]]]:
    """Each column whose heading says that it is no figure of its quarter, or not of it alone, which the layout's own does not say."""
    head, over = table.head, table.grid.over(table.head.row)
    wide = _wide(table)
    for each in head.found:
        whole = f"{over[each.column].own} {_beneath(table, each.column)}".strip()
        period = when.of(each.place.period, each.year)
        if period is None or not (_says_otherwise(whole, each, period) or each.column in wide):
            continue
        heading = f"{heading_shown(whole)} ({wide[each.column]})" if each.column in wide else heading_shown(whole)
        said = {"column": column_letters(each.column), "sheet": table.sheet.name, "heading": heading,
                "period_id": period.short, "place": each.place.heading}  # fmt: skip
        cell = address(head.row, each.column)
        problem = file_layout.COLUMN_OF_ANOTHER.problem(said, sheet=table.sheet.name, cell=cell, row=head.row + 1)
        yield problem, [(row, each.column) for row in range(head.first, head.end)]


def _says_otherwise(whole: str, found: Found, period: Period) -> bool:
    """Whether a heading speaks of a target or a running total, or of the months of another quarter."""
    known = meaning(found.place.heading)
    begun = quarters_begun(whole) if period.kind == "financial_quarter" else frozenset[int]()
    is_other = bool(begun) and begun != frozenset({period.start.month})
    return is_other or any(word not in known for word in _SOMETHING_ELSE.findall(meaning(whole)))


def _wide(table: Table) -> dict[int, str]:
    """The columns of figures whose heading is merged over more columns than any other's, while a column of the layout is gone."""
    head = table.head
    spans = {
        each.column: (left, right)
        for each in head.found
        for top, left, bottom, right in table.sheet.merged
        if top <= head.row <= bottom and left <= each.column <= right
    }
    widths = {each.column: right - left for each in head.found for left, right in [spans.get(each.column, (0, 0))]}
    least = min(widths.values(), default=0)
    if not head.lacking or len(widths) == 1:
        return {}
    return {
        at: f"merged over columns {column_letters(spans[at][0])} to {column_letters(spans[at][1])}"
        for at, width in widths.items()
        if width > least
    }


def _beneath(table: Table, column: int) -> str:
    """A line right under the headings that is a line of them still: it names no row, and words stand in the column."""
    if table.head.first >= table.head.end:
        return ""
    row = table.sheet.rows[table.head.first]
    text = as_text(row[column])
    is_words = bool(text) and number_in(text) is None and not any(as_text(row[at]) for at in table.head.names.values())
    return text if is_words else ""
