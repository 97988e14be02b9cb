"""What lies in a home is held against the event log: publications, their marks, rows, files and what stands."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, datetime, timedelta

import duckdb
import pytest
from click.testing import CliRunner

from pipelines.cli import HOME, main
from pipelines.commands import whose
from pipelines.flows import (
    backing_up,
    by_the_files,
    keys,
    log,
    restoring,
    retaining,
    returns,
    tidying,
    withdrawing_publications,
)
from pipelines.flows.publication import brought_out
from pipelines.publishing import alone
from pipelines.publishing.writing import point, seal
from pipelines.queries import event_log, frame
from pipelines.queries.pointer import current, earlier, file, pointer_file, seal_of
from pipelines.store import chain, events, fingerprints, migrating, submissions, watched
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.acts import ACTS
from tests.pipelines.killed_acts import next_releases, receive, report, silent

pytestmark = pytest.mark.slow

STEWARD = Actor("Steward", "business_unit")
AT = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
AUDIENCE = "partnership"
FIRST, SECOND = (f"wyp_leeds.figures.2026-27-Q2.v{number}" for number in (1, 2))
REASON = "It held a wrong figure"
BESIDE = f"What the vault keeps of {FIRST} beside its rows is not what came in entry 2"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Two versions of a return, and two releases."""
    home = tmp_path_factory.mktemp("held") / "home"
    receive(home, 1)
    receive(home, 2)
    for day in range(2):
        ready = next_releases(home, AT + timedelta(days=day), 500 + day)
        brought_out(home, [one for one in ready if one.order.audience == AUDIENCE], silent, by_the_files.noted(home))
    return home


@pytest.fixture
def home(built, tmp_path):
    return shutil.copytree(built, tmp_path / "home")


def faults(home) -> str:
    return " ".join(fault.words for fault in log.verify(home, STEWARD).faults)


def altered(home, *statements: str) -> None:
    """Past Throughline, as whoever has the file would."""
    with duckdb.connect(home / "vault.duckdb") as vault:
        for each in statements:
            vault.execute(each)


def verified(home, monkeypatch):
    monkeypatch.setenv(HOME, str(home))
    return CliRunner().invoke(main, ["log", "verify"])


def test_a_home_as_it_was_left_is_whole_and_says_what_was_compared(home, monkeypatch):
    done = verified(home, monkeypatch)
    assert done.exit_code == 0, done.output
    assert "Held against it: what the vault has of 2 submissions." in done.output


def spoilt(path, how, elsewhere):
    elsewhere.write_bytes(b"no publication")
    path.unlink()
    match how:
        case "overwritten":
            path.write_bytes(b"no publication")
        case "a link to elsewhere":
            path.symlink_to(elsewhere)
        case "a folder":
            path.mkdir()
        case _:
            return


@pytest.mark.parametrize("how", ["overwritten", "a link to elsewhere", "a folder", "missing"])
def test_a_released_file_that_is_another_is_a_fault_whether_or_not_it_opens(home, how, monkeypatch, tmp_path):
    shown = current(home, AUDIENCE)
    spoilt(shown.path, how, tmp_path / "elsewhere.duckdb")
    done = verified(home, monkeypatch)
    said = ", released in entry" if how == "missing" else " is not the file that was released in entry"
    assert done.exit_code == 1 and f"The publication {shown.publication_id}{said}" in done.output


def test_a_log_that_is_rewritten_once_its_witnesses_are_spoilt_is_not_whole(home, monkeypatch):
    """Every hash fits, the note beside the vault too, and no publication opens to say otherwise."""
    for path in home.glob("publications/*/*.duckdb"):
        path.write_bytes(b"no publication")
    with duckdb.connect(home / "vault.duckdb") as vault:
        rows = [row[:-2] for row in vault.execute("select * from event order by position").fetchall()]
        before = chain.GENESIS
        for row in rows:
            entry = dict(zip(chain.FIELDS, row, strict=True)) | {"actor": "Somebody else"}
            own = chain.hashed(before, entry)
            vault.execute(
                "update event set actor = 'Somebody else', previous = ?, hash = ? where position = ?",
                [before, own, entry["position"]],
            )
            before = own
    events.keep_head(home, events.Head(len(rows), before))
    done = verified(home, monkeypatch)
    assert done.exit_code == 1 and done.output.count("is not the file that was released") == 2


