"""What a return would change, figure by figure, against what stands: what would be missing first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.html import Html, join, tag
from app.widgets.icons import mark
from app.widgets.page import more
from app.widgets.tables import Column, Row, table, two_lines
from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.returns.substance import has_substance

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from typing import TypeAlias

    import pandas as pd

    Told: TypeAlias = Mapping[Hashable, str]

_SHOWN = 10


def difference(changes: pd.DataFrame | None) -> Html | None:
    """The figures that would change, ten at first; None where it cannot be asked."""
    if changes is None:
        return None
    if "record_key" in changes:
        return _records(changes)
    if changes.empty:
        return tag("p", "No figure you sent before would change.", cls="second after")
    told = changes.fillna("").astype(str).to_dict("records")
    by_change = {name: [row for row in told if row["change"] == name] for name in ("missing", "changed", "added")}
    return join(_missing(by_change["missing"]), _changed(by_change["changed"]), _added(by_change["added"]))


def _missing(rows: Sequence[Told]) -> Html | None:
    """What was sent before and is not in the file: most often a row lost on the way."""
    if not rows:
        return None
    head = f"{_figures(rows)} you sent before {'is' if len(rows) == 1 else 'are'} missing"
    note = "If you send it like this, they count as not supplied. Were rows lost or filtered out?"
    return join(
        tag("div", tag("h3", mark("error", head)), tag("p", note, cls="text"), cls="verdict after"),
        _listed("Figures that are missing", rows, with_reason=False),
    )


def _changed(rows: Sequence[Told]) -> Html | None:
    if not rows:
        return None
    unexplained = sum(not has_substance(row["reason"]) for row in rows)
    note = (
        f"{unexplained:,} of them {'comes' if unexplained == 1 else 'come'} without a reason. Give it where it is asked for on "
        "this page: the Executive reads it beside what the figure was."
    )
    return join(
        tag("h3", f"{_figures(rows)} you sent before would change", cls="after"),
        tag("p", note, cls="text") if unexplained else None,
        _listed("Figures that change", rows, with_reason=True),
    )


def _added(rows: Sequence[Told]) -> Html | None:
    if not rows:
        return None
    head = f"{_figures(rows)} would be new where nothing stood"
    return join(tag("h3", head, cls="after"), _listed("Figures that are new", rows, with_reason=False))


def _figures(rows: Sequence[Told]) -> str:
    return f"{len(rows):,} figure{'' if len(rows) == 1 else 's'}"


def _listed(caption: str, rows: Sequence[Told], *, with_reason: bool) -> Html:
    """The first ten; the others behind a line that can be opened."""
    columns = [
        Column("Figure", width="46%" if with_reason else "60%"),
        Column("Was", right=True),
        Column("Now", right=True),
    ]
    if with_reason:
        columns.append(Column("Reason", width="30%"))
    made = [_change(row, with_reason=with_reason) for row in rows]
    shown = table(caption, columns, made[:_SHOWN], cls="pairs", hide_caption=True)
    if len(made) <= _SHOWN:
        return shown
    rest = table(f"{caption}, continued", columns, made[_SHOWN:], cls="pairs", hide_caption=True)
    return join(shown, more(f"Show the other {len(made) - _SHOWN:,}", rest))


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


def _change(row: Told, *, with_reason: bool) -> Row:
    known = catalogue().indicators.get(row["indicator_id"])
    title = known.title if known else row["indicator_id"]
    under = ", ".join([parse(row["period_id"]).short, *_split(row), row["indicator_id"]])
    cells = (row["was"], row["now"])
    reason = row["reason"] or tag("span", "None given", cls="second")
    return Row(two_lines(title, under), (*cells, reason) if with_reason else cells)


def _split(row: Told) -> list[str]:
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
