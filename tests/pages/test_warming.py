"""Pages are worked out before readers come, and publications stay open only as long as they are there."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from threading import Event

import duckdb
import pytest

from app import pages, session, warming
from app.widgets import html
from pipelines.queries import forgetting, frame, kept_open, reading
from pipelines.queries.remembered import remembered
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.problems import UserError

pytestmark = pytest.mark.slow

ANALYST = Actor("An analyst", "analyst", "lcc_cf")


@pytest.fixture
def kept():
    kept_open.keep()
    yield kept_open
    kept_open.keep(0)


@pytest.fixture
def openings(monkeypatch):
    """The files DuckDB was asked to open."""
    found, connect = [], duckdb.connect

    def noted(*args, **named):
        found.append(str(args[0]) if args else "")
        return connect(*args, **named)

    monkeypatch.setattr(duckdb, "connect", noted)
    return found


def test_the_first_reader_finds_each_page_worked_out(published, openings):
    assert warming.warm(published, "partnership") >= 5
    openings.clear()
    visit = session.visit(published, ANALYST, "partnership", None, datetime.now(UTC))
    for view in pages.found():
        if view.prepare is not None and "analyst" in view.roles:
            view.prepare(visit)
    assert openings == []


def test_an_audience_without_a_publication_has_nothing_worked_out(published):
    assert warming.warm(published, "public") == 0


def test_a_damaged_publication_does_not_end_the_thread_and_the_next_is_worked_out(published, tmp_path, monkeypatch):
    home = tmp_path / "home"
    shutil.copytree(published, home)
    failed, done, tried = Event(), Event(), []

    def fails_once(place, audience):
        tried.append(audience)
        if len(tried) == 1:
            failed.set()
            raise UserError("It is damaged")
        done.set()
        return 0

    monkeypatch.setattr(warming, "warm", fails_once)
    monkeypatch.setattr(warming, "_EVERY", 0.01)
    stop = Event()
    thread = warming.begin(home, stop)
    try:
        pointer = home / "publications" / "partnership" / "CURRENT"
        assert failed.wait(20)
        said = pointer.read_bytes()
        pointer.unlink()
        pointer.write_bytes(said)
        assert done.wait(20)
    finally:
        stop.set()
        thread.join(20)
        kept_open.keep(0)


def test_a_publication_that_is_kept_open_is_opened_once_and_still_refused_to_whoever_may_not_read_it(
    published, kept, openings
):
    pointer = frame.pointer(published, ANALYST, "partnership")
    for _ in range(3):
        assert reading.rows(pointer, "select audience from publication") == [{"audience": "partnership"}]
    assert len(openings) == 1
    with pytest.raises(UserError):
        frame.pointer(published, Actor("Anybody", "public"), "partnership")


def test_a_kept_publication_can_still_be_written_by_nobody_and_reaches_nothing_else(published, kept):
    pointer = frame.pointer(published, ANALYST, "partnership")
    with kept.connect(pointer.path) as connection:
        for said in ("create table t (a int)", "select * from read_csv('/etc/hostname')", "set threads = 8"):
            with pytest.raises(duckdb.Error):
                connection.execute(said)


def test_a_publication_that_was_removed_does_not_live_on(published, tmp_path, kept):
    pointer = frame.pointer(published, ANALYST, "partnership")
    copy = tmp_path / pointer.path.name
    shutil.copy(pointer.path, copy)
    kept.connect(copy).close()
    assert copy in kept_open._KEPT.open  # noqa: SLF001 - what is held open shows nowhere else
    copy.unlink()
    kept.tidy()
    assert copy not in kept_open._KEPT.open  # noqa: SLF001
    with pytest.raises(duckdb.Error):
        kept.connect(copy)


def test_what_was_remembered_is_forgotten_once_the_vault_is_another_file(tmp_path, monkeypatch):
    """A removal writes the vault anew; a server that runs meanwhile may hold what was removed in any of its memories."""
    vault, text = tmp_path / "vault.duckdb", "Zebulon Quillfeather moved away"
    vault.write_bytes(b"as it was")
    first, agreed = forgetting.vault_of(tmp_path), catalogue()
    remember = remembered(maxsize=4)(lambda: text)
    monkeypatch.setattr(warming, "remember", remember, raising=False)
    remember()
    assert text in html.words(text)
    held = html._escaped.cache_info().currsize  # noqa: SLF001 - what it holds shows nowhere else
    vault.write_bytes(b"written to")
    assert forgetting.once_replaced(tmp_path, first) == first and html._escaped.cache_info().currsize == held  # noqa: SLF001
    (tmp_path / "expunging").mkdir()
    (tmp_path / "new").write_bytes(b"without it")
    (tmp_path / "new").replace(vault)
    assert forgetting.once_replaced(tmp_path, first) == first, "not while it is being put in place"
    (tmp_path / "expunging").rmdir()
    assert forgetting.once_replaced(tmp_path, first) == forgetting.vault_of(tmp_path) != first
    assert html._escaped.cache_info().currsize == 0  # noqa: SLF001
    assert remember._slots.cache_info().currsize == 0  # noqa: SLF001
    assert catalogue() is agreed, "what the files of the catalogue say is not worked out anew"


def test_no_more_stay_open_than_are_read(published, tmp_path, kept):
    pointer = frame.pointer(published, ANALYST, "partnership")
    for number in range(kept_open.AT_MOST + 2):
        copy = tmp_path / f"{number}.duckdb"
        shutil.copy(pointer.path, copy)
        kept.connect(copy).close()
    assert len(kept_open._KEPT.open) == kept_open.AT_MOST  # noqa: SLF001


def test_a_process_that_serves_nobody_keeps_nothing_open(published):
    pointer = frame.pointer(published, ANALYST, "partnership")
    reading.rows(pointer, "select audience from publication")
    assert not kept_open._KEPT.open  # noqa: SLF001
