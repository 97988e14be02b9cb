"""What readers can still look up: every publication they can open, and official statistics of the same figures.

A release must not undo an earlier one. What one of them showed and still stands counts as known; what one of them hid
stays hidden; where a figure was restated, the old sum it stood in still holds and is a line of its own. Of a publication whose
returns a restore took away the old sums cannot be written down: a figure it told otherwise is not shown beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.publishing.once import Once, Then
from pipelines.publishing.told_before import asked_of, read_all
from pipelines.queries.pointer import every

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pipelines.publishing.cells import Cells
    from pipelines.queries.pointer import Pointer
    from schemas.catalogue import Catalogue

_SAME = 1e-9


@dataclass
class Told:
    """For each audience, which cells its readers know (`known`) and which a release of its own hid (`kept`)."""

    known: dict[str, np.ndarray]
    kept: dict[str, np.ndarray]
    old: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))


def readers(catalogue: Catalogue, audience: str) -> tuple[str, ...]:
    """The audiences that can open this one's publications: itself and every narrower one."""
    order = list(catalogue.audiences)
    return tuple(order[: order.index(audience) + 1])


def publications(home: Path, catalogue: Catalogue) -> dict[str, list[Pointer]]:
    """Every publication of every audience that is kept."""
    return {audience: every(home, audience) for audience in catalogue.audiences}


def told(
    catalogue: Catalogue,
    cells: Cells,
    before: Mapping[str, Iterable[Pointer]],
    official: pd.DataFrame | None = None,
    replaced: pd.DataFrame | None = None,
) -> Told:
    """Look every cell up in every earlier publication that opens and in official statistics; adds the lines of old sums.

    `replaced` are figures of returns since replaced: what a publication hid of them is protected as it was then.
    """
    size = len(cells.frame)
    publicly = _published(catalogue, cells, official)
    found = Told(
        {a: publicly.copy() for a in catalogue.audiences}, {a: np.zeros(size, bool) for a in catalogue.audiences}
    )
    old, asked = Once(cells), asked_of(catalogue, cells, replaced)
    for audience, all_said in read_all(before, asked).items():
        step = catalogue.audiences[audience].round_to
        for said in all_said:
            was, hidden = said["was"].to_numpy(dtype=float), said["hidden"].to_numpy(dtype=bool)
            number = said["cell"].to_numpy(dtype=int)
            now = cells.frame["value"].to_numpy(dtype=float)[number]
            past = said["past"].to_numpy(dtype=float)
            if step is None:
                then = np.where(hidden, past, was)
            else:  # a rounded count is taken for known: whoever has it is off by half a step
                then = np.where(np.isnan(past), np.where(hidden, np.nan, now), past)
            differs = ~(np.abs(then - now) <= _SAME)
            # Counts of no people are shown as they are, to those as well who are shown people rounded.
            alike = (np.abs(was - now) <= _SAME) | (np.abs(was - rounded(now, step or 1)) <= _SAME)
            shown_alike = ~hidden & ~differs & ((step is None) | alike)
            found.kept[audience][number[hidden]] = True
            for reader in readers(catalogue, audience):
                found.known[reader][number[shown_alike]] = True
            lost = set(number[said["is_lost"].to_numpy(dtype=bool) & hidden & np.isnan(past)].tolist())
            if lost:
                moved = dict(zip(number[~hidden & ~alike].tolist(), was[~hidden & ~alike].tolist(), strict=True))
                for reader in readers(catalogue, audience):
                    found.kept[reader][_unsure(old, moved, lost)] = True
            changed = ~np.isnan(then) & differs
            others = zip(number[changed].tolist(), then[changed].tolist(), hidden[changed].tolist(), strict=True)
            old.publication(number.tolist(), {n: Then(count, hid_it) for n, count, hid_it in others}, audience, lost)
    return _with_old(catalogue, found, old.add())


def _unsure(old: Once, moved: dict[int, float], lost: set[int]) -> list[int]:
    """The cells that were shown as something else (`moved`, what they were shown as) in a sum with a hidden count that is `lost`.

    Both sums together would tell by how much the hidden count has risen or fallen. Where the parts that were shown account for
    the whole difference they do not.
    """
    unsure: set[int] = set()
    for line in {line for one in moved for line in old.lines_of.get(one, [])}:
        numbers, signs = old.cells.lines[line]
        there = numbers.tolist()
        then = np.array([moved.get(one, old.now[one]) for one in there])
        if lost.intersection(there) and abs(float(np.dot(signs, then))) > _SAME:
            unsure.update(one for one in there if one in moved)
    return sorted(unsure)


def _with_old(catalogue: Catalogue, found: Told, seen: list[set[str]]) -> Told:
    """Old counts: those who were shown them know them, and nobody else will see them."""
    size = len(found.known["executive"])
    for audience in catalogue.audiences:
        shown = [any(audience in readers(catalogue, one) for one in told_to) for told_to in seen]
        found.known[audience] = np.concatenate([found.known[audience], np.array(shown, dtype=bool)])
        found.kept[audience] = np.concatenate([found.kept[audience], np.zeros(len(seen), dtype=bool)])
    found.old = np.arange(size + len(seen)) >= size
    return found


def rounded(values: np.ndarray, step: int) -> np.ndarray:
    """To the nearest multiple of `step`, halves up.

    >>> rounded(np.array([0.0, 7.0, 7.5, 12.0]), 5).tolist()
    [0.0, 5.0, 10.0, 10.0]
    """
    return np.floor(values / step + 0.5) * step


def _published(catalogue: Catalogue, cells: Cells, official: pd.DataFrame | None) -> np.ndarray:
    """Which totals of the whole area an official statistic gives away: the same count, or the same share or rate."""
    frame = cells.frame
    known = np.zeros(len(frame), dtype=bool)
    if official is None or official.empty:
        return known
    here = catalogue.partnership.area_code
    rows = official[official["area_code"].eq(here) & official["indicator_id"].isin(list(catalogue.indicators))]
    for side in ("numerator", "denominator"):
        names = {i.id: getattr(i, side) for i in catalogue.indicators.values()}
        keys = pd.DataFrame({"quantity": rows["indicator_id"].map(names), "period_id": rows["period_id"]}).assign(
            agency_id="all", area_id=here, breakdown="all", category="all"
        )
        numbers = cells.number_of(keys)
        counts = _counts(catalogue, rows, side)
        there = (numbers >= 0) & ~np.isnan(counts)
        values = frame["value"].to_numpy(dtype=float)[numbers[there]]
        known[numbers[there]] |= np.abs(values - counts[there]) < 1  # a rounded share gives the count to within one
    return known


def _counts(catalogue: Catalogue, rows: pd.DataFrame, side: str) -> np.ndarray:
    """The count an official row prints, or that its share or rate of a printed denominator comes to."""
    counts = rows[side].to_numpy(dtype=float)
    if side == "denominator":
        return counts
    per = rows["indicator_id"].map({i.id: i.per for i in catalogue.indicators.values()}).to_numpy(dtype=float)
    implied = rows["value"].to_numpy(dtype=float) * rows["denominator"].to_numpy(dtype=float) / per
    return np.where(np.isnan(counts), implied, counts)
