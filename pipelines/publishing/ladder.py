"""One pattern for every audience: what the partnership's release hides, the public's hides too, and exact totals help nobody.

What an agency's agreement does not let an audience see is hidden from that audience whatever its size, and from all
that can be worked out of it: see withholding.py.

Three steps. First everything but exact totals is protected from a reader who knows those totals; then the totals
themselves, for readers who do not; then, under its own policy, what the public may see of the rest. A later step only
adds to what an earlier one hides, so no release can be used to undo another, whichever is made first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipelines.disclosure import Policy, ProtectionError, primary_cells, protect_components
from pipelines.disclosure.lines import lines_of, linked
from pipelines.publishing.linking import matrix
from pipelines.publishing.told import readers
from pipelines.publishing.withholding import given_away, withheld_cells

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from pipelines.publishing.cells import Cells
    from pipelines.publishing.told import Told
    from schemas.catalogue import Audience, Catalogue

Flags = np.ndarray
WORKERS = 2
# Beyond so many rings of lines around a lost figure, everything linked to it is withheld.
RINGS = 5
WORTH_OF_A_WINDOW, WORTH_OF_A_TOTAL = 0.05, 2.0


@dataclass(frozen=True)
class Step:
    """The pattern of one audience and what its audit needs: small cells, what readers know anyway, the range to keep."""

    hidden: Flags
    primary: Flags
    known: Flags
    need: tuple[int, int]


def policy_of(audience: Audience) -> Policy:
    """The audience's disclosure policy as the pure module takes it."""
    return Policy(
        low=audience.hide_from,
        high=audience.hide_to,
        show_zero=not audience.hide_zeros,
        secondary=audience.secondary,
        rounding=audience.round_to,
        drops=("wards",) if audience.drops_wards else (),
    )


