"""The mapping assistant: a spreadsheet nobody has described is shown with what it could be, put right, and kept as a layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import session, uploads
from app.refusing import on_page
from app.widgets.html import tag
from app.widgets.mapping_columns import sheets_said
from app.widgets.mapping_quarter import quarter_asked
from app.widgets.mapping_rows import rows_said
from app.widgets.mapping_saving import Answers, saving
from app.widgets.page import empty, put
from pipelines.flows import layouts, unknown_files
from pipelines.flows.returns import Stated
from schemas.catalogue import catalogue
from schemas.problems import UserError

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from app.session import Visit
    from app.uploads import Checked
    from pipelines.flows.unknown_files import Unknown

# What a check says of a file that could be read, and whose shape it does not know.
_OF_SHAPE = frozenset(
    {"kind_is_not_known", "column_is_missing", "column_is_doubled", "sheet_is_missing", "layout_does_not_fit",
     "row_is_not_in_the_layout", "column_of_the_layout_is_missing"}
)  # fmt: skip
# What ends it: nothing of such a file is shown.
_NEVER = frozenset({"person_level_data", "file_cannot_be_read"})
_MAY = ("analyst", "approver", "business_unit")
_OFFER = "Tell us once which columns and rows hold what, and it is read as it is from then on."
_FOR_WHOM = (
    "Choose above for which agency the file is sent. A spreadsheet of its own is then read by the agency's layout, or "
    "can be described here."
)
_INTRO = (
    "Each guess is marked with how sure it is. Put right what is wrong, answer what is asked, and save it: next quarter "
    "a file of this shape is read without a question. Nothing is sent by saving."
)


def mapping(visit: Visit, file: UploadedFile, checked: Checked) -> None:
    """Offer to be told how a file is read, where the check could not read its shape and the actor may say so.

    Of a file whose shape is known, and that does not say which quarter it is of, only that is asked.
    """
    agency_id = uploads.acting_for(visit)
    if visit.actor.role not in _MAY:
        return
    if not any(agency_id in each.sent_by and not each.computed_from for each in catalogue().indicators.values()):
        if _is_offered(checked):
            put(tag("p", _FOR_WHOM, cls="text on"))
        return
    if _lacks_its_quarter(checked):
        quarter_asked(visit, file, agency_id)
    if not _is_offered(checked):
        return
    key = f"mapping-open-{file.file_id}"
    with st.container(key=f"mapping-{file.file_id}"):
        put(tag("div", tag("h3", "A spreadsheet of your own?"), tag("p", _OFFER, cls="text"), cls="verdict"))
        if not st.session_state.get(key):
            st.button("Tell us once how to read it", key=f"mapping-start-{file.file_id}", on_click=_open, args=(key,))
            return
        _assistant(visit, file, agency_id)


def read_by_a_layout(checked: Checked) -> Stated | None:
    """Whose a file is and for when, where a layout was needed to read it: without that another reader could not."""
    report = checked.report
    if not any(problem.rule == "file_is_read_by_a_layout" for problem in report.problems):
        return None
    return Stated(report.agency_id or "", report.period_id or "")


def _open(key: str) -> None:
    st.session_state[key] = True


def _is_offered(checked: Checked) -> bool:
    rules = {problem.rule for problem in checked.report.problems}
    return bool(rules & _OF_SHAPE) and not rules & _NEVER and checked.report.kind in (None, "figures")


def _lacks_its_quarter(checked: Checked) -> bool:
    rules = {problem.rule for problem in checked.report.problems}
    return "period_is_missing" in rules and checked.report.kind == "figures"


@st.fragment
def _assistant(visit: Visit, file: UploadedFile, agency_id: str) -> None:
    """The steps from the grid to the saved layout; a choice runs only this part of the page again."""
    if not session.still_here():
        st.rerun(scope="app")
    unknown = _unknown(file)
    if unknown is None:
        return
    kept = [each for each in layouts.standing(visit.home, visit.actor) if each.agency_id == agency_id]
    before = unknown_files.read_by(unknown, kept)
    put(tag("p", _INTRO, cls="text"))
    if before is not None:
        put(tag("p", f"It is read by your layout “{before.layout.title}”. What you said before is filled in; only what is "
                     "new is asked.", cls="text"))  # fmt: skip
    guess = sheets_said(unknown, agency_id, file.file_id, before)
    if not guess.tables:
        put(empty("No table of figures was found", "Say above on which row the headings of your figures stand."))
        return
    chosen, asked = rows_said(guess, agency_id, file.file_id, before)
    saving(visit, file, Answers(agency_id, guess, chosen, asked, before))


def _unknown(file: UploadedFile) -> Unknown | None:
    """The file as read, once a session; None, with the reason said, where it must not be shown."""
    key = f"mapping-file-{file.file_id}"
    if key not in st.session_state:
        try:
            st.session_state[key] = uploads.looked_at(file)
        except UserError as said:
            put(empty("It is not shown", on_page(said)))
            return None
    found: Unknown = st.session_state[key]
    return found