def test_a_file_that_does_not_open_though_it_is_the_one_released_is_said_and_no_fault(home, monkeypatch):
    strange = "20261120T093000Z-0000abcd"
    path = file(home, AUDIENCE, strange)
    path.write_bytes(b"released as it is, and no longer to be opened")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    point(home, AUDIENCE, strange, sha256, None)
    seal(home, AUDIENCE, strange, sha256)
    with transaction(home, write=True) as vault:
        said = {"audience": AUDIENCE, "sha256": sha256}
        events.append(vault, STEWARD, "publication.released", strange, said, at=AT)
    done = verified(home, monkeypatch)
    assert done.exit_code == 0
    assert f"Not compared, as the file cannot be opened: 1 publication, {strange}." in done.output


def test_a_mark_that_nobody_logged_is_a_fault_and_readers_are_told_that_they_have_an_older_one(home, monkeypatch):
    now, before = earlier(home, AUDIENCE)
    mark = file(home, AUDIENCE, now).with_suffix(".withdrawn")
    mark.write_text("{}", encoding="utf-8")
    done = verified(home, monkeypatch)
    assert done.exit_code == 1
    assert f"The publication {now} is marked as withdrawn in {AUDIENCE}, and the log has no entry of it" in done.output
    found = frame.served(home, STEWARD, AUDIENCE)
    assert found.pointer.publication_id == before
    assert found.fault.startswith(
        "The publication of 18 November 2026 is marked as withdrawn, and its withdrawal was never finished, so an earlier one "
        "is shown, of 17 November 2026."
    )
    withdrawing_publications.withdraw(home, STEWARD, now, REASON, AT)  # as whoever was cut off does
    assert faults(home) == "" and frame.served(home, STEWARD, AUDIENCE).fault == ""


def test_a_withdrawal_that_was_cut_off_before_its_pointer_went_back_is_finished_and_a_mark_alone_is_not(home):
    now, before = earlier(home, AUDIENCE)
    place = home / "publications" / AUDIENCE / "CURRENT"
    pointer = place.read_bytes()
    mark = file(home, AUDIENCE, now).with_suffix(".withdrawn")
    mark.write_text("{}", encoding="utf-8")
    assert tidying.tidy(home) == [] and "never finished" in frame.served(home, STEWARD, AUDIENCE).fault
    withdrawing_publications.withdraw(home, STEWARD, now, REASON, AT)
    place.write_bytes(pointer)
    assert "never finished" in frame.served(home, STEWARD, AUDIENCE).fault
    assert tidying.tidy(home) == [f"Finished the withdrawal of {now} for {AUDIENCE}, which had been cut off."]
    found = frame.served(home, STEWARD, AUDIENCE)
    assert (found.pointer.publication_id, found.fault) == (before, "")


