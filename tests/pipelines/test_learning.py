from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest

from pipelines.publishing.computed import computed
from pipelines.publishing.releasing import Order, measured
from tests.pipelines.learning_rows import records, series
from tests.pipelines.releases import AT, STEWARD, inputs

pytestmark = pytest.mark.slow

IMPROVED = series("FD05", 700, 800)


def release(rows=IMPROVED, audience="executive", **sheets):
    given = inputs(*rows, records=records(**sheets))
    return measured(given, Order(audience, "Executive, 17 November 2026", STEWARD, AT), {}, lambda _: None)


def one(tables, name="recommendation", **where):
    found = tables[name]
    for column, value in where.items():
        found = found[found[column].eq(value)]
    assert len(found) == 1, found
    return found.iloc[0]


def log(**more):
    return {"Recommendations": [{}], "Measures": [{}], "Actions": [{}], "Evidence": [{}]} | more


def test_a_real_improvement_is_found_in_words_that_claim_no_cause():
    tables = release(**log())
    verdict = one(tables, "impact")
    assert (verdict["verdict"], verdict["basis"]) == ("improved", "quarters")
    assert verdict["sentence"].startswith("Decision within one working day rose from a mean of 70")
    assert verdict["sentence"].endswith("consistent with the recommendation.")
    assert "cause" not in verdict["sentence"] + verdict["because_words"]
    assert verdict["effect_lower"] > 0


@pytest.mark.parametrize(
    ("after", "verdict", "words"),
    [(600, "worse", "the opposite of what was expected"), (700, "no_change", "stayed within its usual range")],
)
def test_what_got_worse_and_what_did_not_change_are_said_as_plainly(after, verdict, words):
    told = one(release(series("FD05", 700, after), **log()))
    assert told["verdict"] == verdict
    assert words in told["finding"]
    assert told["progress"] == verdict
    assert "although every action was closed" in told["progress_words"]


def test_fewer_than_four_quarters_are_too_early_and_counted_apart():
    tables = release(**log(Measures=[{"changed_on": "2026-04-01", "review_on": "2027-06-30"}]))
    told = one(tables)
    assert told["verdict"] == "too_early"
    assert "2 of the 4 quarters needed have come" in told["finding"]
    assert told["settles_words"] == "Decision within one working day, from March 2027"
    whole = one(tables, "learning_count", dimension="all")
    assert (whole["too_early"], whole["no_change"]) == (1, 0)


def test_what_was_never_measured_says_so_with_or_without_a_reason():
    tables = release(
        Recommendations=[{}, {"recommendation_id": "R-02", "not_measurable": "Too few births a year."}], Actions=[{}]
    )
    assert "No measure was registered" in one(tables, recommendation_id="R-01")["finding"]
    assert one(tables, recommendation_id="R-02")["finding"] == "Not measurable: Too few births a year."


def test_closed_is_never_shown_as_impact():
    tables = release(series("FD05", 700, 700), **log(Evidence=[{"kind": "document", "level_claimed": "4"}]))
    assert one(tables)["level"] == 1
    whole = one(tables, "learning_count", dimension="all")
    assert (whole["done"], whole["practised"]) == (1, 0)
    assert "cannot show more" in one(tables, "evidence")["counted_words"]


def test_an_action_closed_without_evidence_is_not_done():
    assert one(release(Recommendations=[{}], Actions=[{}]))["level"] == 0


def test_evidence_of_a_day_before_the_change_counts_for_nothing():
    tables = release(**log(Evidence=[{"true_of": "2025-03-01"}]))
    assert one(tables, "evidence")["level_counted"] == 0
    assert "before the change" in one(tables, "evidence")["counted_words"]


def test_figures_that_improved_beside_an_audit_are_a_difference_and_a_year_on_sustained():
    told = one(release(**log()))
    assert told["level"] == 5
    late = log(Measures=[{"changed_on": "2025-10-01", "review_on": "2026-12-31"}])
    assert one(release(series("FD05", 700, 800, changed="2025-26-Q3"), **late))["level"] == 4


def test_a_direction_registered_afterwards_is_flagged():
    tables = release(**log(Measures=[{"registered_on": "2025-06-01"}]))
    assert one(tables, "impact")["after_the_fact"]
    assert "registered after the change" in one(tables, "impact")["because_words"]


def test_a_direction_without_its_date_counts_from_the_day_it_came():
    tables = release(**log(Measures=[{"registered_on": "", "changed_on": "2024-04-01"}]))
    assert one(tables, "impact")["after_the_fact"]


