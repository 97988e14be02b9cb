"""What is said of the days before a release, before its day and after it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.widgets.preview import note
from pipelines.queries.preview_facts import Preview

FOUND = Preview("p", datetime(2026, 11, 1, tzinfo=UTC), "2026-27-Q2", date(2026, 11, 17), "lcc_cf", ())


@pytest.mark.parametrize(
    ("today", "said"),
    [(16, "The release is due on"), (17, "The release is due on"), (18, "The release was due on")],
)
def test_a_release_is_due_until_its_day_is_over_and_was_due_after_it(today, said):
    assert f"{said} 17 November 2026." in note(FOUND, date(2026, 11, today))
