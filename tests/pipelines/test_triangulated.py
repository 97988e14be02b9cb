from __future__ import annotations

from datetime import date

import pytest

from pipelines.publishing.assessments.triangulated import triangulated
from pipelines.publishing.releasing import Order, measured
from tests.pipelines.log_records import logged, records, returns
from tests.pipelines.releases import AT, STEWARD
from tests.pipelines.seen_rows import BEFORE, YEAR, answer, answers, audit, card, grade, reply, seen_of

ASC, SHARING = "lcc_asc", "information_sharing"
SIX = ("lcc_cf", "lcc_asc", "lcc_yjs", "wyp_leeds", "ltht", "lch")


def rows(found, *, with_agencies=True):
    made = triangulated(found, with_agencies=with_agencies)
    return {(row["year_id"], row["thread_id"], row["agency_id"]): row for row in made}


def row(found, thread=SHARING, agency=ASC, year=YEAR):
    return rows(found)[year, thread, agency]


def test_the_sentence_is_that_of_the_agency_and_the_cases():
    found = seen_of(
        *answers(ASC, "OS6", 3, 3, 3, 3, 3), audits=[audit("AU-1")], grades=[grade("AU-1", SHARING, 3, 9, whose=ASC)]
    )
    one = row(found)
    assert one["sentence"] == (
        "Adult Social Care scores itself 3 on information sharing; 6 of 9 audited cases were graded below good."
    )
    assert (one["self_percent"], one["audit_percent"], one["audit_n"]) == (100.0, pytest.approx(100 / 3), 9)
    assert one["disagreement"] == pytest.approx(100 - 100 / 3)
    assert (one["disagreement_words"], one["eyes"]) == ("Far apart", 2)
    assert one["contrary_words"] == "Full marks, which audits contradict"


def test_full_marks_that_count_less_are_full_marks_all_the_same():
    mine = answers(ASC, "OS6", 3, 3, self_points=2)
    one = row(seen_of(*mine, audits=[audit("AU-1")], grades=[grade("AU-1", SHARING, 2, 10, whose=ASC)]))
    assert one["sentence"] == (
        "Adult Social Care scores itself 3 on information sharing, which counts 2 as nothing shows the difference made; "
        "8 of 10 audited cases (80%) were graded below good."
    )
    assert (
        one["self_words"] == "2 of 3 on 2 statements; 2 points less than scored, as nothing shows the difference made"
    )
    assert one["contrary_words"] == "Full marks, which audits contradict"


def test_a_survey_that_contradicts_full_marks_is_named_beside_the_wider_audit():
    found = seen_of(
        *answers(ASC, "OS6", 3, 3),
        audits=[audit("AU-1")],
        grades=[grade("AU-1", SHARING, 1, 9, whose=ASC)],
        survey=[reply("confident_sharing", 40, 90, sector="council")],
    )
    one = row(found)
    assert one["contrary_words"] == "Full marks, which audits and practitioners contradict"
    assert "8 of 9 audited cases were graded below good" in one["sentence"]
    assert "40 of 90 practitioners in its sector (44%) answer yes to “Would you share information" in one["sentence"]


def test_full_marks_that_others_bear_out_are_not_named():
    one = row(
        seen_of(*answers(ASC, "OS6", 3), audits=[audit("AU-1")], grades=[grade("AU-1", SHARING, 7, 9, whose=ASC)])
    )
    assert one["contrary_words"] == ""
    assert one["disagreement_words"] == "Close together"


def test_fewer_than_six_cases_and_hidden_grades_are_no_eye():
    for hidden in (grade("AU-1", SHARING, 0, 5, whose=ASC), grade("AU-1", SHARING, None, None, whose=ASC)):
        one = row(seen_of(*answers(ASC, "OS6", 3), audits=[audit("AU-1")], grades=[hidden]))
        assert one["audit_percent"] is None and one["audit_words"] == "" and one["audit_n"] is None
        assert one["disagreement"] is None
        assert one["sentence"] == (
            "Adult Social Care scores itself 3 on information sharing. Nothing else has enough behind it to compare."
        )


def test_a_hidden_or_small_survey_is_no_eye():
    for hidden in (reply("listened_to", None, None, respondents="children"), reply("listened_to", 1, 5)):
        assert ("FY2026-27", "childs_voice", "all") not in rows(seen_of(survey=[hidden]))


