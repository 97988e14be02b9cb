"""What a publication table is: its columns and their types, from which both DuckDB and pandera have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandera.pandas as pa

ColumnType = Literal["text", "prose", "number", "whole", "yes_no", "moment", "day"]
SQL_TYPE: dict[ColumnType, str] = {
    "text": "varchar",
    "prose": "varchar",  # what somebody wrote, or a sentence that may repeat it; never a code, an id or a key
    "number": "double",
    "whole": "bigint",
    "yes_no": "boolean",
    "moment": "timestamp",
    "day": "date",
}
_OPTIONAL = "?"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type, and whether a row may leave it empty."""

    name: str
    type: ColumnType
    optional: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a publication."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def ddl(self) -> str:
        """The statement that makes the table; NOT NULL is the only constraint, as DuckLake allows no other."""
        columns = ", ".join(f'"{c.name}" {SQL_TYPE[c.type]}{"" if c.optional else " not null"}' for c in self.columns)
        return f"create table {self.name} ({columns})"

    def model(self) -> pa.DataFrameSchema:
        """The pandera model: strict columns, no empty cell where none is allowed, one row a key."""
        import pandera.pandas as pa

        kinds = {"number": float, "whole": "int64", "yes_no": bool}
        columns = {
            c.name: pa.Column(kinds.get(c.type) if not c.optional else None, nullable=c.optional) for c in self.columns
        }
        return pa.DataFrameSchema(columns, unique=list(self.key) or None, strict=True, name=self.name)


def table(name: str, key: str, columns: str) -> Table:
    """Write a table as `column type` pairs, with a question mark where a row may leave the column empty."""
    made: list[Column] = []
    for pair in columns.split(","):
        column, kind = pair.split()
        made.append(Column(column, kind.rstrip(_OPTIONAL), kind.endswith(_OPTIONAL)))  # pyright: ignore[reportArgumentType]
    return Table(name, tuple(made), tuple(key.split()))
