"""What a publication says of learning, read back: lists, order, days, and the table people download."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from app import downloads
from app.session import Visit
from pipelines.queries import frame
from pipelines.queries import learning_lists as lists
from pipelines.queries import learning_words as words
from pipelines.queries.learned import learned
from pipelines.queries.learning import learning
from pipelines.queries.pointer import current
from pipelines.queries.recommendation import whole
from schemas.actors import Actor
from tests.pages.learning_tables import AT, publish, tables

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("learning")
    publish(place, tables())
    return place


@pytest.fixture(scope="module")
def found(home):
    return learning(current(home, "partnership"))


def ids(kept) -> list[str]:
    return [one.recommendation_id for one in kept]


def test_the_latest_improvement_comes_first(found):
    assert ids(lists.improved(found.recommendations)) == ["R-03", "R-05"]


def test_little_or_no_progress_is_in_the_order_of_what_is_at_stake(found):
    assert ids(lists.little(found.recommendations)) == ["R-07", "R-11", "R-12", "R-13"]


def test_a_step_takes_those_that_went_further_too(found):
    asked = lists.Asked(step="practised")
    assert ids(one for one in found.recommendations if asked.keeps(one)) == ["R-03", "R-05", "R-22"]
    nonsense = lists.Asked(step="no such step")
    assert all(nonsense.keeps(one) for one in found.recommendations)


def test_the_choices_are_those_that_are_there_and_years_are_newest_first(found):
    offered = lists.offered(found)
    assert [words for _, words in offered.year] == ["2025-26", "2024-25"]
    assert ("wyp", "West Yorkshire Police, Leeds District") in offered.owner


def test_the_owner_who_has_owed_longest_comes_first(found):
    council = replace(found.actions[0], overdue_days=12)
    more = replace(found, actions=(*found.actions, council, replace(council, action_id="R-03.2", overdue_days=30)))
    late = lists.overdue(more, more.recommendations)
    assert [(each.owner, each.longest, len(each.actions)) for each in late] == [
        ("West Yorkshire Police, Leeds District", 231, 1),
        ("Leeds City Council, Children and Families", 30, 2),
    ]


def test_days_run_from_the_incident_and_are_only_there_where_it_is_dated(found):
    (took,) = lists.taken(found)
    assert (took.one.recommendation_id, took.to_learning, took.to_action) == ("R-03", 91, 315)
    outside = replace(found, recommendations=tuple(replace(r, incident_on=None) for r in found.recommendations))
    assert lists.taken(outside) == ()


def test_the_card_shows_the_indicator_that_carries_the_verdict(found):
    one = found.recommendations[0]
    (own,) = found.impacts_of(one.recommendation_id)
    first = replace(own, indicator_id="FD01", verdict="too_early")
    more = replace(found, impacts=(first, own))
    assert more.shown_impact(one) == own
    assert more.shown_impact(replace(one, verdict="no_change")) == first


def counted(found, **numbers):
    return replace(found, counts=(replace(found.whole, **numbers),))


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"practised": 0, "difference": 0}, "Practice is not yet shown to have changed for any of 8 recommendations"),
        ({"practised": 1, "difference": 0}, "1 of 8 recommendations; none is yet shown to have made a difference"),
        ({"practised": 2, "difference": 1}, "2 of 8 recommendations; 1 has made a difference for children"),
        ({"practised": None}, "8 recommendations agreed; how far they have come is hidden to protect"),
        ({"agreed": 0, "practised": 0}, "No recommendation stands"),
        ({"agreed": None}, "How far learning has come"),
    ],
)
def test_the_finding_says_no_more_than_the_counts(found, numbers, said):
    assert said in words.headline(counted(found, **numbers))


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"done": 0, "worse": 0}, "None of what was agreed is shown to be done yet."),
        (
            {"done": 3, "practised": 3, "worse": 0},
            "3 of 8 have come to “done” or further, and practice has changed for every one",
        ),
        ({"done": 8, "practised": 3, "worse": 0}, "All 8 have come to “done” or further, but for 5 of the 8"),
        ({"done": 7, "practised": None, "worse": 0}, "7 of 8 have come to “done” or further."),
        ({"worse": 2}, "For 2 the figures got worse."),
    ],
)
def test_what_was_done_is_not_called_more_than_done(found, numbers, said):
    assert said in words.lede(counted(found, **numbers))


def test_an_action_still_open_is_not_called_done_however_far_the_evidence_reaches(found):
    late = replace(found.recommendations[0], state="open", overdue_actions=1)
    assert late.level >= 3
    some = replace(found, recommendations=(late, *found.recommendations[1:]))
    assert "Of the 7 here, 1 still has an action open; 1 is overdue." in words.meaning(some, "done")


def test_where_not_every_recommendation_is_shown_nothing_is_said_of_open_actions(found):
    assert words.meaning(replace(found, recommendations=found.recommendations[1:]), "done") == words.MEANINGS["done"]


def test_a_line_is_in_the_order_of_the_days_and_knows_what_is_to_come(found):
    made = whole(found, "R-14")
    days = [moment.on for moment in made.line]
    assert days == sorted(days)
    assert [moment.what for moment in made.line if moment.is_ahead] == ["Review date: the change should show"]
    assert whole(found, "R-99") is None


def test_an_action_that_is_late_stands_on_its_due_day_with_how_late_it_is(found):
    (due,) = [moment for moment in whole(found, "R-12").line if moment.what == "Action due"]
    assert (due.on, due.detail) == (date(2026, 3, 31), "Write the step into the procedure; overdue by 231 days")


def test_the_overview_has_learning_in_short(home):
    short = learned(current(home, "partnership"))
    assert (short.shown, short.agreed) == (3, 8)
    assert [(late.owner, late.actions, late.days) for late in short.late] == [
        ("West Yorkshire Police, Leeds District", 1, 231)
    ]
    assert short.themes == {
        "family_help": "1 improved, 1 no change, 1 too early to say, 2 not measurable",
        "domestic_abuse": "1 got worse",
        "exploitation": "Hidden to protect",
        "neglect": "Hidden to protect",
    }


def test_a_downloaded_list_holds_every_one_and_nothing_a_spreadsheet_would_run(home, found):
    odd = replace(found.recommendations[0], title='=HYPERLINK("http://x")')
    table = lists.table((odd, *found.recommendations[1:]))
    reader = Actor("a", "executive")
    pointer = frame.pointer(home, reader, "partnership")
    visit = Visit(home, reader, "partnership", pointer, None, frame.header(home, pointer), AT)
    how = downloads.marked(visit, {"learning"})
    lines = downloads.as_file(table, "csv", "Recommendations", how).decode("utf-8-sig").splitlines()
    assert len(lines) == 9
    assert "'=HYPERLINK" in lines[1]
    book = openpyxl.load_workbook(BytesIO(downloads.as_file(table, "xlsx", "Recommendations", how)))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert str(cells[0].value).startswith("OFFICIAL-SENSITIVE · SYNTHETIC")
