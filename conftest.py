"""What a run of the tests looks into: no file is imported to find that nothing in it would be run."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.doctest import DoctestModule

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

_QUICK = "not browser and not slow"
_LEFT_OUT = re.compile(r"\bmark\.(?:browser|slow)\b")
_EXAMPLE = ">>> "


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave a module out whose every test is marked as one that this run leaves out; None leaves it to others."""
    is_quick = config.getoption("markexpr") == _QUICK
    named = [path for path in config.args if path.partition("::")[0].endswith(".py")]
    if is_quick and not named and collection_path.suffix == ".py" and _is_left_out(collection_path):
        return True
    return None


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path) -> Generator[None, list[Any], list[Any]]:
    """Look for examples in docstrings only where there are some: looking means importing, and going through every name."""
    found = yield
    if file_path.suffix != ".py" or _has_examples(file_path):
        return found
    return [each for each in found if not isinstance(each, DoctestModule)]


def _has_examples(path: Path) -> bool:
    return _EXAMPLE in path.read_text("utf-8")


@cache
def _is_left_out(path: Path) -> bool:
    """Whether the module's own marks, which stand in its `pytestmark`, leave all of it out, and it has no examples."""
    if not path.name.startswith("test_") or _has_examples(path):
        return False
    marks = [
        ast.unparse(line.value)
        for line in ast.parse(path.read_text("utf-8")).body
        if isinstance(line, ast.Assign)
        and any(isinstance(to, ast.Name) and to.id == "pytestmark" for to in line.targets)
    ]
    return any(_LEFT_OUT.search(each) for each in marks)
