"""The vault lets one in at a time, says what to do when it cannot, and survives whoever is killed inside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pipelines.store import events, files
from pipelines.store.opening import NotWritableError, transaction
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pipelines.full_disk import full_disk

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

STEWARD = Actor("a.steward", "business_unit")
NOON = datetime(2026, 10, 9, 12, tzinfo=UTC)
OTHER = """
    import sys, time
    from datetime import UTC, datetime
    from pathlib import Path
    from pipelines.store import events, files
    from pipelines.store.opening import transaction
    from schemas.actors import Actor
    home = Path(sys.argv[1])
    with transaction(home, write=True) as vault:
        files.keep(home, b"an orphan")
        events.append(vault, Actor("other", "business_unit"), "file.refused", "x", {}, at=datetime.now(UTC))
        (home / "inside").touch()
        time.sleep(float(sys.argv[2]))
"""


def other_process(home: Path, seconds: float) -> subprocess.Popen[bytes]:
    started = subprocess.Popen([sys.executable, "-c", textwrap.dedent(OTHER), str(home), str(seconds)])
    deadline = time.monotonic() + 60
    while not (home / "inside").exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return started


def test_a_second_process_waits_for_the_first(tmp_path):
    first = other_process(tmp_path, 1.0)
    with transaction(tmp_path, write=True, wait=60) as vault:
        events.append(vault, STEWARD, "file.refused", "y", {}, at=NOON)
    assert first.wait(60) == 0
    with transaction(tmp_path, write=False) as vault:
        assert events.listing(vault)["actor"].tolist() == ["Throughline", "other", "a.steward"]


def test_waiting_too_long_ends_in_a_sentence(tmp_path):
    first = other_process(tmp_path, 60)
    try:
        said = r"in use by another command\. Wait for it to finish, then try again"
        with pytest.raises(UserError, match=said), transaction(tmp_path, write=False, wait=0.2):
            pass
    finally:
        first.terminate()
        first.wait(60)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_process_killed_inside_leaves_nothing_but_a_harmless_original(tmp_path):
    first = other_process(tmp_path, 60)
    first.send_signal(signal.SIGKILL)
    first.wait(60)
    with transaction(tmp_path, write=True, wait=10) as vault:
        assert events.listing(vault)["action"].tolist() == ["settings.noted"], "of this opening, not of the killed one"
        assert events.verify(vault, tmp_path) == []
    orphans = [path for path in (tmp_path / "files").iterdir() if not path.name.startswith(".")]
    assert [files.original(tmp_path, path.name) for path in orphans] == [b"an orphan"]


def test_a_folder_nobody_may_write_in_is_named(tmp_path):
    folder = tmp_path / "data"
    folder.write_text("a file where the folder should be")
    said = r"cannot write in .*data\. Set THROUGHLINE_HOME to a folder you may write to"
    with pytest.raises(UserError, match=said), transaction(folder, write=False):
        pass


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_folder_is_named(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(UserError, match="cannot write in"), transaction(tmp_path, write=False):
            pass
    finally:
        tmp_path.chmod(0o700)


def test_a_full_disk_ends_in_a_sentence_and_nothing_of_the_transaction_is_kept(tmp_path):
    with transaction(tmp_path, write=True) as vault:
        events.append(vault, STEWARD, "file.refused", "", {}, at=NOON)
    said = r"vault.duckdb could not be read or written\. Make sure the disk has room"
    with full_disk(), pytest.raises(NotWritableError, match=said), transaction(tmp_path, write=True) as vault:
        events.append(vault, STEWARD, "file.refused", "", {}, at=NOON)
    with full_disk(), pytest.raises(NotWritableError, match=said), transaction(tmp_path, write=True):
        files.keep(tmp_path, b"an original there is no room for")
    with transaction(tmp_path, write=False) as vault:
        assert events.listing(vault)["action"].tolist() == ["settings.noted", "file.refused"]
        assert events.verify(vault, tmp_path) == []


def test_a_fault_that_is_not_of_the_disk_stays_what_it_is(tmp_path):
    with pytest.raises(FileNotFoundError), transaction(tmp_path, write=False):
        (tmp_path / "nothing").read_bytes()


def test_a_vault_that_is_no_database_is_named(tmp_path):
    (tmp_path / "vault.duckdb").write_bytes(b"this is not a database" * 1000)
    with pytest.raises(UserError, match=r"vault.duckdb cannot be opened.*backup"), transaction(tmp_path, write=False):
        pass


def test_the_vault_can_neither_reach_out_nor_be_set_otherwise(tmp_path):
    with transaction(tmp_path, write=False) as vault:
        settings = dict(
            vault.execute(
                """
                select name, value
                from duckdb_settings()
                where name in ('autoinstall_known_extensions', 'autoload_known_extensions', 'enable_external_access',
                    'lock_configuration', 'threads')
                """
            ).fetchall()
        )
    assert settings == {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "enable_external_access": "false",
        "lock_configuration": "true",
        "threads": "2",
    }
