"""The layouts an agency has saved, and the button to read no further file by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.refusing import on_page
from app.widgets.html import tag
from app.widgets.page import put, section
from app.widgets.tables import Column, Row, table, two_lines
from pipelines.queries import kept_layouts
from schemas.periods import day_words
from schemas.problems import UserError

if TYPE_CHECKING:
    from app.session import Visit

_NOTE = (
    "Files of these shapes are read without a question. To change one, send a file of its shape and correct it there."
)
_SAID = "layout-withdrawn"


def layouts_kept(visit: Visit, agency_id: str) -> None:
    """The agency's layouts, where it has any, and which of them to withdraw."""
    receipt: str | None = st.session_state.pop(_SAID, None)
    if receipt is not None:
        put(tag("p", receipt, cls="said", role="status"))
    found = kept_layouts.kept(visit.home, visit.actor, agency_id)
    if not found:
        return
    columns = [
        Column("Layout", width="44%"),
        Column("Rows read", right=True, width="14%"),
        Column("Saved", width="20%"),
        Column("By"),
    ]
    rows = [
        Row(
            two_lines(each.title, f"Version {each.version}; {each.left_out} left out"),
            (str(each.rows), day_words(each.saved_at.date()), each.saved_by),
        )
        for each in found
    ]  # fmt: skip
    put(
        section(
            "Your own spreadsheets",
            table("Layouts that stand", columns, rows, cls="pairs", hide_caption=True),
            note=_NOTE,
        )
    )
    titles = {each.layout_id: each.title for each in found}
    with st.container(key="space-layouts"), st.form("layouts", border=False):
        chosen = st.selectbox(
            "Layout to withdraw", list(titles), index=None, format_func=titles.__getitem__, key="layout_which",
            placeholder="Choose one",
        )  # fmt: skip
        pressed = st.form_submit_button("Read no further file by it")
    if pressed:
        _withdraw(visit, agency_id, chosen, titles)


def _withdraw(visit: Visit, agency_id: str, chosen: str | None, titles: dict[str, str]) -> None:
    if chosen is None:
        put(tag("p", "Choose a layout. Nothing was withdrawn.", cls="said not-yet", role="status"))
        return
    from pipelines.flows import layouts

    try:
        layouts.withdraw(visit.home, visit.actor, agency_id, chosen, visit.at)
    except UserError as said:
        put(tag("p", on_page(said), cls="said not-yet", role="status"))
        return
    st.session_state[_SAID] = f"No further file is read by “{titles[chosen]}”. What has been sent stays as it is."
    st.rerun()
