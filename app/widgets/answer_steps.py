"""The steps of the form that take answers: one standard at a time, then a look at all of it, then sending."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from app import answers, session
from app.answers import CHECK, START
from app.widgets import answer_parts as parts
from app.widgets import scripts
from app.widgets.answer_statement import statement
from app.widgets.html import tag
from app.widgets.page import opening, put, section
from pipelines.flows import answering
from pipelines.flows.form_faults import told
from schemas.problems import UserError
from schemas.returns.listed import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.answers import Window
    from pipelines.flows.answer_checks import Told
    from pipelines.flows.answer_form import Asked, Form


def turn(window: Window, *to: tuple[str, str]) -> None:
    """Buttons to other parts, the way on first."""
    with st.container(key="form-turn"):
        for number, (label, part) in enumerate(to):
            kind = "secondary" if number else "primary"
            st.button(label, key=f"to_{part}", type=kind, on_click=answers.go, args=(window, part))


def one_standard(window: Window, form: Form, standard_id: str) -> None:
    """The statements of one standard, each with the fields its score calls for."""
    put(parts.part_head(form, standard_id), parts.progress(form))
    _arrived(window)
    asked = form.by_standard[standard_id]
    _still_true(window, tuple(each for each in asked if each.came_from == "carried" and each.is_answered))
    for each in asked:
        with st.container(key=f"form-{each.statement.id.replace('.', '-')}"):
            statement(window, form, each)
    ids = list(form.by_standard)
    at = ids.index(standard_id)
    on = (f"Next: {_title(form, ids[at + 1])}", ids[at + 1]) if at + 1 < len(ids) else ("Look it over and send", CHECK)
    back = (f"Back: {_title(form, ids[at - 1])}", ids[at - 1]) if at else ("Back to the start", START)
    turn(window, on, back)


def before_sending(window: Window, form: Form) -> None:
    """What is missing, what the check asks about, who stands by it, and the button."""
    found = answering.look_over(session.home(), window.token, datetime.now(UTC))
    missing = [each for each in form.asked if not each.is_answered]
    to_mend = sum(each.severity == "error" for each in found)
    put(
        opening(parts.eyebrow(form), "Look it over, then send", verdict(len(missing), to_mend, len(found) - to_mend)),
        parts.progress(form),
    )
    _arrived(window)
    if missing:
        put(
            section(
                "Not answered", parts.unanswered(missing), note="You may send without them; they count as not answered."
            )
        )
    if found:
        put(
            section(
                "What the check says",
                parts.found(found),
                note="The same as for a workbook. Only what is marked to mend holds it up.",
            )
        )
    put(section("Go back to a part"))
    _parts(window, form, found)
    put(section("Send", note="Roles only, never names. Where you answer alone, write the same role twice."))
    _sign(window)
    # After the button: what it sends is what stood on the page when it was pressed.
    window.looked_over = form.saved_at


def _parts(window: Window, form: Form, found: Sequence[Told]) -> None:
    """A button for each part, with how much of it is answered and to mend."""
    to_mend = [each.statement_id for each in found if each.severity == "error"]
    with st.container(key="form-parts"):
        for standard_id, asked in form.by_standard.items():
            done = sum(each.is_answered for each in asked)
            here = sum(each.statement.id in to_mend for each in asked)
            left = f", {here} to mend" if here else ""
            label = f"{_title(form, standard_id)}: {done}\u00a0of\u00a0{len(asked)}{left}"
            st.button(label, key=f"to_{standard_id}", on_click=answers.go, args=(window, standard_id))


def _sign(window: Window) -> None:
    with st.container(key="form-sign"), st.form("form_send", border=False):
        role = st.text_input("Your role, such as nursery manager", key="form_role")
        agreed = st.text_input("Role of who agreed it, such as owner or chair of governors", key="form_agreed")
        pressed = st.form_submit_button("Send it", type="primary")
    if not pressed:
        return
    try:
        answering.send(session.home(), window.token, role, agreed, datetime.now(UTC), looked_over=window.looked_over)
    except UserError as why:
        put(tag("p", tag("b", "Nothing was sent. "), told(why), cls="said", role="alert"))
        return
    st.rerun()


def _still_true(window: Window, carried: tuple[Asked, ...]) -> None:
    """One press for those whose answers have not changed since last year."""
    if not carried:
        return
    many = (
        "Last year's answer below still holds"
        if len(carried) == 1
        else f"All {len(carried)} of last year's answers below still hold"
    )
    with st.container(key="form-carried"):
        st.button(many, key="form_still_true", on_click=answers.keep_carried, args=(window, carried))


def _arrived(window: Window) -> None:
    """Begin at the top of a part that was just opened, for the eye and for the keyboard."""
    if window.has_moved:
        scripts.run(scripts.TO_THE_TOP, window.part)
        window.has_moved = False


def _title(form: Form, standard_id: str) -> str:
    return form.instrument.standards[standard_id].title


def verdict(missing: int, to_mend: int, others: int) -> str:
    """What is left to do before sending, in a sentence.

    >>> verdict(0, 0, 0)
    'Everything is answered and nothing is asked about.'
    >>> verdict(5, 1, 0)
    '1 thing is to mend before you can send and 5 statements are not answered.'
    """
    said = [f"{to_mend} {'thing is' if to_mend == 1 else 'things are'} to mend before you can send"] * bool(to_mend)
    said += [f"{missing} {'statement is' if missing == 1 else 'statements are'} not answered"] * bool(missing)
    said += [f"{others} {'thing is' if others == 1 else 'things are'} worth a look"] * bool(others)
    return f"{listed(said)}." if said else "Everything is answered and nothing is asked about."
