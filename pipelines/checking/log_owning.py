"""Whose a record of a log is: each agency changes its own, the keeper of the log all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas.returns.records import EVERYBODYS, keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from schemas.returns import SheetLayout
    from schemas.returns.records import LogContext


def not_theirs(layout: SheetLayout, rows: pd.DataFrame, context: LogContext) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows that speak of what is another agency's, with that agency in words.

    Whether such a row says what stands already makes no difference: the answer would tell what stands. Where respondents
    send, each sender's records stand by themselves, and nothing in its file can be another's.
    """
    if context.may_change_everything or context.kind.from_respondents or rows.empty:
        return
    held = context.before(layout.name)
    before = dict(zip(keys(layout, held), held.to_dict("records"), strict=True))
    for at, key, row in zip(rows.index, keys(layout, rows), rows.to_dict("records"), strict=True):
        old = before.get(key)
        owners = _owners(layout, row, old, context)
        if context.agency_id not in owners or (old is not None and _moved(layout, row, old)):
            yield at, {"owner": _named(owners if context.agency_id not in owners else list(EVERYBODYS), context)}


def _owners(layout: SheetLayout, row: dict[Any, Any], before: dict[Any, Any] | None, context: LogContext) -> list[str]:
    """Who may send this row: whoever it belonged to before, else whoever was given what it belongs to.

    A recommendation and its measures are their sender's: they say where it came from and what was promised. Nothing in
    the same file makes an agency the owner of what is another's: only what stood before it, or what it enters itself.
    """
    if before is not None:
        is_action = layout.name == "Actions"
        return [str(before["agency_id"] if is_action else before.get("sent_by") or context.agency_id)]
    if layout.name == "Recommendations":
        return [str(row["agency_id"])]
    if not _is_learning(context):
        return [str(row.get("agency_id") or context.agency_id)]
    if layout.name == "Actions" and row["agency_id"] != context.agency_id:
        return [str(row["agency_id"])]
    return _given(str(row["recommendation_id"]), layout.name, context)


def _is_learning(context: LogContext) -> bool:
    return any(layout.name == "Recommendations" for layout in context.kind.sheets)


def _given(recommendation_id: str, sheet: str, context: LogContext) -> list[str]:
    """Whose a recommendation was before this file.

    What should move, and which way, is for who entered it; actions also for the agency it is for; to show and to share it
    is for whoever has an action of it, too.
    """
    held = context.before("Recommendations")
    mine = held[held["recommendation_id"].eq(recommendation_id)]
    if mine.empty:
        return [context.agency_id]  # entered in this very file: whether it may be was judged on its own row
    found = mine["sent_by"].astype(str).tolist() if "sent_by" in mine else []
    if sheet != "Measures":
        found += mine["agency_id"].tolist()
    if sheet not in ("Measures", "Actions"):
        actions = context.before("Actions")
        found += actions.loc[actions["recommendation_id"].eq(recommendation_id), "agency_id"].tolist()
    return list(dict.fromkeys(found))


# What ties a record to others: an agency that could change it would take its record elsewhere.
_TIES = ("recommendation_id", "action_id", "agency_id")


def _moved(layout: SheetLayout, row: dict[Any, Any], before: dict[Any, Any]) -> bool:
    tied = (column.name for column in layout.columns if column.name in _TIES)
    return any(str(row[name]) != str(before[name]) for name in tied)


def _named(owners: list[str], context: LogContext) -> str:
    agencies = context.catalogue.agencies
    titles = [agencies[owner].title if owner in agencies else owner for owner in owners]
    return " or ".join(titles) or "another agency"
