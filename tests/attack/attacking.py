"""The attack: everything some publication files say and imply, solved for the counts they hide."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.catalogue import catalogue
from tests.attack.cells import SIDES, SMALL, WHOLE, Cell, Edition, Where, place_of, quantity_of
from tests.attack.facts import Fact, Told, told
from tests.attack.programme import EPSILON, Model
from tests.attack.sums import Sum, sums

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Far above any count asked for by name.
ENDLESS = 1e6
EXACT = "executive"


@dataclass(frozen=True)
class Leak:
    """A hidden count that the files narrow below the need."""

    cell: Cell
    truth: float
    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether a single value remains."""
        return self.high - self.low < 1 - EPSILON

    def __str__(self) -> str:
        """The cell, what it is and what a reader knows of it."""
        named = ", ".join(x for x in self.cell.where if x != "all")
        return f"{self.cell.quantity} ({named}) is {self.truth:g}: known to lie in {self.low:g} to {self.high:g}"


class Attack:
    """What a reader of several editions' files can work out; a later edition may restate what an earlier one said."""

    def __init__(self, editions: Sequence[Edition]) -> None:
        """Read every file, and write down for each edition its cells, what they sum to and what is said of them.

        `least` knows only what earlier editions say, which no later one can take back.
        """
        self.model, self.least = Model(), Model()
        self.cells: list[Cell] = []
        self.truth: list[float | None] = []
        self.latest: dict[Cell, int] = {}
        self.misfits: list[str] = []
        self.published = set[int]()
        self.exact = False
        for number, edition in enumerate(editions):
            files = [told(path) for path in edition.files]
            found = _Edition(edition, files)
            self._believe(found)
            for file in files:
                self.exact |= file.audience == EXACT
                for fact in file.facts:
                    self._hear(fact, found, is_last=number == len(editions) - 1)

    def leaks(self) -> list[Leak]:
        """Every small count of people narrowed below the need, and further than earlier files alone would leave it."""
        small = [n for n, truth in enumerate(self.truth) if _is_small(self.cells[n], truth) and not self._is_allowed(n)]
        most = {n: (self.truth[n] or 0) + SMALL[1] for n in small}
        found = {n: _whole(*ends) for n, ends in self.model.narrowed(small, most).items()}
        made = {n: Leak(self.cells[n], self.truth[n] or 0, *ends) for n, ends in found.items()}
        narrow = {n: leak for n, leak in made.items() if _is_narrow(leak)}
        before = self.least.narrowed(list(narrow), most)
        judged = {n: leak for n, leak in narrow.items() if leak.exact or n in self.published}
        return [leak for n, leak in judged.items() if leak.exact or _is_narrower(leak, *_whole(*before[n]))]

    def _is_allowed(self, number: int) -> bool:
        """Whether these readers may see the count, small or not: a total of the whole area under the agreements."""
        return self.exact and _may_be_exact(self.cells[number])

    def interval(self, indicator_id: str, side: str, where: Where) -> tuple[float, float]:
        """What is known of one count, as it was when it was last published."""
        quantity = quantity_of(indicator_id, side)
        number = next(n for cell, n in self.latest.items() if cell.where == where and _plain(cell) == quantity)
        return _whole(*self.model.narrowed([number], {number: ENDLESS})[number])

    def _believe(self, edition: _Edition) -> None:
        """Write down the sums of an edition; where returns do not add up, that they nearly do, as near as they do."""
        for line in edition.lines():
            counts = [edition.truth.get(cell) for cell in (line.whole, *line.parts)]
            gap = 0.0 if None in counts else (counts[0] or 0) - math.fsum(c or 0 for c in counts[1:])
            off = abs(gap) if line.complete else max(-gap, 0.0)
            if off > EPSILON:
                self.misfits.append(f"{line.whole} is not the sum of its {len(line.parts)} parts: {gap:+g}")
            columns = [self._number(cell, edition) for cell in (line.whole, *line.parts)]
            ends = (-off, off if line.complete else math.inf)
            for model in (self.model, self.least):
                model.row(columns, [1.0] + [-1.0] * len(line.parts), *ends, str(line.whole))

    def _hear(self, fact: Fact, edition: _Edition, *, is_last: bool) -> None:
        terms = [(edition.cell(i, side, where), weight) for i, side, where, weight in fact.weights]
        if any(cell is None for cell, _ in terms):
            return
        if fact.official and not self._agrees(fact, edition):
            return
        columns = [self._number(cell, edition) for cell, _ in terms if cell]
        weights = [weight for _, weight in terms]
        allowed = self.exact and all(_may_be_exact(cell) for cell, _ in terms if cell)
        for model in (self.model, self.least) if allowed or not is_last else (self.model,):
            model.row(columns, weights, fact.low, fact.high, fact.said)

    def _agrees(self, fact: Fact, edition: _Edition) -> bool:
        """Whether an official count is the same count; a reader who takes another one for it is misled."""
        indicator_id, side, where, _ = fact.weights[0]
        cell = edition.cell(indicator_id, side, where)
        truth = edition.truth.get(cell) if cell else None
        return truth is None or fact.low - EPSILON <= truth <= fact.high + EPSILON

    def _number(self, cell: Cell, edition: _Edition) -> int:
        """The unknown a cell stands for; a new one where the count is another than when it was last published."""
        known = self.latest.get(cell)
        truth = edition.truth.get(cell)
        same = truth is not None or cell not in edition.wholes  # what is made of others may have changed with them
        if known is not None and (known in edition.mine or (same and self.truth[known] == truth)):
            edition.mine.add(known)
            return known
        number = self.model.unknown()
        self.least.unknown()
        self.cells.append(cell)
        self.truth.append(truth)
        self.latest[cell] = number
        edition.mine.add(number)
        if edition.publishes(cell):
            self.published.add(number)
        return number


