"""Reminders as messages ready to send: plain, kind, and without anybody's name but the organisation's."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from pipelines.queries.reminder_facts import RETURN
from schemas.catalogue import catalogue
from schemas.periods import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pipelines.queries.reminder_facts import Reminder, SectorReminder, ToMend, ToSend
    from pipelines.queries.respondents import Owes

_CELLS_SHOWN = 8
_ACTIONS_SHOWN = 12
_GREETING = "Dear colleague,"


@dataclass(frozen=True, slots=True)
class Message:
    """One message: whom it is for (an agency's, sector's or respondent's id), its name as a file, subject and text."""

    to: str
    title: str
    name: str
    subject: str
    text: str

    @property
    def eml(self) -> bytes:
        """The message for a mail program to open: no sender, no address, no day, so that the same text is the same file."""
        mail = EmailMessage(policy=SMTP)
        mail["Subject"] = self.subject
        mail["X-Unsent"] = "1"  # mail programs open it as a draft
        mail.set_content(self.text)
        return mail.as_bytes()


def to_agency(found: Reminder, address: str = "") -> Message:
    """The reminder of everything an agency owes; `address` is where the dashboard is reached, empty where it is not said."""
    what = "what is overdue" if found.is_late else "what is still to come"
    subject = f"{found.quarter.short}: {what} from {found.title}"
    parts = [
        _GREETING,
        _opening(found),
        *_section("Still to send", [_to_send(each, found.today) for each in found.send]),
        *_section("To mend or explain", [_to_mend(each) for each in found.mend]),
        *_section("Actions whose day has passed", list(_actions(found))),
        *_section("Questions from the scrutineer", list(_challenges(found))),
        *_section("Before the release", list(_preview(found))),
        *_section("What happens next", list(_next(found))),
        _where(address),
        _closing(),
    ]
    return Message(found.to, found.title, f"{found.to}-{found.quarter.id}", subject, _joined(parts))


def to_sector(found: SectorReminder, address: str = "") -> Message:
    """One message for everybody in a sector who has not replied; it names nobody, for they all read the same."""
    subject = f"Self-assessment {found.year}: {_due_words(found.due, found.today)}"
    one = len(found.waiting) == 1
    parts = [
        _GREETING,
        (
            f"The self-assessment for {found.year} {_was_due(found.due, found.today)}. {len(found.waiting)} of the {found.owed} "
            f"on the register of {found.title[:1].lower()}{found.title[1:]} {'has' if one else 'have'} not replied in full "
            f"yet, and you are {'the one' if one else 'among them'}. If you have sent it since, thank you: there is nothing more to do."
        ),
        *_section("What happens next", [_assessment_next(found.due, found.today)]),
        _how_to_reply(address),
        _closing(),
    ]
    return Message(found.sector_id, found.title, f"sector-{found.sector_id}-{found.year}", subject, _joined(parts))


def to_respondent(each: Owes, today: date, address: str = "") -> Message:
    """The reminder of one school's or small body's self-assessment."""
    subject = f"{each.name}: self-assessment {each.year.short}, {_due_words(each.due, today)}"
    parts = [
        _GREETING,
        (
            f"{each.name} owes the {each.instrument[:1].lower()}{each.instrument[1:]} for {each.year.short}. It "
            f"{_was_due(each.due, today)}. So far: {each.words[:1].lower()}{each.words[1:]}."
        ),
        *_section("What happens next", [_assessment_next(each.due, today)]),
        _how_to_reply(address),
        _closing(),
    ]
    name = f"{each.sender_id}-{each.instrument_id}-{each.year.short}"
    return Message(each.sender_id, each.name, name, subject, _joined(parts))


def _opening(found: Reminder) -> str:
    here = catalogue().partnership.name
    came = not any(each.what == RETURN for each in found.send)
    thanks = "Thank you for the return you have sent. " if came and found.mend else ""
    return (
        f"{thanks}On {day_words(found.today)} {here} still waits for the following from {found.title}. "
        "If it has crossed with this message, there is nothing more to do."
    )


def _to_send(each: ToSend, today: date) -> str:
    what = f"{each.what} for {each.period}" + (f" ({each.detail})" if each.detail else "")
    said = f"{what}: it {_was_due(each.due, today)}."
    if each.state in ("late", "due", "awaited"):
        return said
    return f"{said} So far: {each.state[:1].lower()}{each.state[1:]}."


def _to_mend(each: ToMend) -> str:
    what = f"{each.what} for {each.period}, version {each.version}, received on {day_words(each.received_on)}"
    if each.is_refused:
        heads = [f"{what}: it was refused, and nothing of it has been taken."]
    elif each.rows_left_out:
        rows = f"{each.rows_left_out:,} {'row is' if each.rows_left_out == 1 else 'rows are'}"
        heads = [f"{what}: {rows} left out until mended."]
    elif each.errors or each.queries:
        heads = [f"{what}: it is taken, and asks what follows."]
    else:
        heads = [f"{what}: it is taken, but for what was not in it."]
    lines = [f"  Not yet there: {each.absent}"] if each.absent else []
    lines += [f"  To mend: {rule}{_cells(cells)}" for rule, cells in each.errors]
    lines += [f"  To explain: {rule}{_cells(cells)}" for rule, cells in each.queries]
    return "\n".join([*heads, *lines])


def _cells(cells: tuple[str, ...]) -> str:
    if not cells:
        return "."
    more = len(cells) - _CELLS_SHOWN
    return f": {', '.join(cells[:_CELLS_SHOWN])}" + (f" and {more:,} more." if more > 0 else ".")


def _actions(found: Reminder) -> Iterator[str]:
    for each in found.actions[:_ACTIONS_SHOWN]:
        yield f"{each.action_id} of recommendation {each.recommendation_id}: due {day_words(each.due)}, {_ago(each.due, found.today)}."
    more = len(found.actions) - _ACTIONS_SHOWN
    if more > 0:
        yield f"And {more:,} more, on the page Learning and impact."


def _challenges(found: Reminder) -> Iterator[str]:
    for each in found.challenges:
        yield (
            f"The claim of recommendation {each.recommendation_id} was challenged on {day_words(each.viewed_on)}, and "
            "nothing sent since answers it. Send the evidence, or add your account."
        )


def _preview(found: Reminder) -> Iterator[str]:
    if found.preview_open:
        many = f"{found.preview_open} {'sentence is' if found.preview_open == 1 else 'sentences are'}"
        without = (
            f"{found.preview_waiting} without an account of yours" if found.preview_waiting else "each with an account"
        )
        on = f"the release on {day_words(found.days.release)}"
        until = on if found.today <= found.days.release else "the release is made"
        yield f"{many} about you in the preview, {without}. You can add one until {until}; the sentence itself stays as it is."


def _next(found: Reminder) -> Iterator[str]:
    """What follows from the days of the quarter, only as far as they lie ahead."""
    days, today = found.days, found.today
    if found.send or found.mend:
        if today <= days.queries_closed:
            yield f"Queries close on {day_words(days.queries_closed)}: answers by then are in time for the release."
        if today <= days.release:
            yield (
                f"The release on {day_words(days.release)} goes ahead with what has come. What has not is shown as not "
                "supplied, never as zero, and the Overview says whose it is."
            )
        else:
            yield (
                f"The release of {day_words(days.release)} has gone ahead. Send it all the same: the next one takes it in "
                "and lists what has changed."
            )
    if today <= days.meeting:
        yield f"The Executive meets on {day_words(days.meeting)}."


def _assessment_next(due: date, today: date) -> str:
    if today <= due:
        return f"Replies by {day_words(due)} are on time; a sector's answers are shown together, and nobody by name."
    return "Late replies still count. Until then the sector is shown without yours, and nobody is shown by name."


def _where(address: str) -> str:
    place = f"{address.rstrip('/')}/returns" if address else "the page Returns of the dashboard"
    return (
        f"Where to send it: {place}. The template to fill in is there too, and every file is checked before it counts. "
        "If you cannot use the page, send your return to the business unit, who can load it on your behalf. "
        "Send no names of children, and nothing by which a child could be known."
    )


def _how_to_reply(address: str) -> str:
    place = f"{address.rstrip('/')}/answer" if address else "the form"
    return (
        f"How to reply: by your own link to {place}, or by the workbook. If you no longer have either, reply to this message "
        "and the business unit makes you a new one."
    )


def _closing() -> str:
    return f"With thanks,\nThe business unit, {catalogue().partnership.name}"


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"{title}\n" + "\n".join(f"- {line}" for line in lines)] if lines else []


def _joined(parts: list[str]) -> str:
    return "\n\n".join(parts) + "\n"


def _was_due(due: date, today: date) -> str:
    if due < today:
        return f"was due on {day_words(due)}, {_ago(due, today)}"
    left = (due - today).days
    soon = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
    return f"is due on {day_words(due)}, {soon}"


def _due_words(due: date, today: date) -> str:
    return f"due since {day_words(due)}" if due < today else f"due by {day_words(due)}"


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    return "yesterday" if days == 1 else f"{days:,} days ago"
