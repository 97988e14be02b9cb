"""What is said of a file as a whole: its template, what the reader met, that it is another return than was asked for."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipelines.checking.echo import quoted
from pipelines.checking.sheets import looks_like
from pipelines.reading import guard
from schemas.periods import is_in_force
from schemas.returns import kinds
from schemas.rules import file, file_contents, file_sender

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.checking.cover import Identity
    from pipelines.reading import Workbook
    from schemas.periods import Period
    from schemas.problems import Problem
    from schemas.returns import Kind

# The longest answer a return asks for has 600 letters; the whole of a learning log's words has some 300,000.
_LONG, _MOST = 200, 1_000_000
# How the reader asks for something to be done, and what is said where it asks for nothing.
_ADVICE, _NOTHING_TO_DO = "Open the file in Excel", "Nothing to do, if the figures shown are right."
TOO_WORDY = "The file holds more text than any return has. Shorten its longest cells, and send it again."


def about_template(cover: dict[str, str], kind: Kind, period: Period | None) -> list[Problem]:
    """What to say of a template that is not the present one, nor the one that was sent out for the return's own period."""
    stated = cover.get("template_version", "")
    if stated in ("", kind.template_version):
        return []
    words = {"found": quoted(stated).strip("“”"), "current": kind.template_version}
    older = kind.older_templates.get(stated)
    if older is None:
        return [file_sender.TEMPLATE_UNKNOWN.problem(words, sheet="Cover")]
    if period is not None and is_in_force("", older.until, period):
        return []
    return [file_sender.TEMPLATE_OLD.problem({**words, "difference": older.differs}, sheet="Cover")]


def from_reading(workbook: Workbook) -> list[Problem]:
    """What the reader had to do to the file, or could not see in it, with its own advice where it gives any."""
    notes = [note.partition(_ADVICE) for note in workbook.notes]
    return [
        file_contents.READER_NOTE.problem({"sentence": said.rstrip(), "advice": f"{advice}{more}" or _NOTHING_TO_DO})
        for said, advice, more in notes
    ]


def is_too_wordy(workbook: Workbook) -> bool:
    """Whether a file holds more text than any return: to look all of it through for people would take minutes."""
    long = {
        value
        for sheet in workbook.sheets
        for column in sheet.columns
        for value in column.values
        if isinstance(value, str) and len(value) > _LONG
    }
    return sum(map(len, long)) > _MOST


def unexpected(whose: Identity, expected: tuple[str, str] | None) -> list[Problem]:
    """An error where the return is not the one that was asked for."""
    if expected is None or whose.agency_id is None or whose.period is None:
        return []
    if (whose.agency_id, whose.period.id) == expected:
        return []
    words = {"agency_id": whose.agency_id, "period_id": whose.period.id}
    return [file_sender.NOT_EXPECTED.problem({**words, "wanted_agency": expected[0], "wanted_period": expected[1]})]


def not_it(workbook: Workbook, found: Kind | None, asked: str | None) -> Problem:
    """Which kind of return the file is instead of the one asked for, or that it is none."""
    if found is None:
        return file.KIND_NOT_KNOWN.problem({"looks": looks_like(workbook)})
    wanted = kinds()[asked].title if asked in kinds() else asked
    return file.ANOTHER_KIND.problem({"found": found.title, "asked": wanted})


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file that could not be read; empty where there is no file to take it of."""
    try:
        if not path.is_file() or path.stat().st_size > guard.limit_of(path):
            return ""  # a device or a pipe would never end
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:  # a missing file or a folder has no fingerprint, and the report says why it was refused
        return ""
