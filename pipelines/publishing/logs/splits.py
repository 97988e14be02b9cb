"""Counts that stand in tables of their own beside the figures, protected together with the figures they add up to.

A block is one small linked system: cells by name, sums between them, and which of them the release already shows as
figures. What it must hide is found and audited as for the figures; where no pattern holds, all of the block is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from pipelines.disclosure import ProtectionError, audit, primary_cells, protect_components

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping

    from pipelines.disclosure import Policy
    from pipelines.publishing.logs.splits_before import Earlier

CHANGED = (
    "Hidden: the records changed after these counts were first published, and what changed could be told from both."
)
NO_PATTERN = "Hidden to protect: with any of these counts shown, a hidden one could be worked out."
TOTAL_HIDDEN = "Hidden to protect: the year’s total is hidden or not known yet, and these counts would give it away."


@dataclass(frozen=True, slots=True)
class _Cell:
    value: float
    is_shown: bool = False  # in this table, unless it is hidden
    is_people: bool = False  # small ones could point at somebody
    is_known: bool = False  # shown as a figure elsewhere
    is_secret: bool = False  # hidden as a figure elsewhere, so nothing here may narrow it


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which cells of a block are hidden, and why all of them are where they are."""

    hidden: frozenset[Hashable]
    note: str = ""


@dataclass
class Block:
    """Counts of people that hang together; every line says that the first cell is the sum of the others."""

    cells: dict[Hashable, _Cell] = field(default_factory=dict)
    lines: list[tuple[Hashable, tuple[Hashable, ...]]] = field(default_factory=list)

    def count(self, name: Hashable, value: float) -> None:
        """A count this table shows unless it must be hidden."""
        self.cells[name] = _Cell(float(value), is_shown=True, is_people=True)

    def figure(self, name: Hashable, value: float, *, is_shown: bool) -> None:
        """A count the release has as a figure: known to every reader where shown, else to be kept secret here too."""
        self.cells[name] = _Cell(float(value), is_known=is_shown, is_secret=not is_shown)

    def rest(self, name: Hashable, value: float) -> None:
        """A count nobody is shown, by which others hang together."""
        self.cells[name] = _Cell(float(value))

    def people(self, name: Hashable, value: float) -> None:
        """A count of people no table shows, but which a reader can take for a count: the others of a share."""
        self.cells[name] = _Cell(float(value), is_people=True)

    def sum(self, total: Hashable, parts: Iterable[Hashable]) -> None:
        """Say that a cell is the sum of others."""
        self.lines.append((total, tuple(parts)))

    def value(self, name: Hashable) -> float:
        """The count of a cell."""
        return self.cells[name].value

    def counts(self) -> dict[Hashable, float]:
        """What the table would show."""
        return {name: cell.value for name, cell in self.cells.items() if cell.is_shown}

    def hidden(self, policy: Policy, earlier: Earlier) -> Pattern:
        """Which of its counts a release hides.

        What an earlier one hid stays hidden. Where one showed another value than now, all of them are hidden: two
        releases side by side would tell which record was added.
        """
        mine = self.counts()
        if earlier.differs(mine):
            return Pattern(frozenset(mine), CHANGED)
        found = self._protected(policy, earlier.hidden)
        return Pattern(frozenset(mine), NO_PATTERN) if found is None else Pattern(frozenset(mine) & found)

    def _protected(self, policy: Policy, kept: Collection[Hashable]) -> set[Hashable] | None:
        names = list(self.cells)
        values = np.array([self.cells[name].value for name in names])
        flags = {
            flag: np.array([getattr(self.cells[name], flag) for name in names], dtype=bool)
            for flag in ("is_shown", "is_people", "is_known", "is_secret")
        }
        known = flags["is_known"]
        primary = (primary_cells(values, policy, flags["is_people"]) | flags["is_secret"]) & ~known
        unseen = ~flags["is_shown"] & ~known
        forced = unseen | np.array([name in kept for name in names], dtype=bool)
        lines = self._matrix(names)
        try:
            hidden = protect_components(
                values, lines, primary, need=policy.need, fixed=known, also_hidden=forced & ~known
            )
            failing = audit(values, lines, hidden, primary, need=policy.need, fixed=known)
        except ProtectionError:
            return None
        return None if failing else {name for name, is_hidden in zip(names, hidden, strict=True) if is_hidden}

    def _matrix(self, names: list[Hashable]) -> np.ndarray:
        number = {name: place for place, name in enumerate(names)}
        matrix = np.zeros((len(self.lines), len(names)))
        for row, (total, parts) in enumerate(self.lines):
            matrix[row, number[total]] += 1.0
            for part in parts:
                matrix[row, number[part]] -= 1.0
        return matrix


def all_hidden(names: Mapping[Hashable, float], note: str) -> Pattern:
    """A pattern that hides everything, and why."""
    return Pattern(frozenset(names), note)
