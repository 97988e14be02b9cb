"""A checked file on the page: its summary, what to do, what it would change, the annotated copy, the button to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import uploads
from app.widgets.difference import difference
from app.widgets.html import Html, tag
from app.widgets.icons import mark
from app.widgets.mapping import mapping, read_by_a_layout
from app.widgets.page import empty, put
from app.widgets.problems import problems
from schemas.problems import UserError
from schemas.returns import kinds

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from app.session import Visit
    from app.uploads import Checked

_VERDICTS = {
    "accepted": ("done", "Everything can be taken"),
    "accepted_with_queries": ("query", "Can be taken, with something to look at"),
    "refused": ("error", "Cannot be taken"),
}


def one_file(visit: Visit, file: UploadedFile, *, moderating: bool = False) -> None:
    """Check once, then show; a file that was sent shows its receipt instead.

    `moderating`: the file holds the business unit's moderation.
    """
    receipt: str | None = st.session_state.get(f"receipt-{file.file_id}")
    if receipt is not None:
        put(empty("Receipt", receipt, "It is stored with the file as you sent it. The next publication will use it."))
        return
    checked = _checked(visit, file, moderating=moderating)
    put(_summary(checked), problems(checked.report.problems, checked.report.kind), difference(checked.changes))
    mapping(visit, file, checked)
    with st.container(key=f"space-{file.file_id}", horizontal=True):
        _annotated(visit, file, checked, moderating=moderating)
        _send(visit, file, checked, moderating=moderating)


def _checked(visit: Visit, file: UploadedFile, *, moderating: bool) -> Checked:
    """The check of a file, made once a session for each file and reader, and again where it is said to be moderation."""
    key = f"checked-{file.file_id}-{visit.actor.role}-{uploads.acting_for(visit)}-{moderating}"
    if key not in st.session_state:
        with st.spinner(f"Checking {file.name}: reading, then every rule", show_time=True):
            st.session_state[key] = uploads.check(visit, file, moderating=moderating)
    found: Checked = st.session_state[key]
    return found


def _summary(checked: Checked) -> Html:
    report = checked.report
    name, words = _VERDICTS[report.verdict]
    if report.exit_code == 1 and report.verdict != "refused":
        words = "Some rows are left out until they are mended"
    refused = tag("p", checked.not_yours, cls="said not-yet") if checked.not_yours else None
    return tag("div", tag("h3", mark(name, words)), tag("p", report.summary(), cls="text"), refused, cls="verdict")


def _annotated(visit: Visit, file: UploadedFile, checked: Checked, *, moderating: bool) -> None:
    if checked.report.exit_code == 2 or not checked.report.problems:
        return
    st.download_button(
        "Download your file with the cells marked",
        lambda: uploads.annotated(visit, file, moderating=moderating, stated=read_by_a_layout(checked)),
        file_name=f"checked-{file.name.rsplit('.', 1)[0]}.xlsx",
        on_click="ignore",
        key=f"annotated-{file.file_id}",
    )


def _send(visit: Visit, file: UploadedFile, checked: Checked, *, moderating: bool) -> None:
    if checked.report.verdict == "refused" or checked.changes is None:
        return
    many = checked.report.rows_accepted
    kind = kinds().get(checked.report.kind or "")
    word = kind.row_word[many != 1] if kind else "figures"
    if not st.button(f"Send {many:,} {word}", type="primary", key=f"send-{file.file_id}"):
        return
    try:
        with st.spinner("Storing the return"):
            loaded = uploads.submit(visit, file, visit.at, moderating=moderating)
    except UserError as said:
        put(empty("It was not stored", str(said)))
        return
    st.session_state[f"receipt-{file.file_id}"] = loaded.receipt.words
    st.rerun()
