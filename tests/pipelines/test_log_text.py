from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from openpyxl import load_workbook

from pipelines.checking import check
from pipelines.checking.annotated import annotate
from pipelines.flows import returns
from pipelines.reports.tables import csv_bytes
from pipelines.store.opening import transaction
from schemas.actors import Actor
from tests.pipelines.log_book import ACTION, RECOMMENDATION, write

pytestmark = pytest.mark.slow

AT = datetime(2026, 10, 20, 12, tzinfo=UTC)
STEWARD = Actor("s", "business_unit")
NAMED = "Kayden Zzyzx Case 80412277"
HEARD = {
    "voice_ref": "V-2026-01", "heard_on": date(2026, 9, 1), "who": "Children", "directly": "Yes", "people": 12,
    "agency_id": "lcc_cf", "theme": "Neglect", "response": "In hand", "asked": "What helps?", "said": "A place that is open in the evening.",
}  # fmt: skip


def found(tmp_path, *rows, kind="learning", sheet="Recommendations", **sheets):
    return check(write(tmp_path / "a.xlsx", {sheet: rows, **sheets}, kind=kind), today=AT.date())


def of_rule(report, rule):
    return [problem for problem in report.problems if problem.rule == rule]


def sent(home, path):
    return returns.submit(home, STEWARD, path, AT)


def everything(home):
    """All that a home holds of what came in, in its database and its files."""
    with transaction(home, write=False) as connection:
        tables = [row[0] for row in connection.execute("select table_name from information_schema.tables").fetchall()]
        rows = [str(connection.table(name).fetchall()) for name in tables]
        kept = connection.execute("select bool_or(original_kept) from submission").fetchone()[0]
    return "".join(rows), [p for p in (home / "files").rglob("*") if p.is_file()], kept


@pytest.mark.parametrize("column", ["source", "theme", "accountable", "agency_id", "agreed_on", "due_on",
                                    "recommendation_id", "title", "source_ref", "owner_role", "public_wording"])  # fmt: skip
def test_a_name_in_any_cell_stays_nowhere(tmp_path, column):
    home = tmp_path / "home"
    path = write(tmp_path / "a.xlsx", {"Recommendations": [RECOMMENDATION | {column: NAMED}]})
    report = check(path, today=AT.date())
    assert report.verdict == "refused"
    annotate(path, report, tmp_path / "back.xlsx")
    back = load_workbook(tmp_path / "back.xlsx")
    comments = [cell.comment.text for sheet in back for row in sheet.iter_rows() for cell in row if cell.comment]
    listed = [str(row) for row in back["Problems"].iter_rows(values_only=True)]
    for told in (report.as_text(), json.dumps(report.as_dict()), *comments, *listed):
        assert "Zzyzx" not in told
        assert "80412277" not in told
    sent(home, path)
    rows, _, _ = everything(home)
    assert "Zzyzx" not in rows
    assert "80412277" not in rows


@pytest.mark.parametrize("change", [{"recommendation_id": "Child AB"}, {"title": "Baby Daniel is seen at home"},
                                    {"owner_role": "Jane Example"}, {"source_ref": "80412277"}])  # fmt: skip
@pytest.mark.parametrize("beside", [(), (RECOMMENDATION | {"recommendation_id": "R-07"},)])
def test_a_file_that_may_name_somebody_is_not_kept_whatever_its_verdict(tmp_path, change, beside):
    home = tmp_path / "home"
    sent(home, write(tmp_path / "a.xlsx", {"Recommendations": [RECOMMENDATION | change, *beside]}))
    _, files, kept = everything(home)
    assert files == []
    assert kept is False


def test_a_file_that_names_nobody_is_kept(tmp_path):
    home = tmp_path / "home"
    sent(home, write(tmp_path / "a.xlsx", {"Recommendations": [RECOMMENDATION | {"recommendation_id": "R-02"}]}))
    _, files, kept = everything(home)
    assert len(files) == 1
    assert kept is True


@pytest.mark.parametrize(
    ("change", "rule", "said"),
    [
        ({"source": "Rapid reviw"}, "log_choice_is_not_in_the_list", "“Rapid reviw”"),
        ({"source": "Ngozi Okafor"}, "log_choice_is_not_in_the_list", "what stands there"),
        ({"source": "80412"}, "log_choice_is_not_in_the_list", "what stands there"),
        ({"source": "a source which nobody ever heard of"}, "log_choice_is_not_in_the_list", "what stands there"),
        ({"agency_id": "ks@example.org"}, "log_agency_is_not_known", "what stands there"),
        ({"due_on": "31/09/2026"}, "log_day_cannot_be_read", "“31/09/2026”"),
        ({"due_on": date(1900, 1, 5)}, "log_day_cannot_be_read", "“5”"),
    ],
)
def test_a_message_repeats_only_what_could_be_nobodys(tmp_path, change, rule, said):
    (problem,) = of_rule(found(tmp_path, RECOMMENDATION | change), rule)
    assert said in problem.message
    assert problem.value == ("" if said == "what stands there" else said.strip("“”"))


