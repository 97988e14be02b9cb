from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from filelock import FileLock

from pipelines.cli import main
from pipelines.flows import access, demo, log, reach, serving, signing_in
from pipelines.flows.signing_in import SignedIn, Turned
from pipelines.queries import inbox
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.actors import Actor, confirm
from schemas.problems import UserError

ISSUER = "https://id.example/leeds"
STEWARD = Actor("Steward", "business_unit")
AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
LIST = f"""# kept by the business unit
contact = "the business unit"

[[provider]]
issuer = "{ISSUER}"

[[person]]   # from the council
name = "Analyst One"
email = "one@leeds.example"
role = "analyst"
agency = "lcc_cf"
"""


@pytest.fixture
def home(tmp_path):
    (tmp_path / "access.toml").write_text(LIST, encoding="utf-8")
    return tmp_path


def token(who: str = "one", at: datetime = AT, **said: object) -> dict[str, object]:
    address = f"{who}@leeds.example"
    return {"iss": ISSUER, "sub": who, "email": address, "email_verified": True, "iat": at.timestamp()} | said


def arrive(home, said=None, at: datetime = AT):
    return signing_in.arrive(home, said or token(at=AT), lambda: at)


def logged(home) -> list[tuple[str, str, str]]:
    with transaction(home, write=False) as connection:
        rows = events.listing(connection)
    return list(zip(rows["actor"], rows["role"], rows["action"], strict=True))


def test_somebody_on_the_list_acts_in_the_role_it_gives_them(home):
    found = arrive(home, token(role="business_unit", name="Somebody Else", roles=["business_unit"]))
    assert isinstance(found, SignedIn)
    assert found.actor == Actor("Analyst One", "analyst", "lcc_cf")
    assert found.role_words == "analyst of Leeds City Council, Children and Families"


def test_a_sign_in_a_refusal_and_a_sign_out_are_logged_once_each(home):
    for _ in range(3):
        arrive(home)
        arrive(home, token("stranger"))
    signing_in._TOLD.clear()  # noqa: SLF001 - as another process would see it
    arrive(home)
    signing_in.sign_out(home, token(), AT)
    assert logged(home) == [
        ("Throughline", "business_unit", "settings.noted"),
        ("access.toml, changed by hand", "business_unit", "access.changed"),
        ("Analyst One", "analyst", "session.began"),
        ("stranger@leeds.example", "public", "session.refused"),
        ("Analyst One", "analyst", "session.ended"),
    ]
    assert log.verify(home, STEWARD).faults == ()


def test_a_stranger_learns_whom_to_ask_and_nothing_else(home):
    assert arrive(home, token("stranger")) == Turned("unknown", "the business unit", "stranger@leeds.example")


@pytest.mark.parametrize("who", ["one", "stranger"])
def test_who_comes_with_an_unverified_address_learns_that_whether_or_not_it_is_on_the_list(home, who):
    found = arrive(home, token(who, email_verified=False))
    assert (found.why, found.is_doubted) == ("unknown", True)
    assert not arrive(home, token("stranger")).is_doubted


def test_revoking_by_a_name_asks_for_the_address(home):
    with pytest.raises(UserError, match="name analyst one by their e-mail address"):
        access.revoke(home, STEWARD, "analyst one", AT)
    assert isinstance(arrive(home), SignedIn)


def test_who_is_taken_off_the_list_does_nothing_more_from_an_open_page(home):
    actor = arrive(home).actor
    assert inbox.history(home, actor, "lcc_cf") == ()
    access.revoke(home, STEWARD, "ONE@leeds.example", AT)
    with pytest.raises(UserError, match="no longer signed in"):
        inbox.history(home, actor, "lcc_cf")
    assert arrive(home).why == "unknown"


@pytest.mark.parametrize("change", ['role = "approver"\n', "until = 2026-11-25\n"])
def test_a_hand_on_the_list_counts_at_once_too(home, change):
    actor = arrive(home).actor
    path = home / "access.toml"
    path.write_text(LIST.replace('role = "analyst"\n', change if "role" in change else f'role = "analyst"\n{change}'))
    with pytest.raises(UserError, match="no longer signed in"):
        confirm(actor)


def test_an_actor_that_has_left_its_role_is_not_given_the_new_one_by_an_old_page(home):
    before = arrive(home).actor
    (home / "access.toml").write_text(LIST.replace("lcc_cf", "ltht"), encoding="utf-8")
    with pytest.raises(UserError, match="no longer signed in"):
        inbox.history(home, before, "lcc_cf")
    assert arrive(home).actor.agency_id == "ltht"


