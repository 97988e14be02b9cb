"""Of lists and sheets kept apart from the check no fewer are told than were measured, and none more is refused wrongly."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.pipelines.doubtful_lists import listed
from tests.pipelines.held_back_lists import LISTS, harmless_sheets
from tests.pipelines.test_doubtful_lists import answer

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("children", "refused", "passed"), [(25, 12, 8), (8, 12, 11)])
def test_lists_are_told(children: int, refused: int, passed: int) -> None:
    found = Counter(answer(listed(kind, 1, children)) for kind in LISTS.values())
    assert found.total() == 40
    assert found["refused"] >= refused
    assert found["passed"] <= passed


def test_harmless_sheets_pass_but_for_a_list_of_headings_that_a_list_of_children_has() -> None:
    sheets = harmless_sheets(1)
    assert len(sheets) == 40
    assert [name for name, rows in sheets.items() if answer(rows) != "passed"] == ["notes on columns"]
