"""Learning and impact as a reader finds it: in words and in order, for each role, with bad and missing data."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

import duckdb
import pytest

from app import pages
from pipelines.flows import returns
from pipelines.queries.learning_year_end import not_done
from pipelines.store import records
from pipelines.store.opening import VAULT, transaction
from schemas.actors import Actor
from schemas.returns import kinds
from tests.pages import learning_tables
from tests.pages.learning_tables import ODD, publish, tables
from tests.pages.opening import markup, opened, words
from tests.pipelines.log_book import RECOMMENDATION, write

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Eight recommendations, published for the partnership."""
    place = tmp_path_factory.mktemp("learning")
    publish(place, tables())
    return place


@pytest.fixture
def shown(demonstration, home, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(home))
    return home


@pytest.fixture
def fresh(demonstration):
    """A home in which each test publishes what it is about."""
    return demonstration


@pytest.mark.usefixtures("shown")
def test_the_finding_comes_first_and_what_got_worse_is_in_it():
    said = words(opened("learning"))
    assert "Practice has changed for 3 of 8 recommendations; 2 have made a difference for children" in said
    assert (
        "7 of 8 have come to “done” or further, but for 4 of the 7 there is no evidence yet that anyone works "
        "differently. For 1 the figures got worse." in said
    )


@pytest.mark.usefixtures("shown")
def test_the_parts_stand_in_their_order():
    said = re.findall(r"<h2>([^<]+)</h2>", markup(opened("learning")))
    assert said == [
        "How far each recommendation has come", "Each recommendation", "Improved", "Little or no progress",
        "Too early to say, and not measurable", "Overdue, by owner", "The same learning found again",
        "Every recommendation", "How long it takes", "Who has been reached", "Ten measures", "How it was judged",
    ]  # fmt: skip


@pytest.mark.usefixtures("shown")
def test_each_step_has_its_count_its_meaning_and_a_way_to_its_list():
    app = opened("learning")
    assert "Practised 3 Seen in practice: in audited, observed or supervised work. Impact is shown from here." in words(
        app
    )
    assert 'href="learning?step=Practised+or+further#list"' in markup(app)
    assert (
        "Done 7 Every action is done and evidence shows it, or evidence shows a later step. "
        "Of the 7 here, none still has an action open. The one not here yet still has an overdue action."
    ) in words(app)
    assert markup(app).count("bar with-impact") == 3


@pytest.mark.usefixtures("shown")
def test_a_hidden_count_is_a_word_and_never_a_number():
    said = words(opened("learning"))
    assert "Rapid review Hidden Hidden Hidden Hidden Hidden Hidden Hidden to protect" in said
    assert "Domestic abuse 1 1 0 0 0 0 1 got worse" in said
    assert "could point at a child" in said
    assert "Shift at re-audit Hidden to protect –" in said


@pytest.mark.usefixtures("shown")
def test_got_worse_and_no_evidence_are_as_plain_as_success():
    said = words(opened("learning"))
    assert "1 got worse 1 no change 1 overdue 1 done, and nothing shows a difference" in said
    assert said.index("R-07 Tell schools") < said.index("R-11 Ask about family history")
    assert "2 more with little or no progress" in said
    assert "No evidence yet Owed by Leeds City Council, Children and Families since 30 September 2026" in said
    assert "Challenge. “This should not be closed. Reopen it.”" in said


@pytest.mark.usefixtures("shown")
def test_what_is_too_early_says_how_many_quarters_are_missing_and_what_would_settle_it():
    said = words(opened("learning"))
    assert "2 too early, 2 not measurable; of these 4, 1 has not come to “done”." in said
    assert "Too early 0 of 4 quarters needed Second or subsequent plans, from June 2027" in said
    assert "Not measurable: too few a year Does not apply Re-audit in May 2027" in said


