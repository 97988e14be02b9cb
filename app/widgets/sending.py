"""A checked file on the page: its summary, what to do, what it would change, the annotated copy, the button to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import uploads
from app.widgets.html import Html, join, tag
from app.widgets.icons import mark
from app.widgets.page import empty, more, put
from app.widgets.problems import problems
from app.widgets.tables import Column, Row, table
from schemas.periods import parse
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from app.session import Visit
    from app.uploads import Checked

_VERDICTS = {
    "accepted": ("done", "Everything can be taken"),
    "accepted_with_queries": ("query", "Can be taken, with something to look at"),
    "refused": ("error", "Cannot be taken"),
}
_SHOWN = 10
_KEYS = ("indicator_id", "period_id", "area_id", "breakdown", "category")


def one_file(visit: Visit, file: UploadedFile) -> None:
    """Check once, then show; a file that was sent shows its receipt instead."""
    receipt: str | None = st.session_state.get(f"receipt-{file.file_id}")
    if receipt is not None:
        put(empty("Receipt", receipt, "It is stored with the file as you sent it. The next publication will use it."))
        return
    checked = _checked(visit, file)
    put(_summary(checked), _difference(checked), problems(checked.report.problems, checked.report.kind))
    with st.container(key=f"space-{file.file_id}", horizontal=True):
        _annotated(visit, file, checked)
        _send(visit, file, checked)


def _checked(visit: Visit, file: UploadedFile) -> Checked:
    """The check of a file, made once a session for each file and reader."""
    key = f"checked-{file.file_id}-{visit.actor.role}-{visit.actor.agency_id}"
    if key not in st.session_state:
        with st.spinner(f"Checking {file.name}: reading, then every rule", show_time=True):
            st.session_state[key] = uploads.check(visit, file)
    found: Checked = st.session_state[key]
    return found


def _summary(checked: Checked) -> Html:
    report = checked.report
    name, words = _VERDICTS[report.verdict]
    if report.exit_code == 1 and report.verdict != "refused":
        words = "Some rows are left out until they are mended"
    refused = tag("p", checked.not_yours, cls="said not-yet") if checked.not_yours else None
    return tag("div", tag("h3", mark(name, words)), tag("p", report.summary(), cls="text"), refused, cls="verdict")


def _difference(checked: Checked) -> Html | None:
    """What the file would change, figure by figure, against what was sent before."""
    changes = checked.changes
    if changes is None:
        return None
    if changes.empty:
        return tag("p", "Nothing differs from what you sent before, or this is the first time.", cls="second")
    rows = [_change(row) for row in changes.fillna("").astype(str).to_dict("records")]
    columns = [Column("Figure", width="54%"), Column("Was", right=True), Column("Now", right=True)]
    shown = table("Figures that change", columns, rows[:_SHOWN], cls="pairs", hide_caption=True)
    rest = table("More figures that change", columns, rows[_SHOWN:], cls="pairs", hide_caption=True)
    many = len(rows)
    head = f"{many:,} figure{'' if many == 1 else 's'} would change"
    others = more(f"Show the other {many - _SHOWN:,}", rest) if many > _SHOWN else None
    return join(tag("h3", head, cls="after"), shown, others)


def _change(row: Mapping[Hashable, str]) -> Row:
    named = [row.get(key, "") for key in _KEYS]
    split = [part for part in named[2:] if part and part != "all"]
    return Row(
        f"{named[0]}, {parse(named[1]).short}{''.join(f', {part}' for part in split)}",
        (row["was"] or "–", row["now"] or "–"),
    )


def _annotated(visit: Visit, file: UploadedFile, checked: Checked) -> None:
    if checked.report.exit_code == 2 or not checked.report.problems:
        return
    st.download_button(
        "Download your file with the cells marked",
        lambda: uploads.annotated(visit, file),
        file_name=f"checked-{file.name.rsplit('.', 1)[0]}.xlsx",
        on_click="ignore",
        key=f"annotated-{file.file_id}",
    )


def _send(visit: Visit, file: UploadedFile, checked: Checked) -> None:
    if checked.report.verdict == "refused" or checked.changes is None:
        return
    many = checked.report.rows_accepted
    if not st.button(f"Send {many:,} figures", type="primary", key=f"send-{file.file_id}"):
        return
    try:
        with st.spinner("Storing the return"):
            loaded = uploads.submit(visit, file, visit.at)
    except UserError as said:
        put(empty("It was not stored", str(said)))
        return
    st.session_state[f"receipt-{file.file_id}"] = loaded.receipt.words
    st.rerun()
