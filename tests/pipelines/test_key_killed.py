"""Killed at any step of a change of its key, a home opens with the old key or the new, and holds what it held."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.store import keys

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="Windows can neither fork nor kill so")]

# Each try is a child that ends itself, as SIGKILL would end it, before one of the steps that change a file or folder.
_TRIES = """
import json, os, shutil, signal, sys, traceback
from datetime import UTC, datetime
from pathlib import Path
import pandas, pyarrow, pydoc  # each child would import them by itself, which takes longer than what it does
from pipelines.store import events, files, keys, rekeying
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.problems import UserError

place, old, new = Path(sys.argv[1]), *sys.stdin.read().split()
steward, noon = Actor("a.steward", "business_unit"), datetime(2026, 10, 9, 12, tzinfo=UTC)
contents = [b"first", b"second"]
files.stored(b"", "", keys.of(old, "old"))  # imports what encrypts, for all of them
STEPS = {"os.rename", "os.rmdir"}

def child(act):
    reads, writes = os.pipe()
    if not (pid := os.fork()):
        try:
            os.write(writes, json.dumps(act()).encode())
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as said:
        words = said.read()
    status = os.waitpid(pid, 0)[1]
    return json.loads(words) if words else {"killed": os.WTERMSIG(status) == signal.SIGKILL}

def fill(home):
    os.environ["THROUGHLINE_KEY"] = old
    with transaction(home, write=True) as vault:
        for content in contents:
            files.keep(home, content)
        events.append(vault, steward, "file.refused", "", {}, at=noon)
    return {}

def change(home, step):
    counted = 0
    def hook(name, arguments):
        nonlocal counted
        if name in STEPS:
            counted += 1
            if counted == step:
                os.kill(os.getpid(), signal.SIGKILL)
    if step:
        sys.addaudithook(hook)
    many = rekeying.change(home, keys.of(old, "old"), keys.of(new, "new"), steward, at=noon)
    return {"originals": many}

def found(home):
    opens = {}
    for name, key in (("old", old), ("new", new)):
        os.environ["THROUGHLINE_KEY"] = key
        try:
            with transaction(home, write=False) as vault:
                actions = [row for row in events.listing(vault)["action"].tolist()]
                faults = events.verify(vault, home)
        except UserError as said:
            continue
        held = sorted(files.original(home, path.name).decode() for path in files.every(home))
        opens[name] = [actions, faults, held]
    names = sorted(path.name for path in home.rglob("*") if path.is_file() and path.parent.name != "files")
    return {"opens": opens, "names": names}

child(lambda: fill(place / "start"))
step = 0
while True:
    step += 1
    home = place / f"home-{step}"
    shutil.copytree(place / "start", home)
    done = child(lambda: change(home, step))
    told = {"step": step, **done, **child(lambda: found(home))}
    if "old" in told["opens"] and (step % 3 == 1 or os.environ.get("KILLS") == "every"):  # a second try at each would take most of the time
        told |= {"again": child(lambda: change(home, 0)), "after": child(lambda: found(home))["opens"]}
    print(json.dumps(told), flush=True)
    shutil.rmtree(home)
    if not done.get("killed"):
        break
"""


@pytest.fixture(scope="module")
def tries(tmp_path_factory):
    ran = subprocess.run(
        [sys.executable, "-c", _TRIES, str(tmp_path_factory.mktemp("killed"))],
        input=f"{keys.new()} {keys.new()}",
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_every_step_was_tried_up_to_the_change_that_nothing_stopped(tries):
    assert [each["killed"] for each in tries[:-1]] == [True] * (len(tries) - 1)
    assert tries[-1]["originals"] == 2
    assert len(tries) > 7
    assert {tuple(each["opens"]) for each in tries} == {("old",), ("new",)}


def test_the_home_opens_with_one_of_the_keys_and_holds_what_it_held(tries):
    for each in tries:
        [(key, (actions, faults, held))] = each["opens"].items()
        assert actions == ["settings.noted", "file.refused", *(["key.rotated"] if key == "new" else [])], each
        assert (faults, held) == ([], ["first", "second"]), each


def test_the_old_key_opens_until_one_instant_and_never_after_it(tries):
    opens = [next(iter(each["opens"])) for each in tries]
    assert opens == sorted(opens, key=["old", "new"].index)


def test_a_second_try_succeeds(tries):
    stopped = [each for each in tries if "again" in each]
    assert stopped
    assert [each for each in stopped if each["again"] != {"originals": 2} or list(each["after"]) != ["new"]] == []


def test_nothing_is_left_lying_about(tries):
    for each in tries:
        # The head of the log is no secret, and may be half written.
        assert {name for name in each["names"] if not name.startswith(".event-head")} == {
            "event-head.json",
            "vault.duckdb",
            "vault.lock",
        }, each
