"""The form behind a link: opened, saved as it goes, looked over, and sent as a submission like any other.

Whoever holds the token is the respondent: nothing else is asked, and nothing else is shown. See decision 0027.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.flows import answer_form, answer_sheet, returns
from pipelines.flows.answer_checks import Told, of_a_form, readable, role_fault, tidied, whole
from pipelines.flows.answer_form import COLUMNS, SCORE, Form
from pipelines.flows.answer_link import actor, opened, still_open, to_fill
from pipelines.flows.answer_sheet import Sheetful
from pipelines.flows.form_faults import FormError, NoFormError
from pipelines.store import events, invitations, records, submissions
from pipelines.store.invitations import Draft
from pipelines.store.opening import NotWritableError, transaction
from schemas.returns.self_assessment import KIND

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pipelines.checking import Report
    from pipelines.store.invitations import Invitation
    from pipelines.store.opening import Connection

_SAVED_SINCE = "An answer was saved in another window meanwhile. Look the answers over and send again."
_NAMES = {column.name for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Between:
    """A save by another window since this one last looked; `lost`: what stood there in the columns saved over it."""

    statement_id: str
    at: str
    lost: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a save: what was refused, what is asked about though it is kept, and what another window had saved.

    `stamps`: the new stamp of each statement of which something was kept.
    """

    at: datetime
    stamps: Mapping[str, str]
    refused: tuple[Told, ...]
    asked: tuple[Told, ...]
    between: tuple[Between, ...]


def open_form(home: Path, token: str, at: datetime) -> Form:
    """The form of a link with the answers so far; of one that has been sent, what was sent and when.

    NoFormError for any other link; TooManyLinksError while too many wrong ones are tried.
    """
    found, form = opened(home, token, at)
    if found.first_used_at is None:
        with transaction(home, write=True) as connection:
            invitations.opened(connection, found.token_sha256, at=at)
            detail = {"instrument": found.instrument, "period_id": found.period_id}
            events.append(connection, actor(found), "invitation.opened", found.respondent_id, detail, at=at)
    return form


def save(
    home: Path,
    token: str,
    answers: Mapping[str, Mapping[str, str]],
    at: datetime,
    seen: Mapping[str, str] | None = None,
) -> Saved:
    """Keep what has changed, by statement and column. `seen`: the stamp of each statement when this window last looked.

    What may name somebody or cannot be read is not kept, and said; everything else is, without control characters. Raises NoFormError as `open_form`
    does, and FormError for a statement or column the form does not have.
    """
    found, form = to_fill(home, token, at)
    _refuse_foreign(form, answers)
    typed = {each: {name: readable(text) for name, text in changed.items()} for each, changed in answers.items()}
    tidy = {each: tidied(_sheetful(form, {each: changed}), at.date()) for each, changed in typed.items() if changed}
    with transaction(home, write=True) as connection:
        now = still_open(connection, found.token_sha256, at)
        standing = answer_form.form(connection, now)
        if standing is None:
            raise NoFormError
        draft = invitations.draft(connection, found.token_sha256)
        kept = {each: one.answers for each, one in tidy.items() if one.answers}
        between = _between(draft, kept, seen)
        if kept:
            merged = _merged(standing, draft, kept, at)
            invitations.keep_draft(connection, found.token_sha256, merged, at=at)
    refused = tuple(told for one in tidy.values() for told in one.refused)
    stamps = dict.fromkeys(kept, at.isoformat())
    return Saved(at, stamps, refused, tuple(told for one in tidy.values() for told in one.asked), between)


def look_over(home: Path, token: str, at: datetime) -> tuple[Told, ...]:
    """What the check says of the answers as they would be sent: the rules a workbook is held to, in the same words."""
    _, form = to_fill(home, token, at)
    said = _sheetful(form, _answers(form))
    if not said.answers:
        return ()
    with transaction(home, write=False) as connection:
        held = records.beside(connection, KIND, form.respondent_id)
    return whole(said, held, at.date())


