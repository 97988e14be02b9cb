from __future__ import annotations

import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from pipelines.cli import HOME, main
from pipelines.flows import loading, returns
from pipelines.flows.loaded import summary
from pipelines.store import submissions
from pipelines.store.opening import transaction
from schemas.problems import UserError
from tests.pipelines.assessment_book import AT, STEWARD, answered, answers, registered, school

pytestmark = pytest.mark.slow
MANY = 7
FEW = 3
LAST = f"SCH-{FEW:04d}"


def now() -> datetime:
    return AT


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """A home with seven schools on its register, and a folder with what each of them returned."""
    home = tmp_path_factory.mktemp("many")
    ids = [f"SCH-{number:04d}" for number in range(1, MANY + 1)]
    registered(home, *(school(respondent_id=each, name=f"{each} Primary") for each in ids))
    folder = home / "returned"
    folder.mkdir()
    for each in ids:
        scored = {"ED1.2": {"self_score": "1", "action": "Name a link governor", "owner_role": "Head",
                            "due_date": datetime(2027, 1, 31)}}  # fmt: skip  # noqa: DTZ001 - a day of a workbook
        answered(home, folder / f"{each}.xlsx", each, differs=scored)
    return home


@pytest.fixture
def all_returned(sent, tmp_path):
    """The home, in whose folder lies what every school returned."""
    return shutil.copytree(sent, tmp_path / "home")


@pytest.fixture
def home(all_returned):
    """The home, in whose folder lies what the first few returned: each workbook costs a fifth of a second."""
    for path in sorted((all_returned / "returned").iterdir())[FEW:]:
        path.unlink()
    return all_returned


@pytest.fixture
def side_by_side(monkeypatch):
    """Checked in several processes, as a folder is that holds more files than these."""
    monkeypatch.setattr(loading, "_ENOUGH", 2)
    monkeypatch.setattr(loading.os, "cpu_count", lambda: 2)


def loaded(home, *paths):
    files, passed_over, _ = loading.named(paths or [home / "returned"])
    outcomes = list(loading.load(home, STEWARD, files, now))
    return outcomes, summary(outcomes, passed_over)


def test_a_folder_stands_for_its_workbooks_in_the_order_of_their_names(home):
    folder = home / "returned"
    for name in ("~$SCH-0001.xlsx", ".SCH-0002.xlsx", "letter.docx", "notes.txt"):
        (folder / name).write_bytes(b"x")
    (folder / "older").mkdir()
    outcomes, said = loaded(home)
    assert [outcome.path.stem for outcome in outcomes] == [f"SCH-{number:04d}" for number in range(1, FEW + 1)]
    assert said == [
        f"{FEW} workbooks: {FEW} accepted, 0 with queries, 0 refused.",
        "2 other files in the folder passed over: letter.docx and notes.txt.",
        "1 folder inside it passed over: older. Load it by itself.",
    ]
    assert len(answers(home, LAST)) == 11


@pytest.mark.usefixtures("side_by_side")
def test_what_a_folder_brings_is_what_its_files_bring_one_by_one(home, tmp_path):
    one_by_one = tmp_path / "other"
    shutil.copytree(home, one_by_one)
    loaded(home)
    for path in sorted((home / "returned").iterdir()):
        returns.submit(one_by_one, STEWARD, path, AT)

    def listed(place):
        with transaction(place, write=False) as connection:
            return submissions.listing(connection).drop(columns="received_at").to_dict("records")

    assert listed(home) == listed(one_by_one)
    assert (
        answers(home, "SCH-0003")
        .drop(columns="received_at")
        .astype(str)
        .equals(answers(one_by_one, "SCH-0003").drop(columns="received_at").astype(str))
    )


def about_one_child(path):
    book = load_workbook(path)
    sheet = book.create_sheet("Children")
    sheet.append(["First name", "Surname", "Date of birth"])
    sheet.append(["Kayden", "Oddlysaid", datetime(2014, 3, 12)])  # noqa: DTZ001 - a day of a workbook
    book.save(path)


@pytest.mark.usefixtures("side_by_side")
def test_bad_files_are_named_with_their_first_reason_and_stop_none_of_the_others(all_returned):
    home, folder = all_returned, all_returned / "returned"
    (folder / "SCH-0002.xlsx").write_bytes(b"not a workbook at all")
    (folder / "jane_smith returns.xlsx").write_bytes(b"neither is this one")
    shutil.copy(folder / "SCH-0003.xlsx", folder / "SCH-0003 copy.xlsx")
    answered(
        home,
        folder / "SCH-0004.xlsx",
        "SCH-0004",
        differs={"ED1.1": {"good_practice": "Kayden Oddlysaid is seen daily"}},
    )
    answered(home, folder / "SCH-0005.xlsx", "SCH-0005", every={}, cover={"Respondent": "SCH-0999"})
    about_one_child(folder / "SCH-0006.xlsx")
    outcomes, said = loaded(home)
    text = "\n".join(said)
    assert said[0] == f"{MANY + 2} workbooks: {MANY - 3} accepted, 0 with queries, 1 with rows left out, 4 refused."
    assert "1 of them had been received before." in said
    assert "SCH-0002.xlsx: " in text
    assert "SCH-0005.xlsx: " in text
    assert "SCH-0006.xlsx: " in text
    assert "whose name is withheld" in text
    assert not {"oddlysaid", "jane", "kayden"} & set(text.lower().replace("_", " ").split())
    assert max(outcome.exit_code for outcome in outcomes) == 2
    assert len(answers(home, f"SCH-{MANY:04d}")) == 11
    assert "ED1.1" not in answers(home, "SCH-0004").index


def stored(home):
    with transaction(home, write=False) as connection:
        listing = submissions.listing(connection)
    return (listing["kind"] == "self_assessment").sum()