def test_a_mark_that_a_restore_carried_over_is_in_the_log_by_its_entry(home, tmp_path):
    now, _ = earlier(home, AUDIENCE)
    backing_up.back_up(home, STEWARD, tmp_path / "one.tar", AT)
    withdrawing_publications.withdraw(home, STEWARD, now, REASON, AT)
    restoring.restore(home, STEWARD, tmp_path / "one.tar", AT, replace=True)
    mark = file(home, AUDIENCE, now).with_suffix(".withdrawn")
    assert mark.exists() and faults(home) == "" and frame.served(home, STEWARD, AUDIENCE).fault == ""
    mark.write_bytes(b"")
    assert "is not the one that a restore kept" in faults(home)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("update observation set numerator = 1 where submission_id = 'SECOND'", f"What the vault holds of {SECOND} is not"),
        ("update observation set reason = 'x' where submission_id = 'FIRST'", f"What the vault holds of {FIRST} is not"),
        ("delete from observation where submission_id = 'SECOND'", f"What the vault holds of {SECOND} is not"),
        ("insert into observation select * from observation", f"What the vault holds of {FIRST} is not"),
        ("update submission set received_at = now() where submission_id = 'FIRST'", f"What the vault holds of {FIRST} is not"),
        ("insert into record values ('SECOND', 'Log', 1, 'R-1', '{}')", f"What the vault holds of {SECOND} is not"),
        ("update submission set file_sha256 = 'x' where submission_id = 'FIRST'", f"The file of {FIRST} is by the vault another"),
        (
            "update submission set state = 'withdrawn' where submission_id = 'SECOND'",
            f"{SECOND} is withdrawn in the vault, and accepted by the log.",
        ),
        ("delete from submission where submission_id = 'FIRST'", f"The submission {FIRST}, received in entry 2, is missing."),
        (
            "insert into record values ('ltht.figures.2026-27-Q2.v1', 'Log', 1, 'R-1', '{}')",
            "ltht.figures.2026-27-Q2.v1 lies in the vault, and the log has no entry of its coming.",
        ),
        ("update submission set received_by = 'Another' where submission_id = 'FIRST'", f"Who sent {FIRST} is another in the vault"),
        ("update submission set received_role = 'approver'", f"Who sent {SECOND} is another in the vault than by entry 3."),
        ("update submission set cover = '{\"approved_by_role\": \"Head\"}' where submission_id = 'FIRST'", BESIDE),
        ("update submission set prepared_by_role = 'Head' where submission_id = 'FIRST'", BESIDE),
        ("update submission set approved_by_role = 'Head' where submission_id = 'FIRST'", BESIDE),
        ("update submission set file_name = 'another.csv' where submission_id = 'FIRST'", BESIDE),
        ("update submission set template_version = '9' where submission_id = 'FIRST'", BESIDE),
        ("insert into problem values ('FIRST', 1, 'r', 'query', '', '', 2, '', '', '', '')", BESIDE),
        ("insert into mend values ('FIRST', 1, 'Figures', 'H2', 'reason', 'A reason', 'Steward', now())", BESIDE),
        ("insert into mend values ('FIRST', 1, 'Figures', 'H2', 'reason', 'A reason', 'Steward', now())", "more answers mended"),
        ("update observation set cells = 'D9' where submission_id = 'FIRST'", BESIDE),
        ("update submission set verdict = 'accepted_with_queries' where submission_id = 'FIRST'", f"The verdict on {FIRST} is"),
        ("update submission set rows = 9 where submission_id = 'FIRST'", f"The number of rows found in {FIRST} is"),
        ("update submission set rows_accepted = 9 where submission_id = 'FIRST'", f"The number of rows accepted of {FIRST} is"),
        ("update submission set supersedes = '' where submission_id = 'SECOND'", f"What stood in the place of {SECOND} is"),
        ("update submission set period_id = '2026-27-Q1' where submission_id = 'FIRST'", f"period or version of {FIRST} is"),
        ("update submission set agency_id = 'ltht' where submission_id = 'FIRST'", f"period or version of {FIRST} is"),
        ("update submission set kind = 'audit' where submission_id = 'FIRST'", f"period or version of {FIRST} is"),
        ("update submission set version = 7 where submission_id = 'FIRST'", f"period or version of {FIRST} is"),
        ("update submission set identity = 'x' where submission_id = 'FIRST'", f"period or version of {FIRST} is"),
        ("update submission set received_at = now() where submission_id = 'FIRST'", f"When {FIRST} was received is another moment"),
        ("update submission set reason = 'x' where submission_id = 'SECOND'", f"The reason kept with {SECOND} is not the one of entry 3."),
        ("update submission set reason = 'x' where submission_id = 'FIRST'", f"The reason kept with {FIRST} is not the one of entry 3."),
        ("delete from stood where submission_id = 'FIRST'", f"{FIRST} stood at no time, and by the log from 2026-11-17 09:31:00 until"),
        ("insert into stood values ('ltht.figures.2026-27-Q2.v1', now(), null)", "and by the log at no time (UTC)."),
        (
            "update stood set until_at = null where submission_id = 'FIRST'",
            f"By the vault {FIRST} stood from 2026-11-17 09:31:00 on, and by the log from 2026-11-17 09:31:00 until 2026-11-17 09:32:00",
        ),
        ("update stood set from_at = from_at - interval 1 microsecond where submission_id = 'SECOND'", f"{SECOND} stood from"),
        ("insert into stood select * from stood where submission_id = 'SECOND'", "09:32:00 on and from"),
        ("insert into original_removed values ('FIRST', 'x', now(), 'x')", f"the original of {FIRST} was removed, and the log has no"),
        (
            "insert into expunged values ('FIRST', 'x', true, now(), 'Steward', 'slip', 'x')",
            f"something of {FIRST} was removed for good, and the log has no such entry.",
        ),
        (
            """insert into expunging_asked values
            ('{"submissions": ["FIRST"], "records": []}', '2026-11-17', 'Another', '', 'slip', 'x')""",
            "By the vault Another asked on 17 November 2026 that something be removed for good, and the log has no such entry",
        ),
        (
            "insert into benchmark_file values ('abcdef', '', 'x', '', now(), 1)",
            "Official statistics of a file abcdef… lie in the vault",
        ),
        (
            "insert into layout values ('x', 'lcc_cf', 1, '{}', 'Steward', now(), '', null)",
            "How lcc_cf.x is read, version 1, is another in the vault than by the log.",
        ),
        (
            "insert into invitation values ('x', 'SCH-0142', 'e', 'FY2026-27', now(), 'S', today(), null, null, '', '')",
            "The links of SCH-0142 to the form for FY2026-27 are others in the vault than by the log, which has no entry",
        ),
    ],
)  # fmt: skip
def test_what_the_vault_holds_of_a_submission_is_what_was_accepted(home, statement, said):
    altered(home, statement.replace("FIRST", FIRST).replace("SECOND", SECOND))
    assert said in faults(home)


