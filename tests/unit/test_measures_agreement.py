from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.measures.agreement import Eye, against_full_marks, apart, disagreement, ends, middle, of_points, of_share

places = st.floats(0, 100, allow_nan=False)
eyes = st.lists(st.builds(Eye, st.sampled_from("abcd"), st.none() | places, st.none() | st.integers(0, 40)), max_size=6)


def test_scores_grades_and_replies_worked_by_hand():
    # 3 + 3 + 2 of 9 points; 4 of 9 cases; 55 of 81 replies.
    assert of_points([3, 3, 2]) == pytest.approx(88.889, abs=1e-3)
    assert of_share(4, 9) == pytest.approx(44.444, abs=1e-3)
    assert of_share(55, 81) == pytest.approx(67.901, abs=1e-3)
    three = [Eye("self", of_points([3, 3, 2])), Eye("audit", of_share(4, 9), 9), Eye("survey", of_share(55, 81), 81)]
    assert disagreement(three) == pytest.approx(44.444, abs=1e-3)
    assert ends(three) == ("self", "audit")
    assert apart(disagreement(three)) == "apart"


def test_six_are_enough_and_five_are_not():
    own = Eye("self", 100.0)
    assert disagreement([own, Eye("audit", 0.0, 6)]) == 100.0
    assert disagreement([own, Eye("audit", 0.0, 5)]) is None
    assert disagreement([own]) is None and disagreement([]) is None
    assert middle([1.0] * 6) == 1.0 and middle([1.0] * 5) is None


def test_eyes_that_are_level_have_no_ends():
    assert disagreement([Eye("self", 50.0), Eye("audit", 50.0, 9)]) == 0.0
    assert ends([Eye("self", 50.0), Eye("audit", 50.0, 9)]) is None


def test_only_eyes_with_enough_behind_them_and_below_half_speak_against_full_marks():
    given_eyes = [Eye("moderated", 49.0), Eye("audit", 10.0, 5), Eye("survey", 50.0, 90), Eye("other", None)]
    assert against_full_marks(given_eyes) == ("moderated",)


@pytest.mark.parametrize("percent", [-0.1, 100.1])
def test_a_place_off_the_line_is_refused(percent):
    with pytest.raises(ValueError, match="not between 0 and 100"):
        Eye("self", percent)


@pytest.mark.parametrize(("part", "whole"), [(-1, 3), (4, 3)])
def test_a_part_larger_than_its_whole_is_refused(part, whole):
    with pytest.raises(ValueError, match="is no part of"):
        of_share(part, whole)


@given(eyes, st.randoms())
def test_disagreement_is_bounded_and_order_does_not_matter(found, random):
    between = disagreement(found)
    mixed = list(found)
    random.shuffle(mixed)
    assert disagreement(mixed) == between
    assert between is None or 0 <= between <= 100


@given(eyes, st.builds(Eye, st.just("new"), places, st.none()))
def test_another_eye_never_brings_the_others_together(found, new):
    before, after = disagreement(found), disagreement([*found, new])
    assert before is None or (after is not None and after >= before)


@given(eyes, places)
def test_an_eye_without_enough_behind_it_changes_nothing(found, percent):
    assert disagreement([*found, Eye("few", percent, 5)]) == disagreement(found)
