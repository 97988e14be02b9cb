"""What is published of reviews, concerns, training, surveys and voice: each number against a count by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from pipelines.publishing.releasing import measured
from schemas.catalogue import catalogue
from schemas.published.review_tables import REVIEW_TABLES
from schemas.returns.small_words import LEFT_OUT
from tests.pipelines.log_records import concern, incident, logged, records, returns
from tests.pipelines.releases import order

pytestmark = pytest.mark.slow
NAMES = [table.name for table in REVIEW_TABLES]
TODAY = date(2026, 11, 17)


def rapid(number, **said):
    usual = {"review_ref": f"RV-{number}", "incident_ref": f"SI-{number}", "review_type": "rapid_review"}
    return usual | {"started_on": "2025-06-09", "sent_on": "2025-06-20", "decision": "no_further_review"} | said


def released(audience="executive", came=None, **sheets):
    found: dict[str, dict[str, pd.DataFrame]] = {}
    for name, rows in sheets.items():
        kind, sheet = name.split("_", 1)
        found.setdefault(kind, {})[sheet] = records(kind, sheet, *rows)
    inputs = logged(found, returns("2025-26-Q1", "2026-27-Q2") if came is None else came, today=TODAY)
    return measured(inputs, replace(order(), audience=audience), {}, lambda _: None)


def row(frame, **where):
    for name, value in where.items():
        frame = frame[frame[name].eq(value)]
    assert len(frame) == 1, frame
    return frame.iloc[0]


def nothing(value):
    return value is None or pd.isna(value)


INCIDENTS = [
    incident(1),
    incident(2, known_on="2026-11-12", happened_on="2026-11-11", notified_on=""),  # five working days: 19 November
    incident(3, known_on="2026-10-26", notified_on="2026-10-30"),  # fifteen working days: 20 November
    incident(4, known_on="2025-09-01", notified_on="2025-09-10", late_reason="Nobody was on duty"),
]
REVIEWS = [
    rapid(1, decision="local_review", decided_on="2026-06-30", legal_flag="yes", panel_agrees="yes"),
    rapid(4, started_on="2025-09-12", sent_on="", decision=""),
]


@pytest.fixture(scope="module")
def executive():
    return released(reviews_Incidents=INCIDENTS, reviews_Reviews=REVIEWS)


def test_clocks_are_in_the_order_they_need_somebody(executive):
    clocks = executive["clock"]
    assert [(r.clock_id, r.reference, r.state) for r in clocks.itertuples()] == [
        ("notification", "SI-2", "running"), ("rapid_review", "SI-3", "running"), ("lcspr", "RV-1", "running"),
        ("rapid_review", "RV-4", "missed"), ("notification", "SI-4", "missed"),
        ("notification", "SI-3", "met"), ("rapid_review", "RV-1", "met"), ("notification", "SI-1", "met"),
    ]  # fmt: skip


def test_a_running_clock_says_when_it_is_due_and_how_long_is_left(executive):
    clock = row(executive["clock"], reference="SI-2")
    assert clock["words"] == "Due by 19 November 2026: 2 working days left."
    assert clock["is_close"]
    assert not row(executive["clock"], reference="RV-1", state="running")["is_close"]
    assert row(executive["clock"], reference="RV-1", state="running")["due_on"] == date(2026, 12, 30)


def test_a_rapid_review_nobody_entered_runs_from_its_notification(executive):
    clock = row(executive["clock"], reference="SI-3", clock_id="rapid_review")
    assert (clock["started_on"], clock["due_on"]) == (date(2026, 10, 30), date(2026, 11, 20))


def test_a_missed_clock_says_how_late_and_why(executive):
    late = row(executive["clock"], reference="SI-4")
    assert (late["words"], late["late_reason"]) == (
        "Done in 7 working days, 2 working days late.",
        "Nobody was on duty",
    )
    still = row(executive["clock"], reference="RV-4")
    assert still["words"].startswith("Was due by 1 October 2025 and is not done: 286 working days over")
    assert nothing(still["done_on"])


def test_a_clock_without_a_start_is_named_and_not_left_out():
    found = released(reviews_Reviews=[rapid(9, incident_ref="", sent_on="")])
    clock = row(found["clock"], reference="RV-9")
    assert (clock["state"], nothing(clock["due_on"])) == ("no_start", True)
    assert clock["words"] == "Not started: the day it runs from (notified on) is not given."
    assert found["clock_count"].empty


def test_a_day_that_can_only_be_a_slip_stops_no_release():
    found = released(reviews_Incidents=[incident(1, known_on="2205-06-02"), incident(2, notified_on="0206-06-02")])
    assert row(found["clock"], reference="SI-1", clock_id="notification")["state"] == "no_start"
    assert row(found["clock"], reference="SI-2", clock_id="notification")["state"] == "missed"


def test_a_local_review_starts_from_the_decision_that_led_to_it():
    local = {"review_ref": "RV-2", "incident_ref": "SI-1", "review_type": "lcspr", "published_on": "2026-12-01"}
    found = released(reviews_Incidents=INCIDENTS[:1], reviews_Reviews=[*REVIEWS[:1], local])
    clock = row(found["clock"], clock_id="lcspr")
    assert (clock["reference"], clock["started_on"], clock["state"]) == ("RV-2", date(2026, 6, 30), "running")


def test_clocks_are_counted_by_the_year_they_were_due(executive):
    counted = executive["clock_count"]
    assert row(counted, clock_id="notification", year_id="FY2025-26", state="all")["count"] == 2
    assert row(counted, clock_id="notification", year_id="FY2025-26", state="missed")["count"] == 1
    assert row(counted, clock_id="notification", year_id="FY2026-27", state="running")["count"] == 1


def test_reviews_carry_decision_reason_and_the_legal_advisers_flag(executive):
    review = row(executive["review"], review_ref="RV-1")
    assert review["decision_words"] == "Local child safeguarding practice review"
    assert bool(review["has_legal_point"])
    assert review["panel_words"] == "The Panel agrees."
    assert row(executive["review"], review_ref="RV-4")["decision_words"] == "Not decided yet"


def test_what_an_incident_was_is_in_no_table(executive):
    words = {str(value) for name in NAMES for value in executive[name].to_numpy().ravel()}
    assert not words & {"serious_harm", "Serious harm", "death", "Death"}
    assert "incident_type" not in {c.name for table in REVIEW_TABLES for c in table.columns}


def learned(number, agreed="2025-07-01"):
    return {
        "recommendation_id": f"R-{number}", "title": "Ask again", "source": "rapid_review", "source_ref": f"RV-{number}",
        "theme": "neglect", "accountable": "council", "agency_id": "lcc_cf", "agreed_on": agreed, "due_on": "2026-03-31",
    }  # fmt: skip


def test_the_way_from_incident_to_learning_to_action_is_counted_in_days():
    numbers = (1, 2, 3)
    shared = ("2025-07-02", "2025-08-01", "2025-10-01")  # 31, 61 and 122 days after 1 June
    done = ("2025-09-01", "2025-12-01", "")
    actions = [
        {"action_id": f"R-{n}.1", "recommendation_id": f"R-{n}", "action": "Ask", "agency_id": "lcc_cf",
         "status": "done" if day else "in_progress", "done_on": day}
        for n, day in zip(numbers, done, strict=True)
    ]  # fmt: skip
    actions.append(actions[0] | {"action_id": "R-1.2", "status": "stopped", "done_on": ""})
    told = [
        {"share_id": f"D-{n}", "recommendation_id": f"R-{n}", "shared_on": day, "how": "briefing", "sector": "health"}
        for n, day in zip(numbers, shared, strict=True)
    ]
    found = released(
        reviews_Incidents=[incident(n) for n in numbers], reviews_Reviews=[rapid(n) for n in numbers],
        learning_Recommendations=[learned(n) for n in numbers], learning_Actions=actions, learning_Dissemination=told,
    )  # fmt: skip
    days = [(r["shared_days"], r["closed_days"]) for r in (row(found["review"], review_ref=f"RV-{n}") for n in numbers)]
    assert [tuple(None if nothing(d) else d for d in each) for each in days] == [(31, 92), (61, 183), (122, None)]
    middle = row(found["review_measure"], measure_id="shared")
    assert (middle["n"], middle["median_days"], middle["words"]) == (3, 61, "The middle of 3 reviews.")
    few = row(found["review_measure"], measure_id="closed")
    assert (few["n"], nothing(few["median_days"])) == (2, True)


@pytest.mark.parametrize("audience", ["partnership", "public"])
def test_one_incident_or_review_is_in_no_other_release(audience):
    found = released(audience, reviews_Incidents=INCIDENTS, reviews_Reviews=REVIEWS)
    for name in ("clock", "review", "review_measure"):
        assert found[name].empty
    said = " ".join(str(value) for frame in found.values() for value in frame.astype("str").to_numpy().ravel())
    for told in ("SI-1", "SI-4", "RV-1", "Nobody was on duty"):
        assert told not in said


def test_partners_are_told_of_clocks_by_year_and_small_ones_are_hidden():
    found = released("partnership", reviews_Incidents=INCIDENTS, reviews_Reviews=REVIEWS)
    assert set(found["clock_count"]["clock_id"]) == {"lcspr"}
    assert row(found["clock_count"], year_id="FY2025-26", state="all")["count"] == 0
    late = rapid(1, review_type="lcspr", decided_on="2025-06-02", published_on="2026-01-05", sent_on="")
    found = released("partnership", reviews_Incidents=INCIDENTS, reviews_Reviews=[late])
    hidden = found["clock_count"][found["clock_count"]["marker"].eq("c")]
    assert set(hidden["state"]) >= {"all", "missed"}
    assert hidden["count"].isna().all()


def test_a_year_that_still_runs_is_counted_for_the_executive_only():
    begun = [rapid(n, review_type="learning_event", started_on="2026-05-04", sent_on="") for n in range(1, 9)]
    exact, hidden = (released(a, reviews_Reviews=begun)["review_count"] for a in ("executive", "partnership"))
    assert row(exact, review_type="learning_event", year_id="FY2026-27")["count"] == 8
    assert set(hidden["year_id"]) == {"FY2025-26"}


def test_what_an_indicator_counts_is_not_counted_twice():
    found = released("partnership", reviews_Incidents=INCIDENTS, reviews_Reviews=REVIEWS)
    indicators = {c.id for c in catalogue().clocks.values() if c.indicator_id}
    assert not indicators & set(found["clock_count"]["clock_id"])
    assert "rapid_review" not in set(found["review_count"]["review_type"])


def test_nothing_is_published_where_nothing_has_come():
    found = released(came=returns("2025-26-Q1", "2025-26-Q1", "figures"))
    assert {name for name in NAMES if len(found[name])} == {"clock_setting"}
    settings = found["clock_setting"]
    assert not settings["confirmed"].any()
    assert row(settings, clock_id="rapid_review")["may_start_words"] == "Known to the council on; Started on"


def course(number, **said):
    usual = {"course_ref": f"T-{number}", "course": "Working together", "held_on": "2025-05-12", "sector": "health"}
    return usual | {"attended": 20, "places": 25, "course_level": "core", "topic": "neglect"} | said


def test_training_is_split_by_level_topic_and_sector_and_agrees_with_its_indicators():
    courses = [
        course(1, paired=10, before_mean=2.5, after_mean=4.0, follow_up_on="2025-08-20", follow_up_replies=12, follow_up_changed=5),
        course(1, sector="police", attended=5, places=6),
        course(2, course_level="", topic="online", held_on="2025-11-12", follow_up_on="2026-02-20", follow_up_replies=8, follow_up_changed=2),
    ]  # fmt: skip
    found = released(training_Courses=courses)
    counted = found["training_count"][found["training_count"]["year_id"].eq("FY2025-26")]
    whole = row(counted, dimension="all")
    assert (whole["courses"], whole["attended"], whole["places"], whole["paired"]) == (2, 45, 56, 10)
    assert (whole["gain"], whole["replies"], whole["changed"], whole["changed_percent"]) == (1.5, 20, 7, 35.0)
    assert row(counted, dimension="sector", category="police")["attended"] == 5
    assert row(counted, dimension="sector", category="third_sector")["attended"] == 0
    assert nothing(row(counted, dimension="topic", category="online")["changed_percent"])
    assert row(counted, dimension="level", category="")["label"] == "Not said"
    figures = found["figure"][found["figure"]["period_id"].eq("FY2025-26") & found["figure"]["breakdown"].eq("all")]
    assert row(figures, indicator_id="TR01")["numerator"] == whole["attended"]
    assert row(figures, indicator_id="TR03")["value"] == whole["changed_percent"]
    assert not row(found["training_count"], dimension="all", year_id="FY2026-27")["is_whole_year"]


def test_a_course_after_which_confidence_fell_stops_no_release():
    found = released("partnership", training_Courses=[course(1, paired=10, before_mean=4.0, after_mean=3.5)])
    assert row(found["training_count"], dimension="all", year_id="FY2025-26")["gain"] == -0.5
    figures = found["figure"]
    whole = figures[figures["indicator_id"].eq("TR02") & figures["breakdown"].eq("all")]
    assert row(whole, period_id="2025-26-Q1")["value"] == -0.5


def answer(**said):
    usual = {"survey_ref": "SV-1", "closed_on": "2025-09-12", "question": "knows_partnership"}
    return usual | {"respondents": "practitioners", "sector": "health", "asked": 90, "replied": 40, "agreed": 25} | said


def families(**said):
    return answer(question="listened_to", respondents="children", sector="") | said


def test_practitioners_answers_are_shown_with_n_and_response_rate():
    found = released("partnership", survey_Answers=[answer(), answer(sector="police", asked=20, replied=9, agreed=3)])
    whole = row(found["survey_count"], sector="all")
    assert (whole["asked"], whole["replied"], whole["agreed"]) == (110, 49, 28)
    assert whole["response_percent"] == pytest.approx(100 * 49 / 110)
    assert whole["agreed_percent"] == pytest.approx(100 * 28 / 49)
    assert whole["lower"] < whole["agreed_percent"] < whole["upper"]
    few = row(found["survey_count"], sector="police")
    assert (few["agreed"], nothing(few["agreed_percent"]), few["marker"]) == (3, True, "")


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"asked": 60, "replied": 30, "agreed": 20}, set()),
        ({"asked": 60, "replied": 30, "agreed": 4}, {"agreed"}),  # and those who said no, whom no table shows
        ({"asked": 60, "replied": 30, "agreed": 28}, {"agreed"}),  # two said no
        ({"asked": 60, "replied": 30, "agreed": 30}, set()),
        ({"asked": 60, "replied": 4, "agreed": 2}, {"replied", "agreed"}),
        ({"asked": 5, "replied": 0, "agreed": 0}, {"asked"}),
    ],
)
def test_what_a_few_families_said_is_hidden(counts, hidden):
    found = row(released("partnership", survey_Answers=[families(**counts)])["survey_count"], sector="all")
    assert {name for name in counts if nothing(found[name])} == hidden
    assert (found["marker"] == "c") == bool(hidden)
    if "agreed" in hidden:
        assert nothing(found["agreed_percent"])


def test_the_public_is_told_what_practitioners_say_and_nothing_of_families():
    found = released("public", survey_Answers=[answer(), families()])
    assert set(found["survey_count"]["respondents"]) == {"practitioners"}


def theme(number, **said):
    usual = {
        "voice_ref": f"V-{number}",
        "heard_on": "2026-05-10",
        "who": "children",
        "directly": "yes",
        "theme": "neglect",
    }
    return usual | {"said": "Come back", "people": 12, "response": "none_yet"} | said


def test_themes_are_counted_by_who_was_heard_and_what_became_of_them():
    themes = [
        theme(1, response="completed", changed="We came back", told_on="2026-09-01"),
        theme(2, directly="no"),
        theme(3, who="parents_carers", response="decided_against", people=""),
        theme(4, who="practitioners", response="in_hand"),
        theme(5, heard_on="2025-06-01"),
    ]
    counted = released("partnership", voice_Heard=themes)["voice_count"]
    families = row(counted, dimension="families")
    said = ("heard", "directly", "completed", "in_hand", "decided_against", "unanswered", "told_back", "told_here")
    assert [families[name] for name in said] == [3, 2, 1, 0, 1, 1, 1, 2]
    assert row(counted, dimension="all")["heard"] == 4
    assert row(counted, dimension="who", category="communities")["heard"] == 0


def test_what_a_handful_said_is_counted_and_not_told():
    themes = [theme(1), theme(2, people=5, said="A secret"), theme(3, people="", said="Another")]
    found = released("partnership", voice_Heard=themes)
    assert list(found["voice_theme"]["voice_ref"]) == ["V-1"]
    assert row(found["voice_count"], dimension="all")["told_here"] == 1
    assert released("public", voice_Heard=themes)["voice_theme"].empty


def test_words_that_name_a_few_people_are_not_repeated():
    found = released("partnership", voice_Heard=[theme(1, said="Three children were moved", changed="We asked")])
    told = row(found["voice_theme"], voice_ref="V-1")
    assert "Three children" not in told["said"]
    assert told["changed"] == "We asked"


@pytest.mark.parametrize(
    "said", ["The baby in Harehills is missed", "As RV/2026/1 says", "Ask Lisa", "The rapid review heard us"]
)
def test_words_that_lead_to_somebody_stay_with_the_executive(said):
    review = {"review_ref": "RV-2026-01", "review_type": "rapid_review", "started_on": "2026-05-01"}
    sheets = {"voice_Heard": [theme(1, said=said, changed="We come back")], "reviews_Reviews": [review]}
    told = row(released("partnership", **sheets)["voice_theme"], voice_ref="V-1")
    assert told["said"] == LEFT_OUT
    assert told["changed"] == "We come back"
    assert row(released("executive", **sheets)["voice_theme"], voice_ref="V-1")["said"] == said


def test_a_step_taken_late_is_late_in_the_tables_too():
    rows = [concern(n) for n in range(1, 20)] + [
        concern(n, step_2_on="2025-06-04", closed_on="2025-07-20") for n in range(20, 32)
    ]
    found = released("partnership", concerns_Concerns=rows, came=returns("2025-26-Q1", "2025-26-Q4"))
    first, second = (row(found["concern_step"], clock_id=f"concern_step_{n}") for n in (1, 2))
    assert (first["reached"], first["in_time"], first["median_days"]) == (31, 31, 1.0)
    assert (second["reached"], second["in_time"]) == (12, 0)
    assert second["median_days"] == 32.0
    by = found["concern_count"]
    assert row(by, dimension="step", category="concern_step_2")["count"] == 12
    assert row(by, dimension="raised_with", category="council")["count"] == 31
