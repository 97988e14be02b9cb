from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from pipelines.publishing.assessments.aspects import Evidence
from pipelines.publishing.assessments.assured import assured
from tests.pipelines.releases import figure, inputs
from tests.pipelines.seen_rows import BEFORE, TODAY, YEAR, answer, answers, audit, grade, seen_of

ASC, HOUSING = "lcc_asc", "lcc_housing"
DOMAIN = "information_sharing"


def cells(*said, today=TODAY, submissions=None, seen=None, **others):
    """Every cell of the matrix by agency and aspect, of these answers and rows of other tables."""
    base = inputs(figure("CP07", 60.0, 220.0), today=today)
    if submissions is not None:
        base = replace(base, submissions=submissions)
    found = seen_of(*said, today=today, **(seen or {}))
    nothing = {name: [] for name in ("training_count", "coverage", "action", "recommendation", "agency_reply")}
    made = assured(Evidence(base, found, nothing | others))
    return {(row["agency_id"], row["aspect"]): row for row in made}


def cell(aspect, *said, agency=ASC, **others):
    return cells(*said, **others)[agency, aspect]


def reply(answered=50, *, year=YEAR, signed=True, on=date(2026, 10, 30)):
    return {
        "agency_id": ASC, "instrument_id": "organisational", "year_id": year, "answered": answered, "asked": 50,
        "signed_off": signed, "received_on": on if answered else None,
    }  # fmt: skip


def action(status="in_progress", overdue=0):
    return {"agency_id": ASC, "status": status, "overdue_days": overdue}


def sent(*came: tuple[str, int, str, str]) -> pd.DataFrame:
    """Submissions of figures: period, version, state, day received."""
    rows = [
        {"kind": "figures", "agency_id": ASC, "period_id": period, "version": version, "state": state,
         "received_at": pd.Timestamp(day, tz="UTC")}
        for period, version, state, day in came
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["kind", "agency_id", "period_id", "version", "state", "received_at"])


QUARTERS = {
    "2025-26-Q3": "2026-02-02",
    "2025-26-Q4": "2026-05-01",
    "2026-27-Q1": "2026-07-31",
    "2026-27-Q2": "2026-11-02",
}


def owed(*periods):
    return [{"agency_id": ASC, "kind": "figures", "period_id": each, "indicator_id": "all"} for each in periods]


def test_governance_in_place_with_evidence_is_shown_with_its_facts_and_date():
    one = cell("governance", *answers(ASC, "OS1", 2, 2, 3), agency_reply=[reply()])
    assert one["state"] == "shown"
    assert one["words"] == (
        "2.3 of 3 on 3 statements in 2026-27; no critical statement at 0 or 1; 3 of 3 scored 2 or 3 have evidence of the "
        "last 24 months or were moderated."
    )
    assert (one["evidence_page"], one["evidence_query"]) == ("self-assessment", "agency=lcc_asc")
    assert one["as_of"] == date(2026, 10, 30)


def test_a_critical_statement_not_met_is_named_whatever_the_mean():
    mine = [answer(ASC, "OS1.1", 1, is_critical_unmet=True), *[answer(ASC, f"OS1.{n}", 3) for n in (2, 3, 4)]]
    one = cell("governance", *mine)
    assert one["state"] == "not_shown"
    assert "critical and not met: OS1.1" in one["words"]


@pytest.mark.parametrize(
    ("evidence", "state"),
    [
        ({"evidence_on": date(2024, 11, 27)}, "shown"),
        ({"evidence_on": date(2024, 11, 26)}, "partly"),
        ({"evidence_on": None}, "partly"),
        ({"evidence_ref": ""}, "partly"),
        ({"evidence_ref": "", "moderated_points": 2}, "shown"),
    ],
)
def test_evidence_is_of_the_last_24_months_or_somebody_looked(evidence, state):
    assert cell("governance", answer(ASC, "OS1.1", 2, **evidence))["state"] == state


def test_the_moderated_score_counts_unless_the_answer_was_changed_since():
    one = answer(ASC, "OS1.3", 3, moderated_points=1)
    assert cell("governance", one)["words"].startswith("1 of 3 on 1 statement")
    changed = cell("governance", one, seen={"outdated": frozenset({(ASC, YEAR, "OS1.3")})})
    assert changed["words"].startswith("3 of 3 on 1 statement")


