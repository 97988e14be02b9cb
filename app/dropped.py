"""The files a reader has dropped: what each came to, whether it can be sent, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

from app import mended, uploads
from app.progress import told
from app.refusing import on_page
from schemas.problems import UserError
from schemas.returns import kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from app.session import Visit
    from app.uploads import Checked


_ROUNDS = "rounds_of_drops"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a file that was sent: its submission, and in a sentence what is now there."""

    submission_id: str
    words: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """One file: its check, or in `fault` why there is none; `sent` once it was.

    `like`: a file of the same return that came with it; `newer`: one that came after it, and takes its place on the page.
    """

    file: UploadedFile
    checked: Checked | None = None
    fault: str = ""
    sent: Sent | None = None
    like: str = ""
    newer: str = ""

    @property
    def name(self) -> str:
        """The file's name, as it may be repeated: of a file about single people it is withheld where it tells of one."""
        return self.checked.report.file if self.checked is not None else self.file.name

    @property
    def may_be_sent(self) -> bool:
        """Whether anything of it would count, and the reader may send it."""
        found = self.checked
        return (
            found is not None and self.sent is None and found.changes is not None and found.report.verdict != "refused"
        )

    @property
    def is_ready(self) -> bool:
        """Whether it goes with the others at one press: it may be sent, and no other file answers the same return."""
        return self.may_be_sent and not self.like and not self.newer


def dropped(visit: Visit, files: Sequence[UploadedFile], *, moderating: bool) -> list[Dropped]:
    """Every file with its check; one that cannot be checked says why, and none stops the others."""
    rounds = _rounds(files)
    found = [_one(visit, file, files, number, moderating=moderating) for number, file in enumerate(files, 1)]
    return [_beside_others(each, found, rounds) for each in found]


def send(visit: Visit, one: Dropped, *, moderating: bool) -> str | None:
    """Send a file with what was mended of it, and remember what became of it; gives why it was not stored, if it was not."""
    try:
        loaded = uploads.submit(visit, one.file, visit.at, moderating=moderating, mends=mended.mends(one.file))
    except UserError as why:
        return on_page(why)
    st.session_state[f"receipt-{one.file.file_id}"] = Sent(loaded.receipt.submission_id, loaded.receipt.words)
    return None


def _one(visit: Visit, file: UploadedFile, files: Sequence[UploadedFile], number: int, *, moderating: bool) -> Dropped:
    sent: Sent | None = st.session_state.get(f"receipt-{file.file_id}")
    if sent is not None:
        return Dropped(file, sent=sent)
    of = file.name if len(files) == 1 else f"{file.name} ({number} of {len(files)})"
    try:
        with told(of) as say:
            return Dropped(file, mended.checked(visit, file, moderating=moderating, said=say))
    except UserError as why:
        return Dropped(file, fault=on_page(why))


def _rounds(files: Sequence[UploadedFile]) -> dict[str, int]:
    """In which run each file was seen first: one that came later is meant to take an earlier one's place."""
    before: dict[str, int] = st.session_state.get(_ROUNDS, {})
    this = max(before.values(), default=0) + 1
    st.session_state[_ROUNDS] = {file.file_id: before.get(file.file_id, this) for file in files}
    return st.session_state[_ROUNDS]


def _answers(each: Dropped) -> tuple[str | None, ...]:
    """The return a file answers; of a log, whose submissions add to one another, and where it is not known, the file itself."""
    report = each.checked.report if each.checked is not None else None
    kind = kinds().get(report.kind or "") if report is not None else None
    if report is None or kind is None or not report.agency_id or not report.period_id:
        return (each.file.file_id,)
    return (report.file_sha256,) if kind.is_log else (report.kind, report.agency_id, report.period_id)


def _beside_others(each: Dropped, found: Sequence[Dropped], rounds: dict[str, int]) -> Dropped:
    """A file beside others of the same return: the last dropped counts; of those dropped together nobody can tell."""
    others = [one for one in found if one is not each and one.checked is not None and _answers(one) == _answers(each)]
    mine = rounds[each.file.file_id]
    newer = next((one for one in reversed(others) if rounds[one.file.file_id] > mine), None)
    if newer is not None:
        return replace(each, newer=newer.name)
    like = next((one for one in others if rounds[one.file.file_id] == mine and one.may_be_sent), None)
    return replace(each, like=like.name) if like is not None and each.may_be_sent else each
