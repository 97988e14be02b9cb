"""How far each recommendation has come, by the evidence that counts, and why the rest does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from pipelines.measures.ladder import LEVELS, Proof, Rung, ladder
from pipelines.publishing.learning.lines import day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipelines.publishing.learning.lines import Line
    from pipelines.publishing.learning.verdicts import Judged
    from pipelines.publishing.rows import Row
    from schemas.catalogue import Catalogue, EvidenceKind

_WHY_NOT_WORDS = {
    "before_the_change": "Does not count: it is true of a day before the change, or of that day itself",
    "in_the_future": "Does not count: it is true of a day that has not come",
    "nothing_claimed": "Does not count: no level is claimed",
    "figures_not_improved": "Does not count: the figures themselves do not say improved",
}
# Most at stake first.
_ORDER = ("worse", "improved", "no_change", "too_early", "not_measurable")


@dataclass(frozen=True, eq=False)
class Standing:
    """A recommendation with its verdicts and its rung, as at a day."""

    line: Line
    judged: tuple[Judged, ...]
    rung: Rung

    @property
    def verdict(self) -> str:
        """One verdict for the whole: worse if any is, else improved if any is, else the furthest of the others."""
        found = {one.impact.verdict for one in self.judged}
        return next((verdict for verdict in _ORDER if verdict in found), "not_measurable")

    @property
    def decisive(self) -> Judged | None:
        """The linked indicator the verdict comes from; None where none is linked."""
        return next((one for one in self.judged if one.impact.verdict == self.verdict), None)

    @property
    def impact_is_shown(self) -> bool:
        """Whether practice is shown to have changed: from level 3."""
        return self.rung.level >= LEVELS.index("practised")


def standing(catalogue: Catalogue, line: Line, judged: Sequence[Judged], today: date) -> Standing:
    """Put a recommendation on the ladder, by what was true on a day."""
    kinds = catalogue.choices["evidence_kind"]
    known = [row for row in line.evidence if row["true_of"].date() <= today]
    # Figures that rose while nothing was done say nothing of the recommendation; that they got worse is said all the same.
    begun = any(day(action["done_on"]) is not None for action in line.done)
    told = [one for one in judged if begun or one.impact.verdict != "improved"]
    rung = ladder(
        actions_done=line.is_done(today),
        changed_on=line.changed_on,
        proofs=[_proof(cast("EvidenceKind", kinds[row["kind"]]), row) for row in known if row["kind"] in kinds],
        verdicts=[(one.impact.verdict, one.judged_on) for one in told],
        today=today,
        of_children=[catalogue.protects(one.indicator.numerator) for one in told],
    )
    return Standing(line, tuple(judged), rung)


def counted_words(catalogue: Catalogue, row: Row, level: int, why_not: str) -> str:
    """What a piece of evidence counts for, and if less than was claimed, why."""
    if shown_done(catalogue, row, why_not):
        return "Counts as done"
    kind = cast("EvidenceKind", catalogue.choices["evidence_kind"][row["kind"]])
    if why_not:
        return _WHY_NOT_WORDS[why_not]
    said = f"Counts as {LEVELS[level]}"
    claimed = row["level_claimed"]
    if claimed == claimed and claimed > level:  # noqa: PLR0124 - NaN
        return f"{said}: {kind.label[0].lower()}{kind.label[1:]} cannot show more"
    return said


def shown_done(catalogue: Catalogue, row: Row, why_not: str) -> int:
    """1 for a document or a list that shows an action done before the change began, as it must be; else 0."""
    kind = cast("EvidenceKind", catalogue.choices["evidence_kind"][row["kind"]])
    return int(why_not == "before_the_change" and kind.can_show == 1)


def _proof(kind: EvidenceKind, row: Row) -> Proof:
    claimed = row["level_claimed"]
    level = None if claimed != claimed else min(int(claimed), len(LEVELS) - 1)  # noqa: PLR0124 - NaN
    words = f"{kind.label[0].lower()}{kind.label[1:]}"
    return Proof(row["kind"], kind.can_show, level, row["true_of"].date(), kind.shows_difference, words)