def test_a_long_list_of_the_unsettled_shows_the_first_and_keeps_the_others_a_press_away(fresh):
    rows = tables()
    early = next(row for row in rows["recommendation"] if row["recommendation_id"] == "R-12")
    rows["recommendation"] += [early | {"recommendation_id": f"R-{n}", "position": n} for n in range(100, 104)]
    publish(fresh, rows)
    said = words(opened("learning"))
    part = said[said.index("Too early to say") : said.index("Overdue, by owner")]
    assert "2 more not settled" in part
    assert part.index("R-12 ") < part.index("R-100 ") < part.index("2 more not settled") < part.index("R-22 ")


@pytest.mark.usefixtures("shown")
def test_overdue_actions_stand_under_their_owner():
    said = words(opened("learning"))
    assert "West Yorkshire Police, Leeds District 1 231 days R-12 Write the step into the procedure" in said


@pytest.mark.usefixtures("shown")
def test_a_sector_never_reached_is_said_plainly_and_schools_are_named():
    said = words(opened("learning"))
    assert "Schools and education: reached once." in said
    assert "Third sector: never reached." in said
    assert "Never reached: Early years." in said


@pytest.mark.usefixtures("shown")
def test_the_filters_hold_for_the_lists_and_say_that_they_are_on():
    app = opened("learning")
    app.selectbox(key="of_owner").select("wyp").run()
    said = words(app)
    assert "2 of 8. Only owner: West Yorkshire Police, Leeds District." in said
    assert "R-07 Tell schools" in said
    assert "R-11 Ask about" not in said
    assert "Practice has changed for 3 of 8" in said


@pytest.mark.usefixtures("shown")
def test_filters_that_leave_nothing_say_so():
    app = opened("learning")
    app.selectbox(key="of_owner").select("wyp")
    app.selectbox(key="step").select("sustained").run()
    assert "Nothing matches every filter" in words(app)


def test_before_the_first_log_the_business_unit_is_told_what_to_send(fresh):
    publish(fresh, None)
    app = opened("learning", "business_unit")
    said = words(app)
    assert "No learning log has been published yet" in said
    assert "Recommendations, Measures, Actions, Evidence, Dissemination" in said
    assert "throughline template learning --agency bu --period 2026-27-Q2 -o learning-2026-27-Q2.xlsx" in said
    assert [button.label for button in app.get("download_button")] == ["Download the template of the learning log"]


def test_before_the_first_log_others_are_told_who_owes_it(fresh):
    publish(fresh, None)
    app = opened("learning", "analyst")
    assert "Leeds Safeguarding Children Partnership Business Unit sends the learning log" in words(app)
    assert len(app.get("download_button")) == 0
    assert "No recommendation is shown in this publication" in words(opened("recommendation", "analyst"))


def test_the_public_sees_counts_where_no_recommendation_has_a_public_wording(fresh):
    rows = tables()
    kept = {name: rows[name] for name in ("learning_count", "learning_measure", "learning_reach")}
    publish(fresh, kept, audience="public")
    app = opened("learning", "public")
    said = words(app)
    assert "Practice has changed for 3 of 8 recommendations" in said
    assert "Only counts are published here" in said
    assert "R-07" not in said
    assert "learning?step" not in markup(app)


def test_what_the_public_is_not_told_is_not_called_missing(fresh):
    rows = tables() | {"action": [], "evidence": [], "dissemination": [], "claim_view": []}
    publish(fresh, rows, audience="public")
    said = words(opened("recommendation", "public", recommendation="R-11"))
    assert "Ask about family history before a plan ends" in said
    for part in ("No action yet", "No evidence yet", "Nobody yet", "No view"):
        assert part not in said
        assert part not in words(opened("learning", "public"))


def test_what_the_public_is_not_told_of_an_owner_or_evidence_leaves_no_trace(fresh):
    rows = tables()
    rows["recommendation"] = [row | {"owner_role": ""} for row in rows["recommendation"]]
    rows["evidence"] = [row | {"finding": "", "reference": ""} for row in rows["evidence"]]
    publish(fresh, rows, audience="public")
    said = words(opened("recommendation", "public", recommendation="R-03"))
    assert "No owner named" not in said
    assert re.search("Audit or dip sample ?E-002", said)
    for page in (said, words(opened("learning", "public"))):
        assert not re.search(r"(Audit or dip sample|Survey of practitioners|Figures of the data set) ?:", page)
    publish(fresh, rows)
    assert "Owner No owner named" in words(opened("recommendation", recommendation="R-03"))