def test_signing_out_ends_every_copy_of_the_cookie_and_no_other_sign_in(home):
    tab, elsewhere = arrive(home), arrive(home, token(at=AT - timedelta(hours=1)))
    signing_in.sign_out(home, token(), AT)
    with pytest.raises(UserError, match="no longer signed in"):
        confirm(tab.actor)
    assert arrive(home).why == "ended"
    confirm(elsewhere.actor)
    assert isinstance(arrive(home, token(at=AT + timedelta(seconds=9)), AT + timedelta(seconds=10)), SignedIn)


def test_a_sign_in_runs_out_after_its_hours_whatever_the_cookie_says(home):
    actor = signing_in.arrive(home, token(), lambda: moment[0]).actor if (moment := [AT]) else None
    confirm(actor)
    moment[0] = AT + timedelta(hours=8)
    with pytest.raises(UserError, match="no longer signed in"):
        confirm(actor)
    assert arrive(home, at=moment[0]).why == "expired"


@pytest.mark.parametrize("iat", [None, (AT + timedelta(days=300)).timestamp(), "soon"])
def test_a_token_without_an_honest_time_lasts_no_longer_than_one_with(home, iat):
    said = token(iat=iat)
    assert isinstance(arrive(home, said), SignedIn)
    assert arrive(home, said, AT + timedelta(hours=9)).why == "expired"


def test_a_clock_that_is_set_back_or_forth_makes_no_sign_in_longer(home):
    assert isinstance(arrive(home), SignedIn)
    # A few minutes are the difference of two clocks; a year back, it would hold for a year and its hours more.
    assert isinstance(arrive(home, token(), AT - timedelta(minutes=4)), SignedIn)
    for moved in (timedelta(days=-365), timedelta(days=365)):
        assert arrive(home, token(), AT + moved).why == "expired"
    # Who signs in anew while the clock is wrong is let in, and out again once it is right.
    early = AT - timedelta(days=365)
    assert isinstance(arrive(home, token(at=early), early), SignedIn)
    assert arrive(home, token(at=early), AT).why == "expired"


def test_a_list_with_a_fault_lets_nobody_in_and_ends_who_is_in(home):
    actor = arrive(home).actor
    (home / "access.toml").write_text(LIST + "rol = 1", encoding="utf-8")
    assert arrive(home) == Turned("closed")
    assert "there is no field “rol”" in signing_in.door(home).fault
    with pytest.raises(UserError):
        confirm(actor)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * 1_000_001, b""])
def test_what_is_no_list_at_all_lets_nobody_in(home, content):
    (home / "access.toml").write_bytes(content)
    assert signing_in.door(home).fault
    assert arrive(home) == Turned("closed")


def test_without_a_list_nobody_is_in(tmp_path):
    assert not signing_in.door(tmp_path).is_there
    assert arrive(tmp_path) == Turned("closed")
    (tmp_path / "access.toml").mkdir()
    assert "cannot be read" in signing_in.door(tmp_path).fault


def test_where_the_log_takes_no_entry_nobody_new_is_let_in_and_who_is_in_goes_on(home, monkeypatch):
    monkeypatch.setattr(signing_in, "_WAIT", 0.01)
    before = arrive(home)
    other = token(at=AT - timedelta(hours=1))
    with FileLock(home / "vault.lock"):
        assert arrive(home, other) == Turned("unlogged")
        confirm(arrive(home).actor)
        confirm(before.actor)
    assert arrive(home, other, AT + timedelta(seconds=9)) == Turned("unlogged")
    assert isinstance(arrive(home, other, AT + timedelta(seconds=11)), SignedIn)
    assert [entry for entry in logged(home) if entry[2] == "session.began"] == [
        ("Analyst One", "analyst", "session.began")
    ] * 2


def test_who_was_logged_before_goes_on_after_a_restart_where_the_vault_can_only_be_read(home, monkeypatch):
    arrive(home)
    events.keep_head(home, events.Head(99, "0" * 64))  # as if the log had been cut: nothing is added to it
    monkeypatch.setattr(signing_in, "_TOLD", {})
    assert isinstance(arrive(home), SignedIn)
    assert arrive(home, token(at=AT - timedelta(hours=1))) == Turned("unlogged")


def test_a_list_changed_by_hand_is_in_the_log_before_anybody_acts_by_it(home):
    arrive(home)
    (home / "access.toml").write_text(LIST.replace("Analyst One", "Analyst Two"), encoding="utf-8")
    arrive(home)
    assert [entry[2] for entry in logged(home)].count("access.changed") == 2


