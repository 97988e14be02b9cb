"""How far a recommendation has come, and what counts for it."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.measures.ladder import WHY_NOT, Proof, ladder

CHANGED, TODAY = date(2025, 4, 1), date(2026, 9, 1)
SOON, LATER = date(2025, 10, 1), date(2026, 4, 1)


def proof(kind="audit", claimed: int | None = 3, can_show=5, true_of=SOON, *, children=False):
    return Proof(kind, can_show, claimed, true_of, children)


def rung(*proofs, done=False, verdicts=(), changed_on: date | None = CHANGED):
    return ladder(actions_done=done, changed_on=changed_on, proofs=proofs, verdicts=verdicts, today=TODAY)


@pytest.mark.parametrize(
    ("level", "found"),
    [
        (0, rung()),
        (1, rung(done=True)),
        (2, rung(proof("training", 2))),
        (3, rung(proof("audit", 3))),
        (3, rung(proof("voice", 4, children=True))),
        (3, rung(proof("voice", 4, children=True), proof("voice", 3))),
        (3, rung(proof("audit", 3), proof("survey", 3))),
        (3, rung(proof("audit", 3), proof("voice", 2, children=True))),
        (4, rung(proof("audit", 3), proof("voice", 4, children=True))),
        (4, rung(proof("audit", 3), proof("voice", 4, children=True, true_of=date(2026, 3, 31)))),
        (5, rung(proof("audit", 3), proof("voice", 4, children=True, true_of=LATER))),
        (4, rung(proof("audit", 3, true_of=LATER), proof("voice", 4, children=True))),
    ],
)
def test_each_level_needs_its_evidence(level, found):
    assert found.level == level
    assert len(found.why) == level + 1
    assert all(reason.endswith(".") for reason in found.why)


def test_a_closed_action_is_never_impact():
    assert rung(done=True).why == ("Agreed.", "Every action is done, with evidence.")
    assert rung(proof("attendance", 1, can_show=1), done=True).level == 1


def test_dissemination_alone_does_not_make_actions_done():
    assert rung(proof("briefing", 1, can_show=1)).level == 0


def test_a_level_reached_from_above_says_so():
    assert rung(proof("audit", 3)).why[1] == "Shown by the evidence for a higher level."


def test_an_improved_verdict_is_figures_that_show_a_difference():
    assert rung(verdicts=[("improved", SOON)]).level == 3
    assert rung(proof("audit"), verdicts=[("improved", SOON)]).level == 4
    assert rung(proof("audit"), verdicts=[("improved", LATER)]).level == 5


def test_claimed_figures_are_no_second_kind_beside_their_own_verdict():
    assert rung(proof("figures", 5, children=True), verdicts=[("improved", LATER)]).level == 3


@pytest.mark.parametrize("verdict", ["no_change", "too_early", "not_measurable"])
def test_a_verdict_that_shows_nothing_neither_lifts_nor_lowers(verdict):
    assert rung(verdicts=[(verdict, SOON)]).level == 0
    assert rung(proof("audit"), proof("voice", 4, children=True), verdicts=[(verdict, SOON)]).level == 4


def test_claimed_figures_count_only_with_a_verdict_of_that_day_or_later():
    claim = proof("figures", 4, children=True, true_of=LATER)
    assert rung(claim).why_not == ("figures_not_improved",)
    assert rung(claim, verdicts=[("no_change", LATER)]).counted == (0,)
    assert rung(claim, verdicts=[("improved", SOON)]).counted == (0,)
    assert rung(claim, verdicts=[("improved", LATER)]).counted == (4,)


def test_worse_holds_everything_back_at_two():
    everything = (proof("audit"), proof("voice", 5, children=True, true_of=LATER))
    found = rung(*everything, done=True, verdicts=[("improved", LATER), ("worse", SOON)])
    assert (found.level, found.is_held_back) == (2, True)
    assert rung(done=True, verdicts=[("worse", SOON)]).level == 1
    assert rung(*everything, verdicts=[("worse", date(2025, 3, 31))]).level == 5


@pytest.mark.parametrize(
    ("counts", "why", "given"),
    [
        (0, "before_the_change", proof(true_of=date(2025, 3, 31))),
        (0, "before_the_change", proof(true_of=CHANGED)),
        (3, "", proof(true_of=TODAY)),
        (0, "in_the_future", proof(true_of=date(2026, 9, 2))),
        (0, "nothing_claimed", proof(claimed=None)),
        (0, "nothing_claimed", proof(claimed=0)),
        (0, "nothing_claimed", proof(can_show=0)),
        (2, "", proof(claimed=4, can_show=2)),
        (2, "", proof(claimed=2, can_show=4)),
    ],
)
def test_a_proof_counts_for_the_lower_of_claim_and_kind_and_on_the_right_days(counts, why, given):
    found = rung(given)
    assert (found.counted, found.why_not) == ((counts,), (why,))
    assert not why or why in WHY_NOT


def test_verdicts_before_the_change_or_in_the_future_count_for_nothing():
    for day in (date(2025, 3, 31), date(2026, 9, 2)):
        assert rung(proof("audit"), verdicts=[("improved", day)]).level == 3


def test_without_a_day_of_change_nothing_is_before_it_and_nothing_sustained():
    found = rung(
        proof("audit", true_of=date(2020, 1, 1)), proof("voice", 5, children=True, true_of=LATER), changed_on=None
    )
    assert (found.level, found.counted) == (4, (3, 5))


@pytest.mark.parametrize(("day", "level"), [(date(2025, 2, 28), 4), (date(2025, 3, 1), 5)])
def test_a_change_on_a_leap_day_is_a_year_old_on_the_first_of_march(day, level):
    proofs = (proof("audit", true_of=day), proof("voice", 4, true_of=day, children=True))
    assert rung(*proofs, changed_on=date(2024, 2, 29)).level == level


@pytest.mark.parametrize(("can_show", "claimed"), [(6, 1), (1, 6), (-1, 1), (1, -1)])
def test_a_level_off_the_ladder_is_refused(can_show, claimed):
    with pytest.raises(ValueError, match="is not on the ladder"):
        proof(claimed=claimed, can_show=can_show)
