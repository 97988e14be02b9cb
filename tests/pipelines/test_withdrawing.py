from __future__ import annotations

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from pipelines.cli import HOME, main
from pipelines.flows import returns, withdrawing
from pipelines.queries import inbox
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pipelines.log_book import ACTION, RECOMMENDATION, write

pytestmark = pytest.mark.slow
AT = datetime(2026, 10, 20, 12, tzinfo=UTC)
STEWARD = Actor("Steward", "business_unit")
HEAD = "Agency,Indicator ID,Indicator,Period,Area,Breakdown,Category,Number,Out of,Value,Marker,Nil,Reason\n"
REASON = "These were the figures of another quarter"
FIRST, SECOND = "probation_wy.figures.2026-27-Q2.v1", "probation_wy.figures.2026-27-Q2.v2"


def send(home, number: int):
    path = home / "probation.csv"
    path.write_text(f"{HEAD}probation_wy,PO05,,2026-27-Q2,,,,{number},,,,,\n", encoding="utf-8")
    return returns.submit(home, STEWARD, path, AT).receipt.submission_id


def states(home):
    return {each.submission_id: each.state for each in inbox.history(home, STEWARD, "probation_wy")}


@pytest.fixture
def home(tmp_path):
    assert [send(tmp_path, 41), send(tmp_path, 48)] == [FIRST, SECOND]
    return tmp_path


def test_the_version_before_stands_again_and_the_sentence_names_it(home):
    said = withdrawing.withdraw(home, STEWARD, SECOND, REASON, AT)
    assert said.startswith(f"{SECOND} is withdrawn. {FIRST} stands again. 1 figure changes. The next publication")
    assert states(home)[SECOND] == "withdrawn"
    assert states(home)[FIRST].startswith("accepted")
    last = withdrawing.withdraw(home, STEWARD, FIRST, REASON, AT)
    assert "Nothing stands in its place until a return is sent." in last


def test_of_a_log_the_rest_stands_as_before(tmp_path):
    path = write(tmp_path / "log.xlsx", {"Recommendations": [RECOMMENDATION], "Actions": [ACTION]})
    sent = returns.submit(tmp_path, STEWARD, path, AT).receipt.submission_id
    assert "The other submissions of this log stand as before" in withdrawing.withdraw(
        tmp_path, STEWARD, sent, REASON, AT
    )


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("   no    ", "at least 10 letters"),
        ("Mrs Oddlysaid asked for it to be taken out", "may tell of a person"),
        ("The row of 943 476 5919 was in it", "may tell of a person"),
        ("Kayden was counted twice by his school", "may tell of a person"),
        ("Twin girls at Roundhay School were counted twice", "may tell of a person"),
        ("The boy who died at Armley station in May", "may tell of a person"),
        ("Four children of one family were counted twice", "may tell of a person"),
    ],
)
def test_a_reason_says_something_and_nothing_of_a_person(home, reason, said):
    before = states(home)
    with pytest.raises(UserError, match=said) as told:
        withdrawing.withdraw(home, STEWARD, SECOND, reason, AT)
    assert "Nothing was withdrawn." in str(told.value)
    assert "Oddlysaid" not in str(told.value)
    assert states(home) == before


@pytest.mark.parametrize(
    "reason",
    [
        "The rows of Armley were counted twice",
        "It was the return for July to September",
        "Sent before our head of service had seen it",
        "2 rows of 2025-26 were typed in the wrong column",
        "The May extract missed all referrals from schools",
    ],
)
def test_a_reason_that_speaks_of_figures_is_taken(home, reason):
    assert withdrawing.withdraw(home, STEWARD, SECOND, reason, AT).startswith(f"{SECOND} is withdrawn.")
    assert inbox.event_log(home, STEWARD).iloc[-1]["action"] == "submission.withdrawn"


def test_a_reason_of_a_person_goes_back_to_nothing(home):
    with pytest.raises(UserError, match="may tell of a person"):
        withdrawing.revert(home, STEWARD, FIRST, "Kayden was counted twice by his school", AT)
    assert not inbox.event_log(home, STEWARD).to_csv().count("Kayden")


def test_an_analyst_withdraws_nothing_of_another_agency(home):
    other = Actor("A", "analyst", "ltht")
    with pytest.raises(UserError, match="cannot act for probation_wy"):
        withdrawing.withdraw(home, other, SECOND, REASON, AT)


def test_where_nothing_was_sent_no_vault_is_made(tmp_path):
    with pytest.raises(UserError, match="nothing has been sent yet"):
        withdrawing.withdraw(tmp_path, STEWARD, SECOND, REASON, AT)
    assert list(tmp_path.iterdir()) == []


def test_the_command_withdraws_and_says_what_stands(home, monkeypatch):
    monkeypatch.setenv(HOME, str(home))
    done = CliRunner().invoke(main, ["withdraw", SECOND, "--reason", REASON])
    assert (done.exit_code, done.output.startswith(f"{SECOND} is withdrawn. {FIRST} stands again.")) == (0, True)
    again = CliRunner().invoke(main, ["withdraw", SECOND, "--reason", REASON])
    assert again.exit_code == 2
    assert "is withdrawn, so there is nothing to withdraw" in again.stderr
    assert CliRunner().invoke(main, ["withdraw", SECOND]).exit_code == 2


def test_the_command_goes_back_to_a_version_and_says_what_changes(home, monkeypatch):
    monkeypatch.setenv(HOME, str(home))
    done = CliRunner().invoke(main, ["revert", FIRST, "--reason", REASON, "--by", "Steward"])
    said = f"{FIRST} stands again instead of {SECOND}, which is kept. 1 figure changes."
    assert (done.exit_code, done.output.startswith(said)) == (0, True)
    assert states(home)[SECOND] == "superseded"
    log = inbox.event_log(home, STEWARD).iloc[-1]
    assert (log["action"], log["subject"], log["actor"]) == ("submission.reverted", FIRST, "Steward")
    again = CliRunner().invoke(main, ["revert", FIRST, "--reason", REASON])
    assert (again.exit_code, "stands already" in again.stderr) == (2, True)


def test_a_log_is_not_gone_back_in(tmp_path):
    path = write(tmp_path / "log.xlsx", {"Recommendations": [RECOMMENDATION], "Actions": [ACTION]})
    sent = returns.submit(tmp_path, STEWARD, path, AT).receipt.submission_id
    with pytest.raises(UserError, match="none stands in another's place"):
        withdrawing.revert(tmp_path, STEWARD, sent, REASON, AT)
