"""What a page may show of a series, and in which words."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.measures import spc

STEADY = [40.0, 43, 38, 41, 44, 37, 42, 39, 45, 38, 41, 40, 43, 36, 42, 39, 44, 40, 38, 41]
LIMITED = {"xmr", "p_prime", "u_prime", "change", "ratio"}


def flow(values, **options):
    return spc.chart_for(values, measure_type="flow", **{"improvement": "decrease", **options})


def has_limits(chart):
    return bool(chart.points["upl"].notna().any())


@pytest.mark.parametrize(
    ("chart", "options"),
    [
        ("xmr", {"measure_type": "flow"}),
        ("xmr", {"measure_type": "mean", "base": "flow"}),
        ("p_prime", {"measure_type": "percent", "base": "flow", "parts": 100}),
        ("xmr", {"measure_type": "percent", "base": "flow"}),
        ("u_prime", {"measure_type": "rate", "base": "flow", "parts": 10_000, "multiplier": 10_000}),
        ("change", {"measure_type": "snapshot"}),
        ("change", {"measure_type": "percent", "base": "snapshot", "parts": 100}),
        ("change", {"measure_type": "rate", "base": "snapshot", "window": "day"}),
        ("change", {"measure_type": "mean", "base": "snapshot"}),
        ("line", {"measure_type": "percent", "base": "window", "parts": 100}),
        ("line", {"measure_type": "snapshot", "window": "rolling_90_days", "seasonal": True}),
        ("line", {"measure_type": "percent", "window": "academic_year_to_date"}),
        ("ratio", {"measure_type": "flow", "seasonal": True}),
        ("ratio", {"measure_type": "percent", "seasonal": True, "parts": 100}),
        ("none", {"measure_type": "rare"}),
        ("none", {"measure_type": "percent", "window": "audit", "parts": 100}),
    ],
)
def test_each_kind_of_measure_has_its_chart(chart, options):
    per = options.pop("parts", None)
    parts = {"numerators": STEADY, "denominators": [100.0] * 20} if per else {}
    values = [value / 100 * per for value in STEADY] if per else STEADY
    found = spc.chart_for(values, improvement="increase", **parts, **options)
    assert found.chart == chart
    assert has_limits(found) == (chart in LIMITED)
    assert (found.variation == "none") == (chart not in LIMITED)
    assert len(found.points) == 20
    assert found.note.endswith(".")
    assert "  " not in found.note


def test_a_plan_count_that_drifts_is_not_called_unusual():
    drifting = [600.0 + 9 * quarter + (quarter % 3) * 4 for quarter in range(20)]
    chart = spc.chart_for(drifting, measure_type="snapshot", improvement="decrease")
    assert chart.variation == "common_cause"
    assert set(chart.points["special_cause"]) == {"Common Cause"}
    assert spc.xmr(drifting, improvement="decrease").variation != "common_cause"


def test_a_stock_that_jumps_is_unusual_and_its_band_follows_the_value_before():
    stock = [600.0, 605, 598, 603, 607, 601, 606, 599, 604, 608, 602, 605, 600, 607, 690]
    chart = spc.chart_for(stock, measure_type="snapshot", improvement="decrease")
    changes = spc.xmr(np.diff(stock), improvement="decrease").points
    assert chart.variation == "concern_high"
    assert chart.points["upl"].iloc[-1] == pytest.approx(607 + changes["upl"].iloc[-1])
    assert chart.points["mean"].iloc[-1] == pytest.approx(607 + changes["mean"].iloc[-1])
    assert chart.points["upl"].isna().iloc[0]
    assert spc.signal_words(chart) == "up by more than usual in one quarter"


def test_a_seasonal_fall_is_caught_by_the_same_quarter_of_the_year_before():
    season = [100.0, 130, 90, 120]
    wobble = [1.01, 0.99, 1.02, 0.98, 1.0]
    values = [season[quarter % 4] * wobble[quarter % 5] for quarter in range(20)]
    values[-1] *= 0.8
    chart = spc.chart_for(values, measure_type="flow", improvement="decrease", seasonal=True)
    assert chart.variation == "improvement_low"
    assert chart.points["mean"].iloc[-1] == pytest.approx(values[-5] * chart.points["mean"].iloc[-2] / values[-6])
    assert chart.points["upl"].isna().iloc[:4].all()
    assert spc.signal_words(chart) == "below its usual range for the time of year"
    assert flow(values).variation == "common_cause"


def test_terms_are_compared_with_the_same_term():
    terms = [f"AY20{15 + term // 3}-{16 + term // 3}-T{term % 3 + 1}" for term in range(18)]
    values = [(50.0, 80.0, 20.0)[term % 3] + term % 5 for term in range(18)]
    chart = spc.chart_for(values, measure_type="flow", improvement="neutral", seasonal=True, period_ids=terms)
    assert chart.points["upl"].notna().sum() == 15
    assert "same term of the year before" in chart.note


def test_percent_limits_are_p_prime_limits_in_percent():
    sizes = [100.0 + quarter for quarter in range(20)]
    values = [100 * top / size for top, size in zip(STEADY, sizes, strict=True)]
    chart = spc.chart_for(
        values, measure_type="percent", improvement="increase", numerators=STEADY, denominators=sizes, target=90
    )
    shares = spc.p_prime(STEADY, sizes).points
    assert chart.points["upl"].tolist() == pytest.approx((shares["upl"] * 100).tolist())
    assert chart.assurance == "consistent_fail"


def test_limits_of_a_rate_made_yearly_are_yearly_too():
    population = [170_000.0] * 20
    values = [round(4 * 10_000 * top / 170_000, 1) for top in STEADY]
    chart = spc.chart_for(
        values,
        measure_type="rate",
        improvement="neutral",
        numerators=STEADY,
        denominators=population,
        multiplier=10_000,
    )
    assert chart.chart == "u_prime"
    assert chart.points["mean"].iloc[0] == pytest.approx(4 * 10_000 * np.mean(STEADY) / 170_000)


def test_a_rate_without_a_multiplier_is_read_off_its_values():
    options = {"measure_type": "rate", "improvement": "neutral", "numerators": STEADY, "denominators": [50.0] * 20}
    chart = spc.chart_for([20 * value for value in STEADY], **options)
    assert chart.chart == "u_prime"
    assert chart.points["mean"].iloc[0] == pytest.approx(20 * np.mean(STEADY))


def test_half_years_are_named_and_compared_as_such():
    halves = [f"20{10 + half // 2}-{11 + half // 2}-Q{2 + half % 2 * 2}" for half in range(20)]
    chart = flow(STEADY, seasonal=True, period_ids=halves)
    assert "18 comparisons with the same half-year" in chart.note


def test_values_that_do_not_follow_from_their_parts_are_judged_by_themselves():
    options = {"measure_type": "percent", "improvement": "increase", "denominators": [100.0] * 20}
    assert spc.chart_for(STEADY, numerators=[top * 0.8 for top in STEADY], **options).chart == "xmr"
    assert spc.chart_for(STEADY, numerators=[None, *STEADY[1:]], **options).chart == "xmr"


def test_fewer_than_twelve_points_say_how_many_are_needed():
    chart = flow(STEADY[:9])
    assert (chart.chart, chart.variation, chart.assurance) == ("run", "none", None)
    assert chart.note == "Three more quarters are needed before a usual range can be worked out."
    assert chart.points["mean"].tolist() == [41.0] * 9
    assert flow(STEADY[:11]).note.startswith("One more quarter is needed")
    assert flow(STEADY[:12]).chart == "xmr"


def test_a_new_definition_has_no_limits_until_it_has_points():
    chart = flow([*STEADY[:15], 80, 82, 79, 81, 80], rebase=[15], target=60)
    assert chart.points["phase"].tolist() == [0] * 15 + [1] * 5
    assert chart.points["upl"].notna().tolist() == [True] * 15 + [False] * 5
    assert (chart.variation, chart.assurance, chart.since) == ("none", None, None)
    assert chart.note.startswith("The definition has changed: seven more quarters")
    assert set(chart.points["special_cause"].iloc[15:]) == {"Common Cause"}


def test_a_step_between_definitions_is_no_signal():
    values = [*STEADY[:12], *(value + 60 for value in STEADY[:12])]
    assert flow(values).variation == "concern_high"
    assert flow(values, rebase=[12]).variation == "common_cause"


def test_a_change_of_definition_is_never_a_change_of_the_stock():
    stock = [600.0 + quarter % 5 for quarter in range(14)] + [800.0 + quarter % 4 for quarter in range(14)]
    chart = spc.chart_for(stock, measure_type="snapshot", improvement="decrease", rebase=[14])
    assert np.isnan(chart.points["upl"].iloc[14])
    assert set(chart.points["special_cause"]) == {"Common Cause"}


def test_a_series_that_never_moves_has_no_limits():
    chart = flow([5.0] * 14)
    assert chart.chart == "constant"
    assert not has_limits(chart)
    assert chart.note == "Unchanged at 5 in every quarter shown, so there is no usual range to be outside of."


def test_a_step_between_two_levels_keeps_its_shift_without_limits():
    chart = flow([15.0] * 9 + [19.0] * 9)
    assert not has_limits(chart)
    assert spc.signal_words(chart) == "above its mean for the ninth quarter running"
    assert chart.note == "Too many figures are equal to work out a usual range."


def test_counts_near_zero_never_get_limits():
    rare = [0, 0, 1, 0, 0, 0, 2, 0, 1, 0, 0, 0, 1, 0, 0, 3, 0, 0, 0, 1]
    assert flow(rare).chart == "run"
    assert not has_limits(flow(rare))
    sizes = [50.0] * 20
    shares = {"measure_type": "percent", "improvement": "increase", "denominators": sizes}
    assert not has_limits(spc.chart_for([2.0 * top for top in rare], numerators=rare, **shares))
    most = [50 - top for top in rare]
    assert not has_limits(spc.chart_for([2.0 * top for top in most], numerators=most, **shares))


def test_two_hidden_of_twenty_still_make_a_chart_but_not_three_nor_a_recent_one():
    def hiding(*rows):
        return flow(STEADY, hidden=[row in rows for row in range(20)])

    assert hiding(3, 9).chart == "xmr"
    assert hiding(3, 9, 11).chart == "none"
    assert hiding(14).chart == "none"
    assert hiding(13).chart == "xmr"
    assert hiding(14).note == "Too few to chart by quarter: 1 of 20 figures are hidden to protect people."
    assert hiding(14).points[["mean", "lpl", "upl"]].isna().all(axis=None)


def test_a_hidden_value_moves_nothing():
    hidden = [row == 4 for row in range(20)]
    one, other = (flow([*STEADY[:4], value, *STEADY[5:]], hidden=hidden) for value in (1.0, 5_000.0))
    gap = flow([*STEADY[:4], None, *STEADY[5:]])
    assert one.points.equals(other.points)
    assert one.points.equals(gap.points)
    assert "one hidden to protect people, and no run or trend crosses the gap" in one.note
    assert "one missing" in gap.note


def test_hidden_parts_move_nothing_either():
    hidden = [row == 4 for row in range(20)]

    def share(top):
        tops = [*STEADY[:4], top, *STEADY[5:]]
        options = {"measure_type": "percent", "improvement": "increase", "hidden": hidden}
        return spc.chart_for(tops, numerators=tops, denominators=[100.0] * 20, **options)

    assert share(1.0).chart == "p_prime"
    assert share(1.0).points.equals(share(99.0).points)


def test_a_gap_breaks_runs_and_trends():
    high = [*STEADY[:12], 39, 43, 44, 43, 45, 44, 43, 44]
    assert spc.signal_words(flow(high)) == "above its mean for the seventh quarter running"
    assert flow([*high[:16], None, *high[17:]]).variation == "common_cause"
    rising = [*STEADY[:12], 43, 38, 39, 40, 41, 42, 43, 44]
    assert spc.signal_words(flow(rising)) == "rising for six quarters"
    assert flow([*rising[:16], None, *rising[17:]]).variation == "common_cause"


def test_nothing_is_claimed_of_a_stock_whose_change_is_not_known():
    stock = [600.0, 605, 598, 603, 607, 601, 606, 599, 604, 608, 602, 605, 600, 690, 607, None, 690]
    chart = spc.chart_for(stock, measure_type="snapshot", improvement="decrease")
    assert (chart.variation, chart.since) == ("none", None)
    assert spc.signal_words(chart) == "not judged"


def test_the_run_is_dated_from_its_first_point():
    chart = flow([*STEADY[:18], 90, 92])
    assert (chart.since, chart.run) == (18, 2)
    assert spc.signal_words(chart) == "above its usual range for the second quarter running"
    assert flow(STEADY).since is None
    assert spc.signal_words(flow(STEADY)) == "within its usual range"


def test_two_near_a_limit_are_said_in_words():
    chart = flow([*[40.0, 42] * 8, 46, 43, 46])
    assert chart.points["special_cause"].iloc[-1] == "2 in 3 Above CL"
    assert spc.signal_words(chart) == "near the top of its usual range in two of the last three quarters"


@pytest.mark.parametrize(
    ("ids", "word"), [("2025-09", "month"), ("FY2025-26", "year"), ("2025-26-Q2", "quarter"), ("other", "point")]
)
def test_words_follow_the_period(ids, word):
    chart = flow([*STEADY[:18], 90, 92], period_ids=[ids] * 20)
    assert spc.signal_words(chart) == f"above its usual range for the second {word} running"
    assert chart.note == f"The usual range is worked out from 20 {word}s."


@pytest.mark.parametrize("values", [[], [None] * 20, [7.0], [None, 7.0, None]])
@pytest.mark.parametrize("measure_type", ["flow", "snapshot", "percent", "rate", "mean", "rare"])
def test_a_series_with_next_to_nothing_in_it_is_no_error(values, measure_type):
    chart = spc.chart_for(values, measure_type=measure_type, improvement="neutral")
    assert chart.chart in {"none", "run"}
    assert len(chart.points) == len(values)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"rebase": [20]}, "rebase 20 is outside"),
        ({"rebase": [-1]}, "rebase -1 is outside"),
        ({"hidden": [True]}, "different lengths"),
        ({"numerators": [1.0]}, "different lengths"),
        ({"period_ids": ["2025-26-Q1"]}, "different lengths"),
        ({"improvement": "up"}, "must be increase, decrease or neutral"),
        ({"measure_type": "number"}, "must be one of flow"),
    ],
)
def test_a_wrong_question_is_refused(options, said):
    with pytest.raises(ValueError, match=said):
        spc.chart_for(STEADY, **{"measure_type": "flow", "improvement": "increase", **options})


@pytest.mark.parametrize(
    ("improvement", "last", "word"),
    [
        ("increase", 90, "improvement"),
        ("decrease", 90, "concern"),
        ("neutral", 90, "unusual"),
        ("increase", 41, "usual"),
    ],
)
def test_the_icon_has_a_plain_name(improvement, last, word):
    assert spc.variation_word(flow([*STEADY[:19], last], improvement=improvement)) == word


def test_no_icon_is_none():
    assert spc.variation_word(flow(STEADY[:5])) == "none"
