"""The mapping assistant on the page Returns: told once, and then no more questions."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app import uploads
from app.session import Visit
from app.widgets.mapping import read_by_a_layout
from pipelines.flows import layouts
from pipelines.store import submissions
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.returns.mends import REASON_FOR, Mend
from tests.pages.opening import markup, opened, words
from tests.pages.test_assessments_owed import Dropped
from tests.pipelines.own_sheet import CONTACTS, FAMILIES, PLANS, ROWS, content, newest

pytestmark = pytest.mark.slow
PERIOD = newest(datetime.now(UTC).date())
STEWARD = Actor("Steward", "business_unit")


def dropped(app, name, body):
    app.file_uploader(key="files").set_value([(name, body, "text/csv")]).run()
    assert not app.exception, app.exception
    return app


def pressed(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, app.exception
    return words(app)


def field(app, part):
    """The list whose label holds some words."""
    (found,) = [each for each in app.selectbox if part in each.label]
    return found


@pytest.fixture
def asked(demonstration):
    """The assistant open over an unknown spreadsheet."""
    app = dropped(opened("returns", "analyst"), "own figures.csv", content(PERIOD))
    pressed(app, "Tell us once how to read it")
    return app


def saved(app):
    field(app, f"“{PLANS}”").set_value("leave out: It is not in the partnership's data set").run()
    next(each for each in app.checkbox if each.label.startswith("I have looked")).check().run()
    return pressed(app, "Save as our layout")


def test_the_guesses_are_shown_with_how_sure_they_are_and_only_what_is_likely_is_filled_in(asked):
    shown = words(asked)
    assert "names the rows" in shown and f"Quarter {PERIOD.id[-1]}: number" in shown
    assert "3 headings" in shown  # the row of the headings is marked in words
    assert field(asked, f"“{CONTACTS}” (likely, ").value == "FD01"
    assert field(asked, f"“{FAMILIES}” (likely, ").value == "EH01"
    assert field(asked, "“Front door” (holds no figures)").value.startswith("leave out: ")
    unsure = field(asked, f"“{PLANS}”")
    assert "(unsure, " in unsure.label or "(no match)" in unsure.label
    assert unsure.value is None
    assert field(asked, "“Outturn”").value == "year_total" and "year’s total" in shown


def test_nothing_is_saved_until_every_row_is_answered_and_somebody_says_it_was_looked_at(asked):
    assert "1 row is still to be answered. Nothing was saved." in pressed(asked, "Save as our layout")
    assert "To be answered: 1." in words(asked)
    field(asked, f"“{PLANS}”").set_value("EH02").run()
    assert "To be answered: 0." in words(asked)
    assert "Tick that you have looked at it. Nothing was saved." in pressed(asked, "Save as our layout")


def test_the_preview_shows_what_would_be_stored_and_stores_nothing(asked, demonstration):
    shown = pressed(asked, "Show what would be stored")
    assert "2 of 3 figures taken" in shown
    assert "FD01 Contacts to the Front Door" in shown and "9,000" in shown
    assert f"“{PLANS}” is no row of the layout" in shown
    with transaction(demonstration, write=False) as connection:
        assert submissions.history(connection, "lcc_cf", PERIOD.next.id).empty
    assert layouts.standing(demonstration, STEWARD) == ()
    # An answer that changes makes the preview one of another layout.
    field(asked, f"“{PLANS}”").set_value("EH02").run()
    assert "2 of 3 figures taken" not in words(asked)


def test_told_once_the_next_file_is_sent_without_a_question(asked, demonstration):
    shown = saved(asked)
    assert "read by the layout “own figures”" in shown
    assert "Tell us once how to read it" not in [button.label for button in asked.button]
    pressed(asked, "Send 2 figures")
    assert "2 of 2 figures count" in words(asked)
    with transaction(demonstration, write=False) as connection:
        stored = submissions.history(connection, "lcc_cf", PERIOD.next.id)
    assert dict(zip(stored["indicator_id"], stored["numerator"], strict=True)) == {"FD01": 9000.0, "EH01": 3000.0}

    later = dropped(opened("returns", "analyst"), "next.csv", content(PERIOD, {**ROWS, CONTACTS: 9_050}, moved=True))
    assert "Send 2 figures" in [button.label for button in later.button]
    assert "Tell us once how to read it" not in [button.label for button in later.button]


def test_the_copy_with_the_cells_marked_is_of_the_agencys_own_sheet(asked, demonstration):
    saved(asked)
    # Another agency with a spreadsheet of the same shape: the copy is made for the one whose file it is.
    (kept,) = layouts.standing(demonstration, STEWARD)
    layouts.save(demonstration, STEWARD, kept.model_copy(update={"agency_id": "wyp_leeds"}), datetime.now(UTC))
    visit = Visit(
        demonstration, Actor("An analyst", "analyst", "lcc_cf"), "partnership", None, None, None, datetime.now(UTC)
    )
    file = Dropped("own figures.csv", content(PERIOD, {**ROWS, "Our own S47s": 250}))
    checked = uploads.check(visit, file)
    copy = load_workbook(BytesIO(uploads.annotated(visit, file, stated=read_by_a_layout(checked))))
    assert any("Our own S47s" in str(cell.value) for row in copy["Problems"].iter_rows() for cell in row)
    mends = [
        Mend("CSV", "A8", "indicator_id", "FD02"),
        Mend("CSV", f"{'BCDE'[int(PERIOD.id[-1]) - 1]}5", REASON_FOR, "Schools use the new form since July"),
    ]
    copy = load_workbook(BytesIO(uploads.annotated(visit, file, stated=read_by_a_layout(checked), mends=mends)))
    said = [str(cell.value) for row in copy["Problems"].iter_rows() for cell in row]
    assert not any("Our own S47s" in words for words in said)
    assert "Mended on the page: read as “FD02”. The cell itself is as it came." in said
    assert (
        "The reason given on the page for the figure in this cell is “Schools use the new form since July”."
        in " ".join(said)
    )


def test_a_cell_of_the_agencys_own_sheet_is_mended_on_the_page_sent_and_receipted(asked, demonstration):
    saved(asked)
    app = dropped(opened("returns", "analyst"), "own figures.csv", content(PERIOD, {**ROWS, CONTACTS: "about 9,050"}))
    assert "under Reason" not in words(app)
    column = "BCDE"[int(PERIOD.id[-1]) - 1]
    next(each for each in app.text_input if each.label == f"Number ({column}5)").set_value("9050")
    assert f"Mended: CSV, Number ({column}5): 9050." in pressed(app, f"Correct {column}5")
    shown = pressed(app, "Send 2 figures")
    assert "Mended here 1 cell" in shown
    with transaction(demonstration, write=False) as connection:
        stored = submissions.history(connection, "lcc_cf", PERIOD.next.id).set_index("indicator_id")["numerator"]
        kept = connection.execute("select sheet, cell, column_name, value from mend").fetchall()
    assert stored["FD01"] == 9050
    assert kept == [("CSV", f"{column}5", "numerator", "9050")]


def test_of_a_known_shape_only_the_new_row_is_asked(asked):
    saved(asked)
    later = dropped(opened("returns", "analyst"), "next.csv", content(PERIOD, {**ROWS, "Our own S47s": 250}))
    shown = pressed(later, "Tell us once how to read it")
    assert "Filled in, to be looked over: 4. To be answered: 1." in shown
    assert field(later, f"“{PLANS}” (as saved)").value.startswith("leave out: ")
    assert field(later, "“Our own S47s”").value is None


def test_a_layout_is_listed_and_can_be_withdrawn(asked, demonstration):
    saved(asked)
    app = opened("returns", "analyst")
    assert "own figures" in words(app)
    app.selectbox(key="layout_which").set_value("own-figures")
    assert "No further file is read by “own figures”" in pressed(app, "Read no further file by it")
    assert layouts.standing(demonstration, STEWARD) == ()


@pytest.mark.parametrize(
    "body",
    [
        b"Name,Date of birth,NHS number,Q1\nExample Child,01/02/2015,943 476 5919,1\n",  # refused as about people
        b"\x89PNG\r\n\x1a\n\x00\x00",  # cannot be read
    ],
)
@pytest.mark.usefixtures("demonstration")
def test_what_is_refused_gets_no_assistant_and_is_not_shown(body):
    app = dropped(opened("returns", "analyst"), "list.csv", body)
    assert "This file cannot be used" in words(app)
    assert "Tell us once how to read it" not in [button.label for button in app.button]
    assert "Example Child" not in words(app)


@pytest.mark.usefixtures("demonstration")
def test_a_name_in_a_cell_is_not_shown_back():
    body = b"Seen by Mrs Oddlysaid\nWhat we count,Q1,Q2\nContacts to the front door,90,80\nFamilies open to FH,9,8\n"
    app = dropped(opened("returns", "analyst"), "own.csv", body)
    assert "(not shown)" in pressed(app, "Tell us once how to read it")
    assert "Oddlysaid" not in words(app) + " ".join(each.label for each in app.selectbox)


@pytest.mark.usefixtures("demonstration")
def test_a_file_that_does_not_say_its_quarter_is_asked_for_that_alone():
    body = (
        content(PERIOD).replace(b"Quarterly figures", b"Our figures").replace(PERIOD.financial_year.short.encode(), b"")
    )
    app = dropped(opened("returns", "analyst"), "own figures.csv", body)
    pressed(app, "Tell us once how to read it")
    saved(app)
    assert "Send 2 figures" not in [button.label for button in app.button]
    field(app, "Quarter of this file").set_value(PERIOD.id)
    pressed(app, "Check it as this quarter's return")
    assert "Send 2 figures" in [button.label for button in app.button]


@pytest.mark.usefixtures("demonstration")
def test_words_of_the_file_are_words_in_every_label():
    picture = "![p](http://x.example/p.png) contacts"
    body = f"What we count,Q1,Q2\n{picture},90,80\n<script>alert(1)</script>,9,8\n".encode()
    app = dropped(opened("returns", "analyst"), "own.csv", body)
    pressed(app, "Tell us once how to read it")
    labels = [each.label for each in app.selectbox]
    assert any("“!(p)(http: //x.example/p.png) contacts”" in label for label in labels)
    assert any("“\u2039script\u203aalert(1)\u2039/script\u203a”" in label for label in labels)
    # A label is read aloud as it is written: it has no sign that markdown would take for its own, and none to hide one.
    assert not any(sign in label for label in labels for sign in ("\\", "[", "<s", "</"))
    assert "<script>alert(1)" not in markup(app)


@pytest.mark.usefixtures("demonstration")
def test_the_business_unit_says_first_for_whom_the_file_is():
    app = dropped(opened("returns", "business_unit"), "own figures.csv", content(PERIOD))
    assert "Choose above for which agency" in words(app)
    assert "Tell us once how to read it" not in [button.label for button in app.button]
    app.selectbox(key="agency_of_returns").set_value("lcc_cf").run()
    pressed(app, "Tell us once how to read it")
    assert "read by the layout “own figures”" in saved(app)
