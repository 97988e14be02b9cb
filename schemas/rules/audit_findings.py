"""Rules about an audit's findings: what each becomes, that good practice is shared, that none is left lying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.beside import beside, doubles, is_shrugged, labelled, stands, taken, worded
from schemas.returns.by_value import by_value
from schemas.returns.identifying import tells_which_child
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.records import LogContext

# From so many findings an audit that saw nothing good has looked for faults.
_SEVERAL = 3
_GOOD = {"kind": "good_practice", "text": "Police tell schools by name who is on duty", "answer": "shared"}


@rule(
    kind="audit",
    sheet="Findings",
    severity="query",
    column="answer",
    message="{finding_ref}: the audit was reported on {reported_on}, and it is not decided what becomes of this learning ({where}).",
    fix="Choose what becomes of it. Where nothing is to happen, say so with the reason.",
    bad=[{"answer": "open"}],
    good=[{"answer": "agency_action"}, {**_GOOD, "answer": "open"},
          {"answer": "open", "_held": {"Audits": [{"stage": "under_way", "reported_on": ""}]}}],
)  # fmt: skip
def learning_has_no_answer(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Learning that is written down and left lying is learned again at the next review."""
    audits = taken(context, "Audits")
    reported = audits[audits["stage"].eq("reported")]
    on = beside(rows, "audit_ref", reported, "reported_on")
    return worded(rows, rows["kind"].eq("learning") & rows["answer"].eq("open") & on.notna(), reported_on=on)


@rule(
    kind="audit",
    sheet="Findings",
    severity="query",
    column="reason",
    message="{finding_ref}: nothing further is to happen, and nothing says why ({where}).",
    fix="Say under Reason why not: it is done already, another piece of work covers it, or it was weighed and put aside.",
    bad=[{"answer": "no_action"}, {"answer": "no_action", "reason": "N/A"}],
    good=[{"answer": "no_action", "reason": "The new notice form of May asks for it already"}, {"reason": ""}],
)
def nothing_further_has_no_reason(rows: pd.DataFrame) -> pd.Series:
    """Not every finding needs an action; each that gets none needs a reason somebody can be asked about."""
    return rows["answer"].eq("no_action") & is_shrugged(rows["reason"])


@rule(
    kind="audit",
    sheet="Findings",
    severity="note",
    column="answer",
    message="{finding_ref} is good practice that nobody has shared ({where}).",
    fix="Tell others, and choose Shared as good practice.",
    bad=[{**_GOOD, "answer": "open"}, {**_GOOD, "answer": "no_action", "reason": "It is known to those who do it"}],
    good=[_GOOD, {**_GOOD, "answer": "recommendation", "recommendation_id": "R-01"}, {"answer": "agency_action"}],
)
def good_practice_is_not_shared(rows: pd.DataFrame) -> pd.Series:
    """What works in one team helps no child elsewhere until somebody tells it."""
    return rows["kind"].eq("good_practice") & rows["answer"].isin(["open", "no_action"])


@rule(
    kind="audit",
    sheet="Findings",
    severity="query",
    column="answer",
    message="{finding_ref} is learning, but is to be shared as good practice ({where}).",
    fix="Mend which of the two it is, or choose what becomes of the learning.",
    bad=[{"answer": "shared"}],
    good=[_GOOD, {"answer": "agency_action"}],
)
def learning_is_shared_as_good_practice(rows: pd.DataFrame) -> pd.Series:
    """The good practice library is read for what to copy; a fault among it is copied too."""
    return rows["kind"].eq("learning") & rows["answer"].eq("shared")


@rule(
    kind="audit",
    sheet="Findings",
    severity="note",
    column="domain",
    message="{finding_ref} names no domain of practice ({where}).",
    fix="Choose the nearest from the list.",
    bad=[{"domain": ""}],
    good=[{"domain": "impact"}],
)
def finding_names_no_domain(rows: pd.DataFrame) -> pd.Series:
    """By domain findings of several audits are seen to say the same."""
    return rows["domain"].eq("")


