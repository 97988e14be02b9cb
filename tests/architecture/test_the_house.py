from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("app", "pipelines", "schemas", "sample_data")
BANNED_NAMES = {"utils", "helpers", "common", "misc", "manager", "base"}


def modules() -> list[Path]:
    return [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]


def test_the_arrows_between_folders_hold():
    run = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_comes_from_this_project_and_nowhere_else(package, tmp_path):
    where = subprocess.run(
        [sys.executable, "-c", f"import {package}; print({package}.__path__[0])"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).resolve() == (ROOT / package).resolve()


def test_no_module_is_named_for_leftovers():
    assert [path for path in modules() if path.stem in BANNED_NAMES] == []


def test_a_module_fits_in_one_reading():
    too_long = {str(p.relative_to(ROOT)): n for p in modules() if (n := len(p.read_text("utf-8").splitlines())) > 300}
    assert too_long == {}


def test_every_module_says_what_it_is_for():
    assert [str(p) for p in modules() if ast.get_docstring(ast.parse(p.read_text("utf-8"))) is None] == []


def test_the_lock_has_hashes_and_no_addresses():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text("utf-8")
        assert "://" not in text
        assert "index-url" not in text
        named = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert all(line.endswith("\\") for line in named), f"a line of {lock} has no hash"


def test_every_dependency_is_in_the_lock():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = (ROOT / "requirements.lock").read_text("utf-8").lower()
    names = [d.split(">")[0].split("=")[0].split("[")[0].strip().lower() for d in project["dependencies"]]
    assert [name for name in names if f"\n{name}==" not in f"\n{locked}"] == []


def test_the_command_line_starts_without_heavy_libraries():
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, pipelines.cli; print(' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout.split()
    heavy = {"pandas", "numpy", "duckdb", "streamlit", "pandera", "scipy", "openpyxl", "plotly", "pydantic"}
    assert heavy.isdisjoint(loaded)
