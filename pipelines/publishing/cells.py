"""Every count of a release as one linked system of cells: what adds to what, and what a reader could subtract.

A cell is one quantity at one period, sender, place and category. Two indicators that use a quantity share its cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.publishing.rolling import summed_cells
from pipelines.publishing.rows import tuples

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas.catalogue import Catalogue

KEY = ["quantity", "period_id", "agency_id", "area_id", "breakdown", "category"]
WHERE = KEY[1:]
# Nearer than this a sum adds up: counts are whole, equivalents have two decimals.
NEAR = 1e-9


@dataclass
class Cells:
    """The cells found so far, and the lines (sums equal to zero) between them.

    `frame` has the key columns, `value` (NaN where unknown), `protected`, and `published`: whether a release may show
    it, or it is only what a reader can work out from others; `lower` and `upper`: what a reader knows of it at least. A
    line is (cell numbers, signs).
    """

    frame: pd.DataFrame
    lines: list[tuple[np.ndarray, np.ndarray]] = field(default_factory=list)

    def number_of(self, keys: pd.DataFrame) -> np.ndarray:
        """The cell number of each key, −1 where there is none."""
        index = pd.MultiIndex.from_frame(self.frame[KEY])
        return index.get_indexer(pd.MultiIndex.from_frame(keys[KEY]))

    @property
    def plain(self) -> pd.Series:
        """The quantity of each cell, without the indicator that keeps a cell of its own."""
        return self.frame["quantity"].str.split("|").str[0]

    @property
    def counted(self) -> pd.Series:
        """Which cells count a part or a whole, and not what parts leave over."""
        return ~self.frame["category"].str.startswith("rest of")

    def add(
        self,
        cells: pd.DataFrame,
        *,
        published: bool | pd.Series = True,
        lower: float | np.ndarray = 0.0,
        upper: float | np.ndarray = np.inf,
    ) -> np.ndarray:
        """Append cells and give back their numbers."""
        first = len(self.frame)
        if len(cells):
            more = cells[[*KEY, "value", "protected"]].assign(published=published, lower=lower, upper=upper)
            self.frame = pd.concat([self.frame, more], ignore_index=True)
        return np.arange(first, len(self.frame))

    def drop_what_does_not_add_up(self) -> None:
        """Forget lines whose known numbers contradict each other: a reader who trusts them is misled, not informed.

        Checking names such returns; here a year sent beside quarters that were later corrected is the usual case.
        """
        values = self.frame["value"].to_numpy(dtype=float)
        self.lines = [(n, signs) for n, signs in self.lines if not abs(float(values[n] @ signs)) > 1e-6]


def sides(catalogue: Catalogue, observations: pd.DataFrame) -> pd.DataFrame:
    """Each observation's numerator and denominator as rows of `KEY` + value, indicator_id, side, protected.

    An indicator with one sender is stored under `all`, because that sender's figure is the whole figure. Where two
    indicators give one quantity different values, each keeps a cell of its own.
    """
    indicators = catalogue.indicators
    base = observations.reset_index(drop=True)
    base["row"] = base.index
    single = {i for i, indicator in indicators.items() if len(indicator.sent_by) == 1}
    base["agency_id"] = base["agency_id"].where(~base["indicator_id"].isin(list(single)), "all")
    made: list[pd.DataFrame] = []
    for side in ("numerator", "denominator"):
        names = {i: getattr(indicator, side) for i, indicator in indicators.items()}
        part = base[["row", "indicator_id", *WHERE]].copy()
        part["quantity"] = base["indicator_id"].map(names)
        part["value"] = base[side].astype(float)
        part["side"] = side
        known = part["quantity"].notna()
        made.append(part[known & ~part["quantity"].isin(_official(catalogue))])
    both = pd.concat(made, ignore_index=True)
    both["protected"] = both["quantity"].map({q: catalogue.protects(q) for q in catalogue.quantities}).astype(bool)
    return _kept_apart(both)


def _official(catalogue: Catalogue) -> list[str]:
    return [q.id for q in catalogue.quantities.values() if q.official]


def _kept_apart(both: pd.DataFrame) -> pd.DataFrame:
    """Give an indicator cells of its own throughout where it anywhere disagrees with another on a shared quantity.

    Throughout, because a year is summed from cells of one name; `link_same` ties them wherever they do agree.
    """
    groups = both.groupby(KEY, sort=False)["value"]
    differ = (groups.transform("max") - groups.transform("min")).gt(1e-9)
    gaps = groups.transform("count").ne(groups.transform("size")) & groups.transform("count").gt(0)
    own = both["quantity"] + "|" + both["indicator_id"]
    apart = own.isin(own[differ | gaps].unique())
    return both.assign(quantity=both["quantity"].where(~apart, own))


def gathered(both: pd.DataFrame) -> Cells:
    """One cell a key."""
    unique = both.drop_duplicates(KEY)[[*KEY, "value", "protected"]].reset_index(drop=True)
    return Cells(unique.assign(published=True, lower=0.0, upper=np.inf))


def link_same(cells: Cells) -> None:
    """Tie cells that two indicators keep apart wherever they hold the same count: hidden in one, hidden in the other."""
    frame = cells.frame.assign(plain=cells.plain, cell=cells.frame.index)
    twins = frame[frame.duplicated(["plain", *WHERE, "value"], keep=False) & frame["value"].notna()]
    for _, same in twins.groupby(["plain", *WHERE, "value"], sort=False)["cell"]:
        first, *others = same.tolist()
        for other in others:
            _line(cells, np.array([first]), np.array([other]))


def link_agencies(cells: Cells, senders: dict[str, tuple[str, ...]]) -> None:
    """Sum the agencies that each send their part; only a sum with every part there is made.

    `senders` gives, for each quantity that adds over agencies, who sends it.
    """
    frame = cells.frame
    plain = cells.plain
    parts = frame[plain.isin(list(senders)) & frame["agency_id"].ne("all")]
    if parts.empty:
        return
    expected = plain[parts.index].map({quantity: len(agencies) for quantity, agencies in senders.items()})
    rest = [column for column in KEY if column != "agency_id"]
    groups = parts.assign(expected=expected).groupby(rest, sort=False)
    sums = groups.agg(
        value=("value", "sum"), known=("value", "count"), expected=("expected", "first"), protected=("protected", "any")
    ).reset_index()
    wholes = sums[sums["known"].eq(sums["expected"])].assign(agency_id="all")
    members, positions = groups.indices, parts.index.to_numpy()
    for number, key in zip(cells.add(wholes), tuples(wholes[rest]), strict=True):
        _line(cells, np.array([number]), positions[members[key]])


def link_windows(cells: Cells, parts: pd.DataFrame, area: str) -> None:
    """Sum quarters to years, years to date and twelve months, and terms to school years.

    `parts` says which periods make up which (see rolling.summed_cells) and which of them are published. A year an
    agency also sent is linked, not doubled: if one of its quarters is unknown, because the year less the others would
    tell it; if some have not come yet, because it is at least what has; and if they do not quite add up, because they
    nearly do.
    """
    facts = cells.frame.assign(cell=cells.frame.index, plain=cells.plain)
    sums = summed_cells(facts, parts, area)
    numbers = cells.number_of(sums)
    use = (numbers >= 0) | (sums["complete"] & sums["value"].notna())
    sums, numbers = sums[use].reset_index(drop=True), numbers[use]
    made = numbers < 0
    numbers[made] = cells.add(sums[made], published=sums.loc[made, "published"])
    _bring_out(cells, sums[~made], numbers[~made])
    left = cells.frame["value"].to_numpy(dtype=float)[numbers] - sums["sum"].to_numpy(dtype=float)
    known = sums["known"].eq(sums["there"]).to_numpy(dtype=bool)
    rests = _slack(
        cells, numbers, np.where(known, left, 0.0), sums["complete"].to_numpy(dtype=bool), "rest of the period"
    )
    for number, members, rest in zip(numbers, sums["members"], rests, strict=True):
        _line(cells, np.array([number]), np.append(members, rest) if rest >= 0 else np.asarray(members))


def _bring_out(cells: Cells, sums: pd.DataFrame, numbers: np.ndarray) -> None:
    """A total worked out from one breakdown gives way to the sum a release shows."""
    shown = sums["published"].to_numpy(dtype=bool) & sums["complete"].to_numpy(dtype=bool) & sums["value"].notna()
    unseen = numbers[shown & ~cells.frame["published"].to_numpy(dtype=bool)[numbers]]
    values = dict(zip(numbers, sums["value"], strict=True))
    cells.frame.loc[unseen, "value"] = [values[number] for number in unseen]
    cells.frame.loc[unseen, "published"] = True


def _slack(cells: Cells, totals: np.ndarray, left: np.ndarray, complete: np.ndarray, name: str) -> np.ndarray:
    """Cells for what parts leave over, or come to more than, their totals; −1 where they add up.

    Where every part is there a reader takes the sum for true and is off by no more than it really is; elsewhere the
    rest is people like the others, and any number of them.
    """
    off = np.abs(left)
    over = np.flatnonzero(off > NEAR)
    extra = cells.frame.iloc[totals[over]][[*KEY, "protected"]].assign(value=left[over])
    extra["category"] = np.where(extra["category"].eq("all"), name, name + ", " + extra["category"])
    extra["protected"] &= ~complete[over] & (left[over] > 0)
    lower = np.where(complete | (left < 0), -off, 0.0)[over]
    numbers = np.full(len(totals), -1)
    numbers[over] = cells.add(extra, published=False, lower=lower, upper=np.where(complete, off, np.inf)[over])
    return numbers


def add_areas_from_wards(cells: Cells, parent: str, wards: frozenset[str], areal: set[str]) -> None:
    """Make the whole area's cell where every ward is known and nothing was sent for the whole; link_parts ties it."""
    frame = cells.frame
    parts = frame[frame["area_id"].isin(wards) & cells.plain.isin(list(areal)) & cells.counted]
    rest = [column for column in KEY if column != "area_id"]
    sums = parts.groupby(rest, sort=False).agg(
        value=("value", "sum"), known=("value", "count"), protected=("protected", "any")
    )
    wholes = sums[sums["known"].eq(len(wards))].reset_index().assign(area_id=parent)
    cells.add(wholes[cells.number_of(wholes) < 0])


