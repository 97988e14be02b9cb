"""The register, self-assessments and audits of the sample: taken when good, caught when spoilt, telling what they should."""

from __future__ import annotations

from collections import Counter
from datetime import date
from statistics import median
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from pipelines.checking import check
from pipelines.flows import demo
from pipelines.flows.demo_arrivals import FIRST, arrivals
from pipelines.store import records
from pipelines.store.opening import transaction
from sample_data.assessments.audits import audits
from sample_data.assessments.faulty import MISTAKES, ORIGINALS, faulty_assessment, place
from sample_data.assessments.files import write_assessments
from sample_data.assessments.many import many
from sample_data.assessments.register import respondents
from sample_data.assessments.replies import due_on, replies
from sample_data.assessments.returns import assessment_returns
from sample_data.assessments.rounds import rounds
from sample_data.assessments.story import expected
from sample_data.logs.files import kind_of
from sample_data.logs.learning import recommendations
from schemas.catalogue import catalogue
from schemas.returns.small_words import names_a_small_number
from schemas.returns.telling import may_name_anybody, names_anybody, reads_as_a_story

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.checking import Report
    from pipelines.flows.returns import Loaded
    from sample_data.assessments.returns import AssessmentReturn
    from tests.pipelines.sample_home import Sample

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 20)
POINTS = {"s0": 0, "s1": 1, "s2": 2, "s3": 3}
GOOD = ("g4", "g3")
Taken = list[tuple["AssessmentReturn", "Loaded"]]
Vault = dict[str, "pd.DataFrame"]


@pytest.fixture(scope="module")
def taken(published_sample: Sample) -> Taken:
    return published_sample.taken


@pytest.fixture(scope="module")
def vault(published_sample: Sample) -> Vault:
    with transaction(published_sample.home, write=False) as connection:
        found = [records.standing(connection, kind_of(kind)) for kind in ("register", "self_assessment", "audit")]
    return {sheet: frame for sheets in found for sheet, frame in sheets.items()}


def answers_of(vault: Vault, agency_id: str, year: str, standard_id: str = "") -> pd.DataFrame:
    found = vault["Statements"]
    assert set(found["statement_id"]) <= set(catalogue().statements)
    mine = found[found["respondent_id"].eq(agency_id) & found["year_id"].eq(year)]
    return mine[mine["statement_id"].str.startswith(f"{standard_id}." if standard_id else "")]


def percent(scores: pd.Series) -> float:
    """The mean points of what applies, as a share of 3."""
    points = [POINTS[score] for score in scores if score != "na"]
    return round(100 * sum(points) / (3 * len(points)), 1)


def joint(vault: Vault, audit_ref: str, domain: str, whose: str = "") -> pd.Series:
    """The moderated grades of one domain, without what could not be judged."""
    found = vault["Grades"]
    mine = found["audit_ref"].eq(audit_ref) & found["domain"].eq(domain) & found["whose"].eq(whose)
    grades = found.loc[mine, "moderated_grade"]
    return grades[grades.ne("ne")]


def texts() -> set[tuple[str, str, str]]:
    """Everything that people of the sample write in their own words, with the kind and column it stands in."""
    free = {
        (kind, layout.name, column.name)
        for kind in ("register", "self_assessment", "audit")
        for layout in kind_of(kind).sheets
        for column in layout.columns
        if column.holds == "words"
    }
    return {
        (sent.kind, name, str(value))
        for sent in assessment_returns()
        for sheet, rows in sent.rows.items()
        for cells in rows
        for name, value in cells.items()
        if (sent.kind, sheet, name) in free
    }


def test_every_file_is_taken_whole_and_without_an_error(taken: Taken) -> None:
    errors = {
        sent.name: [(p.rule, p.message) for p in loaded.report.problems if p.severity == "error"]
        for sent, loaded in taken
    }
    assert {name: found for name, found in errors.items() if found} == {}
    assert [
        s.name for s, loaded in taken if loaded.report.rows != loaded.report.rows_accepted or not loaded.report.rows
    ] == []
    assert [s.name for s, loaded in taken if loaded.receipt.version != s.version or loaded.receipt.unchanged] == []


