"""A reader whose publication was damaged gets the one before it, and reads so on the page."""

from __future__ import annotations

import shutil

from pipelines.queries.pointer import current
from tests.pages.opening import opened, words


def test_a_damaged_publication_is_said_on_the_page_and_the_one_before_is_shown(demonstration, published, monkeypatch):
    home = shutil.copytree(published, demonstration / "home")
    monkeypatch.setenv("THROUGHLINE_HOME", str(home))
    damaged = current(home, "partnership").path
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    said = words(opened("overview"))
    assert (
        "The current publication, of 17 November 2026, is damaged, so the one before it is shown, of 18 August 2026"
        in said
    )
    assert "publish again" in said
    assert "You are reading an earlier publication" not in said
    publish = opened("publish", "business_unit")
    assert not publish.exception
    assert "is damaged, so the one before it is shown" in words(publish)
