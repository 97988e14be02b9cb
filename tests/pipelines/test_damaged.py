"""What is shown, said and refused where a file of a home was damaged, went missing or came from an earlier version."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from pipelines.flows import (
    by_the_files,
    expunging,
    finding,
    log,
    readiness,
    status,
    tidying,
    withdrawing_publications,
)
from pipelines.flows.publication import brought_out
from pipelines.publishing import alone, finish
from pipelines.queries import frame, inbox, pointer
from pipelines.queries.pointer import current, earlier, seal_of
from pipelines.store import chain, events, migrating, submissions, synthetic
from pipelines.store.opening import NotWritableError, transaction
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pipelines.earlier_vaults import at_step, held, tables
from tests.pipelines.killed_acts import next_releases, receive, report, silent

pytestmark = pytest.mark.slow

STEWARD = Actor("Steward", "business_unit")
AT = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
AUDIENCE = "partnership"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = tmp_path_factory.mktemp("damaged") / "home"
    receive(home, 1)
    for day in range(2):
        brought_out(home, next_releases(home, AT + timedelta(days=day), 500 + day), silent, by_the_files.noted(home))
    return home


@pytest.fixture
def home(built, tmp_path):
    import shutil

    return shutil.copytree(built, tmp_path / "home")


@pytest.fixture
def place(home):
    return home / "publications" / AUDIENCE


def flipped(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_damaged_publication_gives_way_to_the_one_before_and_it_is_said(home):
    now, before = frame.header(home, frame.pointer(home, STEWARD, AUDIENCE)).earlier
    flipped(current(home, AUDIENCE).path)
    found = frame.served(home, STEWARD, AUDIENCE)
    assert found.pointer.publication_id == before.publication_id
    assert found.fault == (
        "The current publication, of 18 November 2026, is damaged, so the one before it is shown, of 17 November 2026. "
        "The business unit can restore it from a backup, or publish again."
    )
    asked = frame.served(home, STEWARD, AUDIENCE, now.publication_id)
    assert asked == found


def test_a_damaged_earlier_publication_gives_way_to_the_current_one(home):
    now, before = earlier(home, AUDIENCE)
    flipped(home / "publications" / AUDIENCE / f"{before}.duckdb")
    found = frame.served(home, STEWARD, AUDIENCE, before)
    assert found.pointer.publication_id == now
    assert found.fault.startswith("The publication of 17 November 2026 is damaged, so the current one is shown.")
    assert frame.previous(home, STEWARD, AUDIENCE, now) is None
    assert frame.served(home, STEWARD, AUDIENCE).fault == ""


@pytest.mark.parametrize(
    "content",
    ["", "{", "null", "[" * 4000, " " * 5000 + "{}", '{"id": "x"}', '{"id": 1, "file": 2, "sha256": 3, "previous": 4}'],
)
def test_a_damaged_pointer_gives_way_to_the_newest_that_was_released(home, place, content):
    newest = earlier(home, AUDIENCE)[0]
    (place / "CURRENT").write_text(content, encoding="utf-8")
    found = frame.served(home, STEWARD, AUDIENCE)
    assert found.pointer.publication_id == newest
    assert found.fault.startswith("Which publication is the current one can no longer be read")
    inbox.pending(home, STEWARD, AUDIENCE, AT.date())  # so that the business unit can publish again


def test_a_pointer_to_a_file_that_is_gone_gives_way_too_and_where_all_are_it_is_one_sentence(home, place):
    current(home, AUDIENCE).path.unlink()
    assert "is missing, so the one before it is shown" in frame.served(home, STEWARD, AUDIENCE).fault
    for path in place.glob("*.duckdb"):
        path.write_bytes(b"garbage")
    with pytest.raises(UserError, match=r"is missing\. Publish again, or restore it"):
        frame.served(home, STEWARD, AUDIENCE)


def test_a_release_that_was_never_logged_is_shown_to_nobody_and_cleared_away(home, place):
    stray = place / "20261119T093000Z-00000000.duckdb"
    stray.write_bytes(current(home, AUDIENCE).path.read_bytes())
    assert stray.stem not in earlier(home, AUDIENCE)
    assert frame.served(home, STEWARD, AUDIENCE, stray.stem).pointer == current(home, AUDIENCE)
    tidying.tidy(home)
    assert not stray.exists()


def test_only_the_file_that_was_logged_is_finished(home, place):
    stray = place / "20261119T093000Z-00000000.duckdb"
    stray.write_bytes(current(home, AUDIENCE).path.read_bytes())
    with alone(home, AUDIENCE):
        assert finish(home, AUDIENCE, {stray.stem: "another sha256"}) == []
    assert not stray.exists()


def test_publications_of_an_earlier_version_are_all_kept_and_sealed(home, place):
    for path in place.glob("*.sha256"):
        path.unlink()
    kept = earlier(home, AUDIENCE)
    assert len(kept) == 2
    tidying.tidy(home)
    assert earlier(home, AUDIENCE) == kept
    assert all(seal_of(place / f"{each}.duckdb").exists() for each in kept)


def test_a_release_after_the_clock_was_set_back_still_follows_the_one_before(home):
    ready = next_releases(home, AT - timedelta(days=3), 700)
    done = brought_out(home, ready, silent, by_the_files.noted(home))
    assert earlier(home, AUDIENCE)[0] == done[0].publication_id == current(home, AUDIENCE).publication_id
    assert frame.header(home, frame.pointer(home, STEWARD, AUDIENCE)).made_at.date() == (AT - timedelta(days=3)).date()


def test_a_return_that_comes_after_the_clock_was_set_back_still_counts_as_the_last(home):
    checked, content = report(9)
    early = AT - timedelta(days=400)
    with transaction(home, write=True) as connection:
        submissions.receive(connection, home, STEWARD, checked, content, at=early)
        first, second = submissions.listing(connection)["received_at"]
        assert second > first
        assert submissions.standing(connection)["numerator"].tolist() == [9.0]
        assert events.listing(connection)["happened_at"].iloc[-1] == early.isoformat()


@pytest.mark.parametrize("damage", ["missing", "empty", "older"])
def test_a_vault_that_was_lost_takes_nothing_until_it_is_brought_back(home, damage):
    vault = home / "vault.duckdb"
    older = vault.read_bytes()
    receive(home, 2)
    vault.unlink()
    if damage != "missing":
        vault.write_bytes(older if damage == "older" else b"")
    said = "older than it was" if damage == "older" else damage
    with pytest.raises(NotWritableError, match=f"is .*{said}.* though .* had been written.*throughline restore"):
        receive(home, 3)
    assert not readiness.ready(home)
    assert frame.served(home, STEWARD, AUDIENCE).fault == ""
    assert inbox.has_vault(home)
    if damage == "older":
        assert "its end was cut" in " ".join(fault.words for fault in log.verify(home, STEWARD).faults)
    else:
        named = {
            "what": ["x"],
            "records": [],
            "why": "slip",
            "reason": "It must not be kept",
            "yes": True,
            "withdraw": True,
        }
        for act in (
            lambda: log.verify(home, STEWARD),
            lambda: next(finding.find(home, STEWARD, "Jane Example")),
            lambda: next(expunging.asked(home, STEWARD, AT, **named)),
            lambda: next(status.lines(home, STEWARD, AT)),
        ):
            with pytest.raises(NotWritableError, match=f"is {damage}, though"):
                act()


def test_a_vault_that_was_cut_short_is_not_ready_though_it_opens(home):
    vault = home / "vault.duckdb"
    with transaction(home, write=True) as connection:
        connection.execute("create table more as select hash(i) as n from range(300000) as t (i)")
    receive(home, 2)
    assert readiness.ready(home)
    whole = vault.read_bytes()
    os.truncate(vault, len(whole) - 1)
    with transaction(home, write=False) as connection:
        assert events.head(connection).position
    assert not readiness.ready(home)
    vault.write_bytes(whole)
    with transaction(home, write=True) as connection:
        connection.execute("drop table more")  # its blocks are free, and no fault where they are not in the file
    assert readiness.ready(home)


def test_pages_go_on_with_a_damaged_vault_and_an_act_says_what_to_do(home):
    vault = home / "vault.duckdb"
    content = bytearray(vault.read_bytes())
    content[4096:-4096] = bytes(len(content) - 8192)
    vault.write_bytes(content)
    with pytest.raises(NotWritableError, match="backup"):
        receive(home, 2)
    assert frame.served(home, STEWARD, AUDIENCE).fault == ""


def test_a_note_that_fell_behind_is_caught_up_by_whoever_opens_the_vault_next(home):
    behind = (home / events.HEAD).read_bytes()
    receive(home, 2)
    noted = (home / events.HEAD).read_bytes()
    (home / events.HEAD).write_bytes(behind)
    with transaction(home, write=False):
        pass
    assert (home / events.HEAD).read_bytes() == noted != behind


@pytest.mark.parametrize("number", range(1, len(migrating.steps()) + 1))
def test_a_vault_of_any_earlier_version_is_brought_up_to_date_with_every_row(tmp_path, number):
    at_step(tmp_path, number)
    with duckdb.connect(tmp_path / "vault.duckdb") as connection:
        there = tables(connection)
        there.pop("watched_file", None)  # what it held is read from the log now, and nothing goes by it any more
        before = held(connection, there)
    with transaction(tmp_path, write=False) as connection:
        after = held(connection, there)
        assert len(connection.execute("select * from migration").fetchall()) == len(migrating.steps())
        assert events.verify(connection, tmp_path) == []
    assert json.dumps(after, default=str) == json.dumps(before, default=str)
    assert all(len(rows) == 3 for rows in before.values())


def test_a_withdrawn_publication_before_a_damaged_one_says_which_why_and_since_when(home, place):
    third = next_releases(home, AT + timedelta(days=2), 502)
    brought_out(home, third, silent, by_the_files.noted(home))
    newest, middle, oldest = earlier(home, AUDIENCE)
    whole = (place / f"{middle}.duckdb").read_bytes()
    (place / f"{middle}.duckdb").write_bytes(whole[:-1])
    withdrawing_publications.withdraw(home, STEWARD, newest, "It held a wrong figure", AT + timedelta(days=3))
    found = frame.served(home, STEWARD, AUDIENCE)
    assert found.pointer.publication_id == oldest
    assert found.fault == (
        "The publication of 18 November 2026 is damaged, and should be shown since the later one was withdrawn on "
        "20 November 2026. An earlier one is shown, of 17 November 2026. The business unit can restore it from a backup, or "
        "publish again."
    )
    (place / f"{middle}.duckdb").write_bytes(whole)
    found = frame.served(home, STEWARD, AUDIENCE)
    assert (found.pointer.publication_id, found.fault) == (middle, "")
    for each in (middle, oldest):
        (place / f"{each}.duckdb").unlink()
    with pytest.raises(UserError, match=r"is missing\. Publish again"):
        frame.served(home, STEWARD, AUDIENCE)


def put_in(connection, previous, entry):
    """An entry past Throughline, with a hash that fits."""
    own = chain.hashed(previous, entry)
    connection.execute("insert into event values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*entry.values(), previous, own])
    return own


def rewritten(home, position, *, forged):
    """Alter an entry past Throughline, and hash it and all after it anew, so that the chain itself is whole."""
    with duckdb.connect(home / "vault.duckdb") as connection:
        found = connection.execute("select * from event where position >= ? order by position", [position]).fetchall()
        connection.execute("delete from event where position >= ?", [position])
        before = found[0][-2]
        entries = [dict(zip(chain.FIELDS, row[:-2], strict=True)) for row in found]
        entries[0]["actor"] = "Somebody else"
        entries += [entries[-1] | {"position": len(found) + position}] if forged else []
        for entry in entries:
            before = put_in(connection, before, entry)


@pytest.mark.parametrize("forged", [False, True], ids=["altered", "and one forged after it"])
def test_a_log_that_was_rewritten_takes_nothing_more_and_goes_on_saying_so(home, forged):
    rewritten(home, log.verify(home, STEWARD).position, forged=forged)
    for _ in range(2):
        assert any("the log was rewritten" in fault.words for fault in log.verify(home, STEWARD).faults)
        with pytest.raises(NotWritableError, match=r"was rewritten.*throughline restore"):
            receive(home, 3)


@pytest.mark.parametrize("content", [None, b"{"], ids=["missing", "cannot be read"])
def test_a_note_that_is_gone_is_said_by_the_log_itself_for_good(home, content):
    note = home / events.HEAD
    note.unlink() if content is None else note.write_bytes(content)
    last = log.verify(home, STEWARD).position
    receive(home, 2)
    receive(home, 3)
    found = log.verify(home, STEWARD)
    assert (found.faults, found.unnoted) == ((), (last + 1,))
    assert f"missing when entry {last + 1} came" in " ".join(log.told(found))


def test_a_publication_is_asked_for_its_note_once_and_again_only_when_its_file_has_changed(home, place, monkeypatch):
    asked = []
    opened = pointer.opened_if_whole

    def counted(publication):
        asked.append(publication.publication_id)
        return opened(publication)

    monkeypatch.setattr(pointer, "opened_if_whole", counted)
    every = {path.stem for path in home.glob("publications/*/*.duckdb")}
    assert log.verify(home, STEWARD).faults == ()
    assert sorted(asked) == sorted(every)
    asked.clear()
    receive(home, 2)
    assert log.verify(home, STEWARD).faults == ()
    assert not asked
    newest = max(place.glob("*.duckdb"))
    before = newest.stat()
    newest.write_bytes(b"x" * before.st_size)
    os.utime(newest, ns=(before.st_atime_ns, before.st_mtime_ns))
    found = log.verify(home, STEWARD)
    assert (asked, found.unread) == ([newest.stem], (newest.stem,))


def test_publications_are_held_against_the_log_and_not_only_the_other_way_round(home, place):
    newest, oldest = sorted(place.glob("*.duckdb"), reverse=True)
    assert log.verify(home, STEWARD).faults == ()
    withdrawing_publications.withdraw(home, STEWARD, oldest.stem, "The counts of one quarter were of another", AT)
    oldest.with_suffix(".withdrawn").unlink()
    with duckdb.connect(newest) as connection:
        connection.execute("update publication set label = 'Another'")
    sha256 = hashlib.sha256(newest.read_bytes()).hexdigest()
    seal_of(newest).write_text(sha256, encoding="utf-8")
    said = json.loads((place / "CURRENT").read_text(encoding="utf-8")) | {"sha256": sha256}
    (place / "CURRENT").write_text(json.dumps(said), encoding="utf-8")
    assert current(home, AUDIENCE).publication_id == newest.stem
    words = " ".join(fault.words for fault in log.verify(home, STEWARD).faults)
    assert f"{newest.stem} is not the file that was released in entry" in words
    assert f"{oldest.stem} was withdrawn in entry" in words
    stranger = oldest.with_name("20261118T093000Z-0000abcd.duckdb")
    stranger.write_bytes(oldest.read_bytes())
    seal_of(stranger).write_bytes(seal_of(oldest).read_bytes())
    oldest.unlink()
    words = " ".join(fault.words for fault in log.verify(home, STEWARD).faults)
    assert f"{stranger.stem} lies in {AUDIENCE}, and the log has no entry" in words
    assert f"{oldest.stem}, released in entry" in words


@pytest.mark.parametrize("left", ["publications", "access.toml", "files"])
def test_a_home_whose_vault_was_lost_is_not_taken_for_a_demonstration(tmp_path, left):
    place = tmp_path / left
    place.write_text("[people]\n", encoding="utf-8") if left.endswith(".toml") else place.mkdir()
    with pytest.raises(UserError, match=r"holds what the demonstration did not bring .*another folder"):
        synthetic.mark(tmp_path)
    assert not synthetic.is_synthetic(tmp_path)
