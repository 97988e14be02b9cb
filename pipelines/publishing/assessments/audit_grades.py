"""The grades of reported audits, counted by domain, agency and basis: what every table and figure of them is made of.

A count of grades is shown from six graded cases on. What an indicator adds up is what is shown, so that no sum of a quarter
gives away a count that is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.publishing.logs.log import day_of, records_of
from pipelines.publishing.rows import rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.publishing.assembling import Inputs

# Fewer graded cases than this are not shown: their grades could be told case by case.
FEWEST = 6
# Fewer than this have counts and no percentage.
ENOUGH = 10
JOINT = "all"
SELF, MODERATED = "self", "moderated"
BASES = {SELF: "self_grade", MODERATED: "moderated_grade"}
OUTSTANDING, GOOD, REQUIRES, INADEQUATE, NOT_JUDGED = "g4", "g3", "g2", "g1", "ne"
JUDGED = (OUTSTANDING, GOOD, REQUIRES, INADEQUATE)
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Graded:
    """How one audit judged one domain of one agency's practice, or of all together, on one basis."""

    counts: Mapping[str, int]

    @property
    def n(self) -> int:
        """The cases that were judged."""
        return sum(self.counts.get(grade, 0) for grade in JUDGED)

    @property
    def good(self) -> int:
        """Of these, good or outstanding."""
        return self.counts.get(OUTSTANDING, 0) + self.counts.get(GOOD, 0)

    @property
    def is_shown(self) -> bool:
        """Whether enough cases were judged for their grades to be told."""
        return self.n >= FEWEST


@dataclass(frozen=True)
class Moderated:
    """Of the cases judged twice, how many moderation raised, left and lowered; and who was judged once only."""

    raised: int
    same: int
    lowered: int
    only_self: int
    only_moderated: int

    @property
    def n(self) -> int:
        """The cases judged before and after moderation."""
        return self.raised + self.same + self.lowered

    @property
    def is_shown(self) -> bool:
        """Whether it may stand beside both distributions.

        Where nothing was changed the two differ by those judged once only: a few of them would be told case by case.
        """
        return self.n >= FEWEST and not any(0 < n < FEWEST for n in (self.only_self, self.only_moderated))


def reported(inputs: Inputs) -> pd.DataFrame:
    """The audits that were reported, with a day on which they were."""
    audits = records_of(inputs, "audit", "Audits")
    dated = [day_of(day) is not None for day in audits["reported_on"]]
    return audits[audits["stage"].eq("reported") & pd.Series(dated, index=audits.index, dtype=bool)]


def cases_of(inputs: Inputs, audits: pd.DataFrame) -> pd.DataFrame:
    """The case rows of these audits."""
    cases = records_of(inputs, "audit", "Cases")
    return cases[cases["audit_ref"].isin(set(audits["audit_ref"]))]


def sizes(inputs: Inputs, audits: pd.DataFrame) -> dict[str, int]:
    """How many cases each audit looked at: its case rows, or the number it gives where it has none."""
    counted = cases_of(inputs, audits).groupby("audit_ref").size()
    given = {row["audit_ref"]: row["cases"] for row in rows(audits)}
    return {
        ref: int(counted[ref]) if ref in counted.index else int(said)
        for ref, said in given.items()
        if ref in counted.index or said > 0
    }


def grades_of(inputs: Inputs, audits: pd.DataFrame) -> pd.DataFrame:
    """The grades of these audits' cases, `whose` filled for all together; none of a case that was taken back."""
    cases = {(row["audit_ref"], row["case_no"]) for row in rows(cases_of(inputs, audits))}
    grades = records_of(inputs, "audit", "Grades")
    known = [(ref, no) in cases for ref, no in zip(grades["audit_ref"], grades["case_no"], strict=True)]
    mine = grades[pd.Series(known, index=grades.index, dtype=bool)]
    return mine.assign(whose=mine["whose"].where(mine["whose"].ne(""), JOINT))


def distributions(grades: pd.DataFrame, basis: str) -> dict[Key, Graded]:
    """Audit, domain and whose → the grades counted; every combination that has a row."""
    counted: dict[Key, dict[str, int]] = {}
    for row in rows(grades):
        mine = counted.setdefault((row["audit_ref"], row["domain"], row["whose"]), {})
        if row[BASES[basis]]:
            mine[row[BASES[basis]]] = mine.get(row[BASES[basis]], 0) + 1
    return {key: Graded(mine) for key, mine in counted.items()}


def moderations(grades: pd.DataFrame) -> dict[Key, Moderated]:
    """Audit, domain and whose → what moderation did to the grades."""
    found: dict[Key, list[int]] = {}
    for row in rows(grades):
        mine = found.setdefault((row["audit_ref"], row["domain"], row["whose"]), [0, 0, 0, 0, 0])
        before, after = (_points(row[column]) for column in BASES.values())
        if before and after:
            mine[1 + (after < before) - (after > before)] += 1
        else:
            mine[3] += bool(before)
            mine[4] += bool(after)
    return {key: Moderated(*mine) for key, mine in found.items()}


def coarse(n: int, good: int, step: int) -> tuple[int, int | None]:
    """A distribution as an audience with rounded counts has it: n to the nearest step, and whole percent of ten and more.

    >>> coarse(18, 12, 5), coarse(9, 6, 5)
    ((20, 67), (10, None))
    """
    return step * round(n / step), round(100 * good / n) if n >= ENOUGH else None


def standing_basis(self_graded: Graded | None, moderated: Graded | None) -> str:
    """Which of the two stands for the practice: the moderated grades where enough cases have one, else the agencies' own."""
    if moderated is not None and moderated.is_shown:
        return MODERATED
    return SELF if self_graded is not None and not (moderated and moderated.n) else MODERATED


def _points(grade: str) -> int:
    """1 to 4; 0 where the case was not judged.

    >>> _points("g3"), _points("ne"), _points("")
    (3, 0, 0)
    """
    return int(grade[1:]) if grade in JUDGED else 0
