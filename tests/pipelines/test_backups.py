"""A backup holds everything of one moment, also while others write; a home comes back from it whole or not at all."""

from __future__ import annotations

import json
import os
import stat
import tarfile
import threading
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from filelock import FileLock

from pipelines.flows import backing_up, restoring, tidying
from pipelines.queries import frame
from pipelines.store import backups, events, files, keys, submissions
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pipelines.full_disk import full_disk
from tests.pipelines.killed_acts import receive, report

pytestmark = pytest.mark.slow

STEWARD = Actor("Steward", "business_unit")
AT = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)


@pytest.fixture
def home(tmp_path):
    place = tmp_path / "home"
    receive(place, 1)
    (place / "access.toml").write_text("[people]\n", encoding="utf-8")
    (place / "vault.key").write_text("not for the backup", encoding="utf-8")
    (place / "publications" / "public").mkdir(parents=True)
    (place / "publications" / "public" / "CURRENT").write_text("{}", encoding="utf-8")
    return place


def held(home):
    with transaction(home, write=False) as connection:
        listed = submissions.listing(connection)
        return listed["submission_id"].tolist(), events.verify(connection, home)


def backed_up(home, tmp_path, name="one.tar"):
    backing_up.back_up(home, STEWARD, tmp_path / name, AT)
    return tmp_path / name


def test_a_home_comes_back_with_everything_but_its_key(home, tmp_path):
    backup = backed_up(home, tmp_path)
    receive(home, 2)
    other = tmp_path / "other"
    said = restoring.restore(other, STEWARD, backup, AT, replace=False)
    assert "4 files" not in said and "event log to entry 2." in said
    assert held(other) == (["wyp_leeds.figures.2026-27-Q2.v1"], [])
    assert files.original(other, report(1)[0].file_sha256) == report(1)[1]
    assert (other / "access.toml").read_text(encoding="utf-8") == "[people]\n"
    assert not (other / "vault.key").exists()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with transaction(home, write=False) as connection:
        made = events.of(connection, backing_up.MADE)
    assert json.loads(made[0]["detail"])["files"] == len(backups.read(backup).files)


def test_what_was_there_is_put_aside_and_the_log_says_what_it_reached(home, tmp_path):
    backup = backed_up(home, tmp_path)
    receive(home, 2)
    with pytest.raises(UserError, match=r"holds something already .*add --replace"):
        restoring.restore(home, STEWARD, backup, AT, replace=False)
    said = restoring.restore(home, STEWARD, backup, AT, replace=True)
    assert held(home) == (["wyp_leeds.figures.2026-27-Q2.v1"], [])
    aside = home / "replaced-20261117T093000Z"
    assert str(aside) in said
    assert len(held(aside)[0]) == 2
    with transaction(home, write=False) as connection:
        assert (
            json.loads(events.of(connection, restoring.RESTORED)[0]["detail"])["instead_of"] == 5
        )  # the first look at the settings, two returns, the list, a backup
    assert (home / "vault.key").exists()
    # What was put aside is in no later backup, and the same backup can be brought back again.
    assert not [name for name in backups.read(backed_up(home, tmp_path, "two.tar")).files if "replaced" in name]
    restoring.restore(home, STEWARD, backup, AT, replace=True)
    assert held(home)[1] == []


