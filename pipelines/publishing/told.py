"""What readers can still look up: every publication they can open, and official statistics of the same figures.

A release must not undo an earlier one. What one of them showed and still stands counts as known; what one of them hid
stays hidden; where a figure was restated, the old sum it stood in still holds and is a line of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.publishing.cells import KEY
from pipelines.queries.pointer import every_whole, opened

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
    """Every publication of every audience that can still be opened."""
    return {audience: every_whole(home, audience) for audience in catalogue.audiences}


def told(
    catalogue: Catalogue,
    cells: Cells,
    before: Mapping[str, Iterable[Pointer]],
    official: pd.DataFrame | None = None,
    replaced: pd.DataFrame | None = None,
) -> Told:
    """Look every cell up in every earlier publication and in official statistics; adds the lines of old sums.

    `replaced` are figures of returns since replaced: what a publication hid of them is protected as it was then.
    """
    size = len(cells.frame)
    publicly = _published(catalogue, cells, official)
    found = Told(
        {a: publicly.copy() for a in catalogue.audiences}, {a: np.zeros(size, bool) for a in catalogue.audiences}
    )
    old, past = _Old(cells, size), _sides(catalogue, replaced)
    for audience, pointers in before.items():
        step = catalogue.audiences[audience].round_to
        for pointer in pointers:
            said = _said(catalogue, cells, pointer, past)
            was, hidden = said["was"].to_numpy(dtype=float), said["hidden"].to_numpy(dtype=bool)
            number = said["cell"].to_numpy(dtype=int)
            now = cells.frame["value"].to_numpy(dtype=float)[number]
            same = np.abs(was - (now if step is None else rounded(now, step))) <= _SAME
            found.kept[audience][number[hidden]] = True
            for reader in readers(catalogue, audience):
                found.known[reader][number[same]] = True
            if step is None:
                hid = said["hid"].to_numpy(dtype=float)
                then = np.where(np.isnan(was), hid, was)
                changed = ~np.isnan(then) & ~(np.abs(then - now) <= _SAME)
                others = zip(number[changed].tolist(), then[changed].tolist(), hidden[changed].tolist(), strict=True)
                old.epoch(number, {n: (count, was_hidden) for n, count, was_hidden in others}, audience)
    return old.added(catalogue, found)


def rounded(values: np.ndarray, step: int) -> np.ndarray:
    """To the nearest multiple of `step`, halves up.

    >>> rounded(np.array([0.0, 7.0, 7.5, 12.0]), 5).tolist()
    [0.0, 5.0, 10.0, 10.0]
    """
    return np.floor(values / step + 0.5) * step


class _Old:
    """Old counts that differ from today's, each a cell of its own, and the old sums they stood in."""

    def __init__(self, cells: Cells, size: int) -> None:
        self.cells, self.size = cells, size
        self.numbers: dict[tuple[int, float, bool], int] = {}
        self.seen: dict[int, set[str]] = {}
        self.lines: dict[tuple[int, ...], tuple[np.ndarray, np.ndarray]] = {}
        quantity = cells.frame["quantity"].astype(str)
        made_here = quantity.str.startswith("not ") | cells.frame["category"].astype(str).str.startswith("rest of")
        self.made_here = made_here.to_numpy(dtype=bool)
        self.lines_of: dict[int, list[int]] = {}
        for line, (numbers, _) in enumerate(cells.lines):
            for number in numbers.tolist():
                self.lines_of.setdefault(number, []).append(line)

    def epoch(self, there: np.ndarray, was: dict[int, tuple[float, bool]], audience: str) -> None:
        """Take in one publication: the cells it had, and the counts that were others then, hidden or not."""
        have = set(there.tolist())
        for line in {line for number in was for line in self.lines_of.get(number, [])}:
            numbers, signs = self.cells.lines[line]
            if self.made_here[numbers].any() or int(numbers[0]) not in have:
                continue  # what is left over was not published then, so its old value is nobody's
            kept = [n in have for n in numbers.tolist()]
            renamed = [self._old(n, *was[n], audience) if n in was else n for n in numbers[kept].tolist()]
            self.lines[tuple(renamed)] = np.array(renamed), signs[kept]

    def _old(self, number: int, was: float, hidden: bool, audience: str) -> int:  # noqa: FBT001 - private
        name = self.numbers.setdefault((number, was, hidden), self.size + len(self.numbers))
        self.seen.setdefault(name, set())
        if not hidden:
            self.seen[name].add(audience)
        return name

    def added(self, catalogue: Catalogue, found: Told) -> Told:
        """Append the old cells and lines to the system; their readers know them, for others they stay unseen."""
        base = self.cells.frame.iloc[[number for number, *_ in self.numbers]]
        extra = base.assign(
            quantity=[f"{q} as once published, {n}" for n, q in enumerate(base["quantity"])],
            value=[was for _, was, _ in self.numbers],
            protected=base["protected"].to_numpy(dtype=bool) & np.array([h for *_, h in self.numbers], dtype=bool),
        )
        self.cells.add(extra)
        self.cells.lines += list(self.lines.values())
        self.cells.drop_what_does_not_add_up()
        grown = len(self.numbers)
        for audience in catalogue.audiences:
            seen = [any(audience in readers(catalogue, one) for one in self.seen[self.size + n]) for n in range(grown)]
            found.known[audience] = np.concatenate([found.known[audience], np.array(seen, dtype=bool)])
            found.kept[audience] = np.concatenate([found.kept[audience], np.zeros(grown, dtype=bool)])
        found.old = np.arange(self.size + grown) >= self.size
        return found