def test_fewer_listed_than_counted_is_said_plainly(fresh):
    rows = tables()
    worded = ("R-03", "R-11")
    for name in ("recommendation", "evidence", "impact", "impact_point", "dissemination", "claim_view"):
        rows[name] = [row for row in rows[name] if row["recommendation_id"] in worded]
    publish(fresh, rows | {"action": []}, audience="public")
    said = words(opened("learning", "public"))
    assert "Practice has changed for 3 of 8 recommendations" in said
    assert (
        "The counts above are of all 8 recommendations; the lists below are of the 2 that the partnership has worded "
        "for the public." in said
    )


@pytest.mark.usefixtures("shown")
def test_the_page_says_why_the_data_set_counts_otherwise():
    app = opened("learning")
    said = words(app)
    assert "This page counts all 8 recommendations, on the day of the publication." in said
    assert "Recommendations with impact shown counts only those agreed at least 12 months before" in said
    assert 'href="indicator?indicator=PA03"' in markup(app)


@pytest.mark.usefixtures("shown")
def test_where_all_are_listed_nothing_is_said_of_it():
    assert "The counts above are of" not in words(opened("learning"))


def test_a_filter_with_one_choice_is_not_offered_and_no_two_choices_are_called_the_same(fresh):
    rows = tables()
    rows["recommendation"] = [row | {"source": "", "source_words": ""} for row in rows["recommendation"]]
    rows["recommendation"][0] |= {"accountable": "all", "accountable_words": "All partners"}
    publish(fresh, rows)
    app = opened("learning")
    labels = [box.label for box in app.selectbox]
    assert "Source" not in labels
    assert {"Step reached", "Theme", "Owner", "Accountable partner", "Year agreed"} <= set(labels)
    for box in app.selectbox:
        assert len(set(box.options)) == len(box.options), box.label
    assert "Family help ·" not in words(app)


def test_a_log_without_measures_says_how_to_make_it_possible_to_judge(fresh):
    rows = tables() | {"impact": [], "impact_point": []}
    rows["recommendation"] = [row | {"verdict": "not_measurable", "progress": ""} for row in rows["recommendation"]]
    publish(fresh, rows)
    said = words(opened("learning"))
    assert "No indicator is linked to these recommendations." in said
    assert "sheet Measures of the learning log" in said


