"""Which quarter a file is the return of, where the file does not say: the sender's word, for the file as it lies here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import uploads
from app.widgets.html import tag
from app.widgets.page import put
from schemas.periods import quarter_of

if TYPE_CHECKING:
    from datetime import date

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from app.session import Visit

_MANY = 8


def quarters(today: date) -> dict[str, str]:
    """The last quarters that are over, the newest first, by id, each in words."""
    found = [quarter_of(today).previous]
    while len(found) < _MANY:
        found.append(found[-1].previous)
    return {each.id: each.label for each in found}


def quarter_asked(visit: Visit, file: UploadedFile, agency_id: str) -> None:
    """Ask for the quarter, and check the file again as its return."""
    titles = quarters(visit.at.date())
    with st.container(key=f"mapping-quarter-{file.file_id}"):
        put(
            tag(
                "p",
                "The file does not say which quarter it is of. Say it here, and it is checked again.",
                cls="text on",
            )
        )
        chosen = st.selectbox(
            "Quarter of this file", list(titles), index=None, format_func=titles.__getitem__, placeholder="Choose one",
            key=f"mapping-which-{file.file_id}",
        )  # fmt: skip
        if st.button("Check it as this quarter's return", key=f"mapping-which-go-{file.file_id}") and chosen:
            checked_afresh(file, agency_id, chosen)


def checked_afresh(file: UploadedFile, agency_id: str, period_id: str) -> None:
    """Remember whose the file is and for when, forget what was found of it, and run the page again."""
    uploads.state(file, agency_id, period_id)
    for key in [key for key in st.session_state if str(key).startswith(f"checked-{file.file_id}")]:
        del st.session_state[key]
    st.rerun(scope="app")
