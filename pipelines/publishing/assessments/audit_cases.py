"""What the cases of audits were, counted and protected like children: each characteristic by itself, and the child's voice.

The number of cases of an audit of six and more is known to every reader, as its grades say it. Everything else hangs on
it, and the voice of children on the quarter's figure too, which the release shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipelines.publishing.assessments.audit_figures import VOICE
from pipelines.publishing.assessments.audit_grades import FEWEST, cases_of, sizes
from pipelines.publishing.logs.splits import CHANGED, Block, Pattern, all_hidden
from pipelines.publishing.rows import rows
from schemas.periods import quarter_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    import pandas as pd

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.logs.guarding import Guard
    from schemas.catalogue import Catalogue

HIDDEN = "c"
SHAPED = "voice_shaped"
# What is said of a case, each by itself: never one crossed with another, and never with a grade.
DIMENSIONS = {
    "age_band": "Age",
    "sex": "Sex",
    "ethnic_group": "Ethnic group",
    "locality": "Locality",
    "plan_type": "Plan",
    SHAPED: "Child’s voice shaped the plan",
}
NOT_SAID = ("", "Not said")
_NOT_LOOKED = ("not_looked_at", "")


@dataclass
class Counted:
    """Every count of the cases of reported audits, which of them are hidden, and why."""

    sizes: Mapping[str, int]
    counts: dict[Hashable, float] = field(default_factory=dict)
    hidden: set[Hashable] = field(default_factory=set)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)

    def shown(self, dimension: str, category: str, audit_ref: str) -> int | None:
        """A count as a release may show it; None where it is hidden."""
        name = (dimension, category, audit_ref)
        return None if name not in self.counts or name in self.hidden else int(self.counts[name])

    def note(self, dimension: str, audit_ref: str) -> str:
        """Why all counts of one dimension are hidden, where they are."""
        return self.notes.get((dimension, audit_ref), "")

    def looked_at(self, audit_ref: str) -> int | None:
        """In how many cases the child's voice was looked at: all but those that are said not to have been."""
        others = [self.shown(SHAPED, category, audit_ref) for category in _NOT_LOOKED]
        return None if None in others else self.sizes[audit_ref] - sum(each or 0 for each in others)

    def keep(self, block: Block, pattern: Pattern, where: Iterable[tuple[str, str]]) -> None:
        """Remember a block's counts with its pattern; `where` are the dimensions and audits it is of."""
        self.counts |= block.counts()
        self.hidden |= pattern.hidden
        self.notes |= dict.fromkeys(where, pattern.note)


def counted_cases(inputs: Inputs, audits: pd.DataFrame, guard: Guard) -> Counted:
    """The cases of audits large enough for them to be counted at all, protected."""
    found = Counted(sizes(inputs, audits))
    cases = cases_of(inputs, audits)
    large = {str(ref): frame for ref, frame in cases.groupby("audit_ref") if len(frame) >= FEWEST}
    for ref, mine in large.items():
        block = Block()
        block.figure(("cases", ref), len(mine), is_shown=True)
        others = [dimension for dimension in DIMENSIONS if dimension != SHAPED]
        for dimension in others:
            _split(inputs.catalogue, block, dimension, ref, mine)
        found.keep(block, _hidden(block, [ref], found, guard), [(dimension, ref) for dimension in others])
    quarters: dict[str, list[str]] = {}
    for row in rows(audits):
        if row["audit_ref"] in large:
            quarters.setdefault(quarter_of(row["reported_on"].date()).id, []).append(row["audit_ref"])
    for quarter, refs in quarters.items():
        block = Block()
        for ref in refs:
            block.figure(("cases", ref), len(large[ref]), is_shown=True)
            _split(inputs.catalogue, block, SHAPED, ref, large[ref])
        _hang(block, refs, quarter, guard)
        found.keep(block, _hidden(block, refs, found, guard), [(SHAPED, ref) for ref in refs])
        if len(refs) == 1 and guard.shown(VOICE, quarter)[0] is not None:
            # The quarter's figure is this audit's own count: whoever is shown the one knows the other.
            found.hidden.discard((SHAPED, "yes", refs[0]))
    return found


def case_rows(inputs: Inputs, audits: pd.DataFrame, found: Counted) -> Iterator[dict[str, Any]]:
    """The rows of `audit_case`: every category of every dimension, for audits large enough."""
    for ref in (ref for ref in audits["audit_ref"] if (SHAPED, "yes", ref) in found.counts):
        for dimension, words in DIMENSIONS.items():
            for position, (category, label) in enumerate(categories(inputs.catalogue, dimension).items()):
                count = found.shown(dimension, category, ref)
                yield {
                    "audit_ref": ref, "dimension": dimension, "category": category, "position": position,
                    "dimension_words": words, "label": label, "count": count,
                    "marker": HIDDEN if count is None else "", "note": found.note(dimension, ref),
                }  # fmt: skip


def categories(catalogue: Catalogue, dimension: str) -> dict[str, str]:
    """The values of a dimension and what they are called, the one nobody gave at the end.

    >>> from schemas.catalogue import catalogue
    >>> list(categories(catalogue(), "voice_shaped"))
    ['yes', 'no', 'not_looked_at', '']
    """
    if dimension in catalogue.breakdowns:
        known = {each.id: each.label for each in catalogue.breakdowns[dimension].categories}
    else:
        listed = catalogue.choices["shaped" if dimension == SHAPED else dimension].values()
        known = {each.id: each.label for each in listed}
    return known | dict([NOT_SAID])


def _split(catalogue: Catalogue, block: Block, dimension: str, ref: str, cases: pd.DataFrame) -> None:
    names = [(dimension, category, ref) for category in categories(catalogue, dimension)]
    for name in names:
        block.count(name, int(cases[dimension].eq(name[1]).sum()))
    block.sum(("cases", ref), names)


def _hang(block: Block, refs: list[str], quarter: str, guard: Guard) -> None:
    """Tie the audits of a quarter to its figure, known to every reader or secret as the release has it.

    A quarter without a figure yet will have one: it is taken as known already, unless it is too small to be shown.
    """
    heard = sum(block.value((SHAPED, "yes", ref)) for ref in refs)
    others = sum(block.value(("cases", ref)) for ref in refs) - heard
    if (VOICE, quarter) in guard.figures:
        is_known = guard.shown(VOICE, quarter)[0] is not None
    else:
        is_known = not any(0 < each < FEWEST for each in (heard, others))
    block.figure((VOICE, quarter), heard, is_shown=is_known)
    block.sum((VOICE, quarter), [(SHAPED, "yes", ref) for ref in refs])


def _hidden(block: Block, refs: list[str], found: Counted, guard: Guard) -> Pattern:
    """What a block hides; all of it where an earlier release knew another number of cases."""
    before: dict[Hashable, float] = {("cases", ref): float(found.sizes[ref]) for ref in refs}
    if guard.earlier.differs(before):
        return all_hidden(block.counts(), CHANGED)
    return block.hidden(guard.policy, guard.earlier)
