"""The attack: everything some publication files say and imply, solved for the counts they hide."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.catalogue import catalogue
from tests.attack.cells import SMALL, WHOLE, Cell, Edition, Where, quantity_of
from tests.attack.programme import EPSILON, Model
from tests.attack.reading import told
from tests.attack.standing import Stood, names, plain, plain_name
from tests.pipelines.agreed import AGREED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.attack.facts import Fact

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
            found = Stood(edition, files)
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
        number = next(n for cell, n in self.latest.items() if cell.where == where and plain(cell) == quantity)
        return _whole(*self.model.narrowed([number], {number: ENDLESS})[number])

    def _believe(self, edition: Stood) -> None:
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

    def _hear(self, fact: Fact, edition: Stood, *, is_last: bool) -> None:
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

    def _agrees(self, fact: Fact, edition: Stood) -> bool:
        """Whether an official count is the same count; a reader who takes another one for it is misled."""
        indicator_id, side, where, _ = fact.weights[0]
        cell = edition.cell(indicator_id, side, where)
        truth = edition.truth.get(cell) if cell else None
        return truth is None or fact.low - EPSILON <= truth <= fact.high + EPSILON

    def _number(self, cell: Cell, edition: Stood) -> int:
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


def _is_small(cell: Cell, truth: float | None) -> bool:
    if truth is None or not SMALL[0] - 1 < truth < SMALL[1] + 1 or truth <= 0:
        return False
    return any(catalogue().protects(plain_name(name)) for name in names(cell))


def _may_be_exact(cell: Cell) -> bool:
    """Whether the agreements let Executive members see a total of the whole area exactly."""
    policy, here = AGREED.audiences[EXACT], catalogue().partnership.area_code
    if cell.where._replace(period_id="") != Where("", WHOLE, here, WHOLE, WHOLE):
        return False
    for name in map(plain_name, names(cell)):
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
