"""The assistant's last steps: what would be stored if the file were read so, and keeping it as the agency's layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from app import uploads
from app.refusing import on_page
from app.widgets.html import Html, tag
from app.widgets.mapping_quarter import checked_afresh, quarters
from app.widgets.page import empty, more, put
from app.widgets.problems import problems
from app.widgets.tables import Column, Row, table
from pipelines.flows import layouts, unknown_files
from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from app.session import Visit
    from pipelines.flows.returns import Report
    from pipelines.flows.unknown_files import Chosen, Guess, LayoutMatch
    from schemas.layouts import Layout

_AS_THE_FILE_SAYS = "As the file says: the last quarter that is over and has a figure"
_SHOWN = 12
_DOWN = (
    "Sheet {sheet} names another quarter row by row (column “{heading}”), and by a layout all its rows would be read as of "
    "one. Keep one quarter in the file, set the sheet’s row of headings to 0, or head the columns as the template does: "
    "then no layout is needed."
)
_NO_TABLE = "A table needs a column that names its rows, and figures under headings. Choose them above."
_COLUMNS = [
    Column("Indicator", width="40%"), Column("Period", width="16%"), Column("Number", right=True),
    Column("Out of", right=True), Column("Value", right=True),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person has said so far: whose file, how it is read, each row's answer, how many are still to come.

    `before`: the layout the file is read by already, in whose place the new one comes.
    """

    agency_id: str
    guess: Guess
    chosen: Mapping[str, Chosen]
    asked: int
    before: LayoutMatch | None


def saving(visit: Visit, file: UploadedFile, answers: Answers) -> None:
    """The preview on request, then the title, the word that everything was looked at, and the button."""
    down = next((table for table in answers.guess.tables if table.quarters_down), None)
    if down is not None:
        put(
            tag(
                "p",
                _DOWN.format(sheet=unknown_files.shown(down.sheet), heading=unknown_files.shown(down.quarters_down)),
                cls="said not-yet",
            )
        )
        return
    put(tag("h4", "What would be stored", cls="after"))
    period_id = _period(visit, file)
    title = answers.before.layout.title if answers.before else st.text_input(
        "Name of the layout", value=_title(file.name), max_chars=80, key=f"mapping-title-{file.file_id}"
    )  # fmt: skip
    try:
        made = unknown_files.layout(
            answers.guess, answers.chosen, title=title.strip() or "Our spreadsheet", agency_id=answers.agency_id,
            layout_id=layouts.id_of(title), before=answers.before,
        )  # fmt: skip
    except ValueError:
        put(tag("p", _NO_TABLE, cls="said not-yet", role="status"))
        return
    _preview(visit, file, made, period_id)
    _save(visit, file, made, period_id, answers)


def _period(visit: Visit, file: UploadedFile) -> str:
    """Which quarter the sender says the file is of; "" to take what the file itself says."""
    titles = {"": _AS_THE_FILE_SAYS, **quarters(visit.at.date())}
    chosen = st.selectbox(
        "Quarter this file is the return of",
        list(titles),
        key=f"mapping-period-{file.file_id}",
        format_func=titles.__getitem__,
    )
    return chosen or ""


def _title(file_name: str) -> str:
    """What the layout is called unless a person says otherwise: the file's name, where that may be shown."""
    name = file_name.rsplit(".", 1)[0].replace("_", " ").strip()[:60]
    return name if name and layouts.may_be_kept(name) else "Our spreadsheet"


def _preview(visit: Visit, file: UploadedFile, made: Layout, period_id: str) -> None:
    """The check of the file by this layout, once asked for; gone as soon as an answer changes."""
    key, state = f"mapping-seen-{file.file_id}", made.model_dump_json() + period_id
    if st.button("Show what would be stored", key=f"mapping-preview-{file.file_id}"):
        with st.spinner("Reading the file so"):
            st.session_state[key] = (state, uploads.tried(visit, file, made, period_id))
    seen: tuple[str, Report] | None = st.session_state.get(key)
    if seen is None or seen[0] != state:
        return
    report = seen[1]
    put(
        tag("p", report.summary(), cls="text on", role="status"),
        _figures(report),
        problems(report.problems, report.kind),
    )


def _figures(report: Report) -> Html:
    """The figures as they would be stored, the first of them open."""
    rows = [_figure(each) for each in report.figures.to_dict("records")]
    if not rows:
        return empty("No figure would be stored", "What stands in the way is said below.")
    first = table("The first figures as they would be stored", _COLUMNS, rows[:_SHOWN], cls="pairs", hide_caption=True)
    rest = rows[_SHOWN:]
    return tag(
        "div",
        first,
        more(f"Show {len(rest):,} more", table("The other figures", _COLUMNS, rest, cls="pairs", hide_caption=True)) if rest else None,
        cls="on",
    )  # fmt: skip


def _figure(each: dict[Hashable, Any]) -> Row:
    indicator = catalogue().indicators[each["indicator_id"]]
    numbers = (_number(each["numerator"]), _number(each["denominator"]), _number(each["value"], indicator.decimals))
    return Row(f"{indicator.id} {indicator.title}", (parse(each["period_id"]).short, *numbers))


def _number(value: float | None, decimals: int | None = None) -> str:
    """A number in full, or a value to its indicator's decimals; a dash for none."""
    if value is None or value != value:  # noqa: PLR0124 - NaN differs from itself
        return "–"
    return f"{value:,.10g}" if decimals is None else f"{value:,.{decimals}f}"


def _save(visit: Visit, file: UploadedFile, made: Layout, period_id: str, answers: Answers) -> None:
    put(tag("h4", "Save it", cls="after"))
    is_meant = st.checkbox(
        "I have looked at every column and row above, and they are right", key=f"mapping-meant-{file.file_id}"
    )
    if not st.button("Save as our layout", type="primary", key=f"mapping-save-{file.file_id}"):
        return
    asked = answers.asked
    if asked or not is_meant:
        todo = (
            f"{asked} {'row is' if asked == 1 else 'rows are'} still to be answered."
            if asked
            else "Tick that you have looked at it."
        )
        put(tag("p", f"{todo} Nothing was saved.", cls="said not-yet", role="status"))
        return
    try:
        # Not the visit's moment: this part of the page may have run for long since the visit began.
        layouts.save(visit.home, visit.actor, made, datetime.now(UTC), is_new=answers.before is None)
    except UserError as said:
        put(tag("p", on_page(said), cls="said not-yet", role="status"))
        return
    for key in ("open", "file", "seen"):
        st.session_state.pop(f"mapping-{key}-{file.file_id}", None)
    checked_afresh(file, made.agency_id, period_id)