def test_nothing_is_asked_about_but_what_the_stories_leave_open(taken: Taken) -> None:
    asked = {p.rule for _, loaded in taken for p in loaded.report.problems if p.severity == "query"}
    assert asked <= {
        "development_action_is_overdue",
        "learning_has_no_answer",
        "recommendation_is_not_in_the_learning_log",  # the log itself is not loaded here
        "self_assessment_is_not_whole",
        "self_assessment_is_the_same_throughout",
        "three_has_no_evidence_of_impact",
    }


def test_only_the_one_that_has_begun_is_not_signed_off(taken: Taken) -> None:
    waiting = [
        s.sender_id for s, loaded in taken for p in loaded.report.problems if p.rule == "awaiting_agency_approval"
    ]
    assert waiting == [expected().begun.agency_id]


def test_every_file_says_that_it_is_synthetic(tmp_path: Path) -> None:
    for _, path in write_assessments(tmp_path, catalogue())[::40]:
        assert path.name.startswith("SYNTHETIC_")
        shown = check(path, today=TODAY)
        assert shown.kind in path.name
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    assert str(book["Cover"]["A1"].value).startswith("SYNTHETIC")
    book.close()


def test_the_same_files_come_out_every_time(tmp_path: Path) -> None:
    one, other = (write_assessments(tmp_path / name, catalogue()) for name in ("one", "other"))
    assert [path.name for _, path in one] == [path.name for _, path in other]
    assert all(a.read_bytes() == b.read_bytes() for (_, a), (_, b) in zip(one, other, strict=True))


def test_no_name_is_anybodys_or_a_real_bodys() -> None:
    known = catalogue()
    real = {word.casefold() for area in known.areas.values() for word in area.name.split() if len(word) > 3}
    real |= {agency.title.casefold() for agency in known.agencies.values()} | {"leeds"}
    real -= {"city", "north", "south", "east", "west", "hill", "park", "sutton", "middle"}
    bodies = [body for body in respondents() if "partnership" not in body.instruments]
    assert len(bodies) == 90
    assert len({body.name for body in respondents()}) == len(respondents()) == 127
    for body in bodies:
        assert not names_anybody(body.name), body.name
        assert not may_name_anybody(body.name), body.name
        assert not {word.casefold() for word in body.name.split()} & real, body.name
        assert body.name.casefold() not in real


def test_nothing_anybody_writes_names_a_person_or_tells_of_a_few() -> None:
    told = texts()
    assert len(told) > 300
    for kind, column, text in told:
        for tells in (names_anybody, may_name_anybody, names_a_small_number, reads_as_a_story):
            assert not tells(text), (kind, column, text)


def test_as_many_reply_as_the_rounds_say(vault: Vault) -> None:
    sectors = {body.respondent_id: body.sector for body in respondents()}
    for held in rounds().round:
        found = vault["Statements"]
        sent = set(found.loc[found["year_id"].eq(held.year), "respondent_id"])
        by_sector = Counter(sectors[sender] for sender in sent if sender in sectors)
        assert by_sector == {name: level.replied[held.year] for name, level in rounds().sectors.items()}
        assert {agency.id for agency in catalogue().assessing} <= sent


def test_nobody_replies_before_the_register_knows_them() -> None:
    known: set[str] = set()
    agencies = catalogue().agencies.keys()
    for sent in assessment_returns():
        known |= {str(cells["respondent_id"]) for cells in sent.rows.get("Respondents", ())}
        assert sent.sender_id in agencies or sent.sender_id in known, sent.name


def test_the_register_learns_who_came_and_who_left(vault: Vault) -> None:
    found = vault["Respondents"].set_index("respondent_id")
    assert found.loc["EY-0024", "until"].date() == date(2026, 3, 31)
    assert found.loc["SCH-0030", "since"].date() == date(2026, 4, 1)
    owed = {reply.sender_id for reply in replies() if reply.year == "FY2025-26"}
    assert "SCH-0030" not in owed


