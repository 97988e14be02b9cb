"""The page Event log: what it says, that its list can be turned and filtered, and that nobody else is shown any of it."""

from __future__ import annotations

import shutil

import pytest

from pipelines.flows import log
from pipelines.queries.event_log import Wanted
from pipelines.queries.pointer import current
from pipelines.store import events
from pipelines.store.opening import transaction
from tests.pages.conftest import STEWARD
from tests.pages.opening import markup, opened, words

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("served")]


@pytest.fixture
def altered(served, tmp_path, monkeypatch):
    """The same home with the second entry changed behind our back."""
    home = tmp_path / "altered"
    shutil.copytree(served, home)
    with transaction(home, write=True) as connection:
        connection.execute("update event set subject = 'x' where position = 2")
    monkeypatch.setenv("THROUGHLINE_HOME", str(home))
    return home


def test_the_page_says_that_the_log_is_whole_with_its_last_hash_and_what_was_done(served):
    with transaction(served, write=False) as connection:
        last = events.head(connection)
    said = words(opened("event-log", "business_unit"))
    assert f"The log is whole: {last.position} entries" in said
    assert last.hash in said
    now = current(served, "partnership").publication_id
    assert f"released a publication for the audience Partnership: “Published for the Executive”, {now}; " in said
    assert "new to its readers, and nobody is noted as having read them." in said
    assert "OFFICIAL-SENSITIVESYNTHETIC" in said


def test_the_page_names_the_first_bad_entry_and_what_to_do(altered):
    said = words(opened("event-log", "business_unit"))
    assert "The log is not whole: the first bad entry is 2" in said
    assert "Entry 2 has been altered." in said
    assert log.WHAT_TO_DO in said
    assert "is missing, and the log has no entry of the removal" not in said
    next(path for path in (altered / "files").iterdir() if not path.name.startswith(".")).unlink()
    assert "is missing, and the log has no entry of the removal" in words(opened("event-log", "business_unit"))


def test_older_entries_are_turned_to_and_a_filter_starts_again(served, monkeypatch):
    monkeypatch.setattr("app.views.event_log._A_PAGE", 2)
    many = len(log.table(served, STEWARD, Wanted()))
    app = opened("event-log", "business_unit")
    assert f"Entries {many - 1} to {many}, 2 of the {many} that fit." in words(app)
    app.button(key="log_older").click().run()
    assert f"Entries {many - 3} to {many - 2}, 2 of the {many} that fit." in words(app)
    app.selectbox(key="log_group").select("Publications").run()
    assert f"Entries {many} to " not in words(app)
    assert " sent " not in markup(app).split("<tbody", 1)[1].split("</tbody>", 1)[0]
    app.selectbox(key="log_group").select("Official statistics").run()
    assert "No entry fits" in words(app)


@pytest.mark.parametrize("role", ["executive", "scrutineer", "analyst", "public"])
def test_nobody_else_is_shown_the_page(role):
    said = words(opened("event-log", role))
    assert "The log is whole" not in said
    assert "released a publication for the audience" not in said


def test_an_indicator_says_whose_its_figures_are_and_whom_to_ask():
    said = words(opened("indicator", indicator="CP07"))
    assert "Leeds City Council, for what Leeds City Council, Children and Families sent." in said
    assert "Information access team, Leeds City Council, foi@council.example." in said
    assert "Leeds Safeguarding Children Partnership is not a public authority itself" in said


def test_on_paper_every_page_has_the_marking_and_how_to_handle_it():
    style = markup(opened("overview"))
    assert '@top-left { content: "OFFICIAL-SENSITIVE · SYNTHETIC · Leeds Safeguarding Children Partnership' in style
    assert '@bottom-left { content: "Only for those in the partner organisations who need it' in style
