"""Dropped files on the page: what each came to, what to do about it, what it would change, and the button to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import downloads, dropped, mended, uploads
from app.refusing import on_page
from app.widgets import several
from app.widgets.difference import difference
from app.widgets.html import tag
from app.widgets.mapping import mapping, read_by_a_layout
from app.widgets.mended_list import mended_list
from app.widgets.page import empty, put
from app.widgets.problems import notes
from app.widgets.receipt import receipt
from app.widgets.to_mend import to_explain, to_mend
from app.widgets.verdict import verdict
from schemas.problems import UserError
from schemas.returns import kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from app.dropped import Dropped
    from app.session import Visit
    from app.uploads import Checked


_AS_IT_CAME = (
    "The copy marks what is still open. What you mended here is listed in it; the cells stay as you sent them."
)

_REPLACED = "{} is set aside: {}, dropped after it, answers the same return."


def files(visit: Visit, every: Sequence[UploadedFile], *, moderating: bool = False) -> None:
    """Check what was dropped and show it: one file whole; of several a line each first, then each under its own fold.

    `moderating`: the files hold the business unit's moderation.
    """
    mended.forget(every)
    all_of_them = dropped.dropped(visit, every, moderating=moderating)
    found = [each for each in all_of_them if not each.newer]
    put(*[tag("p", _REPLACED.format(each.name, each.newer), cls="said") for each in all_of_them if each.newer])
    if len(found) > 1:
        several.overview(visit, found, moderating=moderating)
    for each in found:
        if len(found) == 1:
            _one_file(visit, each, moderating=moderating)
            continue
        with st.expander(several.title(each), key=f"file-{each.file.file_id}"):
            _one_file(visit, each, moderating=moderating)


def _one_file(visit: Visit, one: Dropped, *, moderating: bool) -> None:
    """A file that was sent shows its receipt; one that could not be checked says why."""
    try:
        if one.sent is not None:
            receipt(visit, one.sent.submission_id, one.sent.words, key=one.file.file_id)
        elif one.checked is None:
            put(empty("It could not be checked", one.fault, "Nothing was stored."))
        else:
            _checked(visit, one, one.checked, moderating=moderating)
    except UserError as why:  # one file never takes the others with it
        put(empty("This could not be done", on_page(why)))


def _checked(visit: Visit, one: Dropped, checked: Checked, *, moderating: bool) -> None:
    put(verdict(checked))
    mended_list(one.file)
    for severity in ("error", "query"):
        to_mend(visit, one.file, checked, severity, moderating=moderating)
    told = [problem for problem in checked.report.problems if problem.severity == "note"]
    put(notes(told, checked.report.kind), difference(checked.changes))
    to_explain(visit, one.file, checked, moderating=moderating)
    mapping(visit, one.file, checked)
    with st.container(key=f"space-{one.file.file_id}", horizontal=True):
        _send(visit, one, checked, moderating=moderating)
        _annotated(visit, one.file, checked, moderating=moderating)
    if mended.acts(one.file):
        put(tag("p", _AS_IT_CAME, cls="second on"))


def _annotated(visit: Visit, file: UploadedFile, checked: Checked, *, moderating: bool) -> None:
    if checked.report.exit_code == 2 or not (checked.report.problems or mended.acts(file)):
        return
    st.download_button(
        "Download your file with the cells marked",
        downloads.content(
            visit,
            "marked_copy",
            "xlsx",
            downloads.of_a_return(),
            lambda: uploads.annotated(
                visit, file, moderating=moderating, stated=read_by_a_layout(checked), mends=mended.mends(file)
            ),
        ),
        file_name=f"checked-{file.name.rsplit('.', 1)[0]}.xlsx",
        on_click="ignore",
        key=f"annotated-{file.file_id}",
    )


def _send(visit: Visit, one: Dropped, checked: Checked, *, moderating: bool) -> None:
    if not one.may_be_sent:
        return
    many = checked.report.rows_accepted
    kind = kinds().get(checked.report.kind or "")
    word = kind.row_word[many != 1] if kind else "figures"
    if not st.button(f"Send {many:,} {word}", type="primary", key=f"send-{one.file.file_id}"):
        return
    with st.spinner("Storing the return"):
        fault = dropped.send(visit, one, moderating=moderating)
    if fault is not None:
        put(tag("p", f"It was not stored. {fault}", cls="said", role="status"))
        return
    st.rerun()
