from __future__ import annotations

import warnings
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from pipelines.checking import check
from pipelines.flows import returns, scrutiny
from pipelines.store import records
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.problems import UserError
from schemas.returns import kinds
from tests.pipelines.agreed import invented
from tests.pipelines.log_book import ACTION, RECOMMENDATION, write

pytestmark = pytest.mark.slow

AT = datetime(2026, 10, 20, 12, tzinfo=UTC)
STEWARD = Actor("s", "business_unit")
POLICE = Actor("p", "analyst", "wyp_leeds")
LOGS = [kind.id for kind in kinds().values() if kind.is_log]


def learning(**sheets):
    return {"Recommendations": [RECOMMENDATION], "Actions": [ACTION], **sheets}


def rules(report):
    return {problem.rule for problem in report.problems}


def held(home, kind="learning"):
    with transaction(home, write=False) as connection:
        return records.standing(connection, kinds()[kind])


def test_good_records_count_whatever_stands_beside_them(tmp_path):
    bad = RECOMMENDATION | {"recommendation_id": "R-02", "due_on": "soon"}
    path = write(tmp_path / "a.xlsx", learning(Recommendations=[RECOMMENDATION, bad]))
    report = check(path, today=AT.date())
    assert report.exit_code == 1
    assert report.verdict == "accepted_with_queries"
    assert list(report.records["Recommendations"]["recommendation_id"]) == ["R-01"]
    told = next(p for p in report.problems if p.rule == "log_day_cannot_be_read")
    assert (told.sheet, told.cell, told.value) == ("Recommendations", "M3", "soon")


@pytest.mark.parametrize(
    ("change", "rule", "cell"),
    [
        ({"source": "Rapid reviw"}, "log_choice_is_not_in_the_list", "D2"),
        ({"agency_id": "The Ministry"}, "log_agency_is_not_known", "J2"),
        ({"title": ""}, "log_cell_is_empty", "B2"),
        ({"recommendation_id": "943 476 5919 1"}, "person_level_data", None),
        ({"recommendation_id": "Child AB"}, "log_reference_may_name_somebody", "A2"),
        ({"owner_role": "Mr Smith"}, "log_words_name_somebody", "K2"),
        ({"text": "a " * 900}, "log_words_are_too_long", "C2"),
    ],
)
def test_each_cell_that_cannot_be_kept_is_named(tmp_path, change, rule, cell):
    path = write(tmp_path / "a.xlsx", {"Recommendations": [RECOMMENDATION | change]})
    report = check(path, today=AT.date())
    told = [problem for problem in report.problems if problem.rule == rule]
    assert [problem.cell for problem in told] == [cell]
    assert report.verdict == "refused"


def test_what_may_name_somebody_is_never_repeated(tmp_path):
    path = write(tmp_path / "a.xlsx", {"Recommendations": [RECOMMENDATION | {"owner_role": "Mr Oddlysaid"}]})
    assert "Oddlysaid" not in str(check(path, today=AT.date()).as_dict())


def test_words_of_a_handful_are_asked_about_and_kept(tmp_path):
    path = write(tmp_path / "a.xlsx", learning(Actions=[ACTION | {"note": "Seen with 3 children"}]))
    report = check(path, today=AT.date())
    assert "log_words_tell_of_a_few" in rules(report)
    assert len(report.records["Actions"]) == 1


def test_what_belongs_to_a_record_nobody_sent_is_left_out_with_all_that_hangs_on_it(tmp_path):
    loose = ACTION | {"action_id": "R-09.1", "recommendation_id": "R-09"}
    proof = {
        "evidence_id": "E-1", "recommendation_id": "R-01", "action_id": "R-09.1", "kind": "Audit",
        "true_of": date(2026, 9, 1), "finding": "Seen in 11 of 14",
    }  # fmt: skip
    report = check(write(tmp_path / "a.xlsx", learning(Actions=[ACTION, loose], Evidence=[proof])), today=AT.date())
    assert list(report.records["Actions"]["action_id"]) == ["R-01.1"]
    assert "Evidence" not in report.records
    told = [p.rule for p in report.problems if p.rule.startswith("log_record_")]
    assert told == ["log_record_is_not_there", "log_record_it_belongs_to_was_left_out"]


