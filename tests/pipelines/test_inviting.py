"""Links are made for those on the register who owe a self-assessment, listed once, and ended by the business unit."""

from __future__ import annotations

import csv
import shutil
import stat
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from pipelines.cli import main
from pipelines.flows import answer_link, answering, inviting, returns
from pipelines.flows.form_faults import NoFormError
from pipelines.flows.inviting import Whom
from pipelines.flows.wrong_links import WrongLinks
from pipelines.queries import invited as listing
from pipelines.reports import link_list
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pipelines.form_home import (
    AT,
    NURSERY,
    RESPONDENTS,
    SCHOOL,
    SECOND,
    STEWARD,
    YEAR,
    invited,
    kept,
    logged,
    registered,
    token_of,
)
from tests.pipelines.log_book import write

pytestmark = pytest.mark.slow
SECTOR = Whom(sector="early_years")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return registered(tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("sheets"))


@pytest.fixture
def home(built, tmp_path, monkeypatch):
    monkeypatch.setattr(answer_link, "wrong_links", WrongLinks())
    monkeypatch.setenv("THROUGHLINE_HOME", str(tmp_path / "home"))
    return shutil.copytree(built, tmp_path / "home")


def run(*words):
    return CliRunner().invoke(main, ["invite", *map(str, words)])


def test_a_sector_is_those_on_the_register_who_owe_one_this_year(home):
    links = inviting.invite(home, STEWARD, SECTOR, YEAR, AT)
    assert [(each.respondent_id, each.instrument) for each in links] == [
        (NURSERY, "early_years"),
        (SECOND, "early_years"),
    ]
    before = inviting.invite(home, STEWARD, SECTOR, "2024-25", AT)
    assert "EY-0033" in [each.respondent_id for each in before]


def test_one_respondent_gets_a_link_for_each_it_owes(home):
    assert {each.instrument for each in inviting.invite(home, STEWARD, Whom((SCHOOL,)), YEAR, AT)} == {
        "education",
        "organisational",
    }
    (only,) = inviting.invite(home, STEWARD, Whom(("sch 0142",), instrument="education"), YEAR, AT)
    assert (only.respondent_id, only.instrument) == (SCHOOL, "education")


@pytest.mark.parametrize(
    ("whom", "year", "said"),
    [
        (Whom(), YEAR, "either one sector or single respondents"),
        (Whom((NURSERY,), "schools"), YEAR, "either one sector or single respondents"),
        (Whom(sector="nurserys"), YEAR, "“nurserys” is not known"),
        (Whom(sector="practitioners"), YEAR, "“practitioners” is not known"),
        (Whom((NURSERY,), instrument="partnership"), YEAR, "answered at an event"),
        (Whom((NURSERY,), instrument="section12"), YEAR, "“section12” is not known"),
        (Whom(("EY-9999",)), YEAR, "Not on the register: EY-9999"),
        (Whom(sector="police"), YEAR, "Nobody on the register owes that"),
        (SECTOR, "2026-27-Q2", "is for a financial year"),
        (SECTOR, "next year", "next year"),
    ],
)
def test_whom_it_cannot_be_for_is_said_and_no_link_is_made(home, whom, year, said):
    with pytest.raises(UserError, match=said):
        inviting.invite(home, STEWARD, whom, year, AT)
    assert listing.links(home, STEWARD, AT.date()) == ()


def test_a_last_day_that_has_passed_is_refused(home):
    with pytest.raises(UserError, match="1 November 2026: it has passed"):
        inviting.invite(home, STEWARD, SECTOR, YEAR, AT, expires_on=date(2026, 11, 1))


def test_without_a_register_nobody_can_be_invited(tmp_path):
    with pytest.raises(UserError, match="Send the register of respondents first"):
        inviting.invite(tmp_path, STEWARD, SECTOR, YEAR, AT)


def test_who_was_entered_by_mistake_gets_no_link(home, tmp_path):
    gone = [{**RESPONDENTS[0], "standing": "Withdrawn"}]
    returns.submit(home, STEWARD, write(tmp_path / "r.xlsx", {"Respondents": gone}, kind="register"), AT)
    assert [each.respondent_id for each in inviting.invite(home, STEWARD, SECTOR, YEAR, AT)] == [SECOND]
    assert NURSERY not in {each.respondent_id for each in listing.respondents(home, STEWARD)}


