"""How far a recommendation has come, from agreed to sustained, by the evidence that counts and no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipelines.measures.impact_kinds import Verdict

LEVELS = ("agreed", "done", "learned", "practised", "difference", "sustained")
FIGURES = "figures"  # the kind of evidence a verdict on the linked indicator is
_LEARNED, _PRACTISED, _DIFFERENCE = 2, 3, 4
_KINDS_NEEDED = 2  # kinds of evidence a difference needs
_AGAINST = 2  # the highest rung while a linked indicator got worse

# Why a proof counts for nothing, for readers of the code and for the words of a page.
WHY_NOT = {
    "before_the_change": "true of a day before the change, or of that day itself",
    "in_the_future": "true of a day that has not come",
    "nothing_claimed": "claims no level, or is of a kind that can show none",
    "figures_not_improved": "no computed verdict of that day or later says improved",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence: its kind, the level that kind can show, the level claimed, and the day it is true of.

    `shows_difference`: it shows a difference for children, not only what staff know or do. `words`: what the kind is
    called in a sentence; the kind itself where there are none.
    """

    kind: str
    can_show: int
    claimed: int | None
    true_of: date
    shows_difference: bool
    words: str = ""

    def __post_init__(self) -> None:
        """Refuse levels that are not on the ladder."""
        for level in (self.can_show, self.claimed or 0):
            if not 0 <= level < len(LEVELS):
                msg = f"Level {level} is not on the ladder. Give 0 to {len(LEVELS) - 1}."
                raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Rung:
    """The level reached, 0 to 5, and why: one reason for each level up to it.

    `counted`: the level each proof counts for, in the order given, 0 for nothing. `why_not`: a key of WHY_NOT for each
    proof that counts for nothing, "" for the others. `is_held_back`: a linked indicator got worse, which keeps it at 2.
    """

    level: int
    why: tuple[str, ...]
    counted: tuple[int, ...]
    why_not: tuple[str, ...]
    is_held_back: bool = False


@dataclass(frozen=True, slots=True)
class _Counted:
    """A proof, or a verdict that improved, with the level it counts for."""

    kind: str
    level: int
    true_of: date
    shows_difference: bool
    words: str


def ladder(  # noqa: PLR0913 - the contract other parts call
    *,
    actions_done: bool,
    changed_on: date | None,
    proofs: Sequence[Proof],
    verdicts: Sequence[tuple[Verdict, date]],
    today: date,
    of_children: Sequence[bool] | None = None,
) -> Rung:
    """The rung of one recommendation: 0 agreed, 1 done, 2 learned, 3 practised, 4 difference, 5 sustained.

    A proof counts for the lower of what it claims and what its kind can show; before the change, in the future or
    without a claim for nothing. Figures count only with a computed verdict. Level 4: two kinds at level 3 or above, one
    of them showing a difference for children. Level 5: that difference twelve months on. `verdicts`: the standing one of
    each linked indicator with the end of its last period; `worse` holds everything back at 2. `of_children`: for each
    verdict, whether its indicator counts children and what happens to them (all do where it is not given); one that counts
    what staff do or say shows practice, and no difference for children.

    >>> from datetime import date
    >>> audit = Proof("audit", 3, 3, date(2026, 3, 1), shows_difference=False)
    >>> ladder(actions_done=True, changed_on=date(2025, 1, 1), proofs=[audit], verdicts=[], today=date(2026, 5, 1)).level
    3
    """
    about = of_children if of_children is not None else [True] * len(verdicts)
    standing = [
        (verdict, day, of)
        for (verdict, day), of in zip(verdicts, about, strict=True)
        if not _untimely(day, changed_on, today)
    ]
    improved = [day for verdict, day, _ in standing if verdict == "improved"]
    why_not = tuple(_why_not(proof, changed_on, improved, today) for proof in proofs)
    counted = tuple(0 if why else _claim(proof) for proof, why in zip(proofs, why_not, strict=True))
    evidence = [
        _Counted(proof.kind, level, proof.true_of, proof.shows_difference, proof.words or proof.kind)
        for proof, level in zip(proofs, counted, strict=True)
    ]
    evidence += [
        _Counted(FIGURES, _DIFFERENCE if of else _PRACTISED, day, of, "the figures")
        for verdict, day, of in standing
        if verdict == "improved"
    ]
    reached = _reached(evidence, changed_on, actions_done=actions_done)
    is_held_back = any(verdict == "worse" for verdict, _, _ in standing)
    level = min(max(reached), _AGAINST) if is_held_back else max(reached)
    why = tuple(reached.get(each, "Shown by the evidence for a higher level.") for each in range(level + 1))
    return Rung(level, why, counted, why_not, is_held_back)


def _reached(evidence: list[_Counted], changed_on: date | None, *, actions_done: bool) -> dict[int, str]:
    """The levels shown by something of their own, each with its reason."""
    reached = {0: "Agreed."}
    if actions_done:
        reached[1] = "Every action is done, with evidence."
    for level, of_what in ((_LEARNED, "learning"), (_PRACTISED, "changed practice")):
        firm = [each for each in evidence if each.level >= level]
        if firm:
            reached[level] = f"Evidence of {of_what}: {', '.join(_named(firm))}."
    firm = [each for each in evidence if each.level >= _PRACTISED]
    # Of a kind that can show a difference, and claimed to: an audit repeated may show what staff do and no more.
    differences = [each for each in firm if each.shows_difference and each.level >= _DIFFERENCE]
    if differences and len(_kinds(firm)) >= _KINDS_NEEDED:
        reached[4] = f"A difference for children: {', '.join(_named(differences))}, beside another kind of evidence."
        if any(_a_year_on(each.true_of, changed_on) for each in differences):
            reached[5] = "The difference was still there twelve months after the change."
    return reached


def _kinds(evidence: list[_Counted]) -> list[str]:
    return sorted({each.kind for each in evidence})


def _named(evidence: list[_Counted]) -> list[str]:
    return sorted({each.words for each in evidence})


def _claim(proof: Proof) -> int:
    return min(proof.claimed or 0, proof.can_show)


def _why_not(proof: Proof, changed_on: date | None, improved: list[date], today: date) -> str:
    untimely = _untimely(proof.true_of, changed_on, today)
    if untimely:
        return untimely
    if not _claim(proof):
        return "nothing_claimed"
    if proof.kind == FIGURES and not any(day >= proof.true_of for day in improved):
        return "figures_not_improved"
    return ""


def _untimely(day: date, changed_on: date | None, today: date) -> str:
    if changed_on is not None and day <= changed_on:
        return "before_the_change"
    return "in_the_future" if day > today else ""


def _a_year_on(day: date, changed_on: date | None) -> bool:
    """True from the same day of the next year on; a change on 29 February is a year old on 1 March."""
    if changed_on is None:
        return False
    return (day.year - 1, day.month, day.day) >= (changed_on.year, changed_on.month, changed_on.day)
