"""Rules about the cases of an audit: numbered within it, without anything by which one could be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.beside import beside, labelled, stands, taken, worded
from schemas.returns.records import keys, standing
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.records import LogContext

# No audit reads so many cases; a larger number is one of a case system.
MOST_CASES = 500
_SAID = ("age_band", "sex", "ethnic_group", "locality", "plan_type")
_NOT_BEGUN = ("planned", "cancelled")


@rule(
    kind="audit",
    sheet="Cases",
    severity="error",
    column="case_no",
    withheld=True,
    message="A case number may be one of a case system ({where}); the row has been left out.",
    fix="Number the cases of each audit 1, 2, 3 and so on.",
    bad=[{"case_no": "501"}, {"case_no": "80412277"}],
    good=[{"case_no": "1"}, {"case_no": "60"}],
)
def case_number_may_be_a_systems(rows: pd.DataFrame) -> pd.Series:
    """Whoever has the case system could look the child up; a running number leads nowhere."""
    return rows["case_no"].gt(MOST_CASES)


@rule(
    kind="audit",
    sheet="Cases",
    severity="error",
    column="case_no",
    message="{audit_ref}: there is no case 0 ({where}).",
    fix="Number the cases of each audit from 1.",
    bad=[{"case_no": "0"}],
    good=[{"case_no": "1"}],
)
def case_is_numbered_nought(rows: pd.DataFrame) -> pd.Series:
    """Cases are counted from one; a nought is a cell that was filled to fill it."""
    return rows["case_no"].eq(0)


@rule(
    kind="audit",
    sheet="Cases",
    severity="query",
    column="case_no",
    message="{audit_ref} has case {case_no}, but only {there} of its cases are here ({where}).",
    fix="Number the cases 1, 2, 3 without a gap, or add those that are missing.",
    bad=[{"case_no": "3"}, {"case_no": "12"}],
    good=[{"case_no": "2"}, {"case_no": "1"}],
)
def case_number_is_beyond_the_last(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Numbers with gaps are numbers from somewhere else, or cases that were left out."""
    sizes = stands(context, "Cases").groupby("audit_ref").size()
    # A row is one of those that stand, in its own return or in another.
    there = rows["audit_ref"].map(sizes).fillna(0).clip(lower=1).astype("int")
    broken = rows["case_no"].gt(there) & rows["case_no"].le(MOST_CASES)
    return worded(rows, broken, there=there)


@rule(
    kind="audit",
    sheet="Cases",
    severity="query",
    column="age_band",
    message="{audit_ref}: nothing is said of case {case_no}, neither age, sex, ethnic group, locality nor plan ({where}).",
    fix="Choose from the lists, Not known where it is not known.",
    bad=[dict.fromkeys(_SAID, "")],
    good=[{"age_band": ""}, {**dict.fromkeys(_SAID, ""), "sex": "not_known"}],
)
def nothing_is_said_of_the_case(rows: pd.DataFrame) -> pd.Series:
    """Whether an audit looked at all kinds of children can only be told from what its cases were."""
    return (rows[list(_SAID)] == "").all(axis=1)


@rule(
    kind="audit",
    sheet="Cases",
    severity="query",
    column="voice_shaped",
    message="{audit_ref}: whether the child’s voice shaped the plan is not said of case {case_no} ({where}).",
    fix="Choose Yes, No or Not looked at.",
    bad=[{"voice_shaped": ""}],
    good=[{"voice_shaped": "no"}, {"voice_shaped": "not_looked_at"}],
)
def voice_is_not_said(rows: pd.DataFrame) -> pd.Series:
    """The child’s voice is asked of every audit; an empty cell is neither heard nor unheard."""
    return rows["voice_shaped"].eq("")


@rule(
    kind="audit",
    sheet="Cases",
    severity="query",
    column="case_no",
    message="{audit_ref} is “{stage_words}”, but case {case_no} is entered ({where}).",
    fix="Set the stage of {audit_ref} to Under way or Reported, or withdraw the case.",
    bad=[{"_held": {"Audits": [{"stage": "planned", "reported_on": ""}]}},
         {"_held": {"Audits": [{"stage": "cancelled", "reported_on": ""}]}}],
    good=[{"case_no": "1"}, {"_held": {"Audits": [{"stage": "under_way", "reported_on": ""}]}}],
)  # fmt: skip
def case_of_an_audit_not_begun(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """An audit that is planned has looked at nobody yet; its cases would be counted and never shown."""
    stage = beside(rows, "audit_ref", taken(context, "Audits"), "stage")
    words = labelled(context, "audit_stage", stage.where(stage.ne(""), "planned"))
    return worded(rows, stage.isin(_NOT_BEGUN), stage_words=words)


@rule(
    kind="audit",
    sheet="Cases",
    severity="query",
    column="case_no",
    message="{audit_ref} was reported before with {before} cases; case {case_no} is new ({where}).",
    fix="If the case belongs to the audit, leave it: what was published of the others is then hidden.",
    bad=[{"case_no": "2"}, {"case_no": "3", "_held": {"Cases": [{"case_no": "2"}]}}],
    good=[{"case_no": "1"}, {"case_no": "2", "_held": {"Audits": [{"stage": "under_way", "reported_on": ""}]}},
          {"case_no": "2", "_without": ["Cases"]}],
)  # fmt: skip
def case_is_added_to_a_reported_audit(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Two publications side by side would tell what the added case was, so counts that stood between them are hidden."""
    audits, cases = (standing(context.before(sheet)) for sheet in ("Audits", "Cases"))
    sizes = cases.groupby("audit_ref").size()
    before = rows["audit_ref"].map(sizes).fillna(0).astype("int")
    reported = beside(rows, "audit_ref", audits, "stage").eq("reported")
    held = set(keys(context.kind.sheet("Cases"), cases))
    new = ~keys(context.kind.sheet("Cases"), rows).isin(held)
    return worded(rows, reported & before.gt(0) & new & rows["case_no"].between(1, MOST_CASES), before=before)
