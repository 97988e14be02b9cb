"""The logs of the sample: consistent within themselves, taken when good, caught when spoilt, true in the figures."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from pipelines.checking import check
from pipelines.flows.demo_arrivals import LOGS, queue_of
from sample_data.generator import LATEST, chosen
from sample_data.logs.faulty import MISTAKES, faulty_log, place
from sample_data.logs.files import kind_of, write_logs
from sample_data.logs.learning import recommendations
from sample_data.logs.records import Record, Update, grown
from sample_data.logs.returns import SENT, log_returns, records, standing
from schemas.catalogue import catalogue
from schemas.catalogue.cycle import due_on
from schemas.periods import of_kind, parse
from schemas.returns.records import model, overlaid, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipelines.checking import Report

pytestmark = pytest.mark.slow

END = parse(LATEST).end
SHEETS = sorted({(record.kind, record.sheet) for record in records()})
TODAY = date(2026, 10, 28)


@pytest.fixture(scope="module")
def stand() -> dict[str, list[dict[str, Any]]]:
    return {sheet: standing(kind, sheet, END) for kind, sheet in SHEETS}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_logs(tmp_path_factory.mktemp("logs"), catalogue())


Loaded = tuple[dict[str, "Report"], dict[tuple[str, str], pd.DataFrame]]


@pytest.fixture(scope="module")
def loaded(files: list[Path]) -> Loaded:
    return in_order(files)


def in_order(files: list[Path]) -> Loaded:
    """Every file checked in the order it came in, against what stood of its log by then; and what stands in the end."""
    held: dict[tuple[str, str], pd.DataFrame] = {}
    reports: dict[str, Report] = {}
    for path in files:
        today = due_on(catalogue(), parse(path.name.split("_")[1])) - timedelta(days=3)
        # Beside its own records a log is held against the recommendations they speak of.
        before = {
            sheet: frame
            for (kind, sheet), frame in held.items()
            if f"_{kind}_" in path.name or sheet == "Recommendations"
        }
        report = check(path, today=today, held=lambda _kind, _sender, before=before: before)
        reports[path.name] = report
        for sheet, text in report.records.items():
            layout = kind_of(report.kind).sheet(sheet)
            now = typed(layout, text).reset_index(drop=True).assign(sent_by=report.agency_id)
            key = (report.kind, sheet)
            held[key] = overlaid(layout, held[key], now) if key in held else now
    return reports, held


def as_text(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def named(stand: dict[str, list[dict[str, Any]]], sheet: str, column: str) -> dict[str, dict[str, Any]]:
    return {cells[column]: cells for cells in stand[sheet]}


@pytest.mark.parametrize(("kind", "sheet"), SHEETS)
def test_every_record_is_what_its_sheet_holds(kind: str, sheet: str) -> None:
    layout = kind_of(kind).sheet(sheet)
    rows = [{c.name: as_text(cells.get(c.name)) for c in layout.columns} for cells in standing(kind, sheet, END)]
    assert {name for cells in standing(kind, sheet, END) for name in cells} <= {c.name for c in layout.columns}
    model(layout).validate(typed(layout, pd.DataFrame(rows, dtype="str")))


@pytest.mark.parametrize(("kind", "sheet"), SHEETS)
def test_every_choice_is_in_its_list(kind: str, sheet: str) -> None:
    known = catalogue()
    for column in kind_of(kind).sheet(sheet).columns:
        found = {cells[column.name] for cells in standing(kind, sheet, END) if column.name in cells}
        if column.holds == "choice":
            own = known.breakdowns.get(column.choices)
            assert found <= ({c.id for c in own.categories} if own else set(known.choices[column.choices])), column.name
        if column.holds in {"agency", "indicator"}:
            assert found <= set(known.agencies if column.holds == "agency" else known.indicators), column.name


@pytest.mark.parametrize(("kind", "sheet"), SHEETS)
def test_needed_cells_are_filled_and_words_have_room(kind: str, sheet: str) -> None:
    for column in kind_of(kind).sheet(sheet).columns:
        for cells in standing(kind, sheet, END):
            value = cells.get(column.name)
            assert value not in {None, ""} or not column.needed, (column.name, cells)
            assert column.holds != "words" or len(as_text(value)) <= column.longest, (column.name, cells)


@pytest.mark.parametrize(("kind", "sheet"), SHEETS)
def test_no_day_of_a_record_is_later_than_it_was_known(kind: str, sheet: str) -> None:
    ahead = {"due_on", "changed_on", "review_on", "follow_up_on"}
    for cells in standing(kind, sheet, END):
        late = {k: v for k, v in cells.items() if isinstance(v, date) and k not in ahead and v > END}
        assert late == {}, cells


def test_every_source_and_nearly_every_theme_has_a_recommendation(stand: dict[str, list[dict[str, Any]]]) -> None:
    lists = catalogue().choices
    found = stand["Recommendations"]
    assert {cells["source"] for cells in found} == set(lists["source"])
    # Topics that only courses are about have none.
    unused = {"disability", "sudden_death", "safer_recruitment"}
    assert {cells["theme"] for cells in found} == set(lists["theme"]) - unused
    assert {cells["kind"] for cells in stand["Evidence"]} >= {"document", "audit", "figures", "family_voice"}
    assert {cells["status"] for cells in stand["Actions"]} == set(lists["action_status"])


def test_what_belongs_to_a_recommendation_finds_it_and_comes_after_it(stand: dict[str, list[dict[str, Any]]]) -> None:
    agreed = {name: cells["agreed_on"] for name, cells in named(stand, "Recommendations", "recommendation_id").items()}
    actions = named(stand, "Actions", "action_id")
    for cells in (*stand["Evidence"], *stand["Dissemination"]):
        came = cells.get("received_on") or cells["shared_on"]
        assert came >= agreed[cells["recommendation_id"]], cells
        if "action_id" in cells:
            assert actions[cells["action_id"]]["recommendation_id"] == cells["recommendation_id"]
    for cells in (*stand["Measures"], *stand["Views"]):
        assert (cells.get("registered_on") or cells["viewed_on"]) >= agreed[cells["recommendation_id"]], cells
    for found in recommendations():
        for action in found.actions:
            ended_on = action.done_on or action.stopped_on
            assert found.agreed_on < (action.started_on or END), found.id
            assert ended_on is None or (action.started_on is not None and action.started_on < ended_on), found.id
    assert set(agreed) == {cells["recommendation_id"] for cells in stand["Actions"]}


def test_two_pieces_of_evidence_are_older_than_their_recommendation_and_one_than_the_change(
    stand: dict[str, list[dict[str, Any]]],
) -> None:
    whole = named(stand, "Recommendations", "recommendation_id")
    before = {e["evidence_id"] for e in stand["Evidence"] if e["true_of"] < whole[e["recommendation_id"]]["agreed_on"]}
    assert before == {"E-005", "E-008"}
    changed = {cells["recommendation_id"]: cells["changed_on"] for cells in stand["Measures"]}
    early = {
        e["evidence_id"]
        for e in stand["Evidence"]
        if e["level_claimed"] >= 3 and e["true_of"] < changed.get(e["recommendation_id"], date.min)
    }
    assert early == {"E-005", "E-006"}


def test_one_measure_was_registered_after_the_fact(stand: dict[str, list[dict[str, Any]]]) -> None:
    late = [cells["recommendation_id"] for cells in stand["Measures"] if cells["registered_on"] > cells["changed_on"]]
    assert late == ["R-06"]


def test_a_review_follows_its_incident_and_a_recommendation_its_source(stand: dict[str, list[dict[str, Any]]]) -> None:
    incidents, reviews = named(stand, "Incidents", "incident_ref"), named(stand, "Reviews", "review_ref")
    for cells in reviews.values():
        if cells.get("incident_ref"):
            assert incidents[cells["incident_ref"]]["notified_on"] < cells["started_on"], cells
        days = [cells[name] for name in ("started_on", "sent_on", "panel_reply_on", "published_on") if cells.get(name)]
        assert days == sorted(days), cells
    heard = named(stand, "Heard", "voice_ref")
    for cells in stand["Recommendations"]:
        review = reviews.get(cells["source_ref"])
        assert (review is not None) == cells["source_ref"].startswith("RV-"), cells["source_ref"]
        if review is not None:
            told_by = review.get("sent_on") or review.get("published_on")
            assert told_by is not None
            assert told_by < cells["agreed_on"], cells["source_ref"]
        if cells["source"] == "voice":
            assert heard[cells["source_ref"]]["heard_on"] < cells["agreed_on"]


def test_incidents_clocks_are_met_but_one_and_a_local_review_is_running(stand: dict[str, list[dict[str, Any]]]) -> None:
    waits = {c["incident_ref"]: len(pd.bdate_range(c["known_on"], c["notified_on"])) - 1 for c in stand["Incidents"]}
    assert {name for name, days in waits.items() if days > 5} == {"SI-2024-03"}
    running = [c["review_ref"] for c in stand["Reviews"] if c["review_type"] == "lcspr" and "published_on" not in c]
    assert running == ["RV-2026-04"]
    assert len(stand["Incidents"]) == 9


def test_steps_of_a_concern_come_one_after_another(stand: dict[str, list[dict[str, Any]]]) -> None:
    assert 50 <= len(stand["Concerns"]) <= 70
    for cells in stand["Concerns"]:
        steps = [cells[n] for n in ("raised_on", "step_2_on", "step_3_on", "step_4_on", "closed_on") if n in cells]
        assert steps == sorted(steps), cells
        assert ("outcome" in cells) == ("closed_on" in cells)
        assert cells["raised_by"] != cells["raised_with"]


def test_no_answer_is_larger_than_what_was_asked(stand: dict[str, list[dict[str, Any]]]) -> None:
    for cells in stand["Answers"]:
        assert cells["agreed"] <= cells["replied"] <= cells["asked"], cells
    for cells in stand["Courses"]:
        changed, replies = cells.get("follow_up_changed", 0), cells.get("follow_up_replies", 0)
        assert changed <= replies <= cells["attended"] <= cells["places"], cells
        assert cells["paired"] <= cells["attended"]
        assert not cells["paired"] or 1 <= cells["before_mean"] <= 5 >= cells["after_mean"] >= 1, cells


def test_an_answer_to_what_was_heard_names_only_what_had_been_agreed(stand: dict[str, list[dict[str, Any]]]) -> None:
    agreed = {found.id: found.agreed_on for found in recommendations()}
    for cells in stand["Heard"]:
        ended = cells["response"] in {"completed", "decided_against"}
        assert ended == ("responded_on" in cells), cells
        assert "told_on" not in cells or cells["told_on"] > cells["responded_on"], cells
        if "recommendation_id" in cells:
            assert agreed[cells["recommendation_id"]] <= cells["responded_on"], cells


def test_training_is_followed_up_in_every_quarter_of_the_data_set(stand: dict[str, list[dict[str, Any]]]) -> None:
    replies = {quarter.id: 0 for quarter in chosen(20)}
    for cells in stand["Courses"]:
        if "follow_up_on" in cells:
            replies[of_kind("financial_quarter", cells["follow_up_on"]).id] += cells["follow_up_replies"]
    assert min(replies.values()) > 150


def test_learning_reached_the_third_sector_and_schools_but_never_early_years(
    stand: dict[str, list[dict[str, Any]]],
) -> None:
    reached = {cells["sector"] for cells in stand["Dissemination"]}
    assert {"third_sector", "education"} <= reached
    assert "early_years" not in reached


def test_a_record_grows_from_day_to_day() -> None:
    first, later = date(2025, 1, 6), date(2025, 3, 3)
    cells = {"ref": "A", "sent_on": later, "reply": "yes"}
    record = grown("reviews", "Reviews", first, cells, {"sent_on": later, "reply": None})
    assert record.as_at(first - timedelta(days=1)) == {}
    assert record.as_at(first) == {"ref": "A"}
    assert record.as_at(later) == {"ref": "A", "sent_on": later}


def test_a_record_moves_only_for_those_who_sent_something() -> None:
    day = date(2025, 6, 2)
    record = Record("learning", "Actions", (Update(day, {"status": "done"}, "lch"),))
    assert record.moved("lch", day - timedelta(days=1), day)
    assert not record.moved("lch", day, day + timedelta(days=90))
    assert not record.moved("bu", day - timedelta(days=1), day)


def test_each_return_holds_what_its_quarter_brought_and_the_first_what_went_before() -> None:
    whole = {found.name: found for found in log_returns(chosen(20))}
    assert len(whole) == sum(map(len, SENT.values())) == 32
    agreed = {name: [c["agreed_on"] for c in r.rows.get("Recommendations", ())] for name, r in whole.items()}
    for name, days in agreed.items():
        quarter = parse(name.split("_")[1])
        assert all(quarter.start <= day <= quarter.end for day in days), name
    fewer = next(r for r in log_returns(chosen(3)) if r.kind == "learning")
    until = parse("2025-26-Q4").end
    known = [found.id for found in recommendations() if found.agreed_on <= until]
    assert [cells["recommendation_id"] for cells in fewer.rows["Recommendations"]] == known


def test_every_file_says_that_it_is_synthetic(files: list[Path]) -> None:
    assert all(path.name.startswith("SYNTHETIC_") for path in files)
    assert {queue_of(path) for path in files} == {LOGS}


def test_the_same_files_come_out_every_time(files: list[Path], tmp_path: Path) -> None:
    again = write_logs(tmp_path, catalogue())
    assert [path.name for path in again] == [path.name for path in files]
    assert all(one.read_bytes() == other.read_bytes() for one, other in zip(files, again, strict=True))


def test_every_good_log_is_taken_whole(loaded: Loaded) -> None:
    reports, _ = loaded
    errors = {name: [(p.rule, p.message) for p in r.problems if p.severity == "error"] for name, r in reports.items()}
    assert {name: found for name, found in errors.items() if found} == {}
    assert all(report.rows == report.rows_accepted > 0 for report in reports.values())


def test_the_logs_of_three_quarters_stand_on_their_own(tmp_path: Path) -> None:
    reports, held = in_order(write_logs(tmp_path, catalogue(), quarters=3))
    assert [p for report in reports.values() for p in report.problems if p.severity == "error"] == []
    assert len(held["learning", "Recommendations"]) == len(recommendations())


def test_what_stands_in_the_end_is_what_was_written(
    loaded: Loaded,
) -> None:
    _, held = loaded
    for kind, sheet in SHEETS:
        key = kind_of(kind).sheet(sheet).key
        mine = {tuple(as_text(c.get(k)) for k in key): c for c in standing(kind, sheet, END)}
        theirs = {tuple(as_text(row[k].date() if hasattr(row[k], "date") else row[k]) for k in key): row
                  for row in held[kind, sheet].to_dict("records")}  # fmt: skip
        assert set(theirs) == set(mine)
        for name, cells in mine.items():
            for column, value in cells.items():
                kept = theirs[name][column]
                kept = kept.date() if isinstance(kept, datetime) else kept
                assert kept == value, (name, column)


def queries(reports: Mapping[str, Report], *kinds: str) -> set[str]:
    return {p.rule for r in reports.values() for p in r.problems if p.severity == "query" and r.kind in kinds}


def test_the_story_has_the_mistakes_it_was_given_and_no_others(loaded: Loaded) -> None:
    found = queries(loaded[0], "learning")
    about_the_indicator = {rule for rule in found if rule.startswith("linked_indicator_")}
    assert found - about_the_indicator == {
        "action_is_done_without_evidence",
        "action_is_overdue",
        "change_is_before_the_recommendation",
        "direction_is_registered_after_the_change",
        "evidence_claims_more_than_its_kind_shows",
        "evidence_is_older_than_the_change",
        "evidence_is_older_than_the_recommendation",
        "nobody_in_particular_is_accountable",
        "recommendation_is_measured_neither_way",
        "recommendation_is_overdue",
    }


def test_the_other_logs_are_asked_only_about_what_is_still_open(loaded: Loaded) -> None:
    found = queries(loaded[0], "reviews", "concerns", "training", "survey", "voice", "scrutiny")
    assert found <= {"concern_stands_still", "nobody_told_them", "voice_is_not_answered"}


def test_the_same_learning_is_found_again(loaded: Loaded) -> None:
    reports, _ = loaded
    again = [p.message for r in reports.values() for p in r.problems if p.rule == "learning_is_found_again"]
    assert len(again) == 1
    assert again[0].startswith("R-25 finds again what R-04")


def test_an_agency_updates_its_own_actions(
    loaded: Loaded,
) -> None:
    reports, held = loaded
    own = reports[f"SYNTHETIC_{LATEST}_lch_learning_v1.xlsx"]
    assert own.agency_id == "lch"
    actions = held["learning", "Actions"].set_index("action_id")
    assert list(actions.loc[["R-18.2", "R-20.2"], "status"]) == ["done", "done"]
    assert set(actions.loc[["R-18.2", "R-20.2"], "sent_by"]) == {"lch"}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake.rule}-{mistake.record}")
def test_every_mistake_is_caught_by_its_rule_on_its_record(mistake: Any, spoilt: Report, unspoilt: Report) -> None:
    where = (mistake.rule, mistake.sheet, place(mistake.sheet, mistake.record))
    assert where in {(p.rule, p.sheet, p.row) for p in spoilt.problems}
    assert where not in {(p.rule, p.sheet, p.row) for p in unspoilt.problems}


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return check(faulty_log(tmp_path_factory.mktemp("spoilt"), catalogue()), today=TODAY)


@pytest.fixture(scope="module")
def unspoilt(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return check(faulty_log(tmp_path_factory.mktemp("good"), catalogue(), ()), today=TODAY)


def test_good_records_are_taken_beside_the_mistakes(spoilt: Report, unspoilt: Report) -> None:
    assert spoilt.verdict == "accepted_with_queries"
    assert unspoilt.rows == unspoilt.rows_accepted == spoilt.rows
    assert 0.8 * spoilt.rows < spoilt.rows_accepted < spoilt.rows