def test_moderated_grades_take_the_place_of_the_agencys_own_hidden_or_not():
    own = grade("AU-1", SHARING, 9, 9, whose=ASC, basis="self")
    told = row(seen_of(audits=[audit("AU-1")], grades=[grade("AU-1", SHARING, 3, 9, whose=ASC), own]))
    assert told["audit_words"] == "3 of 9 graded good or better"
    hidden = grade("AU-1", SHARING, None, None, whose=ASC)
    assert rows(seen_of(audits=[audit("AU-1")], grades=[hidden, own])) == {}
    assert row(seen_of(audits=[audit("AU-1")], grades=[own]))["audit_words"] == "9 of 9 graded good or better"


def test_audits_add_up_and_one_that_was_repeated_gives_way():
    audits = [audit("AU-1", date(2025, 6, 1)), audit("AU-2", re_audit_of="AU-1"), audit("AU-3", date(2026, 1, 9))]
    grades = [grade(ref, SHARING, good, 8, whose=ASC) for ref, good in (("AU-1", 0), ("AU-2", 6), ("AU-3", 4))]
    assert row(seen_of(audits=audits, grades=grades))["audit_words"] == "10 of 16 (62%) graded good or better"


def test_an_audit_gives_way_only_in_what_its_re_audit_graded():
    audits = [audit("AU-1", date(2025, 6, 1)), audit("AU-2", re_audit_of="AU-1")]
    first = [grade("AU-1", SHARING, 2, 8, whose=ASC), grade("AU-1", SHARING, 20, 30)]
    for narrow in (grade("AU-2", "impact", 9, 12, whose=ASC), grade("AU-2", SHARING, None, None, whose=ASC)):
        told = rows(seen_of(audits=audits, grades=[*first, narrow]))
        assert told[YEAR, "information_sharing", ASC]["audit_words"] == "2 of 8 graded good or better"
    jointly = rows(seen_of(audits=audits, grades=[*first, grade("AU-2", SHARING, 9, 10)]))
    assert jointly[YEAR, "information_sharing", "all"]["audit_words"] == "9 of 10 (90%) graded good or better"
    assert jointly[YEAR, "information_sharing", ASC]["audit_words"] == "2 of 8 graded good or better"


def test_an_audit_repeated_twice_gives_way_to_the_last_that_graded_it_and_a_ring_leaves_the_newest():
    third = audit("AU-3", date(2026, 10, 1), re_audit_of="AU-2")
    audits = [audit("AU-1", date(2025, 6, 1)), audit("AU-2", re_audit_of="AU-1"), third]
    grades = [grade("AU-1", SHARING, 1, 8, whose=ASC), grade("AU-3", SHARING, 7, 8, whose=ASC)]
    assert row(seen_of(audits=audits, grades=grades))["audit_words"] == "7 of 8 graded good or better"
    ring = [audit("AU-1", date(2025, 6, 1), re_audit_of="AU-3"), *audits[1:]]
    assert row(seen_of(audits=ring, grades=grades))["audit_words"] == "7 of 8 graded good or better"


def test_only_audits_reported_in_the_last_two_years_count():
    graded = [grade("AU-1", SHARING, 1, 9)]
    for out in (audit("AU-1", date(2024, 11, 26)), audit("AU-1", None, stage="under_way")):
        assert rows(seen_of(audits=[out], grades=graded)) == {}
    assert rows(seen_of(audits=[audit("AU-1", date(2024, 11, 27))], grades=graded))


def test_moderation_counts_once_half_of_the_statements_were_moderated_as_they_stand():
    own = answers(ASC, "OS6", 3, 3, 3, 3)
    moderated = {**own[0], "moderated_points": 1}
    thin = row(seen_of(moderated, *own[1:]))
    assert (thin["moderated_percent"], thin["moderated_words"]) == (
        None,
        "1 of 3 on 1 statement, too few of 4 to compare",
    )
    two = [moderated, {**own[1], "moderated_points": 2}, *own[2:]]
    one = row(seen_of(*two))
    assert one["moderated_percent"] == 50.0
    assert one["sentence"] == (
        "Adult Social Care scores itself 3 on information sharing; moderation gives 1.5 of 3 on 2 statements."
    )
    outdated = frozenset({(ASC, YEAR, "OS6.1")})
    assert row(seen_of(*two, outdated=outdated))["moderated_percent"] is None


