"""The top of a sheet nobody has described, with what each column and row is taken for, in words and by shading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.html import Html, hidden, join, tag
from app.widgets.mapping_words import mark_of
from pipelines.flows.unknown_files import shown as words_shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.flows.unknown_files import Grid, TableGuess

_SHADES = {"figures": "of-figures", "indicator": "of-names", "indicator_id": "of-names", "year_total": "of-year"}


def grid(name: str, shown: Grid, table: TableGuess | None, left_out: Mapping[int, str]) -> Html:
    """The grid in a frame that scrolls by itself; `left_out`: the rows read past, with why."""
    sheet = words_shown(name)
    uses = {each.column: each.use for each in table.columns} if table else {}
    head = range(table.head.first + 1, table.head.last + 2) if table else range(0)
    marks = [(letter, uses.get(column)) for column, letter in enumerate(shown.letters)]
    letters = [
        tag("th", join(letter, " ", tag("span", mark_of(use) if use else "", cls="under")), scope="col", cls=_SHADES.get(use.role) if use else None)
        for letter, use in marks
    ]  # fmt: skip
    rows = [
        _row(number, cells, [use.role if use else "" for _, use in marks], head, left_out)
        for number, cells in shown.rows
    ]
    body = tag(
        "table",
        tag("caption", f"The first rows of {sheet}, as they are taken", cls="sr"),
        tag("thead", tag("tr", tag("th", hidden("Row"), scope="col"), letters)),
        tag("tbody", rows),
        cls="sheet-grid",
    )
    frame = tag("div", body, cls="sheet-frame", tabindex="0", role="region", aria_label=f"The first rows of {sheet}")
    return join(frame, _more(shown))


def _row(number: int, cells: tuple[str, ...], roles: list[str], head: range, left_out: Mapping[int, str]) -> Html:
    word = "headings" if number in head else "left out" if number in left_out else ""
    cls = "of-head" if number in head else "of-none" if number in left_out else None
    under = tag("span", word, cls="under") if word else None
    in_table = head and number >= head.stop
    shaded = [_SHADES.get(role) if in_table and not word else None for role in roles]
    return tag(
        "tr",
        tag("th", join(str(number), " ", under) if under else str(number), scope="row"),
        [tag("td", cell, cls=shade) for cell, shade in zip(cells, shaded, strict=True)],
        cls=cls,
    )


def _more(shown: Grid) -> Html | None:
    """How much of the sheet is not in the grid."""
    rows = f"{shown.more_rows:,} more rows" if shown.more_rows else ""
    columns = f"{shown.more_columns:,} more columns" if shown.more_columns else ""
    said = " and ".join(part for part in (rows, columns) if part)
    return tag("p", f"The sheet has {said}, which are read in the same way.", cls="second on") if said else None
