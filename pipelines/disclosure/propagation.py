"""Interval arithmetic along lines: what each line lets a reader work out about each of its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pipelines.disclosure.lines import Floats, Lines

# Bounds closer than this are the same bound: counts are whole, equivalents have two decimals.
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Bounds:
    """Lowest and highest a reader can prove: of a cell (by all its lines) and of an entry of `lines` (by it alone)."""

    lines: Lines
    low: Floats
    high: Floats
    entry_low: Floats
    entry_high: Floats


def _rest(lines: Lines, terms: Floats) -> Floats:
    """Sum each line without the entry itself; infinite where another entry is."""
    endless = np.isinf(terms)
    finite = np.where(endless, 0.0, terms)
    others = lines.per_line(finite)[lines.line] - finite
    others_endless = lines.per_line(endless)[lines.line] - endless
    return np.where(others_endless > 0, np.inf, others)


def _implied(lines: Lines, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Bound each entry by the rest of its line: a*x lies between minus the most and minus the least of the rest."""
    a, below, above = lines.coefficient, low[lines.cell], high[lines.cell]
    most = np.where(a > 0, a * above, a * below)
    least = np.where(a > 0, a * below, a * above)
    known = lines.offset[lines.line]
    at_least, at_most = -_rest(lines, most) - known, _rest(lines, -least) - known
    return np.where(a > 0, at_least, at_most) / a, np.where(a > 0, at_most, at_least) / a


def propagated(lines: Lines, low: Floats, high: Floats, rounds: int | None = None) -> Bounds:
    """Tighten the cells' bounds along the lines until nothing moves, or for some rounds.

    Start from `low` and `high`, one a cell; the lines hold unknown cells only. Exact, for real and for whole numbers,
    where lines do not cross and coefficients are one; elsewhere the true interval may be narrower still.
    Source: bounds consistency on acyclic sums.
    """
    entry_low, entry_high = _implied(lines, low, high)
    for _ in range(2 * lines.line_count + 1 if rounds is None else rounds):
        tighter_low, tighter_high = low.copy(), high.copy()
        np.maximum.at(tighter_low, lines.cell, entry_low)
        np.minimum.at(tighter_high, lines.cell, entry_high)
        if not (np.any(tighter_low > low + TOLERANCE) or np.any(tighter_high < high - TOLERANCE)):
            break
        low, high = tighter_low, tighter_high
        entry_low, entry_high = _implied(lines, low, high)
    return Bounds(lines, low, high, entry_low, entry_high)
