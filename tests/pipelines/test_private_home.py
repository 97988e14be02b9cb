"""What a home holds is its owner's alone: new files and folders from the start, older ones once they are opened."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime

import pandas as pd
import pytest

from pipelines.publishing import writing
from pipelines.store import atomic, events, files, private
from pipelines.store.opening import VAULT, transaction
from schemas.actors import Actor
from schemas.published.tables import TABLES

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
STEWARD = Actor("Steward", "business_unit")
NOON = datetime(2026, 10, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _lenient():
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def opened(home):
    with transaction(home, write=True) as vault:
        files.keep(home, b"a return")
        events.append(vault, STEWARD, "file.refused", "x", {}, at=NOON)


def published(home):
    with writing.alone(home, "partnership"):
        return writing.write(home, "partnership", "p-1", dict.fromkeys(TABLES, pd.DataFrame()))


def test_a_new_home_is_its_owners_alone(tmp_path):
    home = tmp_path / "new" / "home"
    opened(home)
    published(home)
    inside = [path for path in home.rglob("*") if path.suffix != ".lock"]
    assert {mode(path) for path in (home, *inside) if path.is_dir()} == {0o700}
    assert {mode(path) for path in inside if path.is_file()} == {0o600}
    assert {path.suffix for path in inside} >= {".duckdb", ""}


def test_an_older_home_is_closed_when_it_is_opened(tmp_path):
    home = tmp_path / "home"
    opened(home)
    made = published(home)
    for path, open_to_all in ((home, 0o755), (home / VAULT, 0o644), (made.parent, 0o755), (made, 0o644)):
        path.chmod(open_to_all)
    opened(home)
    assert (mode(home), mode(home / VAULT)) == (0o700, 0o600)
    with writing.alone(home, "partnership"):
        assert (mode(made.parent), mode(made)) == (0o700, 0o600)


def test_the_owners_own_rights_stay_and_a_folder_outside_a_home_too(tmp_path):
    locked, outside = tmp_path / "locked", tmp_path / "outside"
    locked.touch()
    locked.chmod(0o444)
    private.tighten(locked)
    assert mode(locked) == 0o400
    outside.mkdir(mode=0o755)
    atomic.write(outside / "message.txt", b"words")
    assert (mode(outside), mode(outside / "message.txt")) == (0o755, 0o600)


def test_what_is_anothers_is_left_alone(tmp_path, monkeypatch):
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    monkeypatch.setattr(os, "geteuid", lambda: shared.stat().st_uid + 1)
    private.tighten(shared)
    assert mode(shared) == 0o755