class Ladder:
    """The patterns of all audiences over one linked system, worked out from the narrowest to the widest."""

    def __init__(
        self, catalogue: Catalogue, cells: Cells, told: Told, cache: MutableMapping[str, bytes] | None
    ) -> None:
        """Read the system once; `told` says what readers know anyway, `cache` keeps what was solved before."""
        self.catalogue, self.cells, self.told, self.cache = catalogue, cells, told, cache
        self.values = cells.frame["value"].to_numpy(dtype=float)
        self.protected = cells.frame["protected"].to_numpy(dtype=bool)
        self.bounds = {side: cells.frame[side].to_numpy(dtype=float) for side in ("lower", "upper")}
        self.worth = worth(catalogue, cells)
        self.unseen = ~cells.frame["published"].to_numpy(dtype=bool)
        self.lines = matrix(cells)
        self.wards = cells.frame["area_id"].isin([ward.code for ward in catalogue.wards]).to_numpy(dtype=bool)
        self.withheld = {each.id: withheld_cells(catalogue, cells, each) for each in catalogue.audiences.values()}
        self.exact = exact_totals(catalogue, cells) & ~told.kept["executive"] & ~self.withheld["executive"]
        # For each audience the withheld figures that would have been given away, had nothing more been hidden beside them.
        self.saved: dict[str, Flags] = {}
        self._known_steps: dict[str, Step] = {}

    def step(self, audience_id: str) -> Step:
        """The pattern of one audience."""
        split = self._kept("split", self._split)
        if audience_id == "partnership":
            return self._kept("partnership", lambda: self._partnership(split))
        if audience_id == "executive":
            partners = self._kept("small", lambda: self._small(split))
            return Step(
                hidden=split.hidden | (partners.hidden & ~self.exact),
                primary=split.primary,
                known=split.known,
                need=split.need,
            )
        return self._kept("public", lambda: self._public(self.step("partnership")))

    def _small(self, split: Step) -> Step:
        """What is hidden for its smallness from readers who know no exact total, whatever the agreements say."""
        return self._protected("partnership", np.zeros_like(self.exact), split.hidden, agreed=False)

    def _partnership(self, split: Step) -> Step:
        """That, and what the agreements keep from the partnership; as it is where they keep nothing more."""
        small, withheld = self._kept("small", lambda: self._small(split)), self.withheld["partnership"]
        if not (withheld & ~small.hidden).any():
            return small
        return self._protected("partnership", np.zeros_like(self.exact), small.hidden)

    def _public(self, partners: Step) -> Step:
        """The partnership's pattern and what it takes more for readers who know less, under their own policy."""
        dropped = self.wards if self.catalogue.audiences["public"].drops_wards else np.zeros_like(self.wards)
        return self._protected("public", np.zeros_like(self.exact), partners.hidden | dropped)

    def _hid(self, audience_id: str) -> Flags:
        """What any release these readers can open hid: it stays hidden, or the one would undo the other."""
        wider = [a for a in self.catalogue.audiences if audience_id in readers(self.catalogue, a)]
        return np.any([self.told.kept[a] for a in wider], axis=0)

    def _kept(self, name: str, found: Callable[[], Step]) -> Step:
        """A step worked out once for all audiences that stand on it."""
        if name not in self._known_steps:
            self._known_steps[name] = found()
        return self._known_steps[name]

    def _split(self) -> Step:
        """Everything but exact totals, from a reader who knows them; a total that cannot stay exact is given up."""
        nothing = np.zeros_like(self.exact)
        while self.exact.any():
            try:
                return self._protected("executive", self.exact, nothing, strict=True)
            except ProtectionError as no_pattern:
                group, _ = linked(lines_of(self.lines, len(self.values)))
                given_up = self.exact & np.isin(group, group[no_pattern.cells])
                if not given_up.any():
                    break  # exact totals are not what stands in the way
                self.exact &= ~given_up
        return self._protected("executive", self.exact, nothing)

    def _protected(
        self, audience_id: str, exact: Flags, already: Flags, *, strict: bool = False, agreed: bool = True
    ) -> Step:
        """Protect for one audience; `already` is hidden whatever else is, and with `agreed` what agreements keep from it.

        What an agreement keeps back and readers were told before they know all the same: it is shown to nobody again, but
        what stands beside it is protected from those who kept it.

        Where what was shown before leaves no way to protect something new, everything linked to it is withheld, unless
        `strict`: then that is for the caller to solve.
        """
        audience = self.catalogue.audiences[audience_id]
        policy = policy_of(audience)
        unknown = np.isnan(self.values)
        primary = primary_cells(self.values, policy, self.protected) & ~(exact & ~unknown)
        known = self.told.known[audience_id] & ~primary & ~already
        fixed = known | (exact & ~unknown)
        unseen = (self.told.old | self.unseen) & ~known
        withheld = self.withheld[audience_id if agreed else "executive"]
        forced = (already | self._hid(audience_id) | unseen | withheld) & ~fixed
        if not policy.secondary:
            return Step(primary | forced, primary, fixed, policy.need)
        found = self._withholding(primary, fixed, forced, policy.need, strict=strict)
        return self._beside_withheld(audience_id, withheld, found, (fixed, forced), strict=strict)

    def _beside_withheld(
        self, audience_id: str, withheld: Flags, found: Step, given: tuple[Flags, Flags], *, strict: bool
    ) -> Step:
        """Hide what stands beside a withheld figure that could be worked out all the same, as where its total is known elsewhere.

        An official statistic can give the total of several senders, and no release can take it back: then the others' parts
        are hidden too, ring by ring, and in the end everything linked to it: then the release adds nothing to what is told.
        """
        fixed, forced = given
        beside = np.zeros_like(withheld)
        for ring in range(RINGS + 1):
            lost = given_away(self.cells, found.hidden, withheld, self.told.known[audience_id])
            if not len(lost):
                break
            saved = self.saved.setdefault(audience_id, np.zeros_like(withheld))
            saved[lost] = True
            beside = self._ring(beside, lost) if ring < RINGS else beside | self._linked_to(lost)
            found = self._withholding(found.primary, fixed, forced | (beside & ~fixed), found.need, strict=strict)
        return found

    def hidden_beside(self, audience_id: str) -> Flags:
        """The figures withheld from an audience beside which others are hidden from it; what a release is built on hid, too."""
        self.step(audience_id)
        built_on = ("partnership", "public") if audience_id == "public" else (audience_id,)
        nothing = np.zeros_like(self.exact)
        return np.any([self.saved.get(each, nothing) for each in built_on], axis=0) & self.withheld[audience_id]

    def _linked_to(self, lost: np.ndarray) -> Flags:
        """Everything that any chain of lines links to one of these cells."""
        group, _ = linked(lines_of(self.lines, len(self.values)))
        return np.isin(group, group[lost])

    def _withholding(self, primary: Flags, fixed: Flags, forced: Flags, need: tuple[int, int], *, strict: bool) -> Step:
        """Protect, and where what was shown before gives something new away, withhold what stands beside it.

        Ring by ring: first the lines the lost figure stands in, then the lines of those, so that one correction costs a
        neighbourhood and not an indicator's whole history. What is withheld can no longer be told from what changed.
        """
        withheld, pattern, lost = np.zeros_like(fixed), None, np.zeros(0, dtype=np.int64)
        for _ in range(RINGS):
            try:
                hidden = protect_components(
                    self.values, self.lines, primary, need=need, fixed=fixed & ~withheld,
                    also_hidden=forced | withheld, **self.bounds, worth=self.worth, cache=self.cache, workers=WORKERS,
                )  # fmt: skip
                return Step(hidden, primary, fixed & ~withheld & ~hidden, need)
            except ProtectionError as no_pattern:
                if strict or no_pattern.hidden is None:
                    raise
                pattern, lost = no_pattern.hidden, no_pattern.cells
                withheld = self._ring(withheld, lost)
        # Everything linked to it, then: this release adds nothing to what the earlier ones tell of it.
        hidden = self._linked_to(lost) if pattern is None else pattern
        return Step(hidden, primary, fixed & ~hidden, need)

    def _ring(self, withheld: Flags, lost: np.ndarray) -> Flags:
        """What stands in a line with anything withheld so far or lost."""
        reached = withheld.copy()
        reached[lost] = True
        touched = np.asarray(abs(self.lines) @ reached.astype(float)).ravel() > 0
        return reached | (np.asarray(abs(self.lines).T @ touched.astype(float)).ravel() > 0)