def test_most_replied_in_the_first_round_and_a_few_too_late() -> None:
    first, now = (held.year for held in rounds().round)
    late = [reply for reply in replies() if reply.year == first and reply.came_on > due_on(first)]
    assert len({reply.sender_id for reply in late}) == 8
    assert expected().begun.agency_id in {reply.sender_id for reply in late}
    assert expected().begun.late_in == first
    bodies = [body for body in respondents() if "partnership" not in body.instruments and body.owes_on(due_on(first))]
    replied = {reply.sender_id for reply in replies() if reply.year == first} & {body.respondent_id for body in bodies}
    assert 0.8 < len(replied) / len(bodies) < 0.9
    assert max(reply.came_on for reply in replies() if reply.year == now) < demo.MEETINGS[-1][0].date()


def test_full_marks_stand_beside_contrary_grades(vault: Vault) -> None:
    told = expected().full_marks
    mine = answers_of(vault, told.agency_id, told.year)
    assert set(mine["self_score"]) == {"s3"}
    assert mine["impact_evidence"].ne("").all()
    assert len(mine) == len(catalogue().instruments["organisational"].statements)
    for audit_ref in ("AU-2025-04", "AU-2025-05", "AU-2026-01"):
        graded = joint(vault, audit_ref, told.audit_domain, told.agency_id)
        assert len(graded) >= 6
        assert graded.isin(GOOD).mean() < 0.5


def test_a_critical_statement_stays_unmet_and_its_action_overdue(vault: Vault) -> None:
    told = expected().not_met
    assert catalogue().statements[told.statement_id][1].critical
    for year in told.years:
        row = answers_of(vault, told.agency_id, year).set_index("statement_id").loc[told.statement_id]
        assert row["self_score"] in ("s0", "s1")
        assert row["due_date"].date() == told.due_on
        assert pd.isna(row["done_on"])


def test_an_agency_moved_up_where_its_training_figures_rose(vault: Vault) -> None:
    told = expected().moved_up
    found = [percent(answers_of(vault, told.agency_id, year, told.standard_id)["self_score"]) for year in told.years]
    assert found == list(told.percent)
    before, after = sent_of(told.agency_id, told.indicator_id, told.periods)
    assert after - before >= 3


def sent_of(agency_id: str, indicator_id: str, periods: tuple[str, str]) -> list[int]:
    """What the agency's own returns said of an indicator, in percent, rounded to a whole."""
    from sample_data.returns import World
    from schemas.periods import parse

    world = World(catalogue())
    return [
        round(100 * line.numerator / line.denominator)
        for period in periods
        for sent in world.returns(agency_id, parse(period))
        for line in sent.lines
        if line.owed.indicator_id == indicator_id
        and line.owed.breakdown == "all"
        and line.numerator
        and line.denominator
    ]


def test_threes_of_one_agency_show_nothing(vault: Vault) -> None:
    told = expected().claimed
    mine = answers_of(vault, told.agency_id, told.year, told.standard_id)
    assert set(mine["self_score"]) == {"s3"}
    assert mine["impact_evidence"].eq("").all()
    assert told.percent == round(100 * 2 / 3, 1)


def test_an_honest_low_score_stands_beside_good_grades(vault: Vault) -> None:
    told = expected().honest
    assert percent(answers_of(vault, told.agency_id, told.year, told.standard_id)["self_score"]) == told.percent
    graded = joint(vault, told.audit_ref, told.audit_domain, told.agency_id)
    assert (int(graded.isin(GOOD).sum()), len(graded)) == (told.good_or_better, told.graded)


