"""What a sender mends beside the file is read in its place, judged as the file is, and never more lenient."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipelines.checking import check_workbook
from pipelines.checking.mending import mendables
from pipelines.checking.mending.figures import ANSWERS, CHOSEN, SAID
from pipelines.checking.mending.offered import (
    agencies,
    areas,
    breakdowns,
    categories,
    indicators,
    markers,
    of_column,
    periods_of,
)
from pipelines.checking.mending.records import NOT_HERE
from pipelines.flows import log, returns
from pipelines.flows.mending import why_not
from pipelines.queries import inbox, receipts
from pipelines.store import files
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.problems import UserError
from schemas.returns import kinds
from schemas.returns.mends import Mend
from schemas.returns.telling import calls_somebody_by_name, names_anybody
from schemas.rule import rules_of
from tests.pipelines.faults import FAULTS, NHS
from tests.pipelines.good_return import TODAY, good_book
from tests.pipelines.log_book import ACTION, RECOMMENDATION, write

pytestmark = pytest.mark.slow

AT = datetime(2026, 10, 20, 12, tzinfo=UTC)
ANALYST, OTHER = Actor("Analyst", "analyst", "probation_wy"), Actor("Other", "analyst", "lch")
HEAD = "Agency,Indicator ID,Indicator,Period,Area,Breakdown,Category,Number,Out of,Value,Marker,Nil,Reason\n"
ROW = "probation_wy,PO05,,2026-27-Q2,,,,{number},,,,,{reason}\n"
FIRST = "probation_wy.figures.2026-27-Q2.v1"
NAMED = "Kayden Smith came back to his mother"


def checked(book, *mends):
    return check_workbook(book.workbook(), today=TODAY, mends=mends)


def written(home, number="n/a", reason=""):
    path = home / "probation.csv"
    path.write_text(HEAD + ROW.format(number=number, reason=reason), encoding="utf-8")
    return path


def number(value, cell="H2"):
    return Mend("CSV", cell, "numerator", value, AT)


def stored(home, sql):
    with transaction(home, write=False) as vault:
        return vault.execute(sql).fetchall()


def test_a_mended_cell_is_read_in_place_of_the_files_own_and_nothing_else_changes():
    book = good_book()
    right = book.figures[book.row("CP07")][book.column("Number")]
    cell = book.put("CP07", "Number", "about 12")
    assert "number_has_words_beside_it" in {problem.rule for problem in checked(book).problems}
    after = checked(book, Mend("Figures", cell, "numerator", f"{right:,}"))
    assert after.problems == ()
    good = checked(good_book())
    assert after.figures.to_csv() == good.figures.to_csv()
    assert after.file_sha256 == good.file_sha256


def test_a_cell_that_was_shown_as_a_percentage_holds_the_number_that_was_typed():
    book = good_book()
    cell = book.put("CP07", "Number", 0.24)
    book.percent.add(("Figures", book.row("CP07"), book.column("Number")))
    assert "count_is_a_percentage" in {problem.rule for problem in checked(book).problems}
    mended = checked(book, Mend("Figures", cell, "numerator", "24"))
    assert "count_is_a_percentage" not in {problem.rule for problem in mended.problems}


def test_of_a_label_merged_over_rows_only_the_row_that_was_mended_changes():
    book = good_book()
    at, column = book.row("CP07", "Sex", "Girls"), book.column("Breakdown")
    book.figures[at][column] = "Star sign"
    for row in (at + 1, at + 2):
        book.figures[row][column] = None
    book.merged.append(("Figures", at, column, at + 2, column))
    first = Mend("Figures", f"E{at + 1}", "breakdown", "Sex")
    assert [p.row for p in checked(book, first).problems if p.rule == "breakdown_is_not_known"] == [at + 2, at + 3]


@pytest.mark.parametrize("fault", [each for each in FAULTS if each.rule in CHOSEN], ids=lambda fault: fault.name)
def test_what_can_be_chosen_is_right_once_one_of_the_choices_is_taken(fault):
    book = good_book()
    fault.spoil(book)
    report = checked(book)
    offered = [each for each in mendables(report, TODAY) if each.problems[0].rule == fault.rule]
    assert offered
    for meant in offered:
        choice = meant.options[meant.nearest or 0].value
        mends = [Mend(field.sheet, field.cell, field.column, choice) for field in meant.fields]
        assert why_not(meant, mends, checked(book, *mends)) is None


def test_the_nearest_label_is_offered_first():
    book = good_book()
    book.put("CP07", "Area", "Armely Wrad")
    meant = next(each for each in mendables(checked(book), TODAY) if each.problems[0].rule == "area_is_not_known")
    assert (meant.options[0].label, meant.nearest) == ("Armley", 0)


def test_fifty_like_labels_are_one_thing_to_mend():
    book = good_book()
    girls = [row for row in book.figures if row[5] == "Girls"]
    for row in girls:
        row[5] = "Grils"
    found = [each for each in mendables(checked(book), TODAY) if each.problems[0].rule == "category_is_not_known"]
    assert [len(each.fields) for each in found] == [len(girls)]


def test_every_choice_that_is_offered_may_be_taken():
    every = [*agencies(), *areas(), *breakdowns(), *indicators(), *markers()]
    every += [each for breakdown in catalogue().breakdowns for each in categories(breakdown)]
    book = good_book()
    cell = book.put("CP07", "Reason", "")
    report = checked(book, *(Mend("Figures", cell, "reason", option.value) for option in every))
    assert report.kind == "figures"


def test_the_rules_mended_here_are_rules_there_are():
    known = {rule.name for kind in ("file", "figures", "log") for rule in rules_of(kind)}
    assert known >= CHOSEN | ANSWERS | SAID | NOT_HERE


@pytest.mark.parametrize(
    "typed",
    [NAMED, "Kayden was counted twice by his school", f"NHS {NHS}", NHS, "LS8 4AP", "Ring 07700 900123", "x" * 601,
     "It is all one lad, missing every weekend", "A cot death in Kippax"],
)  # fmt: skip
def test_what_may_be_about_a_person_is_refused_and_not_repeated(typed):
    with pytest.raises(UserError) as refused:
        checked(good_book(), Mend("Figures", "M6", "reason", typed))
    assert "Figures!M6" in str(refused.value)
    assert typed not in str(refused.value)


@pytest.mark.parametrize(
    "mend", [Mend("CSV", "M2", "Kayden Okafor", "A new team", AT), Mend("Kayden Okafor", "", "agency", "lch", AT)]
)
def test_a_mend_of_a_place_that_no_return_has_is_stored_nowhere(tmp_path, mend):
    with pytest.raises(UserError, match="a place that no return has") as refused:
        returns.submit(tmp_path, ANALYST, written(tmp_path, 48), AT, mends=[mend])
    assert "Kayden" not in str(refused.value)
    assert stored(tmp_path, "select count(*) from mend") == [(0,)]


@pytest.mark.parametrize("value", ["<b>Kayden</b>", "Kayden"])
def test_an_answer_of_the_cover_is_held_to_the_same(value):
    with pytest.raises(UserError, match="may be about a person") as refused:
        checked(good_book(), Mend("Cover", "", "agency", value))
    assert "Kayden" not in str(refused.value)


def test_no_choice_that_is_offered_is_taken_for_a_name():
    quarter = parse("2026-27-Q2")
    every = [*areas(), *indicators(), *breakdowns(), *agencies(), *markers()]
    every += [each for option in breakdowns() for each in categories(option.value)]
    columns = [column for kind in kinds().values() for sheet in kind.sheets for column in sheet.columns]
    every += [each for column in columns for each in of_column(column)]
    every += [each for option in indicators() for each in periods_of(option.value, quarter)]
    taken = {option.value for option in every if calls_somebody_by_name(option.value) or names_anybody(option.value)}
    assert (taken, len(every) > 300) == (set(), True)


@pytest.mark.parametrize(("sheet", "cell"), [("Nowhere", "A1"), ("Figures", "ZZ9"), ("Figures", "A99999"), ("Figures", "A0"),
                                             ("Figures", "DROP"), ("Figures", "7")])  # fmt: skip
def test_a_mend_outside_the_file_is_said_and_nothing_is_read(sheet, cell):
    with pytest.raises(UserError, match="is not in this file"):
        checked(good_book(), Mend(sheet, cell, "numerator", "1"))


def test_the_agency_can_be_chosen_where_the_file_does_not_say_it():
    book = good_book()
    book.cover("Agency", "Acme Ltd")
    report = checked(book)
    meant = mendables(report, TODAY, for_agency="lcc_cf")[0]
    assert [option.label for option in meant.options] == ["Leeds City Council, Children and Families"]
    mends = [Mend(field.sheet, field.cell, field.column, meant.options[0].value) for field in meant.fields]
    assert checked(book, *mends).agency_id == "lcc_cf"


def test_a_reason_is_read_though_the_sheet_has_no_column_for_it(tmp_path):
    home = tmp_path / "home"
    for quarter, found in zip(["2024-25-Q3", "2024-25-Q4", "2025-26-Q1", "2025-26-Q2", "2025-26-Q3", "2025-26-Q4"],
                              [40, 42, 41, 39, 40, 43], strict=True):  # fmt: skip
        path = written(tmp_path, found)
        path.write_text(path.read_text().replace("2026-27-Q2", quarter), encoding="utf-8")
        returns.submit(home, ANALYST, path, AT)
    path = tmp_path / "short.csv"
    path.write_text("Agency,Indicator ID,Period,Number\nprobation_wy,PO05,2026-27-Q2,300\n", encoding="utf-8")
    before = returns.check_file(home, ANALYST, path, AT, mends=())
    meant = next(each for each in mendables(before, TODAY) if each.problems[0].rule == "swing_has_no_reason")
    mends = [
        *meant.also,
        *(Mend(f.sheet, f.cell, f.column, "A new team counts the cases of two areas") for f in meant.fields),
    ]
    after = returns.check_file(home, ANALYST, path, AT, mends=mends)
    assert "swing_has_no_reason" not in {problem.rule for problem in after.problems}
    assert after.figures["reason"].tolist() == ["A new team counts the cases of two areas"]
    shrug = [replace(mend, value="OK") if mend.value.startswith("A new") else mend for mend in mends]
    refused = why_not(meant, shrug, returns.check_file(home, ANALYST, path, AT, mends=shrug))
    assert refused == "That does not say what happened, and why. Nothing was changed."


def test_the_file_is_kept_as_it_was_sent_and_the_mends_beside_it(tmp_path):
    path = written(tmp_path)
    loaded = returns.submit(tmp_path, ANALYST, path, AT, mends=[number("48")])
    assert log.verify(tmp_path, Actor("Steward", "business_unit")).faults == ()
    assert loaded.receipt.state == "accepted"
    assert files.original(tmp_path, loaded.report.file_sha256) == path.read_bytes()
    assert stored(tmp_path, "select numerator from observation") == [(48.0,)]
    assert stored(
        tmp_path, "select submission_id, sheet, cell, column_name, value, mended_by, mended_at from mend"
    ) == [(FIRST, "CSV", "H2", "numerator", "48", "Analyst", AT.replace(tzinfo=None))]
    assert [each.mended for each in inbox.history(tmp_path, ANALYST, "probation_wy")] == [1]


def test_the_same_file_without_its_mends_is_another_version_and_told_as_a_difference(tmp_path):
    path = written(tmp_path, 12)
    returns.submit(tmp_path, ANALYST, path, AT, mends=[number("48")])
    assert returns.submit(tmp_path, ANALYST, path, AT, mends=[number("48")]).receipt.unchanged
    assert log.verify(tmp_path, Actor("Steward", "business_unit")).faults == (), "what was mended is what was accepted"
    again = returns.submit(tmp_path, ANALYST, path, AT).receipt
    assert (again.version, again.unchanged) == (2, False)
    assert again.changes[["was", "now"]].to_numpy().tolist() == [["48", "12"]]
    assert returns.withdraw(tmp_path, ANALYST, again.submission_id, "It was the wrong number", AT).again == FIRST
    assert stored(tmp_path, "select value from mend") == [("48",)]


def test_a_name_that_was_mended_still_stands_in_the_file_so_the_file_is_not_kept(tmp_path):
    path = written(tmp_path, 48, NAMED)
    reason = Mend("CSV", "M2", "reason", "A new team counts them", AT)
    loaded = returns.submit(tmp_path, ANALYST, path, AT, mends=[reason])
    assert loaded.receipt.state == "accepted"
    assert stored(tmp_path, "select original_kept, file_sha256 from submission") == [(False, loaded.report.file_sha256)]
    with pytest.raises(UserError):
        files.original(tmp_path, loaded.report.file_sha256)
    assert b"Kayden" not in (tmp_path / "vault.duckdb").read_bytes()


def test_a_file_about_single_people_cannot_be_mended_into_a_return(tmp_path):
    path = tmp_path / "probation.csv"
    path.write_text(HEAD.replace("Reason", "NHS number") + ROW.format(number=48, reason=NHS), encoding="utf-8")
    loaded = returns.submit(tmp_path, ANALYST, path, AT, mends=[Mend("CSV", "M2", "reason", "", AT),
                                                                Mend("CSV", "M1", "reason", "Reason", AT)])  # fmt: skip
    assert (loaded.report.verdict, loaded.report.exit_code) == ("refused", 2)
    assert stored(tmp_path, "select count(*) from mend") == [(0,)]


def test_nothing_is_stored_of_a_mend_that_may_name_somebody(tmp_path):
    with pytest.raises(UserError, match="may be about a person"):
        returns.submit(tmp_path, ANALYST, written(tmp_path, 48), AT, mends=[Mend("CSV", "M2", "reason", NAMED, AT)])
    assert stored(tmp_path, "select count(*) from submission") == [(0,)]
    assert b"Kayden" not in (tmp_path / "vault.duckdb").read_bytes()


@pytest.mark.parametrize("actor", [OTHER, Actor("Member", "executive"), Actor("Anybody", "public")])
def test_nobody_mends_the_return_of_an_agency_they_may_not_send_for(tmp_path, actor):
    path = written(tmp_path)
    with pytest.raises(UserError):
        returns.submit(tmp_path, actor, path, AT, mends=[number("48"), Mend("Cover", "", "agency", "probation_wy", AT)])
    assert not (tmp_path / "vault.duckdb").exists() or stored(tmp_path, "select count(*) from submission") == [(0,)]


def test_the_receipt_says_what_counts_what_was_mended_and_what_is_open(tmp_path):
    path = written(tmp_path, 48)
    path.write_text(path.read_text() + ROW.format(number="n/a", reason="").replace("PO05", "PO04"), encoding="utf-8")
    sent = returns.submit(tmp_path, ANALYST, path, AT, mends=[number("52")]).receipt
    found = receipts.receipt(tmp_path, ANALYST, sent.submission_id)
    said = found.as_text()
    assert "1 of 2 figures count." in said
    assert "CSV!H2: 52" in said
    assert "CSV!H3: “n/a” does not say whether there were none" in said
    assert "20 October 2026, 12:00 UTC, from Analyst" in said
    assert found.file_sha256 in said
    with pytest.raises(UserError, match="cannot act for"):
        receipts.receipt(tmp_path, OTHER, sent.submission_id)
    with pytest.raises(UserError, match="There is no submission"):
        receipts.receipt(tmp_path, ANALYST, "probation_wy.figures.2026-27-Q2.v9")


def test_a_log_is_mended_by_its_lists_and_its_file_is_not_kept_where_it_named_somebody(tmp_path):
    steward = Actor("Steward", "business_unit")
    wrong = RECOMMENDATION | {"theme": "Domestik abuse", "owner_role": "Jane Example", "due_on": "soon"}
    path = write(tmp_path / "log.xlsx", {"Recommendations": [wrong], "Actions": [ACTION]})
    before = returns.check_file(tmp_path, steward, path, AT, mends=())
    found = {each.fields[0].column: each for each in mendables(before, TODAY)}
    assert {name: each.how for name, each in found.items() if each.problems[0].severity == "error"} == {
        "theme": "choose", "owner_role": "say", "due_on": "type",
    }  # fmt: skip
    assert (found["theme"].options[0].label, found["owner_role"].fields[0].now) == ("Domestic abuse", "")

    def answered(column, value):
        return [Mend(field.sheet, field.cell, column, value, AT) for field in found[column].fields]

    unread = answered("due_on", "tomorrow")
    after = returns.check_file(tmp_path, steward, path, AT, mends=unread)
    assert "Nothing was changed." in (why_not(found["due_on"], unread, after) or "")
    mends = [*answered("theme", "Domestic abuse"), *answered("owner_role", "Head of safeguarding"),
             *answered("due_on", "31 March 2027")]  # fmt: skip
    loaded = returns.submit(tmp_path, steward, path, AT, mends=mends)
    assert (loaded.report.rows_accepted, loaded.report.rows) == (2, 2)
    with pytest.raises(UserError):
        files.original(tmp_path, loaded.report.file_sha256)


def test_a_heading_cannot_be_mended_into_one_of_a_list_of_people():
    with pytest.raises(UserError, match="may be about a person"):
        checked(good_book(), Mend("Figures", "A4", "indicator_id", "Date of birth"))


def test_a_check_says_what_it_is_doing(tmp_path):
    steps = []
    returns.check_file(tmp_path, ANALYST, written(tmp_path), AT, said=steps.append)
    assert steps == ["Reading", "Checking row by row"]


def test_what_a_check_rests_on_changes_with_whatever_is_stored(tmp_path):
    before = inbox.as_of(tmp_path)
    returns.submit(tmp_path, ANALYST, written(tmp_path, 48), AT)
    after = inbox.as_of(tmp_path)
    assert before != after
    returns.check_file(tmp_path, ANALYST, written(tmp_path, 50), AT)
    assert inbox.as_of(tmp_path) == after
