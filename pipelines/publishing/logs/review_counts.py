"""How many clocks were met and missed, and how many reviews began, each financial year: exact, or protected."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pipelines.publishing.logs.log import Log, records_of
from pipelines.publishing.logs.reviewing import began_on
from pipelines.publishing.logs.splits import Block, Pattern
from pipelines.publishing.logs.ticking import of_reviews
from pipelines.publishing.rows import rows
from schemas.periods import of_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.logs.guarding import Guard
    from schemas.catalogue import Catalogue

HIDDEN = "c"
ALL = "all"
STATES = {ALL: "Due", "met": "Met", "missed": "Missed", "running": "Still running"}
_ENDED = ("met", "missed")
Rows = list[dict[str, Any]]


def exact_counts(inputs: Inputs) -> dict[str, Rows]:
    """Every clock and every review counted as it is, the running year too, for those who see each one anyway."""
    clocks, reviews = _clocks(inputs), _reviews(inputs)
    started = sorted({(clock_id, year) for clock_id, year, _ in clocks})
    years = sorted({year for _, year in reviews})
    return {
        "clock_count": [
            _clock_row(inputs.catalogue, clock_id, year, state, _of(clocks, clock_id, year, state))
            for clock_id, year in started
            for state in STATES
        ],
        "review_count": [
            _review_row(
                inputs.catalogue, kind, year, sum(reviews[each, year] for each in _within(kind, _types(inputs)))
            )
            for year in years
            for kind in (ALL, *_types(inputs))
        ],
    }


def protected_counts(inputs: Inputs, guard: Guard) -> dict[str, Rows]:
    """Clocks that were due, and reviews that began, in years that are over, protected.

    Left out is what an indicator counts already, with the reviews its clock is of: two counts of nearly the same would
    give one another away.
    """
    return {
        "clock_count": list(_protected_clocks(inputs, guard)),
        "review_count": list(_protected_reviews(inputs, guard)),
    }


def _protected_clocks(inputs: Inputs, guard: Guard) -> Iterator[dict[str, Any]]:
    clocks = _clocks(inputs)
    for clock in (c for c in inputs.catalogue.clocks.values() if c.of != "concerns" and not c.indicator_id):
        for year in Log(inputs, "reviews").years:
            block, states = Block(), (ALL, *_ENDED)
            for state in states:
                block.count((clock.id, state, year.id), _of(clocks, clock.id, year.id, state))
            block.sum((clock.id, ALL, year.id), [(clock.id, state, year.id) for state in _ENDED])
            pattern = block.hidden(guard.policy, guard.earlier)
            for state in states:
                name = (clock.id, state, year.id)
                row = _clock_row(inputs.catalogue, clock.id, year.id, state, block.value(name))
                yield _hidden_or(row, pattern, is_hidden=name in pattern.hidden)


def _protected_reviews(inputs: Inputs, guard: Guard) -> Iterator[dict[str, Any]]:
    reviews = _reviews(inputs)
    counted = {t for c in inputs.catalogue.clocks.values() if c.indicator_id for t in c.review_types}
    types = [kind for kind in _types(inputs) if kind not in counted]
    for year in Log(inputs, "reviews").years:
        block = Block()
        for kind in types:
            block.count(("type", kind, year.id), reviews[kind, year.id])
        block.count(("type", ALL, year.id), sum(reviews[kind, year.id] for kind in types))
        block.sum(("type", ALL, year.id), [("type", kind, year.id) for kind in types])
        pattern = block.hidden(guard.policy, guard.earlier)
        for kind in (ALL, *types):
            name = ("type", kind, year.id)
            row = _review_row(inputs.catalogue, kind, year.id, block.value(name))
            yield _hidden_or(row, pattern, is_hidden=name in pattern.hidden)


def _clocks(inputs: Inputs) -> Counter[tuple[str, str, str]]:
    """How many clocks there are by clock, financial year they were due in, and state."""
    return Counter(
        (t.clock.id, of_kind("financial_year", t.run.due_on).id, t.state) for t in of_reviews(inputs) if t.run
    )


def _of(clocks: Counter[tuple[str, str, str]], clock_id: str, year: str, state: str) -> int:
    return sum(clocks[clock_id, year, each] for each in _within(state, [s for s in STATES if s != ALL]))


def _reviews(inputs: Inputs) -> Counter[tuple[str, str]]:
    """How many reviews began, by type and financial year; one that nothing dates is in no year."""
    dated = ((row["review_type"], began_on(row)) for row in rows(records_of(inputs, "reviews", "Reviews")))
    return Counter((kind, of_kind("financial_year", day).id) for kind, day in dated if day is not None)


def _types(inputs: Inputs) -> list[str]:
    """Every type of review that is entered one by one: child deaths never are."""
    return [each for each in inputs.catalogue.choices["review_type"] if each != "child_death_review"]


def _within(one: str, every: list[str]) -> list[str]:
    return every if one == ALL else [one]


def _clock_row(catalogue: Catalogue, clock_id: str, year: str, state: str, count: float) -> dict[str, Any]:
    return {
        "clock_id": clock_id, "year_id": year, "state": state, "position": list(STATES).index(state),
        "title": catalogue.clocks[clock_id].title, "state_words": STATES[state], "count": count, "marker": "", "note": "",
    }  # fmt: skip


def _review_row(catalogue: Catalogue, kind: str, year: str, count: float) -> dict[str, Any]:
    types = list(catalogue.choices["review_type"])
    return {
        "review_type": kind, "year_id": year, "position": 0 if kind == ALL else 1 + types.index(kind),
        "type_words": "All of these" if kind == ALL else catalogue.label("review_type", kind), "count": count,
        "marker": "", "note": "",
    }  # fmt: skip


def _hidden_or(row: dict[str, Any], pattern: Pattern, *, is_hidden: bool) -> dict[str, Any]:
    return row | {"note": pattern.note} | ({"count": None, "marker": HIDDEN} if is_hidden else {})
