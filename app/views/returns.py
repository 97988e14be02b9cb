"""Returns, for the analyst at four o'clock on the last day: what is owed, check, mend, send, be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import reading, session, uploads
from app.web import uploaders
from app.widgets import scripts
from app.widgets.assessments import assessments, holds_moderation, waiting
from app.widgets.days import quarter_days
from app.widgets.html import Html, tag
from app.widgets.icons import mark
from app.widgets.inviting import links_to_the_form
from app.widgets.mapping_kept import layouts_kept
from app.widgets.matrix import matrix
from app.widgets.page import empty, more, opening, put, section
from app.widgets.preview import before_the_release
from app.widgets.receipt import earlier
from app.widgets.reminding import reminders
from app.widgets.sending import files as sending
from app.widgets.tables import Column, Row, table, two_lines
from app.widgets.withdrawing import title_of, withdraw_one
from pipelines.queries import inbox, respondents
from schemas.catalogue import catalogue
from schemas.periods import day_words
from schemas.returns.records import EVERYBODYS

if TYPE_CHECKING:
    from app.session import Visit
    from pipelines.queries.inbox import OwedLog, OwedReturn, Sent

TITLE = "Returns"
ORDER = 120
URL = "returns"
NEEDS_PUBLICATION = False
ROLES = ("executive", "scrutineer", "legal_adviser", "business_unit", "analyst", "approver", "chair")
_SENT_SHOWN = 6
OWN = ("analyst", "approver", "business_unit")


def show() -> None:
    """For senders their own returns first; for everybody the states of all."""
    visit = session.here()
    if visit.actor.role in OWN:
        _own(visit)
        if visit.actor.role == "business_unit":
            reminders(visit)
            links_to_the_form(visit)
    else:
        put(
            opening(
                TITLE,
                _all_title(visit),
                "Agencies send their returns here. You see which have come, not what is in them.",
            )
        )
    put(quarter_days(visit.at.date()), _coverage(visit))


def _own(visit: Visit) -> None:
    agency_id = _agency(visit)
    owed = inbox.returns_owed(visit.home, visit.actor, agency_id, visit.at.date())
    logs = inbox.logs_owed(visit.home, visit.actor, agency_id, visit.at.date())
    put(opening(TITLE, _title(owed, logs), _lede(owed, logs, agency_id)))
    if any(each.figures for each in owed):
        put(section("What you owe", _owed_table(owed)))
        _templates(visit, agency_id, owed)
    _send(visit)
    before_the_release(visit, agency_id)
    _logs(visit, agency_id, logs)
    assessments(visit, agency_id)
    sent = _sent(visit, agency_id)
    put(_history(sent))
    earlier(visit, sent)
    withdraw_one(visit, sent)
    layouts_kept(visit, agency_id)
    waiting(visit)


def _send(visit: Visit) -> None:
    """Where files are dropped, right under what is owed: at four on the last day nothing stands before it."""
    invented = " This is a demonstration: send invented figures only, as anybody on this machine can read them."
    note = "Excel, LibreOffice or CSV. Checked here; nothing is stored until you send it."
    put(section("Send a return", note=note + invented * bool(visit.header and visit.header.synthetic)))
    moderating = holds_moderation(visit)
    scripts.run(scripts.REFUSED_UPLOADS)
    uploaders.show()
    files = st.file_uploader(
        "Drop your return here",
        type=["xlsx", "xlsm", "xls", "xlsb", "ods", "csv"],
        accept_multiple_files=True,
        key="files",
    )
    sending(visit, files, moderating=moderating)


def _sent(visit: Visit, agency_id: str) -> tuple[Sent, ...]:
    """What the agency has sent; for the business unit, acting for itself, what respondents have sent as well."""
    own = inbox.history(visit.home, visit.actor, agency_id)
    if visit.actor.role != "business_unit" or agency_id not in EVERYBODYS:
        return own
    every = (*own, *respondents.sent(visit.home, visit.actor))
    return tuple(sorted(every, key=lambda each: each.received_at, reverse=True))


def _agency(visit: Visit) -> str:
    """The analyst's own agency; the business unit acts for any."""
    if visit.actor.agency_id:
        return visit.actor.agency_id
    titles = {agency.id: agency.title for agency in sorted(catalogue().reporting, key=lambda a: a.id not in EVERYBODYS)}
    with st.container(key="choice"):
        found = st.selectbox("On behalf of", list(titles), format_func=titles.__getitem__, key="agency_of_returns")
    return found or next(iter(titles))


def _title(owed: tuple[OwedReturn, ...], logs: tuple[OwedLog, ...]) -> str:
    newest, kept = owed[0], [log for log in logs if log.is_owed]
    if newest.figures:
        is_open = newest.state in ("late", "due")
        return f"Your return for {newest.period.short}{' is ' if is_open else ': '}{newest.state}"
    if kept:
        came = sum(log.state == "received" for log in kept)
        return f"{came} of your {len(kept)} logs have come up to {newest.period.short}"
    return f"Nothing is owed for {newest.period.short}"


def _lede(owed: tuple[OwedReturn, ...], logs: tuple[OwedLog, ...], agency_id: str) -> str:
    newest = owed[0]
    title = catalogue().agencies[agency_id].title
    period = f"{newest.period.label[0].lower()}{newest.period.label[1:]}"
    if newest.figures or not any(log.is_owed for log in logs):
        figures = f"{newest.figures:,} figure{'' if newest.figures == 1 else 's'}"
        return f"{title} owes {figures} for the {period}, by {day_words(newest.due)}."
    return f"{title} keeps the partnership's logs, and owes what is new in them for the {period} by {day_words(newest.due)}."


