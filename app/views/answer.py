"""The form behind a link, for a school, a nursery or a club: one part at a time, saved as it goes, sent once.

It belongs to no role and shows nothing else of the app: the link is all that is asked for.
"""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from app import answers, session
from app.answers import CHECK, START
from app.widgets import answer_parts as parts
from app.widgets import scripts
from app.widgets.answer_steps import before_sending, one_standard, turn
from app.widgets.page import opening, put
from pipelines.flows import answering
from pipelines.flows.form_faults import told
from schemas.problems import UserError

TITLE = "Self-assessment"
ORDER = 900
URL = "answer"
ROLES = ()
ALONE = True


def show() -> None:
    """Open the form, then the part of it that is being answered; afterwards its receipt."""
    st.set_page_config(page_title=TITLE)
    scripts.run(scripts.NO_REFERRER)
    token = st.query_params.get("link", "")
    put(parts.head())
    try:
        _open(token)
    except UserError as why:
        put(opening(TITLE, "The form cannot be opened", told(why)))


def _open(token: str) -> None:
    form = answering.open_form(session.home(), token, datetime.now(UTC))
    if form.sent is not None:
        put(parts.receipt(form))
        return
    window = answers.window(form, token)
    if window.part == START:
        put(parts.start(form))
        first = next(iter(form.by_standard))
        turn(window, ("Carry on" if form.saved_at else "Start", first))
    elif window.part == CHECK:
        before_sending(window, form)
    else:
        one_standard(window, form, window.part)
