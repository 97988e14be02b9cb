"""A key is 32 random bytes or refused, opens only what it locked, and is said nowhere."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import stat
import traceback
from datetime import UTC, datetime

import duckdb
import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.store import connecting, events, files, keys, rekeyed, rekeying, sealing
from pipelines.store.opening import VAULT, NotWritableError, transaction
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pipelines.full_disk import full_disk

pytestmark = pytest.mark.slow

STEWARD = Actor("a.steward", "business_unit")
NOON = datetime(2026, 10, 9, 12, tzinfo=UTC)
ONE, OTHER, THIRD = (base64.b64encode(hashlib.sha256(word).digest()).decode() for word in (b"one", b"other", b"third"))
CONTENT = b"Agency,Number\nlcc_cf,3\n"


@pytest.fixture(autouse=True)
def _no_key(monkeypatch):
    for name in ("THROUGHLINE_KEY", "THROUGHLINE_KEY_FILE", "THROUGHLINE_KEY_NEW"):
        monkeypatch.delenv(name, raising=False)


def filled(home, content=CONTENT):
    with transaction(home, write=True) as vault:
        sha = files.keep(home, content)
        events.append(vault, STEWARD, "file.refused", "nightjar", {}, at=NOON)
    return sha


@pytest.fixture
def locked(tmp_path, monkeypatch):
    """A home with one original and one entry in its log, under the first key."""
    monkeypatch.setenv("THROUGHLINE_KEY", ONE)
    filled(tmp_path / "home")
    return tmp_path / "home"


def run(home, *words, **environment):
    return CliRunner(env={"THROUGHLINE_HOME": str(home), **environment}).invoke(main, list(words))


def held(home):
    return b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


@pytest.mark.parametrize(
    "text",
    [
        "correct horse battery staple",
        "Leeds-safeguarding-2026-partnership-passphrase",
        "A" * 43 + "=",
        base64.b64encode(b"a passphrase, and not of 32 bytes").decode(),
        base64.b64encode(b"abcabcabcabcabcabcabcabcabcabcab").decode(),
        ONE[:-4],
        ONE + ONE,
        "schlüssel" * 5,
        "' or 1=1 --",
    ],
)
def test_what_somebody_thought_of_is_no_key_and_is_not_repeated(text):
    with pytest.raises(
        UserError, match=r"THROUGHLINE_KEY holds no key of 32 random bytes.*throughline key new"
    ) as said:
        keys.of(text, "THROUGHLINE_KEY")
    assert text not in str(said.value)


def test_a_key_gives_two_that_are_neither_it_nor_each_other():
    found = keys.of(ONE, "x")
    assert len({ONE, found.vault, base64.b64encode(found.files).decode()}) == 3
    assert keys.of(f" {ONE}\n", "x") == found == keys.of(ONE.replace("+", "-").replace("/", "_"), "x")
    assert keys.of(OTHER, "x") != found
    assert found.vault not in repr(found) and repr(found.files) not in repr(found)


def test_the_derived_keys_stay_what_they_are_or_no_vault_would_open_again():
    raw = bytes(range(32))
    found = keys.of(base64.b64encode(raw).decode(), "x")
    # HKDF of RFC 5869, by hand: no salt, one block.
    drawn = hmac.digest(bytes(32), raw, "sha256")
    assert base64.b64decode(found.vault) == hmac.digest(drawn, b"throughline/1/vault\x01", "sha256")
    assert found.files == hmac.digest(drawn, b"throughline/1/files\x01", "sha256")


def test_a_key_comes_from_the_environment_or_a_file_but_not_from_both(tmp_path, monkeypatch):
    home, file = tmp_path / "home", tmp_path / "key"
    file.write_text(f"{ONE}\n")
    assert keys.configured(home) is None
    monkeypatch.setenv("THROUGHLINE_KEY_FILE", str(file))
    assert keys.configured(home) == keys.of(ONE, "x")
    monkeypatch.setenv("THROUGHLINE_KEY", ONE)
    with pytest.raises(UserError, match="Both THROUGHLINE_KEY and THROUGHLINE_KEY_FILE are set"):
        keys.configured(home)


def test_a_key_file_that_is_missing_or_lies_in_the_home_is_refused(tmp_path):
    with pytest.raises(UserError, match="nowhere cannot be read: No such file"):
        keys.in_file(tmp_path / "nowhere", tmp_path / "home")
    inside = tmp_path / "home" / "key"
    inside.parent.mkdir()
    inside.write_text(ONE)
    with pytest.raises(UserError, match="lies in the home folder it locks"):
        keys.in_file(inside, tmp_path / "home")


@pytest.mark.parametrize("content", [b"", sealing.MARK, sealing.MARK + b"a file that begins as ours do", b"\0" * 99])
def test_an_original_is_given_back_byte_for_byte(tmp_path, monkeypatch, content):
    monkeypatch.setenv("THROUGHLINE_KEY", ONE)
    sha = files.keep(tmp_path, content)
    assert files.original(tmp_path, sha) == content
    assert not content or content not in (tmp_path / "files" / sha).read_bytes()[len(sealing.MARK) :]


def test_an_original_that_was_touched_moved_or_locked_otherwise_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_KEY", ONE)
    sha, another = files.keep(tmp_path, CONTENT), files.keep(tmp_path, b"another")
    path = tmp_path / "files" / sha
    whole = path.read_bytes()
    for spoiled in (whole[:-1], whole[:30] + b"x" + whole[31:], (tmp_path / "files" / another).read_bytes()):
        path.write_bytes(spoiled)
        with pytest.raises(UserError, match="cannot be decrypted: it is damaged, or was encrypted with another key"):
            files.original(tmp_path, sha)
    path.write_bytes(whole)
    monkeypatch.setenv("THROUGHLINE_KEY", OTHER)
    with pytest.raises(UserError, match="cannot be decrypted"):
        files.original(tmp_path, sha)
    monkeypatch.delenv("THROUGHLINE_KEY")
    with pytest.raises(UserError, match=r"is encrypted\. Set THROUGHLINE_KEY"):
        files.original(tmp_path, sha)


def test_what_is_planted_is_found_without_a_key_and_nowhere_with_one(tmp_path, locked):
    assert b"nightjar" not in held(locked) and b"lcc_cf,3" not in held(locked)
    os.environ.pop("THROUGHLINE_KEY")
    filled(tmp_path / "plain")
    assert b"nightjar" in held(tmp_path / "plain") and b"lcc_cf,3" in held(tmp_path / "plain")


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "is encrypted. Set THROUGHLINE_KEY to its key"),
        ({"THROUGHLINE_KEY": OTHER}, "is not the key of the vault in"),
        ({"THROUGHLINE_KEY": "a sentence I like"}, "holds no key of 32 random bytes"),
    ],
)
def test_without_the_right_key_every_command_ends_in_one_sentence(locked, monkeypatch, environment, said):
    monkeypatch.delenv("THROUGHLINE_KEY")
    for words in (("status",), ("log", "verify"), ("key", "check"), ("publish",)):
        done = run(locked, *words, **environment)
        assert done.exit_code == 2 and said in done.stderr, (words, done.stderr)
        assert len(done.stderr.strip().splitlines()) == 1
        assert not any(value in done.output for value in environment.values())


def test_a_key_on_a_plain_vault_says_what_to_do(tmp_path, monkeypatch):
    filled(tmp_path)
    done = run(tmp_path, "log", "verify", THROUGHLINE_KEY=ONE)
    assert done.exit_code == 2 and "is not encrypted, though a key is set. Encrypt it with" in done.stderr


def test_a_missing_extension_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_KEY", ONE)
    monkeypatch.setattr(connecting, "_PACKAGE", "duckdb_extension_missing")
    with pytest.raises(UserError, match="needs the package duckdb-extension-missing for DuckDB"):
        filled(tmp_path)
    assert not (tmp_path / VAULT).exists()


def read_through(home):
    """Every entry of the log, which is all that the home holds."""
    with transaction(home, write=False) as vault:
        assert not events.listing(vault).empty


@pytest.mark.parametrize("place", [0, 10, 100, 4100, "middle"])
def test_a_damaged_encrypted_vault_is_said_to_be_damaged(locked, place):
    path = locked / VAULT
    whole = bytearray(path.read_bytes())
    for at in range(len(whole) // 3, 2 * len(whole) // 3) if place == "middle" else [place]:
        whole[at] ^= 0xFF
    path.write_bytes(bytes(whole))
    with pytest.raises(UserError, match="damaged, bring it back from a backup"):
        read_through(locked)


def test_the_encrypted_vault_can_neither_reach_out_nor_be_set_otherwise(locked):
    with transaction(locked, write=False) as vault:
        said = dict(vault.execute("select name, value from duckdb_settings()").fetchall())
        with pytest.raises(duckdb.PermissionException):
            vault.execute("select * from read_text('/etc/hostname')")
        with pytest.raises(duckdb.InvalidInputException, match="locked"):
            vault.execute("set enable_external_access = true")
    expected = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "2"}
    expected |= {"enable_external_access": "false", "lock_configuration": "true", "temp_file_encryption": "true"}
    assert {name: said[name] for name in expected} == expected


@pytest.mark.slow
def test_what_is_spilled_to_the_disk_is_encrypted(tmp_path, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_KEY", ONE)
    monkeypatch.setattr(connecting, "_MEMORY", "60MB")
    with transaction(tmp_path, write=False) as vault:
        vault.execute(
            "create temp table wide as "
            "select sha256(range::varchar) || md5(range::varchar) as planted from range(1_000_000)"
        )
        spilled = b"".join(path.read_bytes() for path in (tmp_path / "spill").iterdir())
    plants = [hashlib.sha256(str(number).encode()).hexdigest()[:32].encode() for number in range(0, 300_000, 5_000)]
    assert len(spilled) > 10_000_000
    assert [plant for plant in plants if plant in spilled] == []


def test_no_error_carries_a_key_not_even_in_what_its_frames_hold(locked, monkeypatch):
    secrets = [value for text in (ONE, OTHER) for value in (text, keys.of(text, "x").vault)]
    monkeypatch.setenv("THROUGHLINE_KEY", OTHER)
    with pytest.raises(UserError) as wrong, transaction(locked, write=False):
        pass
    monkeypatch.setenv("THROUGHLINE_KEY", ONE)
    with pytest.raises(duckdb.Error) as broken, transaction(locked, write=False) as vault:
        vault.execute("attach 'x' as (encryption_key")
    for error in (wrong.value, broken.value):
        told = traceback.TracebackException.from_exception(error, capture_locals=True)
        told.stack = traceback.StackSummary.from_list(each for each in told.stack if each.filename != __file__)
        words = "".join(told.format())
        assert [secret for secret in secrets if secret in words] == []


def test_a_full_disk_ends_in_a_sentence_and_the_vault_opens_afterwards(locked):
    with full_disk(), pytest.raises(NotWritableError, match="has room"), transaction(locked, write=True) as vault:
        events.append(vault, STEWARD, "file.refused", "", {}, at=NOON)
    with transaction(locked, write=True) as vault:
        assert events.listing(vault)["action"].tolist() == ["settings.noted", "file.refused"]
        events.append(vault, STEWARD, "file.refused", "", {}, at=NOON)
    with transaction(locked, write=False) as vault:
        assert events.verify(vault, locked) == []


def test_a_home_is_encrypted_rotated_and_decrypted_and_holds_what_it_held(tmp_path):
    home = tmp_path / "home"
    sha = filled(home)
    (home / "files" / ".cut-off").write_bytes(CONTENT)
    done = run(home, "key", "encrypt", "--by", "steward", THROUGHLINE_KEY=ONE)
    assert done.exit_code == 0 and "Encrypted the vault and 1 original." in done.output
    assert b"nightjar" not in held(home) and b"lcc_cf,3" not in held(home)
    assert "encrypted already" in run(home, "key", "encrypt", THROUGHLINE_KEY=ONE).stderr
    done = run(home, "key", "rotate", THROUGHLINE_KEY=ONE, THROUGHLINE_KEY_NEW=OTHER)
    assert done.exit_code == 0 and "the old one opens nothing here" in done.output
    assert run(home, "key", "check", THROUGHLINE_KEY=ONE).exit_code == 2
    assert run(home, "key", "check", THROUGHLINE_KEY=OTHER).output.startswith("The vault is encrypted")
    done = run(home, "key", "decrypt", THROUGHLINE_KEY=OTHER)
    assert done.exit_code == 0 and (home / "files" / sha).read_bytes() == CONTENT
    with transaction(home, write=False) as vault:
        assert events.listing(vault)["action"].tolist() == [
            "settings.noted", "file.refused", "home.encrypted", "key.rotated", "home.decrypted",
        ]  # fmt: skip
        assert events.verify(vault, home) == []
    assert sorted(path.name for path in home.iterdir()) == [
        "backup.lock", "event-head.json", "files", VAULT, "vault.lock",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "environment", "said"),
    [
        (("key", "encrypt"), {}, "No key is set"),
        (("key", "rotate"), {"THROUGHLINE_KEY": ONE}, "There is no new key"),
        (("key", "rotate"), {"THROUGHLINE_KEY": ONE, "THROUGHLINE_KEY_NEW": ONE}, "is the one that is set now"),
        (
            ("key", "rotate"),
            {"THROUGHLINE_KEY": ONE, "THROUGHLINE_KEY_NEW": "my cat"},
            "THROUGHLINE_KEY_NEW holds no key",
        ),
        (("key", "rotate"), {"THROUGHLINE_KEY": OTHER, "THROUGHLINE_KEY_NEW": THIRD}, "is not the key of the vault"),
        (("key", "decrypt"), {"THROUGHLINE_KEY": OTHER}, "is not the key of the vault"),
    ],
)
def test_a_change_that_cannot_be_made_changes_nothing(locked, monkeypatch, words, environment, said):
    monkeypatch.delenv("THROUGHLINE_KEY")
    before = held(locked)
    done = run(locked, *words, **environment)
    assert done.exit_code == 2 and said in done.stderr, done.stderr
    assert held(locked) == before


def test_an_original_that_cannot_be_read_stops_the_change_and_is_named(locked):
    [path] = files.every(locked)
    path.write_bytes(path.read_bytes()[:-1])
    before = held(locked)
    with pytest.raises(UserError, match=path.name[:12]):
        rekeying.change(locked, keys.of(ONE, "x"), keys.of(OTHER, "x"), STEWARD, at=NOON)
    assert held(locked) == before


@pytest.mark.parametrize("room", [0, 20_000, 500_000])
def test_a_full_disk_stops_the_change_and_the_old_key_goes_on_opening(locked, room):
    before = held(locked)
    with full_disk(room), pytest.raises(NotWritableError):
        rekeying.change(locked, keys.of(ONE, "x"), keys.of(OTHER, "x"), STEWARD, at=NOON)
    assert held(locked) == before and not (locked / rekeyed.FOLDER).exists()


def test_what_a_change_that_was_cut_off_left_is_gone_once_the_home_is_opened(locked):
    left = locked / rekeyed.FOLDER / "files"
    left.mkdir(parents=True)
    (left / "x").write_bytes(CONTENT)
    with transaction(locked, write=False):
        assert b"lcc_cf,3" not in held(locked)


def test_nobody_but_the_business_unit_changes_a_key(locked):
    from pipelines.flows import keys as flow

    for role in ("analyst", "executive", "scrutineer", "public"):
        for act in (flow.encrypt, flow.decrypt, lambda *asked: flow.rotate(*asked, None)):
            with pytest.raises(UserError, match="needs the role business unit"):
                act(locked, Actor("x", role, "lcc_cf"), NOON)


def test_a_key_is_printed_or_written_for_its_owner_alone_and_never_over_another(tmp_path):
    printed = run(tmp_path / "home", "key", "new").output.strip()
    assert keys.of(printed, "x") != keys.of(run(tmp_path / "home", "key", "new").output, "x")
    file = tmp_path / "key"
    assert run(tmp_path / "home", "key", "new", "-o", str(file)).exit_code == 0
    assert keys.in_file(file, tmp_path / "home")
    assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_text()
    assert "written over is lost" in run(tmp_path / "home", "key", "new", "-o", str(file)).stderr
    assert "Choose another place" in run(tmp_path / "home", "key", "new", "-o", str(tmp_path / "home" / "k")).stderr
    assert file.read_text() == before


def test_an_original_put_back_as_it_came_is_read_and_named(locked):
    sha = files.keep(locked, b"from an old backup")
    (locked / "files" / sha).write_bytes(b"from an old backup")
    assert files.original(locked, sha) == b"from an old backup"
    done = run(locked, "key", "check")
    assert done.exit_code == 1 and f"{sha[:12]}… is not encrypted" in done.stderr
    run(locked, "key", "rotate", THROUGHLINE_KEY_NEW=OTHER)
    assert run(locked, "key", "check", THROUGHLINE_KEY=OTHER).exit_code == 0


def test_the_header_of_a_file_says_whether_it_is_encrypted(tmp_path, locked):
    plain, no_database = tmp_path / "plain.duckdb", tmp_path / "words"
    duckdb.connect(str(plain)).close()
    no_database.write_text("words that are no database at all")
    assert connecting.is_encrypted(locked / VAULT) is True
    assert connecting.is_encrypted(plain) is False
    assert connecting.is_encrypted(no_database) is None and connecting.is_encrypted(tmp_path / "none") is None