@rule(
    kind="audit",
    sheet="Findings",
    severity="query",
    column="text",
    message="{finding_ref} and {other} of {audit_ref} say the same ({where}).",
    fix="Withdraw one, or name in each whose practice it is.",
    bad=[{"finding_ref": "AU-2026-1.9"}],
    good=[{"finding_ref": "AU-2026-1.9", "whose": "wyp_leeds"}, {"finding_ref": "AU-2026-1.1"}],
)
def finding_may_be_entered_twice(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """One finding under two references looks like two that agree."""
    return doubles(rows, stands(context, "Findings"), ["audit_ref", "text", "whose"], "finding_ref")[["other"]]


@rule(
    kind="audit",
    sheet="Findings",
    severity="query",
    column="audit_ref",
    message="{finding_ref} is a finding of {audit_ref}, which is “{stage_words}” ({where}).",
    fix="Check which audit found it, or mend the stage of {audit_ref}.",
    bad=[{"_held": {"Audits": [{"stage": "planned", "reported_on": ""}]}},
         {"_held": {"Audits": [{"stage": "cancelled", "reported_on": ""}]}}],
    good=[{"finding_ref": "AU-2026-1.1"}, {"_held": {"Audits": [{"stage": "under_way", "reported_on": ""}]}}],
)  # fmt: skip
def finding_of_an_audit_not_begun(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Nothing is found before anybody has looked."""
    stage = beside(rows, "audit_ref", taken(context, "Audits"), "stage")
    words = labelled(context, "audit_stage", stage.where(stage.ne(""), "planned"))
    return worded(rows, stage.isin(["planned", "cancelled"]), stage_words=words)


@rule(
    kind="audit",
    sheet="Findings",
    severity="error",
    column="finding_ref",
    withheld=True,
    message="The reference of a finding could tell which child it is about ({where}); the row has been left out.",
    fix="Use a number of your own, as AU-2026-1.1: no case number, no initials.",
    bad=[{"finding_ref": "80412277"}, {"finding_ref": "Child AB"}],
    good=[{"finding_ref": "AU-2026-1.1"}],
)
def finding_reference_could_tell_a_child(rows: pd.DataFrame) -> pd.Series:
    """A finding is of practice; with a case number or initials beside it, it is of a child."""
    return by_value(rows["finding_ref"], tells_which_child, "bool")


@rule(
    kind="audit",
    sheet="Audits",
    severity="query",
    column="audit_ref",
    message="{audit_ref} is reported, but has no finding ({where}).",
    fix="Add what was found on the sheet Findings, good practice as well as learning.",
    bad=[{"_without": ["Findings"]}],
    good=[{"stage": "reported"}, {"stage": "under_way", "planned_for": "2026-12-01", "_without": ["Findings"]}],
)
def reported_audit_found_nothing(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """An audit that finds nothing was not needed, or nobody has written down what it found."""
    return rows["stage"].eq("reported") & ~rows["audit_ref"].isin(set(stands(context, "Findings")["audit_ref"]))


@rule(
    kind="audit",
    sheet="Audits",
    severity="note",
    column="audit_ref",
    message="{audit_ref} has {count} findings, and none of them is good practice ({where}).",
    fix="If anything was done well, add it: it is what others can copy.",
    bad=[{"_held": {"Findings": [{"finding_ref": f"AU-2026-1.{n}"} for n in (2, 3)]}}],
    good=[{"_held": {"Findings": [{"finding_ref": "AU-2026-1.2"}, {**_GOOD, "finding_ref": "AU-2026-1.3"}]}},
          {"audit_ref": "AU-2026-1"}],
)  # fmt: skip
def audit_saw_nothing_good(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Audits that only find fault teach people to fear them, and lose what was worth copying."""
    findings = stands(context, "Findings")
    sizes = findings.groupby("audit_ref").size()
    praised = set(findings.loc[findings["kind"].eq("good_practice"), "audit_ref"])
    count = rows["audit_ref"].map(sizes).fillna(0).astype("int")
    return worded(rows, count.ge(_SEVERAL) & ~rows["audit_ref"].isin(praised), count=count)
