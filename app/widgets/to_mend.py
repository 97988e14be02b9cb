"""What is to be mended or explained, each thing with the field to do it in: chosen, typed or said, and checked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import mended
from app.refusing import on_page
from app.widgets import mend_fields, problems
from app.widgets.html import tag
from app.widgets.page import put
from pipelines.flows.mending import PersonalError
from schemas.problems import UserError

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from app.session import Visit
    from app.uploads import Checked
    from pipelines.flows.mending import Mendable
    from schemas.problems import Severity

# More fields than this at once help nobody: as some are mended, the next come up.
FIELDS = 12
_ANY_REASON = (
    "A reason is not required to send them; without one the Executive sees that a figure changed, and not why."
)


def to_mend(visit: Visit, file: UploadedFile, checked: Checked, severity: Severity, *, moderating: bool) -> None:
    """All of one severity: by what to do, like ones together, each with its field where it can be mended here."""
    report = checked.report
    mine = [problem for problem in report.problems if problem.severity == severity]
    if not mine:
        return
    put(problems.head(severity, len(mine), report.kind, refused=report.verdict == "refused"))
    room = FIELDS
    for each in problems.remedies(mine):
        put(problems.remedy(each, report.kind))
        left = list(each.problems)
        for meant in (m for m in checked.mendables if m.problems[0].rule == each.rule):
            if room and meant.problems[0].severity == severity:
                room -= 1
                _one(visit, file, meant, told=each.told, moderating=moderating)
                done = frozenset(meant.problems)
                left = [problem for problem in left if problem not in done]
        if left:
            put(problems.listed(left, told=each.told))


def to_explain(visit: Visit, file: UploadedFile, checked: Checked, *, moderating: bool) -> None:
    """The figures that would change without a reason, an indicator at a time, each with the field to give one in."""
    if not checked.unexplained:
        return
    put(tag("h4", "Why they change"), tag("p", _ANY_REASON, cls="second"))
    for meant in checked.unexplained[:FIELDS]:
        _one(visit, file, meant, told=True, moderating=moderating)


def _one(visit: Visit, file: UploadedFile, meant: Mendable, *, told: bool, moderating: bool) -> None:
    """One line of like problems and its field."""
    key = mend_fields.key(file, meant)
    with st.container(key=f"mend-{key}"):
        if not meant.is_second:
            put(problems.like_ones(meant.problems, told=told))
        answers = mend_fields.asked(meant, key)
        if answers is not None:
            _take_up(visit, file, meant, answers, key, moderating=moderating)
        words = mended.said(file, key)
        if words:
            put(tag("p", words, cls="said", role="status"))


def _take_up(  # noqa: PLR0913 - which file, what was meant, what was given
    visit: Visit, file: UploadedFile, meant: Mendable, answers: dict[str, str], key: str, *, moderating: bool
) -> None:
    """Check what was given; keep it where it mends, say why not where it does not."""
    act = mend_fields.act(meant, answers, visit.at)
    if act is None:
        mended.say(file, key, "Nothing was changed: choose or type something first.")
        return
    try:
        with st.spinner("Checking it again", show_time=True):
            refused = mended.mend(visit, file, meant, act, moderating=moderating)
    except PersonalError as why:
        mend_fields.clear(key)  # what may be somebody's name stays nowhere
        mended.say(file, key, str(why))
        st.rerun()
    except UserError as why:  # the vault may be in use: what was typed stays, to be tried again
        mended.say(file, key, f"{on_page(why)} Nothing was changed.")
        return
    if refused is not None:
        mended.say(file, key, refused)
        return
    mended.say(file, "mended", f"Mended: {act.words}.")
    st.rerun()