@pytest.mark.usefixtures("side_by_side")
def test_of_several_files_of_one_sender_the_latest_by_name_stands_and_is_named(home):
    folder = home / "returned"
    for name in ("SCH-0001 v10", "SCH-0001 v9", "SCH-0001 v2"):
        answered(home, folder / f"{name}.xlsx", "SCH-0001", differs={"ED1.1": {"evidence_ref": f"Paper of {name}"}})
    _, said = loaded(home)
    assert answers(home, "SCH-0001").loc["ED1.1", "evidence_ref"] == "Paper of SCH-0001 v10"
    assert "4 files of SCH-0001 were taken; where they differ, SCH-0001 v10.xlsx stands." in said
    assert not [line for line in said if "of SCH-0002" in line]


def test_a_folder_loaded_again_stores_nothing_again(home):
    answered(home, home / "returned" / "SCH-0002 v2.xlsx", "SCH-0002", differs={"ED1.1": {"evidence_ref": "The later"}})
    loaded(home)
    assert stored(home) == FEW + 1
    outcomes, said = loaded(home)
    assert stored(home) == FEW + 1
    assert f"{FEW + 1} of them had been received before." in said
    assert [each.path.stem for each in outcomes[1:3]] == ["SCH-0002", "SCH-0002 v2"]
    assert answers(home, "SCH-0002").loc["ED1.1", "evidence_ref"] == "The later"


def test_an_older_file_that_is_sent_again_by_itself_counts_again(home):
    folder = home / "returned"
    answered(home, folder / "SCH-0002 v2.xlsx", "SCH-0002", differs={"ED1.1": {"evidence_ref": "The later"}})
    loaded(home)
    loaded(home, folder / "SCH-0002.xlsx")
    assert answers(home, "SCH-0002").loc["ED1.1", "evidence_ref"] == "Report to governors"
    loaded(home)
    assert answers(home, "SCH-0002").loc["ED1.1", "evidence_ref"] == "The later"


def test_what_is_passed_over_is_named_but_not_by_a_persons_name(home):
    for name in ("jane_smith.docx", *(f"letter {number}.docx" for number in range(1, 8))):
        (home / "returned" / name).write_bytes(b"x")
    _, said = loaded(home)
    (line,) = [line for line in said if "passed over" in line]
    assert line == (
        "8 other files in the folder passed over: one whose name is withheld, letter 1.docx, letter 2.docx, "
        "letter 3.docx, letter 4.docx and 3 more."
    )


@pytest.mark.usefixtures("side_by_side")
def test_a_register_in_the_same_folder_counts_for_the_files_after_it(home):
    folder = home / "returned"
    registered(home, school(respondent_id="SCH-0001", name="SCH-0001 Primary", standing="Withdrawn"))
    shutil.copy(home / "register-0.xlsx", folder / "A register.xlsx")
    outcomes, said = loaded(home)
    assert said[0].startswith(f"{FEW + 1} workbooks: {FEW + 1} accepted")
    assert all(outcome.exit_code == 0 for outcome in outcomes)


@pytest.mark.usefixtures("side_by_side")
def test_two_loads_of_one_folder_at_once_end_as_one_would(home):
    with ThreadPoolExecutor(2) as both:
        first, second = both.map(lambda _: loaded(home)[0], range(2))
    states = [sorted(each.state for each in found) for found in (first, second)]
    assert states == [["accepted"] * FEW] * 2
    known = sum(each.is_known for each in (*first, *second))
    assert known == FEW
    with transaction(home, write=False) as connection:
        listing = submissions.listing(connection)
    assert (listing["kind"] == "self_assessment").sum() == FEW


@pytest.mark.usefixtures("side_by_side")
def test_what_changes_while_a_folder_is_loaded_is_not_undone(home):
    """A moderation that arrives after the files were checked and before they are stored."""
    files, _, _ = loading.named([home / "returned"])
    returns.submit(home, STEWARD, files[-1], AT)
    coming = loading.load(home, STEWARD, files, now)
    first = next(coming)
    seen = {"ED1.1": {"moderated_score": "1", "moderator_comment": "Not seen at the visit"}}
    copy = answered(home, home / "m.xlsx", LAST, every=None, differs=seen, moderating=True)
    returns.submit(home, STEWARD, copy, AT, moderating=True)
    assert first.exit_code == 0
    list(coming)
    assert answers(home, LAST).loc["ED1.1", "moderated_score"] == "s1"


def test_the_command_says_one_summary_and_ends_with_the_worst(home, monkeypatch):
    monkeypatch.setenv(HOME, str(home))
    (home / "returned" / "SCH-0002.xlsx").write_bytes(b"not a workbook at all")
    done = CliRunner().invoke(main, ["load", str(home / "returned")])
    assert done.exit_code == 2
    assert done.output.splitlines()[0] == f"{FEW} workbooks: {FEW - 1} accepted, 0 with queries, 1 refused."
    assert "Traceback" not in done.output


def test_a_folder_without_a_workbook_is_said_so(tmp_path):
    (tmp_path / "letter.docx").write_bytes(b"x")
    with pytest.raises(UserError, match="There is no workbook in"):
        loading.named([tmp_path])


def test_where_the_machine_stops_a_process_the_files_are_checked_one_by_one(tmp_path):
    stopped = Future()
    stopped.set_exception(BrokenProcessPool("out of memory"))
    asked = iter([stopped])

    def ahead(_):
        try:
            return next(asked)
        except StopIteration:
            raise BrokenProcessPool from None

    paths = [tmp_path / name for name in "abc"]
    assert list(loading.in_order(ahead, paths, 2)) == [(path, None) for path in paths]