def send(  # noqa: PLR0913 - where, which form, who stands by it, when, and what was looked over
    home: Path, token: str, role: str, sign_off: str, at: datetime, *, looked_over: datetime | None = None
) -> Form:
    """Send the answers as a submission of the respondent and close the link; gives the form with its receipt.

    `role` filled the form in, `sign_off` stands by it. `looked_over`: when the answers that were looked over had last been
    saved. FormError, and nothing sent, where a role may name somebody, an answer has an error, nothing is answered, or
    another window saved since. A link that was sent stays as it is.
    """
    found, form = opened(home, token, at)
    if form.sent is not None:
        return form
    if looked_over not in (None, form.saved_at):
        raise FormError(_SAVED_SINCE)
    said = _signed(form, _one_line(role), _one_line(sign_off), at)
    report, content = _checked(home, found, said, at)
    wrong = [each for each in of_a_form(report.problems, said) if each.severity == "error"]
    if wrong:
        raise FormError(" ".join(dict.fromkeys(each.words for each in wrong)))
    with transaction(home, write=True) as connection:
        still_open(connection, found.token_sha256, at)
        if invitations.draft(connection, found.token_sha256).saved_at != form.saved_at:
            raise FormError(_SAVED_SINCE)
        receipt = submissions.receive(connection, home, actor(found), report, content, at=at)
        _end(connection, found, receipt.submission_id, at)
    return replace(form, sent=answer_form.Sent(receipt.submission_id, at))


def _one_line(text: str) -> str:
    return " ".join(readable(text).split())


def _checked(home: Path, found: Invitation, said: Sheetful, at: datetime) -> tuple[Report, bytes]:
    """The answers as a workbook, checked as any other; NotWritableError where this machine has no room for it."""
    try:
        with tempfile.TemporaryDirectory(prefix="throughline-") as folder:
            path = Path(folder) / said.name
            answer_sheet.write(path, said)
            return returns.check_file(home, actor(found), path, at, KIND.id), path.read_bytes()
    except OSError as why:
        raise NotWritableError(f"The workbook of a form cannot be written: {why.strerror or why}.") from why


def _end(connection: Connection, found: Invitation, submission_id: str, at: datetime) -> None:
    invitations.end(connection, found.token_sha256, "sent", at=at, submission_id=submission_id)
    detail = {"instrument": found.instrument, "period_id": found.period_id, "why": "sent"}
    events.append(connection, actor(found), "invitation.ended", found.respondent_id, detail, at=at)


def _refuse_foreign(form: Form, answers: Mapping[str, Mapping[str, str]]) -> None:
    """Stop what no window of this form could have sent; what it held is not repeated."""
    foreign = any(form.of(each) is None or not set(changed) <= _NAMES for each, changed in answers.items())
    if foreign:
        raise FormError("That is not a question of this form. Nothing was saved.")


def _between(
    draft: Draft, kept: Mapping[str, Mapping[str, str]], seen: Mapping[str, str] | None
) -> tuple[Between, ...]:
    made: list[Between] = []
    for each, changed in kept.items():
        stamp = draft.saved.get(each, "")
        if seen is None or stamp == seen.get(each, ""):
            continue
        stood = draft.answers[each]
        lost = {name: stood.get(name, "") for name, text in changed.items() if stood.get(name, "") != text}
        made.append(Between(each, stamp, lost))
    return tuple(made)


def _merged(form: Form, draft: Draft, kept: Mapping[str, Mapping[str, str]], at: datetime) -> Draft:
    """The draft with what has changed written over what stood, column by column."""
    answers, saved = dict(draft.answers), dict(draft.saved)
    for each, changed in kept.items():
        asked = form.of(each)
        answers[each] = {**(asked.answer if asked else {}), **changed}
        saved[each] = at.isoformat()
    return Draft(answers, saved)


def _answers(form: Form) -> dict[str, dict[str, str]]:
    """What would be sent: every statement that has a score; what has none is not answered, and stands as it stood."""
    return {each.statement.id: dict(each.answer) for each in form.asked if each.answer.get(SCORE)}


def _sheetful(form: Form, answers: Mapping[str, Mapping[str, str]]) -> Sheetful:
    return Sheetful(form.respondent_id, form.instrument.id, form.year, answers)


def _signed(form: Form, role: str, sign_off: str, at: datetime) -> Sheetful:
    """The answers with who stands by them; FormError where a role will not do or there is nothing to send."""
    said = _sheetful(form, _answers(form))
    if not said.answers:
        raise FormError("Nothing is answered yet, so there is nothing to send.")
    asked = (("Your role", role), ("Role of who agreed it", sign_off))
    faults = [fault for heading, text in asked if (fault := role_fault(text, heading, said, at.date()))]
    if faults:
        raise FormError(" ".join(faults))
    return replace(said, prepared_by=role, approved_by=sign_off, approved_on=at.date())
