from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.rules.each import each

RULES = [SimpleNamespace(kind="figures", sheet="", name=name) for name in ("first", "second", "third")]


def test_every_rule_that_breaks_a_promise_is_named():
    @each(RULES)
    def promise(rule):
        assert rule.name == "second"

    with pytest.raises(ExceptionGroup) as found:
        promise(RULES)
    named = [note for why in found.value.exceptions for note in why.__notes__]
    assert named == ["The rule is first", "The rule is third"]


def test_what_is_no_broken_promise_is_raised_with_its_rule():
    @each(RULES)
    def promise(rule):
        assert rule.message

    with pytest.raises(AttributeError) as found:
        promise(RULES)
    assert found.value.__notes__ == ["The rule is first"]


def test_a_promise_all_rules_keep_passes():
    asked = []
    each(RULES)(asked.append)(RULES)
    assert asked == RULES
