"""What is published of self-assessments: each number against a count by hand, and what each audience may not have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.published.assessment_tables import ASSESSMENT_TABLES
from tests.pipelines.assessed import LAST, NOW, Given, assessed, event, filed, published, registered, row

pytestmark = pytest.mark.slow
AUDIENCES = ("executive", "partnership", "public")
STATEMENTS = [s.id for s in catalogue().instruments["organisational"].asked_in(parse(NOW)) if s.standard == "OS1"]
CRITICAL = "OS1.1"
SECTORS = tuple(dict.fromkeys(catalogue().sector_of(each) for each in catalogue().assessing))


def nothing(value):
    return value is None or pd.isna(value)


def body(number, sector="TS"):
    return f"{sector}-{number:04}"


def seven(*, score="s2", **but):
    """Seven third-sector bodies that replied, of eight on the register."""
    return [Given(body(n), score=score, **but) for n in range(1, 8)], tuple(registered(body(n)) for n in range(1, 9))


@pytest.fixture(scope="module")
def executive():
    but = {
        CRITICAL: {"self_score": "s1", "action": "Name a lead at board level", "owner_role": "Chief nurse",
                   "due_date": "2026-09-30"},
        "OS1.2": {"self_score": "s3"},
        "OS1.3": {"self_score": "s3", "impact_evidence": "Referrals doubled", "evidence_ref": "Audit",
                  "evidence_date": "2024-01-31"},
        "OS1.4": {"self_score": "na", "na_reason": "We employ nobody"},
        "OS1.5": {"moderated_score": "s1", "moderated_from": "s2", "moderator_comment": "No minutes"},
        "OS1.6": {"moderated_score": "s2", "moderated_from": "s0"},
    }  # fmt: skip
    before = {"OS1.2": {"self_score": "s1"}, "OS1.3": None}
    bodies, register = seven(score="s3")
    return published(
        assessed(Given("ltht", but=but), Given("ltht", LAST, "s1", but=before), *bodies, register=register)
    )


def test_those_who_owe_are_the_agencies_and_the_register(executive):
    asked = len(catalogue().assessing)
    everybody = row(executive["reply"], instrument_id="organisational", year_id=NOW, sector="all")
    assert (everybody["owed"], everybody["replied"], everybody["late"]) == (asked + 8, 8, 0)
    charities = row(executive["reply"], instrument_id="organisational", year_id=NOW, sector="third_sector")
    assert charities["words"] == "7 of 8 replied; 1 has sent nothing. Replies are due by 30 November 2026."


def test_nothing_is_late_before_the_day_it_is_due_and_everything_missing_is_after():
    made = assessed(Given("ltht"), today=date(2026, 12, 1))
    late = row(published(made)["reply"], year_id=NOW, sector="health")
    assert (late["owed"], late["replied"], late["late"]) == (4, 1, 3)
    assert row(published(made)["agency_reply"], agency_id="lch", year_id=NOW)["state"] == "late"


def test_a_reply_is_every_statement_answered_and_signed_off():
    short = published(assessed(Given("ltht", but={"OS9.1": None}), Given("lch", signed=False)))["agency_reply"]
    begun = row(short, agency_id="ltht", year_id=NOW)
    assert (begun["state"], begun["answered"], begun["asked"]) == ("begun", 49, 50)
    assert begun["state_words"] == "Begun: 49 of 50 statements answered; it is due by 30 November 2026"
    unsigned = row(short, agency_id="lch", year_id=NOW)
    assert (unsigned["state"], unsigned["signed_off"]) == ("begun", False)
    assert unsigned["state_words"].startswith("Answered, not signed off")


def test_an_answer_given_after_the_sign_off_needs_another():
    later = Given("ltht", at="2026-11-02T09:00", signed=False, but={"OS1.1": {"self_score": "s3"}})
    came = (Given("ltht", at="2026-10-20T12:00"),)
    changed = assessed(later, came=came)
    assert row(published(changed)["agency_reply"], agency_id="ltht", year_id=NOW)["state"] == "begun"
    signed = assessed(replace(later, signed=True), came=came)
    assert row(published(signed)["agency_reply"], agency_id="ltht", year_id=NOW)["state"] == "replied"


def test_a_body_owes_from_its_first_day_to_its_last():
    register = (
        registered(body(1), until="2026-11-29"),
        registered(body(2), since="2026-12-01"),
        registered(body(3), since="2026-11-30", until="2026-11-30"),
    )
    found = published(assessed(Given("ltht"), register=register))["reply"]
    assert row(found, year_id=NOW, sector="third_sector")["owed"] == 1


def test_a_three_without_impact_counts_two_and_says_so(executive):
    answers = executive["answer"]
    bare = row(answers, agency_id="ltht", year_id=NOW, statement_id="OS1.2")
    assert (bare["self_points"], bare["points_words"]) == (
        2, "Scored 3 and counts 2: nothing shows the difference it makes.",
    )  # fmt: skip
    shown = row(answers, agency_id="ltht", year_id=NOW, statement_id="OS1.3")
    assert (shown["self_points"], shown["points_words"]) == (3, "")
    assert shown["evidence_words"] == "Evidence of 31 January 2024, more than two years old"


def test_the_score_of_a_standard_by_hand(executive):
    # 1, 2 (a bare 3), 3, does not apply, 2, 2: ten of fifteen.
    standard = row(executive["standard_score"], agency_id="ltht", year_id=NOW, standard_id="OS1")
    assert standard["self_percent"] == pytest.approx(100 * 10 / 15)
    assert (standard["asked"], standard["answered"], standard["applicable"]) == (6, 6, 5)


def test_the_gap_is_over_what_was_moderated_as_it_stands(executive):
    # OS1.5: its own 2, moderated 1. OS1.6 was moderated when it said 0, and is no part of the gap.
    standard = row(executive["standard_score"], agency_id="ltht", year_id=NOW, standard_id="OS1")
    assert standard["moderated"] == 1
    assert standard["moderated_percent"] == pytest.approx(100 / 3)
    assert standard["gap"] == pytest.approx(-100 / 3)
    stale = row(executive["answer"], agency_id="ltht", year_id=NOW, statement_id="OS1.6")
    assert stale["points_words"] == "Moderated before the answer was changed."
    assert (stale["self_points"], stale["moderated_points"]) == (2, 2)


def test_a_move_is_over_the_statements_scored_both_years(executive):
    # Both years: OS1.1 1 and 1, OS1.2 1 and 2, OS1.5 1 and 2, OS1.6 1 and 2: 4 of 12 before, 7 of 12 after.
    standard = row(executive["standard_score"], agency_id="ltht", year_id=NOW, standard_id="OS1")
    assert standard["before_percent"] == pytest.approx(100 * 4 / 12)
    assert standard["change"] == pytest.approx(100 * 3 / 12)
    answers = executive["answer"]
    assert row(answers, agency_id="ltht", year_id=NOW, statement_id="OS1.2")["change"] == 1
    assert nothing(row(answers, agency_id="ltht", year_id=NOW, statement_id="OS1.3")["change"])


def test_a_critical_statement_not_met_is_flagged_whatever_the_mean(executive):
    answers = executive["answer"]
    mine = answers[answers["agency_id"].eq("ltht") & answers["year_id"].eq(NOW)]
    flagged = mine.loc[mine["is_critical_unmet"].astype(bool), "statement_id"]
    assert flagged.tolist() == [CRITICAL]
    standard = row(executive["standard_score"], agency_id="ltht", year_id=NOW, standard_id="OS1")
    assert (standard["critical_unmet"], standard["critical_unmet_ids"]) == (1, CRITICAL)
    assert standard["words"].endswith("Critical and not met: OS1.1.")


@pytest.mark.parametrize(
    ("own", "moderated", "given_to", "unmet"),
    [("s2", "s1", "s2", True), ("s1", "s2", "s1", False), ("s3", "s1", "s1", True), ("s1", "s2", "s2", True)],
)
def test_moderation_decides_only_over_the_answer_it_was_given_to(own, moderated, given_to, unmet):
    said = {"self_score": own, "moderated_score": moderated, "moderated_from": given_to}
    found = published(assessed(Given("ltht", but={CRITICAL: said})))["answer"]
    assert bool(row(found, agency_id="ltht", statement_id=CRITICAL)["is_critical_unmet"]) is unmet


def test_an_action_has_its_owner_and_how_late_it_is(executive):
    action = row(executive["development_action"], agency_id="ltht", statement_id=CRITICAL)
    assert (action["owner_role"], action["state"], action["overdue_days"]) == ("Chief nurse", "overdue", 57)
    assert action["state_words"] == "Overdue by 57 days"


def test_actions_are_overdue_first_and_a_year_on_only_the_last_word_counts():
    def due(day, done=""):
        return {"self_score": "s1", "action": "Write it down", "due_date": day, "done_on": done}

    now = {"OS1.1": due("2026-12-31"), "OS1.2": due("2026-10-01"), "OS1.3": due(""), "OS1.5": due("2026-01-01")}
    before = {"OS1.5": due("2025-01-01"), "OS1.6": due("2026-02-01", done="2026-01-15")}
    found = published(assessed(Given("lch", but=now), Given("lch", LAST, but=before)))["development_action"]
    assert list(zip(found["statement_id"], found["state"], strict=True)) == [
        ("OS1.5", "overdue"), ("OS1.2", "overdue"), ("OS1.1", "open"), ("OS1.3", "undated"),
    ]  # fmt: skip


def test_an_action_not_said_to_be_done_stays_when_the_statement_is_scored_better_a_year_on():
    told = {"self_score": "s1", "action": "Write it down", "due_date": "2026-02-01"}
    before = {"OS1.1": told, "OS1.2": told, "OS1.3": told | {"done_on": "2026-01-15"}, "OS1.5": told, "OS1.6": told}
    now = {"OS1.2": {"self_score": "na"}, "OS1.5": {"self_score": "s0"}, "OS1.6": told | {"due_date": "2026-12-31"}}
    found = published(assessed(Given("lch", but=now), Given("lch", LAST, but=before)))["development_action"]
    assert {
        row["statement_id"]: (row["year_id"], row["state_words"], row["overdue_days"]) for _, row in found.iterrows()
    } == {
        "OS1.5": (LAST, "Overdue by 298 days", 298),
        "OS1.6": (NOW, "Due by 31 December 2026", 0),
        "OS1.1": (LAST, "Not said to be done; the statement was scored 2 in 2026-27", 0),
        "OS1.2": (LAST, "Not said to be done; the statement was said not to apply in 2026-27", 0),
    }


def test_the_spread_of_seven_by_hand():
    points = ("s0", "s1", "s1", "s2", "s2", "s3", "s3")
    told = {name: {"impact_evidence": "Fewer went missing"} for name in STATEMENTS}
    bodies = [Given(body(n), score=s, but=told) for n, s in enumerate(points, 1)]
    found = published(assessed(*bodies, register=seven()[1]))["sector_score"]
    mine = row(found, year_id=NOW, sector="third_sector", standard_id="OS1")
    # 0, 33.3, 33.3, 66.7, 66.7, 100, 100: the fourth; half way between the second and third, and the fifth and sixth.
    # They are named to nobody, so to the nearest 5: not 66.7, 33.3 and 83.3.
    assert mine[["lower_quartile", "median", "upper_quartile"]].tolist() == [35, 65, 85]
    assert (mine["replied"], mine["critical_unmet"]) == (7, 3)
    assert mine["words"] == "Median 65%, the middle half from 35% to 85%; 7 replies. To the nearest 5."


def test_the_executive_reads_the_spread_of_agencies_exactly():
    agencies = [each for each in catalogue().assessing if catalogue().sector_of(each) == "council"][:6]
    points = ("s0", "s1", "s1", "s2", "s2", "s2")
    made = assessed(*(Given(each.id, score=s) for each, s in zip(agencies, points, strict=True)))
    mine = row(published(made)["sector_score"], year_id=NOW, sector="council", standard_id="OS1")
    assert mine["median"] == pytest.approx((100 / 3 + 200 / 3) / 2)
    assert mine["lower_quartile"] == pytest.approx(100 / 3)
    assert mine["words"] == "Median 50%, the middle half from 33% to 67%; 6 replies."


@pytest.mark.parametrize("first", AUDIENCES)
@pytest.mark.parametrize("then", AUDIENCES)
def test_a_release_repeats_the_numbers_of_the_one_before_until_six_more_have_replied(first, then, tmp_path):
    register = tuple(registered(body(n)) for n in range(1, 14))
    scored = [Given(body(n), score=s) for n, s in enumerate(("s1",) * 4 + ("s2",) * 9, 1)]

    def middle(many, audience, before=None):
        tables = published(assessed(*scored[:many], register=register), audience, before)
        return tables, row(tables["sector_score"], year_id=NOW, sector="third_sector", standard_id="OS1")

    numbers = ["replied", "lower_quartile", "median", "upper_quartile"]
    tables, was = middle(7, first)
    before = {first: [filed(tmp_path, tables, first)]}
    _, one_more = middle(8, then, before)
    assert one_more[numbers].tolist() == was[numbers].tolist() == [7, 35, 35, 65]
    assert one_more["words"].endswith("; as last published, of 7 replies. To the nearest 5.")
    assert nothing(one_more["critical_unmet"]) is ((first, then) != ("executive", "executive"))
    _, six_more = middle(13, then, before)
    assert six_more[numbers].tolist() == [13, 35, 65, 65]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_fewer_than_six_replies_show_no_score(audience):
    bodies, register = seven()
    few = published(assessed(*bodies[:5], register=register), audience)["sector_score"]
    assert set(few["marker"]) == {"c"}
    assert few[["median", "lower_quartile", "upper_quartile", "critical_unmet", "before_median"]].isna().all().all()
    six = published(assessed(*bodies[:6], register=register), audience)["sector_score"]
    assert set(six["marker"]) == {""}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_few_bodies_among_named_agencies_are_not_left_to_be_worked_out(audience):
    agencies = [Given(each) for each in ("ltht", "lch", "lypft", "icb_leeds")]
    bodies, register = seven()
    clinics = [Given(body(n, "GP")) for n in (1, 2)]
    listed = (*register, *(registered(body(n, "GP"), sector="health") for n in (1, 2)))
    found = published(assessed(*agencies, *clinics, *bodies, register=listed), audience)["sector_score"]
    mine = found[found["year_id"].eq(NOW) & found["standard_id"].eq("OS1")].set_index("sector")
    # Six of health, of whom the Executive knows four; thirteen have replied, who less the third sector tell of the two.
    assert mine["marker"].to_dict() == {"all": "c", "health": "c", "third_sector": ""}
    assert nothing(mine.loc["all", "critical_unmet"])
    assert nothing(mine.loc["third_sector", "critical_unmet"]) is (audience != "executive")


@pytest.mark.parametrize("audience", ["partnership", "public"])
def test_other_readers_are_given_medians_to_the_nearest_five_and_no_flags(audience):
    bodies, register = seven()
    found = published(assessed(*bodies, register=register), audience)["sector_score"]
    mine = row(found, year_id=NOW, sector="third_sector", standard_id="OS1")
    assert (mine["median"], nothing(mine["critical_unmet"])) == (65, True)
    assert mine["words"] == "Median 65%, the middle half from 65% to 65%; 7 replies. To the nearest 5."


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_body_of_the_register_is_named_in_any_table(audience):
    bodies, register = seven(but={CRITICAL: {"self_score": "s0", "action": "Ask the board of the Wrens"}})
    made = assessed(Given("ltht"), *bodies, register=register)
    for name, frame in published(made, audience).items():
        text = frame.astype(str).to_csv(index=False)
        assert "TS-000" not in text, name
        assert "Name of" not in text, name
        assert "the Wrens" not in text, name


def test_no_agencys_answer_or_score_leaves_the_executive():
    said = {name: f"Said of {name}" for name in ("evidence_ref", "impact_evidence", "good_practice",
            "area_for_improvement", "action", "moderator_comment")}  # fmt: skip
    made = assessed(Given("ltht", but={CRITICAL: said | {"self_score": "s1"}}), *seven()[0], register=seven()[1])
    whole = published(made, "executive")
    assert all("Said of" in whole[name].astype(str).to_csv() for name in ("answer", "development_action"))
    for audience in ("partnership", "public"):
        found = published(made, audience)
        assert found["answer"].empty
        assert found["standard_score"].empty
        assert found["development_action"].empty
        for name, frame in found.items():
            assert "Said of" not in frame.astype(str).to_csv(index=False), name
    assert published(made, "public")["agency_reply"].empty
    assert "ltht" in set(published(made, "partnership")["agency_reply"]["agency_id"])


def test_what_groups_said_stands_by_theme_and_may_not_tell_of_anybody():
    events = (
        event("practitioners", "pt2", position="We meet weekly", gap="Kayden Smith is still waiting"),
        event("lscp_executive", "pt1", impact="Plans changed", opportunity="Ask earlier"),
    )
    made = assessed(Given("ltht"), events=events)
    whole = published(made, "executive")["group_view"].sort_values("position")
    assert whole["theme"].tolist() == ["pt1", "pt2"]
    assert whole["gap"].tolist() == ["", "Kayden Smith is still waiting"]
    for audience in ("partnership", "public"):
        seen = row(published(made, audience)["group_view"], theme="pt2")
        assert seen["where_we_are"] == "We meet weekly"
        assert seen["gap"] == "Left out here: the words could tell whom they are about."


def test_the_share_with_a_current_one_adds_up_over_sectors():
    bodies, register = seven()
    made = assessed(Given("ltht", LAST), Given("lch", LAST, signed=False),
                    *(replace(one, year=LAST) for one in bodies), register=register)  # fmt: skip
    figures = published(made)["figure"]
    mine = figures[figures["indicator_id"].eq("PA06") & figures["period_id"].eq("2026-27-Q2")]
    whole, parts = mine[mine["breakdown"].eq("all")].iloc[0], mine[mine["breakdown"].eq("agency_about")]
    # Sent on 20 October 2025, within the year to 30 September 2026: the trust and seven charities.
    assert (whole["numerator"], whole["denominator"]) == (8, len(catalogue().assessing) + 8)
    assert (parts["numerator"].sum(), parts["denominator"].sum()) == (8, whole["denominator"])
    health = parts[parts["category"].eq("health")].iloc[0]
    assert (health["numerator"], health["denominator"], health["value"]) == (1, 4, 25)


def test_a_self_assessment_is_current_for_twelve_months():
    made = assessed(Given("ltht", "FY2024-25"), came=(), today=date(2026, 11, 26))
    figures = published(made)["figure"]
    mine = figures[figures["indicator_id"].eq("PA06") & figures["breakdown"].eq("all")].set_index("period_id")
    assert mine.loc["2025-26-Q2", "numerator"] == 1
    assert mine.loc["2025-26-Q3", "numerator"] == 0


def test_the_schools_that_returned_theirs_are_counted_once_the_year_is_over():
    register = tuple(registered(body(n, "SCH"), "schools", instrument="education") for n in (1, 2, 3))
    late = "2026-04-01T09:00"
    made = assessed(
        Given(body(1, "SCH"), LAST, instrument="education"),
        Given(body(2, "SCH"), LAST, instrument="education", at=late), register=register,
    )  # fmt: skip
    figures = published(made)["figure"]
    mine = figures[figures["indicator_id"].eq("ED11") & figures["breakdown"].eq("all")]
    assert mine[["period_id", "numerator", "denominator"]].to_numpy().tolist() == [[LAST, 1, 3]]


def test_the_public_is_not_told_whether_an_agency_has_replied():
    of = {sector: [a.id for a in catalogue().assessing if catalogue().sector_of(a) == sector] for sector in SECTORS}
    replied = [Given(each) for each in (*of["police"], *of["justice"][:2])]
    begun = Given(of["justice"][2], signed=False)
    bodies, register = seven()
    listed = (*register, *(registered(body(n, "GP"), sector="health") for n in range(1, 4)))
    made = assessed(*replied, begun, *bodies, register=listed)
    whole, told = (
        published(made, audience)["reply"].query("year_id == @NOW") for audience in ("partnership", "public")
    )
    told = told[told["instrument_id"].eq("organisational")].set_index("sector")
    assert row(whole, sector="justice", instrument_id="organisational")["begun"] == 1
    agencies = sum(map(len, of.values())) - len(of["health"])
    # Four trusts and three clinics are a sector in which nobody is told apart; the others hold agencies alone.
    assert sorted(told.index) == ["agencies", "all", "health", "third_sector"]
    assert told.loc["agencies", ["owed", "replied", "words"]].tolist() == [agencies, 3, f"3 of {agencies} replied."]
    assert told.loc["all", "begun"] == 1
    assert told.drop("all")[["begun", "late"]].isna().all().all()
    assert told["owed"].drop("all").sum() == told.loc["all", "owed"]


def test_no_spread_of_agencies_alone_tells_the_public_how_many_of_them_replied():
    bodies, register = seven()
    made = assessed(*(Given(agency.id) for agency in catalogue().assessing), *bodies, register=register)
    public, partners = (set(published(made, name)["sector_score"]["sector"]) for name in ("public", "partnership"))
    assert partners - public == {catalogue().sector_of(agency) for agency in catalogue().assessing}
    assert {"all", "third_sector"} <= public


def test_the_public_reads_the_share_with_a_current_one_of_all_together_only():
    made = assessed(Given("ltht", LAST), Given("lch", LAST))
    splits = {name: published(made, name)["figure"].query("indicator_id == 'PA06' and breakdown != 'all'")
              for name in ("partnership", "public")}  # fmt: skip
    assert len(splits["partnership"])
    assert splits["public"].empty
    assert (
        published(made, "public")["figure"]
        .query("indicator_id == 'PA06' and breakdown == 'all'")["value"]
        .notna()
        .any()
    )


@pytest.mark.parametrize("audience", AUDIENCES)
def test_before_anybody_is_asked_nothing_is_owed(audience):
    found = published(assessed(), audience)
    mine = [table.name for table in ASSESSMENT_TABLES if table.name in ("reply", "agency_reply", "sector_score")]
    assert [name for name in mine if len(found[name])] == []
    assert not found["figure"]["indicator_id"].eq("PA06").any()
    assert len(found["statement"]) == sum(len(i.asked_in(parse(NOW))) for i in catalogue().instruments.values())
