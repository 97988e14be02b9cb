"""Killed at any step, an act that decides, tells or hands out happened whole or not at all, and the next try succeeds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pipelines.killed_decisions import ACTS

pytestmark = [
    pytest.mark.long,
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has neither fork nor SIGKILL"),
]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What came of every act and every kill; one interpreter does them all, and forks for each."""
    folder = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-m", "tests.pipelines.killed_decisions", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("act", list(ACTS))
def test_it_happened_whole_or_not_at_all_and_a_second_try_succeeds(found, act):
    outcome = found[act]
    assert outcome["before"] != outcome["after"]
    assert outcome["before"]["faults"] == outcome["after"]["faults"] == []
    kills = outcome["kills"]
    assert [kill for kill in kills if kill["code"] != -9 or kill["left"]["faults"]] == []
    assert [kill for kill in kills if kill["tidied"] not in (outcome["before"], outcome["after"])] == []
    assert [kill for kill in kills if kill["then"] != outcome["after"]] == []
    done = [kill["tidied"] == outcome["after"] for kill in kills]
    assert not done[0] and done[-1] and len(kills) >= 3