def test_hidden_quarters_are_judged_on_whole_years_and_say_so():
    rows = series("EX05", 7, 3, of=None)
    measure = {"indicator_id": "EX05", "expected": "lower", "changed_on": "2025-04-01"}
    tables = release(rows, audience="partnership", **log(Measures=[measure]))
    verdict = one(tables, "impact")
    assert verdict["basis"] in ("years", "none")
    points = tables["impact_point"]
    hidden = points[points["marker"].eq("c")]
    assert len(hidden)
    assert hidden[["value", "numerator", "denominator"]].isna().all().all()
    assert points["mean"].isna().all()
    if verdict["basis"] == "years":
        assert "whole years" in verdict["because_words"]


def test_the_chart_of_a_verdict_holds_the_frozen_baseline_and_no_flag_before_it():
    points = release(**log())["impact_point"]
    before, after = (points[points["part"].eq(part)] for part in ("before", "after"))
    assert len(set(before["mean"])) == 1
    assert set(after["mean"]) == set(before["mean"])
    assert set(before["point_type"]) == {"common_cause"}
    assert "special_cause_improvement" in set(after["point_type"])


def test_overdue_actions_put_a_recommendation_under_little_progress():
    late = {"status": "in_progress", "done_on": "", "due_on": "2026-03-31"}
    told = one(release(Recommendations=[{}], Actions=[late]))
    assert told["progress"] == "overdue"
    assert "since 31 March 2026" in told["progress_words"]
    assert told["overdue_actions"] == 1


def test_the_same_learning_found_again_names_the_earlier_one():
    again = {
        "recommendation_id": "R-02", "title": "Decide on a referral within a day, and tell the school",
        "agreed_on": "2026-02-01",
    }  # fmt: skip
    first = {"title": "Decide on a referral within one day, and tell the school"}
    told = one(release(Recommendations=[first, again], Actions=[{}]), recommendation_id="R-02")
    assert told["repeats_id"] == "R-01"
    assert "20 March 2025" in told["repeats_words"]


def incidents(many):
    """So many incidents, each with its review and a recommendation shared on 1 June 2024."""
    numbers = [f"2024-{n:02d}" for n in range(1, many + 1)]
    return {
        "Recommendations": [
            {"recommendation_id": f"R-{n}", "source": "rapid_review", "source_ref": f"RV-{n}"} for n in numbers
        ],
        "Dissemination": [{"share_id": f"D-{n}", "recommendation_id": f"R-{n}"} for n in numbers],
        "Incidents": [{"incident_ref": f"SI-{n}"} for n in numbers],
        "Reviews": [{"review_ref": f"RV-{n}", "incident_ref": f"SI-{n}"} for n in numbers],
    }


def test_days_from_incident_to_learning_are_counted_from_the_log_of_reviews():
    tables = release(**incidents(3))
    assert one(tables, "learning_measure", measure_id="3a")["value"] == 143  # 10 January to 1 June 2024
    assert str(one(tables, recommendation_id="R-2024-01")["incident_on"]) == "2024-01-10"
    assert next(iter(tables["review_measure"]["median_days"])) == 143


def test_a_sector_never_reached_is_listed():
    tables = release(Recommendations=[{}], Dissemination=[{}])
    reach = tables["learning_reach"].set_index("sector")["words"]
    assert reach["third_sector"] == "Never reached"
    assert reach["council"] == "1 of 1 recommendations shared"


def test_the_scrutineers_view_stands_beside_the_claim():
    tables = release(**log(Views=[{}, {"viewed_on": "2026-10-20", "view": "challenge", "reason": "Only one team."}]))
    assert list(tables["claim_view"]["view_words"]) == ["Accept", "Challenge"]
    assert one(tables, "learning_measure", measure_id="10")["words"] == "0 of 1"


def test_impact_shown_is_a_figure_of_the_data_set_as_it_was_at_each_quarter():
    figures = release(**log())["figure"]
    mine = figures[figures["indicator_id"].eq("PA04") & figures["breakdown"].eq("all")].set_index("period_id")
    assert mine.loc["2025-26-Q1", ["numerator", "denominator"]].tolist() == [0, 1]
    assert mine.loc["2026-27-Q2", ["numerator", "denominator"]].tolist() == [1, 1]
    assert mine.loc["2024-25-Q4", "marker"] == "z"  # nothing was a year old yet


