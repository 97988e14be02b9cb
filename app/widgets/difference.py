"""What a return would change, figure by figure, against what stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.html import Html, join, tag
from app.widgets.page import more
from app.widgets.tables import Column, Row, table, two_lines
from schemas.catalogue import catalogue
from schemas.periods import parse

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

_SHOWN = 10


def difference(changes: pd.DataFrame | None) -> Html | None:
    """The figures that would change, ten at first; None where it cannot be asked."""
    if changes is None:
        return None
    if "record_key" in changes:
        return _records(changes)
    if changes.empty:
        return tag("p", "No figure you sent before would change.", cls="second after")
    rows = [_change(row) for row in changes.fillna("").astype(str).to_dict("records")]
    columns = [Column("Figure", width="60%"), Column("Was", right=True), Column("Now", right=True)]
    shown = table("Figures that change", columns, rows[:_SHOWN], cls="pairs", hide_caption=True)
    rest = table("More figures that change", columns, rows[_SHOWN:], cls="pairs", hide_caption=True)
    many = len(rows)
    head = f"{many:,} figure{'' if many == 1 else 's'} you sent before would change"
    others = more(f"Show the other {many - _SHOWN:,}", rest) if many > _SHOWN else None
    return join(tag("h3", head, cls="after"), shown, others)


def _records(changes: pd.DataFrame) -> Html:
    """The records of a log that are new, by sheet, and what would change of those that stand."""
    told = changes.fillna("").astype(str).to_dict("records")
    new, changed = [r for r in told if not r["was"]], [r for r in told if r["was"]]
    if not told:
        return tag("p", "Every record is as it stands already.", cls="second after")
    sheets = dict.fromkeys(r["sheet"] for r in new)
    counts = ", ".join(f"{sum(r['sheet'] == sheet for r in new):,} on {sheet}" for sheet in sheets)
    said = tag("p", f"New: {counts}.", cls="text after") if new else None
    if not changed:
        return join(said)
    columns = [Column("Record", width="22%"), Column("Was"), Column("Now")]
    rows = [Row(two_lines(r["record_key"].replace("|", ", "), r["sheet"]), (r["was"], r["now"])) for r in changed]
    head = f"{len(rows):,} record{'' if len(rows) == 1 else 's'} would change"
    shown = table("Records that change", columns, rows[:_SHOWN], cls="pairs", hide_caption=True)
    rest = table("More records that change", columns, rows[_SHOWN:], cls="pairs", hide_caption=True)
    others = more(f"Show the other {len(rows) - _SHOWN:,}", rest) if len(rows) > _SHOWN else None
    return join(said, tag("h3", head, cls="after"), shown, others)


def _change(row: Mapping[Hashable, str]) -> Row:
    known = catalogue().indicators.get(row["indicator_id"])
    title = known.title if known else row["indicator_id"]
    under = ", ".join([parse(row["period_id"]).short, *_split(row), row["indicator_id"]])
    return Row(two_lines(title, under), (row["was"] or "Not sent", row["now"] or "Left out"))


def _split(row: Mapping[Hashable, str]) -> list[str]:
    """The ward and the category in words, where the figure is of one."""
    found: list[str] = []
    area = catalogue().areas.get(row["area_id"])
    if area is not None and area.level != "partnership":
        found.append(area.name)
    breakdown = catalogue().breakdowns.get(row["breakdown"])
    if breakdown is not None:
        label = next((each.label for each in breakdown.categories if each.id == row["category"]), row["category"])
        found.append(f"{breakdown.title}: {label}")
    return found
