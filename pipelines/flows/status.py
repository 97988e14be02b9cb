"""Which returns are owed, received and late, and what was published last; one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.queries import inbox, respondents
from pipelines.queries.frame import header, pointer
from schemas.catalogue import catalogue
from schemas.periods import day_words, quarter_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    from schemas.actors import Actor


def lines(home: Path, actor: Actor, at: datetime, audience: str = "partnership") -> Iterator[str]:
    """The state of every agency's return for the last quarter that has ended, then the last publication."""
    today = at.date()
    yield f"Returns for {quarter_of(today).previous.label}:"
    for agency in catalogue().reporting:
        owed = inbox.returns_owed(home, actor, agency.id, today, last=1)[0]
        if owed.figures:
            yield f"  {agency.title}: {owed.state} ({owed.figures} figures, due {day_words(owed.due)})"
        for log in inbox.logs_owed(home, actor, agency.id, today):
            if log.is_owed:
                yield f"  {agency.title}, {log.title[0].lower()}{log.title[1:]}: {log.state} (due {day_words(log.due)})"
    yield from _self_assessments(home, actor, today)
    shown = pointer(home, audience)
    if shown is None:
        yield "Nothing has been published yet. Publish with “throughline publish”."
        return
    head = header(home, audience, shown)
    yield f"Last publication: {shown.publication_id}, {head.published_words}, figures to {head.period_label}."


def _self_assessments(home: Path, actor: Actor, today: date) -> Iterator[str]:
    """How many of each sector have replied in the year under way; nobody by name, as hundreds may owe one."""
    sectors = respondents.by_sector(home, actor, today)
    if not sectors:
        return
    one = sectors[0].everybody[0]
    yield f"Self-assessments for {one.year.short}, due {day_words(one.due)}:"
    for sector in sectors:
        yield f"  {sector.sector}: {sector.replied} of {sector.owed} replied"
