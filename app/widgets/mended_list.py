"""What was mended of a file here, each with the button that takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import mended
from app.widgets.html import tag
from app.widgets.icons import icon
from app.widgets.page import put

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

_NOTE = "Your file stays as it is: these are sent beside it and kept with your name. Mend your own copy as well."


def mended_list(file: UploadedFile) -> None:
    """The acts of mending, the last first, and what was said of the last."""
    done = mended.acts(file)
    words = mended.said(file, "mended")
    if words:
        put(tag("p", words, cls="said", role="status"))
    if not done:
        return
    put(tag("div", tag("h4", tag("span", icon("done"), f"Mended here ({len(done):,})")), tag("p", _NOTE), cls="to-do"))
    for place in reversed(range(len(done))):
        with st.container(key=f"mended-{file.file_id}-{place}", horizontal=True):
            put(tag("p", done[place].words, cls="mended"))
            pressed = st.button("Take it back", key=f"back-{file.file_id}-{place}")
        if pressed:
            mended.take_back(file, place)
            mended.say(file, "mended", f"Taken back: {done[place].words}.")
            st.rerun()