def test_what_is_taken_back_and_stands_again_is_as_the_log_says(home):
    returns.withdraw(home, STEWARD, SECOND, "The wrong file was sent", AT)
    receive(home, 3)
    returns.revert(home, STEWARD, FIRST, "The wrong file was sent", AT)
    receive(home, 5)
    returns.withdraw(home, STEWARD, FIRST, "It was never right", AT + timedelta(days=1))
    assert faults(home) == ""
    altered(home, "update submission set reason = 'Another' where version < 3")
    assert [words for words in faults(home).split(". ") if "The reason kept" in words] == [
        f"The reason kept with {FIRST} is not the one of entry 10",
        f"The reason kept with {SECOND} is not the one of entry 6.",
    ]


def test_what_was_sent_while_the_clock_had_been_set_back_stood_when_the_vault_says(home):
    checked, content = report(6)
    with transaction(home, write=True) as vault:
        submissions.receive(vault, home, STEWARD, checked, content, at=AT - timedelta(days=9))
    assert faults(home) == ""


def test_what_came_before_the_log_held_fingerprints_is_counted_as_not_compared(home, monkeypatch):
    monkeypatch.setattr(submissions.fingerprints, "of", lambda *_: "")
    receive(home, 4)
    monkeypatch.undo()
    found = log.verify(home, STEWARD)
    assert (found.faults, found.rows_of, found.rows_unknown) == ((), 2, 1)
    assert "Rows not compared, as the log has no fingerprint of them: 1 submission." in " ".join(log.told(found))
    monkeypatch.setattr(submissions.fingerprints, "beside", lambda *_: "")
    receive(home, 5)
    monkeypatch.undo()
    found = log.verify(home, STEWARD)
    assert (found.faults, found.rows_of, found.beside_unknown) == ((), 3, 1)
    assert "mends not compared, as the log has no fingerprint of them: 1 submission." in " ".join(log.told(found))


def test_the_fingerprint_is_of_what_is_stored_in_whatever_order(home):
    with transaction(home, write=False) as vault:
        every = fingerprints.every(vault)
        assert every == {name: fingerprints.of(vault, name) for name in (FIRST, SECOND)}
        assert len({*every.values()}) == 2 and fingerprints.of(vault, "nothing") == ""
        vault.execute("create or replace temp table turned as select * from observation order by rowid desc")
        vault.execute("delete from observation")
        vault.execute("insert into observation select * from turned")
        assert fingerprints.every(vault) == every


