"""A reader whose publication was damaged gets the one before it, and reads so on the page."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from pipelines.flows import readiness, status
from pipelines.queries.pointer import current
from pipelines.store import keys
from pipelines.store.opening import transaction
from schemas.actors import Actor
from tests.pages.opening import markup, opened, words

pytestmark = pytest.mark.slow


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


@pytest.fixture
def lost(demonstration, published, monkeypatch):
    """A home of which no publication is whole any more."""
    home = shutil.copytree(published, demonstration / "home")
    monkeypatch.setenv("THROUGHLINE_HOME", str(home))
    for path in (home / "publications").rglob("*.duckdb"):
        path.write_bytes(b"garbage")
    return home


def test_where_no_publication_is_whole_the_pages_that_mend_it_open_all_the_same(lost):
    for url, says in (
        ("publish", "Release"),
        ("returns", "Send a return"),
        ("event-log", "is not the file that was released"),
    ):
        shown = words(opened(url, "business_unit"))
        assert says in shown and "cannot be shown at the moment" not in shown, url
    first = words(opened("overview", "business_unit"))
    assert "The figures cannot be shown at the moment" in first and "publish again" in first
    told = "\n".join(status.lines(lost, Actor("Steward", "business_unit"), datetime(2026, 11, 20, tzinfo=UTC)))
    assert "No publication can be opened" in told
    assert told.count("is damaged.") == 2


def test_where_no_publication_is_whole_a_reader_learns_whom_to_tell_and_nothing_else(lost):
    (lost / "access.toml").write_text('contact = "the safeguarding team, 0113 496 0000"\n', encoding="utf-8")
    ids = [path.stem for path in (lost / "publications").rglob("*.duckdb")]
    for url in ("overview", "indicator", "data-set"):
        shown = words(opened(url, "analyst"))
        assert "Tell the safeguarding team, 0113 496 0000." in shown
        assert not [each for each in (*ids, str(lost), "throughline restore") if each in shown]
    assert "Send a return" in words(opened("returns", "analyst"))


def test_where_the_vault_is_damaged_a_page_has_a_heading_and_the_business_unit_learns_of_restore(
    demonstration, monkeypatch
):
    (demonstration / "vault.duckdb").write_bytes(b"this is not a database" * 1000)
    assert not readiness.ready(demonstration)
    for role in ("analyst", "business_unit"):
        page = opened("returns", role)
        assert markup(page).count("<h1") == 1
        shown = words(page)
        assert "This could not be done The vault cannot be opened at the moment" in shown
        assert ("throughline restore" in shown) == (role == "business_unit")
        assert str(demonstration) not in shown


def test_without_its_key_a_page_names_no_place_and_the_log_of_the_server_does(demonstration, monkeypatch, caplog):
    monkeypatch.setenv("THROUGHLINE_KEY", keys.new())
    with transaction(demonstration, write=True):
        pass
    assert readiness.ready(demonstration)
    monkeypatch.delenv("THROUGHLINE_KEY")
    assert not readiness.ready(demonstration)
    for role in ("analyst", "business_unit"):
        shown = words(opened("returns", role))
        assert "nothing can be sent and nothing was changed. If it lasts, tell the business unit." in shown
        assert not [each for each in (str(demonstration), "THROUGHLINE_KEY") if each in shown]
    assert f"The vault in {demonstration} is encrypted. Set THROUGHLINE_KEY" in caplog.text
    monkeypatch.setenv("THROUGHLINE_KEY", keys.new())
    assert not readiness.ready(demonstration)
