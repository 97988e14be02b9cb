"""How text is kept in tables, whichever part of the program comes first."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

ASKED = "import {part}, pandas; print(pandas.Series(['a word']).dtype.storage)"


@pytest.mark.parametrize("part", ["pipelines.checking", "pipelines.publishing"])
def test_text_is_kept_as_pythons_own(part: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED.format(part=part)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["python"]