@pytest.mark.parametrize(
    "case",
    [
        ("Following the talk with mother Chantelle it is seen", "log_words_name_somebody", 0),
        ("Ring 07700 900123 before the visit", "log_words_name_somebody", 0),
        ("Write guidance after Lisa", "log_words_may_name_somebody", 1),
        ("The baby in Harehills is remembered", "log_words_tell_a_story", 1),
        ("A girl aged nine from Beeston waited", "log_words_tell_a_story", 1),
        ("Case 2 was the worst", "log_words_tell_a_story", 1),
        ("What was seen at 14 Acacia Avenue is told", "log_words_name_somebody", 0),
        ("Two siblings are seen alone", "log_words_tell_of_a_few", 1),
    ],
)
@pytest.mark.parametrize("place", [("Recommendations", "title"), ("Recommendations", "due_reason"),
                                               ("Actions", "action"), ("Actions", "note")])  # fmt: skip
def test_free_text_is_read_in_every_sheet(tmp_path, case, place):
    (text, rule, taken), (sheet, column) = case, place
    rows = {"Recommendations": [RECOMMENDATION], "Actions": [ACTION]}
    rows[sheet] = [rows[sheet][0] | {column: text}]
    report = check(write(tmp_path / "a.xlsx", rows), today=AT.date())
    (problem,) = of_rule(report, rule)
    assert not problem.value
    assert text not in json.dumps(report.as_dict())
    assert len(report.records.get(sheet, [])) == taken


def test_what_people_said_is_read_too(tmp_path):
    told = found(tmp_path, HEARD | {"said": "Kayden, 9, said his dad hits him"}, kind="voice", sheet="Heard")
    assert len(of_rule(told, "log_words_name_somebody")) == 1
    assert not told.records
    assert found(tmp_path, HEARD, kind="voice", sheet="Heard").records


def test_signs_nobody_sees_are_taken_out_and_said_once(tmp_path):
    hidden = RECOMMENDATION | {
        "title": "Tell\u202e schools\u200b before_x0007_ the next day",
        "owner_role": "Head\u2066 of service",
    }
    report = found(tmp_path, hidden)
    (row,) = report.records["Recommendations"].to_dict("records")
    assert (row["title"], row["owner_role"]) == ("Tell schools before the next day", "Head of service")
    (note,) = of_rule(report, "log_signs_nobody_sees_are_taken_out")
    assert "2 texts" in note.message
    assert "Recommendations!B2" in note.message


def test_an_export_holds_no_sign_that_nobody_sees():
    assert csv_bytes(pd.DataFrame({"a": ["x\x00\x07y\u202ez"], "n": [1]})).decode("utf-8-sig") == "a,n\nxyz,1\n"


def test_a_row_that_hangs_on_one_left_out_says_which(tmp_path):
    first = RECOMMENDATION | {"recommendation_id": "R-02"}
    spoilt = RECOMMENDATION | {"due_on": "soon"}
    actions = [ACTION | {"action_id": f"R-01.{n}"} for n in range(1, 4)]
    report = found(tmp_path, first, spoilt, Actions=actions)
    (problem,) = of_rule(report, "log_record_it_belongs_to_was_left_out")
    assert "R-01 was left out, see row 3 (Recommendations!A3)" in problem.message
    assert "2 more rows" in problem.message
    assert not of_rule(report, "log_record_is_not_there")
    assert "Actions" not in report.records


@pytest.mark.parametrize(("asked", "hint"), [("R-1", " Did you mean R-01?"), ("R-2", ""), ("R-11", "")])
def test_only_the_same_numbers_are_near(tmp_path, asked, hint):
    report = found(tmp_path, RECOMMENDATION, Actions=[ACTION | {"recommendation_id": asked}])
    (problem,) = of_rule(report, "log_record_is_not_there")
    assert problem.message.endswith(f").{hint}")


@pytest.mark.parametrize("word", ["Total", "totals", "ALL", "Grand total"])
def test_a_row_of_totals_is_left_out_with_a_note(tmp_path, word):
    report = found(tmp_path, RECOMMENDATION, {"recommendation_id": word, "title": "1", "agreed_on": 5})
    (note,) = of_rule(report, "totals_row_is_left_out")
    assert note.severity == "note"
    assert "Recommendations!A3" in note.message
    assert (report.rows, report.rows_accepted) == (1, 1)
    assert not [problem for problem in report.problems if problem.severity == "error"]


def test_ten_thousand_like_rows_are_checked_in_bounded_time(tmp_path):
    share = {
        "recommendation_id": "R-01",
        "shared_on": date(2026, 9, 1),
        "how": "Briefing",
        "sector": "Schools",
        "people": 5,
    }
    shares = [share | {"share_id": f"D-{n}"} for n in range(10_000)]
    path = write(tmp_path / "a.xlsx", {"Recommendations": [RECOMMENDATION], "Dissemination": shares})
    began = datetime.now(UTC)
    report = check(path, today=AT.date())
    assert (datetime.now(UTC) - began).total_seconds() < 60
    assert report.rows == 10_001
