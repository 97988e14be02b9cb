"""Several dropped files: a line for each first, and one press that sends all that are ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import dropped
from app.widgets.html import Html, tag
from app.widgets.icons import mark
from app.widgets.page import put
from app.widgets.plainly import plainly
from app.widgets.tables import Column, Row, table, two_lines
from app.widgets.verdict import read_as, sentence, shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.dropped import Dropped
    from app.session import Visit

_SAID = "several_said"
_COLUMNS = [Column("File", width="46%"), Column("What the check found"), Column("State", width="18%")]


def overview(visit: Visit, found: Sequence[Dropped], *, moderating: bool) -> None:
    """A line for each file, then the button for those that are ready."""
    put(
        tag("h3", _headline(found), cls="after"),
        table("Files you dropped", _COLUMNS, [_row(each) for each in found], cls="pairs", hide_caption=True),
    )
    said: str | None = st.session_state.pop(_SAID, None)
    if said is not None:
        put(tag("p", said, cls="said", role="status"))
    ready = [each for each in found if each.is_ready]
    if not ready:
        return
    with st.container(key="space-several"):
        words = "the one file that is ready" if len(ready) == 1 else f"the {len(ready):,} files that are ready"
        pressed = st.button(f"Send {words}", type="primary", key="send_ready")
    if pressed:
        _send(visit, ready, moderating=moderating)


def title(each: Dropped) -> str:
    """The name of a fold: the file, and what it came to in a few words."""
    return f"{plainly(each.name)}: {_state(each)}"


def _send(visit: Visit, ready: Sequence[Dropped], *, moderating: bool) -> None:
    """Send one after another; what cannot be stored is said, and the others go."""
    faults: list[str] = []
    for number, each in enumerate(ready, 1):
        with st.spinner(f"Storing {plainly(each.name)} ({number} of {len(ready)})"):
            fault = dropped.send(visit, each, moderating=moderating)
        if fault is not None:
            faults.append(f"{each.name} was not stored: {fault}")
    sent = len(ready) - len(faults)
    st.session_state[_SAID] = " ".join([f"{sent:,} of {len(ready):,} sent.", *faults])
    st.rerun()


def _headline(found: Sequence[Dropped]) -> str:
    ready, sent = sum(each.is_ready for each in found), sum(each.sent is not None for each in found)
    told = [f"{sent:,} sent"] if sent else []
    told += [f"{ready:,} ready to send"] if ready else []
    rest = len(found) - ready - sent
    told += [f"{rest:,} to look at"] if rest else []
    return f"{len(found):,} files: {', '.join(told)}"


def _row(each: Dropped) -> Row:
    checked = each.checked
    under = read_as(checked.report) if checked is not None else None
    return Row(
        two_lines(tag("span", each.name, cls="breaks"), under),
        (_found(each), mark(_icon(each), _state(each))),
    )


def _found(each: Dropped) -> Html | str:
    if each.sent is not None:
        return each.sent.words
    if each.checked is None:
        return each.fault
    if each.like:
        return two_lines(
            sentence(each.checked.report), f"It answers the same return as {each.like}: send the one that counts."
        )
    report = each.checked.report
    why = next((problem.message for problem in report.problems if problem.severity == "error"), None)
    return two_lines(sentence(report), why) if report.verdict == "refused" else sentence(report)


def _state(each: Dropped) -> str:
    if each.sent is not None:
        return "Sent"
    if each.is_ready:
        return "Ready to send"
    return "Choose which to send" if each.like else "Cannot be sent"


def _icon(each: Dropped) -> str:
    if each.sent is not None:
        return "done"
    if not each.is_ready or each.checked is None:
        return "query" if each.like else "error"
    return "done" if shape(each.checked.report) == "done" else "query"
