"""Invented tables and chains of quarters for measuring protection, the same every time they are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from pipelines.publishing.ladder import WORTH_OF_A_TOTAL, WORTH_OF_A_WINDOW

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

SMALL = (1, 5)


@dataclass(frozen=True, eq=False)
class Table:
    """Linked cells: `lines @ values == 0`, which of them are small, and how much each would be missed.

    A chain's first `quarters` are its quarters.
    """

    name: str
    values: NDArray[np.float64]
    lines: sparse.csr_array
    quarters: int = 0
    worth: NDArray[np.float64] | None = None

    @property
    def small(self) -> NDArray[np.bool_]:
        """The counts to hide for their own sake."""
        return (self.values >= SMALL[0]) & (self.values <= SMALL[1])


def crossing(name: str, sizes: Sequence[int], mean: float, seed: int = 1) -> Table:
    """Counts by so many categories each way, with every total: a cell of the inner table is `mean` on average.

    Categories differ in size, as areas and age bands do, so that small numbers gather in some rows and columns.
    """
    chance, ways = np.random.default_rng(seed), len(sizes)
    sizes_differ = chance.normal(0, 0.3, sizes)
    for way, size in enumerate(sizes):
        shape = [size if other == way else 1 for other in range(ways)]
        sizes_differ = sizes_differ + chance.normal(0, 1 / np.sqrt(ways), size).reshape(shape)
    values, lines = with_totals(chance.poisson(mean * np.exp(sizes_differ)))
    return Table(name, values, lines)


def with_totals(core: NDArray[np.int64]) -> tuple[NDArray[np.float64], sparse.csr_array]:
    """Add the total along every way of a table, and say what adds to what."""
    full = core.astype(np.float64)
    for way in range(full.ndim):
        full = np.concatenate([full.sum(axis=way, keepdims=True), full], axis=way)
    number, made = np.arange(full.size).reshape(full.shape), []
    for way in range(full.ndim):
        made += [(line[0], line[1:]) for line in np.moveaxis(number, way, 0).reshape(full.shape[way], -1).T]
    return full.ravel(), sums(made, full.size)


def chain(quarters: int, mean: float, seed: int, derived: Iterable[str] = ("FY", "YTD", "R12")) -> Table:
    """One percentage over so many quarters: numerators, the others and denominators, with what is derived from each.

    `derived` are financial years, years to date (second and third quarters) and rolling twelve months, which chain all
    quarters together. A quarter has `mean` in the numerator and three times as many others. Windows are missed least,
    as in a release.
    """
    chance = np.random.default_rng(seed)
    numerator, others = chance.poisson(mean, quarters), chance.poisson(3 * mean, quarters)
    members = list(_summed(quarters, set(derived)))
    years = [len(m) == 4 and m[-1] % 4 == 3 for m in members]
    worth = np.where(np.append(np.ones(quarters, dtype=bool), years), WORTH_OF_A_TOTAL, WORTH_OF_A_WINDOW)
    side = np.arange(quarters + len(members))
    values = [np.append(x, [x[m].sum() for m in members]) for x in (numerator, others, numerator + others)]
    made = [(s + quarters + n, s + m) for s in len(side) * np.arange(3) for n, m in enumerate(members)]
    made += [(2 * len(side) + cell, np.array([cell, len(side) + cell])) for cell in side]
    return Table(
        f"{quarters} quarters of {mean:g}",
        np.concatenate(values),
        sums(made, 3 * len(side)),
        quarters,
        np.tile(worth, 3),
    )


def _summed(quarters: int, derived: set[str]) -> Iterable[NDArray[np.int64]]:
    """The quarters that each derived period sums; a year's last quarter to date and rolling twelve months are the year."""
    for last in range(quarters):
        place = last % 4
        twelve_months = "FY" in derived if place == 3 else "R12" in derived
        if last >= 3 and twelve_months:
            yield np.arange(last - 3, last + 1)
        if place in {1, 2} and "YTD" in derived:
            yield np.arange(last - place, last + 1)


def sums(made: list[tuple[int, NDArray[np.int64]]], cells: int) -> sparse.csr_array:
    """Each total with its parts as a line."""
    line = np.repeat(np.arange(len(made)), [1 + len(parts) for _, parts in made])
    cell = np.concatenate([[total, *parts] for total, parts in made])
    sign = np.concatenate([[-1.0, *np.ones(len(parts))] for _, parts in made])
    return sparse.csr_array((sign, (line, cell)), shape=(len(made), cells))


# Means chosen so that the small numbers are as many as in the tables the aims were set for: 140, and 433.
TABLES = (
    ("age × ethnicity × area", (5, 6, 14), 5.78),
    ("sex × age × area", (2, 5, 34), 9.48),
    ("age × area × quarter", (7, 14, 20), 9.45),
    ("sex × age × area × quarter", (2, 5, 27, 4), 9.91),
)


def tables() -> list[Table]:
    """The tables the aims of speed are set for: 630 linked cells twice, 2,520 twice."""
    return [crossing(*facts) for facts in TABLES]