def test_all_together_is_the_middle_of_six_agencies_and_of_five_nothing():
    # Means of 1, 2, 2, 2, 3, 3 on one statement: the middle is 2 of 3.
    six = [answer(agency, "OS6.1", score) for agency, score in zip(SIX, (1, 2, 2, 2, 3, 3), strict=True)]
    found = seen_of(*six, survey=[reply("confident_sharing", 30, 100)])
    one = row(found, agency="all")
    assert (one["self_percent"], one["self_words"]) == (pytest.approx(200 / 3), "2 of 3, the middle of 6 agencies")
    assert one["sentence"] == (
        "The middle of 6 agencies’ own scores on information sharing is 2 of 3; 30 of 100 practitioners (30%) answer yes "
        "to “Would you share information without consent where a child's safety needs it?”."
    )
    five = row(seen_of(*six[1:], survey=[reply("confident_sharing", 30, 100)]), agency="all")
    assert five["self_percent"] is None
    assert five["sentence"].startswith("On information sharing too few agencies have scored themselves")


def test_only_whole_replies_count_in_the_middle():
    six = [answer(agency, "OS6.1", 2) for agency in SIX]
    begun = frozenset((agency, YEAR) for agency in SIX[1:])
    assert row(seen_of(*six, replied=begun), agency="all")["self_percent"] is None


def test_outside_the_executive_the_middle_is_to_the_nearest_five():
    # The middle of 5, 5, 5, 6, 6 and 6 of 9 points is 5.5 of 9: 61%.
    scores = ((2, 2, 1),) * 3 + ((2, 2, 2),) * 3
    said = [each for agency, of in zip(SIX, scores, strict=True) for each in answers(agency, "OS6", *of)]
    told = rows(seen_of(*said, is_coarse=True), with_agencies=False)[YEAR, SHARING, "all"]
    assert (told["self_percent"], told["self_words"]) == (60.0, "About 60% of full marks, the middle of 6 agencies")
    assert told["sentence"].startswith(
        "The middle of 6 agencies’ own scores on information sharing is about 60% of full marks."
    )


def test_what_does_not_apply_counts_neither_for_nor_against():
    one = row(seen_of(*answers(ASC, "OS6", 2, None, 1)))
    assert (one["self_percent"], one["self_words"]) == (50.0, "1.5 of 3 on 2 statements")


def test_the_widest_disagreement_is_first_and_nothing_to_compare_is_last():
    found = seen_of(
        *answers(ASC, "OS6", 3), *answers(ASC, "OS9", 3), *answers(ASC, "OS1", 3),
        audits=[audit("AU-1")],
        grades=[grade("AU-1", SHARING, 5, 9, whose=ASC), grade("AU-1", "impact", 0, 9, whose=ASC)],
    )  # fmt: skip
    made = triangulated(found, with_agencies=True)
    own = [one for one in made if one["agency_id"] == ASC]
    assert [one["thread_id"] for one in own] == ["quality_impact", SHARING, "leadership"]
    assert [one["position"] for one in made] == list(range(len(made)))


def test_a_thread_of_which_one_agency_alone_is_known_has_a_row_of_all_to_stand_under():
    found = seen_of(*answers(ASC, "OS6", 3))
    assert row(found, agency="all")["disagreement"] is None
    assert rows(found, with_agencies=False) == {}


def test_families_speak_of_all_agencies_and_of_none_alone():
    both = [
        reply("listened_to", 10, 40, respondents="parents_carers"),
        reply("listened_to", 5, 20, respondents="children"),
    ]
    found = seen_of(*answers(ASC, "OS3", 3), survey=both)
    assert row(found, "childs_voice")["survey_percent"] is None
    one = row(found, "childs_voice", "all")
    assert one["survey_words"] == "15 of 60 parents and carers, and children and young people (25%) say yes"


def test_the_latest_round_counts_and_none_of_more_than_two_years_ago():
    rounds = [
        reply("confident_sharing", 30, 100),
        reply("confident_sharing", 90, 100, closed_on=date(2026, 3, 20), survey_ref="SV-2026-1"),
    ]
    assert row(seen_of(survey=rounds), agency="all")["survey_percent"] == 30.0
    old = reply("confident_sharing", 90, 100, closed_on=date(2024, 11, 26))
    assert rows(seen_of(survey=[old])) == {}


