"""Can the Executive work out the score of a body nobody names from medians and quartiles, or from two releases of them?"""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import pytest

from pipelines.measures.self_assessment import spread
from pipelines.publishing.assessments.middles import middle_of
from pipelines.publishing.assessments.sectors import Group, flagged, spreads
from pipelines.publishing.logs.spreads_before import SpreadTold

# Every score a standard of two statements can have: half points of three.
SCORES = [100 * points / 6 for points in range(7)]


def group(scores, unnamed):
    return Group(replied=len(scores), scores=tuple(scores), unmet=0, unnamed=unnamed, asks_critical=True)


def drawn(rng, many):
    return [SCORES[place] for place in rng.integers(len(SCORES), size=many)]


def told(middle, made):
    return SpreadTold(made, middle.n, middle.lower, middle.median, middle.upper, None)


def fits(agencies, shown, everybody):
    """Every score of one body more that fits the spread of six, that of everybody, and the agencies' own scores."""
    six = [each for each in combinations_with_replacement(SCORES, 6) if spread(each) == shown]
    return {y for y in SCORES for each in six if spread([*agencies, *each, y]) == everybody}


@pytest.mark.parametrize("seed", range(20))
def test_a_lone_body_in_a_hidden_sector_is_not_left_over_of_everybody(seed):
    rng = np.random.default_rng(seed)
    agencies, six, lone = drawn(rng, 7), drawn(rng, 6), drawn(rng, 1)
    groups = {
        "all": group(agencies + six + lone, 7),
        "council": group(agencies, 0),
        "third_sector": group(six, 6),
        "colleges": group(lone, 1),
    }
    found = spreads(groups)
    assert (found["all"], found["colleges"]) == (None, None)
    assert found["council"] == spread(agencies)
    assert found["third_sector"] == spread(six)
    assert flagged(groups)["all"] is None


def test_the_attack_would_find_the_lone_body():
    found = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        agencies, six, lone = drawn(rng, 7), drawn(rng, 6), drawn(rng, 1)
        found.append(fits(agencies, spread(six), spread(agencies + six + lone)))
    assert any(len(each) == 1 for each in found)


def test_with_six_left_over_everybody_is_told():
    rng = np.random.default_rng(1)
    six, left = drawn(rng, 6), [drawn(rng, 3), drawn(rng, 3)]
    groups = {"all": group(six + left[0] + left[1], 12), "third_sector": group(six, 6)}
    groups |= {"colleges": group(left[0], 3), "commissioned": group(left[1], 3)}
    assert spreads(groups)["all"] is not None


@pytest.mark.parametrize("seed", range(50))
def test_a_reply_more_changes_no_number_until_six_have_come(seed):
    rng = np.random.default_rng(seed)
    scores = drawn(rng, 8)
    releases = [told(middle_of(spread(scores), None, (), exact=False), "20261001T090000Z-00000000")]
    for week in range(1, 7):
        scores = [*scores, *drawn(rng, 1)]
        now = middle_of(spread(scores), None, releases, exact=False)
        assert now.is_repeated is (week < 6)
        numbers = (now.n, now.lower, now.median, now.upper)
        assert (numbers == releases[0][1:5]) is (week < 6)
        releases.append(told(now, f"202611{week:02}T090000Z-00000000"))


@pytest.mark.slow
def test_the_attack_finds_a_ninth_score_that_was_told_exactly():
    pinned = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        eight, ninth = drawn(rng, 8), drawn(rng, 1)
        was, now = spread(eight), spread(eight + ninth)
        every = [each for each in combinations_with_replacement(SCORES, 8) if spread(each) == was]
        pinned += len({y for each in every for y in SCORES if spread([*each, y]) == now}) == 1
    assert pinned


def test_a_changed_answer_changes_no_number_either():
    before = told(middle_of(spread([50.0] * 4 + [100.0] * 3), None, (), exact=False), "20261001T090000Z-00000000")
    now = middle_of(spread([50.0] * 3 + [100.0] * 4), 2, [before], exact=False)
    assert (now.median, now.n, now.unmet, now.is_repeated) == (50, 7, None, True)
    assert (
        now.words == "Median 50%, the middle half from 50% to 100%; as last published, of 7 replies. To the nearest 5."
    )


def test_numbers_told_exactly_before_are_repeated_to_the_nearest_five():
    before = SpreadTold("20261001T090000Z-00000000", 8, 100 / 3, 200 / 3, 250 / 3, 3)
    now = middle_of(spread([100.0] * 9), 0, [before], exact=False)
    assert (now.n, now.lower, now.median, now.upper, now.unmet) == (8, 35, 65, 85, 3)
