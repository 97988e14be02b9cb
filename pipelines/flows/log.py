"""The event log for whoever keeps it: is it whole, what does it say, and a copy of it to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pipelines.flows import taking_away
from pipelines.queries import event_log
from pipelines.reports.marked import Marked, of_contents
from pipelines.store import events
from pipelines.store.opening import VAULT
from schemas.actors import require
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from pipelines.queries.event_log import Entry, State, Wanted
    from schemas.actors import Actor

# Read and written so many at a time: a log of years must not stand in memory whole as sentences.
_AT_ONCE = 5_000
COLUMNS = ("entry", "when_utc", "who", "role", "agency", "group", "what", "action", "subject", "detail", "hash")


def verify(home: Path, actor: Actor) -> State:
    """Hold the log against itself, the note beside the vault, every publication and submission. UserError where there is no vault."""
    require(actor, "business_unit")
    _there(home)
    return event_log.state(home, actor)


def told(found: State) -> Iterator[str]:
    """What `verify` found, a sentence each: the first bad entry first, and what to do about it."""
    if not found.faults:
        yield f"The event log is whole: {found.position:,} {'entry' if found.position == 1 else 'entries'}."
        yield f"Its last hash is {found.hash}. Compared with the notes of {_counted(found.compared, 'publication')}."
    else:
        yield f"The event log has {_counted(len(found.faults), 'fault')}."
        yield f"The first bad entry is {found.first}." if found.first else "No entry itself is bad."
        yield WHAT_TO_DO
    yield from rows_said(found)
    yield from beside_said(found)
    if found.unnoted:
        yield f"{unnoted(found)}"
    if found.aside:
        listed = ", ".join(found.aside)
        yield (
            f"Not compared, as a restore put the log aside that {'it' if len(found.aside) == 1 else 'they'} noted: "
            f"{_counted(len(found.aside), 'publication')}, {listed}."
        )
    if found.unread:
        listed = ", ".join(found.unread)
        yield f"Not compared, as the file cannot be opened: {_counted(len(found.unread), 'publication')}, {listed}."


def warning(home: Path, actor: Actor) -> Iterator[str]:
    """That the log is not whole, in one sentence, for acts that go on all the same; nothing where it is."""
    require(actor, "business_unit")
    if not (home / VAULT).exists():
        return
    found = event_log.state(home, actor)
    if found.faults:
        where = f"the first bad entry is {found.first}" if found.first else found.faults[0].words.rstrip(".")
        yield f"The event log is not whole: {where}. “throughline log verify” says more, and what to do."


def rows_said(found: State) -> Iterator[str]:
    """Of how many submissions the rows were held against the log, and of how many they could not be."""
    if found.rows_of:
        yield f"Held against it: what the vault has of {_counted(found.rows_of, 'submission')}."
    if found.rows_unknown:
        yield f"Rows not compared, as the log has no fingerprint of them: {_counted(found.rows_unknown, 'submission')}."
    if found.beside_unknown:
        of = _counted(found.beside_unknown, "submission")
        yield f"Covers, problems and mends not compared, as the log has no fingerprint of them: {of}."
    if found.official_unknown:
        yield "Official statistics not compared, as the log has no fingerprint of them."


def beside_said(found: State) -> Iterator[str]:
    """Which pointers were not compared, and whether anything lies among the publications that belongs to none."""
    for title in found.under_way:
        yield f"The pointer of {title} was not compared: a release or withdrawal is under way."
    if found.strays:
        many = "1 file or folder lies" if found.strays == 1 else f"{found.strays:,} files or folders lie"
        yield f"Among the publications {many} that belong to none. No reader is shown them; look what they are."


def unnoted(found: State) -> str:
    """The entries at which the note beside the vault was found missing, in a sentence."""
    numbers = ", ".join(f"{each:,}" for each in found.unnoted)
    return (
        f"The note beside the vault was missing when {'entry' if len(found.unnoted) == 1 else 'entries'} {numbers} came: what was cut "
        "off just before would show only in a publication or a backup made since."
    )


WHAT_TO_DO = (
    "Keep a copy of the home folder as it is, stop the dashboard, tell whoever answers for information security, and "
    "compare with the last backup whose log is whole. Entries before the first bad one can be relied on."
)


def table(home: Path, actor: Actor, wanted: Wanted) -> pd.DataFrame:
    """Every entry that is asked for, the newest first, with its words; times are UTC. UserError but for the business unit."""
    rows: list[dict[str, object]] = []
    before: int | None = None
    while True:
        page = event_log.entries(home, actor, wanted, limit=_AT_ONCE, before=before)
        rows += [_row(each) for each in page.entries]
        if not page.older:
            return pd.DataFrame(rows, columns=list(COLUMNS))
        before = page.entries[-1].position


def export(home: Path, actor: Actor, wanted: Wanted, out: Path, at: datetime) -> str:
    """Write the entries asked for to a .xlsx, .csv or .parquet file, marked; that it was taken is an entry of its own."""
    require(actor, "business_unit")
    _there(home)
    found = table(home, actor, wanted)
    marked = marking()
    taken = taking_away.Taken("event_log", out.suffix.lower().lstrip("."), len(found), marked.level)
    taking_away.write(home, actor, taken, out, found, at, title="Event log", marked=marked)
    return f"Wrote {_counted(len(found), 'entry')} to {out}."


def listed(home: Path, actor: Actor, wanted: Wanted, many: int) -> Iterator[str]:
    """The newest entries asked for, a line each: number, moment (UTC), who and what."""
    require(actor, "business_unit")
    _there(home)
    page = event_log.entries(home, actor, wanted, limit=many)
    for each in page.entries:
        yield f"{each.position:>6}  {each.at:%Y-%m-%d %H:%M}  {each.words} [{each.by}]"
    if page.older:
        yield f"{page.older:,} older. Ask for more with --last, or write them all with “throughline log export”."
    if not page.entries:
        yield "No entry fits."


def marking() -> Marked:
    """How a copy of the log is marked: it names the people who work here, whatever else it holds."""
    return of_contents({"people_at_work"})


def _row(each: Entry) -> dict[str, object]:
    said = (
        each.position, each.at.strftime("%Y-%m-%d %H:%M:%S"), each.actor, each.role, each.agency, each.group, each.words,
        each.action, each.subject, each.detail, each.hash,
    )  # fmt: skip
    return dict(zip(COLUMNS, said, strict=True))


def _there(home: Path) -> None:
    if not (home / VAULT).exists() and not (home / events.HEAD).exists():
        raise UserError(f"There is no vault in {home}. Set THROUGHLINE_HOME, or load a return first.")


def _counted(number: int, word: str) -> str:
    many = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number:,} {word if number == 1 else many}"
