"""A key that locks a home leaves nothing open beside it unsaid: an earlier home, a copy, what was cut off."""

from __future__ import annotations

import shutil

import pytest

from pipelines.flows import backing_up, restoring
from pipelines.store import files
from pipelines.store.opening import VAULT
from tests.pipelines.test_keys import NOON, ONE, OTHER, STEWARD, filled, held, run

pytestmark = pytest.mark.slow

ASIDE = "replaced-20261009T120000Z"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home without a key that was restored, with the earlier one beside it."""
    for name in ("THROUGHLINE_KEY", "THROUGHLINE_KEY_FILE", "THROUGHLINE_KEY_NEW"):
        monkeypatch.delenv(name, raising=False)
    filled(tmp_path / "home")
    backing_up.back_up(tmp_path / "home", STEWARD, tmp_path / "one.tar", NOON)
    restoring.restore(tmp_path / "home", STEWARD, tmp_path / "one.tar", NOON, replace=True)
    return tmp_path / "home"


def test_a_home_with_an_earlier_one_in_it_is_not_encrypted_nor_given_another_key(home):
    before = held(home)
    done = run(home, "key", "encrypt", THROUGHLINE_KEY=ONE)
    assert done.exit_code == 2
    assert (
        f"{ASIDE} in {home} holds an earlier home" in done.stderr
        and "Delete that folder first. Nothing was changed." in done.stderr
    )
    assert held(home) == before and b"nightjar" in before
    shutil.move(home / ASIDE, home.parent / ASIDE)
    assert run(home, "key", "encrypt", THROUGHLINE_KEY=ONE).exit_code == 0
    assert b"nightjar" not in held(home)
    assert run(home, "log", "verify", THROUGHLINE_KEY=ONE).exit_code == 0
    shutil.move(home.parent / ASIDE, home / ASIDE)
    done = run(home, "key", "rotate", THROUGHLINE_KEY=ONE, THROUGHLINE_KEY_NEW=OTHER)
    assert done.exit_code == 2 and "holds an earlier home" in done.stderr
    done = run(home, "key", "check", THROUGHLINE_KEY=ONE)
    assert done.exit_code == 1
    assert (
        f"{ASIDE} holds an earlier home, as a restore put it aside: its vault is not encrypted. Delete it."
        in done.stderr
    )
    assert "1 not as it should be" in done.output
    shutil.copyfile(home / VAULT, home / ASIDE / VAULT)
    assert "its vault opens with the key it had then" in run(home, "key", "check", THROUGHLINE_KEY=ONE).stderr


def test_what_was_cut_off_is_cleared_away_by_encrypting_and_named_by_a_check(home):
    shutil.rmtree(home / ASIDE)
    plain = (home / VAULT).read_bytes()
    for place in (".restoring/new", ".backup-abcdefgh"):
        (home / place).mkdir(parents=True)
        (home / place / VAULT).write_bytes(plain)
    assert run(home, "key", "encrypt", THROUGHLINE_KEY=ONE).exit_code == 0
    assert b"nightjar" not in held(home)
    assert run(home, "key", "check", THROUGHLINE_KEY=ONE).exit_code == 0
    for place in (".restoring/new", ".backup-abcdefgh"):
        (home / place).mkdir(parents=True)
        (home / place / VAULT).write_bytes(plain)
    (home / files.FOLDER).mkdir(exist_ok=True)
    (home / files.FOLDER / ".cut-off").write_bytes(b"nightjar")
    done = run(home, "key", "check", THROUGHLINE_KEY=ONE)
    assert done.exit_code == 1
    for name in (f".restoring/new/{VAULT}", f".backup-abcdefgh/{VAULT}", "files/.cut-off"):
        assert f"{name} is not encrypted: an act that was cut off left it." in done.stderr


def test_a_copy_laid_in_the_home_is_named_and_its_own_files_are_not(home, tmp_path):
    shutil.rmtree(home / ASIDE)
    shutil.copyfile(tmp_path / "one.tar", home / "one.tar")
    (home / "files" / "older").mkdir(parents=True)
    shutil.copyfile(home / VAULT, home / "files" / "older" / VAULT)
    for name in ("lost+found", "publications", "preview", "prepared", "sign-ins", "spill"):
        (home / name).mkdir(exist_ok=True)
    for name in ("access.toml", "agreements.toml", "settings.toml", "secrets.toml", "SYNTHETIC", "access.lock"):
        (home / name).write_text("", encoding="utf-8")
    done = run(home, "key", "encrypt", THROUGHLINE_KEY=ONE)
    assert done.exit_code == 0
    assert "As it was, and none of the home’s own: files/older, one.tar. Move it away, or delete it." in done.output
    done = run(home, "key", "check", THROUGHLINE_KEY=ONE)
    assert done.exit_code == 1
    assert [
        line.partition(" is none of the home’s own")[0] for line in done.stderr.splitlines() if "none of" in line
    ] == [
        "files/older",
        "one.tar",
    ]
    shutil.rmtree(home / "files" / "older")
    (home / "one.tar").unlink()
    assert run(home, "key", "check", THROUGHLINE_KEY=ONE).exit_code == 0
