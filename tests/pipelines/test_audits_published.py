"""What is published of audits: each number against a count by hand, and what each audience is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from pipelines.publishing.releasing import measured
from schemas.published.assessment_tables import ASSESSMENT_TABLES
from schemas.returns.small_words import LEFT_OUT
from tests.pipelines.audit_records import audit, cases, finding, given, grades, times
from tests.pipelines.log_book import RECOMMENDATION
from tests.pipelines.releases import order

pytestmark = pytest.mark.slow
A, B = "AU-2026-1", "AU-2025-1"
TODAY = date(2026, 11, 26)
NAMES = ("audit", "audit_grade", "audit_moderation", "audit_shift", "audit_case", "audit_finding")


def released(inputs, audience="executive"):
    return measured(inputs, replace(order(), audience=audience), {}, lambda _: None)


def only(frame, **where):
    for name, value in where.items():
        frame = frame[frame[name].eq(value)]
    return frame


def row(frame, **where):
    found = only(frame, **where)
    assert len(found) == 1, found
    return found.iloc[0]


def nothing(value):
    return value is None or pd.isna(value)


def figures(tables, indicator_id, **where):
    found = only(tables["figure"], indicator_id=indicator_id, **({"breakdown": "all"} | where))
    return {r.period_id: (r.numerator, r.denominator) for r in found.itertuples() if r.denominator != 0}


@pytest.fixture(scope="module")
def inputs():
    audits = [
        audit(A, cases=24, re_audit_of=B, re_audit_due="2027-09-30", period_from="2026-01-05", period_to="2026-06-30"),
        audit(B, reported_on="2025-09-12", re_audit_due="2026-09-30"),
        audit("AU-2026-2", stage="planned", reported_on="", planned_for="2027-01-15", theme="neglect", conclusion=""),
        audit("AU-2026-3", stage="under_way", reported_on="", planned_for="2026-12-01", conclusion=""),
        audit("AU-2026-4", reported_on="2026-08-03", title="Four cases", theme="neglect", re_audit_due="2026-10-31"),
    ]
    of_cases = [
        *cases(A, 24, sex={"girls": 13, "boys": 11}, voice_shaped={"yes": 10, "no": 14}, locality={"south_east": 22}),
        *cases(B, 20, voice_shaped={"yes": 8, "no": 12}),
        *cases("AU-2026-4", 4, voice_shaped={"yes": 4}),
    ]
    of_grades = [
        *grades(A, "impact", times(g4=2, g3=16, g2=4, g1=1, ne=1), times(g4=2, g3=14, g2=6, g1=1, ne=1)),
        *grades(A, "voice", times(g3=9, g2=15)),
        *grades(A, "oversight", times(g3=6, g2=2)),
        *grades(A, "planning", times(g3=5)),
        *grades(A, "impact", times(g3=7, g2=5), whose="wyp_leeds"),
        *grades(A, "impact", times(g3=5), whose="lcc_cf"),
        *grades(B, "impact", times(g3=6, g2=14)),
        *grades(B, "voice", times(g3=8, g2=12)),
        *grades(B, "oversight", times(g3=4, g2=4)),
        *grades("AU-2026-4", "impact", times(g3=4)),
    ]
    of_findings = [
        finding(A, 1, answer="recommendation", recommendation_id="R-01", whose="wyp_leeds"),
        finding(A, 2, kind="good_practice", text="Teams say who is on duty", answer="shared", whose="wyp_leeds"),
        finding(A, 4, kind="good_practice", text="Police say who is on duty", answer="shared", whose="wyp_leeds"),
        finding(A, 3, answer="no_action", reason="The new form asks for it", theme="neglect"),
        finding(B, 1, text="In 2 cases nobody asked the child", answer="recommendation", recommendation_id="R-99"),
    ]
    told = dict(RECOMMENDATION, theme="domestic_abuse", source="audit", accountable="police")
    return given(audits, of_cases, of_grades, of_findings, recommendations=[told], today=TODAY)


@pytest.fixture(scope="module")
def executive(inputs):
    return released(inputs)


@pytest.fixture(scope="module")
def partnership(inputs):
    return released(inputs, "partnership")


@pytest.fixture(scope="module")
def public(inputs):
    return released(inputs, "public")


def test_every_table_is_as_its_shape_says(executive, partnership, public):
    for table in (t for t in ASSESSMENT_TABLES if t.name in NAMES):
        for tables in (executive, partnership, public):
            found = tables[table.name]
            assert list(found.columns) == [column.name for column in table.columns]
            assert not found.duplicated(list(table.key)).any()


def test_the_programme_goes_from_what_runs_to_what_is_done(executive):
    told = executive["audit"].sort_values("position")
    assert told["audit_ref"].tolist() == ["AU-2026-3", "AU-2026-2", A, "AU-2026-4", B]
    assert told["stage_words"].tolist() == ["Under way", "Planned", "Reported", "Reported", "Reported"]


def test_a_re_audit_is_due_overdue_or_done(executive):
    words = executive["audit"].set_index("audit_ref")["re_audit_words"].to_dict()
    assert words[A] == "Re-audit due 30 September 2027"
    assert words[B] == f"Repeated by {A}"
    assert words["AU-2026-4"] == "Re-audit overdue since 31 October 2026"
    assert words["AU-2026-2"] == ""


def test_grades_are_counted_on_both_bases(executive):
    before, after = (
        row(executive["audit_grade"], audit_ref=A, domain="impact", whose="all", basis=basis)
        for basis in ("self", "moderated")
    )
    counts = ["n", "outstanding", "good", "requires_improvement", "inadequate", "not_judged", "good_or_better"]
    assert before[counts].tolist() == [23, 2, 16, 4, 1, 1, 18]
    assert after[counts].tolist() == [23, 2, 14, 6, 1, 1, 16]
    assert after["good_percent"] == pytest.approx(100 * 16 / 23)
    assert after["words"] == "16 of 23 good or better (70%)"


def test_below_ten_there_are_counts_and_no_percentage(executive):
    told = row(executive["audit_grade"], audit_ref=A, domain="oversight", whose="all", basis="moderated")
    assert (told["n"], told["good_or_better"], told["words"]) == (8, 6, "6 of 8 good or better")
    assert nothing(told["good_percent"])


@pytest.mark.parametrize("where", [{"domain": "planning", "whose": "all"}, {"domain": "impact", "whose": "lcc_cf"}])
def test_below_six_graded_cases_nothing_is_told(executive, partnership, where):
    for tables in (executive, partnership):
        told = row(tables["audit_grade"], audit_ref=A, basis="moderated", **where)
        assert told["marker"] == "c"
        assert all(nothing(told[name]) for name in ("n", "good", "not_judged", "good_or_better", "good_percent"))
        assert told["words"] == "Hidden to protect: too few cases were judged."


def test_moderation_counts_what_it_raised_and_lowered(executive):
    told = row(executive["audit_moderation"], audit_ref=A, domain="impact")
    assert told[["n", "raised", "same", "lowered"]].tolist() == [23, 0, 21, 2]


def test_reasons_for_a_change_are_told_once_in_the_order_of_the_alphabet_and_not_to_the_public():
    of = grades(A, "impact", times(g3=8), times(g2=8))
    for graded, reason in zip(of, ["Plans lack dates", "Nobody checked"] * 2 + ["The twins were missed"], strict=False):
        graded["reason"] = reason
    made = given([audit(A)], cases(A, 8), of)
    assert row(released(made)["audit_moderation"], audit_ref=A)["words"] == "Nobody checked; Plans lack dates"
    assert released(made, "public")["audit_moderation"].empty


def test_moderation_is_hidden_where_a_few_were_judged_once_only():
    of = [*grades(A, "impact", times(g3=8, g2=4), [*times(g3=8), *[""] * 4]), *grades(A, "voice", times(g3=12))]
    told = released(given([audit(A)], cases(A, 12), of))["audit_moderation"]
    assert row(told, domain="impact")["marker"] == "c"
    assert row(told, domain="voice")["same"] == 12


def test_a_re_audit_is_told_with_its_interval(executive):
    better, same, few = (row(executive["audit_shift"], domain=name) for name in ("impact", "voice", "oversight"))
    # 16 of 23 against 6 of 20: Newcombe's interval by hand, from Wilson's 49.1 to 84.4 and 14.5 to 51.9 percent.
    assert better["difference"] == pytest.approx(39.57, abs=0.01)
    assert (better["lower"], better["upper"]) == (pytest.approx(9.60, abs=0.1), pytest.approx(60.9, abs=0.1))
    assert better["direction"] == "better"
    assert better["words"].endswith("consistent with better practice.")
    assert same["direction"] == "unclear"
    assert same["words"].endswith("consistent with no change as well as with one either way.")
    assert (few["direction"], few["n_before"], few["n_after"]) == ("too_few", 8, 8)
    assert few["words"] == "Too few to say: 4 of 8 good or better before, 6 of 8 now."
    assert nothing(few["difference"])
    assert not any("caus" in words for words in executive["audit_shift"]["words"])


def test_the_sixth_measure_counts_the_domains_that_moved(executive, public):
    for tables in (executive, public):
        told = row(tables["learning_measure"], measure_id="6")
        assert (told["numerator"], told["denominator"], told["words"]) == (1, 2, "1 of 2")
        assert told["detail"] == "0 worse; of 1 the interval holds no change. 1 more had too few cases."


def test_indicators_add_up_what_is_shown(executive, partnership, public):
    # Moderated, all agencies together: impact 16 of 23, voice 9 of 24, oversight 6 of 8; planning is hidden.
    assert figures(executive, "PA05") == {"2025-26-Q2": (18, 48), "2026-27-Q2": (31, 55)}
    assert figures(executive, "PA05", breakdown="agency_about", category="police") == {"2026-27-Q2": (7, 12)}
    assert figures(partnership, "PA05", breakdown="agency_about", category="council") == {}
    assert only(public["figure"], indicator_id="PA05", breakdown="agency_about").empty


def test_a_small_audits_cases_are_in_no_figure(executive, partnership):
    for tables in (executive, partnership):
        assert figures(tables, "VO01") == {"2025-26-Q2": (8, 20), "2026-27-Q2": (10, 24)}
        told = row(tables["audit"], audit_ref="AU-2026-4")
        assert (told["cases_marker"], told["voice_marker"], told["words"]) == ("c", "c", "")
        assert nothing(told["cases"])
        assert "AU-2026-4" not in set(tables["audit_case"]["audit_ref"])


def test_the_voice_of_children_is_said_in_words(executive):
    told = row(executive["audit"], audit_ref=A)
    assert (told["cases"], told["voice_shaped"], told["voice_looked_at"]) == (24, 10, 24)
    assert told["voice_words"] == "The child’s voice shaped the plan in 10 of 24 cases in which it was looked at"
    assert told["words"] == "31 of 55 judgements were good or better; fewest in voice and lived experience."


def test_characteristics_are_counted_one_by_one_and_small_ones_hidden(executive, partnership):
    for tables in (executive, partnership):
        told = only(tables["audit_case"], audit_ref=A)
        sex = only(told, dimension="sex").set_index("category")["count"]
        assert (sex["girls"], sex["boys"]) == (13, 11)
        place = only(told, dimension="locality").set_index("category")
        assert nothing(place.loc["", "count"])
        assert place.loc["", "marker"] == "c"
        assert nothing(place.loc["south_east", "count"])


def test_findings_say_what_became_of_them(executive):
    told = executive["audit_finding"].set_index("finding_ref")
    assert told.loc[f"{A}.1", ["recommendation_id", "whose_words"]].tolist() == ["R-01", "Police"]
    assert told.loc[f"{B}.1", "recommendation_words"] == "R-99, not in the learning log yet"
    assert told.loc[f"{A}.3", ["theme", "reason"]].tolist() == ["neglect", "The new form asks for it"]
    assert told.loc[f"{A}.2", ["theme", "answer_words"]].tolist() == ["domestic_abuse", "Shared as good practice"]


def test_words_of_a_handful_are_told_to_nobody(executive, partnership):
    for tables in (executive, partnership):
        assert row(tables["audit_finding"], finding_ref=f"{B}.1")["text"] == LEFT_OUT


def test_words_that_lead_to_an_incident_are_the_executives():
    said = {"why_chosen": "The rapid review of March 2025 asked for it", "question": "As the rapid review asked?"}
    made = given([audit(A, **said)], today=TODAY)
    told = {name: row(released(made, name)["audit"], audit_ref=A) for name in ("executive", "partnership", "public")}
    assert [told[name]["why_chosen"] for name in told] == [said["why_chosen"], LEFT_OUT, ""]
    assert [told[name]["question"] for name in told] == [said["question"], LEFT_OUT, ""]


@pytest.mark.parametrize("audience", ["partnership", "public"])
@pytest.mark.parametrize(
    "said",
    [
        "A nine-year-old girl in Harehills with a broken arm was seen alone twice in March.",
        "Was the boy of number 9 Elm Street, Seacroft, safe?",
        "Case 3: inadequate in every domain",
        "The only child with a plan in Wetherby waited",
        "QQ123456C was the reference of the case",
    ],
)
def test_no_audience_but_the_executive_reads_of_one_child_case_or_home(said, audience):
    found = finding(A, 1, kind="good_practice", text=said, answer="shared", reason=said)
    made = given([audit(A, title=said, question=said, conclusion=said)], of_findings=[found], today=TODAY)
    tables = released(made, audience)
    told = row(tables["audit"], audit_ref=A)
    assert told["title"] == "Audit: Domestic abuse"
    assert {told["question"], told["conclusion"]} == {LEFT_OUT if audience == "partnership" else ""}
    kept = tables["audit_finding"][["text", "reason"]].to_numpy().ravel().tolist()
    assert kept == ([LEFT_OUT, LEFT_OUT] if audience == "partnership" else [])


def test_the_public_reads_reported_audits_of_no_agency(public):
    told = public["audit"]
    assert told["audit_ref"].tolist() == [A, "AU-2026-4", B]
    assert set(told["agency_id"]) | set(told["lead_words"]) | set(told["why_chosen"]) | set(told["sample_basis"]) == {
        ""
    }
    assert row(told, audit_ref=A)["cases"] == 25
    assert told["voice_shaped"].isna().all()
    assert public["audit_case"].empty
    assert public["audit_moderation"].empty


def test_the_public_reads_whole_shares_of_ten_cases_and_more(public):
    told = public["audit_grade"]
    assert set(told["whose"]) == {"all"}
    assert set(told["basis"]) == {"moderated"}
    impact, few = (row(told, audit_ref=A, domain=name) for name in ("impact", "oversight"))
    assert (impact["n"], impact["good_percent"], impact["words"]) == (25, 70, "70% good or better")
    assert (few["n"], few["words"]) == (10, "Too few cases for a share")
    for column in ("outstanding", "good", "requires_improvement", "inadequate", "not_judged", "good_or_better"):
        assert told[column].isna().all()
    shift = row(public["audit_shift"], domain="impact")
    assert (shift["percent_before"], shift["percent_after"], shift["difference"]) == (30, 70, 40)


@pytest.mark.parametrize(
    ("many", "words"),
    [
        ({"g3": 4, "g2": 5}, "Too few cases for a share of judgements that were good or better."),
        ({"g3": 4, "g2": 6}, "40% of judgements were good or better."),
    ],
)
def test_the_public_reads_no_percentage_of_fewer_than_ten_cases(many, words):
    size = sum(many.values())
    made = given(
        [audit(A)], cases(A, size), [*grades(A, "impact", times(**many)), *grades(A, "voice", times(g3=6, g2=3))]
    )
    assert row(released(made, "public")["audit"], audit_ref=A)["words"] == words


def test_the_public_reads_good_practice_of_no_agency(public):
    told = public["audit_finding"]
    assert told["finding_ref"].tolist() == [f"{A}.2"]
    assert told[["whose", "whose_words", "recommendation_id", "reason"]].to_numpy().tolist() == [[""] * 4]


def test_no_word_of_the_public_names_an_agency():
    said = {"title": "How Police tell schools", "question": "Does the ICB hear?", "conclusion": "Schools hear in time"}
    made = given([audit(A, **said)], today=TODAY)
    told = row(released(made, "public")["audit"], audit_ref=A)
    assert told[["title", "question", "conclusion"]].tolist() == ["Audit: Domestic abuse", "", "Schools hear in time"]
    assert row(released(made)["audit"], audit_ref=A)["title"] == said["title"]


def test_a_release_without_audits_has_every_table_empty():
    tables = released(given([]))
    assert all(tables[name].empty for name in NAMES)
    assert tables["learning_measure"].empty


def test_too_few_judgements_for_a_percentage_are_no_figure():
    made = given(
        [audit(A)],
        cases(A, 8),
        [*grades(A, "impact", times(g3=8)), *grades(A, "impact", times(g3=8), whose="wyp_leeds")],
    )
    tables = released(made)
    assert figures(tables, "PA05") == {}
    assert figures(tables, "PA05", breakdown="agency_about", category="police") == {}
    assert row(tables["audit_grade"], whose="all", basis="moderated")["words"] == "8 of 8 good or better"


def test_the_executive_reads_of_one_audit_what_the_figure_says_and_partners_neither():
    made = given([audit(A)], cases(A, 12, voice_shaped={"yes": 3, "no": 9}))
    told = {name: released(made, name) for name in ("executive", "partnership")}
    assert figures(told["executive"], "VO01") == {"2026-27-Q2": (3, 12)}
    assert (
        row(told["executive"]["audit"], audit_ref=A)["voice_words"]
        == "The child’s voice shaped the plan in 3 of 12 cases audited"
    )
    assert row(told["partnership"]["audit"], audit_ref=A)["voice_words"] == "Hidden to protect"
    (figure,) = figures(told["partnership"], "VO01").values()
    assert nothing(figure[0])
