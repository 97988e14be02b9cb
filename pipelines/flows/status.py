"""The days of the quarter, which returns are owed, received and late, and what was published last; one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.flows import agreements, log
from pipelines.queries import inbox, respondents
from pipelines.queries import preview as previews
from pipelines.queries.frame import header
from pipelines.queries.pointer import folder
from pipelines.queries.prepared import waiting
from pipelines.queries.served import NoneWholeError, damaged, served
from pipelines.queries.withdrawn import withdrawn_in
from pipelines.store.opening import refuse_lost
from schemas.catalogue import catalogue
from schemas.catalogue.cycle import cycle
from schemas.periods import day_words, quarter_of
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    from schemas.actors import Actor
    from schemas.periods import Period


def lines(home: Path, actor: Actor, at: datetime, audience: str = "partnership") -> Iterator[str]:
    """The state of every agency's return for the last quarter that has ended, then the last publication.

    UserError where the home is no folder at all, as of a mistyped one everybody would seem to be late, and where its vault is
    lost or damaged; then not a line: half an answer would be taken for a whole one.
    """
    if not home.is_dir():
        raise UserError(f"There is no folder {home}. Set THROUGHLINE_HOME to the home folder.")
    refuse_lost(home)
    yield from [*_lines(home, actor, at, audience)]


def _lines(home: Path, actor: Actor, at: datetime, audience: str) -> Iterator[str]:
    today = at.date()
    quarter = quarter_of(today).previous
    yield from _days(quarter, today)
    yield f"Returns for {quarter.label}:"
    for agency in catalogue().reporting:
        owed = inbox.returns_owed(home, actor, agency.id, today, last=1)[0]
        if owed.figures:
            how = "; loaded by the business unit on its behalf" if owed.is_on_behalf else ""
            many = f"{owed.figures} {'figure' if owed.figures == 1 else 'figures'}"
            yield f"  {agency.title}: {owed.state} ({many}, due {day_words(owed.due)}){how}"
        for each in inbox.logs_owed(home, actor, agency.id, today):
            if each.is_owed:
                yield f"  {agency.title}, {each.title[0].lower()}{each.title[1:]}: {each.state} (due {day_words(each.due)})"
    yield from _self_assessments(home, actor, today)
    yield from _preview(home, actor)
    yield from agreements.warnings(home, actor, today)
    yield from _prepared(home, actor)
    yield from log.warning(home, actor)
    for each in catalogue().audiences:
        yield from damaged(home, each)
    try:
        found = served(home, actor, audience)
    except NoneWholeError as why:
        yield f"No publication can be opened: {why}"
        return
    shown = found.pointer
    if found.fault:
        yield found.fault
    if shown is None:
        yield _none(home, audience)
        return
    head = header(home, shown)
    yield f"Last publication: {shown.publication_id}, {head.published_words}, figures to {head.period_label}."


def _none(home: Path, audience: str) -> str:
    """Why there is no publication: none was made, or each was withdrawn."""
    gone = len(withdrawn_in(folder(home, audience)))
    if not gone:
        return "Nothing has been published yet. Publish with “throughline publish”."
    every = "The only publication was" if gone == 1 else f"All {gone:,} publications were"
    return f"{every} withdrawn, so readers of {audience} have none. Publish again with “throughline publish”."


def _days(quarter: Period, today: date) -> Iterator[str]:
    """The days of the quarter, the next of them marked."""
    days = cycle(catalogue(), quarter).named[1:]
    coming = next((day for _, day in days if day >= today), None)
    yield f"Days of {quarter.short}:"
    for title, day in days:
        yield f"  {title}: {day_words(day)}{' (next)' if day == coming else ''}"


def _self_assessments(home: Path, actor: Actor, today: date) -> Iterator[str]:
    """How many of each sector have replied in the year under way; nobody by name, as hundreds may owe one."""
    sectors = respondents.by_sector(home, actor, today)
    if not sectors:
        return
    one = sectors[0].everybody[0]
    yield f"Self-assessments for {one.year.short}, due {day_words(one.due)}:"
    for sector in sectors:
        yield f"  {sector.sector}: {sector.replied} of {sector.owed} replied"


def _prepared(home: Path, actor: Actor) -> Iterator[str]:
    """That a release waits for a second person, for whom, and until when."""
    found = waiting(home, actor)
    if found is not None:
        whom = ", ".join(each.audience for each in found.prepared.files)
        yield f"Prepared by {found.prepared.prepared_by} for {whom}, to be released by another by {day_words(found.until.date())}."


def _preview(home: Path, actor: Actor) -> Iterator[str]:
    """How many agencies have looked at the open preview, and what they have said."""
    found = previews.looked(home, actor) if inbox.has_vault(home) else ()
    if found:
        seen, accounts, every = (
            sum(each.seen_at is not None for each in found),
            sum(each.answered for each in found),
            sum(each.answered + each.open for each in found),
        )
        yield f"Preview: {seen} of {len(found)} agencies have looked; {accounts} of {every} sentences have an account."
