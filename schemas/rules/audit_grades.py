"""Rules about single grades: of a case that is there, of an audit that has begun, changed only with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.beside import beside, is_shrugged, labelled, stands, taken, worded
from schemas.returns.by_value import joined_keys
from schemas.rule import rule
from schemas.rules.audit_cases import MOST_CASES

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.records import LogContext

_NOT_BEGUN = ("planned", "cancelled")
# Who can be judged: those who work with children, not those who keep the record or look at it from outside.
_NOT_GRADED = ("bu", "scrutineer", "official_statistics")
# A grade that moves so far in moderation says that two people read two different files.
_FAR = 2


@rule(
    kind="audit",
    sheet="Grades",
    severity="error",
    column="case_no",
    withheld=True,
    message="The number of a graded case may be one of a case system ({where}); the row has been left out.",
    fix="Give the number the case has on the sheet Cases: 1, 2, 3.",
    bad=[{"case_no": "501"}, {"case_no": "80412277"}],
    good=[{"case_no": "1"}, {"case_no": "60"}],
)
def graded_case_number_may_be_a_systems(rows: pd.DataFrame) -> pd.Series:
    """Whoever has the case system could look the child up, and read here how it was judged."""
    return rows["case_no"].gt(MOST_CASES)


@rule(
    kind="audit",
    sheet="Grades",
    severity="error",
    column="case_no",
    message="{audit_ref} has no case {case_no} ({where}).",
    fix="Correct the number, or add the case to the sheet Cases.",
    bad=[{"case_no": "2"}, {"_without": ["Cases"]}, {"_held": {"Cases": [{"standing": "withdrawn"}]}}],
    good=[{"case_no": "1"}, {"case_no": "2", "_held": {"Cases": [{"case_no": "2"}]}}],
)
def grade_is_of_a_case_that_is_not_there(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """A grade without its case is counted among grades and not among cases: more judgements than were judged."""
    there = set(_cases(stands(context, "Cases")))
    return ~_cases(rows).isin(there) & rows["case_no"].le(MOST_CASES)


@rule(
    kind="audit",
    sheet="Grades",
    severity="query",
    column="case_no",
    message="{audit_ref} is “{stage_words}”, but has grades ({where}).",
    fix="Set the stage of {audit_ref} to Under way or Reported, or withdraw the grade.",
    bad=[{"_held": {"Audits": [{"stage": "planned", "reported_on": ""}]}},
         {"_held": {"Audits": [{"stage": "cancelled", "reported_on": ""}]}}],
    good=[{"case_no": "1"}, {"_held": {"Audits": [{"stage": "under_way", "reported_on": ""}]}}],
)  # fmt: skip
def grade_of_an_audit_not_begun(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Grades are shown once an audit is reported; those of one that does not go ahead are shown never."""
    stage = beside(rows, "audit_ref", taken(context, "Audits"), "stage")
    words = labelled(context, "audit_stage", stage.where(stage.ne(""), "planned"))
    return worded(rows, stage.isin(_NOT_BEGUN), stage_words=words)


