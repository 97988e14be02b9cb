"""A release of its own process leaves nothing behind but what it told."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from app import releasing
from app.releasing import DONE, NOT_DONE, Running
from pipelines.flows import holding
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pipelines.agreed import invented

STEWARD = Actor("A. Steward", "business_unit")


def test_the_steps_are_known_once_it_has_ended_and_their_folder_is_gone():
    told = Path(tempfile.mkdtemp(prefix="throughline-release-")) / "steps.txt"
    with told.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-c", f"print('Reading'); print('{DONE}all')"], stdout=out)
    process.wait()
    run = Running(process, told, "A label")
    assert run.outcome == f"{DONE}all"
    assert not told.parent.exists()
    assert run.steps == ["Reading", f"{DONE}all"]


def test_while_it_works_the_steps_are_read_as_they_come_and_kept():
    told = Path(tempfile.mkdtemp(prefix="throughline-release-")) / "steps.txt"
    told.write_text("Reading\n", encoding="utf-8")
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        run = Running(process, told, "A label")
        assert run.steps == ["Reading"]
        assert told.exists()
    assert run.steps == ["Reading"]
    assert not told.parent.exists()


def test_an_order_is_followed_only_as_somebody_who_is_signed_in_gave_it(tmp_path, monkeypatch):
    """Whoever starts the process by hand can put any name in an order, and would so be a second person."""
    home, released = invented(tmp_path), []

    def let_out(place, orders, say):
        released.append((place, [(each.audience, each.actor) for each in orders]))
        return holding.Outcome((), ("Read it.",), is_held=True)

    monkeypatch.setattr(holding, "release_or_hold", let_out)
    given = {"home": str(home), "audiences": ["public"], "label": "Label", "name": STEWARD.name, "act": "publish"}
    unasked = [json.dumps(given).encode()]
    assert releasing.release(unasked[0]).startswith(f"{NOT_DONE}Nobody asked for this on the page Publish")
    said = releasing.ordered(home, STEWARD, ["public"], "Label", "publish")
    with transaction(home, write=False) as vault:
        [asked] = events.of(vault, "release.asked")
    assert (asked["actor"], asked["subject"]) == (STEWARD.name, "publish")
    assert json.loads(said)["random"] not in asked["detail"]
    unasked += [json.dumps(json.loads(said) | other).encode() for other in ({"name": "B. Steward"}, {"act": "prepare"})]
    for order in unasked:
        assert releasing.release(order).startswith(f"{NOT_DONE}Nobody asked for this on the page Publish")
    assert released == []
    assert releasing.release(said).startswith("to be read: Read it.")
    assert released == [(home, [("public", STEWARD)])]


def test_nobody_in_another_role_gives_an_order_and_none_is_kept(tmp_path):
    with pytest.raises(UserError, match="needs the role"):
        releasing.ordered(tmp_path, Actor("a", "analyst", "ltht"), ["public"], "Label", "publish")
    assert list(tmp_path.iterdir()) == []
