"""Counts with a bar from zero beside each: a chart that is its own table."""

from __future__ import annotations

from dataclasses import dataclass

from app.widgets.html import Child, Html, tag
from app.widgets.tables import Column, Row, table

HIDDEN = "Hidden to protect"
# The longest bar leaves room for a count beside it.
_LONGEST = 100.0


@dataclass(frozen=True, slots=True)
class Length:
    """One count with its name; None where it is hidden."""

    label: str
    count: int | None


def lengths(caption: Child, name: str, counted: str, items: list[Length], *, hide_caption: bool = False) -> Html:
    """A table of names and counts, each count drawn as long as it is; hidden ones say so in words."""
    most = max((item.count for item in items if item.count is not None), default=0)
    columns = [Column(name, width="46%"), Column(counted)]
    rows = [Row(item.label, (_drawn(item, most),)) for item in items]
    return table(caption, columns, rows, cls="pairs fixed", hide_caption=hide_caption)


def _drawn(item: Length, most: int) -> Html:
    if item.count is None:
        return tag("span", tag("span", HIDDEN, cls="words"), cls="length")
    width = f"width:{_LONGEST * item.count / most:.1f}%" if most else None
    bar = tag("span", cls="bar" if item.count else "zero", style=width if item.count else None, aria_hidden="true")
    return tag("span", bar, tag("b", f"{item.count:,}"), cls="length")
