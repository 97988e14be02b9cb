"""Indicators computed from the logs, each against a count by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.pipelines.log_records import concern, incident, logged, records, returns

pytestmark = pytest.mark.slow

YEAR = "FY2025-26"


def given(inputs, indicator_id, **where):
    rows = inputs.observations
    for name, value in ({"breakdown": "all"} | where).items():
        rows = rows[rows[name].eq(value)]
    mine = rows[rows["indicator_id"].eq(indicator_id)]
    return {
        row.period_id: (row.numerator, None if pd.isna(row.denominator) else row.denominator)
        for row in mine.itertuples()
    }


def course(number, **said):
    usual = {"course_ref": f"T-{number}", "course": "Working together", "held_on": "2025-05-12", "sector": "health"}
    return usual | {"attended": 20} | said


def training(*rows, first="2025-26-Q1", last="2025-26-Q4"):
    return logged({"training": {"Courses": records("training", "Courses", *rows)}}, returns(first, last, "training"))


def test_places_are_counted_in_the_quarter_the_course_was_held():
    found = training(course(1, held_on="2025-06-30"), course(2, held_on="2025-07-01", attended=7))
    assert given(found, "TR01") == {
        "2025-26-Q1": (20, None), "2025-26-Q2": (7, None), "2025-26-Q3": (0, None), "2025-26-Q4": (0, None),
    }  # fmt: skip


def test_places_of_a_year_are_split_by_who_came():
    found = training(course(1), course(1, sector="police", attended=5), course(2, held_on="2026-01-20"))
    split = {
        c: given(found, "TR01", breakdown="agency_about", category=c) for c in ("health", "police", "third_sector")
    }
    assert split == {"health": {YEAR: (40, None)}, "police": {YEAR: (5, None)}, "third_sector": {YEAR: (0, None)}}


def test_a_year_that_is_not_over_is_not_split():
    found = training(course(1), last="2025-26-Q3")
    assert given(found, "TR01", breakdown="agency_about", category="health") == {}


def test_a_mean_counts_as_often_as_people_are_behind_it():
    found = training(
        course(1, paired=10, before_mean=2.5, after_mean=4.0),
        course(2, paired=30, before_mean=3.0, after_mean=3.5),
        course(3, before_mean=1.0, after_mean=5.0),
    )
    assert given(found, "TR02")["2025-26-Q1"] == (30.0, 40.0)
    row = found.observations.query("indicator_id == 'TR02' and period_id == '2025-26-Q1'").iloc[0]
    assert row["value"] == pytest.approx(0.75)


def test_a_follow_up_is_counted_when_it_closed_and_not_when_the_course_was():
    found = training(course(1, follow_up_on="2025-08-20", follow_up_replies=12, follow_up_changed=5))
    assert given(found, "TR03")["2025-26-Q1"] == (0, 0)
    assert given(found, "TR03")["2025-26-Q2"] == (5, 12)


def test_nothing_is_given_before_the_first_record_nor_after_the_last_return():
    history = course(1, held_on="2025-01-20"), course(2, held_on="2025-10-20")
    found = training(*history, first="2025-26-Q1", last="2025-26-Q2")
    assert list(given(found, "TR01")) == ["2024-25-Q4", "2025-26-Q1", "2025-26-Q2"]


def test_a_log_never_begins_before_the_data_set():
    found = training(course(1, held_on="2002-01-20"), last="2025-26-Q1")
    assert next(iter(given(found, "TR01"))) == "2021-22-Q3"


def test_a_later_return_says_that_a_quarter_without_one_held_nothing():
    came = pd.concat([returns("2025-26-Q1", "2025-26-Q1", "training"), returns("2025-26-Q3", "2025-26-Q3", "training")])
    found = logged({"training": {"Courses": records("training", "Courses", course(1))}}, came)
    assert given(found, "TR01") == {"2025-26-Q1": (20, None), "2025-26-Q2": (0, None), "2025-26-Q3": (0, None)}
    cited = found.observations.query("indicator_id == 'TR01' and period_id == '2025-26-Q2'")["submission_id"].iloc[0]
    assert cited == "bu.training.2025-26-Q3.v1"


def test_an_agencys_own_rows_do_not_say_that_the_log_is_complete():
    came = returns("2025-26-Q1", "2025-26-Q4", "training", agency_id="wyp_leeds")
    found = logged({"training": {"Courses": records("training", "Courses", course(1))}}, came)
    assert given(found, "TR01") == {}


def test_a_figure_cites_the_submissions_of_its_records():
    row = course(1, submission_id="bu.training.2025-26-Q2.v1", held_on="2025-05-01")
    cited = training(row).observations.query("indicator_id == 'TR01' and period_id == '2025-26-Q1'")["submission_id"]
    assert cited.iloc[0] == "bu.training.2025-26-Q1.v1 bu.training.2025-26-Q2.v1"


def concerns(*rows, **asked):
    sheets = {"concerns": {"Concerns": records("concerns", "Concerns", *rows)}}
    return logged(sheets, returns("2025-26-Q1", "2025-26-Q4", "concerns"), **asked)


def test_a_concern_is_counted_when_raised_and_again_when_closed():
    found = concerns(concern(1), concern(2, raised_on="2025-06-27", closed_on="2025-07-01"), concern(3, closed_on=""))
    assert given(found, "CR01")["2025-26-Q1"] == (3, None)
    assert given(found, "CR02")["2025-26-Q1"] == (1, 1)
    assert given(found, "CR02")["2025-26-Q2"] == (1, 1)
    assert given(found, "CR01", breakdown="agency_about", category="health") == {YEAR: (3, None)}
    assert given(found, "CR01", breakdown="agency_about", category="early_years") == {YEAR: (0, None)}


@pytest.mark.parametrize(
    ("dates", "in_time"),
    [
        ({"closed_on": "2025-06-04"}, 1),  # two working days, as step 1 may take
        ({"closed_on": "2025-06-05"}, 0),
        ({"step_2_on": "2025-06-04", "closed_on": "2025-06-11"}, 1),  # then five, as step 2 may take
        ({"step_2_on": "2025-06-04", "closed_on": "2025-06-12"}, 0),
        ({"step_2_on": "2025-06-06", "closed_on": "2025-06-09"}, 0),  # late at step 1, quick at step 2
        ({"step_3_on": "2025-06-04", "closed_on": "2025-06-18"}, 1),  # straight to the heads of service: ten
    ],
)
def test_in_time_means_in_time_at_every_step_that_was_reached(dates, in_time):
    assert given(concerns(concern(1, **dates)), "CR02")["2025-26-Q1"] == (in_time, 1)


def test_what_is_cited_of_concerns_does_not_tell_which_returns_held_one():
    two = concerns(concern(1, submission_id="bu.concerns.2025-26-Q3.v1"))
    none = concerns()
    cited = [f.observations.query("indicator_id == 'CR01'")["submission_id"].tolist() for f in (two, none)]
    assert cited[0] == cited[1]


def answer(**said):
    usual = {"survey_ref": "SV-1", "closed_on": "2025-09-12", "question": "knows_partnership"}
    return usual | {"respondents": "practitioners", "sector": "health", "asked": 90, "replied": 40, "agreed": 25} | said


def surveys(*rows):
    sheets = {"survey": {"Answers": records("survey", "Answers", *rows)}}
    return logged(sheets, returns("2025-26-Q2", "2026-27-Q2", "survey"))


def test_practitioners_are_counted_at_the_quarter_their_round_closed():
    found = surveys(
        answer(),
        answer(sector="police", replied=20, agreed=5),
        answer(sector="", replied=3, agreed=1),
        answer(respondents="children", sector="", replied=30, agreed=30),
        answer(question="confident_sharing", replied=39, agreed=30),
    )
    assert given(found, "SV01") == {"2025-26-Q2": (31, 63)}
    assert given(found, "SV02") == {"2025-26-Q2": (30, 39)}
    assert given(found, "SV01", breakdown="agency_about", category="police") == {"2025-26-Q2": (5, 20)}
    assert given(found, "SV01", breakdown="agency_about", category="not_known") == {"2025-26-Q2": (1, 3)}
    assert given(found, "CR03") == {}


def test_of_two_rounds_in_a_quarter_the_later_counts():
    found = surveys(answer(), answer(survey_ref="SV-2", closed_on="2025-09-26", replied=50, agreed=40))
    assert given(found, "SV01") == {"2025-26-Q2": (40, 50)}


def theme(number, **said):
    usual = {
        "voice_ref": f"V-{number}",
        "heard_on": "2025-05-10",
        "who": "children",
        "directly": "yes",
        "theme": "neglect",
    }
    return usual | {"said": "Come back", "response": "completed", "responded_on": "2025-08-01"} | said


def voices(*rows):
    sheets = {"voice": {"Heard": records("voice", "Heard", *rows)}}
    return logged(sheets, returns("2025-26-Q1", "2026-27-Q1", "voice"))


def test_feedback_is_counted_over_twelve_months_as_it_stood_at_their_end():
    found = voices(
        theme(1),
        theme(2, responded_on="2026-04-02"),
        theme(3, response="in_hand", responded_on=""),
        theme(4, response="decided_against"),
        theme(5, who="practitioners"),
        theme(6, heard_on="2025-03-31"),
    )
    assert given(found, "VO03") == {"2025-26-Q3": (2, 5), "2025-26-Q4": (1, 4), "2026-27-Q1": (0, 0)}


def test_a_response_without_a_date_is_complete_when_we_were_told():
    found = voices(
        theme(1, responded_on="", received_at=pd.Timestamp("2026-05-02T09:00", tz="UTC"), heard_on="2025-12-01")
    )
    assert given(found, "VO03") == {"2025-26-Q4": (0, 1), "2026-27-Q1": (1, 1)}


def reviews(*rows, incidents=(), today=date(2026, 11, 17)):
    sheets = {"Reviews": records("reviews", "Reviews", *rows), "Incidents": records("reviews", "Incidents", *incidents)}
    return logged({"reviews": sheets}, returns("2025-26-Q1", "2026-27-Q2", "reviews"), today=today)


def test_clocks_are_counted_in_the_year_they_were_due():
    found = reviews(
        incidents=[
            incident(1),
            incident(2, notified_on="2025-06-10"),
            incident(3, notified_on=""),
            incident(4, known_on="2026-03-26", notified_on="2026-03-30"),  # due 2 April, in the next year
            incident(5, known_on="2025-03-26", notified_on="2025-03-28"),  # due 2 April, in this one
        ]
    )
    assert given(found, "PA01") == {YEAR: (2, 4)}


def test_a_rapid_review_is_due_before_anybody_enters_it():
    rapid = {"review_ref": "RV-1", "incident_ref": "SI-1", "review_type": "rapid_review", "sent_on": "2025-06-27"}
    found = reviews(rapid, incidents=[incident(1), incident(2)])
    assert given(found, "PA02") == {YEAR: (1, 2)}


def test_a_year_of_incidents_is_given_once_it_is_over():
    found = reviews(incidents=[incident(1)], today=date(2026, 3, 31))
    assert given(found, "PA01") == {}