def test_without_an_answer_this_year_last_years_counts_and_then_nothing_is_known():
    last = cell("governance", *answers(ASC, "OS1", 2, year_id=BEFORE))
    assert (last["state"], "in 2025-26" in last["words"]) == ("shown", True)
    older = cell("governance", *answers(ASC, "OS1", 2, year_id="FY2024-25"))
    assert (older["state"], older["words"]) == ("not_known", "No answer this year or last.")


def test_roles_are_the_statements_the_catalogue_names():
    named = [answer(ASC, each, 2) for each in ("OS1.1", "OS1.2", "OS1.6", "OS4.3", "OS6.5")]
    other = [answer(ASC, each, 0) for each in ("OS1.3", "OS4.1", "OS6.1")]
    assert cell("roles", *named, *other)["words"].startswith("2 of 3 on 5 statements")


def test_voice_is_the_lower_of_its_own_account_and_audits_and_leads_to_that_side():
    found = {"audits": [audit("AU-1")], "grades": [grade("AU-1", "voice", 2, 9, whose=ASC)]}
    one = cell("voice", *answers(ASC, "OS3", 3, 3), seen=found)
    assert one["state"] == "not_shown"
    assert "2 of 9 judgements in 1 audit were good or better, last reported 10 September 2026" in one["words"]
    assert (one["evidence_page"], one["evidence_query"]) == ("audits", "audit=AU-1")
    alone = cell("voice", *answers(ASC, "OS3", 3, 3))
    assert (alone["state"], alone["evidence_page"]) == ("shown", "self-assessment")
    audits_alone = cell("voice", seen=found)
    assert audits_alone["words"].startswith("2 of 9 judgements")


def test_front_line_quality_adds_up_what_is_shown_and_of_nothing_shown_knows_nothing():
    grades = [grade("AU-1", DOMAIN, 6, 8, whose=ASC), grade("AU-1", "impact", None, None, whose=ASC)]
    one = cell("front_line", seen={"audits": [audit("AU-1")], "grades": grades})
    assert (one["state"], one["words"][:36]) == ("shown", "6 of 8 judgements in 1 audit were go")
    hidden = cell("front_line", seen={"audits": [audit("AU-1")], "grades": grades[1:]})
    assert (hidden["state"], hidden["as_of"]) == ("not_known", None)


def test_a_narrow_re_audit_leaves_the_other_domains_of_the_first_and_the_cell_says_what_gave_way():
    audits = [audit("AU-1", date(2025, 6, 1)), audit("AU-2", re_audit_of="AU-1")]
    first = [grade("AU-1", domain, 6, 8, whose=ASC) for domain in ("impact", "voice")]
    found = {"audits": audits, "grades": [*first, grade("AU-2", "impact", 12, 12, whose=ASC)]}
    assert (
        "6 of 8 judgements in 1 audit were good or better, last reported 1 June 2025"
        in cell("voice", seen=found)["words"]
    )
    again = {**found, "grades": [*found["grades"], grade("AU-2", "voice", 3, 8, whose=ASC)]}
    assert "3 of 8 judgements in 1 audit" in cell("voice", seen=again)["words"]
    assert "where a domain was audited again, only the re-audit counts" in cell("voice", seen=again)["words"]


def test_training_that_is_in_place_is_partly_shown_where_its_sector_never_came():
    came = {"dimension": "sector", "category": "council", "year_id": YEAR, "attended": 0, "label": "Council"}
    mine = answers(ASC, "OS5", 2, 2)
    never = cell("training", *mine, training_count=[came])
    assert never["words"].endswith("Council: no place taken up in multi-agency training in 2026-27.")
    assert never["state"] == "partly"
    some = cell("training", *mine, training_count=[came | {"attended": 1}])
    assert some["state"] == "shown" and some["words"].endswith(
        "Council: 1 place taken up in multi-agency training in 2026-27."
    )


def test_returns_are_on_time_on_their_last_day_and_late_the_day_after():
    last_days = [(period, 1, "accepted", day) for period, day in QUARTERS.items()]
    one = cell("returns", submissions=sent(*last_days), coverage=owed(*QUARTERS))
    assert (one["state"], one["words"]) == (
        "shown", "Sent on time in 4 of the last 4 quarters, the last due 2 November 2026.",
    )  # fmt: skip
    late = [*last_days[:3], ("2026-27-Q2", 1, "accepted", "2026-11-03")]
    one = cell("returns", submissions=sent(*late), coverage=owed(*QUARTERS))
    assert (one["state"], one["words"]) == (
        "partly", "Sent on time in 3 of the last 4 quarters, the last due 2 November 2026; not in 2026-27 Q2.",
    )  # fmt: skip