def test_two_rows_for_one_record_are_both_named_unless_they_agree(tmp_path):
    other = ACTION | {"status": "Done", "done_on": date(2026, 3, 1)}
    report = check(write(tmp_path / "a.xlsx", learning(Actions=[ACTION, other])), today=AT.date())
    told = [p for p in report.problems if p.rule == "log_record_is_given_twice"]
    assert {p.cell for p in told} == {"A2", "A3"}
    assert "Actions" not in report.records
    again = check(write(tmp_path / "b.xlsx", learning(Actions=[ACTION, ACTION])), today=AT.date())
    assert len(again.records["Actions"]) == 1


def test_a_row_that_only_repeats_another_stands_beside_two_that_differ(tmp_path):
    two = ACTION | {"action_id": "R-01.2"}
    differs = two | {"status": "Done", "done_on": date(2026, 3, 1)}
    path = write(tmp_path / "a.xlsx", learning(Actions=[ACTION, two, ACTION, differs]))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        report = check(path, today=AT.date())
    assert list(report.records["Actions"]["action_id"]) == ["R-01.1"]
    assert {p.cell for p in report.problems if p.rule == "log_record_is_given_twice"} == {"A3", "A5"}


def test_headings_and_sheets_are_known_by_what_they_mean(tmp_path):
    path = write(tmp_path / "a.xlsx", learning())
    book = load_workbook(path)
    book["Actions"].title = "Action plan 2026"
    book["Recommendations"]["A1"] = "Rec Ref"
    book.save(path)
    report = check(path, today=AT.date())
    assert {name: len(frame) for name, frame in report.records.items()} == {"Recommendations": 1, "Actions": 1}


def test_a_log_is_known_without_a_cover_but_not_whose_it_is(tmp_path):
    report = check(write(tmp_path / "a.xlsx", learning(), cover=False), today=AT.date())
    assert report.kind == "learning"
    assert {"agency_is_missing", "period_is_missing"} <= rules(report)
    assert report.exit_code == 2


@pytest.mark.parametrize("kind", LOGS)
def test_an_empty_log_says_how_to_begin(tmp_path, kind):
    sender = "scrutineer" if kind == "scrutiny" else "bu"
    actor = Actor("x", "scrutineer") if kind == "scrutiny" else STEWARD
    period = {"year": "2026-27", "quarter": "2026-27-Q2"}[kinds()[kind].every]
    returns.write_template(tmp_path, actor, kind, sender, period, tmp_path / "t.xlsx", at=AT)
    report = check(tmp_path / "t.xlsx", today=AT.date())
    assert report.kind == kind
    assert "log_is_empty" in rules(report)
    assert (report.verdict, report.exit_code) == ("refused", 1)


def test_what_is_not_named_stands_and_what_is_named_changes(tmp_path):
    second = RECOMMENDATION | {"recommendation_id": "R-02", "title": "Ask about family history"}
    returns.submit(tmp_path, STEWARD, write(tmp_path / "a.xlsx", learning()), AT)
    done = ACTION | {"status": "Done", "done_on": date(2026, 3, 20)}
    later = write(tmp_path / "b.xlsx", {"Recommendations": [second], "Actions": [done]}, period="2026-27-Q3")
    loaded = returns.submit(tmp_path, STEWARD, later, AT.replace(day=21))
    assert next(iter(loaded.receipt.changes["now"])) == "New"
    assert "Status: Done; Done on: 20 March 2026" in set(loaded.receipt.changes["now"])
    stands = held(tmp_path)
    assert list(stands["Recommendations"]["recommendation_id"]) == ["R-01", "R-02"]
    assert list(stands["Actions"]["status"]) == ["done"]
    first = stands["Actions"].iloc[0]
    assert first["first_received_at"] < first["received_at"]


