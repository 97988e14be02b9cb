"""Rows of tables that earlier publications may not have: none there, rather than a page that cannot be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.queries.pointer import opened

if TYPE_CHECKING:
    from pipelines.queries.pointer import Pointer

_HAS = "select count(*) from information_schema.columns where table_name = ? and column_name = ?"


def present(
    pointer: Pointer, table: str, column: str, query: str, values: list[Any] | dict[str, Any]
) -> list[dict[str, Any]]:
    """The rows of a query on a table, none where the publication was made before the table had the column.

    A publication is never rewritten, so an old one keeps the tables it was made with.
    """
    with opened(pointer) as connection:
        has = connection.execute(_HAS, [table, column]).fetchone()
        if not has or not has[0]:
            return []
        found = connection.execute(query, values)
        names = [each[0] for each in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
