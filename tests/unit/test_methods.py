from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

from pipelines import measures
from schemas.published.methods import METHOD_VERSION, methods

KNOWN = methods()
# The calls that name a chart, and which of their arguments is its name.
NAMED_BY = {"Method": 0, "_plain": 1, "_of_parts": 0, "_of_values": 0, "drawn": 0}


def chart_names() -> set[str]:
    """Every chart name our statistics can give, read from their source; both names where a call chooses one."""
    found: set[str] = set()
    for path in Path(measures.__file__).parent.glob("spc*.py"):
        for call in (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)):
            place = NAMED_BY.get(getattr(call.func, "id", ""))
            if place is not None and len(call.args) > place:
                found |= set(_names(call.args[place]))
    return found


def _names(argument: ast.expr):
    """The texts an argument can be; the test of a choice between two is not one of them."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    if isinstance(argument, ast.IfExp):
        yield from _names(argument.body)
        yield from _names(argument.orelse)


def test_every_chart_a_release_can_contain_is_described():
    named = {name for each in KNOWN.method for name in each.charts}
    assert chart_names() >= {"p_prime", "ratio", "constant", "none"}
    assert chart_names() - named == set()
    assert named - chart_names() - {"xmr"} == set()


def test_a_chart_or_an_interval_nobody_described_is_an_error_not_an_empty_word():
    with pytest.raises(KeyError):
        KNOWN.of_chart("pareto")
    with pytest.raises(KeyError):
        KNOWN.of_interval("bootstrap")


@pytest.mark.parametrize("function", sorted({name for each in KNOWN.method for name in each.functions}))
def test_every_function_a_method_names_is_there(function):
    module, _, name = function.rpartition(".")
    assert callable(getattr(importlib.import_module(module), name))


def test_no_method_chart_or_interval_is_described_twice():
    for names in (
        [each.id for each in KNOWN.method],
        [name for each in KNOWN.method for name in each.charts],
        [name for each in KNOWN.method for name in each.intervals],
    ):
        assert len(names) == len(set(names))


def test_every_group_has_methods_and_every_method_a_group():
    assert {each.group for each in KNOWN.method} == set(KNOWN.groups)
    assert sum(len(KNOWN.in_group(name)) for name in KNOWN.groups) == len(KNOWN.method)


def test_versions_count_up_from_one_and_the_last_is_the_one_in_use():
    assert [each.version for each in KNOWN.version] == [str(n + 1) for n in range(len(KNOWN.version))]
    assert KNOWN.version[-1].version == METHOD_VERSION
