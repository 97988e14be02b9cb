"""What must hold of verdicts and of the ladder whatever the figures and the evidence are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from pipelines.measures.impact import REASONS, judge_impact
from pipelines.measures.ladder import Proof, ladder
from pipelines.measures.share_differences import newcombe

pytestmark = pytest.mark.slow

CALM = settings(deadline=None, derandomize=True, max_examples=80)  # the same examples on every machine
FIGURES = st.one_of(st.none(), st.integers(0, 90).map(float), st.floats(0, 1e5), st.just(float("nan")))
TURNED = {"improved": "worse", "worse": "improved"}
YEARS = st.lists(
    st.tuples(
        st.just("FY"),
        st.one_of(st.none(), st.integers(0, 60).map(float)),
        st.one_of(st.none(), st.integers(60, 900).map(float)),
        st.booleans(),
        st.sampled_from(["before", "after", "straddling"]),
    ),
    max_size=6,
)


@st.composite
def questions(draw):
    """A series with everything `judge_impact` takes, gaps, hidden points and definitions anywhere."""
    values = draw(st.lists(FIGURES, max_size=32))
    size = len(values)
    sizes = [draw(st.one_of(st.none(), st.integers(0, 500))) for _ in values]
    tops = [None if value is None or of is None else min(value, of) for value, of in zip(values, sizes, strict=True)]
    with_parts, changed_at = draw(st.booleans()), draw(st.integers(0, size))
    return {
        "values": values,
        "changed_at": changed_at,
        "expected": draw(st.sampled_from(["higher", "lower"])),
        "measure_type": draw(st.sampled_from(["flow", "snapshot", "percent", "rate", "mean", "rare"])),
        "numerators": tops if with_parts else None,
        "denominators": sizes if with_parts else None,
        "base": draw(st.sampled_from([None, "flow", "snapshot", "window"])),
        "seasonal": draw(st.booleans()),
        "rebase": draw(st.lists(st.integers(0, size - 1), max_size=2)) if size else (),
        "hidden": draw(
            st.one_of(st.none(), st.lists(st.sampled_from([False] * 19 + [True]), min_size=size, max_size=size))
        ),
        "straddling": draw(st.sampled_from([None, changed_at - 1])) if changed_at else None,
        "years": draw(st.one_of(st.none(), YEARS)),
    }


@st.composite
def quarters(draw):
    """A series of counts that can be judged, with a step at the change."""
    level, step = draw(st.integers(20, 80)), draw(st.sampled_from([0.4, 0.8, 1.0, 1.3, 2.0]))
    noise = draw(st.lists(st.integers(-6, 6), min_size=18, max_size=28))
    return [round(level * (step if row >= 13 else 1)) + 10 + each for row, each in enumerate(noise)]


def judged(values, expected="lower", **options):
    return judge_impact(values, **{"changed_at": 13, "expected": expected, "measure_type": "flow", **options})


@given(questions())
@settings(CALM, max_examples=200)
def test_a_judgement_never_raises_and_keeps_its_promises(question):
    found = judge_impact(**question)
    assert found.reason in REASONS
    assert len(found.points) == len(question["values"])
    assert (found.basis == "none") == (found.verdict == "not_measurable") == (found.chart == "none")
    assert (found.verdict in {"improved", "worse"}) <= (found.reason == "signal")
    assert (found.needed > 0) == (found.verdict == "too_early")
    assert (found.since is None) == (found.signal == "")
    flagged = found.points["special_cause"] != "Common Cause"
    assert not (flagged & ~found.points["used"]).any()
    drawn = found.points.dropna(subset=["lower", "upper"])
    assert (drawn["lower"] <= drawn["upper"]).all()
    effect = found.effect
    assert np.isnan(effect.lower) or effect.lower <= effect.value + 1e-9
    assert np.isnan(effect.upper) or effect.value - 1e-9 <= effect.upper


@given(questions())
@CALM
def test_expecting_the_other_direction_turns_improved_and_worse_round_and_nothing_else(question):
    other = {**question, "expected": "higher" if question["expected"] == "lower" else "lower"}
    one, two = judge_impact(**question), judge_impact(**other)
    assert two.verdict == TURNED.get(one.verdict, one.verdict)
    assert (one.reason, one.since, one.signal) == (two.reason, two.since, two.signal)
    assert repr(one.effect) == repr(two.effect)


@given(quarters(), st.integers(1, 6))
@CALM
def test_a_verdict_does_not_depend_on_the_unit(values, power):
    one, two = judged(values), judged([value * 2.0**power for value in values])
    assert (one.verdict, one.reason, one.signal, one.unusual_baseline) == (
        two.verdict,
        two.reason,
        two.signal,
        two.unusual_baseline,
    )
    assert two.effect.value == pytest.approx(one.effect.value, nan_ok=True)


@given(quarters(), st.integers(0, 10_000))
@CALM
def test_a_hidden_value_cannot_be_read_from_its_judgement(values, other):
    hidden = [row == 3 for row in range(len(values))]
    one = judged(values, hidden=hidden)
    two = judged([other if hide else value for value, hide in zip(values, hidden, strict=True)], hidden=hidden)
    assert one.points.equals(two.points)
    assert repr(replace(one, points=two.points)) == repr(two)


@given(quarters(), st.integers(0, 10_000))
@CALM
def test_the_straddling_value_moves_nothing(values, other):
    one = judged(values, straddling=12)
    two = judged([*values[:12], other, *values[13:]], straddling=12)
    assert one.points.drop(columns="value").equals(two.points.drop(columns="value"))
    assert repr(replace(one, points=two.points)) == repr(two)


@given(quarters(), st.integers(0, 10_000))
@CALM
def test_nothing_after_the_change_moves_the_usual_range(values, other):
    one, two = judged(values), judged([*values[:-1], other])
    assert one.points[["mean", "lower", "upper"]].equals(two.points[["mean", "lower", "upper"]])
    assert (one.unusual_baseline, one.few_baseline) == (two.unusual_baseline, two.few_baseline)


@given(st.integers(0, 90), st.integers(1, 90), st.integers(0, 90), st.integers(1, 90))
@CALM
def test_a_difference_of_shares_is_bounded_turns_over_and_is_the_one_statsmodels_gives(x1, n1, x2, n2):
    assume(x1 <= n1 and x2 <= n2)
    found, other = newcombe(x1, n1, x2, n2), newcombe(x2, n2, x1, n1)
    assert -1 - 1e-12 <= found.lower <= found.value <= found.upper <= 1 + 1e-12
    assert (found.lower, found.upper) == pytest.approx((-other.upper, -other.lower))
    wanted = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff")
    assert (found.lower, found.upper) == pytest.approx(wanted, abs=1e-9)


CHANGED, TODAY = date(2025, 4, 1), date(2026, 9, 1)
DAYS = st.integers(-60, 600).map(lambda days: CHANGED + timedelta(days))
PROOFS = st.lists(
    st.builds(
        Proof,
        st.sampled_from(["audit", "training", "voice", "figures"]),
        st.integers(0, 5),
        st.one_of(st.none(), st.integers(0, 5)),
        DAYS,
        st.booleans(),
    ),
    max_size=5,
)
VERDICTS = st.lists(
    st.tuples(st.sampled_from(["improved", "no_change", "worse", "too_early", "not_measurable"]), DAYS), max_size=3
)


def rung(proofs, verdicts, *, done):
    return ladder(actions_done=done, changed_on=CHANGED, proofs=proofs, verdicts=verdicts, today=TODAY)


@given(PROOFS, VERDICTS, st.booleans(), st.randoms(use_true_random=False))
@CALM
def test_the_order_of_evidence_does_not_matter(proofs, verdicts, done, random):
    order = list(range(len(proofs)))
    random.shuffle(order)
    one, two = rung(proofs, verdicts, done=done), rung([proofs[row] for row in order], verdicts[::-1], done=done)
    assert (one.level, one.why) == (two.level, two.why)
    assert [one.counted[row] for row in order] == list(two.counted)


@given(PROOFS, PROOFS, VERDICTS, VERDICTS)
@settings(CALM, max_examples=200)
def test_more_evidence_never_lowers_the_level_unless_figures_got_worse(proofs, more, verdicts, later):
    kept = [each for each in later if each[0] != "worse"]
    assert rung(proofs, verdicts, done=False).level <= rung([*proofs, *more], [*verdicts, *kept], done=True).level


@given(PROOFS, VERDICTS, st.booleans())
@CALM
def test_a_worse_verdict_never_raises_the_level_and_no_proof_counts_for_more_than_it_can_show(proofs, verdicts, done):
    found = rung(proofs, verdicts, done=done)
    assert rung(proofs, [*verdicts, ("worse", TODAY)], done=done).level == min(found.level, 2)
    assert all(
        level <= min(proof.can_show, proof.claimed or 0) for level, proof in zip(found.counted, proofs, strict=True)
    )
    assert len(found.why) == found.level + 1


@given(st.booleans())
@CALM
def test_closing_actions_alone_never_gives_more_than_one(done):
    assert rung([], [], done=done).level == int(done)
