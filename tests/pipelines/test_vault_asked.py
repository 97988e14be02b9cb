"""The vault is read once for as long as nothing in it changes, and never one actor's answer given to another."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.queries import inbox, respondents, vault
from pipelines.store import events
from pipelines.store.opening import VAULT, transaction
from schemas.actors import Actor
from schemas.problems import UserError

pytestmark = pytest.mark.slow

STEWARD = Actor("Steward", "business_unit")
OTHER = Actor("Another", "business_unit")
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def home(tmp_path):
    with transaction(tmp_path, write=True) as connection:
        events.append(connection, STEWARD, "benchmarks.loaded", "x", {}, at=AT)
    return tmp_path


@pytest.fixture
def opened(monkeypatch):
    """How often the vault was opened."""
    many = []

    def counted(*args, **named):
        many.append(args)
        return transaction(*args, **named)

    monkeypatch.setattr(vault, "transaction", counted)
    return many


def entries(connection) -> int:
    return len(events.of(connection, "benchmarks.loaded"))


def whose(connection, agency_id: str | None) -> tuple[str | None, int]:
    return agency_id, entries(connection)


def test_an_unchanged_vault_is_opened_once_for_whoever_has_the_same_role(home, opened):
    assert {vault.asked(home, actor, entries) for actor in (STEWARD, OTHER, STEWARD)} == {1}
    assert len(opened) == 1


def test_an_answer_is_never_given_to_another_role_or_agency_even_where_the_question_is_the_same(home, opened):
    actors = [
        STEWARD, Actor("A", "analyst", "lcc_cf"), Actor("A", "approver", "lcc_cf"), Actor("A", "analyst", "ltht"),
        Actor("A", "scrutineer"),
    ]  # fmt: skip
    for actor in [*actors, *actors]:
        vault.asked(home, actor, entries)
    assert len(opened) == len(actors)


def test_what_the_question_is_about_is_part_of_it(home, opened):
    assert [vault.asked(home, STEWARD, whose, each)[0] for each in ("lcc_cf", "ltht", None)] == ["lcc_cf", "ltht", None]
    assert len(opened) == 3


@pytest.mark.parametrize("query", ["history", "returns_owed", "logs_owed", "owed"])
def test_whoever_may_not_ask_is_refused_though_the_answer_is_known(home, query):
    today = date(2026, 11, 20)
    asking = respondents.owed if query == "owed" else getattr(inbox, query)
    about = () if query == "history" else (today,)
    asking(home, STEWARD, "lcc_cf", *about)
    asking(home, Actor("A", "analyst", "lcc_cf"), "lcc_cf", *about)
    for stranger in (Actor("A", "analyst", "ltht"), Actor("A", "chair"), Actor("A", "public")):
        with pytest.raises(UserError):
            asking(home, stranger, "lcc_cf", *about)


def test_whoever_signed_out_meanwhile_is_refused_though_the_answer_is_known(home):
    def gone() -> None:
        raise UserError("No longer signed in")

    inbox.history(home, STEWARD, "lcc_cf")
    with pytest.raises(UserError, match="No longer"):
        inbox.history(home, Actor("Steward", "business_unit", still=gone), "lcc_cf")


def test_what_is_stored_by_this_or_another_process_is_seen_at_once(home):
    assert vault.asked(home, STEWARD, entries) == 1
    with transaction(home, write=True) as connection:
        events.append(connection, STEWARD, "benchmarks.loaded", "y", {}, at=AT)
    assert vault.asked(home, STEWARD, entries) == 2
    _written_elsewhere(home, "connection.commit()")
    assert vault.asked(home, STEWARD, entries) == 3


def test_what_a_process_stored_and_was_killed_before_noting_is_seen_too(home):
    assert vault.asked(home, STEWARD, entries) == 1
    _written_elsewhere(home, "connection.commit(); import os; os._exit(9)", code=9)
    assert vault.asked(home, STEWARD, entries) == 2


def test_what_a_killed_process_had_not_committed_is_not_there(home):
    _written_elsewhere(home, "import os; os._exit(9)", code=9)
    assert vault.asked(home, STEWARD, entries) == 1


def test_a_vault_put_back_is_read_afresh_though_it_is_as_long_and_as_old(home):
    kept = (home / VAULT).read_bytes()
    stood = (home / VAULT).stat()
    assert vault.asked(home, STEWARD, entries) == 1
    other = home / "other"
    other.write_bytes(kept)
    os.utime(other, ns=(stood.st_atime_ns, stood.st_mtime_ns))
    before = vault.stamp(home)
    other.replace(home / VAULT)
    assert vault.stamp(home) != before


def test_what_could_be_changed_by_one_page_is_not_kept_for_another(home):
    with pytest.raises(TypeError):
        vault.asked(home, STEWARD, lambda connection: [entries(connection)])


def test_nothing_of_a_vault_that_has_changed_stays_in_memory(home):
    vault.asked(home, STEWARD, entries)
    answers = vault._KNOWN[home].answers  # noqa: SLF001 - what is forgotten shows nowhere else
    with transaction(home, write=True) as connection:
        events.append(connection, STEWARD, "benchmarks.loaded", "y", {}, at=AT)
    vault.asked(home, STEWARD, entries)
    assert vault._KNOWN[home].answers is not answers  # noqa: SLF001


def _written_elsewhere(home: Path, ends: str, code: int = 0) -> None:
    """An entry written into the vault by another process, which then ends in its own way, before the vault's opener closes it."""
    program = f"""
import sys
from datetime import UTC, datetime
from pathlib import Path
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.actors import Actor
with transaction(Path(sys.argv[1]), write=False) as connection:
    events.append(connection, Actor("Elsewhere", "business_unit"), "benchmarks.loaded", "z", {{}}, at=datetime(2026, 11, 21, tzinfo=UTC))
    {ends}
    connection.begin()
"""
    done = subprocess.run([sys.executable, "-c", program, str(home)], check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == code
