"""What must hold of the statistics whatever the figures are."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipelines.measures import comparisons, intervals, spc

pytestmark = pytest.mark.slow

CALM = settings(deadline=None, derandomize=True, max_examples=60)  # the same examples on every machine

FIGURES = st.one_of(st.none(), st.floats(0, 1e6), st.integers(0, 40).map(float), st.just(float("nan")))
SERIES = st.lists(FIGURES, max_size=40)
KINDS = st.sampled_from(["flow", "snapshot", "percent", "rate", "mean", "rare"])
IMPROVEMENTS = st.sampled_from(["increase", "decrease", "neutral"])
POLARITIES = st.sampled_from(["higher", "lower", "neutral"])
LIMITED = {"xmr", "p_prime", "u_prime", "change", "ratio"}


@st.composite
def questions(draw):
    """A series with everything `chart_for` takes, gaps and hidden points anywhere."""
    values = draw(SERIES)
    size = len(values)
    sizes = [draw(st.one_of(st.none(), st.integers(0, 500))) for _ in values]
    with_parts = draw(st.booleans())
    tops = [None if value is None or of is None else min(value, of) for value, of in zip(values, sizes, strict=True)]
    return {
        "values": values,
        "measure_type": draw(KINDS),
        "improvement": draw(IMPROVEMENTS),
        "numerators": tops if with_parts else None,
        "denominators": sizes if with_parts else None,
        "base": draw(st.sampled_from([None, "flow", "snapshot", "window"])),
        "window": draw(st.sampled_from([None, "quarter", "day", "rolling_12_months", "audit"])),
        "seasonal": draw(st.booleans()),
        "target": draw(st.one_of(st.none(), st.floats(0, 100))),
        "rebase": draw(st.lists(st.integers(0, size - 1), max_size=3)) if size else (),
        "hidden": draw(st.one_of(st.none(), st.lists(st.booleans(), min_size=size, max_size=size))),
        "multiplier": draw(st.sampled_from([None, 1, 100, 10_000])),
    }


@given(questions())
@settings(CALM, max_examples=120)
def test_a_chart_never_raises_and_is_as_long_as_its_series(question):
    chart = spc.chart_for(**question)
    points = chart.points
    assert len(points) == len(question["values"])
    assert chart.note.endswith(".")
    assert spc.signal_words(chart)
    drawn = points.dropna(subset=["lpl", "upl"])
    assert (drawn["lpl"] <= drawn["upl"]).all()
    assert chart.chart in LIMITED or (drawn.empty and chart.variation == "none")
    assert (chart.since is None) == (chart.variation in {"none", "common_cause"})


@given(questions(), st.floats(0, 1e6))
@CALM
def test_a_hidden_value_cannot_be_read_from_its_chart(question, other):
    size = len(question["values"])
    assume(size > 0)
    question["hidden"] = [row % 11 == 3 for row in range(size)]
    changed = {
        **question,
        "values": [
            other if hide else value for value, hide in zip(question["values"], question["hidden"], strict=True)
        ],
    }
    one, two = spc.chart_for(**question), spc.chart_for(**changed)
    both_figures = [value is not None and not math.isnan(value) for value in question["values"]]
    assume(all(both_figures))
    assert one.points.equals(two.points)
    assert (one.note, one.variation) == (two.note, two.variation)


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=40), IMPROVEMENTS)
@CALM
def test_xmr_limits_enclose_the_mean_and_the_outside_points_are_outside(values, improvement):
    points = spc.xmr(values, improvement=improvement).points
    known = points["upl"].notna()
    assert (points["lpl"][known] <= points["mean"][known]).all()
    outside = (np.array(values) > points["upl"]) | (np.array(values) < points["lpl"])
    assert outside[known].tolist() == points["outside_limits"][known].tolist()


@given(st.lists(st.integers(0, 500), min_size=2, max_size=40), st.integers(1, 8), st.integers(-200, 200))
@CALM
def test_xmr_does_not_depend_on_the_unit(values, scale, shift):
    one, two = (
        spc.xmr(series, improvement="increase").points
        for series in (values, [value * 2.0**scale + shift for value in values])
    )
    assert one["special_cause"].equals(two["special_cause"])
    assert two["upl"].tolist() == pytest.approx((one["upl"] * 2.0**scale + shift).tolist(), nan_ok=True)


@given(st.lists(st.integers(0, 500), min_size=2, max_size=40))
@CALM
def test_upside_down_every_signal_turns_round(values):
    one, two = (
        spc.xmr(series, improvement="increase").points["point_type"]
        for series in (values, [-value for value in values])
    )
    other = {"special_cause_improvement": "special_cause_concern", "special_cause_concern": "special_cause_improvement"}
    assert [other.get(kind, kind) for kind in one] == two.tolist()


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 300)), min_size=1, max_size=40))
@CALM
def test_limits_of_shares_stay_between_nothing_and_everything(pairs):
    tops, sizes = [min(pair) for pair in pairs], [max(pair) for pair in pairs]
    for chart in (spc.p, spc.p_prime):
        points = chart(tops, sizes).points.dropna(subset=["lpl", "upl"])
        assert (points["lpl"] >= 0).all()
        assert (points["upl"] <= 1).all()


@given(st.integers(0, 400), st.integers(1, 400), st.sampled_from([0.8, 0.95, 0.998]))
@CALM
def test_the_interval_of_a_share_holds_the_share_and_widens_with_confidence(x, n, confidence):
    x = min(x, n)
    for function in (intervals.wilson, intervals.clopper_pearson):
        found, surer = function(x, n, confidence), function(x, n, 0.999)
        assert 0 <= found.lower <= x / n + 1e-12
        assert x / n - 1e-12 <= found.upper <= 1
        assert surer.lower <= found.lower + 1e-12
        assert surer.upper >= found.upper - 1e-12


@given(st.integers(0, 5_000))
@CALM
def test_the_bounds_of_a_count_rise_with_it(x):
    for function in (intervals.poisson_exact, intervals.byar):
        now, more = function(x), function(x + 1)
        assert now.upper < more.upper
        assert math.isnan(now.lower) or now.lower < more.lower
        assert now.upper > x


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.5, 50), st.floats(0.5, 50))
@settings(CALM, max_examples=40)
def test_a_ratio_of_rates_turns_over_when_its_sides_change_places(x1, x2, t1, t2):
    one, two = intervals.rate_ratio_exact(x1, t1, x2, t2), intervals.rate_ratio_exact(x2, t2, x1, t1)
    assume(x1 and x2)
    assert one.value == pytest.approx(1 / two.value)
    assert (one.lower, one.upper) == pytest.approx((1 / two.upper, 1 / two.lower))
    assert one.lower <= one.value <= one.upper


@given(st.floats(0.01, 0.99), st.lists(st.integers(1, 10_000), min_size=2, max_size=20))
@CALM
def test_a_funnel_narrows_with_size(average, sizes):
    wide = np.array(sorted(set(sizes)), dtype=float)
    funnel = intervals.funnel_limits(average, wide)
    assert (np.diff(funnel.upper_95 - funnel.lower_95) <= 0).all()
    assert (funnel.upper_998 >= funnel.upper_95).all()
    assert (funnel.lower_998 <= funnel.lower_95).all()


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 9_000), st.floats(0.1, 9)), min_size=1, max_size=8))
@CALM
def test_the_order_of_the_groups_does_not_change_a_standardised_rate(groups):
    one, two = (intervals.dsr(*map(list, zip(*rows, strict=True)), 1_000) for rows in (groups, groups[::-1]))
    assert (one.value, one.lower, one.upper) == pytest.approx((two.value, two.lower, two.upper), nan_ok=True)
    assert math.isnan(one.value) or one.lower <= one.value <= one.upper


@given(st.floats(0, 100), st.lists(st.floats(0, 100), min_size=1, max_size=20), POLARITIES)
@CALM
def test_a_rank_does_not_depend_on_the_order_of_the_others(value, others, polarity):
    rank = comparisons.rank_among(value, others, polarity)
    assert rank == comparisons.rank_among(value, others[::-1], polarity)
    assert rank is None or 1 <= rank.rank <= rank.of == len(others) + 1


@given(st.lists(st.floats(0, 1e6), min_size=4, max_size=4))
@CALM
def test_a_year_of_flows_does_not_depend_on_the_order_of_its_quarters(quarters):
    assert comparisons.year_value(quarters, "sum") == comparisons.year_value(quarters[::-1], "sum")


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(10, 400), st.integers(0, 900), st.integers(10, 400), st.integers(0, 900))
def test_a_ratio_of_shares_is_the_one_scipy_gives(x1, more1, x2, more2):
    from scipy.stats.contingency import relative_risk

    from pipelines.measures.disparities import share_ratio

    found = share_ratio(x1, x1 + more1, x2, x2 + more2)
    wanted = relative_risk(x1, x1 + more1, x2, x2 + more2)
    bounds = wanted.confidence_interval(0.95)
    assert (found.value, found.lower, found.upper) == pytest.approx((wanted.relative_risk, bounds.low, bounds.high))
