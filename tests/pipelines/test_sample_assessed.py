"""What the self-assessments and audits of the sample come to once they are published: the stories they are there to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from pipelines.flows import demo
from pipelines.queries.pointer import current
from sample_data.assessments.audits import audits
from sample_data.assessments.register import respondents
from sample_data.assessments.rounds import rounds
from sample_data.assessments.story import expected
from schemas.catalogue import catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pipelines.sample_home import Sample

pytestmark = [pytest.mark.slow, pytest.mark.long]

Row = dict[str, Any]


@pytest.fixture(scope="module")
def home(published_sample: Sample) -> Path:
    return published_sample.home


def rows(home: Path, audience: str, table: str) -> list[Row]:
    """Every row of a table of one audience's release."""
    now = current(home, audience)
    assert now is not None
    with duckdb.connect(str(now.path), read_only=True) as connection:
        found = connection.table(table)
        return [dict(zip(found.columns, values, strict=True)) for values in found.fetchall()]


def filled(home: Path, table: str, audience: str = "executive") -> list[Row]:
    """The rows of a table that publishing fills; there are some."""
    found = rows(home, audience, table)
    assert found, table
    return found


def only(found: list[Row], **wanted: Any) -> Row:
    """The one row with these values."""
    mine = [row for row in found if wanted.items() <= row.items()]
    assert len(mine) == 1, wanted
    return mine[0]


def test_as_many_have_replied_as_the_rounds_say(home: Path) -> None:
    found = filled(home, "reply")
    for sector, level in rounds().sectors.items():
        for instrument in {one for body in respondents() if body.sector == sector for one in body.instruments}:
            for year, many in level.replied.items():
                assert only(found, sector=sector, instrument_id=instrument, year_id=year)["replied"] == many


def test_an_agency_has_begun_and_was_late_before(home: Path) -> None:
    told, found = expected().begun, filled(home, "agency_reply")
    now = only(found, agency_id=told.agency_id, year_id=told.year)
    assert (now["state"], now["answered"], now["signed_off"]) == ("begun", told.answered, False)
    others = [row for row in found if row["year_id"] == told.year and row["agency_id"] != told.agency_id]
    assert {row["state"] for row in others} == {"replied"}
    assert len(others) == len(catalogue().assessing) - 1


def test_full_marks_are_full_marks(home: Path) -> None:
    told = expected().full_marks
    mine = [
        row
        for row in filled(home, "standard_score")
        if (row["agency_id"], row["year_id"]) == (told.agency_id, told.year)
    ]
    assert {row["self_percent"] for row in mine} == {100.0}
    assert len(mine) == len(catalogue().instruments["organisational"].standards)


def test_the_widest_disagreement_is_full_marks_beside_contrary_grades(home: Path) -> None:
    told = expected().full_marks
    found = [row for row in filled(home, "triangulation") if row["year_id"] == told.year]
    first = min(found, key=lambda row: row["position"])
    assert (first["agency_id"], first["thread_id"]) == (told.agency_id, told.thread_id)
    assert first["audit_percent"] < 50 < first["self_percent"]
    assert first["survey_percent"] < 50
    assert first["disagreement"] == max(row["disagreement"] for row in found if row["disagreement"] is not None)


def test_a_critical_statement_is_not_met_two_years_running(home: Path) -> None:
    told, found = expected().not_met, filled(home, "answer")
    for year in told.years:
        row = only(found, agency_id=told.agency_id, year_id=year, statement_id=told.statement_id)
        assert row["is_critical_unmet"]


def test_its_action_is_overdue(home: Path) -> None:
    told, found = expected().not_met, filled(home, "development_action")
    row = only(found, agency_id=told.agency_id, year_id=told.years[-1], statement_id=told.statement_id)
    assert row["due_on"] == told.due_on
    assert row["overdue_days"] == (demo.MEETINGS[-1][0].date() - told.due_on).days


def test_an_agency_moved_up(home: Path) -> None:
    told, found = expected().moved_up, filled(home, "standard_score")
    now = only(found, agency_id=told.agency_id, year_id=told.years[-1], standard_id=told.standard_id)
    assert (round(now["before_percent"], 1), round(now["self_percent"], 1)) == told.percent
    assert now["change"] > 0


def test_threes_without_evidence_of_impact_count_two(home: Path) -> None:
    told, found = expected().claimed, filled(home, "standard_score")
    row = only(found, agency_id=told.agency_id, year_id=told.year, standard_id=told.standard_id)
    assert round(row["self_percent"], 1) == told.percent
    answers = [
        row for row in filled(home, "answer") if (row["agency_id"], row["year_id"]) == (told.agency_id, told.year)
    ]
    mine = [row for row in answers if row["statement_id"].startswith(f"{told.standard_id}.")]
    assert {(row["self_score"], row["self_points"]) for row in mine} == {("s3", 2.0)}