def test_actions_on_time_are_a_figure_of_the_quarter_they_were_due_in():
    late = {"action_id": "R-01.2", "due_on": "2025-03-31", "done_on": "2025-05-01"}
    observed = computed(inputs(*IMPROVED, records=records(**log(Actions=[{}, late]))))
    mine = observed[observed["indicator_id"].eq("PA03") & observed["breakdown"].eq("all")].set_index("period_id")
    assert mine.loc["2024-25-Q4", ["numerator", "denominator"]].tolist() == [1, 2]


def test_without_a_log_every_table_of_learning_is_there_and_empty():
    tables = release()
    assert all(tables[name].empty for name in ("recommendation", "impact", "learning_count", "learning_measure"))


INCIDENT = {
    "Recommendations": [
        {"recommendation_id": "R-01", "source": "rapid_review", "source_ref": "RV-2024-01", "context": "online",
         "text": "As found in RV-2024-01."},
        {"recommendation_id": "R-02", "title": "Something else entirely", "public_wording": "Schools hear sooner",
         "text": "Two children waited."},
    ],
    "Actions": [{"note": "3 of the children were seen"}],
    "Evidence": [{"finding": "4 families said so", "reference": "Report on RV-2024-01"}],
    "Incidents": [{}],
    "Reviews": [{}],
}  # fmt: skip


@pytest.mark.parametrize("audience", ["partnership", "public"])
def test_nothing_outside_the_executive_tells_which_recommendation_came_from_an_incident(audience):
    tables = release(audience=audience, **INCIDENT)
    names = ("recommendation", "action", "evidence", "dissemination", "impact", "claim_view", "learning_count")
    every = " ".join(tables[name].to_csv() for name in names)
    for telling in ("RV-2024-01", "SI-2024-01", "rapid_review", "Rapid review", "online", "Online", "2024-01-10"):
        assert telling not in every
    rows = tables["recommendation"]
    assert rows[["source", "source_words", "source_ref"]].eq("").all().all()
    assert "source" not in set(tables["learning_count"]["dimension"])


@pytest.mark.parametrize("audience", ["partnership", "public"])
def test_words_about_a_handful_are_left_out_outside_the_executive(audience):
    tables = release(audience=audience, **INCIDENT)
    every = " ".join(tables[name].to_csv() for name in ("recommendation", "action", "evidence"))
    for telling in ("Two children", "3 of the children", "4 families"):
        assert telling not in every


def test_the_public_reads_only_what_was_worded_for_it():
    tables = release(audience="public", **INCIDENT)
    assert list(tables["recommendation"]["title"]) == ["Schools hear sooner"]
    assert tables["action"].empty
    assert set(tables["evidence"]["recommendation_id"]) <= {"R-02"}
    assert one(tables, "learning_count", dimension="all")["agreed"] == 2


def test_the_executive_reads_it_all():
    row = one(release(**INCIDENT), recommendation_id="R-01")
    assert (row["source_words"], row["source_ref"], str(row["incident_on"])) == (
        "Rapid review",
        "RV-2024-01",
        "2024-01-10",
    )


def test_what_was_taken_back_is_nowhere():
    from schemas.returns.records import standing

    frame = records(Recommendations=[{}, {"recommendation_id": "R-02", "standing": "withdrawn"}])["learning"]
    assert list(standing(frame["Recommendations"])["recommendation_id"]) == ["R-01"]


def test_a_median_of_few_incidents_is_for_the_executive_alone():
    assert one(release(**incidents(5)), "learning_measure", measure_id="3a")["value"] == 143
    hidden = one(release(audience="partnership", **incidents(5)), "learning_measure", measure_id="3a")
    assert (hidden["marker"], pd.isna(hidden["value"])) == ("c", True)


LATE = pd.Timestamp("2026-10-28", tz="UTC")


def test_a_promise_backdated_in_its_own_row_is_seen_to_have_come_late():
    tables = release(
        **log(Measures=[{"registered_on": "2024-12-01", "_received_at": LATE, "_first_received_at": LATE}])
    )
    told = one(tables, "impact")
    assert told["after_the_fact"]
    assert "said to have been registered on 1 December 2024, but came in on 28 October 2026" in told["because_words"]