def test_a_hand_on_the_list_is_logged_at_the_next_start(home):
    assert list(serving.entrance(home, AT)) == [
        f"There is no secrets.toml in {home}: unless Streamlit finds one elsewhere, nobody can sign in."
    ]
    (home / "access.toml").write_text(LIST.replace("contact", "public = true\ncontact").replace("lcc_cf", "ltht"))
    (home / "secrets.toml").write_text("[auth]\n")
    (home / "secrets.toml").chmod(0o644)
    assert list(serving.entrance(home, AT)) == ["Anybody who reaches it reads the public’s pages, without signing in."]
    if os.name != "nt":
        assert (home / "secrets.toml").stat().st_mode & 0o077 == 0
    assert f"--secrets={home.resolve() / 'secrets.toml'}" in serving.command(reach.Where(1), home)
    access.notice(home, AT)
    with transaction(home, write=False) as connection:
        changes = [json.loads(each["detail"]) for each in events.of(connection, access.CHANGED)]
    assert len(changes) == 2, "what the log has heard of is no change"
    gained = [
        "Analyst One (one@leeds.example, https://id.example/leeds): analyst of ltht",
        "Anybody may read the public’s pages",
    ]
    assert changes[1]["gained"] == gained
    assert changes[1]["lost"] == ["Analyst One (one@leeds.example, https://id.example/leeds): analyst of lcc_cf"]


def run(home, *words: str):
    done = CliRunner().invoke(main, list(words), env={"THROUGHLINE_HOME": str(home)})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_the_command_gives_and_ends_access_and_keeps_what_a_hand_wrote(home):
    new = [
        "Chair “Two”",
        "--email",
        "Two@leeds.example",
        "--role",
        "chair",
        "--group",
        "Audit",
        "--until",
        "2099-03-31",
    ]
    code, said = run(home, "access", "add", *new, "--by", "Steward")
    assert (code, said) == (0, "Chair “Two”, two@leeds.example, may sign in: chair of Audit, until 31 March 2099.\n")
    assert isinstance(signing_in.arrive(home, token("two"), lambda: AT), SignedIn)
    code, said = run(home, "access", "revoke", "one@leeds.example", "--by", "Steward")
    assert (code, said.startswith("Analyst One can no longer sign in")) == (0, True)
    assert signing_in.arrive(home, token("one"), lambda: AT).why == "unknown"
    assert isinstance(signing_in.arrive(home, token("two"), lambda: AT), SignedIn)
    text = (home / "access.toml").read_text(encoding="utf-8")
    assert text.startswith("# kept by the business unit")
    assert "[[person]]   # from the council\nrevoked = 20" in text
    listed = run(home, "access", "list")[1].splitlines()
    assert listed[0] == "Whom to ask: the business unit"
    assert "Analyst One, one@leeds.example: analyst of lcc_cf (revoked on " in listed[3]
    assert [each[::2] for each in logged(home)][:4] == [
        ("Throughline", "settings.noted"),
        ("access.toml, changed by hand", "access.changed"),
        ("Steward", "access.changed"),
        ("Chair “Two”", "session.began"),
    ]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["add", "Two", "--email", "one@leeds.example", "--role", "executive"], "is there twice"),
        (["add", "Two", "--email", "two@leeds.example", "--role", "boss"], "role is one of"),
        (
            ["add", 'T"\nrole = "executive', "--email", "two@leeds.example", "--role", "public"],
            "one line of plain text",
        ),
        (["add", "Two", "--email", "two@leeds.example", "--role", "analyst"], "agency must be the id of an agency"),
        (["add", "Two", "--email", "two@leeds.example", "--role", "Analyst", "--agency", "ltht"], "role is one of"),
        (
            ["add", "Two", "--email", "two@leeds.example", "--role", "chair", "--group", "Audits"],
            "there is no sub-group “Audits”. Did you mean “Audit”?",
        ),
        (["revoke", "nobody@leeds.example"], "nobody on the list is called"),
    ],
)
def test_what_would_spoil_the_list_is_not_written(home, words, why):
    code, said = run(home, "access", *words)
    assert (code, why in said) == (2, True), said
    assert "Nothing was changed: " in said
    assert "nobody can sign in" not in said
    assert (home / "access.toml").read_text(encoding="utf-8") == LIST


