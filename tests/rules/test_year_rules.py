from __future__ import annotations

import pandas as pd
import pytest

from schemas.rule import rules_of

YEARS = [rule for rule in rules_of("figures") if rule.stage == "year"]
NAMED = {"argvalues": YEARS, "ids": [rule.name for rule in YEARS]}


def years(examples):
    """Whole rows of years from the few facts an example names."""
    rows = []
    for example in examples:
        numbers = pd.Series(example["numbers"], dtype="float64")
        rows.append(
            {
                "indicator_id": "DA01",
                "title": "Police domestic incidents with children",
                "is_share": example["how"] == "recompute",
                "given": float(example["given"]),
                "decimals": len(str(example["given"]).partition(".")[2]),
                "added": numbers.sum(),
                "last": numbers.iloc[-1],
                "mean": numbers.mean(),
                "least": numbers.min(),
                "most": numbers.max(),
                "parts": f"{len(numbers)} quarters" if len(numbers) > 1 else "one quarter",
                "recomputed": float("nan"),
                "called": "",
                **{name: value for name, value in example.items() if name not in ("numbers", "given")},
            }
        )
    return pd.DataFrame(rows)


@pytest.mark.parametrize("rule", **NAMED)
def test_a_rule_of_years_breaks_on_each_of_its_bad_years(rule):
    for example in rule.bad:
        assert len(rule.broken(years([example]), None)) == 1, example


@pytest.mark.parametrize("rule", **NAMED)
def test_a_rule_of_years_lets_its_good_years_pass(rule):
    for example in rule.good:
        assert not len(rule.broken(years([example]), None)), example


@pytest.mark.parametrize("rule", **NAMED)
def test_one_wrong_year_is_said_by_one_rule(rule):
    for example in rule.bad:
        told = [other.name for other in YEARS if len(other.broken(years([example]), None))]
        assert told == [rule.name], example


@pytest.mark.parametrize("rule", **NAMED)
def test_what_is_good_for_one_rule_is_good_for_all(rule):
    for example in rule.good:
        assert [other.name for other in YEARS if len(other.broken(years([example]), None))] == [], example


@pytest.mark.parametrize("rule", **NAMED)
def test_the_message_of_a_year_says_what_and_where(rule):
    frame = years(rule.bad)
    found = rule.broken(frame, None)
    at = found.index[0]
    problem = rule.problem({**frame.loc[at].to_dict(), **found.loc[at].to_dict(), "where": "Scorecard!G7"})
    assert "Scorecard!G7" in problem.message
    assert "nan" not in problem.message
    assert "{" not in problem.message + problem.fix
    assert problem.severity == "query"
