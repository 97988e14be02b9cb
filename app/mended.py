"""What a reader has mended of each file on the page, and the check made with it: kept for the session, and no longer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

from app import uploads
from pipelines.flows import mending
from pipelines.queries import inbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from app.session import Visit
    from app.uploads import Checked
    from pipelines.flows.mending import Mendable
    from schemas.returns.mends import Mend

_PREFIXES = ("acts-", "checked-", "receipt-", "said-", "warned-")


@dataclass(frozen=True, slots=True)
class Act:
    """One act of mending, as it is taken back: in words, what it wrote, and the heading that had to be added for it."""

    words: str
    answers: tuple[Mend, ...]
    heading: tuple[Mend, ...] = ()

    @property
    def mends(self) -> tuple[Mend, ...]:
        """All it wrote, the heading first."""
        return (*self.heading, *self.answers)


def acts(file: UploadedFile) -> tuple[Act, ...]:
    """What was mended of a file, in order."""
    found: tuple[Act, ...] = st.session_state.get(f"acts-{file.file_id}", ())
    return found


def mends(file: UploadedFile) -> tuple[Mend, ...]:
    """What is to be read in place of the file's own: of one cell what was written last."""
    return _last(act for act in acts(file))


def checked(
    visit: Visit, file: UploadedFile, *, moderating: bool, said: Callable[[str], None] | None = None
) -> Checked:
    """The check of a file with what was mended of it; made again only where one of these, or the vault, has changed."""
    mine = mends(file)
    known = _rests_on(visit, file, mine, moderating=moderating)
    kept: tuple[object, Checked] | None = st.session_state.get(f"checked-{file.file_id}")
    if kept is not None and kept[0] == known:
        return kept[1]
    found = uploads.check(visit, file, moderating=moderating, mends=mine, said=said)
    st.session_state[f"checked-{file.file_id}"] = (known, found)
    return found


def _rests_on(visit: Visit, file: UploadedFile, mends: tuple[Mend, ...], *, moderating: bool) -> tuple[object, ...]:
    """All that a check of a file rests on beside the file."""
    whose = (uploads.acting_for(visit), uploads.stated(file))
    return (visit.actor, whose, moderating, mends, visit.at.date(), inbox.as_of(visit.home))


def mend(visit: Visit, file: UploadedFile, meant: Mendable, act: Act, *, moderating: bool) -> str | None:
    """Take up an act of mending, where it mends what it was meant for; else why it was not taken up.

    One that would make something else wrong is taken up when it is given a second time, once that has been said. Raises UserError where what was typed may not be kept at all.
    """
    coming = (*acts(file), act)
    known = _rests_on(visit, file, _last(coming), moderating=moderating)
    found = uploads.check(visit, file, moderating=moderating, mends=_last(coming))
    refused = mending.why_not(meant, act.answers, found.report) or _not_yet(file, meant, act, found)
    if refused is None:
        st.session_state[f"acts-{file.file_id}"] = coming
        st.session_state[f"checked-{file.file_id}"] = (known, found)
    return refused


def _not_yet(file: UploadedFile, meant: Mendable, act: Act, found: Checked) -> str | None:
    """What an act would make wrong, said once; None where nothing, and where it was said of the same act before."""
    key = f"warned-{file.file_id}"
    kept: tuple[object, Checked] | None = st.session_state.get(f"checked-{file.file_id}")
    warning = mending.leads_to(meant, kept[1].report, found.report) if kept is not None else None
    is_said = st.session_state.pop(key, None) == act.answers
    if warning is None or is_said:
        return None
    st.session_state[key] = act.answers
    return warning


def take_back(file: UploadedFile, place: int) -> None:
    """Undo one act of mending, counted from 0; the file's own answer counts again.

    A heading it had to add stays for the other acts that write under it.
    """
    left = list(acts(file))
    gone = left.pop(place)
    under = {(mend.sheet, mend.column) for mend in gone.heading}
    for number, act in enumerate(left):
        if any((mend.sheet, mend.column) in under for mend in act.answers):
            left[number] = replace(act, heading=(*act.heading, *gone.heading))
            break
    st.session_state[f"acts-{file.file_id}"] = tuple(left)


def forget(files: Sequence[UploadedFile]) -> None:
    """Drop what is known of files that are no longer on the page."""
    here = {f"{prefix}{file.file_id}" for prefix in _PREFIXES for file in files}
    for key in [key for key in st.session_state if str(key).startswith(_PREFIXES) and key not in here]:
        del st.session_state[key]


def say(file: UploadedFile, place: str, words: str) -> None:
    """Keep a sentence for the next run, to be shown once at its place on the page."""
    st.session_state[f"said-{file.file_id}"] = (place, words)


def said(file: UploadedFile, place: str) -> str | None:
    """The sentence kept for a place, if there is one; it is then gone."""
    kept: tuple[str, str] | None = st.session_state.get(f"said-{file.file_id}")
    if kept is None or kept[0] != place:
        return None
    del st.session_state[f"said-{file.file_id}"]
    return kept[1]


def _last(found: Iterable[Act]) -> tuple[Mend, ...]:
    by_place = {mend.place: mend for act in found for mend in act.mends}
    return tuple(by_place.values())