def test_withdrawing_a_submission_brings_back_what_stood_before_it(tmp_path):
    returns.submit(tmp_path, STEWARD, write(tmp_path / "a.xlsx", learning()), AT)
    done = write(tmp_path / "b.xlsx", {"Actions": [ACTION | {"status": "Done", "done_on": date(2026, 3, 1)}]})
    sent = returns.submit(tmp_path, STEWARD, done, AT.replace(day=21))
    returns.withdraw(tmp_path, STEWARD, sent.receipt.submission_id, "Wrong action", AT.replace(day=22))
    assert list(held(tmp_path)["Actions"]["status"]) == ["in_progress"]


def test_the_very_same_log_again_changes_nothing(tmp_path):
    path = write(tmp_path / "a.xlsx", learning())
    returns.submit(tmp_path, STEWARD, path, AT)
    assert returns.submit(tmp_path, STEWARD, path, AT.replace(day=21)).receipt.unchanged


def test_an_agency_changes_its_own_action_and_nobody_elses(tmp_path):
    theirs = RECOMMENDATION | {"recommendation_id": "R-02", "agency_id": "lch"}
    act = ACTION | {"action_id": "R-02.1", "recommendation_id": "R-02", "agency_id": "lch"}
    returns.submit(
        tmp_path,
        STEWARD,
        write(tmp_path / "a.xlsx", learning(Recommendations=[RECOMMENDATION, theirs], Actions=[ACTION, act])),
        AT,
    )
    done = {"status": "Done", "done_on": date(2026, 3, 1)}
    mine = write(tmp_path / "b.xlsx", {"Actions": [ACTION | done, act | done]}, agency="wyp_leeds")
    report = returns.submit(tmp_path, POLICE, mine, AT.replace(day=21)).report
    assert "log_record_is_not_there" in rules(report)  # what is not theirs is not there for them
    assert dict(held(tmp_path)["Actions"][["action_id", "status"]].itertuples(index=False)) == {
        "R-01.1": "done", "R-02.1": "in_progress",
    }  # fmt: skip


def test_an_agency_cannot_take_an_action_over_by_naming_itself(tmp_path):
    returns.submit(tmp_path, STEWARD, write(tmp_path / "a.xlsx", learning()), AT)
    path = write(tmp_path / "b.xlsx", {"Actions": [ACTION | {"agency_id": "lch", "status": "Done"}]}, agency="lch")
    report = returns.submit(tmp_path, Actor("h", "analyst", "lch"), path, AT.replace(day=21)).report
    assert report.records == {}
    assert list(held(tmp_path)["Actions"]["agency_id"]) == ["wyp_leeds"]


PROOF = {
    "evidence_id": "E-90", "recommendation_id": "R-01", "kind": "Audit or dip sample", "true_of": date(2026, 9, 1),
    "finding": "Seen in 20 of 20 files", "level_claimed": 3,
}  # fmt: skip
SHARED = {
    "share_id": "D-90", "recommendation_id": "R-01", "shared_on": date(2023, 10, 1), "how": "Newsletter or website",
    "sector": "Health", "people": 99999,
}  # fmt: skip
MEASURE = {
    "recommendation_id": "R-01", "indicator_id": "CP09", "expected": "Lower", "changed_on": date(2025, 1, 1),
    "review_on": date(2026, 1, 1), "registered_on": date(2024, 12, 1),
}  # fmt: skip


@pytest.mark.parametrize(
    "sheets",
    [
        {"Actions": [ACTION | {"action_id": "R-01.9", "agency_id": "lch"}], "Evidence": [PROOF]},
        {"Actions": [ACTION | {"action_id": "R-01.9", "agency_id": "lch"}], "Measures": [MEASURE]},
        {"Actions": [ACTION | {"action_id": "R-01.9", "agency_id": "lch"}], "Dissemination": [SHARED]},
    ],
)
def test_an_agency_gets_no_hold_of_a_recommendation_by_adding_to_it(tmp_path, sheets):
    returns.submit(tmp_path, STEWARD, write(tmp_path / "a.xlsx", learning()), AT)
    path = write(tmp_path / "b.xlsx", sheets, agency="lch")
    report = returns.check_file(tmp_path, Actor("h", "analyst", "lch"), path, AT)
    assert report.records == {}
    assert "log_record_is_not_there" in rules(report)  # as if it did not exist: whether it does is not theirs to learn