def test_a_publication_from_before_there_was_learning_still_opens(fresh):
    publication_id = publish(fresh, tables())
    path = fresh / "publications" / "partnership" / f"{publication_id}.duckdb"
    with duckdb.connect(str(path)) as connection:
        for name in tables():
            connection.execute(f"drop table {name}")
    pointer = path.with_name("CURRENT")
    said = json.loads(pointer.read_text("utf-8")) | {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    pointer.write_text(json.dumps(said), "utf-8")
    assert "No learning log has been published yet" in words(opened("learning"))
    assert "There is no recommendation “R-03”" in words(opened("recommendation", recommendation="R-03"))
    overview = words(opened("overview"))
    assert "impact shown" not in overview
    assert "Actions overdue" not in overview
    assert "Recommendations that were to move this" not in words(opened("indicator", indicator="CP07"))


def test_markup_in_any_cell_stays_text_on_every_page(fresh):
    publish(fresh, learning_tables.hostile(tables()))
    asked = [("learning", {}), ("overview", {}), ("indicator", {"indicator": "CP07"})]
    asked += [("recommendation", {"recommendation": row["recommendation_id"]}) for row in tables()["recommendation"]]
    for url, where in asked:
        app = opened(url, "scrutineer", **where)
        assert "<img src=x" not in markup(app), url
        assert "onerror" not in re.sub(r"&lt;.*?&gt;", "", re.sub(r'"[^"]*"', "", markup(app))), url
        assert ODD in words(app), url


@pytest.mark.usefixtures("shown")
def test_one_recommendation_is_told_from_incident_to_verdict():
    said = words(opened("recommendation", recommendation="R-03"))
    line = [
        "2 September 2024 Incident", "4 November 2024 Review Rapid review, RV-2024-01",
        "2 December 2024 Learning first shared", "10 April 2025 Recommendation agreed", "14 July 2025 Action done",
        "14 July 2025 Practice changed", "14 July 2026 Evidence: Audit or dip sample",
        "30 September 2026 Review date", "17 November 2026 Verdict: Improved",
    ]  # fmt: skip
    places = [said.index(each) for each in line]
    assert places == sorted(places)
    for part in (
        "Accountable partner Council", "Owning partner Council", "Owner Head of service",
        "122 of 200 describe a change", "Claimed: difference", "How this was judged", "R-05 touches it too.",
        "Learning briefing Council 120", "Accept, of “difference”, 10 November 2026. Ask again in a year.",
    ):  # fmt: skip
        assert part in said


@pytest.mark.usefixtures("shown")
def test_what_is_still_to_come_is_marked():
    said = words(opened("recommendation", recommendation="R-14"))
    assert "30 June 2027 Review date: the change should show to come" in said


@pytest.mark.usefixtures("shown")
def test_the_same_learning_is_linked_both_ways():
    later = opened("recommendation", recommendation="R-13")
    assert "Found before, in R-05 Book the first review" in words(later)
    assert 'href="recommendation?recommendation=R-05"' in markup(later)
    assert "Found again, in R-13 Put the threshold document" in words(opened("recommendation", recommendation="R-05"))


@pytest.mark.usefixtures("shown")
def test_a_direction_registered_after_the_change_is_said_to_be():
    assert "read this as a look back, not as a test" in words(opened("recommendation", recommendation="R-11"))
    assert "read this as a look back" not in words(opened("recommendation", recommendation="R-03"))


@pytest.mark.usefixtures("shown")
def test_an_address_without_a_recommendation_offers_them_all():
    said = words(opened("recommendation"))
    assert "Which recommendation?" in said
    assert said.count("R-") == 8
    assert "There is no recommendation “R-99”" in words(opened("recommendation", recommendation="R-99"))


def test_only_the_page_of_one_recommendation_keeps_out_of_the_menu():
    views = {view.url: view for view in pages.found()}
    assert [url for url, view in views.items() if view.is_hidden] == ["recommendation"]


def placed(home):
    """The views that stand in a vault, as (recommendation, view, reason, level, publication)."""
    if not (home / VAULT).exists():
        return []
    with transaction(home, write=False) as connection:
        views = records.standing(connection, kinds()["scrutiny"])["Views"]
    names = ["recommendation_id", "view", "reason", "of_level", "of_publication"]
    return list(views[names].itertuples(index=False, name=None))


def logged(home, folder):
    """The recommendation that the page speaks of, in the learning log of the vault."""
    path = write(folder / "learning.xlsx", {"Recommendations": [RECOMMENDATION | {"recommendation_id": "R-07"}]})
    returns.submit(home, Actor("Business unit", "business_unit"), path, datetime(2026, 10, 12, tzinfo=UTC))


def challenge(app, reason: str):
    app.radio(key="claim_view_R-07").set_value("challenge")
    app.text_area(key="claim_reason_R-07").set_value(reason)
    app.button[0].click().run()
    assert not app.exception, app.exception
    return words(app)


def test_the_scrutineer_places_a_view_and_reads_that_it_stands(shown, tmp_path):
    logged(shown, tmp_path)
    said = challenge(opened("recommendation", "scrutineer", recommendation="R-07"), "The form is not used in schools.")
    assert re.search(r"scrutineer\.scrutiny\.\d{4}-\d\d-Q\d\.v1: accepted. It stands on the record", said)
    assert "with the next publication" in said
    ((recommendation_id, view, reason, level, publication_id),) = placed(shown)
    assert (recommendation_id, view) == ("R-07", "challenge")
    assert (reason, level) == ("The form is not used in schools.", 1)
    assert (shown / "publications" / "partnership" / f"{publication_id}.duckdb").exists()


def test_a_view_without_a_reason_is_not_placed(shown):
    before = placed(shown)
    said = challenge(opened("recommendation", "scrutineer", recommendation="R-07"), "   no   ")
    assert "give a reason of at least 10 letters. Nothing was stored." in said
    assert placed(shown) == before


def test_a_refusal_is_told_in_its_own_words_and_is_no_receipt(shown):
    before = placed(shown)
    said = challenge(
        opened("recommendation", "scrutineer", recommendation="R-07"), "Mrs Oddlysaid told me that it works."
    )
    assert "Nothing was stored. Reason may name somebody" in said
    for part in ("Views!", "The row has not been taken"):
        assert part not in said
    assert "It stands on the record" not in said
    assert placed(shown) == before


def test_what_the_check_asks_of_a_view_is_said_and_not_only_that_it_asks(fresh, tmp_path):
    logged(fresh, tmp_path)
    publish(fresh, tables())
    app = opened("recommendation", "scrutineer", recommendation="R-07")
    said = challenge(app, "To be confirmed")
    assert "accepted with queries. What it asks: R-07: the reason says too little to act on. Say what you saw" in said
    assert "Views!" not in said


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("role", ["executive", "business_unit", "analyst"])
def test_nobody_else_may_place_a_view(role):
    app = opened("recommendation", role, recommendation="R-07")
    assert "Place your view" not in words(app)
    assert len(app.radio) == 0


@pytest.mark.usefixtures("shown")
def test_the_overview_counts_impact_shown_and_names_who_is_late():
    app = opened("overview")
    said = words(app)
    assert re.search("3 ?of 8 ?recommendations with impact shown", said)
    assert 'href="learning">recommendations with impact shown' in markup(app)
    assert "Actions overdue 1 West Yorkshire Police, Leeds District (1) The longest by 231 days" in said
    assert "Learning 1 improved, 1 no change, 1 too early to say, 2 not measurable" in said
    assert "Learning Hidden to protect" in said


@pytest.mark.usefixtures("shown")
def test_the_indicator_shows_when_practice_was_to_change_and_what_came():
    app = opened("indicator", indicator="CP07")
    assert "Recommendations that were to move this" in words(app)
    assert "1 July 2026 Too early" in words(app)
    (chart,) = app.get("plotly_chart")
    assert "Recommendations take effect: R-14, 1 July 2026." in chart.proto.alt
    assert "R-14" in chart.proto.spec


def action(**facts):
    usual = {"recommendation_id": "R-01", "status": "in_progress", "due_on": date(2026, 3, 31), "done_on": None}
    return SimpleNamespace(action_id="R-01.1", **usual | facts)


@pytest.mark.parametrize(
    ("facts", "is_listed"),
    [
        ({}, True),
        ({"done_on": date(2026, 4, 1), "status": "done"}, True),
        ({"done_on": date(2026, 3, 31), "status": "done"}, False),
        ({"status": "stopped"}, False),
        ({"due_on": date(2026, 4, 1)}, False),
        ({"due_on": date(2025, 3, 31)}, False),
        ({"due_on": None}, False),
    ],
)
def test_the_year_end_list_holds_what_was_due_in_the_year_and_not_done_by_its_end(facts, is_listed):
    found = SimpleNamespace(made_on=date(2026, 11, 17), actions=(action(**facts),))
    kept = (SimpleNamespace(recommendation_id="R-01"),)
    assert bool(not_done(found, kept)) is is_listed


@pytest.mark.usefixtures("shown")
def test_the_year_end_list_stands_under_what_is_overdue():
    assert re.search(r"(Not done by 31 March \d{4}: \d+ of the year|was done by then)", words(opened("learning")))
