"""From a dropped file to its receipt: what is wrong is mended on the page, and nothing of it is taken on trust."""

from __future__ import annotations

import shutil
import tempfile

import pytest

from pipelines.queries import inbox
from pipelines.store import files
from pipelines.store.opening import transaction
from schemas.actors import Actor
from tests.pages.opening import opened, words

pytestmark = pytest.mark.slow

HEAD = "Agency,Indicator ID,Indicator,Period,Area,Breakdown,Category,Number,Out of,Value,Marker,Nil,Reason\n"
ROW = "lcc_cf,{0},,2026-27-Q2,,{1},{2},{3},{4},,,,{5}\n"
FAULTY = HEAD + ROW.format("CP07", "Sex", "Grils", 20, 110, "") + ROW.format("CP07", "Sex", "Boys", "n/a", 120, "")
FAULTY += ROW.format("FD04", "", "", 2600, 2500, "") + ROW.format("FD01", "", "", 20000, "", "OK")
CHILDREN = "Name,Date of birth,NHS number\nExample Child,01/02/2015,999 000 0018\n"
ANALYST = Actor("Analyst of an agency, Leeds City Council, Children and Families", "analyst", "lcc_cf")
REASON = "Schools report on the new form since July what they used to phone in"


@pytest.fixture
def home(demonstration, published, monkeypatch):
    """Seventeen returns in a home of the test's own."""
    place = demonstration / "home"
    shutil.copytree(published, place)
    monkeypatch.setenv("THROUGHLINE_HOME", str(place))
    return place


def dropped(*named: tuple[str, str]):
    app = opened("returns", "analyst")
    app.file_uploader(key="files").set_value([(name, text.encode(), "text/csv") for name, text in named])
    return ran(app)


def ran(app):
    app.run()
    assert not app.exception, app.exception
    return app


def press(app, label: str):
    next(button for button in app.button if button.label.startswith(label)).click()
    return ran(app)


def field(fields, label: str):
    return next(each for each in fields if each.label.startswith(label))


def test_a_faulty_return_is_mended_on_the_page_sent_and_receipted(home):
    app = dropped(("return.csv", FAULTY))
    assert "1 of 4 figures accepted; 3 to mend, " in words(app)
    assert "Read as: Quarterly return of figures; Leeds City Council, Children and Families" in words(app)

    assert field(app.selectbox, "Category").value == 0  # the nearest is chosen already
    press(app, "Use this in G2")
    assert "Mended: Category in CSV!G2: Girls." in words(app)
    field(app.selectbox, "Number, CSV!H3").set_value(1)
    press(app, "Use this in H3")
    assert "Not supplied: there is no figure yet" in words(app)
    field(app.text_input, "Number (H4)").set_value("600")
    press(app, "Correct row 4")
    for _ in ("the corrected share", "the contacts"):  # both lie far outside what is usual
        field(app.text_area, "Reason, CSV!M").set_value(REASON)
        press(app, "Give this reason")
    assert "outside its usual range" not in words(app)
    assert "3 of 3 figures accepted; " in words(app)

    press(app, "Send 3 figures")
    said = words(app)
    assert "lcc_cf.figures.2026-27-Q2.v2" in said
    assert "3 of 3 figures count. The next publication will use them." in said
    assert "Mended here 6 cells" in said
    assert "6 cells mended here by" in said
    with transaction(home, write=False) as vault:
        rows = vault.execute(
            "select indicator_id, category, numerator, reason from observation where submission_id like '%Q2.v2' order by 1"
        ).fetchall()
    assert rows == [("CP07", "girls", 20.0, ""), ("FD01", "all", 20000.0, REASON), ("FD04", "all", 600.0, REASON)]
    newest = inbox.history(home, ANALYST, "lcc_cf")[0]
    assert (newest.version, newest.mended, newest.received_by) == (2, 6, ANALYST.name)


