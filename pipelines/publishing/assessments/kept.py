"""What an agency owes the partnership and does: returns, self-assessment, audits, its actions from learning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pipelines.measures.assurance import of_actions, of_audits, of_reply, of_returns
from pipelines.publishing.assessments.aspects import (
    AUDITS,
    LEARNING,
    RETURNS,
    SELF_ASSESSMENT,
    Evidence,
    Known,
    plural,
    replies,
)
from pipelines.publishing.assessments.seen import plain_day, reported
from pipelines.publishing.coverage import FIGURES, WHOLE_RETURN
from schemas.catalogue.cycle import due_on
from schemas.periods import day_words, of_kind, parse
from schemas.published.assuring import MONTHS, QUARTERS

if TYPE_CHECKING:
    from datetime import date

    from pipelines.publishing.rows import Row
    from schemas.catalogue import Agency

KIND = "self_assessment"
# A version that was taken as a return; one that a later version replaced was one too.
_TAKEN = ("accepted", "accepted_with_queries", "superseded")
_SETTLED = ("done", "stopped")


def returned(evidence: Evidence, agency: Agency) -> Known:
    """In how many of the last four quarters that were due its figures came on time."""
    catalogue, today = evidence.inputs.catalogue, evidence.inputs.today
    owed = {
        row["period_id"]
        for row in evidence.rows["coverage"]
        if (row["agency_id"], row["kind"], row["indicator_id"]) == (agency.id, FIGURES, WHOLE_RETURN)
    }
    due = sorted((parse(each) for each in owed), key=lambda period: period.end)
    last = [quarter for quarter in due if due_on(catalogue, quarter) < today][-QUARTERS:]
    if not last:
        return Known("not_known", "Owes no return of figures, or none has been due", RETURNS)
    first = _first_days(evidence, agency)
    late = [quarter.short for quarter in last if not first.get(quarter.id, today) <= due_on(catalogue, quarter)]
    on_time, day = len(last) - len(late), due_on(catalogue, last[-1])
    said = f"Sent on time in {on_time} of the last {plural(len(last), 'quarter')}, the last due {day_words(day)}"
    said += f"; not in {', '.join(late)}" if late else ""
    return Known(of_returns(on_time, len(last)), said, RETURNS, as_of=day)


def _first_days(evidence: Evidence, agency: Agency) -> dict[str, Any]:
    """The day a version that was taken first came, by quarter."""
    sent = evidence.inputs.submissions
    mine = sent[sent["agency_id"].eq(agency.id) & sent["kind"].eq(FIGURES) & sent["state"].isin(_TAKEN)]
    return {str(period): group["received_at"].min().date() for period, group in mine.groupby("period_id")}


def assessed(evidence: Evidence, agency: Agency) -> Known:
    """Whether it has looked at itself: this year, or until this year's is due, last year."""
    today = evidence.inputs.today
    page, query = SELF_ASSESSMENT, f"agency={agency.id}"
    this_year = of_kind("financial_year", today)
    by_year = {row["year_id"]: row for row in replies(evidence, agency.id)}
    day = due_on(evidence.inputs.catalogue, this_year, KIND)
    now, before = by_year.get(this_year.id), by_year.get(this_year.previous.id)
    if (now is None or not now["answered"]) and today <= day:
        waiting = f"{this_year.short} is due by {day_words(day)}"
        if before is None:
            return Known("not_known", f"None has been due; {waiting}", page, query)
        state = of_reply(before["answered"], before["asked"], signed_off=bool(before["signed_off"]), is_due=True)
        return Known(state, f"{_reply_words(before)}; {waiting}", page, query, _received(before))
    if now is None:
        return Known("not_known", f"Not asked for {this_year.short}", page, query)
    state = of_reply(now["answered"], now["asked"], signed_off=bool(now["signed_off"]), is_due=today > day)
    when = f"; {'was' if today > day else 'is'} due by {day_words(day)}" if state != "shown" else ""
    return Known(state, f"{_reply_words(now)}{when}", page, query, _received(now))


def _reply_words(row: Row) -> str:
    year = parse(row["year_id"]).short
    if not row["answered"]:
        return f"Nothing received for {year}"
    came = f", received {day_words(day)}" if (day := _received(row)) else ""
    signed = "" if row["signed_off"] else ", not signed off"
    return f"{row['answered']} of {row['asked']} statements answered for {year}{signed}{came}"


def _received(row: Row) -> date | None:
    return None if row["received_on"] is None else plain_day(row["received_on"])


def audited(evidence: Evidence, agency: Agency) -> Known:
    """In how many of the audits reported in the last 24 months its practice was graded."""
    audits = reported(evidence.seen, evidence.seen.today)
    graded = {row["audit_ref"] for row in evidence.seen.grades if row["whose"] == agency.id}
    mine = [row for row in audits if row["audit_ref"] in graded]
    if not audits:
        return Known("not_known", f"No audit was reported in the last {MONTHS} months", AUDITS)
    said = f"Graded in {len(mine)} of {plural(len(audits), 'audit')} reported in the last {MONTHS} months"
    newest = plain_day(mine[0]["reported_on"]) if mine else None
    said += f", the last {day_words(newest)}" if newest else ""
    query = f"audit={mine[0]['audit_ref']}" if mine else ""
    return Known(of_audits(len(mine), len(audits)), said, AUDITS, query, newest)


def promised(evidence: Evidence, agency: Agency) -> Known:
    """Its actions from learning: how many there are, how many are open, and overdue by how long."""
    today = evidence.inputs.today
    mine = [row for row in evidence.rows["action"] if row["agency_id"] == agency.id]
    still = [row for row in mine if row["status"] not in _SETTLED]
    late = [int(row["overdue_days"]) for row in mine if row["overdue_days"] > 0]
    query = _of_owner(evidence, agency)
    if not mine:
        return Known("not_known", "No action from learning is its own", LEARNING, query)
    said = f"{plural(len(mine), 'action')}, {len(still)} open"
    said += f", {len(late)} overdue, the longest by {plural(max(late), 'day')}" if late else ", none overdue"
    state = of_actions(len(mine), len(still), len(late), max(late, default=0))
    return Known(state, f"{said}, on {day_words(today)}", LEARNING, query, today)


def _of_owner(evidence: Evidence, agency: Agency) -> str:
    """What the Learning page is asked for: its recommendations, by the words its filter has; else all."""
    words = (row["owner_words"] for row in evidence.rows["recommendation"] if row["agency_id"] == agency.id)
    first = next(words, "")
    return urlencode({"of_owner": first}) if first else ""
