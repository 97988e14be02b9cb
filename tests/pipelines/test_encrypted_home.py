"""A home with a key goes through everything a home goes through, and no file of it tells what was not published."""

from __future__ import annotations

import base64
import hashlib
import os
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime

import pytest

from pipelines.flows import publication, returns
from pipelines.publishing import Order
from pipelines.queries import inbox, rows_held
from pipelines.queries.frame import pointer
from pipelines.queries.overview import overview
from pipelines.queries.receipts import receipt
from pipelines.store import events, files
from pipelines.store.opening import transaction
from schemas.actors import Actor
from tests.pipelines.agreed import invented

pytestmark = pytest.mark.slow

STEWARD = Actor("a.steward", "business_unit")
SENDER = Actor("Wren Plantedsender", "analyst", "lcc_cf")
AT = datetime(2026, 10, 20, 9, tzinfo=UTC)
KEY = base64.b64encode(hashlib.sha256(b"a key of the tests").digest()).decode()
REASON = "The nightjar team wrote up plans that had waited since the spring"
RETURN = f"""Indicator ID,Agency,Period,Number,Out of,Reason
CP07,lcc_cf,2026-27-Q2,60,226,{REASON}
FD01,lcc_cf,2026-27-Q2,9417,,{REASON}
"""
PLANTED = (b"nightjar", b"plantedname", b"Wren Plantedsender", b"lcc_cf.figures.2026-27-Q2.v1", b"CP07,lcc_cf")


def filled(home):
    """A home in which a return was sent and published, and its submission."""
    invented(home)
    path = home.parent / "plantedname.csv"
    path.write_text(RETURN, encoding="utf-8")
    sent = returns.submit(home, SENDER, path, AT)
    publication.publish_each(home, [Order("partnership", "", STEWARD, AT)])
    return sent.receipt.submission_id


def told(home):
    """What any file of the home that is no publication holds of what was planted."""
    found = [path for path in home.rglob("*") if path.is_file() and path.suffix != ".lock"]
    assert any(path.parent.name == "files" for path in found)
    kept = [path for path in found if "publications" not in path.parts]
    return {plant for plant in PLANTED for path in kept if plant in path.read_bytes()}


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    home = tmp_path_factory.mktemp("locked") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THROUGHLINE_KEY", KEY)
        submission = filled(home)
        yield home, submission


def test_no_file_of_the_home_tells_what_was_planted(locked):
    home, _ = locked
    assert told(home) == set()


def test_the_same_without_a_key_tells_all_of_it(tmp_path, monkeypatch):
    monkeypatch.delenv("THROUGHLINE_KEY", raising=False)
    path = tmp_path / "plantedname.csv"
    path.write_text(RETURN, encoding="utf-8")
    returns.submit(tmp_path / "home", SENDER, path, AT)
    assert told(tmp_path / "home") == set(PLANTED)


def test_pages_read_what_they_read_of_any_home(locked):
    home, submission = locked
    assert [one.submission_id for one in inbox.history(home, SENDER, "lcc_cf")] == [submission]
    found = receipt(home, SENDER, submission)
    assert (found.rows_accepted, found.file_name) == (2, "plantedname.csv")
    assert files.original(home, found.file_sha256) == RETURN.encode()
    assert overview(pointer(home, STEWARD, "partnership"), None)
    log = inbox.event_log(home, STEWARD)
    assert log["action"].tolist() == ["settings.noted", "submission.received", "publication.released"]
    with transaction(home, write=False) as vault:
        assert events.verify(vault, home) == []
        assert rows_held.held(home, vault).faults == ()


def test_a_publication_is_read_without_the_key(locked, monkeypatch):
    home, _ = locked
    monkeypatch.delenv("THROUGHLINE_KEY")
    assert overview(pointer(home, STEWARD, "partnership"), None)


_WRITES = """
    import os, signal, sys
    from datetime import UTC, datetime
    from pathlib import Path
    from pipelines.store import events
    from pipelines.store.opening import transaction
    from schemas.actors import Actor
    home, name, killed = Path(sys.argv[1]), sys.argv[2], sys.argv[3:] == ["killed"]
    if killed:
        events.keep_head = lambda _, last: os.kill(os.getpid(), signal.SIGKILL) if last.position else None
    for number in range(1 if killed else 20):
        with transaction(home, write=True, wait=120) as vault:
            events.append(vault, Actor(name, "business_unit"), "file.refused", "nightjar" * 20 + str(number), {}, at=datetime.now(UTC))
"""


def started(home, *words):
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(_WRITES), str(home), *words])


def test_two_processes_take_turns_and_lose_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_KEY", KEY)
    both = [started(tmp_path, name) for name in ("one", "two")]
    assert [each.wait(300) for each in both] == [0, 0]
    with transaction(tmp_path, write=False) as vault:
        log = events.listing(vault)
        assert events.verify(vault, tmp_path) == []
    assert {name: len(of) for name, of in log.groupby("actor")} == {"Throughline": 1, "one": 20, "two": 20}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_the_log_that_a_killed_process_leaves_beside_the_vault_is_encrypted_and_read_again(tmp_path, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_KEY", KEY)
    assert started(tmp_path, "killed", "killed").wait(300) == -signal.SIGKILL
    left = tmp_path / "vault.duckdb.wal"
    assert left.stat().st_size > 1000
    assert [path.name for path in tmp_path.iterdir() if path.is_file() and b"nightjar" in path.read_bytes()] == []
    with transaction(tmp_path, write=False) as vault:
        assert events.listing(vault)["actor"].tolist() == ["Throughline", "killed"]
    assert not left.exists()
