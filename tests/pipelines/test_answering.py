"""The form behind a link: whoever holds it answers for one respondent, for nobody else, and once."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from pipelines.flows import answer_checks, answer_link, answering, inviting, log, returns
from pipelines.flows.form_faults import NoFormError, TooManyLinksError, told
from pipelines.flows.inviting import Whom
from pipelines.flows.wrong_links import MOST, WrongLinks
from pipelines.store import keys, records, rekeying, submissions
from pipelines.store.files import place
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.problems import UserError
from schemas.returns import kinds
from schemas.rule import rules_of
from tests.pipelines.form_home import (
    AT,
    NURSERY,
    RESPONDENTS,
    SCHOOL,
    SECOND,
    STEWARD,
    invited,
    kept,
    logged,
    registered,
)
from tests.pipelines.full_disk import full_disk
from tests.pipelines.log_book import write

pytestmark = pytest.mark.slow
SOON = timedelta(minutes=5)
NAMED = "Ask John Smith of 12 Elm Road to write the rota"
DONE = {"action": "Write a rota", "owner_role": "Manager", "done_on": date(2026, 1, 31)}
OPEN = {"self_score": "0 Not in place", "action": "Buy lockers", "owner_role": "Manager"}
ANSWER = {"self_score": "s2", "evidence_ref": "Training record, autumn", "evidence_date": "2026-09-30"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return registered(tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("sheets"))


@pytest.fixture
def home(built, tmp_path, monkeypatch):
    monkeypatch.setattr(answer_link, "wrong_links", WrongLinks())
    return shutil.copytree(built, tmp_path / "home")


@pytest.fixture
def token(home):
    return invited(home)


def held_anywhere(home, text):
    """Whether any file under the home holds the text."""
    return [path for path in home.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def answers(home, sender=NURSERY):
    with transaction(home, write=False) as connection:
        return records.standing(connection, kinds()["self_assessment"], sender)["Statements"]


def sent(home):
    with transaction(home, write=False) as connection:
        return submissions.listing(connection, None).query("kind == 'self_assessment'")


def test_a_form_says_whose_it_is_and_asks_the_statements_of_its_instrument(home, token):
    form = answering.open_form(home, token, AT)
    assert (form.respondent_id, form.name, form.instrument.id) == (NURSERY, "Example Nursery One", "early_years")
    assert form.year.id == "FY2026-27"
    assert [each.statement for each in form.asked] == list(form.instrument.asked_in(form.year))
    assert form.answered == 0


@pytest.mark.parametrize(
    "other",
    ["", "x", "A" * 100_000, "\x00", "../../vault.duckdb", "' or 1=1 --", "\udcff", "%00", "\u202e", "a" * 43],
)
def test_a_link_nobody_made_gets_one_sentence_whatever_it_holds(home, token, other):
    with pytest.raises(NoFormError) as said:
        answering.open_form(home, other, AT)
    with pytest.raises(NoFormError) as nearly:
        answering.open_form(home, token[:-1], AT)
    assert str(said.value) == str(nearly.value)
    assert len(other) < 3 or other not in str(said.value)


def test_a_link_without_a_vault_gets_the_same_sentence_and_makes_none(tmp_path, monkeypatch):
    monkeypatch.setattr(answer_link, "wrong_links", WrongLinks())
    with pytest.raises(NoFormError):
        answering.open_form(tmp_path / "nothing", "x", AT)
    assert not (tmp_path / "nothing").exists()


def test_a_link_whose_days_are_over_opens_nothing_and_its_draft_is_gone(home, token):
    form = answering.open_form(home, token, AT)
    answering.save(home, token, {"EY1.1": ANSWER}, AT)
    last = AT.replace(year=form.expires_on.year, month=form.expires_on.month, day=form.expires_on.day)
    assert answering.open_form(home, token, last).answered == 1
    with pytest.raises(NoFormError):
        answering.open_form(home, token, last + timedelta(days=1))
    assert kept(home, token).saved_at is None
    ended = logged(home).query("action == 'invitation.ended'")
    assert ended["subject"].tolist() == [NURSERY]
    assert '"why":"expired"' in ended["detail"].iloc[0]


def test_an_ended_link_takes_nothing_more_and_its_draft_is_gone(home, token):
    answering.save(home, token, {"EY1.1": ANSWER}, AT)
    assert inviting.end(home, STEWARD, NURSERY, AT) == 1
    for act in (
        lambda: answering.open_form(home, token, AT),
        lambda: answering.save(home, token, {"EY1.2": ANSWER}, AT),
        lambda: answering.look_over(home, token, AT),
        lambda: answering.send(home, token, "Manager", "Owner", AT),
    ):
        with pytest.raises(NoFormError):
            act()
    assert kept(home, token).saved_at is None
    assert sent(home).empty


def test_a_flood_of_wrong_links_is_held_off_but_not_who_is_in_the_middle_of_a_form(home, token):
    answering.open_form(home, token, AT)
    for number in range(MOST):
        with pytest.raises(NoFormError):
            answering.open_form(home, f"wrong {number}", AT)
    with pytest.raises(TooManyLinksError):
        answering.open_form(home, "one more", AT)
    assert answering.open_form(home, token, AT).name == "Example Nursery One"
    with pytest.raises(NoFormError):
        answering.open_form(home, "one more", AT + timedelta(minutes=1))


def test_a_strangers_flood_keeps_no_school_from_opening_its_form_for_the_first_time(home, token, monkeypatch):
    for number in range(MOST):
        with pytest.raises(NoFormError):
            answering.open_form(home, f"wrong {number}", AT)
    read = []
    monkeypatch.setattr(answer_link, "ours", lambda place, ours=answer_link.ours: read.append(1) or ours(place))
    for number in range(MOST):
        with pytest.raises(TooManyLinksError):
            answering.open_form(home, f"more {number}", AT)
    assert len(read) == 1
    assert answering.open_form(home, token, AT).name == "Example Nursery One"


def test_what_is_saved_is_there_when_the_link_is_opened_again(home, token):
    first = answering.save(home, token, {"EY1.1": {"self_score": "1 Started"}}, AT)
    answering.save(home, token, {"EY1.1": {"due_date": "31/3/2027"}}, AT + SOON)
    form = answering.open_form(home, token, AT + timedelta(days=3))
    answer = form.of("EY1.1")
    assert (first.refused, first.stamps) == ((), {"EY1.1": AT.isoformat()})
    assert answer.came_from == "draft"
    assert (answer.answer["self_score"], answer.answer["due_date"]) == ("s1", "2027-03-31")
    assert (form.answered, form.saved_at) == (1, AT + SOON)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("action", NAMED),
        ("owner_role", "Mrs Oddlysaid"),
        ("evidence_ref", "NHS number 943 476 5919"),
        ("good_practice", "Ring 0113 496 0123 for Kayden, 9"),
        ("na_reason", "Born 01/02/2015, LS1 4AP"),
        ("impact_evidence", "Jayden is safe now"),
    ],
)
def test_what_may_name_somebody_is_said_and_is_kept_nowhere(home, token, column, text):
    saved = answering.save(home, token, {"EY1.1": {**ANSWER, column: text}}, AT)
    assert [(each.statement_id, each.column) for each in saved.refused] == [("EY1.1", column)]
    assert all(text not in each.words for each in saved.refused)
    assert held_anywhere(home, text) == []
    assert held_anywhere(home, ANSWER["evidence_date"]), "what is kept can be found so"
    assert text not in logged(home).to_csv()
    rest = {name: value for name, value in ANSWER.items() if name != column}
    assert rest.items() <= kept(home, token).answers["EY1.1"].items()
    assert column not in kept(home, token).answers["EY1.1"]


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("evidence_date", "soon", "is not a day"),
        ("self_score", "4", "is not in the list"),
        ("action", "a" * 301, "there is room for 300"),
        ("action", "b " * 500_000, "has 1,000,000 characters; there is room for 300."),
    ],
)
def test_what_cannot_be_read_is_said_without_a_cell_and_the_rest_is_saved(home, token, column, text, said):
    saved = answering.save(home, token, {"EY1.1": {"good_practice": "Daily checks", column: text}}, AT)
    (told,) = saved.refused
    assert said in told.message
    assert "Statements!" not in told.message
    assert "row" not in told.message
    assert kept(home, token).answers["EY1.1"]["good_practice"] == "Daily checks"


def test_on_a_full_disk_nothing_is_kept_and_the_reader_is_told_so_without_a_folder(home, token):
    answering.save(home, token, {"EY1.1": ANSWER}, AT)
    acts = (
        lambda: answering.open_form(home, token, AT),
        lambda: answering.save(home, token, {"EY1.2": ANSWER}, AT),
        lambda: answering.send(home, token, "Manager", "Owner", AT),
    )
    for act in acts:
        with full_disk(), pytest.raises(UserError) as why:
            act()
        assert told(why.value).startswith("The form takes nothing just now: there is no room where answers are kept.")
    assert set(kept(home, token).answers) == {"EY1.1"}
    assert sent(home).empty
    assert answering.send(home, token, "Manager", "Owner", AT).sent is not None


@pytest.mark.parametrize("key", ["", base64.b64encode(b"another key of the tests, 32 byt").decode()])
def test_while_the_key_is_missing_or_anothers_nobody_is_told_to_wait(home, token, monkeypatch, key):
    answering.save(home, token, {"EY1.1": ANSWER}, AT)
    monkeypatch.setenv(keys.VARIABLE, base64.b64encode(b"the right key of the tests: 32 b").decode())
    rekeying.change(home, None, keys.configured(home), STEWARD, at=AT)
    monkeypatch.setenv(keys.VARIABLE, key)
    for act in (
        lambda: answering.open_form(home, token, AT),
        lambda: answering.save(home, token, {"EY1.2": ANSWER}, AT),
    ):
        with pytest.raises(UserError) as why:
            act()
        assert told(why.value).startswith("The form cannot be opened until something is put right")
        assert "try again" not in told(why.value) and str(home) not in told(why.value)


def test_control_characters_and_halves_of_characters_are_left_out_of_answers_and_roles(home, token):
    answering.save(home, token, {"EY1.1": {**ANSWER, "good_practice": "Daily\x00 checks\ud800\x1b"}}, AT)
    assert kept(home, token).answers["EY1.1"]["good_practice"] == "Daily checks"
    form = answering.send(home, token, "Nursery\x07 \udcffmanager", "Ow\x00ner\n", AT)
    with transaction(home, write=False) as connection:
        roles = connection.execute("select prepared_by_role, approved_by_role from submission where submission_id = ?",
                                   [form.sent.submission_id]).fetchone()  # fmt: skip
    assert roles == ("Nursery manager", "Owner")


@pytest.mark.parametrize("name", ["John Sm\x00ith", "John\x0bSmith", "John\rSmith", "John \ud800Smith"])
def test_a_name_cut_by_a_control_character_is_still_found(home, token, name):
    saved = answering.save(home, token, {"EY1.1": {**ANSWER, "action": f"Ask {name} to write the rota"}}, AT)
    assert [each.column for each in saved.refused] == ["action"]
    assert "action" not in kept(home, token).answers["EY1.1"]


def test_a_role_that_is_too_long_is_told_its_length_and_nothing_is_sent(home, token):
    answering.save(home, token, {"EY1.1": ANSWER}, AT)
    with pytest.raises(UserError, match="Your role has 104 characters; there is room for 80"):
        answering.send(home, token, "Manager " * 12 + "of rooms", "Owner", AT)
    assert sent(home).empty


def test_an_emptied_field_stays_empty(home, token):
    answering.save(home, token, {"EY1.1": ANSWER}, AT)
    answering.save(home, token, {"EY1.1": {"evidence_ref": ""}}, AT + SOON)
    assert answering.open_form(home, token, AT + SOON).of("EY1.1").answer["evidence_ref"] == ""


@pytest.mark.parametrize(
    "foreign",
    [
        {"ED1.1": {"self_score": "s3"}},
        {"OS1.1": {"self_score": "s3"}},
        {"EY9.9": {"self_score": "s3"}},
        {"EY1.1": {"moderated_score": "s3"}},
        {"EY1.1": {"respondent_id": SCHOOL}},
        {"EY1.1": {"year_id": "FY2025-26"}},
        {"EY1.1'); drop table draft; --": {"self_score": "s3"}},
    ],
)
def test_statements_and_columns_of_others_cannot_be_slipped_in(home, token, foreign):
    with pytest.raises(UserError, match="not a question of this form") as said:
        answering.save(home, token, {"EY1.2": ANSWER, **foreign}, AT)
    assert next(iter(foreign)) not in str(said.value)
    assert kept(home, token).saved_at is None


def test_two_windows_lose_nothing_unsaid(home, token):
    mine = {each.statement.id: each.stamp for each in answering.open_form(home, token, AT).asked}
    theirs = dict(mine)
    one = answering.save(home, token, {"EY1.1": {"self_score": "s1", "action": "Write a rota"}}, AT, theirs)
    two = answering.save(home, token, {"EY1.1": {"self_score": "s2"}}, AT + SOON, mine)
    (between,) = two.between
    assert one.between == ()
    assert (between.statement_id, between.at, dict(between.lost)) == ("EY1.1", AT.isoformat(), {"self_score": "s1"})
    stands = answering.open_form(home, token, AT + SOON).of("EY1.1").answer
    assert (stands["self_score"], stands["action"]) == ("s2", "Write a rota")
    three = answering.save(home, token, {"EY1.2": {"self_score": "s2"}}, AT + SOON, mine)
    assert three.between == ()


def test_windows_that_save_and_send_at_the_same_moment_wait_for_one_another(home, token):
    with ThreadPoolExecutor(max_workers=6) as windows:
        saves = [
            windows.submit(answering.save, home, token, {f"EY1.{number}": {"self_score": "s2"}}, AT)
            for number in range(1, 7)
        ]
        assert all(each.result().refused == () for each in saves)
        assert answering.open_form(home, token, AT).answered == 6
        sends = [windows.submit(answering.send, home, token, "Manager", "Owner", AT) for _ in range(3)]
        came = [each.exception() for each in sends]
    assert None in came
    assert all(each is None or "has been sent" in str(each) for each in came)
    assert len(sent(home)) == 1
    assert len(answers(home)) == 6


def test_what_another_window_saved_is_looked_over_before_it_is_sent(home, token):
    answering.save(home, token, {"EY1.1": ANSWER}, AT)
    answering.save(home, token, {"EY1.2": ANSWER}, AT + SOON)
    with pytest.raises(UserError, match="saved in another window"):
        answering.send(home, token, "Manager", "Owner", AT + SOON, looked_over=AT)
    assert sent(home).empty
    assert answering.send(home, token, "Manager", "Owner", AT + SOON, looked_over=AT + SOON).sent is not None


def test_sending_makes_a_submission_like_any_other_and_closes_the_link(home, token):
    answering.save(home, token, {"EY1.1": ANSWER, "EY1.2": {"self_score": "na", "na_reason": "We open by day"}}, AT)
    done = answering.send(home, token, "Nursery manager", "Owner", AT + SOON)
    (row,) = sent(home).to_dict("records")
    assert done.sent is not None
    assert row["submission_id"] == done.sent.submission_id == f"{NURSERY}.self_assessment.FY2026-27.v1"
    assert row["state"].startswith("accepted")
    assert (row["rows"], row["rows_accepted"], row["approved_by_role"], row["received_by"]) == (2, 2, "Owner", "form")
    assert answers(home)["self_score"].tolist() == ["s2", "na"]
    assert place(home, row["file_sha256"]).exists()
    assert kept(home, token).saved_at is None
    assert log.verify(home, STEWARD).faults == ()
    of_form = logged(home).query("actor == 'form'")
    assert of_form["action"].tolist() == ["submission.received", "invitation.ended"]
    assert of_form["agency_id"].unique().tolist() == [NURSERY]
    with transaction(home, write=True) as connection:
        connection.execute("update invitation set ended_at = null, ended_why = ''")
    [fault] = log.verify(home, STEWARD).faults
    assert fault.words.startswith(f"The links of {NURSERY} to the form for FY2026-27 are others in the vault")


def test_links_that_are_replaced_ended_and_run_out_are_as_the_log_says_and_another_token_is_not(home, token):
    answering.open_form(home, token, AT)
    invited(home)
    inviting.end(home, STEWARD, NURSERY, AT + SOON)
    invited(home)
    inviting.invite(home, STEWARD, Whom((SECOND,)), "2026-27", AT + timedelta(days=400))
    assert log.verify(home, STEWARD).faults == ()
    with transaction(home, write=True) as connection:
        connection.execute("update invitation set token_sha256 = 'x' where respondent_id = ?", [SECOND])
    [fault] = log.verify(home, STEWARD).faults
    assert fault.words.startswith(f"The links of {SECOND} to the form")


def test_a_sent_link_shows_its_receipt_and_takes_nothing_more(home, token):
    answering.save(home, token, {"EY1.1": ANSWER}, AT)
    done = answering.send(home, token, "Manager", "Owner", AT)
    assert answering.open_form(home, token, AT + SOON).sent == done.sent
    with pytest.raises(UserError, match="has been sent"):
        answering.save(home, token, {"EY1.1": {"self_score": "s0"}}, AT + SOON)
    assert answering.send(home, token, "Manager", "Owner", AT + SOON).sent == done.sent
    assert len(sent(home)) == 1
    with pytest.raises(NoFormError):
        answering.open_form(home, token, AT + timedelta(days=400))


def test_the_form_stores_what_the_workbook_would(home, token, tmp_path):
    answering.save(home, token, {"EY1.1": ANSWER, "EY1.3": {"self_score": "s0", "action": "=Write, then test"}}, AT)
    answering.send(home, token, "Manager", "Owner", AT)
    by_form = answers(home)
    rows = [
        {"statement_id": "EY1.1", **ANSWER, "self_score": "2 In place", "evidence_date": date(2026, 9, 30)},
        {"statement_id": "EY1.3", "self_score": "0 Not in place", "action": "=Write, then test"},
    ]
    other = "EY-0032"
    path = write(
        tmp_path / "by_hand.xlsx", {"Statements": rows}, kind="self_assessment", agency=other, period="2026-27"
    )
    returns.submit(home, Actor("Manager", "respondent", other), path, AT)
    columns = [column.name for column in kinds()["self_assessment"].data.columns if column.name != "respondent_id"]
    assert by_form[columns].to_csv() == answers(home, other)[columns].to_csv()


def test_one_respondent_may_owe_two_and_each_link_opens_its_own(home):
    one, two = (invited(home, SCHOOL, instrument=each) for each in ("education", "organisational"))
    statements = [answering.open_form(home, each, AT).asked[0].statement.id for each in (one, two)]
    for token, statement in zip((one, two), statements, strict=True):
        answering.save(home, token, {statement: ANSWER}, AT)
        answering.send(home, token, "Head teacher", "Chair of governors", AT)
    assert len(answers(home, SCHOOL)) == 2
    assert sent(home)["state"].str.startswith("accepted").all()
    with pytest.raises(NoFormError):
        answering.open_form(home, one[:-4] + two[-4:], AT)


def test_last_years_answers_are_carried_and_marked_and_this_years_come_before_them(home, tmp_path):
    for year, score in (("2025-26", "1 Started"), ("2026-27", "2 In place")):
        rows = [{"statement_id": "EY1.1", "self_score": score}]
        rows += [{"statement_id": "EY1.2", "self_score": score, **DONE}, {"statement_id": "EY1.3", **OPEN}] * (
            year == "2025-26"
        )
        path = write(
            tmp_path / f"{year}.xlsx", {"Statements": rows}, kind="self_assessment", agency=NURSERY, period=year
        )
        returns.submit(home, Actor("m", "respondent", NURSERY), path, AT)
    token = invited(home)
    form = answering.open_form(home, token, AT)
    found = {each.statement.id: (each.came_from, each.answer.get("self_score")) for each in form.asked[:4]}
    assert found == {
        "EY1.1": ("sent", "s2"),
        "EY1.2": ("carried", "s1"),
        "EY1.3": ("carried", "s0"),
        "EY1.4": ("", None),
    }
    assert (form.answered, form.carried) == (3, 2)
    actions = [form.of(each).answer["action"] for each in ("EY1.2", "EY1.3")]
    assert actions == ["", "Buy lockers"], "what is done stays with its year"
    answering.save(home, token, {"EY1.2": {"good_practice": "Daily checks"}}, AT)
    assert answering.open_form(home, token, AT).of("EY1.2").answer["self_score"] == "s1"


@pytest.mark.parametrize(
    ("role", "agreed", "said"),
    [
        ("", "Owner", "Your role: write the role"),
        ("Manager", " ", "Role of who agreed it: write the role"),
        ("Mrs Oddlysaid", "Owner", "Your role may name somebody"),
        ("Manager", "jane@example.org", "Role of who agreed it may name somebody"),
    ],
)
def test_only_a_role_can_stand_by_it(home, token, role, agreed, said):
    answering.save(home, token, {"EY1.1": ANSWER}, AT)
    with pytest.raises(UserError, match=said) as why:
        answering.send(home, token, role, agreed, AT)
    assert "Oddlysaid" not in str(why.value)
    assert "example.org" not in str(why.value)
    assert sent(home).empty
    assert answering.open_form(home, token, AT).answered == 1


def test_what_the_check_says_of_a_workbook_is_said_of_the_form_before_it_is_sent(home, token):
    doubtful = {"self_score": "s3", "evidence_ref": "Training record"}
    answering.save(home, token, {"EY1.1": {"self_score": "na"}, "EY1.2": doubtful}, AT)
    found = answering.look_over(home, token, AT)
    said = {each.statement_id: each for each in found if each.column in ("na_reason", "impact_evidence")}
    assert said["EY1.1"].severity == "error"
    assert "nobody says why" in said["EY1.1"].message
    assert said["EY1.2"].severity == "query"
    assert "counts 2" in said["EY1.2"].message
    assert [each.severity for each in found] == sorted((each.severity for each in found), key="error query note".find)
    told = " ".join(each.words for each in found)
    assert not any(word in told for word in ("Statements!", "(row", "workbook", "not answered yet"))
    with pytest.raises(UserError, match="nobody says why"):
        answering.send(home, token, "Manager", "Owner", AT)
    assert sent(home).empty
    answering.save(home, token, {"EY1.1": {"na_reason": "We open by day only"}}, AT)
    assert answering.send(home, token, "Manager", "Owner", AT).sent is not None


def test_what_the_form_leaves_out_of_the_check_is_still_a_rule():
    known = {rule.name for kind in ("file", "log", "self_assessment") for rule in rules_of(kind)}
    assert set(answer_checks.OF_A_FILE) <= known


def test_nothing_answered_is_nothing_to_send(home, token):
    assert answering.look_over(home, token, AT) == ()
    with pytest.raises(UserError, match="Nothing is answered"):
        answering.send(home, token, "Manager", "Owner", AT)


def test_who_has_left_the_register_has_no_form(home, token, tmp_path):
    gone = [{**RESPONDENTS[0], "standing": "Withdrawn"}]
    returns.submit(home, STEWARD, write(tmp_path / "r.xlsx", {"Respondents": gone}, kind="register"), AT + SOON)
    with pytest.raises(NoFormError):
        answering.open_form(home, token, AT + SOON)


_DIES = """
import os, sys
from datetime import datetime
from pathlib import Path
from pipelines.flows import answering
from pipelines.store import events
home, token, at = Path(sys.argv[1]), sys.argv[2], datetime.fromisoformat(sys.argv[3])
answering.save(home, token, {"EY1.1": {"self_score": "s2"}}, at)
def die(*_args, **_said):
    os._exit(9)
