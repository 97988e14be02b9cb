"""The ledger of an indicator, in sentences: what was shown when, what took its place, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.html import Html, join, tag
from app.widgets.page import more, rows, section

if TYPE_CHECKING:
    from pipelines.queries.ledger import Entry

_SHOWN = 5


def ledger(entries: tuple[Entry, ...]) -> Html | None:
    """The section of restated figures, the newest first; nothing where nothing was ever restated."""
    if not entries:
        return None
    said = [_entry(entry) for entry in entries]
    rest = more(f"Show all {len(said)} changes", rows(said[_SHOWN:])) if said[_SHOWN:] else None
    note = "Figures that are no longer what an earlier publication showed. Earlier publications can still be opened."
    return section("What was shown before", join(rows(said[:_SHOWN]), rest), note=note, anchor="restated")


def _entry(entry: Entry) -> Html:
    return join(entry.sentence, tag("span", " New in this publication.", cls="second") if entry.is_new else None)
