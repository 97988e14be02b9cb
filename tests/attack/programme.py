"""How far shown figures narrow hidden counts: two linear programmes a count, one model a group of linked ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

EPSILON = 1e-6


class ContradictionError(ArithmeticError):
    """No counts fit everything that was said: the attacker believes something that is not so."""


@dataclass
class Model:
    """Unknown counts with bounds, and rows: weighted sums between a low and a high end, each with its reason."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    rows: list[tuple[tuple[int, ...], tuple[float, ...], float, float, str]] = field(default_factory=list)

    def unknown(self, low: float = 0.0, high: float = np.inf) -> int:
        """Add a count, by its number."""
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def row(self, columns: Any, weights: Any, low: float, high: float, reason: str) -> None:
        """Say that a weighted sum lies between two ends; of a single count, these are its bounds."""
        if len(columns) == 1:
            ends = sorted((low / weights[0], high / weights[0]))
            self.low[columns[0]] = max(self.low[columns[0]], ends[0])
            self.high[columns[0]] = min(self.high[columns[0]], ends[1])
        else:
            self.rows.append((tuple(columns), tuple(weights), low, high, reason))

    def narrowed(self, asked: list[int], most: dict[int, float]) -> dict[int, tuple[float, float]]:
        """The least and greatest each count asked for can be; nothing above `most` (by count) is looked for."""
        low, high = np.array(self.low), np.array(self.high)
        if np.any(low > high + EPSILON):
            raise ContradictionError(f"{int(np.sum(low > high + EPSILON))} counts are said to be two things.")
        group = self._groups(high - low > EPSILON)
        found = {n: (low[n], high[n]) for n in asked if high[n] - low[n] <= EPSILON}
        wanted: dict[int, list[int]] = {}
        for n in asked:
            if n not in found:
                wanted.setdefault(int(group[n]), []).append(n)
        rows: dict[int, list[int]] = {}
        for number, (columns, *_) in enumerate(self.rows):
            free = next((c for c in columns if high[c] - low[c] > EPSILON), None)
            if free is not None and int(group[free]) in wanted:
                rows.setdefault(int(group[free]), []).append(number)
        for name, counts in wanted.items():
            found |= _Part(self, low, high, rows.get(name, [])).ends(counts, most)
        return found

    def _groups(self, free: np.ndarray) -> np.ndarray:
        """Number the groups of unknown counts that rows link, known counts left out."""
        pairs = [(c, len(free) + n) for n, (columns, *_) in enumerate(self.rows) for c in columns if free[c]]
        size = len(free) + len(self.rows)
        ends = np.array(pairs, dtype=int).reshape(-1, 2)
        graph = coo_array((np.ones(len(ends), dtype=np.int8), (ends[:, 0], ends[:, 1])), shape=(size, size))
        return connected_components(graph, directed=False)[1][: len(free)]


class _Part:
    """One group of linked counts as a linear programme that is solved again from its last answer."""

    def __init__(self, model: Model, low: np.ndarray, high: np.ndarray, rows: list[int]) -> None:
        chosen = [model.rows[n] for n in rows]
        self.columns = np.unique([c for columns, *_ in chosen for c in columns]).astype(int)
        self.low, self.high = low, high
        position = {int(c): n for n, c in enumerate(self.columns)}
        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = len(self.columns), len(chosen)
        programme.col_cost_ = np.zeros(len(self.columns))
        programme.col_lower_, programme.col_upper_ = low[self.columns], high[self.columns]
        programme.row_lower_ = np.array([r[2] for r in chosen])
        programme.row_upper_ = np.array([r[3] for r in chosen])
        starts = np.cumsum([0, *(len(r[0]) for r in chosen)])
        programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        programme.a_matrix_.start_ = starts.astype(np.int32)
        programme.a_matrix_.index_ = np.array([position[c] for r in chosen for c in r[0]], dtype=np.int32)
        programme.a_matrix_.value_ = np.array([w for r in chosen for w in r[1]], dtype=float)
        self.position, self.solver = position, highspy.Highs()
        self.solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver's own signature
        self.solver.setOptionValue("threads", 1)
        self.solver.passModel(programme)

    def ends(self, counts: list[int], most: dict[int, float]) -> dict[int, tuple[float, float]]:
        """Push each count down, then up, no further than asked."""
        return {n: (self._end(n, 1.0, most[n]), self._end(n, -1.0, most[n])) for n in counts}

    def _end(self, count: int, cost: float, most: float) -> float:
        if count not in self.position:
            return float(self.low[count] if cost > 0 else min(self.high[count], most))
        column = self.position[count]
        self.solver.changeColBounds(column, self.low[count], min(self.high[count], max(most, self.low[count])))
        self.solver.changeColCost(column, cost)
        self.solver.run()
        status = self.solver.getModelStatus()
        answer = (
            float(self.solver.getSolution().col_value[column]) if status == highspy.HighsModelStatus.kOptimal else None
        )
        self.solver.changeColCost(column, 0.0)
        self.solver.changeColBounds(column, self.low[count], self.high[count])
        if answer is None:
            raise ContradictionError(f"No counts fit what was said ({self.solver.modelStatusToString(status)}).")
        return answer