def test_who_has_an_action_may_show_and_share_but_not_promise(tmp_path):
    theirs = ACTION | {"action_id": "R-01.2", "agency_id": "lch"}
    returns.submit(tmp_path, STEWARD, write(tmp_path / "a.xlsx", learning(Actions=[ACTION, theirs])), AT)
    sheets = {"Evidence": [PROOF], "Dissemination": [SHARED | {"shared_on": date(2026, 9, 1)}], "Measures": [MEASURE],
              "Actions": [theirs | {"action_id": "R-01.3"}]}  # fmt: skip
    report = returns.check_file(
        tmp_path, Actor("h", "analyst", "lch"), write(tmp_path / "b.xlsx", sheets, agency="lch"), AT
    )
    assert set(report.records) == {"Evidence", "Dissemination"}


@pytest.mark.parametrize("change", [{"recommendation_id": "R-02"}, {"agency_id": "lch"}])
def test_an_agency_cannot_move_its_action_elsewhere(tmp_path, change):
    other = RECOMMENDATION | {"recommendation_id": "R-02", "title": "Something else entirely"}
    returns.submit(tmp_path, STEWARD, write(tmp_path / "a.xlsx", learning(Recommendations=[RECOMMENDATION, other])), AT)
    path = write(tmp_path / "b.xlsx", {"Actions": [ACTION | change]}, agency="wyp_leeds")
    report = returns.check_file(tmp_path, POLICE, path, AT)
    assert report.records == {}


@pytest.mark.parametrize("source", ["Rapid review", "Inspection"])
def test_what_a_check_says_or_does_not_say_tells_nothing_of_where_a_recommendation_came_from(tmp_path, source):
    mine = RECOMMENDATION | {"source": source, "source_ref": "RV-2025-02"}
    returns.submit(tmp_path, STEWARD, write(tmp_path / "a.xlsx", learning(Recommendations=[mine])), AT)
    sheets = {
        "Dissemination": [SHARED],
        "Evidence": [PROOF],
        "Actions": [ACTION | {"note": "Going well", "status": "Done"}],
    }
    report = returns.check_file(tmp_path, POLICE, write(tmp_path / "b.xlsx", sheets, agency="wyp_leeds"), AT)
    told = sorted((p.rule, p.message) for p in report.problems)
    assert not any("review" in message.lower() or "inspection" in message.lower() for _, message in told)
    assert "learning_is_shared_before_it_was_agreed" not in {rule for rule, _ in told}


def test_an_agency_learns_nothing_of_a_recommendation_by_sending_it_again(tmp_path):
    returns.submit(tmp_path, STEWARD, write(tmp_path / "a.xlsx", learning()), AT)
    for source in ("Multi-agency audit", "Rapid review"):  # as it stands, and otherwise
        path = write(
            tmp_path / "b.xlsx", {"Recommendations": [RECOMMENDATION | {"source": source}]}, agency="wyp_leeds"
        )
        report = returns.check_file(tmp_path, POLICE, path, AT)
        assert "log_record_is_another_agencys" in rules(report)
        assert returns.preview(tmp_path, POLICE, report).empty


def test_an_agencys_template_holds_its_actions_and_no_recommendation_of_others(tmp_path):
    returns.submit(tmp_path, STEWARD, write(tmp_path / "a.xlsx", learning()), AT)
    out = tmp_path / "t.xlsx"
    returns.write_template(tmp_path, POLICE, "learning", "wyp_leeds", "2026-27-Q3", out, at=AT)
    book = load_workbook(out)
    first = {name: book[name].cell(5, 1).value for name in ("Actions", "Recommendations", "Measures")}
    assert first == {"Actions": "R-01.1", "Recommendations": None, "Measures": None}


