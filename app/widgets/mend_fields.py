"""The fields in which something is mended, and what was given in them."""

from __future__ import annotations

import hashlib
from string import ascii_uppercase
from typing import TYPE_CHECKING

import streamlit as st

from app.mended import Act
from app.widgets.places import places
from app.widgets.plainly import plainly
from schemas.returns.mends import LONGEST, REASON_FOR, Mend

if TYPE_CHECKING:
    from datetime import datetime

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from pipelines.flows.mending import Field, Mendable

# As long as a number, a day or a reference may be.
_SHORT = 60


def key(file: UploadedFile, meant: Mendable) -> str:
    """What a set of fields is known by: the same as long as it is for the same problems of the same file."""
    told = "|".join(f"{p.rule} {p.sheet} {p.cell}" for p in meant.problems) + meant.how
    return f"{file.file_id}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def asked(meant: Mendable, at: str) -> dict[str, str] | None:
    """Ask for the answer: by cell what was given, once the button is pressed; None before."""
    ask = {"choose": _chosen, "say": _said, "type": _typed}[meant.how]
    with (
        st.form(f"form-{at}-{_round(at)}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", key=f"ask-{meant.how}-{at}"),
    ):
        given = ask(meant, at)
        pressed = st.form_submit_button(_button(meant))
    return given if pressed else None


def act(meant: Mendable, given: dict[str, str], at: datetime) -> Act | None:
    """What was given as an act of mending; None where it changes nothing."""
    own = {problem.cell for problem in meant.problems}
    answers = tuple(
        Mend(field.sheet, field.cell, field.column, given[_at(field)].strip(), at)
        for field in meant.fields
        if _at(field) in given and (meant.how != "type" or _differs(field, given[_at(field)], own))
    )
    if not answers or (meant.how == "say" and not any(mend.value for mend in answers)):
        return None
    emptied = meant.beside if meant.how == "choose" and not answers[0].value else ()
    beside = tuple(Mend(field.sheet, field.cell, field.column, "", at) for field in emptied)
    return Act(_words(meant, answers), (*answers, *beside), meant.also)


def clear(at: str) -> None:
    """Empty the fields: what was typed in them is forgotten."""
    st.session_state[f"round-{at}"] = _round(at) + 1


def _round(at: str) -> int:
    found: int = st.session_state.get(f"round-{at}", 0)
    return found


def _differs(field: Field, given: str, own: set[str | None]) -> bool:
    """Whether a field was changed; a cell that is wrong and could not be shown counts as changed when it is left empty."""
    return given.strip() != field.now.strip() or (not field.now and not given.strip() and field.cell in own)


def _chosen(meant: Mendable, at: str) -> dict[str, str]:
    labels = [option.label for option in meant.options]
    place = st.selectbox(
        _label(meant),
        range(len(labels)),
        index=meant.nearest,
        format_func=labels.__getitem__,
        placeholder="Choose one",
        key=f"choose-{at}-{_round(at)}",
    )
    return {} if place is None else {_at(field): meant.options[place].value for field in meant.fields}


def _said(meant: Mendable, at: str) -> dict[str, str]:
    text = st.text_area(
        _label(meant),
        max_chars=LONGEST,
        placeholder="What happened, and why. Roles, never names.",
        key=f"say-{at}-{_round(at)}",
        height=90,
    )
    return {_at(field): text for field in meant.fields}


def _typed(meant: Mendable, at: str) -> dict[str, str]:
    return {
        _at(field): st.text_input(
            f"{field.heading} ({plainly(_cell(field, meant))})",
            value=field.now,
            max_chars=_SHORT,
            key=f"type-{at}-{_round(at)}-{_at(field)}",
        )
        for field in meant.fields
    }


def _cell(field: Field, meant: Mendable) -> str:
    """A cell's address; with its sheet where it stands on another than the problem."""
    return field.cell if field.sheet == meant.problems[0].sheet else f"{field.sheet}!{field.cell}"


def _at(field: Field) -> str:
    return f"{field.sheet}!{field.cell}|{field.column}"


def _label(meant: Mendable) -> str:
    first = meant.fields[0]
    if not first.cell:
        return f"{first.heading} of this return"
    many = len(meant.fields)
    return (
        f"{first.heading}, {plainly(first.sheet)}!{first.cell}"
        if many == 1
        else f"{first.heading}, for all {many:,} places"
    )


def _button(meant: Mendable) -> str:
    many = len(meant.fields)
    if meant.how == "say":
        return "Give this reason" if meant.fields[0].column in ("reason", REASON_FOR) else "Write this"
    if meant.how == "type":
        cells = {(field.sheet, field.cell) for field in meant.fields}
        if len(cells) == 1:
            return f"Correct {meant.fields[0].cell}"
        rows = {(field.sheet, field.cell.lstrip(ascii_uppercase)) for field in meant.fields}
        return f"Correct row {meant.problems[0].row}" if len(rows) == 1 else "Correct these"
    where = f" in {meant.fields[0].cell}" if meant.fields[0].cell else ""
    return f"Use this{where}" if many == 1 else f"Use this in all {many:,} places"


def _words(meant: Mendable, answers: tuple[Mend, ...]) -> str:
    """`Area in Figures!D243: Armley`: what was mended, for the list of what can be taken back."""
    labels = {option.value: option.label for option in meant.options}
    first = meant.fields[0]
    if meant.how == "type":
        fields = {(field.sheet, field.cell): field for field in meant.fields}
        given = [(fields[mend.sheet, mend.cell], mend.value) for mend in answers]
        each = [f"{field.heading} ({_cell(field, meant)}): {value or 'left empty'}" for field, value in given]
        return f"{first.sheet}, {', '.join(each)}"
    last = answers[-1]
    value = labels.get(last.value, last.value)
    where = places(meant.problems) if first.cell and (len(answers) > 1 or last.is_beside) else last.where
    return (
        f"{first.heading} {'for' if last.is_beside else 'in'} {where}: {value}"
        if first.cell
        else f"{first.heading} of this return: {value}"
    )