def test_an_honest_low_score_stands_beside_good_grades(home: Path) -> None:
    told = expected().honest
    score = only(
        filled(home, "standard_score"), agency_id=told.agency_id, year_id=told.year, standard_id=told.standard_id
    )
    assert round(score["self_percent"], 1) == told.percent
    graded = [
        row
        for row in filled(home, "audit_grade")
        if (row["audit_ref"], row["domain"], row["whose"]) == (told.audit_ref, told.audit_domain, told.agency_id)
    ]
    moderated = only(graded, basis="moderated")
    assert (moderated["good_or_better"], moderated["n"]) == (told.good_or_better, told.graded)


def test_moderation_moved_whom_it_was_told_to_move(home: Path) -> None:
    told, found = expected().moderation, filled(home, "standard_score")
    gaps = {
        agency_id: [
            row["gap"] for row in found if (row["agency_id"], row["year_id"]) == (agency_id, year) and row["moderated"]
        ]
        for agency_id, year in {**told.lowered, **told.raised, **told.confirmed}.items()
    }
    assert all(gaps.values())
    # Own score less moderated, or the other way round: one sign for those that were lowered, the other for those raised.
    signs = {agency_id: {gap > 0 for gap in mine if gap} for agency_id, mine in gaps.items()}
    lowered, raised = ({sign for one in names for sign in signs[one]} for names in (told.lowered, told.raised))
    assert len(lowered) == len(raised) == 1
    assert lowered != raised
    assert not any(signs[one] for one in told.confirmed)


def test_the_median_of_one_sector_fell(home: Path) -> None:
    told, found = expected().fell, filled(home, "sector_score")
    now = only(
        found,
        sector=told.sector,
        instrument_id=told.instrument_id,
        standard_id=told.standard_id,
        year_id=told.years[-1],
    )
    assert now["before_median"] - now["median"] > 10


@pytest.mark.parametrize("audience", demo.AUDIENCES)
def test_scores_of_a_few_are_hidden(home: Path, audience: str) -> None:
    told = expected().hidden
    mine = [row for row in filled(home, "sector_score", audience) if row["sector"] == told.sector]
    assert {(row["marker"], row["median"]) for row in mine} == {("c", None)}


def test_every_group_speaks_of_every_theme(home: Path) -> None:
    now = [row for row in filled(home, "group_view") if row["year_id"] == rounds().round[-1].year]
    assert len(now) == 24
    assert all(row["where_we_are"] and row["gap"] for row in now)


def test_the_re_audit_moved_what_it_was_told_to_move(home: Path) -> None:
    told = expected().re_audit
    found = {row["domain"]: row for row in filled(home, "audit_shift") if row["audit_ref"] == told.audit_ref}
    assert {row["before_ref"] for row in found.values()} == {told.before_ref}
    assert {name for name, row in found.items() if row["lower"] is not None and row["lower"] > 0} == set(told.rose)
    assert all(found[name]["lower"] <= 0 <= found[name]["upper"] for name in told.unmoved)


def test_the_programme_is_as_far_as_it_is_told(home: Path) -> None:
    told, found = expected().programme, filled(home, "audit")
    by_stage = {
        stage: {row["audit_ref"] for row in found if row["stage"] == stage}
        for stage in ("reported", "under_way", "planned")
    }
    assert by_stage == {"reported": set(told.reported), "under_way": set(told.under_way), "planned": set(told.planned)}


def test_no_table_gives_grades_of_fewer_than_six_cases(home: Path) -> None:
    few = [
        (audit.ref, grade.domain, grade.whose)
        for audit in audits().audit
        for grade in audit.grade
        if grade.whose and sum(grade.counts) < 6
    ]
    assert few, "the sample has none, and so shows nothing"
    for row in filled(home, "audit_grade"):
        if (row["audit_ref"], row["domain"], row["whose"]) in few:
            assert (row["n"], row["good_or_better"]) == (None, None)


def test_findings_became_recommendations_of_the_learning_log(home: Path) -> None:
    found = filled(home, "audit_finding")
    became = {row["recommendation_id"] for row in found if row["recommendation_id"]}
    assert became == set(expected().programme.became_recommendations)
    known = {row["recommendation_id"] for row in rows(home, "executive", "recommendation")}
    assert became <= known


def test_every_agency_has_a_line_in_the_assurance_matrix(home: Path) -> None:
    found = filled(home, "assurance")
    assert {row["agency_id"] for row in found} == {agency.id for agency in catalogue().assessing}


@pytest.mark.parametrize("audience", demo.AUDIENCES)
def test_no_release_names_a_body_of_the_register(home: Path, audience: str) -> None:
    now = current(home, audience)
    assert now is not None
    with duckdb.connect(str(now.path), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("select table_name from information_schema.tables").fetchall()]
    said = {
        str(value)
        for table in tables
        for row in rows(home, audience, table)
        for value in row.values()
        if isinstance(value, str)
    }
    assert len(said) > 100
    text = "\n".join(said)
    for body in respondents():
        # A seat of the partnership is called by what it is, as many sentences are; its reference is its own.
        assert body.respondent_id not in text
        assert "partnership" in body.instruments or body.name not in text


@pytest.mark.parametrize("audience", ["partnership", "public"])
def test_no_agencys_answers_leave_the_executive(home: Path, audience: str) -> None:
    for table in ("answer", "standard_score", "development_action"):
        assert rows(home, audience, table) == []
