"""Where a receipt is offered, the page says that the file itself was removed, and when."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from pipelines.flows import retaining
from tests.pages.conftest import STEWARD
from tests.pages.opening import opened, words

pytestmark = pytest.mark.slow


def test_the_page_says_that_an_original_was_removed_as_agreed(demonstration, published, monkeypatch):
    place = demonstration / "home"
    shutil.copytree(published, place)
    monkeypatch.setenv("THROUGHLINE_HOME", str(place))
    (place / "settings.toml").write_text("[retention]\noriginals_months = 24\n", encoding="utf-8")
    retaining.purge(place, STEWARD, datetime(2026, 11, 17, tzinfo=UTC))
    app = opened("returns", "analyst")
    said = "The original was removed on 17 November 2026 as agreed."
    for submission, is_removed in (("lcc_cf.figures.2022-23-Q2.v1", True), ("lcc_cf.figures.2026-27-Q2.v1", False)):
        app.selectbox(key="receipt_of").set_value(submission).run()
        assert (said in words(app)) is is_removed, submission