events.append = die
answering.send(home, token, "Manager", "Owner", at)
"""


def test_a_process_killed_while_sending_has_sent_nothing_and_lost_nothing(home, token):
    answering.open_form(home, token, AT)
    ran = subprocess.run(
        [sys.executable, "-c", _DIES, str(home), token, AT.isoformat()],
        check=False, capture_output=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert ran.returncode == 9, ran.stderr.decode()
    assert sent(home).empty
    assert answering.open_form(home, token, AT).answered == 1
    assert answering.send(home, token, "Manager", "Owner", AT).sent is not None


def test_no_token_stands_anywhere_in_the_vault_the_files_or_the_log(home, token):
    answering.save(home, token, {"EY1.1": ANSWER}, AT)
    answering.send(home, token, "Manager", "Owner", AT)
    assert held_anywhere(home, token) == []
    assert token not in logged(home).to_csv()


@pytest.mark.parametrize("role", ["executive", "scrutineer", "analyst", "respondent", "public"])
def test_only_the_business_unit_makes_and_ends_links(home, role):
    other = Actor("x", role, NURSERY if role == "respondent" else "lcc_cf" if role == "analyst" else None)
    with pytest.raises(UserError, match="needs the role business unit"):
        inviting.invite(home, other, Whom((NURSERY,)), "2026-27", AT)
    with pytest.raises(UserError, match="needs the role business unit"):
        inviting.end(home, other, NURSERY, AT)
