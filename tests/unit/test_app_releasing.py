"""A release of its own process leaves nothing behind but what it told."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from app.releasing import DONE, Running


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