@rule(
    kind="audit",
    sheet="Grades",
    severity="query",
    column="reason",
    message="{audit_ref}, case {case_no}: “{domain_words}” was changed from {was} to {now} without a reason ({where}).",
    fix="Say under Reason for the change what moderation saw in practice. No case.",
    bad=[{"moderated_grade": "g2"}, {"self_grade": "ne", "moderated_grade": "g1", "reason": "As above"}],
    good=[{"moderated_grade": "g2", "reason": "What the school did with the notice is not on the record"},
          {"moderated_grade": "g3"}, {"moderated_grade": ""}, {"self_grade": ""}],
)  # fmt: skip
def moderation_changed_a_grade_without_a_reason(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """What auditors saw and the agency did not is the learning; without it only the number has moved."""
    both = rows["self_grade"].ne("") & rows["moderated_grade"].ne("")
    broken = both & rows["self_grade"].ne(rows["moderated_grade"]) & is_shrugged(rows["reason"])
    return worded(rows, broken, **_said(rows, context))


@rule(
    kind="audit",
    sheet="Grades",
    severity="note",
    column="moderated_grade",
    message="{audit_ref}, case {case_no}: “{domain_words}” moved by two grades and more, from {was} to {now} ({where}).",
    fix="Nothing to do if it is so. If many move so far, agree first what each grade means.",
    bad=[{"self_grade": "g4", "moderated_grade": "g2", "reason": "The record shows neither plan nor review"}],
    good=[{"self_grade": "g4", "moderated_grade": "g3", "reason": "The record shows no review of the plan"},
          {"self_grade": "ne", "moderated_grade": "g1", "reason": "A later file shows what was done"}],
)  # fmt: skip
def moderation_moved_a_grade_far(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Grades that differ so far between readers measure the readers."""
    points = {choice.id: getattr(choice, "points", None) for choice in context.catalogue.choices["grade"].values()}
    was, now = (rows[name].map(points).astype("float64") for name in ("self_grade", "moderated_grade"))
    return worded(rows, (was - now).abs().ge(_FAR), **_said(rows, context))


@rule(
    kind="audit",
    sheet="Grades",
    severity="note",
    column="self_grade",
    message="{audit_ref}, case {case_no}: “{domain_words}” has a moderated grade and no self grade ({where}).",
    fix="Give the grade from before moderation, if there was one.",
    bad=[{"self_grade": ""}],
    good=[{"self_grade": "g2", "reason": "The record shows more than was seen at first"}, {"self_grade": "ne"}],
)
def grade_has_only_a_moderated_one(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Whether agencies see their own practice as others do can only be told where both are known."""
    broken = rows["self_grade"].eq("") & rows["moderated_grade"].ne("")
    return worded(rows, broken, domain_words=labelled(context, "audit_domain", rows["domain"]))


@rule(
    kind="audit",
    sheet="Grades",
    severity="note",
    column="reason",
    message="{audit_ref}, case {case_no}: there is a reason for a change, but both grades are the same ({where}).",
    fix="Check both grades, or take the reason away.",
    bad=[{"reason": "The record shows neither plan nor review"}],
    good=[{"reason": ""}, {"moderated_grade": "g2", "reason": "The record shows neither plan nor review"},
          {"moderated_grade": "", "reason": "Awaiting the panel"}],
)  # fmt: skip
def reason_is_given_without_a_change(rows: pd.DataFrame) -> pd.Series:
    """A reason for nothing is often a grade that was not entered."""
    return rows["reason"].ne("") & rows["self_grade"].eq(rows["moderated_grade"])


@rule(
    kind="audit",
    sheet="Grades",
    severity="query",
    column="whose",
    message="{audit_ref}, case {case_no}: the practice of {whose_words} is graded, which works with no children ({where}).",
    fix="Name the agency whose practice it was; leave it empty where it is that of all together.",
    bad=[{"whose": "bu"}, {"whose": "scrutineer"}],
    good=[{"whose": "wyp_leeds"}, {"whose": ""}],
)
def grade_is_of_one_who_has_no_cases(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Who is named here is held to account for practice; those who keep the record have none."""
    names = {agency.id: agency.title for agency in context.catalogue.agencies.values()}
    return worded(rows, rows["whose"].isin(_NOT_GRADED), whose_words=rows["whose"].map(names).fillna(""))


def _cases(rows: pd.DataFrame) -> pd.Series:
    """Audit and case number as one text a row."""
    import pandas as pd

    named = pd.DataFrame({"audit_ref": rows["audit_ref"], "case_no": rows["case_no"].map("{:.0f}".format)}, dtype="str")
    return pd.Series(joined_keys(named, ["audit_ref", "case_no"]), rows.index, dtype="object")


def _said(rows: pd.DataFrame, context: LogContext) -> dict[str, pd.Series]:
    """What the domain and the two grades are called."""
    words = {choice.id: getattr(choice, "words", "") for choice in context.catalogue.choices["grade"].values()}
    return {
        "domain_words": labelled(context, "audit_domain", rows["domain"]),
        "was": rows["self_grade"].map(words).fillna(""),
        "now": rows["moderated_grade"].map(words).fillna(""),
    }
