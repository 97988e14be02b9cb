from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.catalogue import catalogue
from schemas.returns import kinds
from schemas.returns.records import LogContext, keys, typed
from schemas.rule import rules_of
from tests.rules.log_rows import QUARTER, TODAY, kind_sender

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from schemas.returns.kind import Column, Kind, SheetLayout
    from schemas.rule import Rule

CALM = settings(deadline=None, derandomize=True, max_examples=25)  # the same logs on every machine
LOGS = [kind.id for kind in kinds().values() if kind.is_log]
REFERENCES = {
    "recommendation_id": ("R-01", "R-02"),
    "incident_ref": ("SI-1", "SI-2"),
    "action_id": ("R-01.1", "R-02.1"),
}
WORDS = ("", "OK", "Core groups meet within ten working days", "36 of 40 core groups met in time", "Head of Service",
         "Ensure core groups meet in ten working days", "Jane Example", "Child AB")  # fmt: skip
DAYS = ("2024-03-31", "2025-05-12", "2025-07-01", "2026-08-20", "2026-10-20", "2027-01-04")


def cell(column: Column, chance: random.Random) -> str:
    if column.from_cover == "period":  # the cover's, and so a year that could be read
        return chance.choice(("FY2025-26", "FY2026-27"))
    if not column.needed and chance.random() < 0.3:
        return ""
    known = catalogue()
    if column.holds == "choice":
        listed = known.choices.get(column.choices)
        return chance.choice(list(listed) if listed else [c.id for c in known.breakdowns[column.choices].categories])
    return chance.choice(
        {
            "day": DAYS,
            "whole": ("0", "1", "3", "8", "40"),
            "number": ("0", "1", "3.4", "62"),
            "agency": list(known.agencies),
            "indicator": list(known.indicators),
            "statement": list(known.statements),
            "reference": REFERENCES.get(column.name, ("A-1", "A-2", "80412277", "Child AB")),
        }.get(column.holds, [word for word in WORDS if word or not column.needed])
    )


def sheet(layout: SheetLayout, chance: random.Random) -> pd.DataFrame:
    rows = [{c.name: cell(c, chance) for c in layout.columns} for _ in range(chance.randint(0, 5))]
    found = typed(layout, pd.DataFrame(rows, columns=[c.name for c in layout.columns], dtype="str"))
    found = found[~keys(layout, found).duplicated()]
    return found.set_axis(chance.sample(range(5, 100), len(found)))


def log(kind: Kind, seed: int) -> LogContext:
    """A log of anything at all: whatever its lists, days and numbers allow, right or wrong."""
    chance = random.Random(seed)  # noqa: S311 - a log to judge, no secret
    held, coming = ({each.name: sheet(each, chance) for each in kind.sheets} for _ in range(2))
    period = QUARTER.financial_year if kind.every == "year" else QUARTER
    return LogContext(catalogue(), kind, kind_sender(kind.id), period, TODAY, held, coming)


def told(rule: Rule, rows: pd.DataFrame, broken: pd.DataFrame) -> list[str]:
    pairs = zip(broken.index, broken.to_dict("records") or [{}] * len(broken), strict=True)
    words = ({**rows.loc[at].to_dict(), "where": "Sheet!F14", "value": "", **more} for at, more in pairs)
    return [f"{found.message} {found.fix}" for found in map(rule.problem, words)]


@pytest.mark.parametrize("kind_id", LOGS)
@settings(CALM)
@given(seed=st.integers(0, 2**32))
def test_every_rule_answers_any_log_with_rows_of_it_and_whole_sentences(kind_id: str, seed: int) -> None:
    context = log(kinds()[kind_id], seed)
    for rule in (each for each in rules_of(kind_id) if each.sheet):
        rows = context.coming[rule.sheet]
        broken = rule.broken(rows, context)
        assert set(broken.index) <= set(rows.index), rule.name
        for sentence in told(rule, rows, broken):
            assert not re.search(r"\b(?:nan|NaT|None|inf)\b|\{|00:00|“”", sentence), (rule.name, sentence)
