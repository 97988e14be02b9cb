"""A later return corrects an earlier quarter: what stands, what is told, what is published, and how it is taken back."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from itertools import pairwise

import duckdb
import pytest

from pipelines.flows import publication, returns, withdrawing
from pipelines.publishing import Order
from pipelines.queries import inbox
from pipelines.queries.coverage import coverage
from pipelines.queries.ledger import ledger
from pipelines.queries.pointer import current
from pipelines.queries.reading import rows
from pipelines.store import submissions
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pipelines.agreed import invented

pytestmark = pytest.mark.slow

STEWARD = Actor("Steward", "business_unit")
HEAD = "Agency,Indicator ID,Indicator,Period,Area,Breakdown,Category,Number,Out of,Value,Marker,Nil,Reason\n"
SPRING, SUMMER, WINTER = "2026-27-Q1", "2026-27-Q2", "2025-26-Q4"
LATE = "The June list of one team reached us only in August"
TAKEN_BACK = "These were the figures of another agency"
OF_SPRING, OF_SUMMER = f"probation_wy.figures.{SPRING}.v", f"probation_wy.figures.{SUMMER}.v"


def day(month: int, of_month: int = 20) -> datetime:
    return datetime(2026, month, of_month, 12, tzinfo=UTC)


def row(period: str, number: object, reason: str = "", indicator: str = "PO05") -> str:
    return f"probation_wy,{indicator},,{period},,,,{number},,,,,{reason}\n"


def sent(home, *lines: str, at: datetime, period: str = SUMMER):
    """Send rows as the return for a quarter, which a line above the table states."""
    path = home / "return.csv"
    path.write_text(f"Period,{period}\n{HEAD}{''.join(lines)}", encoding="utf-8")
    return returns.submit(home, STEWARD, path, at)


def standing(home) -> dict[str, float]:
    with transaction(home, write=False) as connection:
        found = submissions.standing(connection)
    assert not found.duplicated(["indicator_id", "period_id"]).any()
    return found[found["indicator_id"].eq("PO05")].set_index("period_id")["numerator"].to_dict()


def told(loaded, rule: str) -> list[str]:
    return [problem.message for problem in loaded.report.problems if problem.rule == rule]


def published(home, at: datetime, audience: str = "partnership"):
    publication.publish_each(home, [Order(audience, "Published for the Executive", STEWARD, at)], lambda _: None)
    return current(home, audience)


@pytest.fixture
def home(tmp_path):
    sent(invented(tmp_path), row(SPRING, 41), at=day(7), period=SPRING)
    return tmp_path


def test_a_later_return_corrects_an_earlier_quarter_and_says_was_and_now(home):
    loaded = sent(home, row(SUMMER, 48), row(SPRING, 44, LATE), at=day(10))
    assert loaded.report.exit_code == 0
    assert told(loaded, "earlier_figure_is_corrected") == [
        "PO05: 2026-27-Q1 was sent as 41 before; it is corrected to 44, for the reason given (CSV!H4)."
    ]
    change = loaded.receipt.changes.iloc[0]
    assert (change["period_id"], change["was"], change["now"], change["reason"]) == (SPRING, "41", "44", LATE)
    assert len(loaded.receipt.changes) == 1
    assert standing(home) == {SPRING: 44, SUMMER: 48}


@pytest.mark.parametrize("reason", ["", "OK", "as per last quarter", "MAPPA cases with risk to children"])
def test_without_a_reason_of_substance_it_is_taken_and_asked_about(home, reason):
    loaded = sent(home, row(SUMMER, 48), row(SPRING, 44, reason), at=day(10))
    assert loaded.report.verdict == "accepted_with_queries"
    assert len(told(loaded, "earlier_figure_is_corrected_without_reason")) == 1
    assert standing(home)[SPRING] == 44


def test_what_stands_already_is_told_once_and_taken_by_nobody(home):
    sent(home, row(WINTER, 39), at=day(7, 21), period=WINTER)
    loaded = sent(home, row(SUMMER, 48), row(SPRING, "41.0"), row(WINTER, " 39 "), at=day(10))
    notes = told(loaded, "earlier_figure_is_as_it_stands")
    assert len(notes) == 1
    assert notes[0].startswith("2 figures of earlier periods are as they stand already")
    assert (loaded.report.rows, loaded.report.rows_accepted) == (1, 1)
    with transaction(home, write=False) as connection:
        cited = submissions.standing(connection).set_index("period_id")["submission_id"]
    assert cited[SPRING] == f"{OF_SPRING}1"


def test_a_return_that_only_repeats_earlier_quarters_brings_nothing(home):
    loaded = sent(home, row(SPRING, 41), at=day(10))
    assert loaded.report.verdict == "refused"
    assert told(loaded, "earlier_figure_is_as_it_stands")
    assert standing(home) == {SPRING: 41}


def test_a_quarter_never_sent_is_filled_and_said_to_be_late(home):
    loaded = sent(home, row(SUMMER, 48), row(WINTER, 39), at=day(10))
    assert "nothing stood for 2025-26-Q4; 39 is taken" in told(loaded, "earlier_figure_comes_late")[0]
    assert standing(home) == {WINTER: 39, SPRING: 41, SUMMER: 48}
    assert loaded.receipt.changes[["period_id", "was"]].to_numpy().tolist() == [[WINTER, "not supplied"]]


def test_a_single_row_of_another_quarter_without_a_word_is_a_slip(home):
    loaded = sent(home, row(SPRING, 44), row(SUMMER, 12, indicator="PO04"), at=day(10))
    assert told(loaded, "period_is_not_the_returns")
    assert standing(home) == {SPRING: 41}


def council(period, number, indicator, reason=""):
    return f"lcc_cf,{indicator},,{period},,,,{number},,,,,{reason}\n"


@pytest.mark.parametrize(("carried", "is_slip"), [(1, True), (2, False), (3, False)])
def test_one_earlier_row_alone_is_a_slip_but_in_a_file_that_carries_the_quarter_along(tmp_path, carried, is_slip):
    counts = {"FD01": 2600, "LA10": 250, "EH01": 400}
    own = [council(SUMMER, number, indicator) for indicator, number in counts.items()]
    before = [council(SPRING, number + 1, indicator, LATE) for indicator, number in list(counts.items())[:carried]]
    loaded = sent(tmp_path, *own, *before, council(SPRING, 300, "EH02"), at=day(10))
    slips = told(loaded, "period_is_not_the_returns")
    assert [message[:4] for message in slips] == (["EH02"] if is_slip else [])
    late = [message[:4] for message in told(loaded, "earlier_figure_comes_late")]
    assert ("EH02" in late) is not is_slip


@pytest.mark.parametrize("numbers", [(41, 999), (999, 41), (41, 999, 41)])
def test_of_two_answers_for_an_earlier_figure_none_is_taken_though_one_stands_already(home, numbers):
    loaded = sent(home, row(SUMMER, 48), *(row(SPRING, number, LATE) for number in numbers), at=day(10))
    assert len(told(loaded, "figure_is_given_twice")) == len(numbers)
    assert not told(loaded, "earlier_figure_is_corrected")
    assert standing(home) == {SPRING: 41, SUMMER: 48}


def test_a_return_of_nothing_but_two_answers_is_refused(home):
    loaded = sent(home, row(SPRING, 41, LATE), row(SPRING, 999, LATE), at=day(10))
    assert loaded.report.verdict == "refused"
    assert standing(home) == {SPRING: 41}


def test_a_quarter_after_the_returns_is_an_error(home):
    loaded = sent(home, row(SPRING, 41), row(SUMMER, 48), at=day(10), period=SPRING)
    assert told(loaded, "period_is_not_the_returns")
    assert standing(home) == {SPRING: 41}


def test_a_scorecard_that_states_no_period_is_read_as_its_last_quarters_return(home):
    path = home / "scorecard.csv"
    path.write_text(HEAD + row(WINTER, 39) + row(SPRING, 44, LATE) + row(SUMMER, 48), encoding="utf-8")
    loaded = returns.submit(home, STEWARD, path, day(10))
    assert loaded.report.period_id == SUMMER
    assert told(loaded, "period_is_taken_from_the_last_quarter")
    assert standing(home) == {WINTER: 39, SPRING: 44, SUMMER: 48}


def test_the_last_received_stands_and_whatever_is_taken_back_leaves_what_stood_before(home):
    sent(home, row(SUMMER, 48), row(SPRING, 44, LATE), at=day(10))
    assert standing(home)[SPRING] == 44
    sent(home, row(SPRING, 46, LATE), at=day(11), period=SPRING)
    assert standing(home)[SPRING] == 46
    withdrawing.revert(home, STEWARD, f"{OF_SPRING}1", TAKEN_BACK, day(11, 21))
    assert standing(home)[SPRING] == 44
    withdrawing.withdraw(home, STEWARD, f"{OF_SUMMER}1", TAKEN_BACK, day(11, 22))
    assert standing(home) == {SPRING: 41}


def test_sending_the_later_return_again_keeps_its_correction_and_without_it_the_old_figure_is_back(home):
    sent(home, row(SUMMER, 48), row(SPRING, 44, LATE), at=day(10))
    again = sent(home, row(SUMMER, 49), row(SPRING, 44, LATE), at=day(10, 21))
    assert again.receipt.changes[["period_id", "was", "now"]].to_numpy().tolist() == [[SUMMER, "48", "49"]]
    assert standing(home)[SPRING] == 44
    without = sent(home, row(SUMMER, 49), at=day(10, 22))
    assert without.receipt.changes[["period_id", "was", "now"]].to_numpy().tolist() == [[SPRING, "44", "41"]]
    assert standing(home)[SPRING] == 41


def test_a_late_figure_that_the_next_version_lacks_is_told_as_missing_first(home):
    sent(home, row(SUMMER, 48), row(WINTER, 39), at=day(10))
    without = sent(home, row(SUMMER, 49), at=day(10, 21))
    assert without.receipt.changes["change"].tolist() == ["missing", "changed"]
    assert "1 figure sent before is missing; 2 figures differ from what stood before" in without.words()


def test_a_whole_corrected_without_its_parts_is_kept_out(tmp_path):
    def share(period, number, base, part="", reason=""):
        breakdown = "sex" if part else ""
        return f"lcc_cf,FD04,,{period},,{breakdown},{part},{number},{base},,,,{reason}\n"

    sexes = [("girls", 30), ("boys", 31), ("not known", 1)]
    parts = [share(SPRING, n, 226, c) for c, n in sexes]
    sent(tmp_path, share(SPRING, 62, 226), *parts, at=day(7), period=SPRING)
    alone = sent(tmp_path, share(SUMMER, 60, 240), share(SPRING, 59, 226, reason=LATE), at=day(10))
    assert told(alone, "earlier_figure_does_not_fit_what_stands") == [
        "FD04: 59 of 226 for 2026-27-Q1 does not agree with its parts as they stand (CSV!H4)."
    ]
    girls = share(SPRING, 27, 226, "girls", LATE)
    both = sent(tmp_path, share(SUMMER, 60, 240), share(SPRING, 59, 226, reason=LATE), girls, at=day(10, 21))
    assert both.report.exit_code == 0


@pytest.mark.slow
def test_the_ledger_quotes_the_reason_and_the_earlier_publication_stays_as_it_was(home):
    checks = f"probation_wy,PO04,,{WINTER},,,,7,9,,,,{LATE}\n"
    first = published(home, day(8))
    before = hashlib.sha256(first.path.read_bytes()).hexdigest()
    sent(home, row(SUMMER, 48), row(SPRING, 44, LATE), row(WINTER, 39), checks, at=day(10))
    second = published(home, day(11))
    said = [entry.sentence for entry in ledger(second, "PO05")]
    was = "2026-27 Q1 was 41, provisional, when published for the Executive on 20 August 2026; it is now 44"
    assert said == [f"{was}, because “{LATE}”"]
    assert hashlib.sha256(first.path.read_bytes()).hexdigest() == before
    shown = "select value from figure where indicator_id = 'PO05' and period_id = '2026-27-Q1' and agency_id = 'all'"
    assert [rows(one, shown)[0]["value"] for one in (first, second)] == [41, 44]
    reasons = "select text from annotation where indicator_id = 'PO05' and kind = 'reason' and period_id = '2026-27-Q1'"
    assert [found["text"] for found in rows(second, reasons)] == [LATE]
    mine = next(line for line in coverage(second).lines if line.agency_id == "probation_wy")
    assert [(cell.state, cell.received) for cell in mine.cells[-3:] if cell] == [
        ("received with a later one", 2), ("awaiting agency approval", 1), ("awaiting agency approval", 1),
    ]  # fmt: skip
    owed = {each.period.id: each.state for each in inbox.returns_owed(home, STEWARD, "probation_wy", day(11).date())}
    assert owed[WINTER] == "received with a later return"
    withdrawing.withdraw(home, STEWARD, f"{OF_SUMMER}1", TAKEN_BACK, day(11, 22))
    third = published(home, day(12))
    last = [entry.sentence for entry in ledger(third, "PO05") if entry.period_id == SPRING][-1]
    assert last.endswith("it is now 41. The return it came with was taken back.")


@pytest.mark.slow
def test_what_was_hidden_before_a_correction_is_quoted_nowhere(tmp_path):
    sent(invented(tmp_path), row(SPRING, 3), at=day(7), period=SPRING)
    quarter = "from figure where indicator_id = 'PO05' and period_id = '2026-27-Q1' and agency_id = 'all'"
    first = published(tmp_path, day(8))
    assert rows(first, f"select value, marker {quarter}") == [{"value": None, "marker": "c"}]
    said = "We sent 3 where 44 cases were open in June"
    sent(tmp_path, row(SUMMER, 48), row(SPRING, 44, said), at=day(10))
    second = published(tmp_path, day(11))
    assert ledger(second, "PO05") == ()
    assert rows(second, "select text from annotation where kind = 'reason'") == []
    with duckdb.connect(str(second.path), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
        told = [name for name in tables if said in str(connection.execute(f"select * from {name}").fetchall())]  # noqa: S608 - our own
    assert told == []


def test_what_a_correction_replaced_is_known_by_when_it_stood(home):
    sent(home, row(SUMMER, 48), row(SPRING, 44, LATE), at=day(10))
    withdrawing.withdraw(home, STEWARD, f"{OF_SUMMER}1", TAKEN_BACK, day(11))
    sent(home, row(SUMMER, 48), row(SPRING, 45, LATE), at=day(12))
    with transaction(home, write=False) as connection:
        past = submissions.replaced(connection)
    spring = past[past["period_id"].eq(SPRING)]
    stretches = list(zip(spring["numerator"], spring["received_at"], spring["replaced_at"], strict=True))
    assert stretches == [(41, day(7), day(10)), (44, day(10), day(11)), (41, day(11), day(12))]
    assert all(one[2] == other[1] for one, other in pairwise(stretches))


def test_what_stood_for_no_time_by_a_clock_set_back_is_known_all_the_same(home):
    sent(home, row(SUMMER, 48), at=day(10))
    sent(home, row(SUMMER, 48), row(SPRING, 44, LATE), at=day(12))
    withdrawing.revert(home, STEWARD, f"{OF_SUMMER}1", TAKEN_BACK, day(11))
    with transaction(home, write=False) as connection:
        past = submissions.replaced(connection)
    spring = past[past["period_id"].eq(SPRING)]
    assert spring[["numerator", "submission_id"]].to_numpy().tolist() == [[44, f"{OF_SUMMER}2"]]
    assert spring[["received_at", "replaced_at"]].isna().all(axis=None)
    assert standing(home)[SPRING] == 41


def test_to_go_back_needs_a_version_that_another_took_the_place_of(home):
    sent(home, row(SPRING, 42), at=day(7, 21), period=SPRING)
    for which, said in ((f"{OF_SPRING}2", "stands already"), (f"{OF_SPRING}9", "There is no submission")):
        with pytest.raises(UserError, match=said):
            withdrawing.revert(home, STEWARD, which, TAKEN_BACK, day(8))
    with pytest.raises(UserError, match="cannot act for probation_wy"):
        withdrawing.revert(home, Actor("A", "analyst", "ltht"), f"{OF_SPRING}1", TAKEN_BACK, day(8))
    with pytest.raises(UserError, match=r"may tell of a person.*Nothing was changed"):
        withdrawing.revert(home, STEWARD, f"{OF_SPRING}1", "Mrs Oddlysaid asked for it to be taken out", day(8))
    withdrawing.withdraw(home, STEWARD, f"{OF_SPRING}1", TAKEN_BACK, day(8))
    with pytest.raises(UserError, match="was withdrawn, so it cannot stand again"):
        withdrawing.revert(home, STEWARD, f"{OF_SPRING}1", TAKEN_BACK, day(9))
    assert standing(home) == {SPRING: 42}


def test_after_going_back_a_withdrawal_brings_back_what_stood_last(home):
    sent(home, row(SPRING, 42), at=day(7, 21), period=SPRING)
    sent(home, row(SPRING, 43), at=day(7, 22), period=SPRING)
    said = withdrawing.revert(home, STEWARD, f"{OF_SPRING}1", TAKEN_BACK, day(8))
    assert said.startswith(f"{OF_SPRING}1 stands again instead of {OF_SPRING}3, which is kept. 1 figure changes.")
    assert standing(home) == {SPRING: 41}
    withdrawing.withdraw(home, STEWARD, f"{OF_SPRING}1", TAKEN_BACK, day(9))
    assert standing(home) == {SPRING: 43}