@dataclass(frozen=True)
class _Line:
    whole: Cell
    parts: tuple[Cell, ...]
    complete: bool


class _Edition:
    """The cells of one edition, what they sum to, and their true counts as far as those follow from what was sent."""

    def __init__(self, edition: Edition, files: list[Told]) -> None:
        self.said, self.mine = edition.truth, set[int]()
        self.places = defaultdict[str, set[Where]](set)
        self.indicators = {indicator_id for file in files for indicator_id, *_ in file.places}
        for file in files:
            for indicator_id, side, where in file.places:
                cell = self.said.cell(indicator_id, side, where)
                if cell:
                    self.places[cell.quantity].add(where)
        self.sums = {name: sums(_plain_name(name), self._around(name)) for name in sorted(self.places)}
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
        return all(cell.where in self.places.get(name, ()) for name in _names(cell))

    def lines(self) -> Iterator[_Line]:
        """Every sum of the edition once, complements included."""
        seen = set[_Line]()
        for name, made in self.sums.items():
            for line in made:
                found = _Line(self._at(name, line.whole), tuple(self._at(name, p) for p in line.parts), line.complete)
                if found not in seen:
                    seen.add(found)
                    yield found
        yield from self.complements

    def _around(self, name: str) -> set[Where]:
        """Where a quantity is published; one counted apart stands among the cells it shares with others."""
        return self.places[name] | self.places.get(_plain_name(name), set())

    def _at(self, name: str, where: Where) -> Cell:
        return Cell(name if where in self.places[name] else _plain_name(name), where)

    def _complete(self) -> None:
        """Work out the counts nobody sent: wholes of which every part is known."""
        changed = True
        while changed:
            changed = False
            for name, made in self.sums.items():
                changed |= any([self._add_up(name, line) for line in made])

    def _add_up(self, name: str, line: Sum) -> bool:
        whole, parts = self._at(name, line.whole), [self.truth.get(self._at(name, p)) for p in line.parts]
        if not line.complete or whole in self.truth or None in parts:
            return False
        self.truth[whole] = math.fsum(p or 0 for p in parts)
        return True

    def _others(self) -> None:
        """Of every percentage, those not counted: numerator and others make the denominator."""
        self.complements: list[_Line] = []
        reached = defaultdict[str, set[Where]](set)
        for name, made in self.sums.items():
            reached[name] |= self.places[name] | {w for line in made for w in (line.whole, *line.parts)}
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
                    self.complements.append(_Line(whole, (part, other), complete=True))
                else:
                    self.truth.pop(other)


def _plain_name(name: str) -> str:
    return name.split("|", maxsplit=1)[0]


def _plain(cell: Cell) -> str:
    return _plain_name(cell.quantity)


def _is_small(cell: Cell, truth: float | None) -> bool:
    if truth is None or not SMALL[0] - 1 < truth < SMALL[1] + 1 or truth <= 0:
        return False
    return any(catalogue().protects(_plain_name(name)) for name in _names(cell))


def _names(cell: Cell) -> list[str]:
    """The quantity of a cell; of a complement, those of the part and the whole."""
    return cell.quantity.removeprefix("not ").split(" of ")


def _may_be_exact(cell: Cell) -> bool:
    """Whether the agreements let Executive members see a total of the whole area exactly."""
    policy, here = catalogue().audiences[EXACT], catalogue().partnership.area_code
    if cell.where._replace(period_id="") != Where("", WHOLE, here, WHOLE, WHOLE):
        return False
    for name in map(_plain_name, _names(cell)):
        sides = (i for i in catalogue().indicators.values() if name in (i.numerator, i.denominator))
        senders = {agency_id for indicator in sides for agency_id in indicator.sent_by}
        if not senders <= set(policy.exact_totals_from) or catalogue().quantities[name].counts_of in policy.never_exact:
            return False
    return True


def _whole(low: float, high: float) -> tuple[float, float]:
    """Counts are whole: the whole numbers an interval holds."""
    return math.ceil(low - EPSILON), (math.floor(high + EPSILON) if math.isfinite(high) else high)


def _is_narrow(leak: Leak) -> bool:
    return leak.low > min(leak.truth - 1, SMALL[0]) + EPSILON or leak.high < leak.truth + SMALL[1] - EPSILON


def _is_narrower(leak: Leak, low: float, high: float) -> bool:
    return leak.low > max(low, min(leak.truth - 1, SMALL[0])) + EPSILON or leak.high < high - EPSILON