def test_an_original_that_is_gone_is_named_unless_the_log_has_its_removal(home):
    sha256 = report(1)[0].file_sha256
    (home / "files" / sha256).unlink()
    assert faults(home) == f"An original is missing, and the log has no entry of the removal: {FIRST}."
    named, _ = keys.check(home)
    assert named == [f"The original of {FIRST} is missing. Bring it back from a backup."]
    with transaction(home, write=True) as vault:
        vault.execute("insert into original_removed values (?, ?, now(), 'Kept for 1 month')", [FIRST, sha256])
    assert "An original is missing" in faults(home), "a note of its removal is none in the log"
    altered(home, "delete from original_removed")
    (home / "settings.toml").write_text("[retention]\noriginals_months = 1\n", encoding="utf-8")
    retaining.purge(home, STEWARD, AT + timedelta(days=400))
    assert faults(home) == "" and keys.check(home)[0] == []


@pytest.mark.parametrize("how", ["a folder", "a link to elsewhere", "overwritten", "empty"])
def test_an_original_in_whose_place_lies_something_else_is_named(home, how, tmp_path):
    place = home / "files" / report(1)[0].file_sha256
    if how == "empty":
        place.write_bytes(b"")
    else:
        spoilt(place, how, tmp_path / "elsewhere")
    assert faults(home) == (
        f"An original is no longer as it came (empty, of another size, a link or a folder): {FIRST}."
    )
    assert keys.check(home)[0] == [f"The original of {FIRST} is no longer as it came. Bring it back from a backup."]


def test_an_original_is_not_taken_away_for_a_note_that_nobody_logged(home):
    sha256 = report(1)[0].file_sha256
    with transaction(home, write=True) as vault:
        row = [FIRST, sha256, "Kept for 1 month, as agreed"]
        vault.execute("insert into original_removed values (?, ?, now(), ?)", row)
    tidying.tidy(home)
    assert (home / "files" / sha256).exists() and f"the original of {FIRST} was removed" in faults(home)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", "another reason", "another moment", "said to be carried over"],
)
def test_a_mark_says_what_was_said_when_it_was_withdrawn(home, content):
    now, _ = earlier(home, AUDIENCE)
    withdrawing_publications.withdraw(home, STEWARD, now, REASON, AT)
    mark = file(home, AUDIENCE, now).with_suffix(".withdrawn")
    said = json.loads(mark.read_bytes())
    match content:
        case "another reason":
            content = json.dumps(said | {"reason": "Another"}).encode()
        case "another moment":
            content = json.dumps(said | {"at": (AT + timedelta(days=1)).isoformat()}).encode()
        case "said to be carried over":
            content = json.dumps(said | {"carried_over": True}).encode()
        case _:
            pass
    mark.write_bytes(content)
    assert faults(home) == (
        f"The mark of the publication {now} in {AUDIENCE} does not say when and why it was withdrawn in entry 6. Withdrawing "
        "it again makes a new one."
    )
    withdrawing_publications.withdraw(home, STEWARD, now, "It held two wrong figures", AT + timedelta(days=2))
    assert faults(home) == "" and json.loads(mark.read_bytes())["reason"] == "It held two wrong figures"


def test_an_entry_whose_detail_was_made_unreadable_is_named_and_stops_nothing(home):
    now, _ = earlier(home, AUDIENCE)
    withdrawing_publications.withdraw(home, STEWARD, now, REASON, AT)
    altered(home, "update event set detail = '{' where position in (1, 3)")
    assert "Entry 1 has been altered." in faults(home)
    odd = "file_sha256 mended reason_sha256 why whole months kept marks others supersedes stands_again tables_sha256 version"
    with transaction(home, write=True) as vault:  # every act, of what was never heard of, and saying what it cannot
        vault.execute(
            """insert into event select 100 + row_number() over (), 'then', 'x', 'x', 'x', action, 'x', ?, 'x', 'x'
            from unnest(?::varchar[]) as acts(action)""",
            [json.dumps({name: [[]] for name in odd.split()}), [*ACTS] * 2],
        )
    assert "Entry 1 has been altered." in faults(home)