def test_a_new_link_takes_over_what_was_begun_and_closes_the_old_one(home):
    old = invited(home)
    answering.save(home, old, {"EY1.1": {"self_score": "s2"}}, AT)
    new = invited(home, at=AT + timedelta(days=1))
    assert answering.open_form(home, new, AT + timedelta(days=1)).answered == 1
    with pytest.raises(NoFormError):
        answering.open_form(home, old, AT + timedelta(days=1))
    assert kept(home, old).saved_at is None


def test_every_link_has_a_token_of_its_own_that_cannot_be_guessed(home):
    tokens = {token_of(each) for _ in range(3) for each in inviting.invite(home, STEWARD, SECTOR, YEAR, AT)}
    assert len(tokens) == 6
    assert all(len(token) == 43 for token in tokens)


def test_the_business_unit_sees_how_far_each_has_come(home):
    one, two = (invited(home, each) for each in (NURSERY, SECOND))
    invited(home, SCHOOL, instrument="education")
    answering.open_form(home, one, AT)
    answering.save(home, two, {"EY1.1": {"self_score": "s2"}, "EY1.2": {"action": "Write a rota"}}, AT)
    found = {each.respondent_id: each for each in listing.links(home, STEWARD, AT.date())}
    assert {who: each.state for who, each in found.items()} == {
        NURSERY: "opened",
        SECOND: "begun",
        SCHOOL: "not opened",
    }
    assert (found[SECOND].answered, found[SECOND].asked, found[SECOND].name) == (1, 6, "Example Nursery Two")
    answering.send(home, two, "Manager", "Owner", AT)
    inviting.end(home, STEWARD, NURSERY, AT)
    later = {each.respondent_id: each.state for each in listing.links(home, STEWARD, AT.date() + timedelta(days=200))}
    assert later == {NURSERY: "ended", SECOND: "sent", SCHOOL: "run out"}


@pytest.mark.parametrize("role", ["executive", "scrutineer", "analyst", "public"])
def test_nobody_else_may_ask_who_the_small_bodies_are(home, role):
    other = Actor("x", role, "lcc_cf" if role == "analyst" else None)
    for question in (lambda: listing.links(home, other, AT.date()), lambda: listing.respondents(home, other)):
        with pytest.raises(UserError, match="needs the role business unit"):
            question()


def test_ending_names_the_respondent_and_is_logged(home):
    inviting.invite(home, STEWARD, Whom((SCHOOL,)), YEAR, AT)
    assert inviting.end(home, STEWARD, "sch 0142", AT) == 2
    assert logged(home)["action"].tolist().count("invitation.ended") == 2
    with pytest.raises(UserError, match="No link of SCH-0142 is open"):
        inviting.end(home, STEWARD, SCHOOL, AT)


def test_the_list_is_a_table_to_merge_with_nothing_a_spreadsheet_would_run(home):
    first, *others = inviting.invite(home, STEWARD, SECTOR, YEAR, AT, address="https://example.org/")
    links = [replace(first, name="=Example Nursery Four"), *others]  # as an older register may hold one
    sheet = load_workbook(BytesIO(link_list.workbook(links)))["Links"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Reference", "Name", "Sector", "Self-assessment", "Year", "Opens until", "Link"]
    assert [row[6] for row in rows[1:]] == [each.url for each in links]
    assert all(row[6].startswith("https://example.org/answer?link=") for row in rows[1:])
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row)
    read = list(csv.DictReader(link_list.csv_bytes(links).decode("utf-8-sig").splitlines()))
    assert "'=Example Nursery Four" in [row["Name"] for row in read]


