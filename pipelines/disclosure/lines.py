"""The sums that link published cells, and which cells hang together through them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.disclosure.given import numbers_of

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Counts are whole and sums of full-time equivalents carry float tails: a line adds up to within this share of its size.
ADDS_UP_WITHIN = 1e-9


@dataclass(frozen=True)
class Lines:
    """Sums in coordinate form: over each line, `coefficient * x[cell]` and the line's `offset` add to zero.

    `line`, `cell` and `coefficient` have one entry a cell of a line, sorted by line; `offset` has one a line: what
    its already known cells come to.
    """

    line: Whole
    cell: Whole
    coefficient: Floats
    offset: Floats
    cell_count: int

    @property
    def line_count(self) -> int:
        """How many lines there are, empty ones included."""
        return len(self.offset)

    def per_line(self, entries: NDArray[Any]) -> Floats:
        """Sum one number an entry over each line."""
        return np.bincount(self.line, weights=entries, minlength=self.line_count).astype(np.float64)

    def settled(self, known: Flags, values: Floats) -> Lines:
        """Fold the known cells into the offsets, so that only unknown cells are left in the lines."""
        told = known[self.cell]
        offset = self.offset + self.per_line(self.coefficient * np.where(told, values[self.cell], 0.0))
        return Lines(self.line[~told], self.cell[~told], self.coefficient[~told], offset, self.cell_count)

    def part(self, cells: Whole) -> Lines:
        """Keep some cells and the lines that touch them, both renumbered in order."""
        number = np.full(self.cell_count, -1)
        number[cells] = np.arange(len(cells))
        inside = number[self.cell] >= 0
        kept, line = np.unique(self.line[inside], return_inverse=True)
        return Lines(line, number[self.cell[inside]], self.coefficient[inside], self.offset[kept], len(cells))

    def distinct(self) -> Lines:
        """Drop lines that say the same as an earlier one, which would look like a crossing."""
        starts = np.searchsorted(self.line, np.arange(self.line_count + 1))
        seen: dict[tuple[bytes, bytes, float], int] = {}
        for number, (start, stop) in enumerate(pairwise(starts)):
            if start < stop:
                sign = np.sign(self.coefficient[start])
                coefficient = (self.coefficient[start:stop] * sign).tobytes()
                seen.setdefault((self.cell[start:stop].tobytes(), coefficient, self.offset[number] * sign), number)
        keep = np.isin(self.line, list(seen.values()))
        return Lines(self.line[keep], self.cell[keep], self.coefficient[keep], self.offset, self.cell_count)


def lines_of(constraints: Any, cell_count: int) -> Lines:  # noqa: ANN401  any dense or scipy.sparse matrix
    """Read a dense or scipy.sparse matrix (lines by cells) as lines.

    >>> lines_of([[1, 1, -1]], 3).coefficient.tolist()
    [1.0, 1.0, -1.0]
    """
    if hasattr(constraints, "tocoo"):
        entries = constraints.tocsr().tocoo()  # through csr, which adds up entries given twice
        line, cell, coefficient, shape = entries.row, entries.col, entries.data, entries.shape
    else:
        instead = "Give one row a line, with a coefficient for every cell."
        matrix = np.atleast_2d(numbers_of(constraints, "constraints", instead))
        if matrix.ndim > 2:
            raise ValueError(f"constraints has the shape {matrix.shape}. {instead}")
        line, cell = np.nonzero(matrix)
        coefficient, shape = matrix[line, cell], matrix.shape if matrix.size else (len(matrix), cell_count)
    if shape[1] != cell_count:
        raise ValueError(f"The lines link {shape[1]} cells, but {cell_count} values were given. Give one value a cell.")
    coefficient = np.asarray(coefficient, dtype=np.float64)
    if not np.isfinite(coefficient).all():
        raise ValueError(
            "A line has a coefficient that is not a finite number. Leave the cell out of the line instead."
        )
    kept = coefficient != 0
    line, cell, coefficient = np.asarray(line)[kept], np.asarray(cell)[kept], coefficient[kept]
    order = np.lexsort((cell, line))
    line, cell, coefficient = line[order].astype(np.int64), cell[order].astype(np.int64), coefficient[order]
    return Lines(line, cell, coefficient, np.zeros(shape[0]), cell_count)


def linked(lines: Lines) -> tuple[Whole, Whole]:
    """Number the independent groups; return each cell's group and each line's."""
    from scipy.sparse import coo_array  # slow, and the command line passes here
    from scipy.sparse.csgraph import connected_components

    nodes = lines.cell_count + lines.line_count
    ends = (lines.cell, lines.line + lines.cell_count)
    graph = coo_array((np.ones(len(lines.cell), dtype=np.int8), ends), shape=(nodes, nodes))
    _, labels = connected_components(graph, directed=False)
    labels = labels.astype(np.int64)
    return labels[: lines.cell_count], labels[lines.cell_count :]


def components(constraints: Any) -> Whole:  # noqa: ANN401  any dense or scipy.sparse matrix
    """Number the groups of cells that no line connects; cells of one group share a number.

    >>> components([[1, 1, -1, 0, 0], [0, 0, 0, 1, -1]]).tolist()
    [0, 0, 0, 1, 1]
    """
    labels, _ = linked(lines_of(constraints, np.shape(constraints)[1]))
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def split_by(cells: Whole, group: Whole) -> list[Whole]:
    """Part a list of cells by their groups, each part in order."""
    if not len(cells):
        return []
    order = cells[np.argsort(group[cells], kind="stable")]
    return np.split(order, np.flatnonzero(np.diff(group[order])) + 1)


def are_trees(lines: Lines, cell_labels: Whole, line_labels: Whole) -> Flags:
    """Say of each group number whether its lines never cross: cells and lines form a tree of single steps.

    One line is a tree, so are several breakdowns under one total and any hierarchy. There, interval arithmetic
    along the lines is exact; where lines cross (a ring of cells and lines) it only bounds.
    """
    groups = int(max(cell_labels.max(initial=-1), line_labels.max(initial=-1))) + 1
    entries = np.bincount(cell_labels[lines.cell], minlength=groups)
    nodes = np.bincount(cell_labels, minlength=groups) + np.bincount(line_labels, minlength=groups)
    crossing = entries > nodes - 1
    crossing[cell_labels[lines.cell[np.abs(lines.coefficient) != 1]]] = True  # a mean times a count is no plain sum
    return ~crossing


def broken_lines(values: Floats, lines: Lines) -> Whole:
    """Return the numbers of the lines whose known figures do not add to zero."""
    unknown = np.isnan(values)
    terms = lines.coefficient * np.where(unknown, 0.0, values)[lines.cell]
    complete = lines.per_line(unknown[lines.cell]) == 0
    size = 1.0 + lines.per_line(np.abs(terms)) + np.abs(lines.offset)
    off = np.abs(lines.per_line(terms) + lines.offset) > ADDS_UP_WITHIN * size
    return np.flatnonzero(off & complete)
