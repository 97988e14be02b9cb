"""A workbook of audits through checking and the vault: what is taken, what is asked, what is refused, what comes back open."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from pipelines.checking import check
from pipelines.flows import returns
from pipelines.store import records
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.returns import kinds
from schemas.returns.open_records import still_open
from tests.pipelines.audit_records import audit, cases, finding, grades, times
from tests.pipelines.audit_records import given as held_audits
from tests.pipelines.log_book import write

pytestmark = pytest.mark.slow
AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
STEWARD, POLICE = Actor("s", "business_unit"), Actor("p", "analyst", "wyp_leeds")
A = "AU-2026-1"
ONE = {
    "audit_ref": A, "title": "Notices of domestic abuse to schools", "theme": "Domestic abuse", "stage": "Reported",
    "question": "Do schools hear in time?", "method": "Case files", "agency_id": "Police", "cases": 2,
    "why_chosen": "Reviews found that notices reached schools late", "sample_basis": "Drawn at random",
    "period_from": date(2026, 1, 5), "period_to": date(2026, 3, 27), "reported_on": date(2026, 9, 14),
    "families_heard": "Yes", "conclusion": "Schools hear in time; what they do is seldom written down",
}  # fmt: skip
CASE = {"audit_ref": A, "age_band": "5 to 9", "sex": "Girls", "locality": "SSE", "plan_type": "CIN"}
CASES = [CASE | {"case_no": 1, "voice_shaped": "Yes"}, CASE | {"case_no": 2, "voice_shaped": "No"}]
GRADE = {"audit_ref": A, "domain": "Impact", "self_grade": "3", "moderated_grade": "Good"}
GRADES = [
    GRADE | {"case_no": 1},
    GRADE | {"case_no": 2, "moderated_grade": "RI", "reason": "No plan says what changed"},
]
FINDING = {"audit_ref": A, "finding_ref": f"{A}.1", "kind": "Learning", "text": "What schools do is seldom written down",
           "domain": "Impact", "answer": "Agency action"}  # fmt: skip
WHOLE = {"Audits": [ONE], "Cases": CASES, "Grades": GRADES, "Findings": [FINDING]}


def checked(path, **sheets):
    return check(write(path, WHOLE | sheets, kind="audit"), today=AT.date())


def rules(report, severity=None):
    return {problem.rule for problem in report.problems if severity in (None, problem.severity)}


def test_a_whole_audit_is_taken_in_any_spelling(tmp_path):
    report = checked(tmp_path / "a.xlsx")
    assert rules(report) <= {"audit_saw_nothing_good"}
    assert report.verdict == "accepted"
    assert report.records["Grades"]["moderated_grade"].tolist() == ["g3", "g2"]
    assert report.records["Cases"]["locality"].tolist() == ["south_east"] * 2


@pytest.mark.parametrize(
    ("sheet", "column", "said"),
    [
        ("Audits", "conclusion", "Kayden Smith was not seen at home"),
        ("Findings", "text", "After Kayden Smith nobody rang the school"),
        ("Findings", "reason", "Ring 07700 900123 to ask"),
        ("Grades", "reason", "Case 80412277 has no plan"),
        ("Audits", "title", "The notice about Baby Daniel"),
    ],
)
def test_words_that_name_somebody_are_refused_and_not_repeated(tmp_path, sheet, column, said):
    first = dict(WHOLE[sheet][0])
    report = checked(tmp_path / "a.xlsx", **{sheet: [first | {column: said}, *WHOLE[sheet][1:]]})
    told = [problem for problem in report.problems if problem.severity == "error" and problem.sheet == sheet]
    assert told
    assert not any(word in problem.message for problem in told for word in ("Kayden", "07700", "80412277", "Daniel"))


def test_words_that_tell_a_case_are_asked_about(tmp_path):
    said = {"text": "The twins were seen apart and nobody asked the eldest"}
    report = checked(tmp_path / "a.xlsx", Findings=[FINDING | said])
    assert [p.severity for p in report.problems if p.sheet == "Findings" and "tell" in p.rule] == ["query"]


def test_a_number_of_a_case_system_is_refused_and_not_repeated(tmp_path):
    mine = [CASES[0] | {"case_no": 80412277}, CASES[1]]
    report = checked(tmp_path / "a.xlsx", Cases=mine, Grades=[GRADES[1], GRADE | {"case_no": 80412277}])
    assert {"case_number_may_be_a_systems", "graded_case_number_may_be_a_systems"} <= rules(report, "error")
    assert not any("80412277" in problem.message + str(problem.value) for problem in report.problems)
    assert report.records["Cases"]["case_no"].tolist() == ["2"]


def test_a_grade_of_a_case_that_is_not_there_is_left_out(tmp_path):
    report = checked(tmp_path / "a.xlsx", Grades=[*GRADES, GRADE | {"case_no": 3}])
    assert "grade_is_of_a_case_that_is_not_there" in rules(report, "error")
    assert report.records["Grades"]["case_no"].tolist() == ["1", "2"]


def test_one_number_on_the_cover_serves_every_row(tmp_path):
    path = tmp_path / "a.xlsx"
    bare = {name: [{k: v for k, v in row.items() if k != "audit_ref"} for row in rows] for name, rows in WHOLE.items()}
    book = load_workbook(write(path, bare, kind="audit"))
    book["Cover"].append(["Audit reference", A])
    book.save(path)
    report = check(path, today=AT.date())
    assert report.verdict == "accepted"
    assert {ref for name in WHOLE for ref in report.records[name]["audit_ref"]} == {A}


def test_only_the_business_unit_sends_audits(tmp_path):
    path = write(tmp_path / "a.xlsx", WHOLE, kind="audit", agency="wyp_leeds")
    report = returns.submit(tmp_path, POLICE, path, AT).report
    assert report.verdict == "refused"
    assert not report.records


def test_the_vault_holds_each_sheet_and_a_later_file_changes_what_it_names(tmp_path):
    returns.submit(tmp_path, STEWARD, write(tmp_path / "a.xlsx", WHOLE, kind="audit"), AT)
    changed = {"Grades": [GRADES[0] | {"moderated_grade": "Outstanding", "reason": "The plan says what changed"}]}
    again = returns.submit(tmp_path, STEWARD, write(tmp_path / "b.xlsx", changed, kind="audit"), AT).report
    assert again.verdict == "accepted"
    with transaction(tmp_path, write=False) as connection:
        stands = records.standing(connection, kinds()["audit"])
    assert stands["Grades"].sort_values("case_no")["moderated_grade"].tolist() == ["g4", "g2"]
    assert len(stands["Cases"]) == 2


def test_a_case_added_after_the_report_is_asked_about(tmp_path):
    returns.submit(tmp_path, STEWARD, write(tmp_path / "a.xlsx", WHOLE, kind="audit"), AT)
    late = {"Cases": [CASE | {"case_no": 3, "voice_shaped": "No"}], "Audits": [ONE | {"cases": 3}]}
    report = returns.submit(tmp_path, STEWARD, write(tmp_path / "b.xlsx", late, kind="audit"), AT).report
    assert "case_is_added_to_a_reported_audit" in rules(report, "query")


def test_the_template_holds_what_is_open_and_nothing_else(tmp_path):
    done, going = dict(ONE), ONE | {"audit_ref": "AU-2026-2", "title": "Neglect over time", "stage": "Planned"}
    going |= {
        "theme": "Neglect",
        "reported_on": None,
        "planned_for": date(2027, 1, 15),
        "conclusion": "",
        "cases": None,
    }
    returns.submit(tmp_path, STEWARD, write(tmp_path / "a.xlsx", WHOLE | {"Audits": [done, going]}, kind="audit"), AT)
    returns.write_template(tmp_path, STEWARD, "audit", "bu", "2026-27-Q3", tmp_path / "t.xlsx", at=AT)
    book = load_workbook(tmp_path / "t.xlsx")
    assert [row[0] for row in book["Audits"].iter_rows(min_row=5, values_only=True) if row[0]] == ["AU-2026-2"]
    assert not [row[0] for row in book["Cases"].iter_rows(min_row=5, values_only=True) if row[0]]


def test_open_are_planned_running_unmoderated_undecided_and_due_again():
    log = held_audits(
        [audit("AU-1", stage="planned", reported_on=""), audit("AU-2"), audit("AU-3", re_audit_due="2026-10-31"),
         audit("AU-4", re_audit_due="2026-10-31"), audit("AU-5", re_audit_of="AU-4"), audit("AU-6"), audit("AU-7", stage="cancelled")],
        [*cases("AU-2", 1), *cases("AU-5", 1)],
        [*grades("AU-2", "impact", times(g3=1), [""]), *grades("AU-5", "impact", times(g3=1))],
        [finding("AU-6", 1, answer="open"), finding("AU-5", 1)],
    ).records["audit"]  # fmt: skip
    found = still_open("audit", log, "bu", AT.date())
    assert found["Audits"]["audit_ref"].tolist() == ["AU-1", "AU-2", "AU-3", "AU-6"]
    assert found["Grades"]["audit_ref"].tolist() == ["AU-2"]
    assert found["Findings"]["finding_ref"].tolist() == ["AU-6.1"]


def template_filled(home, *, number):
    """The audit's template filled in by hand, each row without the audit's number; that stands on its Cover, or not."""
    path = home / "audit.xlsx"
    returns.write_template(home, STEWARD, "audit", "bu", "2026-27-Q2", path, at=AT)
    book = load_workbook(path)
    (cell,) = (row[1] for row in book["Cover"].iter_rows() if row[0].value == "Audit")
    cell.value = number
    for name, rows in WHOLE.items():
        places = {column.heading: column.name for column in kinds()["audit"].sheet(name).columns}
        heads = {places[head.value]: head.column for head in book[name][4] if head.value in places}
        for at, row in enumerate(rows, 5):
            for column, value in row.items():
                if column != "audit_ref":
                    book[name].cell(at, heads[column]).value = value
    book.save(path)
    return check(path, today=AT.date())


def test_the_number_of_an_audit_given_once_on_the_templates_cover_is_that_of_every_row(tmp_path):
    report = template_filled(tmp_path, number=A)
    assert rules(report, "error") == set()
    assert {name: set(frame["audit_ref"]) for name, frame in report.records.items()} == {name: {A} for name in WHOLE}


def test_who_gives_an_audit_no_number_is_told_of_the_cover(tmp_path):
    report = template_filled(tmp_path, number=None)
    told = [problem for problem in report.problems if problem.rule == "log_cell_is_empty"]
    assert len(told) == sum(map(len, WHOLE.values()))
    assert {p.fix.partition(", or ")[2] for p in told} == {"once for every row on the Cover."}


def test_cases_are_not_held_against_what_the_refused_row_of_their_audit_says_otherwise(tmp_path):
    planned = ONE | {"audit_ref": "AU-2026-9", "stage": "Planned", "reported_on": None, "planned_for": date(2027, 1, 1)}
    returns.submit(tmp_path, STEWARD, write(tmp_path / "p.xlsx", {"Audits": [planned]}, kind="audit"), AT)
    of_nine = {name: [row | {"audit_ref": "AU-2026-9"} for row in rows_] for name, rows_ in WHOLE.items()}
    of_nine["Findings"] = [FINDING | {"audit_ref": "AU-2026-9", "finding_ref": "AU-2026-9.1"}]
    refused = of_nine | {"Audits": [of_nine["Audits"][0] | {"re_audit_of": "AU-2020-1"}]}
    report = returns.check_file(tmp_path, STEWARD, write(tmp_path / "r.xlsx", refused, kind="audit"), AT)
    assert "log_record_is_not_there" in rules(report, "error")
    assert not {problem.sheet for problem in report.problems if "is “Planned”" in problem.message}
    alone = {name: of_nine[name] for name in ("Cases", "Grades")}
    without = returns.check_file(tmp_path, STEWARD, write(tmp_path / "w.xlsx", alone, kind="audit"), AT)
    assert "case_of_an_audit_not_begun" in rules(without, "query")