def test_a_year_that_is_over_counts_what_was_there_when_it_ended():
    mine = answers(ASC, "OS6", 3, year_id=BEFORE)
    found = seen_of(
        *mine,
        audits=[audit("AU-1")],
        grades=[grade("AU-1", SHARING, 1, 9, whose=ASC)],
        card={"PO06": card("PO06", "87.5%")},
    )
    assert row(found, year=BEFORE)["audit_percent"] is None
    assert row(found, year=BEFORE)["indicator_words"] == ""
    assert row(found)["audit_percent"] is not None
    assert row(found)["sentence"].startswith("Adult Social Care has not scored itself on information sharing; 8 of 9")


def test_figures_are_told_beside_and_those_of_concern_against_what_is_said_to_be_in_place():
    worse = card("DA05", "81.2%", "below its usual range for the second quarter running", variation="concern")
    figures = {"PO06": card("PO06", "87.5%"), "DA05": worse}
    one = row(seen_of(*answers("wyp_leeds", "OS6", 2, 2), card=figures), agency="wyp_leeds")
    first, second = one["indicator_words"].split("\n")
    assert first.endswith(": 87.5% in 2026-27 Q2, within its usual range")
    assert "81.2% in 2026-27 Q2, below its usual range for the second quarter running" in second
    assert "Of concern among its indicators: " in one["sentence"]
    modest = row(seen_of(*answers("wyp_leeds", "OS6", 1, 1), card=figures), agency="wyp_leeds")
    assert "Of concern" not in modest["sentence"]


def test_an_agency_that_sends_its_own_part_is_beside_its_own_figure():
    own = {("AS01", ASC): {"period_id": "2026-27-Q2", "value": 70.4, "marker": "", "indicator_id": "AS01"}}
    line = {("AS01", ASC): {"variation": "usual", "signal_words": "within its usual range"}}
    mine = answers(ASC, "OS2", 2, 2, 2, 2)
    told = row(seen_of(*mine, figures=own, series=line, card={"AS02": card("AS02", "12")}), "whole_family")
    first, other = told["indicator_words"].split("\n")
    assert other.endswith(": 12 in 2026-27 Q2, within its usual range")
    assert first.endswith(": 70.4% in 2026-27 Q2, within its usual range")
    hidden = {("AS01", ASC): own["AS01", ASC] | {"value": None, "marker": "c"}}
    told = row(seen_of(*mine, figures=hidden, series=line), "whole_family")
    assert told["indicator_words"].endswith(": Hidden to protect in 2026-27 Q2")


def test_figures_that_others_send_say_nothing_of_an_agency():
    found = seen_of(*answers(ASC, "OS6", 3), card={"PO06": card("PO06", "87.5%")})
    assert row(found)["indicator_words"] == ""
    assert "87.5%" in row(found, agency="all")["indicator_words"]


def test_the_partnership_reads_of_all_together_alone():
    found = seen_of(*answers(ASC, "OS6", 3), survey=[reply("confident_sharing", 30, 100)])
    assert {agency for _, _, agency in rows(found, with_agencies=False)} == {"all"}


@pytest.mark.slow
def test_the_executive_has_agencies_the_partnership_all_together_and_the_public_nothing():
    asked = {"closed_on": "2026-09-12", "question": "confident_sharing", "respondents": "practitioners", "asked": 90}
    answered = records(
        "survey", "Answers", asked | {"survey_ref": "SV-1", "sector": "health", "replied": 40, "agreed": 25}
    )
    came = logged({"survey": {"Answers": answered}}, returns("2025-26-Q1", "2026-27-Q2", "survey"))
    made = {
        audience: measured(came, Order(audience, "", STEWARD, AT), {}, lambda _: None)
        for audience in ("executive", "partnership", "public")
    }
    for audience in ("executive", "partnership"):
        told = made[audience]["triangulation"]
        assert set(told["agency_id"]) == {"all"}
        assert "25 of 40 practitioners (62%) answer yes" in " ".join(told["sentence"])
    assert made["public"]["triangulation"].empty
    known = {audience: tables["assurance"] for audience, tables in made.items()}
    assert len(known["executive"]) == 9 * known["executive"]["agency_id"].nunique() > 0
    assert known["partnership"].empty and known["public"].empty
