"""Verdicts on a change of practice, worked by hand: each verdict, each reason, each rule."""

from __future__ import annotations

import pytest

from pipelines.measures import impact
from pipelines.measures.impact_kinds import FEWEST_AFTER
from tests.unit.changes import HIGH, LOW, STEADY, USUAL, flow, hidden_at, said, year


def test_the_usual_range_is_that_of_the_points_before_carried_on():
    found = flow([LOW] * 4)
    points = found.points
    assert points["mean"].tolist() == pytest.approx([40.0] * 16)
    assert points["lower"].tolist() == pytest.approx([29.36] * 16)
    assert points["upper"].tolist() == pytest.approx([50.64] * 16)
    assert points["part"].tolist() == ["before"] * 12 + ["after"] * 4
    assert points["special_cause"].tolist() == ["Common Cause"] * 12 + ["Below LCL"] * 4
    assert points["point_type"].tolist()[-1] == "special_cause_improvement"
    assert points["used"].all()


@pytest.mark.parametrize(
    ("verdict", "reason", "after"),
    [
        ("improved", "signal", [LOW] * 4),
        ("worse", "signal", [HIGH] * 4),
        ("no_change", "no_signal", [38, 42, 38, 42]),
        ("improved", "signal", [USUAL, USUAL, USUAL, LOW]),
        ("improved", "signal", [HIGH, HIGH, USUAL, LOW]),
        ("worse", "signal", [LOW, LOW, USUAL, HIGH]),
        ("improved", "signal", [31, 32, 38, 39]),
        ("no_change", "no_signal", [31, 38, 42, 32]),
        ("improved", "signal", [39, 38, 39, 38, 39, 38, 39]),
        ("no_change", "no_signal", [39, 38, 39, 38, 39, 38]),
        ("improved", "signal", [47, 46, 45, 44, 43, 42, 41]),
        ("no_change", "no_signal", [45, 44, 43, 42, 41, 40]),
        ("no_change", "signal_did_not_last", [LOW, 41, 42, 41]),
        ("no_change", "signal_did_not_last", [LOW, LOW, 39, 42, 38]),
        ("improved", "signal", [LOW, LOW, 42, 38]),
        ("improved", "signal", [LOW, LOW, 42, 38, 39, 38]),
        ("too_early", "fewer_than_four_after", [LOW] * 3),
        ("too_early", "fewer_than_four_after", []),
    ],
)
def test_the_latest_special_cause_after_the_change_decides(verdict, reason, after):
    assert said(flow(after)) == (verdict, reason)


def test_the_deciding_signal_is_named_with_the_row_it_began_in():
    found = flow([USUAL, LOW, LOW, LOW])
    assert (found.signal, found.since, found.chart, found.basis) == ("Below LCL", 13, "xmr", "quarters")
    assert flow([42, 38, 42, 38]).signal == ""
    assert flow([42, 38, 42, 38]).since is None


def test_too_early_names_a_signal_already_there_and_how_many_more_points_it_needs():
    found = flow([LOW, LOW])
    assert (found.verdict, found.signal, found.needed, found.after_points) == ("too_early", "Below LCL", 2, 2)
    assert flow([LOW, None, LOW, LOW]).needed == 1
    assert flow([LOW] * FEWEST_AFTER).needed == 0


def test_no_rule_crosses_the_change():
    before = [*STEADY, 39, 38, 39, 38]
    assert said(flow([39, 38, 39, 38], before)) == ("no_change", "no_signal")


@pytest.mark.parametrize("hole", [{}, {"hidden": [False] * 15 + [True] + [False] * 11}])
def test_no_rule_crosses_a_gap_or_a_hidden_point(hole):
    after = [39, 38, 39, 38 if hole else None, 39, 38, 39, 42, 38, 42, 38, 42, 38, 42, 38]
    assert said(flow(after, **hole)) == ("no_change", "no_signal")
    assert said(flow([39, 38, 39, 38, 39, 38, 39])) == ("improved", "signal")


def test_the_period_a_change_falls_in_is_shown_and_used_for_nothing():
    plain = flow([39] * 4)
    found = flow([39] * 4, [*STEADY, 900.0], changed_at=13, straddling=12)
    assert found.points["part"].tolist()[12] == "straddling"
    assert found.points["value"].tolist()[12] == 900
    assert found.points["special_cause"].tolist()[12] == "Common Cause"
    assert not found.points["used"].tolist()[12]
    assert (found.effect, found.baseline_points, found.after_points) == (plain.effect, 12, 4)
    assert found.points["upper"].tolist()[-1] == plain.points["upper"].tolist()[-1]


@pytest.mark.parametrize(
    ("points", "few", "reason"),
    [(12, False, "signal"), (11, True, "signal"), (6, True, "signal"), (5, False, "no_baseline")],
)
def test_a_baseline_needs_six_points_and_is_called_short_below_twelve(points, few, reason):
    found = flow([LOW] * 4, STEADY[:points])
    assert (found.reason, found.few_baseline, found.baseline_points) == (reason, few, points)
    assert (found.verdict == "not_measurable") == (reason == "no_baseline")


