"""What a re-audit found against the audit it repeats, domain by domain: shares good or better, and how far apart they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.measures.share_differences import newcombe
from pipelines.publishing.assessments.audit_grades import (
    BASES,
    ENOUGH,
    JOINT,
    Graded,
    distributions,
    grades_of,
    reported,
    standing_basis,
)
from pipelines.publishing.assessments.audit_judged import HIDDEN, is_shown
from pipelines.publishing.logs.splits_before import Earlier
from pipelines.publishing.rows import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Audience

BETTER, WORSE, UNCLEAR, TOO_FEW, NOT_SHOWN = "better", "worse", "unclear", "too_few", "hidden"


@dataclass(frozen=True)
class Shift:
    """One domain in two audits: what each found, None where it is not told, and which of two bases stands for it."""

    audit_ref: str
    before_ref: str
    domain: str
    before: Graded | None
    after: Graded | None

    @property
    def direction(self) -> str:
        """Better or worse where the whole interval says so; else unclear, too few, or hidden."""
        if self.before is None or self.after is None:
            return NOT_SHOWN
        if min(self.before.n, self.after.n) < ENOUGH:
            return TOO_FEW
        _, lower, upper = self.difference
        return BETTER if lower > 0 else WORSE if upper < 0 else UNCLEAR

    @property
    def difference(self) -> tuple[float, float, float]:
        """Percentage points by which the share good or better is higher at the re-audit, with its 95% interval.

        Newcombe's hybrid score interval (1998, method 10), as for every difference of two shares.
        """
        assert self.before is not None and self.after is not None  # noqa: PT018, S101 - one that is shown
        found = newcombe(self.after.good, self.after.n, self.before.good, self.before.n)
        return 100 * found.value, 100 * found.lower, 100 * found.upper


def shifts(inputs: Inputs, earlier: Earlier | None = None) -> Iterator[Shift]:
    """Every re-audit that was reported against the reported audit it repeats, in domains both looked at."""
    told = earlier or Earlier()
    audits = reported(inputs)
    grades = grades_of(inputs, audits)
    found = {basis: distributions(grades, basis) for basis in BASES}
    known = set(audits["audit_ref"])
    for audit in (row for row in rows(audits) if row["re_audit_of"] in known - {row["audit_ref"]}):
        for domain in inputs.catalogue.choices["audit_domain"]:
            pair = [(audit["re_audit_of"], domain, JOINT), (audit["audit_ref"], domain, JOINT)]
            if not all(any(key in found[basis] for basis in BASES) for key in pair):
                continue
            before, after = (_standing(found, key, told) for key in pair)
            yield Shift(audit["audit_ref"], audit["re_audit_of"], domain, before, after)


def shift_rows(inputs: Inputs, earlier: Earlier, audience: Audience) -> Iterator[dict[str, Any]]:
    """The rows of `audit_shift`; whole percentages and rounded n where the audience is shown no more."""
    catalogue = inputs.catalogue
    domains = list(catalogue.choices["audit_domain"])
    for one in shifts(inputs, earlier):
        yield {
            "audit_ref": one.audit_ref, "before_ref": one.before_ref, "domain": one.domain,
            "position": domains.index(one.domain), "domain_words": catalogue.label("audit_domain", one.domain),
            "direction": one.direction,
            **_numbers(one, audience.round_to),
            "words": _words(one, is_rounded=bool(audience.round_to)),
        }  # fmt: skip


def _standing(
    found: dict[str, dict[tuple[str, str, str], Graded]], key: tuple[str, str, str], told: Earlier
) -> Graded | None:
    self_graded, moderated = (found[basis].get(key) for basis in BASES)
    basis = standing_basis(self_graded, moderated)
    one = found[basis].get(key)
    return one if one is not None and is_shown(one, (*key, basis), told) else None


def _numbers(one: Shift, round_to: int | None) -> dict[str, Any]:
    names = ("n_before", "n_after", "percent_before", "percent_after", "difference", "lower", "upper")
    blank: dict[str, Any] = dict.fromkeys(names) | {"marker": ""}
    if one.before is None or one.after is None:
        return blank | {"marker": HIDDEN}
    sizes = {"n_before": _rounded(one.before.n, round_to), "n_after": _rounded(one.after.n, round_to)}
    if one.direction == TOO_FEW:
        return blank | sizes
    shares = {
        f"percent_{name}": 100 * each.good / each.n for name, each in (("before", one.before), ("after", one.after))
    }
    numbers = shares | dict(zip(("difference", "lower", "upper"), one.difference, strict=True))
    if round_to:
        numbers = {name: float(round(number)) for name, number in numbers.items()}
    return blank | sizes | numbers


def _rounded(n: int, to: int | None) -> int:
    return to * round(n / to) if to else n


def _words(one: Shift, *, is_rounded: bool) -> str:
    """What moved in one sentence, and never more than the interval says."""
    if one.before is None or one.after is None:
        return "Hidden: too few cases were judged to compare them."
    counts = f"{one.before.good} of {one.before.n} good or better before, {one.after.good} of {one.after.n} now"
    if one.direction == TOO_FEW:
        return "Too few to say." if is_rounded else f"Too few to say: {counts}."
    value, lower, upper = one.difference
    moved = f"{_signed(value)} points (between {_signed(lower)} and {_signed(upper)})"
    told = moved if is_rounded else f"{counts}: {moved}"
    return f"{told}, {_CONSISTENT[one.direction]}."


_CONSISTENT = {
    BETTER: "consistent with better practice",
    WORSE: "consistent with worse practice",
    UNCLEAR: "consistent with no change as well as with one either way",
}


def _signed(points: float) -> str:
    """A difference in whole points, with its sign.

    >>> _signed(12.4), _signed(-3.6), _signed(-0.2)
    ('+12', '−4', '0')
    """
    whole = round(points)
    return "0" if not whole else f"{'+' if whole > 0 else '−'}{abs(whole)}"