def test_an_act_in_another_name_says_who_typed_it(home, monkeypatch):
    monkeypatch.setenv(HOME, str(home))
    now, _ = earlier(home, AUDIENCE)
    done = CliRunner().invoke(main, ["withdraw-publication", now, "--reason", REASON, "--by", "Another Name"])
    assert done.exit_code == 0, done.output
    with transaction(home, write=False) as vault:
        [entry] = events.of(vault, "publication.withdrawn")
    assert entry["actor"] == "Another Name" and json.loads(entry["detail"])["login"] == whose.login()
    shown = CliRunner().invoke(main, ["log", "list", "--last", "1"]).output
    assert shown.splitlines()[0].endswith(f"[Another Name, login {whose.login()}]")


def pointing(home, how):
    """Let the pointer say another thing than the log, as whoever can write the folder would."""
    place, (now, before) = pointer_file(home, AUDIENCE), earlier(home, AUDIENCE)
    match how:
        case "set back" | "set back, and its seal taken away":
            point(home, AUDIENCE, before, hashlib.sha256(file(home, AUDIENCE, before).read_bytes()).hexdigest(), None)
            if how != "set back":
                seal_of(file(home, AUDIENCE, now)).unlink()
        case "to a withdrawn one":
            said = place.read_bytes()
            withdrawing_publications.withdraw(home, STEWARD, now, REASON, AT)
            place.write_bytes(said)
        case "missing":
            place.unlink()
        case "to nothing":
            point(home, AUDIENCE, "20990101T000000Z-0000abcd", "0" * 64, None)
        case "unreadable":
            place.write_text("{", encoding="utf-8")
        case _:
            point(home, AUDIENCE, now, "0" * 64, None)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("set back", "it was set back, or went back past that one while it was damaged. The next release for"),
        (
            "set back, and its seal taken away",
            "It was cut off, which starting the dashboard or the next release finishes",
        ),
        ("to a withdrawn one", "which was withdrawn. That withdrawal was cut off"),
        ("to nothing", "and the pointer names 20990101T000000Z-0000abcd: it was set back, or"),
        ("missing", "Partnership: the pointer is missing. By entry 5 it names"),
        ("unreadable", "Partnership: The pointer CURRENT cannot be read."),
        ("of another file", "another fingerprint than entry 5 has."),
    ],
)
def test_a_pointer_that_names_another_than_the_log_has_as_current_is_a_fault(home, how, said, monkeypatch):
    stamp = event_log.stamp(home)
    pointing(home, how)
    assert event_log.stamp(home) != stamp, "or the page would go on saying that all is well"
    done = verified(home, monkeypatch)
    assert done.exit_code == 1 and said in done.output


def test_a_pointer_that_went_back_past_a_damaged_publication_is_no_second_fault(home):
    now, before = earlier(home, AUDIENCE)
    content = file(home, AUDIENCE, before).read_bytes()
    file(home, AUDIENCE, before).write_bytes(b"no publication")
    withdrawing_publications.withdraw(home, STEWARD, now, REASON, AT)
    [only] = log.verify(home, STEWARD).faults
    assert "is not the file that was released" in only.words
    file(home, AUDIENCE, before).write_bytes(content)
    assert "That withdrawal was cut off" in faults(home)
    assert tidying.tidy(home) == [f"Finished the withdrawal of {now} for {AUDIENCE}, which had been cut off."]
    assert faults(home) == ""


def test_where_nothing_stands_any_more_the_pointer_stays_as_it_was(home):
    for each in earlier(home, AUDIENCE):
        withdrawing_publications.withdraw(home, STEWARD, each, REASON, AT)
    assert faults(home) == "" and pointer_file(home, AUDIENCE).exists()


def test_a_release_that_is_going_on_is_no_fault_of_the_pointer(home):
    pointing(home, "set back, and its seal taken away")
    with alone(home, AUDIENCE):
        assert faults(home) == ""
    assert "It was cut off" in faults(home)
    assert tidying.tidy(home) == [
        f"Finished the release {earlier(home, AUDIENCE)[0]} for {AUDIENCE}, which had been cut off."
    ]
    assert faults(home) == ""