def worth(catalogue: Catalogue, cells: Cells) -> np.ndarray:
    """How much each figure would be missed, where one or another must be hidden.

    Totals of the whole area first, then their splits; sums over windows last: the chart and the sentences are made of
    quarters, and a year to date can do without.
    """
    frame = cells.frame
    total = frame["breakdown"].eq("all") & frame["area_id"].eq(catalogue.partnership.area_code)
    window = frame["period_id"].str.startswith(("YTD", "R12-"))
    return np.where(window, WORTH_OF_A_WINDOW, np.where(total, WORTH_OF_A_TOTAL, 1.0))


def exact_totals(catalogue: Catalogue, cells: Cells) -> Flags:
    """Which cells the Executive may see exactly: totals of the whole area whose every sender's agreement allows it."""
    policy = catalogue.audiences["executive"]
    allowed = set(policy.exact_totals_from)
    senders: dict[str, set[str]] = {}
    for indicator in catalogue.indicators.values():
        for quantity in (indicator.numerator, indicator.denominator):
            if quantity:
                senders.setdefault(quantity, set()).update(indicator.sent_by)
    exact = {
        q.id
        for q in catalogue.quantities.values()
        if senders.get(q.id, {""}) <= allowed and q.counts_of not in policy.never_exact
    }
    frame = cells.frame
    allowed_here = np.array([_counted(str(quantity)) <= exact for quantity in frame["quantity"]], dtype=bool)
    whole = frame["agency_id"].eq("all") & frame["breakdown"].eq("all") & frame["category"].eq("all")
    here = frame["area_id"].eq(catalogue.partnership.area_code)
    # A total nobody publishes is seen by nobody; the rest of a percentage follows from the two that are.
    seen = frame["published"].astype(bool) | frame["quantity"].str.startswith("not ")
    return (whole & here & seen).to_numpy(dtype=bool) & allowed_here


def _counted(quantity: str) -> set[str]:
    """The quantities a cell speaks of: its own, or the part and the whole it is the rest of.

    >>> sorted(_counted("not repeat_plans|CP07 of plans_started"))
    ['plans_started', 'repeat_plans']
    """
    return {part.split("|")[0] for part in quantity.removeprefix("not ").split(" of ")}