def test_moderation_lowers_two_raises_one_and_confirms_the_rest(vault: Vault) -> None:
    told = expected().moderation
    ways = {**dict.fromkeys(told.lowered, -1), **dict.fromkeys(told.raised, 1), **dict.fromkeys(told.confirmed, 0)}
    for agency_id, year in {**told.lowered, **told.raised, **told.confirmed}.items():
        mine = answers_of(vault, agency_id, year)
        looked = mine[mine["moderated_score"].ne("")]
        moved = looked["moderated_score"].map(POINTS) - looked["self_score"].map(POINTS)
        assert len(looked) >= 3
        assert {-1: moved.min() < 0 >= moved.max(), 0: not moved.any(), 1: moved.max() > 0 <= moved.min()}[
            ways[agency_id]
        ]
        assert looked.loc[moved.ne(0), "moderator_comment"].ne("").all()
        assert looked["moderated_from"].eq(looked["self_score"]).all()
    everybody = vault["Statements"]
    moderated = everybody[everybody["moderated_score"].ne("")]
    assert set(moderated["respondent_id"]) == set(ways)


def test_what_an_agency_sends_later_leaves_moderation_as_it_was(taken: Taken, vault: Vault) -> None:
    sent = [(s.sender_id, s.moderating) for s, _ in taken if s.sender_id == "ltht" and s.period_id == "FY2025-26"]
    assert sent == [("ltht", False), ("ltht", True), ("ltht", False)]
    mine = answers_of(vault, "ltht", "FY2025-26")
    assert mine["done_on"].notna().any()
    assert len(mine[mine["moderated_score"].ne("")]) == 5


def test_the_median_of_one_sector_fell(vault: Vault) -> None:
    told = expected().fell
    bodies = [body.respondent_id for body in respondents() if body.sector == told.sector]
    before, now = (
        median(
            percent(mine["self_score"])
            for body in bodies
            if len(mine := answers_of(vault, body, year, told.standard_id))
        )
        for year in told.years
    )
    assert before - now > 10


def test_each_group_speaks_of_each_theme_at_the_latest_event(vault: Vault) -> None:
    said = vault["Event"]
    now = said[said["year_id"].eq(rounds().round[-1].year)]
    assert len(now) == 24
    assert set(now["theme"]) == set(catalogue().choices["partnership_theme"])
    assert set(now["respondent_group"]) == set(catalogue().instruments["partnership"].sectors)


def test_every_case_of_a_reported_audit_is_graded(vault: Vault) -> None:
    for audit in audits().audit:
        cases = vault["Cases"][vault["Cases"]["audit_ref"].eq(audit.ref)]
        assert list(cases["case_no"]) == list(range(1, audit.cases + 1))
        if audit.ref in expected().programme.reported:
            assert 9 <= audit.cases <= 24
            assert len(vault["Grades"][vault["Grades"]["audit_ref"].eq(audit.ref)]) == sum(
                sum(g.counts) for g in audit.grade
            )


def test_grades_differ_after_moderation_only_with_a_reason(vault: Vault) -> None:
    grades = vault["Grades"]
    changed = grades["self_grade"].ne(grades["moderated_grade"])
    assert changed.sum() == sum(grade.lowered + grade.raised for audit in audits().audit for grade in audit.grade)
    assert grades.loc[changed, "reason"].ne("").all()
    assert grades.loc[~changed, "reason"].eq("").all()


def test_every_audit_grades_voice_lower_than_the_rest(vault: Vault) -> None:
    for audit_ref in expected().programme.reported:
        grades = vault["Grades"]
        mine = grades[grades["audit_ref"].eq(audit_ref) & grades["whose"].eq("") & grades["moderated_grade"].ne("ne")]
        is_good, is_voice = mine["moderated_grade"].isin(GOOD), mine["domain"].eq("voice")
        assert is_good[is_voice].mean() < is_good[~is_voice].mean(), audit_ref


def test_the_re_audit_moved_some_domains_and_not_others(vault: Vault) -> None:
    told = expected().re_audit
    moved = {
        domain: joint(vault, told.audit_ref, domain).isin(GOOD).mean()
        - joint(vault, told.before_ref, domain).isin(GOOD).mean()
        for domain in (*told.rose, *told.unmoved)
    }
    assert set(moved) == set(catalogue().choices["audit_domain"])
    assert min(moved[domain] for domain in told.rose) > 0.3
    assert max(abs(moved[domain]) for domain in told.unmoved) < 0.15


