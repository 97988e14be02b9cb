"""In which order modules begin, and homes that are built once a run rather than once a process or a module."""

from __future__ import annotations

import gc
import os
import pickle
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


# Ten thousand tests are made and none is thrown away: looking for garbage was a quarter of the time of finding them.
gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long modules, then those that drive a browser, then slow ones, then all others.

    Those with the costliest homes come first, or they leave other processors idle at the end.
    """
    items.sort(key=_begins)


def pytest_collection_finish() -> None:
    """Leave what was imported out of every later search for garbage: Streamlit makes one each time a page has run."""
    gc.enable()
    gc.collect()
    gc.freeze()


def _begins(item: pytest.Item) -> int:
    marks = ("long", "browser", "slow")
    return next((place for place, name in enumerate(marks) if item.get_closest_marker(name)), len(marks))


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], Any]], Any]:
    """What the first process of a run that asks builds in an empty folder; the others wait for it. To be read only."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def found(name: str, build: Callable[[Path], Any]) -> Any:
        kept, place = shared / f"{name}.pickle", shared / name
        with FileLock(shared / f"{name}.lock"):
            if not kept.exists():
                shutil.rmtree(place, ignore_errors=True)  # of a process that failed half way
                place.mkdir()
                made = pickle.dumps(build(place))
                kept.write_bytes(made)
        return pickle.loads(kept.read_bytes())  # noqa: S301 - written a moment ago by this very run

    return found


@pytest.fixture(scope="session")
def copied_home(
    built_once: Callable[[str, Callable[[Path], Any]], Any], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, Callable[[Path], Path]], Path]:
    """A copy, for whoever asks alone, of a home that is built once a run."""

    def copied(name: str, build: Callable[[Path], Path]) -> Path:
        return shutil.copytree(built_once(name, build), tmp_path_factory.mktemp(name) / "home")

    return copied
