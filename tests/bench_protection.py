"""How long protection and its audit take, and how much they hide: tables whose lines cross, and chains of quarters."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from pipelines.disclosure import audit, feasible_intervals, protect_components
from pipelines.publishing.ladder import WORTH_OF_A_WINDOW
from tests.bench_tables import Table, chain, crossing, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RUNS = 3
AIMS = {630: 6, 2520: 60, "chain": 0.5}
SEEDS = 6
MEANS = (2, 4, 6, 8, 12, 20)
DERIVED = ((), ("FY",), ("FY", "YTD"), ("FY", "R12"), ("FY", "YTD", "R12"))
HEADINGS = (
    f"{'protect and audit, clock seconds':<46}{'cells':>7}{'small':>7}{'hidden':>8}"
    f"{'protect':>9}{'audit':>9}{'processor':>11}{'aim':>8}  every interval"
)


@dataclass(frozen=True)
class Protected:
    """One run: seconds by the clock of each half, of processors for both, and how many cells are hidden."""

    protect: float
    audit: float
    processor: float
    hidden: int


def lines() -> Iterator[str]:
    """Everything measured here, a line at a time."""
    yield HEADINGS
    for table in tables():
        yield _line(table, AIMS[len(table.values)]) + f"{_seconds(lambda table=table: _intervals(table)):>10.2f}"
    for quarters in (20, 40):
        yield _line(chain(quarters, 6, seed=1), AIMS["chain"] if quarters == 20 else None)
    yield from _workers()
    yield from _chains()


def protected(table: Table, workers: int = 1) -> Protected:
    """Protect one table from nothing and audit what was found; a table that does not pass stops the bench."""
    start, used = perf_counter(), process_time()
    hidden = protect_components(table.values, table.lines, table.small, worth=table.worth, workers=workers)
    between = perf_counter()
    failing = audit(table.values, table.lines, hidden, table.small, workers=workers)
    end = perf_counter()
    if failing:
        raise RuntimeError(f"{table.name}: {len(failing)} small numbers are not protected")
    return Protected(between - start, end - between, process_time() - used, int(hidden.sum()))


def _line(table: Table, aim: float | None) -> str:
    runs = [protected(table) for _ in range(RUNS)]
    protect, audited, processor = (median(getattr(run, of) for run in runs) for of in ("protect", "audit", "processor"))
    return (
        f"{table.name:<46}{len(table.values):>7}{table.small.sum():>7}{runs[0].hidden:>8}"
        f"{protect:>9.2f}{audited:>9.2f}{processor:>11.2f}{f'{aim:g} s' if aim else '':>8}"
    )


def _intervals(table: Table) -> None:
    """What a reader can prove of every hidden cell, not of the small ones alone."""
    hidden = protect_components(table.values, table.lines, table.small, cache=_KEPT.setdefault(table.name, {}))
    low, high = feasible_intervals(table.values, table.lines, hidden)
    if not np.all(high[table.small] - low[table.small] >= 5):
        raise RuntimeError(f"{table.name}: the intervals are narrower than the audit said")


_KEPT: dict[str, dict[str, bytes]] = {}


def _seconds(act: Callable[[], None]) -> float:
    """The clock of the second run: in the first the pattern is worked out and kept."""
    act()
    start = perf_counter()
    act()
    return perf_counter() - start


def _workers() -> Iterator[str]:
    """A release of a dozen independent tables, by one worker and by two."""
    parts = [crossing("", (4, 5, 8), 4.1, seed) for seed in range(12)]
    values = np.concatenate([part.values for part in parts])
    together = Table("", values, sparse.block_diag([part.lines for part in parts], format="csr"))
    clocks: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(RUNS):
        for workers, found in clocks.items():
            run = protected(together, workers)
            found.append(run.protect + run.audit)
    one, two = (median(found) for found in clocks.values())
    yield f"12 tables of 270 cells: one worker {one:.2f} s, two workers {two:.2f} s, {two / one:.2f} of it"


def _chains() -> Iterator[str]:
    """How many quarters are hidden in 20 of a percentage, by how small it is and by what is shown beside it."""
    yield f"\n{'quarters hidden, of 20, beside':<46}" + "".join(f"{f'mean {mean}':>10}" for mean in MEANS)
    small = [np.mean([chain(20, mean, seed).small[:20].mean() for seed in range(SEEDS)]) for mean in MEANS]
    yield f"{'small for their own sake':<46}" + "".join(f"{share:>10.0%}" for share in small)
    for derived in DERIVED:
        found = [np.mean([_hidden(chain(20, mean, seed, derived)) for seed in range(SEEDS)], axis=0) for mean in MEANS]
        yield f"{' and '.join(derived) or 'nothing':<46}" + "".join(f"{quarters:>10.0%}" for quarters, _ in found)
    yield f"{'hidden of these years to date, twelve months':<46}" + "".join(f"{share:>10.0%}" for _, share in found)


def _hidden(table: Table) -> tuple[float, float]:
    """The shares of the numerator's quarters, and of its years to date and twelve months, that are hidden."""
    hidden = protect_components(table.values, table.lines, table.small, worth=table.worth)
    numerator = np.arange(len(hidden)) < len(hidden) // 3
    windows = numerator & (table.worth == WORTH_OF_A_WINDOW)
    return float(hidden[: table.quarters].mean()), float(hidden[windows].mean()) if windows.any() else 0.0
