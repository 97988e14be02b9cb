"""Rules about evidence: what it belongs to, when it was true, and where it is kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemas.returns.beside import beside, first_change, labelled, of_the_future, stands, worded
from schemas.returns.by_value import by_value, where_filled
from schemas.returns.identifying import tells_which_child
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.records import LogContext

# Kinds of evidence that are a count of something: without how many of how many they cannot be weighed.
_COUNTED = (
    "attendance",
    "evaluation",
    "practitioner_survey",
    "follow_up",
    "audit",
    "re_audit",
    "family_voice",
    "figures",
)
_NUMBER = re.compile(
    r"\d|\b(?:none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|all|every|half|third|quarter)\b",
    re.IGNORECASE,
)


@rule(
    kind="learning",
    sheet="Evidence",
    severity="error",
    column="true_of",
    message="Evidence {evidence_id}: “{heading}” is {day}, after today ({where}).",
    fix="Give the day it describes; what is still expected is not evidence yet.",
    bad=[{"true_of": "2026-12-31", "received_on": ""}, {"received_on": "2026-11-20"}],
    good=[{"true_of": "2026-10-20", "received_on": ""}],
)
def evidence_is_of_the_future(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Nothing can be known to be true of a day that has not come."""
    return of_the_future(rows, context, "Evidence", ["true_of", "received_on"])


@rule(
    kind="learning",
    sheet="Evidence",
    severity="query",
    column="received_on",
    message="Evidence {evidence_id} was received on {received_on}, before the day it is true of, {true_of} ({where}).",
    fix="Check both dates: True of is the day it describes, Received on the day it came to you.",
    bad=[{"received_on": "2025-11-01"}],
    good=[{"received_on": "2025-11-14"}, {"received_on": ""}],
)
def evidence_came_before_it_was_true(rows: pd.DataFrame) -> pd.Series:
    """The two dates are often swapped; impact is judged by the day something was true, not the day it was filed."""
    return rows["received_on"].lt(rows["true_of"])


