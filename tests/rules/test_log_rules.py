from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from schemas.problems import Problem
from schemas.returns import kinds
from schemas.rule import fault, rules_of
from tests.rules.each import each
from tests.rules.log_rows import GOOD, bad_rows, context, good_log, rows, together

LOGS = [kind for kind in kinds().values() if kind.is_log]
RULES = [rule for kind in LOGS for rule in rules_of(kind.id) if rule.sheet]
SHEETS = [(kind.id, layout.name) for kind in LOGS for layout in kind.sheets]


@each(RULES)
def test_a_rule_breaks_on_each_of_its_bad_rows(rule):
    assert rule.bad
    for example, broken in bad_rows(rule):
        assert len(broken), example


@each(RULES)
def test_a_rule_lets_each_of_its_good_rows_pass(rule):
    assert rule.good
    for example in rule.good:
        assert not len(rule.broken(rows(rule, example), context(rule, example))), example


@each(RULES)
def test_a_row_is_judged_alike_alone_and_in_company(rule):
    every, beside = together(rule), context(rule, {})
    judged = {at: rule.broken(every.loc[[at]], beside) for at in every.index}
    alone = {at: broken for at, broken in judged.items() if len(broken)}
    found = rule.broken(every, beside)
    assert set(found.index) == set(alone)
    for at, broken in alone.items():
        pd.testing.assert_frame_equal(broken, found.loc[[at]], check_dtype=False, check_column_type=False)


@each(RULES)
def test_a_message_can_be_filled_from_each_bad_row(rule):
    for example, broken in bad_rows(rule):
        record = rows(rule, example).iloc[0].to_dict()
        words = {**record, "where": f"{rule.sheet}!F14", "value": "12", **broken.iloc[0].to_dict()}
        problem = rule.problem(words, sheet=rule.sheet, cell="F14")
        assert isinstance(problem, Problem)
        assert f"{rule.sheet}!F14" in problem.message
        told = problem.message + problem.fix
        assert "{" not in told
        assert not {"nan", "NaT", "None"} & set(re.findall(r"\w+", told)), told
        assert "00:00" not in told
        assert "  " not in told


@each(RULES)
def test_a_problem_stands_at_columns_its_sheet_has(rule):
    columns = {column.name for column in kinds()[rule.kind].sheet(rule.sheet).columns}
    named = set(rule.column.split())
    for _, broken in bad_rows(rule):
        named |= set(broken.get("at", []))
    assert named
    assert named <= columns


@each(RULES)
def test_every_rule_says_why_it_is_there_and_what_to_do_in_whole_sentences(rule):
    assert rule.reason.endswith((".", "?"))
    assert len(rule.reason) > 40
    assert rule.message.endswith((".", "?"))
    assert "{where}" in rule.message
    assert rule.fix.endswith((".", "?"))
    assert rule.reason != rule.message


@each(rule for rule in RULES if rule.withheld)
def test_a_withheld_value_is_not_repeated_in_its_message(rule):
    assert set(rule.words) <= {"where", "heading"}, "an ID beside it may tell as much"


@each(rule for rule in RULES if not rule.withheld)
def test_nobody_is_asked_about_a_record_that_is_taken_back(rule):
    if "standing" not in {column.name for column in kinds()[rule.kind].sheet(rule.sheet).columns}:
        return
    for example in rule.bad:
        withdrawn = {**example, "standing": "withdrawn"}
        assert not len(rule.broken(rows(rule, withdrawn), context(rule, withdrawn))), example


def can_be_taken_back(rule):
    return "standing" in {column.name for column in kinds()[rule.kind].sheet(rule.sheet).columns}


@each(rule for rule in RULES if rule.withheld and can_be_taken_back(rule))
def test_what_may_name_somebody_is_refused_even_when_it_is_taken_back(rule):
    withdrawn = {**rule.bad[0], "standing": "withdrawn"}
    assert len(rule.broken(rows(rule, withdrawn), context(rule, withdrawn)))


@each(RULES)
def test_a_rule_answers_an_empty_sheet(rule):
    nothing = rows(rule, {}).iloc[:0]
    empty_handed = {"_without": [layout.name for layout in kinds()[rule.kind].sheets]}
    assert not len(rule.broken(nothing, context(rule, empty_handed)))


@pytest.mark.parametrize(("kind", "sheet"), SHEETS, ids=[f"{kind}-{sheet}" for kind, sheet in SHEETS])
def test_an_unremarkable_log_is_asked_nothing(kind, sheet):
    log = good_log(kind)
    asked = [rule.name for rule in RULES if (rule.kind, rule.sheet) == (kind, sheet)
             if len(rule.broken(log.before(sheet), log))]  # fmt: skip
    assert asked == []


def test_every_sheet_of_every_log_has_rules_and_an_unremarkable_record():
    assert {(rule.kind, rule.sheet) for rule in RULES} == set(SHEETS)
    assert {(kind, sheet) for kind, sheets in GOOD.items() for sheet in sheets} == set(SHEETS)


def test_a_rule_of_another_log_with_the_same_name_is_refused():
    again = RULES[0]
    other = "voice" if again.kind != "voice" else "survey"
    with pytest.raises(ValueError, match="two rules are called"):
        fault(again.name, "note", "m", "f", again.reason, kind=other)


@pytest.mark.parametrize(("sender", "is_told"), [("bu", True), ("lcc_cf", True), ("wyp_leeds", False)])
def test_the_title_of_anothers_recommendation_is_told_only_to_those_who_may_read_it(sender, is_told):
    (rule,) = [rule for rule in RULES if rule.name == "recommendation_is_like_another"]
    asked = replace(context(rule, rule.bad[0]), agency_id=sender)
    (titled,) = rule.broken(rows(rule, rule.bad[0]), asked)["titled"]
    assert (GOOD["learning"]["Recommendations"]["title"] in titled) == is_told
