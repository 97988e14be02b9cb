"""The files a reader has dropped: what each came to, whether it can be sent, and what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

from app import mended, uploads
from app.progress import told
from schemas.problems import UserError
from schemas.returns import kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from app.session import Visit
    from app.uploads import Checked


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a file that was sent: its submission, and in a sentence what is now there."""

    submission_id: str
    words: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """One file: its check, or in `fault` why there is none; `sent` once it was; `like`: another file of the same return."""

    file: UploadedFile
    checked: Checked | None = None
    fault: str = ""
    sent: Sent | None = None
    like: str = ""

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
        return self.may_be_sent and not self.like


def dropped(visit: Visit, files: Sequence[UploadedFile], *, moderating: bool) -> list[Dropped]:
    """Every file with its check; one that cannot be checked says why, and none stops the others."""
    found = [_one(visit, file, files, number, moderating=moderating) for number, file in enumerate(files, 1)]
    returns = Counter(_answers(each) for each in found if each.may_be_sent)
    return [_beside_others(each, found) if returns[_answers(each)] > 1 and each.may_be_sent else each for each in found]


def send(visit: Visit, one: Dropped, *, moderating: bool) -> str | None:
    """Send a file with what was mended of it, and remember what became of it; gives why it was not stored, if it was not."""
    try:
        loaded = uploads.submit(visit, one.file, visit.at, moderating=moderating, mends=mended.mends(one.file))
    except UserError as why:
        return str(why)
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
        return Dropped(file, fault=str(why))


def _answers(each: Dropped) -> tuple[str | None, ...]:
    """The return a file answers; of a log, whose submissions add to one another, the file itself."""
    if each.checked is None:
        return (each.file.file_id,)
    report = each.checked.report
    kind = kinds().get(report.kind or "")
    if kind is not None and kind.is_log:
        return (report.file_sha256,)
    return (report.kind, report.agency_id, report.period_id)


def _beside_others(each: Dropped, found: Sequence[Dropped]) -> Dropped:
    other = next(one for one in found if one is not each and one.may_be_sent and _answers(one) == _answers(each))
    return replace(each, like=other.file.name)
