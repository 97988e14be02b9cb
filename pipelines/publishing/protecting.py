"""Which figures of a release stay hidden, decided once for all of it and audited before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pipelines.disclosure import Fault, ProtectionError, Reason, audit
from pipelines.publishing.cells import KEY, Cells, sides
from pipelines.publishing.ladder import WORKERS, Ladder, Step
from pipelines.publishing.linking import linked, matrix
from pipelines.publishing.rows import rows
from pipelines.publishing.told import told
from pipelines.publishing.withholding import given_away
from schemas.periods import parse
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, MutableMapping

    from pipelines.queries.pointer import Pointer
    from schemas.catalogue import Audience, Catalogue


@dataclass(frozen=True)
class Protected:
    """The cells of a release with `hidden` decided: frame of key columns, value, protected, hidden."""

    cells: pd.DataFrame
    sides: pd.DataFrame

    def shown(self, keys: pd.DataFrame) -> pd.DataFrame:
        """For each key: `value` (NaN where hidden or unknown) and `hidden`; a cell that is not there is neither."""
        index = pd.MultiIndex.from_frame(self.cells[KEY])
        numbers = index.get_indexer(pd.MultiIndex.from_frame(keys[KEY]))
        there = numbers >= 0
        hidden = there & self.cells["hidden"].to_numpy(dtype=bool)[numbers]
        value = np.where(there & ~hidden, self.cells["value"].to_numpy()[numbers], np.nan)
        return pd.DataFrame({"value": value, "hidden": hidden}, index=keys.index)


class Secured:
    """The linked system of one moment, from which each audience's pattern is taken, audited."""

    def __init__(  # noqa: PLR0913, PLR0917 - what is released, and what readers know already
        self,
        catalogue: Catalogue,
        observations: pd.DataFrame,
        cache: MutableMapping[str, bytes] | None = None,
        before: Mapping[str, Iterable[Pointer]] | None = None,
        official: pd.DataFrame | None = None,
        replaced: pd.DataFrame | None = None,
    ) -> None:
        """Link everything once; what publications `before` told (by audience) and `official` statistics is known.

        `replaced` are the figures of returns since replaced, as an earlier publication may have hidden them.
        """
        _sound(catalogue, observations)
        self.catalogue, self.both = catalogue, sides(catalogue, observations)
        self.cells = linked(catalogue, self.both)
        self.before = {audience: list(pointers) for audience, pointers in (before or {}).items()}
        known = told(catalogue, self.cells, self.before, official, replaced)
        self.ladder = Ladder(catalogue, self.cells, known, cache)

    def of(self, audience: Audience) -> Protected:
        """What the audience may see. UserError naming the cells a reader could work out: nothing is published."""
        try:
            step = self.ladder.step(audience.id)
        except ProtectionError as no_pattern:
            raise UserError(f"Not published: {self._why(no_pattern.faults[0])} {_MEND}", 1) from no_pattern
        assured(self.catalogue, self.cells, step)
        self._assured_withheld(audience, step)
        return Protected(self.cells.frame.assign(hidden=step.hidden), self.both)

    def _assured_withheld(self, audience: Audience, step: Step) -> None:
        """Try to work out what the agreements keep from the audience; UserError where a figure gives way."""
        known = self.ladder.told.known[audience.id]
        lost = given_away(self.cells, step.hidden, self.ladder.withheld[audience.id], known)
        if len(lost):
            named = self._named(lost)
            raise UserError(
                f"Not published for {audience.id}: with what its readers have already, this release would let the "
                f"{audience.title} audience work out what an agreement keeps from it ({named}). Release for the other "
                "audiences only (leave this one out of --audience, or unticked), or have the agreement cover this one; see "
                "“throughline agreement list”.",
                1,
            )

    def known_elsewhere(self, audience: Audience) -> tuple[str, ...]:
        """A sentence for each withheld figure beside which others had to be hidden, as its total is known from elsewhere."""
        saved = self.ladder.hidden_beside(audience.id)
        named = dict.fromkeys(cell_words(self.catalogue, row) for row in rows(self.cells.frame[saved]))
        return tuple(
            f"{each}: kept back under an agreement, and its total is known from elsewhere, as from an official statistic. The "
            "other parts of that total are hidden too, so that it cannot be taken from them."
            for each in named
        )

    def _why(self, fault: Fault) -> str:
        """A fault in the names of figures, never their values."""
        cells, causes = self._named(fault.cells), self._named(fault.because)
        because = {
            Reason.CONTRADICTION: f"{causes} do not add up",
            Reason.OUT_OF_BOUNDS: f"{causes} is no possible count",
            Reason.KNOWN_ELSEWHERE: f"what is known elsewhere ({causes}) gives it away",
            Reason.NO_ROOM: "the figures beside it leave it one value only",
            Reason.UNSOLVED: "no answer was found in the time allowed",
        }
        return f"{cells} cannot be protected, because {because[fault.reason]}."

    def _named(self, cells: np.ndarray) -> str:
        frame = self.cells.frame.iloc[[int(cell) for cell in cells[:3]]]
        named = [cell_words(self.catalogue, row) for row in rows(frame)]
        more = [f"{len(cells) - 3} more"] if len(cells) > 3 else []
        return _several(named + more) if named else "the figures"