def test_a_first_version_counts_once_a_later_one_replaced_it_and_a_refused_one_never():
    first = ("2026-27-Q2", 1, "superseded", "2026-10-20")
    again = ("2026-27-Q2", 2, "accepted", "2026-11-20")
    assert cell("returns", submissions=sent(first, again), coverage=owed("2026-27-Q2"))["state"] == "shown"
    refused = ("2026-27-Q2", 1, "refused", "2026-10-20")
    assert cell("returns", submissions=sent(refused, again), coverage=owed("2026-27-Q2"))["state"] == "not_shown"


def test_a_quarter_that_is_not_over_its_due_day_counts_for_nothing():
    one = cell("returns", submissions=sent(), coverage=owed("2026-27-Q3"))
    assert (one["state"], one["words"]) == ("not_known", "Owes no return of figures, or none has been due.")


def test_this_years_self_assessment_counts_once_it_is_begun_and_until_then_last_years():
    whole = cell("self_assessment", agency_reply=[reply()])
    assert (whole["state"], whole["words"]) == (
        "shown",
        "50 of 50 statements answered for 2026-27, received 30 October 2026.",
    )
    begun = cell("self_assessment", agency_reply=[reply(12, signed=False), reply(year=BEFORE)])
    assert begun["state"] == "partly"
    assert begun["words"] == (
        "12 of 50 statements answered for 2026-27, not signed off, received 30 October 2026; is due by 30 November 2026."
    )
    waiting = cell("self_assessment", agency_reply=[reply(0), reply(year=BEFORE, on=date(2025, 11, 3))])
    assert (waiting["state"], waiting["as_of"]) == ("shown", date(2025, 11, 3))
    assert waiting["words"].endswith("received 3 November 2025; 2026-27 is due by 30 November 2026.")


@pytest.mark.parametrize(("today", "state"), [(date(2026, 11, 30), "not_known"), (date(2026, 12, 1), "not_shown")])
def test_nothing_received_is_not_shown_from_the_day_after_it_was_due(today, state):
    assert cell("self_assessment", agency_reply=[reply(0)], today=today)["state"] == state


def test_nothing_of_last_year_either_is_not_shown_as_that_was_due():
    one = cell("self_assessment", agency_reply=[reply(0), reply(0, year=BEFORE)])
    assert (one["state"], one["words"]) == (
        "not_shown", "Nothing received for 2025-26; 2026-27 is due by 30 November 2026.",
    )  # fmt: skip


def test_taking_part_counts_audits_with_its_grades_even_where_those_are_hidden():
    audits = [audit("AU-1"), audit("AU-2"), audit("AU-3"), audit("AU-4", date(2024, 1, 1))]
    grades = [grade("AU-1", DOMAIN, None, None, whose=ASC), grade("AU-4", DOMAIN, 9, 9, whose=ASC)]
    one = cell("audits", seen={"audits": audits, "grades": grades})
    assert (one["state"], one["evidence_query"]) == ("partly", "audit=AU-1")
    assert one["words"] == "Graded in 1 of 3 audits reported in the last 24 months, the last 10 September 2026."
    assert cell("audits", seen={"audits": audits[:1], "grades": []})["state"] == "not_shown"
    assert cell("audits")["state"] == "not_known"


def test_actions_say_how_many_are_overdue_and_by_how_long():
    owned = {"agency_id": ASC, "owner_words": "Council, Adults"}
    one = cell("learning", action=[action("done"), action(), action(), action(overdue=90)], recommendation=[owned])
    assert (one["state"], one["evidence_query"]) == ("partly", "of_owner=Council%2C+Adults")
    assert one["words"] == "4 actions, 3 open, 1 overdue, the longest by 90 days, on 26 November 2026."
    assert cell("learning", action=[action(overdue=91), action(), action()])["state"] == "not_shown"
    assert cell("learning", action=[action("done")])["state"] == "shown"
    assert (cell("learning")["state"], cell("learning")["evidence_query"]) == ("not_known", "")


def test_agencies_stand_by_sector_and_the_alphabet_each_with_every_aspect():
    made = cells()
    agencies = list(dict.fromkeys(agency for agency, _ in made))
    assert agencies[:3] == [ASC, "lcc_cf", HOUSING]
    assert len(made) == len(agencies) * 9
    assert "bu" not in agencies and "scrutineer" not in agencies