def test_ok_is_no_reason_and_a_childs_name_is_refused_and_kept_nowhere(home):
    app = dropped(("return.csv", HEAD + ROW.format("FD01", "", "", 20000, "", "")))
    field(app.text_area, "Reason").set_value("OK")
    press(app, "Give this reason")
    assert "That does not say what happened, and why. Nothing was changed." in words(app)
    assert "Mended here" not in words(app)

    field(app.text_area, "Reason").set_value("Kayden Smith was seen by all three schools")
    press(app, "Give this reason")
    assert "may be about a person, so it was not kept" in words(app)
    assert "1 of 1 figure accepted" in words(app)
    assert field(app.text_area, "Reason").value == ""
    assert "Kayden" not in repr(app.session_state)
    assert "Kayden" not in words(app)
    assert b"Kayden" not in (home / "vault.duckdb").read_bytes()


def test_what_was_mended_can_be_taken_back_and_nothing_is_checked_twice(home):
    app = dropped(("return.csv", FAULTY))
    key = f"checked-{app.session_state['files'][0].file_id}"
    once = app.session_state[key][1]
    assert ran(app).session_state[key][1] is once
    press(app, "Use this in G2")
    assert "2 of 4 figures accepted; 2 to mend" in words(app)
    press(app, "Take it back")
    assert "Taken back: Category in CSV!G2: Girls." in words(app)
    assert "1 of 4 figures accepted; 3 to mend" in words(app)
    assert inbox.history(home, ANALYST, "lcc_cf")[0].version == 1


def test_of_several_files_a_bad_one_holds_up_no_other(home):
    right = HEAD + ROW.format("FD01", "", "", 9400, "", "")
    app = dropped(("right.csv", right), ("children.csv", CHILDREN), ("broken.xlsx", "not a workbook"))
    said = words(app)
    assert "3 files: 1 ready to send, 2 to look at" in said
    assert said.count("This file cannot be used") >= 2
    assert "Example Child" not in said
    press(app, "Send the one file that is ready")
    said = words(app)
    assert "1 of 1 sent." in said
    assert "3 files: 1 sent, 2 to look at" in said
    assert [each.version for each in inbox.history(home, ANALYST, "lcc_cf")][:1] == [2]


@pytest.mark.usefixtures("home")
def test_two_files_of_one_return_are_not_sent_at_one_press():
    one, other = (HEAD + ROW.format("FD01", "", "", number, "", "") for number in (9400, 9410))
    app = dropped(("one.csv", one), ("other.csv", other))
    assert "It answers the same return as other.csv: send the one that counts." in words(app)
    assert not [button for button in app.button if button.label.startswith("Send the")]


@pytest.mark.usefixtures("home")
def test_another_agencys_return_cannot_be_sent_however_it_is_mended():
    app = dropped(("return.csv", HEAD + "lch,HE12,,2026-27-Q2,,,,20,,,,,\n"))
    assert "cannot act for lch" in words(app)
    assert not [button for button in app.button if button.label.startswith("Send ")]


@pytest.mark.usefixtures("home")
def test_who_sends_nothing_is_offered_nothing_to_drop_a_file_on():
    assert not opened("returns", "executive").get("file_uploader")


@pytest.mark.usefixtures("home")
def test_a_disk_that_takes_no_file_is_one_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    said = words(dropped(("return.csv", FAULTY)))
    assert "The file could not be kept for the check: the disk may be full. Nothing was stored." in said


@pytest.mark.usefixtures("home")
def test_the_receipt_of_an_earlier_submission_can_be_had_again():
    app = opened("returns", "analyst")
    app.selectbox(key="receipt_of").set_value("lcc_cf.figures.2026-27-Q2.v1")
    ran(app)
    assert "Download the receipt" in [each.label for each in app.get("download_button")]


@pytest.mark.usefixtures("home")
def test_the_file_is_kept_as_it_was_sent(home):
    app = dropped(("return.csv", FAULTY))
    press(app, "Use this in G2")
    press(app, "Send 2 figures")
    with transaction(home, write=False) as vault:
        sha = vault.execute("select file_sha256 from submission where version = 2").fetchone()[0]
    assert files.original(home, sha) == FAULTY.encode()
