from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import pytest

from schemas import rules
from schemas.problems import Problem
from schemas.rule import Rule, rule, rules_of
from tests.rules.each import each
from tests.rules.rows import context, text, typed

RULES = rules_of("figures")
CELLS = [rule for rule in RULES if rule.stage == "cells"]
ROWS = [rule for rule in RULES if rule.stage in ("double", "standing", "rows", "return")]


@each(CELLS)
def test_a_rule_of_cells_breaks_on_each_bad_cell_and_on_no_good_one(rule):
    for column in rule.column.split():
        bad = [example for example in rule.bad if column in example]
        good = [example for example in rule.good if column in example]
        assert rule.applied(text(bad, column), context()).all(), column
        assert not rule.applied(text(good, column), context()).any(), column


@each(ROWS)
def test_a_rule_of_rows_breaks_on_its_bad_rows(rule):
    assert len(rule.broken(typed(rule.bad), context()))


@each(ROWS)
def test_a_rule_of_rows_lets_its_good_rows_pass(rule):
    assert not len(rule.broken(typed(rule.good), context()))


@each(ROWS)
def test_every_bad_row_by_itself_breaks_its_rule_where_one_row_can(rule):
    together = rule.name in {
        "figure_is_given_twice", "row_is_repeated", "parts_do_not_add_up", "wards_do_not_add_up", "education_is_left_out",
        "one_quantity_has_two_values", "return_repeats_the_last_quarter", "earlier_figures_are_held_back",
    }  # fmt: skip
    for example in [] if together else rule.bad:
        assert len(rule.broken(typed([example]), context())), example


@each(ROWS)
def test_a_message_can_be_filled_from_a_broken_row(rule):
    rows = typed(rule.bad)
    broken = rule.broken(rows, context())
    told = broken[~broken["silent"].astype(bool)] if "silent" in broken else broken
    at = told.index[0]
    words = {**rows.loc[at].to_dict(), "where": "Figures!F14", "value": "12", **told.iloc[0].to_dict()}
    problem = rule.problem(words, sheet="Figures", cell="F14")
    assert isinstance(problem, Problem)
    assert "Figures!F14" in problem.message
    assert "{" not in problem.message + problem.fix
    assert "nan" not in problem.message


@each([*RULES, *rules_of("file")])
def test_every_rule_says_why_it_is_there_and_what_to_do(rule):
    assert rule.reason.endswith(".")
    assert len(rule.reason) > 40
    assert rule.message
    assert rule.fix.endswith(".") or rule.fix == "{advice}" or rule.name == "file_cannot_be_read"


@each(RULES)
def test_every_rule_of_rows_comes_with_a_row_that_breaks_it_and_one_that_does_not(rule):
    assert rule.bad
    assert rule.good


def test_every_rule_and_fault_stands_where_its_kind_is_looked_for():
    modules = [import_module(f"schemas.rules.{found.name}") for found in iter_modules(rules.__path__)]
    declared = [(module.__name__.rpartition(".")[2], each) for module in modules for each in vars(module).values()]
    faults = [(module, each) for module, each in declared if isinstance(each, Rule)]
    assert len(faults) > 40
    assert [(module, each.name) for module, each in faults if each not in rules_of(each.kind)] == []
    assert [each.name for module, each in faults if not f"{module}_".startswith(f"{each.kind}_")] == []


def test_a_rule_of_another_kind_than_its_module_is_refused():
    with pytest.raises(ValueError, match="is not loaded for that kind"):
        rule(kind="figures", severity="note", message="m", fix="f", bad=[], good=[])(each)


def test_two_rules_of_one_name_are_refused():
    from schemas.rule import fault

    with pytest.raises(ValueError, match="two rules are called"):
        fault("person_level_data", "error", "m", "f", "Another reason.")