def test_a_promise_that_came_with_the_return_of_its_quarter_is_believed():
    came = pd.Timestamp("2025-01-28", tz="UTC")
    row = {"registered_on": "2024-12-01", "changed_on": "2025-01-01", "_received_at": came, "_first_received_at": came}
    assert not one(release(**log(Measures=[row])), "impact")["after_the_fact"]


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ({"changed_on": "2024-04-01"}, "first registered as 1 April 2024, and moved on 28 October 2026"),
        ({"expected": "lower"}, "first registered as lower, and changed on 28 October 2026"),
    ],
)
def test_a_promise_altered_after_looking_says_what_it_was(first, words):
    body = json.dumps({"expected": "higher", "changed_on": "2025-04-01"} | first)
    told = one(release(**log(Measures=[{"_first_body": body, "_received_at": LATE}])), "impact")
    assert words in told["because_words"]
    assert told["after_the_fact"]


def test_a_promise_moved_into_the_future_is_still_seen_to_be_late():
    body = json.dumps({"expected": "higher", "changed_on": "2025-04-01"})
    moved = {"changed_on": "2027-04-01", "review_on": "2028-06-30", "_first_body": body, "_received_at": LATE}
    told = one(release(**log(Measures=[moved])), "impact")
    assert told["verdict"] == "too_early"
    assert told["after_the_fact"]


def test_a_promise_taken_back_after_its_change_date_is_still_said_to_have_been_made():
    tables = release(Recommendations=[{}], Actions=[{}], taken_back=[{"_received_at": LATE}])
    finding = one(tables)["finding"]
    assert "No measure was registered" not in finding
    assert "It was to be judged by Decision within one working day, taken back on 28 October 2026" in finding
    early = release(Recommendations=[{}], Actions=[{}], taken_back=[{}])
    assert one(early)["finding"] == "No measure was registered, so nothing can show whether it worked."


def test_figures_that_rose_while_nothing_was_done_show_nothing():
    undone = [{"status": "not_started", "done_on": ""}]
    tables = release(Recommendations=[{}], Measures=[{}], Actions=undone)
    assert (one(tables)["verdict"], one(tables)["level"]) == ("improved", 0)


def test_an_indicator_of_what_staff_do_shows_practice_and_no_difference_for_children():
    rows = series("TR03", 700, 800)
    measure = {"indicator_id": "TR03"}
    tables = release(rows, **log(Measures=[measure]))
    assert one(tables, "impact")["verdict"] == "improved"
    assert one(tables)["level"] == 3


def test_evidence_of_the_very_day_of_the_change_counts_for_nothing():
    tables = release(**log(Evidence=[{"true_of": "2025-04-01"}]))
    assert one(tables, "evidence")["level_counted"] == 0


@pytest.mark.parametrize("audience", ["partnership", "public"])
def test_a_reason_why_it_cannot_be_measured_is_not_told_through_the_finding(audience):
    telling = {
        "not_measurable": "Only two children were in the family of RV-2024-01.", "public_wording": "Schools hear sooner",
    }  # fmt: skip
    tables = release(audience=audience, Recommendations=[telling], Actions=[{}], Incidents=[{}], Reviews=[{}])
    every = tables["recommendation"].to_csv()
    assert "two children" not in every
    assert "RV-2024-01" not in every
    assert "Not measurable" in one(tables)["finding"]


@pytest.mark.parametrize(
    "wording", ["Kayden Smith is seen", "The baby in Harehills", "As RV/2024/01 asked", "Ring 07700 900123"]
)
def test_a_public_wording_that_tells_too_much_is_not_published(wording):
    tables = release(audience="public", Recommendations=[{"public_wording": wording}], Incidents=[{}], Reviews=[{}])
    assert tables["recommendation"].empty


def test_a_title_that_tells_too_much_is_left_out_outside_the_executive():
    row = {"title": "Two siblings of RV-2024-01 are seen alone", "owner_role": "Nurse of the two siblings"}
    tables = release(audience="partnership", Recommendations=[row], Incidents=[{}], Reviews=[{}])
    assert "siblings" not in tables["recommendation"].to_csv()


def test_only_the_executive_is_told_who_published_and_when_incidents_were_entered():
    given = inputs(*IMPROVED, records=records(**INCIDENT))
    row = given.submissions.iloc[0].to_dict() | {"submission_id": "bu.reviews.2026-27-Q2.v1", "kind": "reviews"}
    given = replace(given, submissions=pd.concat([given.submissions, pd.DataFrame([row])], ignore_index=True))
    for audience, told in (("executive", True), ("partnership", False), ("public", False)):
        tables = measured(given, Order(audience, "X", STEWARD, AT), {}, lambda _: None)
        assert ("bu.reviews" in tables["submission"].to_csv()) is told
        assert (tables["publication"]["made_by"].iloc[0] == "Steward") is told
