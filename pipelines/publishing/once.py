"""Counts that were others once: each old count a cell of its own, and the old sums they stood in.

A reader who kept an earlier publication knows that its sums held then, with the parts that have not changed since. So
the difference of two totals tells by how much their parts rose, and a restated total what its unchanged parts come to.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from pipelines.publishing.cells import Cells

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Then:
    """What a cell held once, and whether that publication hid it."""

    value: float
    hidden: bool


class Once:
    """Old counts and old sums, gathered publication by publication and added to the system at the end."""

    def __init__(self, cells: Cells) -> None:
        """Look the system over; it grows only in `add`."""
        self.cells, self.size = cells, len(cells.frame)
        self.now = cells.frame["value"].to_numpy(dtype=float)
        self.published = cells.frame["published"].to_numpy(dtype=bool)
        self.numbers: dict[tuple[int, Then], int] = {}
        self.seen: dict[int, set[str]] = {}
        self.lines: dict[tuple[int, ...], tuple[np.ndarray, np.ndarray]] = {}
        self.lines_of: dict[int, list[int]] = {}
        # What is worked out from others comes after them, so the line in which it comes last is the one that made it.
        self.made_by: dict[int, int] = {}
        for line, (numbers, _) in enumerate(cells.lines):
            for number in numbers.tolist():
                self.lines_of.setdefault(number, []).append(line)
            self.made_by.setdefault(int(numbers.max()), line)

    def publication(
        self, there: Iterable[int], then: dict[int, Then], audience: str, unknown: Collection[int] = ()
    ) -> None:
        """Take in one publication: the cells it had, and those that held something else than today.

        `unknown` are cells it hid of which nobody can say what they held: nothing is worked out from them.
        """
        have = set(there)

        def present(number: int) -> bool:
            return number in have or not self.published[number]

        then = self._followed(then, present, unknown)
        for line in {line for number in then for line in self.lines_of.get(number, [])}:
            numbers, signs = self.cells.lines[line]
            kept = np.array([present(n) for n in numbers.tolist()])
            if not kept[0]:
                continue
            renamed = [self._old(n, then[n], audience) if n in then else n for n in numbers[kept].tolist()]
            self.lines[tuple(renamed)] = np.array(renamed), signs[kept]

    def _followed(
        self, then: dict[int, Then], present: Callable[[int], bool], unknown: Collection[int]
    ) -> dict[int, Then]:
        """With what follows from the old counts: sums, years, the rest of a percentage, as they were then."""
        found = dict(then)
        waiting: list[int] = []
        for number in then:
            self._follow(number, waiting)
        while waiting:
            number = heappop(waiting)
            line = self.made_by.get(number)
            if number in found or line is None or not present(number):
                continue
            numbers, signs = self.cells.lines[line]
            if not all(present(n) and n not in unknown for n in numbers.tolist()):
                continue
            values = [found[n].value if n in found else self.now[n] for n in numbers.tolist()]
            own = numbers == number
            was = -float(np.dot(signs[~own], np.array(values)[~own])) / float(signs[own][0])
            if abs(was - self.now[number]) > _SAME:
                found[number] = Then(was, hidden=True)
                self._follow(number, waiting)
        return found

    def _follow(self, number: int, waiting: list[int]) -> None:
        for line in self.lines_of.get(number, []):
            last = int(self.cells.lines[line][0].max())
            if last > number:
                heappush(waiting, last)

    def _old(self, number: int, then: Then, audience: str) -> int:
        name = self.numbers.setdefault((number, then), self.size + len(self.numbers))
        self.seen.setdefault(name, set())
        if not then.hidden:
            self.seen[name].add(audience)
        return name

    def add(self) -> list[set[str]]:
        """Append the old cells and lines to the system; gives the audiences that were shown each old cell."""
        base = self.cells.frame.iloc[[number for number, _ in self.numbers]]
        values = np.array([then.value for _, then in self.numbers], dtype=float)
        hidden = np.array([then.hidden for _, then in self.numbers], dtype=bool)
        loose = ~base["published"].to_numpy(dtype=bool)
        lower, upper = (base[side].to_numpy(dtype=float) for side in ("lower", "upper"))
        extra = base.assign(
            quantity=[f"{q} as once published, {n}" for n, q in enumerate(base["quantity"])],
            value=values,
            protected=base["protected"].to_numpy(dtype=bool) & hidden,
        )
        self.cells.add(
            extra,
            lower=np.where(loose, np.minimum(lower, values), lower),
            upper=np.where(loose, np.maximum(upper, values), upper),
        )
        self.cells.lines += list(self.lines.values())
        self.cells.drop_what_does_not_add_up()
        return [self.seen[self.size + n] for n in range(len(self.numbers))]
