"""Tables a person can read aloud, which become blocks of label and value where the page is narrow."""

from __future__ import annotations

from dataclasses import dataclass

from app.widgets.html import Child, Html, tag


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its name in the narrow view, and how it lies."""

    title: str
    short: str = ""
    right: bool = False
    across: bool = False
    width: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its heading and its cells, one for each column after the first."""

    heading: Child
    cells: tuple[Child, ...]
    anchor: str | None = None


def table(caption: Child, columns: list[Column], rows: list[Row], *, cls: str = "", hide_caption: bool = False) -> Html:
    """A table with roles said outright, as the narrow view changes display, which drops a table's meaning."""
    head = tag("tr", [_heading(column) for column in columns], role="row")
    return tag(
        "table",
        tag("caption", caption, cls="sr" if hide_caption else None),
        _widths(columns),
        tag("thead", head, role="rowgroup"),
        tag("tbody", [_row(columns, row) for row in rows], role="rowgroup"),
        role="table",
        cls=f"stack {cls}".strip(),
    )


def stacked(big: Child, under: Child = None) -> Html:
    """A figure with what it rests on under it."""
    return tag("span", tag("span", big, cls="big"), tag("span", under, cls="under") if under else None)


def two_lines(first: Child, under: Child = None) -> Html:
    """Words with quieter words under them."""
    return tag("span", first, tag("span", under, cls="under") if under else None)


def _widths(columns: list[Column]) -> Html | None:
    if not any(column.width for column in columns):
        return None
    each = [tag("col", style=f"width:{column.width}" if column.width else None) for column in columns]
    return tag("colgroup", each)


def _heading(column: Column) -> Html:
    return tag("th", column.title, scope="col", role="columnheader", cls="right" if column.right else None)


def _row(columns: list[Column], row: Row) -> Html:
    heading = tag("th", row.heading, scope="row", role="rowheader")
    cells = [_cell(column, cell) for column, cell in zip(columns[1:], row.cells, strict=True)]
    return tag("tr", heading, cells, role="row", id=row.anchor)


def _cell(column: Column, cell: Child) -> Html:
    cls = " ".join(name for name, on in (("right", column.right), ("across", column.across)) if on)
    # One element inside, or the narrow view's grid would lay out every piece of the text by itself.
    return tag("td", tag("span", cell, cls="cell"), role="cell", data_l=column.short or column.title, cls=cls or None)
