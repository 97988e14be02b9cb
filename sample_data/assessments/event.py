"""What the groups said of each theme at the partnership's event, as the rows of the sheet Event."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sample_data.assessments.register import FOLDER
from sample_data.logs.records import filled, told
from schemas.catalogue.entry import Entry

if TYPE_CHECKING:
    from sample_data.logs.records import Cells


class Said(Entry):
    """What one group said of one theme: where we are, what it changes, what is missing, what could be done."""

    year: str
    group: str
    theme: str
    position: str
    impact: str
    gap: str
    opportunity: str


class Event(Entry):
    """All of event.toml."""

    said: tuple[Said, ...]


@cache
def event() -> Event:
    """What was said at both events."""
    return told("event", Event, beside=FOLDER)


def said(year: str) -> list[Cells]:
    """The rows of one year's event."""
    return [
        filled(row, without=("year", "group")) | {"respondent_group": row.group}
        for row in event().said
        if row.year == year
    ]
