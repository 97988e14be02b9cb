"""Which tests share a process: those of one module, and of several where they share something costly."""

from __future__ import annotations

import pytest

GROUPED = "xdist_group"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Group every test with its module, unless it names a group of several; the longest groups begin first.

    Begun last, the groups with the costliest homes would leave the other processors idle at the end.
    """
    for item in items:
        if item.get_closest_marker(GROUPED) is None:
            item.add_marker(pytest.mark.xdist_group(str(item.path)))
    items.sort(key=_begins)


def _begins(item: pytest.Item) -> int:
    marker = item.get_closest_marker(GROUPED)
    is_shared = marker is not None and marker.args[0] != str(item.path)
    return 0 if is_shared else 1 if item.get_closest_marker("browser") else 2 if item.get_closest_marker("slow") else 3
