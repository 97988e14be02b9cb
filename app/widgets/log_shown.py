"""The event log in words and as a table: whether it is whole, what to do where it is not, and its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.html import Html, tag
from app.widgets.page import empty, section
from app.widgets.tables import Column, Row, table, two_lines
from pipelines.flows.log import WHAT_TO_DO, beside_said, rows_said
from schemas.periods import day_words

if TYPE_CHECKING:
    from pipelines.queries.event_log import Entry, Page, State

NOTE = "The newest first; times are UTC. An entry says who did what to what, and never what a file or a reason says."
_SHOWN = 20


def headline(state: State) -> str:
    """Whether the log is whole, as the title of the page."""
    if state.faults:
        return f"The log is not whole: the first bad entry is {state.first}" if state.first else "The log is not whole"
    return f"The log is whole: {state.position:,} {'entry' if state.position == 1 else 'entries'}"


def lede(state: State) -> Html:
    """The last hash to note elsewhere, and what the log was held against."""
    many = f"{state.compared:,} {'publication' if state.compared == 1 else 'publications'}"
    said = f"Held against its own chain, the note beside the vault and what {many} noted of it. Its last hash: "
    unread = f" Not compared, as they cannot be opened: {', '.join(state.unread)}." if state.unread else ""
    rows = "".join(f" {line}" for line in (*rows_said(state), *beside_said(state)))
    return tag("span", said, tag("code", state.hash, cls="breaks"), f".{rows}{unread}")


def faults(state: State) -> Html | None:
    """What is wrong and what to do; nothing where the log is whole."""
    if not state.faults:
        return None
    lines = [tag("li", fault.words) for fault in state.faults[:_SHOWN]]
    rest = len(state.faults) - _SHOWN
    lines += [tag("li", f"And {rest:,} more: “throughline log verify” names them all.")] if rest > 0 else []
    return section("What is wrong", tag("ul", lines, cls="rows"), tag("p", tag("b", "What to do. "), WHAT_TO_DO))


def nothing_yet() -> Html:
    """What the page says while nobody has done anything."""
    return empty("Nothing is logged yet", "The first return, sign-in, agreement or release is its first entry.")


def entries(found: Page) -> Html:
    """The entries as a table that can be read aloud."""
    if not found.entries:
        return empty("No entry fits", "Take one of the filters off, or choose an earlier day.")
    columns = [
        Column("What was done", width="50%"),
        Column("When", width="16%"),
        Column("By", width="22%"),
        Column("Entry", right=True),
    ]
    newest, oldest = found.entries[0].position, found.entries[-1].position
    caption = f"Entries {oldest:,} to {newest:,}, {len(found.entries):,} of the {found.many:,} that fit."
    # A part of its own, so that it keeps its distance from the buttons above.
    return tag("section", table(caption, columns, [_row(each) for each in found.entries], cls="pairs"))


def _row(each: Entry) -> Row:
    when = two_lines(day_words(each.at.date()), each.at.strftime("%H:%M"))
    by = two_lines(each.by, each.role[:1].upper() + each.role[1:])
    return Row(two_lines(each.words, tag("span", each.group)), (when, by, f"{each.position:,}"))