def test_missing_points_do_not_count_towards_a_baseline():
    assert said(flow([LOW] * 4, [*STEADY[:5], None, None])) == ("not_measurable", "no_baseline")


def test_a_definition_that_began_before_the_change_cuts_the_baseline_to_itself():
    found = flow([LOW] * 4, [400.0] * 9 + STEADY, rebase=[3, 9])
    assert (found.verdict, found.baseline_points) == ("improved", 12)
    assert found.points["used"].tolist() == [False] * 9 + [True] * 16
    assert found.points["mean"].isna().tolist() == [True] * 9 + [False] * 16
    assert said(flow([LOW] * 4, [400.0] * 9 + STEADY[:5], rebase=[9])) == ("not_measurable", "no_baseline")


def test_a_definition_that_began_after_the_change_ends_what_is_judged():
    found = flow([LOW] * 4 + [90.0] * 6, rebase=[16])
    assert (found.verdict, found.after_points) == ("improved", 4)
    assert found.points["used"].tolist() == [True] * 16 + [False] * 6
    assert said(flow([LOW] * 3 + [90.0] * 6, rebase=[15])) == ("not_measurable", "definition_changed")
    assert said(flow([LOW] * 6, rebase=[12])) == ("not_measurable", "definition_changed")


def test_a_definition_that_began_in_the_straddling_period_leaves_nothing_to_compare():
    found = flow([LOW] * 6, [*STEADY, 40.0], changed_at=13, straddling=12, rebase=[12])
    assert said(found) == ("not_measurable", "definition_changed")


@pytest.mark.parametrize(
    ("unusual", "before"),
    [
        (False, STEADY),
        (True, [*STEADY, 60.0]),
        (True, [*STEADY, 60.0, 40.0]),
        (True, [*STEADY, 20.0, 40.0]),
        (False, [*STEADY, 60.0, 40.0, 39.0]),
        (True, [*STEADY, 45.5, 45.0, 45.5]),
        (False, [*STEADY, 34.5, 35.0, 34.5]),
        (False, [*STEADY, 45.5, 41.0, 45.5]),
    ],
)
def test_a_baseline_that_ended_unusually_is_said_to(unusual, before):
    assert flow([41, 39, 41, 39], before).unusual_baseline is unusual


@pytest.mark.parametrize(
    ("reason", "values", "options"),
    [
        ("rare", STEADY, {"measure_type": "rare"}),
        ("rolling", STEADY, {"measure_type": "percent", "base": "window"}),
        ("rolling", STEADY, {"window": "rolling_12_months"}),
        ("audit", STEADY, {"measure_type": "percent", "window": "audit"}),
        ("constant", [40.0] * 12, {}),
        ("near_zero", [4.0, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5], {}),
        ("no_baseline", [None] * 12, {}),
    ],
)
def test_what_has_no_usual_range_is_not_measurable_and_says_why(reason, values, options):
    found = flow([LOW] * 4, values, **options)
    assert (*said(found), found.basis, found.chart) == ("not_measurable", reason, "none", "none")
    assert found.set_aside == reason
    assert found.effect.kind == "none"
    assert found.points["mean"].isna().all()
    assert not found.points["used"].any()


@pytest.mark.parametrize(("reason", "rows"), [("signal", ()), ("signal", (3,)), ("hidden", (3, 5)), ("hidden", (10,))])
def test_too_many_hidden_points_or_one_of_the_last_six_end_the_verdict_by_quarter(reason, rows):
    assert flow([LOW] * 4, hidden=hidden_at(*rows)).reason == reason


def test_a_hidden_point_of_another_definition_does_no_harm():
    found = flow([LOW] * 4, [400.0] * 4 + STEADY, rebase=[4], hidden=hidden_at(0, 1, 2, 3, size=20))
    assert found.reason == "signal"


@pytest.mark.parametrize(
    ("message", "options"),
    [
        ("expected is 'neutral'", {"expected": "neutral"}),
        ("measure_type is 'count'", {"measure_type": "count"}),
        ("changed_at is 17, outside", {"changed_at": 17}),
        ("changed_at is -1, outside", {"changed_at": -1}),
        ("straddling is 5; the period", {"straddling": 5}),
        ("straddling is -1; the period", {"straddling": -1, "changed_at": 0}),
        ("rebase 40 is outside", {"rebase": [40]}),
        ("different lengths", {"hidden": [True]}),
        ("A year's part is 'later'", {"measure_type": "rare", "years": [year("later", 3)]}),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_a_sentence(message, options):
    with pytest.raises(ValueError, match=message):
        flow([LOW] * 4, **options)


def test_nothing_at_all_is_no_baseline():
    assert said(flow([], [])) == ("not_measurable", "no_baseline")


def test_every_reason_is_explained_once():
    assert all(words and not words.endswith(".") for words in impact.REASONS.values())
    assert len(set(impact.REASONS.values())) == len(impact.REASONS)
