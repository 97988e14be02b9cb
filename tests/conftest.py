"""In which order modules begin: those with the costliest homes first, or they leave other processors idle at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long modules, then those that drive a browser, then slow ones, then all others."""
    items.sort(key=_begins)


def _begins(item: pytest.Item) -> int:
    marks = ("long", "browser", "slow")
    return next((place for place, name in enumerate(marks) if item.get_closest_marker(name)), len(marks))
