from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook

from pipelines.checking import check_workbook
from pipelines.flows import returns
from pipelines.publishing.agreed import agreed_tables
from pipelines.queries import respondents
from pipelines.store import submissions
from pipelines.store.opening import transaction
from tests.pipelines import good_return
from tests.pipelines.assessment_book import AT, SCHOOL, STEWARD, answered, registered, school
from tests.pipelines.log_book import RECOMMENDATION, write
from tests.pipelines.releases import figure, inputs

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 26)
NAMED, WHEN, AWAITING = (
    "role_on_the_cover_may_name_somebody",
    "day_of_approval_does_not_count",
    "awaiting_agency_approval",
)


@pytest.fixture
def home(tmp_path):
    registered(tmp_path, school())
    return tmp_path


def figures(**cover):
    book = good_return.good_book()
    for label, said in cover.items():
        book.cover(label.replace("_", " ").replace("by role", "by (role)"), said)
    return check_workbook(book.workbook(), today=good_return.TODAY)


def assessed(home, name="a.xlsx", at=AT, **cover):
    said = {label.replace("_", " ").replace("by role", "by (role)"): answer for label, answer in cover.items()}
    return returns.submit(home, SCHOOL, answered(home, home / name, cover=said), at)


def said_of(report, *names):
    return [p.rule for p in report.problems if p.rule in names]


def stored(home):
    """The role that signed the last self-assessment off, and everything the vault keeps of submissions, in words."""
    with transaction(home, write=False) as connection:
        everything = [
            connection.execute("select * from submission").fetchall(),
            connection.execute("select * from problem").fetchall(),
            connection.execute("select * from event").fetchall(),
        ]
        sent = submissions.listing(connection, "SCH-0142")
        return sent.iloc[-1]["approved_by_role"], str(everything)


def state(home):
    return [each.words for each in respondents.owed(home, STEWARD, "SCH-0142", TODAY)]


@pytest.mark.parametrize(
    "role",
    ["Sarah Jenkins", "sarah jenkins", "Okafor", "Mrs Jenkins", "DSL Jenkins", "Head, 07700 900123",
     "head@example.org", "Head, 14 Example Road", "<b>Head</b>", "Head\x00", "Head\x1b[31m"],
)  # fmt: skip
def test_a_role_on_a_cover_that_may_lead_to_somebody_is_not_taken_nor_repeated(role):
    report = figures(Prepared_by_role=role, Approved_by_role=role)
    assert report.rows_accepted == figures().rows_accepted > 0
    assert said_of(report, NAMED, WHEN, AWAITING) == [NAMED, NAMED, AWAITING]
    assert (report.cover["prepared_by_role"], report.cover["approved_by_role"]) == ("", "")
    assert role not in report.as_text()
    assert "Approved by (role) on the Cover does not read as a role" in report.as_text()


def test_a_national_insurance_number_on_a_cover_refuses_the_file():
    report = figures(Prepared_by_role="AB 12 34 56 C")
    assert (report.exit_code, report.rows_accepted, report.cover) == (2, 0, {})
    assert {problem.rule for problem in report.problems} == {"person_level_data"}
    assert "12 34" not in report.as_text()


def test_a_role_and_a_day_on_a_cover_are_taken_without_a_word():
    report = figures(Approved_on="19 October 2026")
    assert said_of(report, NAMED, WHEN, AWAITING) == []
    assert (report.cover["approved_by_role"], report.cover["approved_on"]) == ("Head of service", "2026-10-19")


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("yesterday", "Approved on on the Cover is no day that can be read"),
        ("21 October 2026", "Approved on on the Cover is 21 October 2026, after today"),
    ],
)
def test_a_day_of_approval_that_is_none_or_not_yet_here_is_said_and_does_not_count(day, why):
    report = figures(Approved_on=day)
    assert said_of(report, NAMED, WHEN, AWAITING) == [WHEN, AWAITING]
    assert f"{why}, so the return is taken as not approved yet." in report.as_text()
    assert (report.cover["approved_by_role"], report.cover["approved_on"]) == ("", "")


@pytest.mark.slow
def test_names_on_the_cover_of_a_self_assessment_never_reach_the_vault_and_its_answers_do(home):
    taken = assessed(home, Completed_by_role="Jane Carter", Signed_off_by_role="Sarah Jenkins")
    assert taken.report.rows_accepted == taken.report.rows
    assert "Signed off by (role) on the Cover does not read as a role" in taken.report.as_text()
    assert state(home) == ["Received, awaiting sign-off"]
    role, everything = stored(home)
    assert role == ""
    assert not [name for name in ("Carter", "Jenkins", "Jane", "Sarah") if name in everything]
    assert [
        path.name for path in (home / "files").rglob("*.xlsx") if "Jenkins" in path.read_bytes().decode("latin")
    ] == []


@pytest.mark.slow
@pytest.mark.parametrize("day", ["", "yesterday", "1 January 2030"])
def test_a_reply_counts_once_it_has_a_role_and_a_day_and_not_before(home, day):
    taken = assessed(home, Signed_off_on=day)
    assert said_of(taken.report, AWAITING) == [AWAITING]
    assert state(home) == ["Received, awaiting sign-off"]
    assert stored(home)[0] == ""
    assessed(home, "b.xlsx", AT.replace(hour=14))
    assert state(home) == ["Received"]
    assert stored(home)[0] == "Head teacher"


@pytest.mark.slow
def test_a_moderation_is_no_sign_off_of_the_bodys(home):
    assessed(home, Signed_off_by_role="", Signed_off_on="")
    seen = {"ED1.1": {"moderated_score": "1", "moderator_comment": "Not seen at the visit"}}
    copy = answered(home, home / "m.xlsx", every=None, differs=seen, moderating=True)
    taken = returns.submit(home, STEWARD, copy, AT.replace(hour=14), moderating=True)
    assert taken.report.rows_accepted
    assert stored(home)[0] == ""
    assert state(home) == ["Received, awaiting sign-off"]


def test_the_cover_of_a_log_is_held_to_the_same(tmp_path):
    path = write(tmp_path / "l.xlsx", {"Recommendations": [RECOMMENDATION]})
    book = load_workbook(path)
    labels = {row[0].value: row[1] for row in book["Cover"].iter_rows()}
    labels["Approved by (role)"].value, labels["Approved on"].value = "Sarah Jenkins", "yesterday"
    book.save(path)
    report = returns.submit(tmp_path, STEWARD, path, AT).report
    assert said_of(report, NAMED, WHEN, AWAITING) == [NAMED, WHEN, AWAITING]
    assert report.rows_accepted == 1


def test_a_publication_repeats_no_approver_who_is_not_a_role():
    made = inputs(figure("CP01", 40))
    kept = agreed_tables(made)["submission"]["approved_by_role"].tolist()
    made.submissions["approved_by_role"] = "Sarah Jenkins"
    assert kept == ["Head of service"]
    assert agreed_tables(made)["submission"]["approved_by_role"].tolist() == ["a role that is not shown"]