def add_missing_totals(cells: Cells, breakdowns: Iterable[str]) -> None:
    """A total nobody published is known all the same, to whoever adds up one breakdown; so it ties the others to it."""
    frame = cells.frame
    parts = frame[frame["breakdown"].isin(list(breakdowns)) & cells.counted]
    one = [column for column in KEY if column != "category"]
    sums = parts.groupby(one, sort=False).agg(
        value=("value", "sum"), known=("value", "count"), size=("value", "size"), protected=("protected", "any")
    )
    sums["value"] = sums["value"].where(sums["known"].eq(sums["size"]))  # only a sum with every part known is one
    whole = [column for column in one if column != "breakdown"]
    largest = sums.reset_index().groupby(whole, sort=False).agg(value=("value", "max"), protected=("protected", "any"))
    totals = largest[largest["value"].notna()].reset_index().assign(breakdown="all", category="all")
    cells.add(totals[cells.number_of(totals) < 0], published=False)


def link_parts(cells: Cells, breakdowns: dict[str, int], parent: str, wards: frozenset[str], areal: set[str]) -> None:
    """Tie categories to their total, and wards to the city; `breakdowns` says how many categories each has.

    What the parts leave over (a ward not known, a category not sent) becomes a cell of its own, because a reader can
    subtract just as well.
    """
    frame, counted = cells.frame, cells.counted
    for breakdown, every in breakdowns.items():
        chosen = frame["breakdown"].eq(breakdown) & counted
        _tie(cells, frame[chosen], {"breakdown": "all", "category": "all"}, every, f"rest of {breakdown}")
    chosen = cells.frame["area_id"].isin(wards) & cells.plain.isin(list(areal)) & cells.counted
    # Children whose ward is not known are in none, so wards never are the whole city for certain.
    _tie(cells, cells.frame[chosen], {"area_id": parent}, len(wards) + 1, "rest of wards")