@rule(
    kind="learning",
    sheet="Evidence",
    severity="query",
    column="true_of",
    message="Evidence {evidence_id} is true of {true_of}, before {recommendation_id} was agreed on {agreed}; it does not count ({where}).",
    fix="Give the day it describes. If it is what led to the recommendation, it is a source, not evidence.",
    bad=[{"true_of": "2025-03-14", "received_on": "2025-03-20"}],
    good=[{"true_of": "2025-11-14"}],
)
def evidence_is_older_than_the_recommendation(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """What was so before anything was agreed cannot show what came of it."""
    agreed = _agreed(rows, context)
    return worded(rows, rows["true_of"].lt(agreed), agreed=agreed)


@rule(
    kind="learning",
    sheet="Evidence",
    severity="query",
    column="true_of",
    message="Evidence {evidence_id} is true of {true_of}, before action {action_id} was done on {done}; it does not count ({where}).",
    fix="Check both dates, or name the action it does show.",
    bad=[{"true_of": "2025-06-02", "received_on": "2025-06-10"}],
    good=[{"true_of": "2025-06-30"}, {"true_of": "2025-06-02", "action_id": "", "level_claimed": "1"}],
)
def evidence_is_older_than_the_action(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Evidence from before an action was done shows what was there already."""
    done = beside(rows, "action_id", stands(context, "Actions"), "done_on")
    return worded(rows, rows["true_of"].lt(done) & ~rows["true_of"].lt(_agreed(rows, context)), done=done)


@rule(
    kind="learning",
    sheet="Evidence",
    severity="query",
    column="true_of",
    message="Evidence {evidence_id} claims level {level_claimed} on {true_of}, before practice was to change on {changed}; it does not count ({where}).",
    fix="Check the day, and the change date on the sheet Measures. What came before it shows the starting point.",
    bad=[{"true_of": "2025-06-20", "received_on": "2025-06-24", "action_id": ""}],
    good=[{"true_of": "2025-07-01"}, {"true_of": "2025-06-20", "action_id": "", "level_claimed": "2"}],
)
def evidence_is_older_than_the_change(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """People can be told and taught before practice changes; that it has changed can only be seen afterwards."""
    changed = first_change(rows, stands(context, "Measures"))
    told = rows["true_of"].lt(_agreed(rows, context))
    broken = rows["true_of"].lt(changed) & rows["level_claimed"].ge(3) & ~told
    return worded(rows, broken, changed=changed)


@rule(
    kind="learning",
    sheet="Evidence",
    severity="error",
    column="action_id",
    message="Evidence {evidence_id} is for {recommendation_id}, but its action {action_id} belongs to {others} ({where}).",
    fix="Correct the recommendation, or name one of its own actions.",
    bad=[{"action_id": "R-02.1",
          "_held": {"Actions": [{"action_id": "R-02.1", "recommendation_id": "R-02"}]}}],
    good=[{"action_id": "R-01.1"}, {"action_id": ""}],
)  # fmt: skip
def evidence_is_for_anothers_action(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """It would show one recommendation's action done and lift another up the ladder."""
    others = beside(rows, "action_id", context.whole("Actions"), "recommendation_id")
    return worded(rows, others.ne("") & others.ne(rows["recommendation_id"]), others=others)


@rule(
    kind="learning",
    sheet="Evidence",
    severity="query",
    column="action_id",
    message="Evidence {evidence_id} shows action {action_id}, whose status is “{status_words}” ({where}).",
    fix="If the action is done, say so on the sheet Actions, with its day.",
    bad=[{"_held": {"Actions": [{"status": "in_progress", "done_on": ""}]}}],
    good=[{"action_id": "R-01.1"}, {"action_id": "", "_held": {"Actions": [{"status": "in_progress", "done_on": ""}]}}],
)
def evidence_shows_an_action_that_is_not_done(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Evidence counts from the day its action was done; of one still open it counts for nothing."""
    status = beside(rows, "action_id", stands(context, "Actions"), "status")
    return worded(rows, ~status.isin(["", "done"]), status_words=labelled(context, "action_status", status))


@rule(
    kind="learning",
    sheet="Evidence",
    severity="query",
    column="finding",
    message="Evidence {evidence_id} ({kind_words}) does not say how many of how many ({where}).",
    fix="Put the number beside it, as 36 of 40 records.",
    bad=[{"finding": "Most core groups met in time"}],
    good=[{"finding": "36 of 40 core groups met in time"},
          {"kind": "document", "finding": "The procedure asks for it", "level_claimed": "1"}],
)  # fmt: skip
def finding_gives_no_number(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """“Most” of four and “most” of forty look alike; nobody can weigh a finding without its number."""
    broken = rows["kind"].isin(_COUNTED) & where_filled(rows["finding"], lambda text: not _NUMBER.search(text))
    return worded(rows, broken, kind_words=labelled(context, "evidence_kind", rows["kind"]))


@rule(
    kind="learning",
    sheet="Evidence",
    severity="query",
    column="reference",
    message="Evidence {evidence_id} does not say where it is kept ({where}).",
    fix="Give the document's title or number, so that the scrutineer can ask for it.",
    bad=[{"reference": ""}],
    good=[{"reference": "Audit report 2025-07"}, {"reference": "", "kind": "figures"}],
)
def evidence_cannot_be_found_again(rows: pd.DataFrame) -> pd.Series:
    """Evidence nobody can look at is a claim; only the figures of the data set are kept here already."""
    return rows["reference"].eq("") & rows["kind"].ne("figures")


@rule(
    kind="learning",
    sheet="Evidence",
    severity="error",
    column="reference",
    withheld=True,
    message="Where the evidence is kept could tell which child it is about ({where}); the row has been left out.",
    fix="Give a document's title or a number of your own: no case number, no initials.",
    bad=[{"reference": "Case 80412277"}, {"reference": "Chronology of Child AB"}],
    good=[{"reference": "Audit report 2025-07"}, {"reference": "Minutes 20251114"}],
)
def evidence_reference_could_tell_a_child(rows: pd.DataFrame) -> pd.Series:
    """The log is read by many; a case number or initials would let them find one child among all."""
    return by_value(rows["reference"], tells_which_child, "bool")


def _agreed(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    return beside(rows, "recommendation_id", stands(context, "Recommendations"), "agreed_on")
