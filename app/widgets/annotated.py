"""Annotations on the chart, on its points, and whole in the list under it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from app.widgets.chart import Event
from app.widgets.html import Html, join, tag
from app.widgets.page import more
from schemas.periods import day_words, parse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipelines.queries.annotated import Annotation
    from pipelines.queries.indicator import Point

Notes = tuple["Annotation", ...]
# A reason on pointing: so many letters a line and so many lines; the list has it whole.
LETTERS = 42
LINES = 5
REASONS_SHOWN = 4


def events(notes: Notes, points: Sequence[Point]) -> tuple[Event, ...]:
    """The verticals of agreed events, each where its day lies among the points."""
    periods = [point.period_id for point in points]
    found = [(place_of(note.from_day, periods), note) for note in notes if not note.is_reason]
    return tuple(Event(at, note.label) for at, note in sorted(found, key=lambda pair: pair[0] or 0) if at is not None)


def place_of(day: date, period_ids: Sequence[str]) -> float | None:
    """Where a day lies among periods: 2.5 is the start of the fourth; None before the first and after the last.

    >>> from datetime import date
    >>> place_of(date(2026, 7, 1), ["2026-27-Q1", "2026-27-Q2"]), place_of(date(2027, 1, 1), ["2026-27-Q1"])
    (0.5, None)
    """
    for index, period_id in enumerate(period_ids):
        period = parse(period_id)
        if period.start <= day <= period.end:
            days = (period.end - period.start).days + 1
            return index - 0.5 + (day - period.start).days / days
    return None


def reason_for(notes: Notes, period_id: str) -> str:
    """What an agency wrote of one period's figure, broken into lines for the chart; empty where it wrote nothing."""
    period = parse(period_id)
    mine = [note for note in notes if note.is_reason and _covers(note, period.id)]
    lines = [line for note in mine[:1] for line in textwrap.wrap(f"{note.source}: {note.text}", LETTERS)]
    return "\n".join(lines[:LINES]) + (" …" if len(lines) > LINES else "")


def listed(notes: Notes) -> list[Html]:
    """Each agreed event in full: the day, what happened, who noted it."""
    return [
        join(tag("b", f"{day_words(note.from_day)}: {_name(note)}."), f" {note.text} Noted by {note.source}.")
        for note in notes
        if not note.is_reason
    ]


def reasons(notes: Notes) -> Html | None:
    """The agencies' reasons for single figures, the newest first; commentary is shown apart, so not here."""
    mine = [note for note in notes if note.is_reason and not note.is_account]
    if not mine:
        return None
    said = [join(tag("b", f"{note.periods}, {note.source}:"), f" {note.text}") for note in mine]
    first = tag("ul", [tag("li", each) for each in said[:REASONS_SHOWN]], cls="notes")
    rest = tag("ul", [tag("li", each) for each in said[REASONS_SHOWN:]], cls="notes")
    head = tag("h3", "Reasons the agencies gave", cls="after")
    return join(head, first, more(f"Show all {len(said)} reasons", rest) if said[REASONS_SHOWN:] else None)


def marked(notes: Notes) -> str:
    """The events in one sentence, for those who do not see the chart."""
    named = [f"{_name(note)}, {day_words(note.from_day)}" for note in notes if not note.is_reason]
    return f" Marked: {'; '.join(named)}." if named else ""


def _name(note: Annotation) -> str:
    return " ".join(note.label.split())


def _covers(note: Annotation, period_id: str) -> bool:
    period = parse(period_id)
    return parse(note.period_id).start <= period.start and period.end <= parse(note.until_period_id).end
