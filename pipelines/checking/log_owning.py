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
    """The rows that speak of what is another agency's, with that agency in words.

    Whether such a row says what stands already makes no difference: the answer would tell what stands.
    """
    if context.may_change_everything or rows.empty:
        return
    held = context.before(layout.name)
    before = dict(zip(keys(layout, held), held.to_dict("records"), strict=True))
    for at, key, row in zip(rows.index, keys(layout, rows), rows.to_dict("records"), strict=True):
        owners = _owners(layout, row, before.get(key), context)
        if context.agency_id not in owners:
            yield at, {"owner": _named(owners, context)}


def _owners(layout: SheetLayout, row: dict[Any, Any], before: dict[Any, Any] | None, context: LogContext) -> list[str]:
    """Who may send this row: whoever it belonged to before, else whoever it says it belongs to.

    A recommendation is its sender's: it says where it came from, which the agency it is for is not always told.
    """
    names_its_source = any(column.name == "source" for column in layout.columns)
    if before is not None and (names_its_source or not before.get("agency_id")):
        return [str(before.get("sent_by") or context.agency_id)]
    if before is not None:
        return [str(before["agency_id"])]
    if row.get("agency_id"):
        return [str(row["agency_id"])]
    if "recommendation_id" in row and "Recommendations" in (each.name for each in context.kind.sheets):
        return _of_recommendation(str(row["recommendation_id"]), context)
    return [context.agency_id]


def _of_recommendation(recommendation_id: str, context: LogContext) -> list[str]:
    """The agency a recommendation is for, and those with an action of it."""
    found: list[str] = []
    for sheet in ("Recommendations", "Actions"):
        whole = context.whole(sheet)
        found += whole.loc[whole["recommendation_id"].eq(recommendation_id), "agency_id"].tolist()
    return list(dict.fromkeys(found))


def _named(owners: list[str], context: LogContext) -> str:
    agencies = context.catalogue.agencies
    titles = [agencies[owner].title if owner in agencies else owner for owner in owners]
    return " or ".join(titles) or "another agency"
