from __future__ import annotations

from datetime import date

from app.widgets import making
from app.widgets.html import plain
from app.widgets.ledger import ledger
from pipelines.queries.ledger import Entry, Showing
from pipelines.queries.making import Making, Outcome, Source

ODD = "<script>alert(1)</script>"


def entry(**facts):
    shown, now = Showing("a", "", date(2026, 5, 12)), Showing("b", "", date(2026, 8, 12))
    given = {
        "period_id": "2026-27-Q1", "period": "2026-27 Q1", "was": "395", "now": "401", "was_provisional": False,
        "is_final_now": True, "is_withdrawn": False, "reason": ODD, "is_given": True, "shown_in": shown,
        "replaced_in": now, "is_latest": True, "is_new": True,
    }  # fmt: skip
    return Entry(**(given | facts))


def test_the_ledger_is_sentences_and_an_agencys_words_are_text():
    said = ledger((entry(),))
    assert said is not None
    assert f"was 395 when published on 12 May 2026; it is now 401, because “{ODD}” New in this publication." in plain(
        said
    )
    assert ODD not in said


def test_a_long_ledger_opens_to_the_rest():
    said = ledger(tuple(entry(was=str(n)) for n in range(8)))
    assert said is not None
    assert "Show all 8 changes" in said


def test_nothing_is_said_where_nothing_was_restated():
    assert ledger(()) is None


def account(**facts):
    given = {
        "period_id": "2026-27-Q2", "period": "2026-27 Q2", "is_hidden": False, "formula": "62 ÷ 226 × 100 = 27.4%.",
        "parts": "", "population": "", "interval": "", "limits": "", "definition": "Version 2.", "sources": (),
        "method_version": "2", "policy": "hides counts 1 to 5",
    }  # fmt: skip
    return Making(**(given | facts))


def test_the_latest_account_is_the_one_of_the_period_asked_for():
    said = making.latest((account(period_id="FY2025-26", period="2025-26"), account()), "2026-27-Q2")
    assert said is not None
    assert plain(said).startswith("How the latest figure was made, 2026-27 Q2Formula62 ÷ 226")
    assert making.latest((), "2026-27-Q2") is None


def test_what_the_checks_said_is_rules_and_numbers():
    outcomes = (
        Outcome("swing_has_no_reason", "query", 3, 3, of_whole_return=False),
        Outcome("part_is_larger_than_the_whole", "error", 1, 0, of_whole_return=False),
        Outcome("return_is_late", "note", 2, 0, of_whole_return=True),
    )
    source = Source("x.v1", "Council", ("2026-27 Q2",), 1, date(2026, 10, 28), "Head of service", outcomes)
    said = plain(making.every((account(sources=(source,)),)) or "")
    assert "three queries (swing has no reason), with a reason" in said
    assert "one error (part is larger than the whole), no reason given" in said
    assert "two notes of the whole return (return is late)." in said
    assert "version 1, received 28 October 2026, approved by: Head of service" in said


def test_of_a_log_no_claim_is_made_that_nothing_was_raised():
    of_log = Source(
        "bu.learning.2026-27-Q1.v1", "Business Unit", ("2026-27 Q2",), 1, None, "", (), "Learning log", "2026-27 Q1"
    )
    said = plain(making.every((account(sources=(of_log,)),)) or "")
    assert "Business Unit, Learning log for 2026-27 Q1: version 1" in said
    assert "What its check said stands with its sender, on Returns." in said
    assert "raised nothing" not in said
    of_figures = Source("x.v1", "Council", ("2026-27 Q2",), 1, None, "", ())
    assert "The checks raised nothing." in plain(making.every((account(sources=(of_figures,)),)) or "")


def test_a_hidden_figures_account_has_no_returns_and_no_numbers_beside_its_period():
    said = plain(making.every((account(is_hidden=True, formula="Hidden to protect, by the policy."),)) or "")
    assert "Returns" not in said
    assert "2026-27 Q2Hidden to protect" in said
