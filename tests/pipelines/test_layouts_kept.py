"""A layout is kept by whoever answers for the agency's figures, read by from then on, and taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.flows import layouts, returns, unknown_files
from pipelines.flows.log import verify
from pipelines.flows.unknown_files import Chosen
from pipelines.queries import kept_layouts
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.layouts import LeftOut
from schemas.problems import UserError
from schemas.returns.meaning import meaning
from tests.pipelines.good_return import Book
from tests.pipelines.own_sheet import CONTACTS, FAMILIES, PLANS, ROWS, content, newest

pytestmark = pytest.mark.slow

AT = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
ANALYST = Actor("An analyst", "analyst", "lcc_cf")
POLICE = Actor("Another analyst", "analyst", "wyp_leeds")
STEWARD = Actor("Steward", "business_unit")
PERIOD = newest(AT.date())
ANSWERS = {
    CONTACTS: Chosen("FD01"),
    FAMILIES: Chosen("EH01"),
    PLANS: Chosen(left_out="It is not in the partnership's data set"),
}


def own(folder, *args, name="own.csv", **more):
    path = folder / name
    path.write_bytes(content(*args, **more))
    return path


def answered(path, answers=ANSWERS, before=None, title="Our quarterly figures"):
    unknown = unknown_files.looked_at(path)
    guess = unknown_files.guessed(unknown, "lcc_cf")
    chosen = {meaning(row.words): Chosen(left_out=row.left_out) for row in guess.rows if row.left_out}
    chosen |= {meaning(words): said for words, said in answers.items()}
    match = unknown_files.read_by(unknown, before) if before else None
    return unknown_files.layout(
        guess, chosen, title=title, agency_id="lcc_cf", layout_id=layouts.id_of(title), before=match
    )


@pytest.fixture
def saved(tmp_path):
    """A home with one layout, and a file of its shape."""
    path = own(tmp_path, PERIOD)
    layouts.save(tmp_path / "home", ANALYST, answered(path), AT)
    return tmp_path / "home", path


def test_a_saved_layout_says_who_confirmed_it_and_when_and_the_log_says_so_too(saved):
    home, _ = saved
    (kept,) = layouts.standing(home, ANALYST)
    assert kept.is_confirmed and (kept.confirmed_by, kept.confirmed_on) == ("An analyst", AT.date())
    (listed,) = kept_layouts.kept(home, ANALYST, "lcc_cf")
    assert (listed.title, listed.version, listed.rows, listed.saved_by) == ("Our quarterly figures", 1, 2, "An analyst")
    with transaction(home, write=False) as connection:
        log = events.listing(connection)
        assert events.verify(connection, home) == []
    assert log[["action", "subject"]].to_numpy().tolist() == [
        ["settings.noted", "settings"],
        ["layout.saved", "lcc_cf.our-quarterly-figures"],
    ]


def test_a_layout_is_the_one_that_was_saved_and_stands_as_long_as_the_log_says(saved):
    home, path = saved
    layouts.save(home, ANALYST, answered(path), AT)
    layouts.withdraw(home, ANALYST, "lcc_cf", "our-quarterly-figures", AT)
    assert verify(home, STEWARD).faults == ()
    for statement, number in (
        ("update layout set body = replace(body, 'FD01', 'FD02') where version = 1", 1),
        ("update layout set withdrawn_at = null where version = 2", 2),
    ):
        with transaction(home, write=True) as connection:
            connection.execute(statement)
        assert (
            f"How lcc_cf.our-quarterly-figures is read, version {number}, is another in the vault than by the log."
            in [fault.words for fault in verify(home, STEWARD).faults]
        )


@pytest.mark.parametrize("moved", [False, True])
def test_the_next_file_of_the_shape_is_read_without_a_word(saved, moved):
    home, path = saved
    path = own(path.parent, PERIOD, {**ROWS, CONTACTS: 9_100}, moved=moved, name="next.csv")
    report = returns.check_file(home, ANALYST, path, AT)
    assert (report.agency_id, report.period_id) == ("lcc_cf", PERIOD.id)
    found = report.figures.set_index("indicator_id")["numerator"].to_dict()
    assert found == {"FD01": 9_100.0, "EH01": 3_000.0}
    assert "error" not in {problem.severity for problem in report.problems}


def test_without_a_layout_the_same_file_is_not_read(tmp_path):
    report = returns.check_file(tmp_path, ANALYST, own(tmp_path, PERIOD), AT)
    assert report.verdict == "refused" and report.figures.empty


def test_a_row_the_layout_has_not_seen_is_asked_about_and_the_rest_is_taken(saved):
    home, path = saved
    path = own(path.parent, PERIOD, {**ROWS, "Section 47 enquiries": 250}, name="new.csv")
    report = returns.check_file(home, ANALYST, path, AT)
    assert set(report.figures["indicator_id"]) == {"FD01", "EH01"}
    (asked,) = [problem for problem in report.problems if problem.severity == "error"]
    assert asked.rule == "row_is_not_in_the_layout" and "Section 47 enquiries" in asked.message


def test_a_layout_saved_again_takes_the_place_of_the_one_before_and_loses_nothing_of_it(saved):
    home, path = saved
    # This quarter's file lacks a row that the layout knows, and has another that is new.
    path = own(path.parent, PERIOD, {CONTACTS: 9_000, "Our S47s": 250}, name="new.csv")
    made = answered(
        path, {CONTACTS: Chosen("FD01"), "Our S47s": Chosen("CP01", "numerator")}, layouts.standing(home, ANALYST)
    )
    layouts.save(home, ANALYST, made, AT)
    (kept,) = layouts.standing(home, ANALYST)
    assert {label.words: label.indicator_id for label in kept.labels} == {
        CONTACTS: "FD01",
        FAMILIES: "EH01",
        "Our S47s": "CP01",
    }
    assert PLANS in {left.words for left in kept.left_out}
    assert [each.version for each in kept_layouts.kept(home, ANALYST, "lcc_cf")] == [2]


def test_a_new_layout_does_not_push_out_another_of_the_same_name(saved):
    home, path = saved
    with pytest.raises(UserError, match="stands already"):
        layouts.save(home, ANALYST, answered(path, {CONTACTS: Chosen("EH02")}), AT, is_new=True)
    (kept,) = layouts.standing(home, ANALYST)
    assert {label.indicator_id for label in kept.labels} == {"FD01", "EH01"}


def test_a_line_that_names_its_author_stands_in_no_way_and_is_not_kept(tmp_path):
    path = tmp_path / "signed.csv"
    path.write_bytes(content(PERIOD) + b"Prepared by Jane Example\n")
    kept = layouts.save(tmp_path / "home", ANALYST, answered(path), AT)
    assert "Jane" not in kept.model_dump_json()
    report = returns.check_file(tmp_path / "home", ANALYST, path, AT)
    assert set(report.figures["indicator_id"]) == {"FD01", "EH01"}
    assert "error" not in {problem.severity for problem in report.problems}


def test_a_column_that_was_left_out_can_be_read_later(saved):
    home, path = saved
    unknown = unknown_files.looked_at(path)
    (before,) = [unknown_files.read_by(unknown, layouts.standing(home, ANALYST))]
    less = before.layout.model_copy(
        update={"left_out": (*before.layout.left_out, LeftOut(words="Qtr 1", reason="Not read"))}
    )
    again = answered(path, before=(less,))
    assert "Qtr 1" not in {left.words for left in again.left_out}
    assert PLANS in {left.words for left in again.left_out}


def test_only_who_acts_for_the_agency_saves_sees_reads_by_or_withdraws_its_layouts(saved):
    home, path = saved
    made = answered(path)
    for actor in (POLICE, Actor("Member", "executive"), Actor("School", "respondent", "lcc_cf")):
        with pytest.raises(UserError):
            layouts.save(home, actor, made, AT)
        with pytest.raises(UserError):
            layouts.withdraw(home, actor, "lcc_cf", made.id, AT)
    assert layouts.standing(home, POLICE) == ()
    assert kept_layouts.kept(home, POLICE, "lcc_cf") == ()
    assert returns.check_file(home, POLICE, path, AT).verdict == "refused"
    assert len(layouts.standing(home, STEWARD)) == 1


def test_whose_a_shared_spreadsheet_is_its_headings_do_not_tell(saved):
    home, path = saved
    theirs = answered(path, {CONTACTS: Chosen("EX08"), FAMILIES: Chosen("YV04"), PLANS: ANSWERS[PLANS]})
    layouts.save(home, POLICE, theirs.model_copy(update={"agency_id": "wyp_leeds"}), AT)
    assert returns.check_file(home, STEWARD, path, AT).verdict == "refused"  # nobody has said for whom
    for agency_id, indicators in (("lcc_cf", {"FD01", "EH01"}), ("wyp_leeds", {"EX08", "YV04"})):
        report = returns.check_file(home, STEWARD, path, AT, acting_for=agency_id)
        assert report.agency_id == agency_id and set(report.figures["indicator_id"]) == indicators
        stated = returns.check_file(home, STEWARD, path, AT, stated=returns.Stated(agency_id))
        assert stated.agency_id == agency_id
    # To each of them it is the own one without a word.
    assert returns.check_file(home, POLICE, path, AT).agency_id == "wyp_leeds"
    assert returns.check_file(home, ANALYST, path, AT).agency_id == "lcc_cf"


def test_a_layout_that_is_named_goes_before_those_saved(saved):
    home, path = saved
    other = answered(path, {CONTACTS: Chosen("EH02")})
    report = returns.check_file(home, ANALYST, path, AT, layouts=(other,))
    assert set(report.figures["indicator_id"]) == {"EH02"}


def test_a_withdrawn_layout_reads_nothing_and_is_withdrawn_once(saved):
    home, path = saved
    layouts.withdraw(home, ANALYST, "lcc_cf", "our-quarterly-figures", AT)
    assert layouts.standing(home, ANALYST) == ()
    assert returns.check_file(home, ANALYST, path, AT).verdict == "refused"
    with pytest.raises(UserError, match="Nothing was withdrawn"):
        layouts.withdraw(home, ANALYST, "lcc_cf", "our-quarterly-figures", AT)


@pytest.mark.parametrize("words", ["Referrals by Jane Example", "Kayden, 9, seen", "NHS 943 476 5919"])
def test_a_label_that_may_be_somebodys_is_neither_shown_nor_kept_nor_repeated(tmp_path, words):
    assert unknown_files.shown(words) == unknown_files.NOT_SHOWN
    made = answered(own(tmp_path, PERIOD))
    spoilt = made.model_copy(update={"labels": (made.labels[0].model_copy(update={"words": words}), *made.labels[1:])})
    with pytest.raises(UserError) as said:
        layouts.save(tmp_path / "home", ANALYST, spoilt, AT)
    assert words not in str(said.value) and "Nothing was saved" in str(said.value)
    assert layouts.standing(tmp_path / "home", ANALYST) == ()


def test_a_file_about_single_people_is_never_looked_at(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Name,Date of birth,NHS number,Q1\nExample Child,01/02/2015,943 476 5919,1\n")
    with pytest.raises(UserError, match="single people") as said:
        unknown_files.looked_at(path)
    assert "Example" not in str(said.value) and "943" not in str(said.value)


def test_a_layout_without_a_row_that_is_read_or_with_a_wrong_indicator_is_not_kept(tmp_path):
    made = answered(own(tmp_path, PERIOD))
    with pytest.raises(UserError, match="nothing could be read"):
        layouts.save(tmp_path, ANALYST, made.model_copy(update={"labels": ()}), AT)
    wrong = made.labels[0].model_copy(update={"indicator_id": "ZZ99"})
    with pytest.raises(UserError, match="ZZ99"):
        layouts.save(tmp_path, ANALYST, made.model_copy(update={"labels": (wrong,)}), AT)


def test_the_grid_shows_the_top_of_the_sheet_with_its_letters_and_how_much_more_there_is(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("Measure,Q1\n" + "".join(f"Measure {n},{n}\n" for n in range(60)))
    shown = unknown_files.grid(unknown_files.looked_at(path), "CSV")
    assert shown.letters == ("A", "B")
    assert shown.rows[1] == (2, ("Measure 0", "0"))
    assert (len(shown.rows), shown.more_rows, shown.more_columns) == (40, 21, 0)


def test_the_grid_shows_numbers_as_a_spreadsheet_does_without_their_tails(tmp_path):
    sheets = Book(
        {"Ours": [["Measure", "Q1", "Q2"], ["Re-referrals", 0.838998211091, 0.24], ["Days", 31.66666666667, 0.0]]},
        percent={("Ours", 1, 1), ("Ours", 1, 2)},
    )
    shown = unknown_files.grid(unknown_files.looked_at(sheets.write(tmp_path / "own.xlsx")), "Ours")
    assert [cells for _, cells in shown.rows[1:]] == [("Re-referrals", "83.9%", "24%"), ("Days", "31.67", "0")]


STORY = "The boy who died at Armley station in May was counted"
PERSONAL = {
    "its id": {"id": "kayden-okafor-9434765919"},
    "a sign": {"not_supplied": ("-", "Kayden Okafor")},
    "a number as a sign": {"not_supplied": ("9434765919",)},
    "a name as a reason": {"left_out": (LeftOut(words="Staff", reason="Kayden Okafor 943 476 5919"),)},
    "a story as a reason": {"left_out": (LeftOut(words="Staff", reason=STORY),)},
}


@pytest.mark.parametrize("words", PERSONAL.values(), ids=PERSONAL)
def test_no_word_of_a_layout_that_is_kept_speaks_of_a_person(tmp_path, words):
    layout = answered(own(tmp_path, PERIOD)).model_copy(update=words)
    with pytest.raises(UserError, match="Nothing was saved") as told:
        layouts.save(tmp_path / "home", ANALYST, layout, AT)
    assert not any(each in str(told.value).lower() for each in ("kayden", "943", "armley"))
    assert kept_layouts.kept(tmp_path / "home", ANALYST, "lcc_cf") == ()


@pytest.mark.parametrize("words", PERSONAL.values(), ids=PERSONAL)
def test_nor_does_one_of_a_layout_that_comes_beside_a_return(tmp_path, words):
    path, home = own(tmp_path, PERIOD), tmp_path / "home"
    confirmed = {"confirmed_by": "Head of data", "confirmed_on": AT.date()}
    layout = answered(path).model_copy(update=confirmed)
    with pytest.raises(UserError, match="Take it out") as told:
        returns.submit(home, ANALYST, path, AT, layouts=(layout.model_copy(update=words),))
    assert not any(each in str(told.value).lower() for each in ("kayden", "943", "armley"))
    assert not home.exists()
    assert returns.submit(home, ANALYST, path, AT, layouts=(layout,)).receipt.submission_id