@pytest.mark.parametrize(
    ("content", "said"), [("0" * 64, "is not what it was released with in entry 4"), (None, "is missing")]
)
def test_a_seal_that_is_gone_or_another_is_a_fault_but_for_the_one_the_last_step_of_a_release_writes(
    home, content, said
):
    now, before = earlier(home, AUDIENCE)
    seal_of(file(home, AUDIENCE, now)).unlink()
    assert faults(home) == "", "a release that was cut off just before its seal is whole"
    place = seal_of(file(home, AUDIENCE, before))
    place.unlink() if content is None else place.write_text(content, encoding="utf-8")
    assert f"The seal of the publication {before}" in faults(home) and said in faults(home)


def test_the_reason_on_a_mark_is_the_one_that_was_logged_and_a_mark_taken_away_is_made_again_with_its_own(home):
    now, _ = earlier(home, AUDIENCE)
    withdrawing_publications.withdraw(home, STEWARD, now, REASON, AT)
    mark = file(home, AUDIENCE, now).with_suffix(".withdrawn")
    said = mark.read_text(encoding="utf-8")
    for other in (said.replace("wrong", "right"), "{", "[]"):
        mark.write_text(other, encoding="utf-8")
        assert f"The mark of the publication {now} in {AUDIENCE} does not say when and why" in faults(home)
    mark.unlink()
    assert "its mark is gone" in faults(home)
    withdrawing_publications.withdraw(home, STEWARD, now, "Its label named the wrong quarter", AT)
    assert faults(home) == ""


def changes(home):
    with transaction(home, write=False) as vault:
        found = [*events.of(vault, watched.NOTED), *events.of(vault, watched.CHANGED)]
    return [(each["subject"], json.loads(each["detail"])) for each in found]


def sha256_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_a_file_was_is_read_from_the_log_so_that_off_and_on_again_are_two_entries(home):
    place = home / "settings.toml"
    [(_, first)] = changes(home)
    assert first["files"].keys() == {*watched.IN_THE_HOME, *watched.WITH_THE_PROGRAM}
    assert first["files"]["settings.toml"] == "", "there was none"
    shown = []
    for text in ("", "[retention]\noriginals_months = 1\n", ""):
        place.write_text(text, encoding="utf-8")
        shown.append(sha256_of(place))
        with transaction(home, write=True):
            pass
    assert changes(home)[1:] == [
        ("settings.toml", {"before": before, "after": after})
        for before, after in zip(["", *shown[:-1]], shown, strict=True)
    ]
    with transaction(home, write=True):
        pass
    assert len(changes(home)) == 4 and faults(home) == ""


def test_a_home_of_an_earlier_version_has_its_first_look_logged_whatever_its_table_says_and_is_whole(
    tmp_path, monkeypatch
):
    """As such a home was left: a return, no entry of a look, and a table beside the log that anybody could have written."""
    monkeypatch.setattr(watched, "note", lambda *_: [])
    receive(tmp_path, 1)
    monkeypatch.undo()
    (tmp_path / "settings.toml").write_text("[retention]\noriginals_months = 1\n", encoding="utf-8")
    step = next(each for each in migrating.steps() if each.name == "watched_files")
    written = ["settings.toml", sha256_of(tmp_path / "settings.toml")]
    altered(tmp_path, "delete from migration where number > 11", step.sql)
    with duckdb.connect(tmp_path / "vault.duckdb") as vault:
        vault.execute("insert into watched_file values (?, ?)", written)
    assert faults(tmp_path) == "" and changes(tmp_path) == []
    receive(tmp_path, 2)
    [(subject, said)] = changes(tmp_path)
    assert subject == "settings" and said["files"]["settings.toml"] == written[1]
    assert faults(tmp_path) == ""


def test_a_restore_of_an_earlier_version_said_nothing_of_the_files_it_kept_so_they_are_looked_at_anew(home):
    (home / "settings.toml").write_text("", encoding="utf-8")
    with transaction(home, write=True) as vault:
        events.append(vault, STEWARD, "backup.restored", "backup.x", {"kept": ["settings.toml"]}, at=AT)
    receive(home, 3)
    assert [subject for subject, _ in changes(home)] == ["settings", "settings", "settings.toml"]
    assert changes(home)[1][1]["files"].keys() == {"agreements.toml", "settings.toml"}
