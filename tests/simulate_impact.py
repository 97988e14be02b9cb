"""How often a verdict is wrong when nothing changed, and right when something did: the numbers of decision 0014.

`python -m tests.simulate_impact [repetitions]` prints them; seeded, and not a test, since it proves a choice once.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.measures.impact import judge_impact

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

    World = Callable[[Generator, int, int, float], dict[str, Any]]

AFTER = (4, 8, 12)
SPREAD = 50.0  # shape of the gamma that counts of children vary by beyond chance: 14 % more or less from time to time


def flow(rng: Generator, before: int, after: int, times: float, *, spread: float | None = None) -> dict[str, Any]:
    """Counts with a mean of 40 a quarter; with `spread`, more varied than chance alone makes them."""
    level = np.repeat([40.0, 40.0 * times], [before, after])
    level = rng.gamma(spread, level / spread) if spread else level
    return {"values": rng.poisson(level) + 0.0, "measure_type": "flow"}


def percent(rng: Generator, before: int, after: int, times: float) -> dict[str, Any]:
    """70 % of 40 to 80 cases a quarter; a fall to 0.75 is 17.5 points."""
    sizes = rng.integers(40, 81, before + after)
    tops = rng.binomial(sizes, np.repeat([0.7, 0.7 * times], [before, after]))
    return {
        "values": 100 * tops / sizes,
        "numerators": tops + 0.0,
        "denominators": sizes + 0.0,
        "measure_type": "percent",
    }


def seasonal(rng: Generator, before: int, after: int, times: float) -> dict[str, Any]:
    """Counts with a mean of 200 a quarter that rise and fall by 15 % with the time of year; changes are half as large."""
    level = 200 * (1 + 0.15 * np.sin(np.arange(before + after) * np.pi / 2 + 0.7))
    level *= np.repeat([1.0, (1 + times) / 2], [before, after])
    return {"values": rng.poisson(rng.gamma(200, level / 200)) + 0.0, "measure_type": "flow", "seasonal": True}


def stock(rng: Generator, before: int, after: int, times: float) -> dict[str, Any]:
    """A stock of 600 that drifts by 15 a quarter; it drops at once by half the fraction."""
    drift = 600 + np.cumsum(rng.normal(0, 15, before + after))
    return {"values": np.round(drift - np.repeat([0, 300 * (1 - times)], [before, after])), "measure_type": "snapshot"}


def by_year(rng: Generator, before: int, after: int, times: float) -> dict[str, Any]:
    """Rare events, 20 a year, judged by whole years; half of them stay where practice changed."""
    level = np.repeat([20.0, 20.0 * (0.5 if times < 1 else 1.0)], [before // 4, after // 4])
    parts = ["before"] * (before // 4) + ["after"] * (after // 4)
    years = [("", float(top), None, False, part) for top, part in zip(rng.poisson(level), parts, strict=True)]
    return {"values": [None] * (before + after), "measure_type": "rare", "years": years}


WORLDS: dict[str, World] = {
    "counts": flow,
    "counts, more varied": partial(flow, spread=SPREAD),
    "percentages": percent,
    "seasonal counts": seasonal,
    "stocks": stock,
    "rare, by year": by_year,
}


def shares(world: World, before: int, after: int, times: float, repetitions: int) -> Counter[str]:
    """Verdicts in percent of so many series, all of one seed."""
    rng = np.random.default_rng(14)
    found = Counter(
        judge_impact(changed_at=before, expected="lower", **world(rng, before, after, times)).verdict
        for _ in range(repetitions)
    )
    return Counter({verdict: round(100 * times / repetitions) for verdict, times in found.items()})


def main(repetitions: int) -> None:
    """A line a world and length of baseline: improved and worse unchanged, and improved changed, at 4, 8 and 12 points."""
    write = sys.stdout.write
    for name, world in WORLDS.items():
        for before in (6, 12, 20) if name == "counts" else (12, 20):
            null = [shares(world, before, after, 1.0, repetitions) for after in AFTER]
            real = [shares(world, before, after, 0.75, repetitions)["improved"] for after in AFTER]
            wrong = "  ".join(f"{each['improved']:>2} / {each['worse']:>2}" for each in null)
            write(f"{name:<22}{before:>3} before   unchanged {wrong}   changed {real}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
