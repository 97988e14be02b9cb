"""What an earlier publication said of how audits judged practice: exactly, or rounded, and what the indicator was of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable

    import duckdb

JUDGEMENTS = "PA05"
_GRADES = """
select audit_ref, domain, whose, basis, n, good_or_better, good_percent from audit_grade where n is not null
"""
_FIGURE = """
select period_id, breakdown, category, denominator from figure where indicator_id = ? and denominator is not null
"""


@dataclass(frozen=True)
class JudgedBefore:
    """Every publication's word on grades, gathered one publication at a time."""

    graded: dict[Hashable, set[tuple[int, int]]] = field(default_factory=dict)
    rounded: dict[Hashable, set[tuple[int, int, int | None]]] = field(default_factory=dict)
    judged: dict[Hashable, set[float]] = field(default_factory=dict)

    def add(self, connection: duckdb.DuckDBPyConnection, have: Collection[str]) -> None:
        """Take in one publication that is open; `have` are its tables."""
        if "audit_grade" not in have:
            return
        step = connection.execute("select rounded_to from publication").fetchall()[0][0]
        for *name, n, good, percent in connection.execute(_GRADES).fetchall():
            if step:
                told = (int(step), int(n), None if percent is None else round(percent))
                self.rounded.setdefault(tuple(name), set()).add(told)
            elif good is not None:
                self.graded.setdefault(tuple(name), set()).add((int(n), int(good)))
        for *name, size in connection.execute(_FIGURE, [JUDGEMENTS]).fetchall():
            self.judged.setdefault(tuple(name), set()).add(float(size))