def test_a_list_written_in_another_of_tomls_ways_is_left_to_the_hand_that_wrote_it(home):
    other = '\n[["person"]]\nname = "Two"\nemail = "two@leeds.example"\nrole = "executive"\n'
    (home / "access.toml").write_text(LIST + other, encoding="utf-8")
    assert run(home, "access", "revoke", "two@leeds.example")[0] == 2
    assert isinstance(signing_in.arrive(home, token(), lambda: AT), SignedIn)


def test_a_command_before_there_is_a_list_says_what_to_write(tmp_path):
    code, said = run(tmp_path, "access", "add", "Two", "--email", "two@leeds.example", "--role", "executive")
    assert (code, "docs/how-to/sign-in.md" in said) == (2, True)


def test_the_demonstration_takes_no_home_that_holds_anything_else(home):
    arrive(home)
    said: list[str] = []
    with pytest.raises(UserError, match="the demonstration did not bring"):
        demo.build(home, said.append)
    assert said == []
    assert not demo.is_marked(home)


@pytest.mark.slow
def test_two_processes_that_serve_log_one_sign_in_once(home):
    command = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path; from pipelines.flows import signing_in; "
        f"signing_in.arrive(Path(sys.argv[1]), {token()!r}, lambda: datetime(2026, 11, 26, 9, tzinfo=UTC))"
    )
    both = [subprocess.Popen([sys.executable, "-c", command, str(home)]) for _ in range(2)]
    assert [each.wait(60) for each in both] == [0, 0]
    assert [action for *_, action in logged(home)] == ["settings.noted", "access.changed", "session.began"]


def test_access_that_was_revoked_is_not_revoked_again_and_the_day_is_named(home):
    assert run(home, "access", "revoke", "one@leeds.example")[0] == 0
    code, said = run(home, "access", "revoke", "one@leeds.example")
    assert code == 2
    assert "Nothing was changed: the access of Analyst One was revoked on" in said


def test_a_day_that_is_none_is_said_in_a_sentence(home):
    code, said = run(home, "access", "add", "Two", "--role", "executive", "--until", "31.3.2027")
    assert (code, "“31.3.2027” is no day. Write year, month and day, such as 2026-04-01." in said) == (2, True)


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_the_mark_that_editors_put_first_locks_nobody_out_and_is_not_kept(home, mark):
    (home / "access.toml").write_bytes(mark + LIST.encode())
    assert isinstance(arrive(home), SignedIn)
    assert run(home, "access", "revoke", "one@leeds.example")[0] == 0
    assert (home / "access.toml").read_bytes().startswith(b"# kept by")


def test_a_list_that_cannot_be_used_still_says_whom_to_ask(home):
    (home / "access.toml").write_text(LIST + "[[person]\n", encoding="utf-8")
    found = signing_in.door(home)
    assert (bool(found.fault), found.contact) == (True, "the business unit")


def test_an_issuer_with_a_slash_at_its_end_is_the_same_issuer(home):
    (home / "access.toml").write_text(LIST.replace(ISSUER, f"{ISSUER}/"), encoding="utf-8")
    assert isinstance(arrive(home), SignedIn)


def test_the_log_says_who_gained_and_lost_what_and_why_somebody_was_refused(home):
    arrive(home)
    new = ["Two", "--email", "two@leeds.example", "--role", "chair", "--group", "Audit", "--by", "Steward"]
    assert run(home, "access", "add", *new)[0] == 0
    assert run(home, "access", "revoke", "one@leeds.example", "--by", "Steward")[0] == 0
    arrive(home)
    arrive(home, token("stranger"))
    (home / "access.toml").write_text((home / "access.toml").read_text("utf-8").replace('"Audit"', '"Exploitation"'))
    arrive(home, token("two"))
    said = [line.split("  ", 2)[-1].partition("  ")[2] or line for line in run(home, "log", "list")[1].splitlines()]
    told = "\n".join(said)
    one = "Analyst One (one@leeds.example), analyst of Leeds City Council, Children and Families"
    assert (
        "The business unit changed who may see what: gave access to Two (two@leeds.example), chair of Audit. [Steward, login "
        in told
    )
    assert f"The business unit changed who may see what: took away the access of {one}. [Steward, login " in told
    assert "Somebody who signed in as one@leeds.example was not let in: their access was revoked." in told
    assert "Somebody who signed in as stranger@leeds.example was not let in: they are not on the list" in told
    assert (
        "Somebody, by hand, changed who may see what: changed the access of Two (two@leeds.example) from chair of Audit to "
        "chair of Exploitation." in told
    )