def _owed_table(owed: tuple[OwedReturn, ...]) -> Html:
    columns = [
        Column("Quarter", width="28%"),
        Column("Due", width="24%"),
        Column("Figures", right=True, width="14%"),
        Column("State"),
    ]
    rows = [
        Row(
            two_lines(each.period.short, f"to {day_words(each.period.end)}"),
            (day_words(each.due), f"{each.figures:,}", mark(_icon(each.state), each.state.capitalize())),
        )
        for each in owed
    ]
    return table("Returns owed, the newest first", columns, rows, cls="pairs", hide_caption=True)


def _icon(state: str) -> str:
    return "done" if state == "received" else "query" if state.startswith("received") else "missing"


def _templates(visit: Visit, agency_id: str, owed: tuple[OwedReturn, ...]) -> None:
    newest = owed[0].period
    with st.container(key="space"):
        st.download_button(
            f"Download the template for {newest.short}",
            lambda: uploads.template(visit, agency_id, newest.id),
            file_name=f"{agency_id}-{newest.id}.xlsx",
            on_click="ignore",
        )


def _logs(visit: Visit, agency_id: str, logs: tuple[OwedLog, ...]) -> None:
    """The logs the agency keeps or may add to, and the template of the one it chooses."""
    if not logs:
        return
    owed = [log for log in logs if log.is_owed]
    body = _logs_table(owed) if owed else None
    note = "Each submission adds to a log and corrects what it names; what you leave out stays as it is."
    put(section("Logs you keep" if owed else "Logs you may add to", body, note=note))
    titles = {log.kind: log.title for log in logs}
    with st.container(key="choice-log"):
        chosen = st.selectbox("Log", list(titles), format_func=titles.__getitem__, key="log_kind") or logs[0].kind
        period = next(log.period for log in logs if log.kind == chosen)
        st.download_button(
            f"Download the template of the {titles[chosen][0].lower()}{titles[chosen][1:]}",
            lambda: uploads.template(visit, agency_id, period.id, chosen),
            file_name=f"{agency_id}-{chosen}-{period.id}.xlsx",
            on_click="ignore",
            key="log_template",
        )


def _logs_table(logs: list[OwedLog]) -> Html:
    columns = [Column("Log", width="38%"), Column("For", width="16%"), Column("Due", width="20%"), Column("State")]
    rows = [
        Row(
            two_lines(log.title, f"Last sent {day_words(log.last_sent.date())}" if log.last_sent else "Never sent yet"),
            (log.period.short, day_words(log.due), mark(_icon(log.state), log.state.capitalize())),
        )
        for log in logs
    ]
    return table("Logs owed", columns, rows, cls="pairs", hide_caption=True)


def _history(sent: tuple[Sent, ...]) -> Html:
    title = "What you have sent"
    if not sent:
        return section(title, empty("Nothing yet", "Drop a return above. It will be listed here with its versions."))
    first = _submissions("Submissions, the newest first", sent[:_SENT_SHOWN])
    rest = sent[_SENT_SHOWN:]
    return section(
        title, first, more(f"Show {len(rest)} earlier", _submissions("Earlier submissions", rest)) if rest else None
    )


def _submissions(caption: str, sent: tuple[Sent, ...]) -> Html:
    columns = [
        Column("Submission", width="38%"),
        Column("Received", width="18%"),
        Column("Rows taken", right=True, width="16%"),
        Column("State"),
        Column("By"),
    ]
    return table(caption, columns, [_submission(each) for each in sent], cls="pairs", hide_caption=True)


def _submission(each: Sent) -> Row:
    name = tag("span", f"Version {each.version}; {each.file_name}{_mended(each)}", cls="breaks")
    figures = f"{each.rows_accepted:,} of {each.rows:,}"
    state = each.state.replace("_", " ").capitalize()
    heading = two_lines(title_of(each), name)
    return Row(
        heading, (day_words(each.received_at.date()), figures, state, two_lines(each.received_by, each.entered_words))
    )


def _mended(each: Sent) -> str:
    """What its sender mended on the page, beside the file."""
    if not each.mended:
        return ""
    return f"; {each.mended:,} {'cell' if each.mended == 1 else 'cells'} mended here by {each.received_by}"


def _coverage(visit: Visit) -> Html:
    if visit.pointer is None:
        step = (
            "The matrix of who has sent what is part of a publication, and none can be opened at the moment."
            if visit.fault
            else "The matrix of who has sent what appears with the first publication."
        )
        return section("Who has sent what", empty("Nothing published yet", step))
    found = reading.coverage(visit.pointer)
    note = "As of the open publication. States in words; figures received of those owed."
    return section("Who has sent what", matrix(found), note=note, anchor="coverage")


def _all_title(visit: Visit) -> str:
    if visit.pointer is None:
        return "No returns have been published yet"
    lines = reading.coverage(visit.pointer).lines
    newest = [line.cells[-1] for line in lines if line.cells and line.cells[-1] is not None]
    came = sum(cell.state.startswith("received") for cell in newest)
    return f"{came} of {len(newest)} returns have come in for {reading.coverage(visit.pointer).periods[-1]}"