@pytest.mark.parametrize("damage", ["cut", "changed", "not one", "leads out", "one more"])
def test_a_damaged_backup_is_refused_and_nothing_is_touched(home, tmp_path, damage):
    backup = backed_up(home, tmp_path)
    content = bytearray(backup.read_bytes())
    if damage == "cut":
        content = content[: len(content) // 2]
    if damage == "changed":
        content[content.index(report(1)[1])] ^= 1
    if damage == "not one":
        content = bytearray(b"a letter, not a backup")
    backup.write_bytes(content)
    if damage in ("leads out", "one more"):
        with tarfile.open(backup, "a") as tar:
            entry = tarfile.TarInfo("../out" if damage == "leads out" else "files/more")
            entry.size = 3
            tar.addfile(entry, BytesIO(b"abc"))
    with pytest.raises(UserError, match=r"is no whole backup|is damaged: files/"):
        restoring.restore(home, STEWARD, backup, AT, replace=True)
    with pytest.raises(UserError, match=r"is no whole backup|is damaged: files/"):
        backing_up.asked(home, STEWARD, AT, out=None, held=backup)
    assert held(home) == (["wyp_leeds.figures.2026-27-Q2.v1"], [])
    assert not (tmp_path / "home" / ".restoring" / "out").exists()


def test_a_backup_made_while_others_submit_is_of_one_moment(home, tmp_path):
    stop = threading.Event()

    def submits() -> None:
        number = 2
        while not stop.is_set():
            receive(home, number)
            number += 1

    writer = threading.Thread(target=submits)
    writer.start()
    try:
        taken = [backed_up(home, tmp_path, f"{number}.tar") for number in range(3)]
    finally:
        stop.set()
        writer.join(60)
    for number, backup in enumerate(taken):
        other = tmp_path / f"other{number}"
        restoring.restore(other, STEWARD, backup, AT, replace=False)
        ids, faults = held(other)
        assert faults == []
        there = {path.name for path in (other / "files").iterdir()}
        assert {report(each)[0].file_sha256 for each in range(1, len(ids) + 1)} <= there


def test_a_backup_goes_where_it_is_safe_and_nowhere_else(home, tmp_path):
    for place, said in (
        (home / "inside.tar", "lies in the home itself"),
        (tmp_path / "none" / "a.tar", "There is no folder"),
        (backed_up(home, tmp_path), "is there already"),
    ):
        with pytest.raises(UserError, match=said):
            backing_up.back_up(home, STEWARD, place, AT)
    with pytest.raises(UserError, match="nothing to back up"):
        backing_up.back_up(tmp_path / "empty", STEWARD, tmp_path / "b.tar", AT)
    with pytest.raises(UserError, match="needs the role business unit"):
        backing_up.back_up(home, Actor("Analyst", "analyst", "ltht"), tmp_path / "b.tar", AT)
    backing_up.back_up(home, STEWARD, tmp_path, AT + timedelta(seconds=1))
    assert (tmp_path / "throughline-20261117T093001Z.tar").exists()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")  # noqa: PTH110 - one path
def test_a_full_disk_leaves_no_backup_and_says_so(home, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "_add", full)
    with pytest.raises(UserError, match=r"No space left on device\. No backup was made"):
        backed_up(home, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert not list(home.glob(".backup-*"))
    assert frame.served(home, STEWARD, "partnership").pointer is None


def test_a_restore_that_ends_on_a_full_disk_leaves_nothing_of_it(home, tmp_path):
    backup = backed_up(home, tmp_path)
    for room in (3_000, 600_000):  # the first file that is unpacked, and the vault, once it is written to
        with full_disk(room), pytest.raises(UserError, match=r"[Mm]ake (sure the disk has )?room"):
            restoring.restore(home, STEWARD, backup, AT, replace=True)
        assert not (home / ".restoring").exists()
    assert held(home) == (["wyp_leeds.figures.2026-27-Q2.v1"], [])


def test_what_a_restore_that_was_killed_had_unpacked_is_cleared_at_the_start_unless_one_is_under_way(home):
    left = home / ".restoring" / "new"
    left.mkdir(parents=True)
    (left / "vault.duckdb").write_bytes(b"nearly the whole backup")
    with FileLock(home / "backup.lock"):
        assert tidying.tidy(home) == ["A backup is being made or restored. Wait until it is done."]
    assert left.exists()
    assert tidying.tidy(home) == ["Cleared away what a backup or a restore that was cut off had left."]
    assert not left.parent.exists()


def test_what_the_old_vault_had_not_written_yet_is_not_played_into_the_restored_one(home, tmp_path):
    backup = backed_up(home, tmp_path)
    wanted = held(home)
    receive(home, 2)
    (home / "vault.duckdb.wal").write_bytes(b"what a killed process had committed and not written into the file")
    restoring.restore(home, STEWARD, backup, AT, replace=True)
    assert not (home / "vault.duckdb.wal").exists()
    assert (home / "replaced-20261117T093000Z" / "vault.duckdb.wal").exists()
    assert held(home) == wanted


def test_a_restore_gives_nobody_back_what_was_taken_from_them_since(home, tmp_path):
    folder = home / "publications" / "public"
    (folder / "20261101T090000Z-00000001.duckdb").write_bytes(b"figures")
    backup = backed_up(home, tmp_path)
    (home / "access.toml").write_text("[people]\n# one fewer\n", encoding="utf-8")
    (home / "agreements.toml").write_text("# ended\n", encoding="utf-8")
    (home / "settings.toml").write_text("# made after the backup\n", encoding="utf-8")
    (folder / "20261101T090000Z-00000001.withdrawn").write_text("{}", encoding="utf-8")
    (home / "sign-ins").mkdir(exist_ok=True)
    (home / "sign-ins" / "one.ended").write_text("2026-11-17", encoding="utf-8")
    said = restoring.restore(home, STEWARD, backup, AT, replace=True)
    assert "Kept as they are now" in said
    assert "access.toml, agreements.toml, settings.toml" in said
    assert "one fewer" in (home / "access.toml").read_text(encoding="utf-8")
    assert (home / "agreements.toml").read_text(encoding="utf-8") == "# ended\n"
    assert (folder / "20261101T090000Z-00000001.withdrawn").exists()
    assert (home / "sign-ins" / "one.ended").exists()
    assert (home / "settings.toml").read_text(encoding="utf-8") == "# made after the backup\n"


def test_what_signs_people_in_is_in_no_backup_and_stays_where_it_is(home, tmp_path):
    (home / "secrets.toml").write_text("cookie_secret = 'x'\n", encoding="utf-8")
    backup = backed_up(home, tmp_path)
    assert "secrets.toml" not in backups.read(backup).files
    restoring.restore(home, STEWARD, backup, AT, replace=True)
    assert (home / "secrets.toml").exists()


def test_a_backup_packs_what_is_damaged_and_says_so_and_its_moment_in_words(home, tmp_path):
    said = backing_up.back_up(home, STEWARD, tmp_path / "one.tar", AT)
    assert "of 17 November 2026, 09:30 UTC, event log to entry 2." in said
    assert "It was packed as it is. Public: The pointer CURRENT cannot be read." in said
    assert (tmp_path / "one.tar").exists()


def test_a_backup_of_another_key_is_refused_by_its_own_name(tmp_path, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_KEY", keys.new())
    receive(tmp_path / "home", 1)
    backup = backed_up(tmp_path / "home", tmp_path)
    monkeypatch.setenv("THROUGHLINE_KEY", keys.new())
    with pytest.raises(UserError, match="was made with another key than the one that is set") as why:
        restoring.restore(tmp_path / "other", STEWARD, backup, AT, replace=False)
    assert ".restoring" not in str(why.value)
    assert "Nothing was changed." in str(why.value)
