"""What earlier publications said of the counts that stand in tables of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from pipelines.publishing.logs.judged_before import JudgedBefore
from pipelines.publishing.logs.spreads_before import SpreadsBefore
from pipelines.queries.pointer import opened_if_whole

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from pipelines.publishing.logs.spreads_before import SpreadTold
    from pipelines.queries.pointer import Pointer

# By table: the columns that name a count, the count, its marker, and what the name begins with.
_READ = (
    ("concern_count", ("dimension", "category", "year_id"), "count", "marker", ()),
    ("concern_step", ("clock_id", "year_id"), "reached", "reached_marker", ("reached",)),
    ("concern_step", ("clock_id", "year_id"), "in_time", "in_time_marker", ("in_time",)),
    ("clock_count", ("clock_id", "state", "year_id"), "count", "marker", ()),
    ("review_count", ("review_type", "year_id"), "count", "marker", ("type",)),
    ("survey_count", ("survey_ref", "question", "respondents", "sector"), "asked", "marker", ("asked",)),
    ("survey_count", ("survey_ref", "question", "respondents", "sector"), "replied", "marker", ("replied",)),
    ("survey_count", ("survey_ref", "question", "respondents", "sector"), "agreed", "marker", ("agreed",)),
    ("audit", ("audit_ref",), "cases", "cases_marker", ("cases",)),
    ("audit_case", ("dimension", "category", "audit_ref"), "count", "marker", ()),
    ("audit_grade", ("audit_ref", "domain", "whose", "basis"), "n", "marker", ("graded",)),
)
HIDDEN = "c"
T = TypeVar("T")
# Tables whose counts one audience sees exactly, or rounded: they tell no pattern, and are no other audience's values.
EXACT_FOR = {"executive": ("clock_count", "review_count"), "public": ("audit", "audit_grade")}


@dataclass(frozen=True)
class Earlier:
    """The counts earlier publications hid, and the values they showed of the others, by name.

    Of how audits judged a domain also, by audit, domain, whose and basis: `graded`, the cases and those good or better as
    they were told exactly; `rounded`, to what step they were rounded, and the cases and the percentage that were told.
    `judged` are the judgements the indicator of them was of, by quarter, breakdown and category. `spreads` are the middles
    of self-assessments' scores, by instrument, year, sector and standard, the oldest first.
    """

    hidden: frozenset[Hashable] = frozenset()
    shown: Mapping[Hashable, frozenset[float]] = field(default_factory=dict)
    graded: Mapping[Hashable, frozenset[tuple[int, int]]] = field(default_factory=dict)
    rounded: Mapping[Hashable, frozenset[tuple[int, int, int | None]]] = field(default_factory=dict)
    judged: Mapping[Hashable, frozenset[float]] = field(default_factory=dict)
    spreads: Mapping[Hashable, tuple[SpreadTold, ...]] = field(default_factory=dict)

    def differs(self, now: Mapping[Hashable, float]) -> bool:
        """Whether one of these counts was shown with another value than it has now."""
        return any(self.shown.get(name, frozenset((value,))) != frozenset((value,)) for name, value in now.items())


def earlier_counts(before: Mapping[str, Iterable[Pointer]]) -> Earlier:
    """What every publication that can still be opened says of these counts, whoever it was made for."""
    hidden: set[Hashable] = set()
    shown: dict[Hashable, set[float]] = {}
    judged, spreads = JudgedBefore(), SpreadsBefore()
    for audience, pointers in before.items():
        left_out = EXACT_FOR.get(audience, ())
        for pointer in pointers:
            for name, value, marker in _said(pointer, left_out, judged, spreads):
                if marker == HIDDEN and value is None:
                    hidden.add(name)
                elif value is not None:
                    shown.setdefault(name, set()).add(float(value))
    return Earlier(
        hidden=frozenset(hidden),
        shown=_frozen(shown),
        graded=_frozen(judged.graded),
        rounded=_frozen(judged.rounded),
        judged=_frozen(judged.judged),
        spreads=spreads.in_order(),
    )


def _frozen(found: Mapping[Hashable, set[T]]) -> dict[Hashable, frozenset[T]]:
    return {name: frozenset(values) for name, values in found.items()}


def _said(
    pointer: Pointer, left_out: tuple[str, ...], judged: JudgedBefore, spreads: SpreadsBefore
) -> list[tuple[Hashable, float | None, str]]:
    """Name, value and marker of every count of one publication; nothing of a file nobody can open any more.

    What it says of judgements goes into `judged`, and of scores into `spreads`.
    """
    found: list[tuple[Hashable, float | None, str]] = []
    with opened_if_whole(pointer) as connection:
        if connection is None:
            return found
        have = {row[0] for row in connection.execute("select table_name from information_schema.tables").fetchall()}
        judged.add(connection, have)
        spreads.add(pointer.publication_id, connection, have)
        for table, key, count, marker, begins in _READ:
            if table in have and table not in left_out:
                names = ", ".join(f'"{column}"' for column in key)
                query = f'select {names}, "{count}", "{marker}" from {table}'  # noqa: S608 - our own names, from above
                said = connection.execute(query).fetchall()
                found += [((*begins, *row[: len(key)]), row[-2], row[-1]) for row in said]
    return found