@pytest.mark.parametrize("kind", ["reviews", "concerns", "scrutiny"])
def test_logs_few_may_see_are_sent_by_their_keeper_only(tmp_path, kind):
    path = write(tmp_path / "a.xlsx", {kinds()[kind].data.name: [{}]}, kind=kind, agency="ltht")
    report = check(path, today=AT.date())
    assert "log_is_kept_by_others" in rules(report)
    assert report.exit_code == 2
    with pytest.raises(UserError, match=r"sent by .* only"):
        returns.write_template(tmp_path, STEWARD, kind, "ltht", "2026-27-Q2", tmp_path / "t.xlsx", at=AT)


def test_the_scrutineers_view_is_theirs_alone(tmp_path):
    returns.submit(tmp_path, STEWARD, write(tmp_path / "a.xlsx", learning()), AT)
    view = ("R-01", "challenge", "Only one team was looked at; show the others too.", 3, "")
    words = scrutiny.place_view(tmp_path, Actor("i", "scrutineer"), *view, AT)
    assert words == "scrutineer.scrutiny.2026-27-Q3.v1: accepted."
    assert list(held(tmp_path, "scrutiny")["Views"]["view"]) == ["challenge"]
    with pytest.raises(UserError, match="There is no recommendation R-99"):
        scrutiny.place_view(tmp_path, Actor("i", "scrutineer"), "R-99", *view[1:], AT)
    scrutiny.place_view(
        tmp_path, Actor("i", "scrutineer"), "R-01", "accept", "The other teams show it as well.", 3, "", AT
    )
    assert sorted(held(tmp_path, "scrutiny")["Views"]["view"]) == ["accept", "challenge"]
    path = write(tmp_path / "b.xlsx", {"Views": [{"recommendation_id": "R-01", "viewed_on": date(2026, 10, 20), "view": "Accept",
                 "reason": "It looks good to everybody here."}]}, kind="scrutiny", agency="scrutineer")  # fmt: skip
    for actor in (STEWARD, POLICE):
        with pytest.raises(UserError):
            scrutiny.place_view(tmp_path, actor, *view, AT)
        with pytest.raises(UserError, match="Only the independent scrutineer"):
            returns.submit(tmp_path, actor, path, AT)
    assert sorted(held(tmp_path, "scrutiny")["Views"]["view"]) == ["accept", "challenge"]


def test_the_template_fills_in_what_stands_open_and_sends_it_back_unchanged(tmp_path):
    closed = RECOMMENDATION | {"recommendation_id": "R-02"}
    done = ACTION | {"action_id": "R-02.1", "recommendation_id": "R-02", "status": "Done", "done_on": date(2026, 3, 1)}
    returns.submit(
        tmp_path,
        STEWARD,
        write(tmp_path / "a.xlsx", learning(Recommendations=[RECOMMENDATION, closed], Actions=[ACTION, done])),
        AT,
    )
    out = tmp_path / "t.xlsx"
    returns.write_template(tmp_path, STEWARD, "learning", "bu", "2026-27-Q3", out, at=AT)
    sheet = load_workbook(out)["Recommendations"]
    assert [row[0] for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]] == ["R-01"]
    report = returns.check_file(tmp_path, STEWARD, out, AT)
    assert "log_records_are_as_before" in rules(report)
    assert returns.preview(tmp_path, STEWARD, report).empty


def test_nobody_learns_of_others_records_by_checking_a_made_up_file(tmp_path):
    returns.submit(tmp_path, STEWARD, write(tmp_path / "a.xlsx", learning()), AT)
    path = write(tmp_path / "b.xlsx", {"Actions": [ACTION]})
    report = returns.check_file(tmp_path, POLICE, path, AT)  # a file that says it is the business unit's
    assert "log_record_is_not_there" in rules(report)