def test_the_programme_is_as_far_as_it_is_told(vault: Vault) -> None:
    told = expected().programme
    found = vault["Audits"].set_index("audit_ref")
    for stage, refs in (("reported", told.reported), ("under_way", told.under_way), ("planned", told.planned)):
        assert sorted(found.index[found["stage"].eq(stage)]) == sorted(refs)
    overdue = found[found["re_audit_due"].lt("2026-11-17") & ~found.index.isin(found["re_audit_of"])]
    assert tuple(overdue.index) == told.re_audit_overdue


def test_findings_become_what_the_learning_log_has(vault: Vault) -> None:
    findings = vault["Findings"]
    became = findings[findings["answer"].eq("recommendation")]
    assert sorted(became["recommendation_id"]) == sorted(expected().programme.became_recommendations)
    sources = {found.id: found.source for found in recommendations()}
    assert {sources[name] for name in became["recommendation_id"]} == {"audit"}
    assert findings.loc[findings["answer"].eq("no_action"), "reason"].ne("").all()
    assert {"good_practice", "learning"} == set(findings["kind"])


def test_every_recommendation_from_an_audit_has_its_finding(vault: Vault) -> None:
    from_audits = {found.id for found in recommendations() if found.source == "audit"}
    assert from_audits == set(vault["Findings"]["recommendation_id"]) - {""}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake.rule}-{mistake.kind}")
def test_every_mistake_is_caught_by_its_rule_in_its_row(
    mistake: Any, spoilt: dict[str, Report], unspoilt: dict[str, Report]
) -> None:
    where = (mistake.rule, mistake.sheet, place(mistake))
    assert where in {(p.rule, p.sheet, p.row) for p in spoilt[mistake.kind].problems}
    assert where not in {(p.rule, p.sheet, p.row) for p in unspoilt[mistake.kind].problems}


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    out = tmp_path_factory.mktemp("spoilt")
    return {kind: check(faulty_assessment(out, catalogue(), kind), today=TODAY) for kind in ORIGINALS}


@pytest.fixture(scope="module")
def unspoilt(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    out = tmp_path_factory.mktemp("good")
    return {kind: check(faulty_assessment(out, catalogue(), kind, ()), today=TODAY) for kind in ORIGINALS}


def test_good_rows_are_taken_beside_the_mistakes(spoilt: dict[str, Report], unspoilt: dict[str, Report]) -> None:
    for kind in ORIGINALS:
        assert spoilt[kind].verdict == "accepted_with_queries"
        assert unspoilt[kind].rows == unspoilt[kind].rows_accepted == spoilt[kind].rows
        assert 0.7 * spoilt[kind].rows < spoilt[kind].rows_accepted < spoilt[kind].rows


def test_many_are_as_many_as_asked_for_and_all_good(tmp_path: Path) -> None:
    register, *sent = many(tmp_path, 8)
    assert len(sent) == 8
    assert register.name == "SYNTHETIC_2026-27-Q2_bu_register_v1.xlsx"
    reports = [check(path, today=TODAY) for path in (register, *sent)]
    assert [p.message for report in reports for p in report.problems if p.severity == "error"] == []
    assert len({report.agency_id for report in reports[1:]}) == 8


def test_the_sample_arrives_in_order_with_the_register_before_those_on_it(tmp_path: Path) -> None:
    coming = arrivals(tmp_path, 1)
    assert [arrival.at for arrival in coming] == sorted(arrival.at for arrival in coming)
    assert coming[-1].at <= demo.MEETINGS[-1][0]
    names = [arrival.path.name for arrival in coming]
    assert [name for name in names if "FY2025-26" in name] == [], "a short sample has only the round under way"
    first = next(place for place, arrival in enumerate(coming) if arrival.queue == FIRST)
    assert first < min(place for place, name in enumerate(names) if "_self_assessment_" in name)
    moderating = [arrival.path.name for arrival in coming if arrival.moderating]
    assert moderating == ["SYNTHETIC_FY2026-27_lcc_yjs_self_assessment_v2.xlsx"]
