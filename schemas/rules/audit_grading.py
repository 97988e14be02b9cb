"""Rules about the grades of an audit as a whole: moderated, of every domain, not all the same, the child's voice looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.beside import stands, worded
from schemas.returns.by_value import by_value
from schemas.returns.listed import listed
from schemas.rule import rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from schemas.catalogue.choice import Choice
    from schemas.returns.records import LogContext

# So many grades that all of them alike is no chance.
_MANY_GRADES = 10
# From so many graded cases an audit can be asked about every domain: fewer are looked at for one question.
_MANY_CASES = 6
_DOMAINS = ("recognition", "assessment", "voice", "planning", "information_sharing", "joint_working", "oversight",
            "equality", "whole_family", "impact")  # fmt: skip
_CASES = [{"case_no": str(n)} for n in range(1, 7)]
_ALIKE = [{"case_no": "1", "domain": domain} for domain in _DOMAINS]
_ONE_OTHER = [*_ALIKE[:-1], {"case_no": "1", "domain": "impact", "self_grade": "g2", "moderated_grade": "g2"}]
_NINE = [{"case_no": str(n), "domain": d} for n in range(1, 7) for d in _DOMAINS[:-1]]
_TEN = [{"case_no": str(n), "domain": d, "self_grade": "g2" if n == 2 else "g3"} for n in range(1, 7) for d in _DOMAINS]


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="stage",
    message="{audit_ref} is reported, but {count} of its {all} grades have no moderated grade ({where}).",
    fix="Enter the moderated grades on the sheet Grades, also where they are as they were.",
    bad=[{"_held": {"Grades": [{"moderated_grade": ""}]}}],
    good=[{"stage": "reported"},
          {"stage": "under_way", "planned_for": "2026-12-01", "_held": {"Grades": [{"moderated_grade": ""}]}}],
)  # fmt: skip
def reported_audit_is_not_moderated(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Grades agreed between agencies are the audit; before that they are each agency’s own view."""
    grades = stands(context, "Grades")
    every, left = (found.groupby("audit_ref").size() for found in (grades, grades[grades["moderated_grade"].eq("")]))
    count, total = (rows["audit_ref"].map(sizes).fillna(0).astype("int") for sizes in (left, every))
    return worded(rows, rows["stage"].eq("reported") & count.gt(0), count=count, all=total)


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="stage",
    message="{audit_ref} is reported and gives {cases} cases, but no grade ({where}).",
    fix="Add the grades on the sheet Grades. If cases were not graded, say in the conclusion what was done instead.",
    bad=[{"_without": ["Grades"]}],
    good=[{"stage": "reported"}, {"method": "appreciative", "_without": ["Grades"]}],
)
def reported_audit_has_no_grades(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """Without grades nothing can be set beside the next audit."""
    graded = set(stands(context, "Grades")["audit_ref"])
    by_case = rows["method"].isin(["case_file", "dip_sample", "mixed"]) & rows["cases"].gt(0)
    return rows["stage"].eq("reported") & by_case & ~rows["audit_ref"].isin(graded)


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="audit_ref",
    message="All {count} grades of {audit_ref} are the same ({where}).",
    fix="Check that each domain was judged by itself. If all of them are so, leave it.",
    bad=[{"_held": {"Grades": _ALIKE}}],
    good=[{"_held": {"Grades": _ONE_OTHER}}, {"audit_ref": "AU-2026-1"}],
)
def audit_grades_are_all_alike(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Ten domains in many cases are never all the same; one grade for everything is a form filled down the column."""
    grades = stands(context, "Grades")
    final = grades["moderated_grade"].where(grades["moderated_grade"].ne(""), grades["self_grade"])
    by_audit = final.groupby(grades["audit_ref"])
    kinds, sizes = (
        rows["audit_ref"].map(found).fillna(0).astype("int") for found in (by_audit.nunique(), by_audit.size())
    )
    return worded(rows, kinds.eq(1) & sizes.ge(_MANY_GRADES), count=sizes)


@rule(
    kind="audit",
    sheet="Audits",
    severity="note",
    column="audit_ref",
    message="{audit_ref} grades nothing of: {left} ({where}).",
    fix="Nothing to do if the audit did not ask about it.",
    bad=[{"_held": {"Cases": _CASES, "Grades": _NINE}}],
    good=[{"_held": {"Cases": _CASES, "Grades": _TEN}}, {"audit_ref": "AU-2026-1"}],
)
def audit_leaves_domains_out(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """What audit after audit leaves out is practice nobody has looked at."""
    grades, domains = stands(context, "Grades"), context.catalogue.choices["audit_domain"]
    by_audit = grades.groupby("audit_ref")
    seen = {str(ref): set(found) for ref, found in by_audit["domain"]}
    many = rows["audit_ref"].map(by_audit["case_no"].nunique()).fillna(0).ge(_MANY_CASES)
    left = by_value(rows["audit_ref"], lambda ref: _left_out(domains, seen.get(ref, set())))
    return worded(rows, many & rows["stage"].eq("reported") & left.ne(""), left=left)


def _left_out(domains: Mapping[str, Choice], seen: set[str]) -> str:
    """The domains that are not among those graded."""
    return listed([domain.label for domain in domains.values() if domain.id not in seen])


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="audit_ref",
    message="{audit_ref} is reported, and whether the child’s voice shaped the plan was looked at in none of its cases ({where}).",
    fix="Fill in the column on the sheet Cases. If the audit did not look, leave it: the page says so.",
    bad=[{"_held": {"Cases": [{"voice_shaped": "not_looked_at"}]}}, {"_held": {"Cases": [{"voice_shaped": ""}]}}],
    good=[{"_held": {"Cases": [{"case_no": "2", "voice_shaped": "not_looked_at"}]}, "cases": "2"},
          {"_without": ["Cases"], "method": "survey"}],
)  # fmt: skip
def audit_never_looked_at_voice(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """A plan made without the child’s view is a plan for the adults; an audit that does not ask cannot see it."""
    cases = stands(context, "Cases")
    looked = set(cases.loc[cases["voice_shaped"].isin(["yes", "no"]), "audit_ref"])
    there = rows["audit_ref"].isin(set(cases["audit_ref"]))
    return rows["stage"].eq("reported") & there & ~rows["audit_ref"].isin(looked)