def test_a_log_of_a_quarter_that_has_not_begun_is_refused(tmp_path):
    report = check(write(tmp_path / "a.xlsx", learning(), period="2026-27-Q4"), today=AT.date())
    assert "log_is_ahead_of_its_time" in rules(report)
    assert report.exit_code == 2


def test_a_formula_in_a_log_stays_text(tmp_path):
    path = write(tmp_path / "a.xlsx", learning(Actions=[ACTION | {"note": "=2+2"}]))
    report = check(path, today=AT.date())
    assert report.records["Actions"]["note"].iloc[0] == "=2+2"


def coverage_of(home, today):
    from pipelines.publishing import assemble
    from pipelines.publishing.coverage import coverage
    from schemas.catalogue import catalogue

    with transaction(home, write=False) as connection:
        found = coverage(assemble(connection, catalogue(), today))
    mine = found[found["kind"].eq("learning")]
    return dict(zip(mine["period_id"], mine["state"], strict=True))


@pytest.fixture
def with_figures(tmp_path):
    """A home with one return of figures, so that there is something to publish."""
    from sample_data import book
    from tests.pipelines.good_return import good_book

    returns.submit(invented(tmp_path), STEWARD, book.write(good_book(), tmp_path / "figures.xlsx"), AT)
    return tmp_path


def test_a_log_is_owed_from_its_first_quarter_and_caught_up_by_a_later_one(with_figures):
    home = with_figures
    returns.submit(home, STEWARD, write(home / "a.xlsx", learning(), period="2025-26-Q4"), AT.replace(month=4))
    assert coverage_of(home, date(2026, 10, 20)) == {
        "2025-26-Q4": "received with queries", "2026-27-Q1": "late", "2026-27-Q2": "not yet due",
    }  # fmt: skip
    returns.submit(home, STEWARD, write(home / "b.xlsx", {"Actions": [ACTION | {"note": "Going well"}]}), AT)
    assert coverage_of(home, date(2026, 11, 20))["2026-27-Q1"] == "received with a later one"


def test_a_log_does_not_pass_for_a_return_of_figures(with_figures):
    from pipelines.queries import inbox

    home = with_figures
    returns.submit(home, STEWARD, write(home / "a.xlsx", learning()), AT)
    states = {each.period.id: each.state for each in inbox.returns_owed(home, STEWARD, "bu", AT.date())}
    assert "received" not in states.values()
    owed = {log.kind: log.state for log in inbox.logs_owed(home, STEWARD, "bu", AT.date()) if log.is_owed}
    assert owed["learning"] == "received"
    assert owed["voice"] == "due"


def test_a_home_with_nothing_but_a_log_is_published(tmp_path):
    from pipelines.flows import publication
    from pipelines.publishing import Order
    from pipelines.queries.learning import learning as read
    from pipelines.queries.pointer import current

    invented(tmp_path)
    returns.submit(tmp_path, STEWARD, write(tmp_path / "a.xlsx", learning()), AT)
    for audience in ("executive", "partnership", "public"):
        publication.publish(tmp_path, Order(audience, "Test", STEWARD, AT))
    assert [one.recommendation_id for one in read(current(tmp_path, "executive")).recommendations] == ["R-01"]


def test_a_log_and_figures_are_published_together_and_exported(with_figures):
    from pipelines.flows import export, publication
    from pipelines.publishing import Order

    home = with_figures
    returns.submit(home, STEWARD, write(home / "a.xlsx", learning(Actions=[ACTION | {"note": "=2+2"}])), AT)
    publication.publish(home, Order("partnership", "Test", STEWARD, AT))
    out = home / "actions.csv"
    said = export.export(home, STEWARD, "partnership", "actions", out, AT)
    assert said == f"Wrote 1 rows to {out}, marked OFFICIAL-SENSITIVE."
    text = out.read_text(encoding="utf-8-sig")
    assert "R-01.1" in text
    assert ",=2+2" not in text