@pytest.mark.usefixtures("home")
def test_the_command_writes_the_list_for_its_owner_alone_and_says_how_many(tmp_path):
    out = tmp_path / "links.csv"
    done = run("--sector", "early_years", "--period", YEAR, "-o", out)
    said = (
        f"Wrote 2 links to {out}. They cannot be shown again.\nThey lead to http://127.0.0.1:8501, which opens on this "
        "machine alone: give --address where others reach it.\n"
    )
    assert (done.exit_code, done.output) == (0, said)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert out.read_text("utf-8-sig").count("http://127.0.0.1:8501/answer?link=") == 2
    ended = run("--end", NURSERY)
    assert (ended.exit_code, ended.output) == (0, f"Ended 1 link of {NURSERY}; what was not sent is deleted.\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--sector", "early_years", "--period", YEAR), "where the list is to go"),
        (("--sector", "early_years", "-o", "links.xlsx"), "Say for which year"),
        (("--sector", "early_years", "--period", YEAR, "-o", "links.docx"), "is not a list for merging"),
        (("--sector", "early_years", "--period", YEAR, "-o", "no/such/links.xlsx"), "No link was made"),
        (("--sector", "police", "--period", YEAR, "-o", "links.xlsx"), "Nobody on the register"),
        (("--end", "EY-9999"), "No link of EY-9999 is open"),
    ],
)
def test_a_command_that_cannot_be_done_makes_no_link_and_leaves_no_file(home, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    done = run(*words)
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output
    assert listing.links(home, STEWARD, AT.date()) == ()
    assert not list(tmp_path.glob("links.*"))


@pytest.mark.usefixtures("home")
def test_the_command_says_that_one_link_took_the_place_of_another(tmp_path):
    asked = ("--respondent", NURSERY, "--period", YEAR, "--address", "https://example.org")
    first = run(*asked, "-o", tmp_path / "a.csv").output
    assert first == f"Wrote 1 link to {tmp_path / 'a.csv'}. It cannot be shown again.\n"
    again = run(*asked, "-o", tmp_path / "b.csv").output
    assert again.splitlines()[1:] == ["1 link that stood open is replaced."]


def _replied(home, respondent):
    token = invited(home, respondent)
    ids = [each.statement.id for each in answering.open_form(home, token, AT).asked]
    answering.save(home, token, {each: {"self_score": "s2"} for each in ids}, AT)
    answering.send(home, token, "Manager", "Owner", AT)


def test_a_sector_leaves_out_who_has_replied_and_naming_one_does_not(home, tmp_path):
    _replied(home, NURSERY)
    plan = inviting.planned(home, STEWARD, SECTOR, YEAR, AT)
    assert (plan.made, plan.replaced, plan.replied) == (1, 0, 1)
    said = run(
        "--sector", "early_years", "--period", YEAR, "--address", "https://example.org", "-o", tmp_path / "a.csv"
    )
    assert said.output.endswith("1 that has replied got none; --respondent makes one.\n")
    found = {each.respondent_id: each.state for each in listing.links(home, STEWARD, AT.date())}
    assert found == {NURSERY: "sent", SECOND: "not opened"}
    assert [each.respondent_id for each in inviting.invite(home, STEWARD, Whom((NURSERY,)), YEAR, AT)] == [NURSERY]
    _replied(home, SECOND)
    with pytest.raises(UserError, match="Everybody meant has replied for 2026-27"):
        inviting.invite(home, STEWARD, SECTOR, YEAR, AT)


def test_a_plan_makes_nothing_and_counts_the_open_ones_it_would_replace(home):
    invited(home)
    plan = inviting.planned(home, STEWARD, SECTOR, YEAR, AT)
    assert (plan.made, plan.replaced, plan.replied) == (2, 1, 0)
    assert len(listing.links(home, STEWARD, AT.date())) == 1


def test_a_link_for_a_year_due_long_ago_opens_four_weeks_from_today(home):
    late = inviting.invite(home, STEWARD, SECTOR, "2024-25", AT)
    assert {each.expires_on for each in late} == {AT.date() + timedelta(days=28)}


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)//",
        "ftp://x",
        "example.org",
        'https://x"><script>',
        "https://a b",
        "https://x'",
        "https://",
        "http://a\nb",
    ],
)
def test_what_is_no_address_of_a_page_makes_no_link(home, address):
    with pytest.raises(UserError, match="must begin with http:// or https://"):
        inviting.invite(home, STEWARD, SECTOR, YEAR, AT, address=address)
    assert listing.links(home, STEWARD, AT.date()) == ()


@pytest.mark.usefixtures("home")
def test_a_list_that_is_there_is_not_written_over(tmp_path):
    out = tmp_path / "links.xlsx"
    assert run("--sector", "early_years", "--period", YEAR, "-o", out).exit_code == 0
    before = out.read_bytes()
    again = run("--sector", "early_years", "--period", YEAR, "-o", out)
    assert "is there already" in again.output
    assert out.read_bytes() == before
