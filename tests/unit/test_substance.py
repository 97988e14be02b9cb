"""What counts as a reason: a hundred shrugs that do not, a hundred sentences that do, however they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.catalogue import catalogue
from schemas.returns.substance import has_substance

SHRUGS, REASONS = (
    (Path(__file__).parent / f"{name}.txt").read_text("utf-8").splitlines() for name in ("shrugs", "reasons")
)


def test_the_lists_are_long_enough_to_mean_something():
    assert len(set(SHRUGS)) >= 200
    assert len(set(REASONS)) >= 100


@pytest.mark.parametrize("typed", [str, str.upper, lambda text: f"  {text}!!", lambda text: f"({text.title()})."])
def test_a_shrug_is_no_reason_however_it_is_typed(typed):
    assert [text for text in SHRUGS if has_substance(typed(text))] == []


@pytest.mark.parametrize("typed", [str, str.upper, lambda text: f"- {text} -"])
def test_a_sentence_that_says_what_happened_is_one(typed):
    assert [text for text in REASONS if not has_substance(typed(text))] == []


def test_an_indicators_own_title_explains_nothing():
    indicators = catalogue().indicators.values()
    assert [i.title for i in indicators if has_substance(f"Increase in {i.title.lower()}", i.title)] == []
