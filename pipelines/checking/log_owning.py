"""Whose a record of a log is: each agency changes its own, the keeper of the log all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas.returns.records import keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from schemas.returns import SheetLayout
    from schemas.returns.records import LogContext


def not_theirs(layout: SheetLayout, rows: pd.DataFrame, context: LogContext) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows that change what is another agency's, with that agency in words."""
    if context.may_change_everything or rows.empty:
        return
    held = context.before(layout.name)
    before = dict(zip(keys(layout, held), held.to_dict("records"), strict=True))
    for at, key, row in zip(rows.index, keys(layout, rows), rows.to_dict("records"), strict=True):
        owners = _owners(row, before.get(key), context)
        if context.agency_id not in owners and not _same(layout, row, before.get(key)):
            yield at, {"owner": _named(owners, context)}


def _owners(row: dict[Any, Any], before: dict[Any, Any] | None, context: LogContext) -> list[str]:
    """Who may send this row: whoever it belonged to before, else whoever it says it belongs to."""
    if before is not None and before.get("agency_id"):
        return [str(before["agency_id"])]
    if row.get("agency_id"):
        return [str(row["agency_id"])]
    if "recommendation_id" in row and "Recommendations" in (layout.name for layout in context.kind.sheets):
        return _of_recommendation(str(row["recommendation_id"]), context)
    return [str(before["sent_by"])] if before is not None and before.get("sent_by") else [context.agency_id]


def _of_recommendation(recommendation_id: str, context: LogContext) -> list[str]:
    """The agency a recommendation is for, and those with an action of it."""
    found: list[str] = []
    for sheet in ("Recommendations", "Actions"):
        whole = context.whole(sheet)
        found += whole.loc[whole["recommendation_id"].eq(recommendation_id), "agency_id"].tolist()
    return list(dict.fromkeys(found))


def _same(layout: SheetLayout, row: dict[Any, Any], before: dict[Any, Any] | None) -> bool:
    return before is not None and all(str(row[c.name]) == str(before[c.name]) for c in layout.columns)


def _named(owners: list[str], context: LogContext) -> str:
    agencies = context.catalogue.agencies
    titles = [agencies[owner].title if owner in agencies else owner for owner in owners]
    return " or ".join(titles) or "another agency"