def protected(  # noqa: PLR0913, PLR0917 - what is released, for whom, and what readers know already
    catalogue: Catalogue,
    observations: pd.DataFrame,
    audience: Audience,
    cache: MutableMapping[str, bytes] | None = None,
    before: Mapping[str, Iterable[Pointer]] | None = None,
    official: pd.DataFrame | None = None,
) -> Protected:
    """Build the linked system of the release, hide what must be hidden, and audit every hidden cell."""
    return Secured(catalogue, observations, cache, before, official).of(audience)


_MEND = "Ask the agency whether the parts and totals of that figure agree, and load its corrected return."


def assured(catalogue: Catalogue, cells: Cells, step: Step) -> None:
    """Try to work every hidden cell out again; UserError naming those that give way, so that nothing is published."""
    values = cells.frame["value"].to_numpy(dtype=float)
    lower, upper = (cells.frame[side].to_numpy(dtype=float) for side in ("lower", "upper"))
    failures = list(
        audit(
            values,
            matrix(cells),
            step.hidden,
            step.primary,
            need=step.need,
            lower=lower,
            upper=upper,
            fixed=step.known,
            workers=WORKERS,
        )
    )
    if failures:
        named = [cell_words(catalogue, cell) for cell in rows(cells.frame.iloc[[int(cell) for cell in failures[:5]]])]
        many = len(failures)
        could = "1 hidden figure could" if many == 1 else f"{many} hidden figures could"
        raise UserError(f"Not published: {could} still be worked out ({'; '.join(named)}).", 1)


def cell_words(catalogue: Catalogue, cell: dict[str, Any]) -> str:
    """A cell as people name it: what is counted, when, and which part of it.

    Never its value: the sentence is shown and logged.
    """
    quantity = str(cell["quantity"])
    plain = quantity.removeprefix("not ").split("|")[0].split(" of ")[0].split(" as once published")[0]
    known = catalogue.quantities.get(plain)
    said = [("all but " if quantity.startswith("not ") else "") + (known.title if known else plain)]
    said.append(parse(str(cell["period_id"])).short)
    area = catalogue.areas.get(str(cell["area_id"]))
    if area is not None and area.code != catalogue.partnership.area_code:
        said.append(area.name)
    if cell["agency_id"] != "all":
        said.append(catalogue.agencies[str(cell["agency_id"])].short)
    if cell["breakdown"] != "all":
        breakdown = catalogue.breakdowns[str(cell["breakdown"])]
        labels = {c.id: c.label for c in breakdown.categories}
        said.append(f"{breakdown.title} {labels.get(str(cell['category']), str(cell['category']))}")
    elif str(cell["category"]) != "all":
        said.append(str(cell["category"]))
    return ", ".join(said)


def _sound(catalogue: Catalogue, observations: pd.DataFrame) -> None:
    """Stop at counts no rule of protection can hold for: they name people nobody can be.

    What counts no people may be below nothing: points of confidence are, after a course that unsettles.
    """
    for side in ("numerator", "denominator"):
        counts = observations[side].astype(float)
        names = {i.id: getattr(i, side) for i in catalogue.indicators.values()}
        people = observations["indicator_id"].map({i: bool(q) and catalogue.protects(q) for i, q in names.items()})
        wrong = observations[((counts < 0) & people.astype(bool)) | np.isinf(counts)]
        if len(wrong):
            row = rows(wrong)[0]
            indicator = catalogue.indicators[row["indicator_id"]]
            raise UserError(
                f"Not published: {indicator.title}, {parse(row['period_id']).short}, has a count below nothing or without "
                f"end. Ask {catalogue.agencies[row['agency_id']].short} to correct it.",
                1,
            )


def _several(named: list[str]) -> str:
    return named[0] if len(named) == 1 else f"{'; '.join(named[:-1])}; and {named[-1]}"
