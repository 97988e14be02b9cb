"""Rules about what became of what was heard: an answer, what changed, and telling those who raised it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.beside import beside, is_shrugged, labelled, months_after, worded
from schemas.returns.records import standing
from schemas.rule import rule

if TYPE_CHECKING:
    import pandas as pd

    from schemas.returns.records import LogContext

# After so many months without an answer people stop telling; and so long after an answer they should have had it.
_SILENT_MONTHS, _TELLING_MONTHS = 6, 3
_ENDED = ("completed", "decided_against")
_OPEN = {"response": "in_hand", "changed": "", "responded_on": "", "told_on": ""}


@rule(
    kind="voice",
    sheet="Heard",
    severity="query",
    column="changed",
    message="{voice_ref} has a completed response, but not what changed ({where}).",
    fix="Say under What changed what is different now.",
    bad=[{"changed": ""}, {"changed": "Various"}],
    good=[{"changed": "Reviews are booked after school unless the child asks for another time"}, _OPEN],
)
def nothing_says_what_changed(rows: pd.DataFrame) -> pd.Series:
    """“You said, we did” needs the second half: a response that changed nothing was not one."""
    return rows["response"].eq("completed") & is_shrugged(rows["changed"])


@rule(
    kind="voice",
    sheet="Heard",
    severity="query",
    column="responded_on",
    message="{voice_ref}: “{response_words}” has no day ({where}).",
    fix="Give the day under Responded on.",
    bad=[{"responded_on": ""}, {"response": "decided_against", "responded_on": ""}],
    good=[{"responded_on": "2026-09-10"}, _OPEN],
)
def response_has_no_day(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """How long people wait for an answer can only be told from the day."""
    broken = rows["response"].isin(_ENDED) & rows["responded_on"].isna()
    return worded(rows, broken, response_words=labelled(context, "response", rows["response"]))


@rule(
    kind="voice",
    sheet="Heard",
    severity="query",
    column="changed",
    message="{voice_ref}: it was decided not to act, and nothing says why ({where}).",
    fix="Say under What changed why nothing will, as you would say it to those who raised it.",
    bad=[{"response": "decided_against", "changed": ""}, {"response": "decided_against", "changed": "N/A"}],
    good=[{"response": "decided_against", "changed": "Courts set the time of hearings, and we cannot move them"}],
)
def decided_against_without_a_reason(rows: pd.DataFrame) -> pd.Series:
    """A no with its reason is an answer; without one it is silence."""
    return rows["response"].eq("decided_against") & is_shrugged(rows["changed"])


@rule(
    kind="voice",
    sheet="Heard",
    severity="query",
    column="response",
    message="{voice_ref} has a day of response, {responded_on}, but the response is “{response_words}” ({where}).",
    fix="Choose Completed, or clear the day.",
    bad=[{"response": "in_hand"}, {"response": "none_yet"}],
    good=[{"response": "completed"}, _OPEN],
)
def response_has_a_day_but_is_not_complete(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Of a day and a state that disagree one is out of date; it is counted as not answered until you say."""
    broken = rows["responded_on"].notna() & ~rows["response"].isin(_ENDED)
    return worded(rows, broken, response_words=labelled(context, "response", rows["response"]))


@rule(
    kind="voice",
    sheet="Heard",
    severity="query",
    column="told_on",
    message="{voice_ref}: those who raised it were told on {told_on}, {but} ({where}).",
    fix="Check both dates. If they were told how it stands, tell them again once the response is complete.",
    bad=[{"told_on": "2026-08-15"}, {"responded_on": "", "response": "in_hand", "told_on": "2026-09-15"}],
    good=[{"told_on": "2026-09-10"}, {"told_on": ""}],
)
def they_are_told_before_the_response(rows: pd.DataFrame) -> pd.DataFrame:
    """Only what has been decided can be told back; a promise is not yet an answer."""
    early = rows["told_on"].lt(rows["responded_on"])
    unanswered = rows["told_on"].notna() & rows["responded_on"].isna()
    words = early.map({True: "before there was a response", False: "and there is no response yet"})
    return worded(rows, early | unanswered, but=words)


@rule(
    kind="voice",
    sheet="Heard",
    severity="query",
    column="told_on",
    message="{voice_ref} was answered on {responded_on}, and those who raised it have not been told ({where}).",
    fix="Tell them, and give the day under Told them on.",
    bad=[{"heard_on": "2026-03-04", "responded_on": "2026-05-11", "told_on": ""}],
    good=[{"told_on": "2026-09-15"}, {"told_on": ""}],
)
def nobody_told_them(rows: pd.DataFrame, context: LogContext) -> pd.Series:
    """People who never hear what came of it do not speak a second time."""
    due = months_after(rows["responded_on"], _TELLING_MONTHS)
    return due.lt(context.now) & rows["told_on"].isna()


@rule(
    kind="voice",
    sheet="Heard",
    severity="query",
    column="response",
    message="{voice_ref} was heard on {heard_on}, and after six months its response is “{response_words}” ({where}).",
    fix="Complete the response, or decide against acting and say why.",
    bad=[{**_OPEN, "heard_on": "2026-04-08"}, {**_OPEN, "heard_on": "2026-04-08", "response": "none_yet"}],
    good=[{**_OPEN, "heard_on": "2026-05-08"}, {"heard_on": "2026-04-08"}],
)
def voice_is_not_answered(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """Half a year is long in a childhood; feedback acted on within a year is an indicator of the data set."""
    overdue = months_after(rows["heard_on"], _SILENT_MONTHS).lt(context.now)
    broken = overdue & ~rows["response"].isin(_ENDED)
    return worded(rows, broken, response_words=labelled(context, "response", rows["response"]))


@rule(
    kind="voice",
    sheet="Heard",
    severity="query",
    column="response",
    message="{voice_ref} was answered on {was}, and now its response is “{response_words}” ({where}).",
    fix="If it is taken up again, enter what is heard now as a new theme; otherwise put back the response.",
    bad=[_OPEN],
    good=[{"response": "completed"}, {"voice_ref": "V-2026-09", **_OPEN}],
)
def response_is_taken_back(rows: pd.DataFrame, context: LogContext) -> pd.DataFrame:
    """What people were told is done must not quietly become undone."""
    before = standing(context.before("Heard"))
    was = beside(rows, "voice_ref", before[before["response"].isin(_ENDED)], "responded_on")
    broken = was.notna() & ~rows["response"].isin(_ENDED)
    return worded(rows, broken, was=was, response_words=labelled(context, "response", rows["response"]))
