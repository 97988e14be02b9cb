"""A submission is kept whole or not at all, versioned, compared by meaning, and never edited."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pandas as pd
import pytest

from pipelines.store import events, files, submissions
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.problems import Problem, UserError
from schemas.returns.mends import Mend

pytestmark = pytest.mark.slow

STEWARD = Actor("a.steward", "business_unit")
NOON = datetime(2026, 10, 9, 12, tzinfo=UTC)


def figures(rows: dict[str, tuple], period: str = "2026-27-Q2") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "sheet": "Figures",
            "indicator_id": list(rows),
            "period_id": period,
            "agency_id": "lcc_cf",
            "area_id": "E08000035",
            "breakdown": "all",
            "category": "all",
            "numerator": [row[0] for row in rows.values()],
            "denominator": [row[1] for row in rows.values()],
            "value": [row[0] if row[1] is None else None for row in rows.values()],
            "marker": [row[2] if len(row) > 2 else "" for row in rows.values()],
            "reason": "",
            "definition_version": 1,
        },
        index=range(8, 8 + len(rows)),
    ).astype({"numerator": "float64", "denominator": "float64", "value": "float64"})


@dataclass(frozen=True)
class Return:
    content: bytes
    figures: pd.DataFrame
    period_id: str | None = "2026-27-Q2"
    kind: str | None = "figures"
    agency_id: str | None = "lcc_cf"
    verdict: str = "accepted"
    exit_code: int = 0
    file: str = "lcc_cf figures.xlsx"
    problems: tuple[Problem, ...] = ()
    commentary: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(
            {"indicator_id": ["FD04"], "what_happened": ["Rose"], "why": ["One team"], "what_we_are_doing": ["Audit"]}
        )
    )
    not_held: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame({"indicator_id": ["EH06"], "reason": ["Not recorded before April"]})
    )
    cover: dict[str, str] = field(
        default_factory=lambda: {"approved_by_role": "Head of Service", "approved_on": "2026-10-20"}
    )
    template_version: str = "2026.1"
    records: dict[str, pd.DataFrame] = field(default_factory=dict)
    mends: tuple[Mend, ...] = ()
    original_may_be_kept: bool = True

    @property
    def file_sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def rows(self) -> int:
        return len(self.figures)

    @property
    def rows_accepted(self) -> int:
        return len(self.figures)


FIRST = Return(b"first", figures({"FD01": (812, None), "FD04": (2494, 10304)}))


def send(home, report: Return, at=NOON):
    with transaction(home, write=True) as vault:
        return submissions.receive(vault, home, STEWARD, report, report.content, at=at)


def look(home, question):
    with transaction(home, write=False) as vault:
        return question(vault)


def test_what_was_sent_stands_with_its_original(tmp_path):
    receipt = send(tmp_path, FIRST)
    standing = look(tmp_path, submissions.standing)
    assert (receipt.submission_id, receipt.version, receipt.state) == ("lcc_cf.figures.2026-27-Q2.v1", 1, "accepted")
    assert standing.set_index("indicator_id")["numerator"].to_dict() == {"FD01": 812, "FD04": 2494}
    assert standing["approved"].all()
    assert files.original(tmp_path, FIRST.file_sha256) == b"first"


def test_commentary_and_what_is_not_held_come_back_as_sent(tmp_path):
    send(tmp_path, FIRST)
    assert look(tmp_path, submissions.commentary)[["indicator_id", "why"]].to_numpy().tolist() == [["FD04", "One team"]]
    assert look(tmp_path, submissions.not_held)["reason"].tolist() == ["Not recorded before April"]


def test_the_same_file_again_changes_nothing(tmp_path):
    send(tmp_path, FIRST)
    again = send(tmp_path, FIRST)
    assert again.unchanged
    assert again.version == 1
    assert again.words == "lcc_cf.figures.2026-27-Q2.v1: already received, nothing changed."
    assert len(look(tmp_path, submissions.listing)) == 1
    assert look(tmp_path, events.listing)["action"].tolist() == ["settings.noted", "submission.received"]


def test_an_answer_mended_beside_the_file_makes_another_version_though_no_figure_differs(tmp_path):
    mended = replace(FIRST, mends=(Mend("Figures", "M8", "reason", "A new team counts them"),))
    assert [send(tmp_path, each).version for each in (FIRST, mended)] == [1, 2]
    assert send(tmp_path, mended).unchanged
    found = look(tmp_path, lambda vault: submissions.mends(vault, "lcc_cf.figures.2026-27-Q2.v2"))
    kept = found[["sheet", "cell", "column", "value", "mended_by"]].to_numpy().tolist()
    assert kept == [["Figures", "M8", "reason", "A new team counts them", "a.steward"]]
    assert look(tmp_path, submissions.listing)["mended"].tolist() == [0, 1]


def test_a_file_that_named_somebody_before_it_was_mended_is_not_kept(tmp_path):
    receipt = send(tmp_path, replace(FIRST, original_may_be_kept=False))
    assert receipt.state == "accepted"
    with pytest.raises(UserError):
        files.original(tmp_path, FIRST.file_sha256)


def test_what_stands_sent_again_after_a_refusal_changes_nothing(tmp_path):
    send(tmp_path, FIRST)
    send(tmp_path, Return(b"all wrong", FIRST.figures.iloc[:0], verdict="refused", exit_code=1))
    again = send(tmp_path, FIRST)
    assert (again.version, again.unchanged) == (1, True)


def test_the_same_file_under_a_mended_rule_is_a_new_version(tmp_path):
    send(tmp_path, FIRST)
    kinder = send(tmp_path, replace(FIRST, figures=FIRST.figures.iloc[:1]))
    assert (kinder.version, kinder.unchanged, len(kinder.changes)) == (2, False, 1)


def test_a_second_sending_becomes_version_two_and_names_each_difference(tmp_path):
    send(tmp_path, FIRST)
    receipt = send(
        tmp_path, Return(b"second", figures({"FD04": (2500, 10304), "CP01": (774, None), "FD02": (0, 0, "c")}))
    )
    assert receipt.version == 2
    assert receipt.changes.set_index("indicator_id")[["was", "now"]].T.to_dict("list") == {
        "CP01": ["not supplied", "774"],
        "FD01": ["812", "not supplied"],
        "FD02": ["not supplied", "marker c"],
        "FD04": ["2,494 of 10,304", "2,500 of 10,304"],
    }
    states = look(tmp_path, submissions.listing).set_index("version")["state"].to_dict()
    assert states == {1: "superseded", 2: "accepted"}
    assert set(look(tmp_path, submissions.standing)["version"]) == {2}


def test_order_spaces_and_a_floats_tail_are_no_difference(tmp_path):
    send(tmp_path, FIRST)
    same = figures({"FD04 ": (2494.0000000001, 10304), "FD01": (812, None)})
    receipt = send(tmp_path, Return(b"other bytes", same))
    assert receipt.version == 2
    assert receipt.changes.empty
    assert receipt.words.endswith("0 figures differ from what stood before.")


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ((24.2, None), (24.199999999999999, None)),
        ((0.1 + 0.2, None), (0.3, None)),
        ((1e15, None), (1e15 + 0.0, None)),
        ((None, None, "c"), (None, None, "c ")),
        ((0, None), (-0.0, None)),
    ],
)
def test_numbers_and_markers_written_otherwise_are_the_same(tmp_path, first, again):
    send(tmp_path, Return(b"first", figures({"FD01": first, "FD02": (3, 4)})))
    other = figures({"FD02": (3, 4), "FD01": again}).iloc[::-1].assign(reason="Why", sheet="Paste")
    assert send(tmp_path, Return(b"second", other)).changes.empty


@pytest.mark.parametrize(
    ("first", "again", "was", "now"),
    [
        ((0, None), (None, None, "x"), "0", "marker x"),
        ((None, None, "c"), (None, None, "k"), "marker c", "marker k"),
        ((5, 10), (5, 11), "5 of 10", "5 of 11"),
        ((12.5, None), (12.25, None), "12.5", "12.25"),
        ((2.5e16, None), (3, None), "25,000,000,000,000,000", "3"),
    ],
)
def test_what_means_something_else_differs(tmp_path, first, again, was, now):
    send(tmp_path, Return(b"first", figures({"FD01": first})))
    found = send(tmp_path, Return(b"second", figures({"FD01": again}).assign(reason=" Recounted "))).changes
    assert found[["was", "now", "reason", "change"]].to_numpy().tolist() == [[was, now, "Recounted", "changed"]]


def test_what_is_missing_is_told_first(tmp_path):
    send(tmp_path, Return(b"first", figures({"FD01": (1, None), "FD02": (2, 4), "HE01": (3, 9), "ZZ09": (7, None)})))
    receipt = send(tmp_path, Return(b"second", figures({"FD01": (5, None), "AA01": (1, None), "HE01": (3, 9)})))
    assert receipt.changes[["change", "indicator_id"]].to_numpy().tolist() == [
        ["missing", "FD02"], ["missing", "ZZ09"], ["added", "AA01"], ["changed", "FD01"],
    ]  # fmt: skip
    assert receipt.words.endswith("2 figures sent before are missing; 4 figures differ from what stood before.")


def test_going_back_and_crashing_half_way_changes_nothing(tmp_path, monkeypatch):
    send(tmp_path, FIRST)
    second = send(tmp_path, Return(b"second", figures({"FD01": (900, None)})))
    before = look(tmp_path, submissions.listing), look(tmp_path, events.listing)

    def power_fails(*_, **__):
        raise RuntimeError("power cut")

    for act, which in (
        (submissions.revert, "lcc_cf.figures.2026-27-Q2.v1"),
        (submissions.withdraw, second.submission_id),
    ):
        for point in ("pipelines.store.stood.begin", "pipelines.store.events.append"):
            with monkeypatch.context() as patched:
                patched.setattr(point, power_fails)
                with pytest.raises(RuntimeError, match="power cut"), transaction(tmp_path, write=True) as vault:
                    act(vault, STEWARD, which, "Wrong quarter", at=NOON)
    after = look(tmp_path, submissions.listing), look(tmp_path, events.listing)
    assert all(one.equals(other) for one, other in zip(before, after, strict=True))
    open_now = look(
        tmp_path, lambda vault: vault.execute("select submission_id from stood where until_at is null").fetchall()
    )
    assert open_now == [(second.submission_id,)]


def test_the_difference_can_be_seen_before_anything_is_kept(tmp_path):
    send(tmp_path, FIRST)
    coming = Return(b"second", figures({"FD01": (813, None), "FD04": (2494, 10304)}))
    changes = look(tmp_path, lambda vault: submissions.changes(vault, coming))
    assert changes[["indicator_id", "was", "now"]].to_numpy().tolist() == [["FD01", "812", "813"]]
    assert len(look(tmp_path, submissions.listing)) == 1


def test_withdrawing_brings_the_earlier_version_back(tmp_path):
    send(tmp_path, FIRST)
    second = send(tmp_path, Return(b"second", figures({"FD01": (900, None)})))
    with transaction(tmp_path, write=True) as vault:
        stands = submissions.withdraw(vault, STEWARD, second.submission_id, "Wrong quarter", at=NOON)
    assert stands.again == "lcc_cf.figures.2026-27-Q2.v1"
    assert set(look(tmp_path, submissions.standing)["version"]) == {1}
    with transaction(tmp_path, write=True) as vault:
        assert submissions.withdraw(vault, STEWARD, stands.again, "Sent by mistake", at=NOON).again is None
    assert look(tmp_path, submissions.standing).empty


def test_a_withdrawal_needs_a_reason_and_something_to_withdraw(tmp_path):
    receipt = send(tmp_path, FIRST)
    for submission_id, reason, said in (
        (receipt.submission_id, "  ", "Give a reason"),
        ("nobody.figures.x.v1", "Wrong", "There is no submission"),
    ):
        with pytest.raises(UserError, match=said), transaction(tmp_path, write=True) as vault:
            submissions.withdraw(vault, STEWARD, submission_id, reason, at=NOON)


def test_a_file_withdrawn_and_sent_again_is_a_new_version(tmp_path):
    receipt = send(tmp_path, FIRST)
    with transaction(tmp_path, write=True) as vault:
        submissions.withdraw(vault, STEWARD, receipt.submission_id, "Too early", at=NOON)
    assert send(tmp_path, FIRST).version == 2


def test_a_refused_return_leaves_what_stands_alone(tmp_path):
    send(tmp_path, FIRST)
    wrong = Problem("part_is_larger", "error", "FD04: numerator 12 is larger than denominator 10.")
    empty = FIRST.figures.iloc[:0]
    refused = Return(b"all wrong", empty, verdict="refused", exit_code=1, problems=(wrong,))
    receipt = send(tmp_path, refused)
    assert receipt.state == "refused"
    assert set(look(tmp_path, submissions.standing)["version"]) == {1}
    problems = look(tmp_path, lambda vault: submissions.problems(vault, receipt.submission_id))
    assert problems["message"].tolist() == [wrong.message]


def test_of_a_file_about_single_people_only_hash_time_sender_and_reason_are_kept(tmp_path):
    why = Problem("person_level", "error", "This file holds details of single people.", value="NHS number column")
    report = Return(
        b"a child's details",
        FIRST.figures.iloc[:0],
        verdict="refused",
        exit_code=2,
        problems=(why,),
        file="jane doe.xlsx",
        cover={"approved_by_role": "jane doe"},
    )
    receipt = send(tmp_path, report)
    row = look(tmp_path, submissions.listing).iloc[0]
    assert (row["state"], row["reason"], row["file_name"]) == ("refused", why.message, "")
    assert not files.place(tmp_path, report.file_sha256).exists()
    assert look(tmp_path, lambda vault: submissions.problems(vault, receipt.submission_id)).empty
    kept = (tmp_path / "vault.duckdb").read_bytes()
    assert b"jane doe" not in kept
    assert b"NHS number column" not in kept
    assert look(tmp_path, lambda vault: events.verify(vault, tmp_path)) == []


def test_a_file_that_tells_neither_agency_nor_period_is_still_on_record(tmp_path):
    report = Return(b"?", FIRST.figures.iloc[:0], None, None, None, "refused", 2)
    assert send(tmp_path, report).submission_id == "unknown.unknown.unknown.v1"
    assert send(tmp_path, report).unchanged


def test_a_file_that_changed_after_its_check_is_not_taken(tmp_path):
    with pytest.raises(UserError, match="changed while it was being read"), transaction(tmp_path, write=True) as vault:
        submissions.receive(vault, tmp_path, STEWARD, FIRST, b"other", at=NOON)


def test_history_holds_only_earlier_returns_of_the_agency(tmp_path):
    earlier = replace(
        FIRST, content=b"q1", period_id="2026-27-Q1", figures=figures({"FD01": (700, None)}, "2026-27-Q1")
    )
    other = replace(FIRST, content=b"ltht", agency_id="ltht", period_id="2026-27-Q1")
    for report in (earlier, other, FIRST):
        send(tmp_path, report)
    found = look(tmp_path, lambda vault: submissions.history(vault, "lcc_cf", "2026-27-Q2"))
    assert found["numerator"].tolist() == [700]
    assert len(look(tmp_path, lambda vault: submissions.history(vault, "lcc_cf", None))) == 3


def test_an_error_inside_the_transaction_leaves_nothing_in_the_vault(tmp_path):
    def power_fails_inside():
        with transaction(tmp_path, write=True) as vault:
            submissions.receive(vault, tmp_path, STEWARD, FIRST, FIRST.content, at=NOON)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        power_fails_inside()
    assert look(tmp_path, submissions.listing).empty
    assert look(tmp_path, submissions.standing).empty
    assert look(tmp_path, events.listing).empty
    assert look(tmp_path, lambda vault: events.verify(vault, tmp_path)) == []


def test_a_look_cannot_write(tmp_path):
    look(tmp_path, lambda vault: submissions.receive(vault, tmp_path, STEWARD, FIRST, FIRST.content, at=NOON))
    assert look(tmp_path, submissions.listing).empty


def test_an_original_that_changed_on_the_disk_is_not_handed_out(tmp_path):
    send(tmp_path, FIRST)
    files.place(tmp_path, FIRST.file_sha256).write_bytes(b"meddled")
    with pytest.raises(UserError, match="has changed since it was received"):
        files.original(tmp_path, FIRST.file_sha256)