def _tie(cells: Cells, parts: pd.DataFrame, whole: dict[str, str], every: int, rest: str) -> None:
    """Tie parts to the cell that `whole` names. An unknown part leaves nothing over: a reader would assume so too."""
    if parts.empty:
        return
    totals = cells.number_of(parts[KEY].assign(**whole))
    there = totals >= 0
    ties = pd.DataFrame({"total": totals[there], "part": parts.index.to_numpy()[there], "value": parts["value"][there]})
    sums = ties.groupby("total")["value"].agg(["sum", "count", "size"])
    left = cells.frame["value"].reindex(sums.index).to_numpy(dtype=float) - sums["sum"].to_numpy(dtype=float)
    known = sums["count"].eq(sums["size"]).to_numpy(dtype=bool) & ~np.isnan(left)
    complete = sums["size"].ge(every).to_numpy(dtype=bool)
    rests = _slack(cells, sums.index.to_numpy(), np.where(known, left, 0.0), complete, rest)
    positions = ties.groupby("total").indices
    for total, other in zip(sums.index, rests, strict=True):
        members = ties["part"].to_numpy()[positions[total]]
        _line(cells, np.array([total]), np.append(members, other) if other >= 0 else members)


def link_complements(cells: Cells, pairs: pd.DataFrame) -> None:
    """For every share, the others: numerator + the rest = denominator. `pairs` has columns `part` and `whole`."""
    frame = cells.frame
    unique = pairs.drop_duplicates()
    part, whole = unique["part"].to_numpy(), unique["whole"].to_numpy()
    left = frame["value"].to_numpy()[whole] - frame["value"].to_numpy()[part]
    guarded = frame["protected"].to_numpy()[part] | frame["protected"].to_numpy()[whole]
    use = guarded & ~(left < -1e-9) & (part != whole)
    others = frame.loc[part[use], KEY].reset_index(drop=True)
    others["quantity"] = "not " + others["quantity"] + " of " + frame["quantity"].to_numpy()[whole[use]]
    numbers = cells.add(others.assign(value=left[use], protected=True), published=False)
    for other, one, total in zip(numbers, part[use], whole[use], strict=True):
        _line(cells, np.array([total]), np.array([one, other]))


def _line(cells: Cells, total: np.ndarray, parts: np.ndarray) -> None:
    cells.lines.append((np.concatenate([total, parts]), np.concatenate([[1.0], -np.ones(len(parts))])))