def _names(catalogue: Catalogue) -> pd.DataFrame:
    """What each indicator counts, by either name its cell may have: indicator_id, side, quantity."""
    sides = [
        (i.id, side, quantity)
        for i in catalogue.indicators.values()
        for side in ("numerator", "denominator")
        for name in [getattr(i, side)]
        if name and not catalogue.quantities[name].official
        for quantity in (name, f"{name}|{i.id}")
    ]
    return pd.DataFrame(sides, columns=["indicator_id", "side", "quantity"])


def _sides(catalogue: Catalogue, replaced: pd.DataFrame | None) -> pd.DataFrame:
    """The counts of replaced returns by cell and submission: key columns, submission_id, value."""
    columns = [*KEY, "submission_id", "value"]
    if replaced is None or replaced.empty:
        return pd.DataFrame(columns=columns).astype({"value": float})
    single = [i.id for i in catalogue.indicators.values() if len(i.sent_by) == 1]
    rows = replaced.assign(agency_id=replaced["agency_id"].where(~replaced["indicator_id"].isin(single), "all"))
    both = rows.merge(_names(catalogue), on="indicator_id")
    both["value"] = both["numerator"].where(both["side"].eq("numerator"), both["denominator"]).astype(float)
    return both.loc[both["value"].notna(), columns]


def _said(catalogue: Catalogue, cells: Cells, pointer: Pointer, past: pd.DataFrame) -> pd.DataFrame:
    """What one publication says of each cell it has: cell, was (missing where hidden), hidden, and what it hid then."""
    now = cells.frame[KEY].assign(cell=cells.frame.index)
    with opened(pointer) as connection:
        connection.register("now", now)
        connection.register("side", _names(catalogue))
        connection.register("past", past)
        return connection.execute(_SAID).df()


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


_SAID = """
with said as (
    select
        s.quantity, f.period_id, f.agency_id, f.area_id, f.breakdown, f.category, f.marker,
        f.submission_ids as submission_id,
        case s.side when 'numerator' then f.numerator else f.denominator end as was
    from figure as f
    join side as s
        on s.indicator_id = f.indicator_id
    -- the denominator of a school year is a mean of its terms, not a count
    where not (s.side = 'denominator' and f.period_id like 'AY____-__')
)
select n.cell, max(said.was) as was, max(said.was) is null as hidden,
    case when max(said.was) is null then max(past.value) end as hid
from now as n
join said
    using (quantity, period_id, agency_id, area_id, breakdown, category)
left join past
    using (quantity, period_id, agency_id, area_id, breakdown, category, submission_id)
where said.was is not null
    or said.marker = 'c'
group by n.cell
order by n.cell
"""
