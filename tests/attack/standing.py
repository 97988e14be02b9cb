"""One edition as a reader writes it down: its cells, what they sum to, and who are the others of every share."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.catalogue import catalogue
from tests.attack.cells import SIDES, Cell, Edition, Where, place_of, quantity_of
from tests.attack.sums import Sum, sums

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.attack.reading import Told


@dataclass(frozen=True)
class Line:
    """Cells that make up another, or as much of it as is published."""

    whole: Cell
    parts: tuple[Cell, ...]
    complete: bool


class Stood:
    """The cells of one edition, what they sum to, and their true counts as far as those follow from what was sent."""

    def __init__(self, edition: Edition, files: list[Told]) -> None:
        """Note every place the files have a row for, then what follows from all of them together."""
        self.said, self.mine = edition.truth, set[int]()
        self.places = defaultdict[str, set[Where]](set)
        self.indicators = {indicator_id for file in files for indicator_id, *_ in file.places}
        for file in files:
            for indicator_id, side, where in file.places:
                cell = self.said.cell(indicator_id, side, where)
                if cell:
                    self.places[cell.quantity].add(where)
        self.sums = {name: sums(plain_name(name), self._around(name)) for name in sorted(self.places)}
        self.truth = dict(self.said.counts)
        self._complete()
        self._others()
        made = {self._at(name, line.whole) for name, lines in self.sums.items() for line in lines}
        self.wholes = made | {line.parts[1] for line in self.complements}

    def cell(self, indicator_id: str, side: str, where: Where) -> Cell | None:
        """The cell an indicator's figure is a count of."""
        return self.said.cell(indicator_id, side, place_of(indicator_id, where))

    def publishes(self, cell: Cell) -> bool:
        """Whether the files have a row for the cell, or for what it is the complement of; wholes nobody shows have none."""
        return all(cell.where in self.places.get(name, ()) for name in names(cell))

    def lines(self) -> Iterator[Line]:
        """Every sum of the edition once, complements included."""
        seen = set[Line]()
        for name, made in self.sums.items():
            for line in made:
                found = Line(self._at(name, line.whole), tuple(self._at(name, p) for p in line.parts), line.complete)
                if found not in seen:
                    seen.add(found)
                    yield found
        yield from self.complements

    def _around(self, name: str) -> set[Where]:
        """Where a quantity is published; one counted apart stands among the cells it shares with others."""
        return self.places[name] | self.places.get(plain_name(name), set())

    def _at(self, name: str, where: Where) -> Cell:
        return Cell(name if where in self.places[name] else plain_name(name), where)

    def _complete(self) -> None:
        """Work out the counts nobody sent: wholes of which every part is known."""
        every = [(name, line) for name, made in self.sums.items() for line in made]
        while any([self._add_up(name, line) for name, line in every]):  # noqa: C419 - each must be tried
            pass

    def _add_up(self, name: str, line: Sum) -> bool:
        whole, parts = self._at(name, line.whole), [self.truth.get(self._at(name, p)) for p in line.parts]
        if not line.complete or whole in self.truth or None in parts:
            return False
        self.truth[whole] = math.fsum(p or 0 for p in parts)
        return True

    def _others(self) -> None:
        """Of every percentage, those not counted: numerator and others make the denominator."""
        self.complements: list[Line] = []
        reached = defaultdict[str, set[Where]](set)
        for name, made in self.sums.items():
            reached[plain_name(name)] |= self.places[name] | {w for line in made for w in (line.whole, *line.parts)}
        for indicator_id in sorted(self.indicators):
            top, size = (quantity_of(indicator_id, side) for side in SIDES)
            if catalogue().indicators[indicator_id].unit != "percent" or not top or not size:
                continue
            for where in sorted(reached[top] & reached[size]):
                part, whole = (self.said.cell(indicator_id, side, where) for side in SIDES)
                other = Cell(f"not {part.quantity} of {whole.quantity}", where)
                if part in self.truth and whole in self.truth:
                    self.truth[other] = self.truth[whole] - self.truth[part]
                if self.truth.get(other, 0) >= 0:
                    self.complements.append(Line(whole, (part, other), complete=True))
                else:
                    self.truth.pop(other)


def plain_name(name: str) -> str:
    """A quantity's own name, without the indicator that counts it differently."""
    return name.split("|", maxsplit=1)[0]


def plain(cell: Cell) -> str:
    """The quantity a cell is a count of."""
    return plain_name(cell.quantity)


def names(cell: Cell) -> list[str]:
    """The quantity of a cell; of a complement, those of the part and the whole."""
    return cell.quantity.removeprefix("not ").split(" of ")
