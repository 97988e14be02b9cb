"""Starts the interpreters that fork and kill, and hears what came of it; may be imported where neither is possible."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def answers(module: str, *asked: str) -> Any:
    """What a module of acts and kills has to say, run in an interpreter of its own, which forks for each of them."""
    command = [sys.executable, "-m", f"tests.pipelines.{module}", *asked]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)
