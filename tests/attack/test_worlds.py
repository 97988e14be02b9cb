"""Invented worlds, published as they would be: nothing a reader of any audience opens gives a hidden child away."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.attack.attacking import Attack
from tests.attack.cells import Edition
from tests.attack.releasing import AUDIENCES, edition, filed, leaks_of
from tests.attack.worlds import Plan, counted, events, hidden_by_its_agency, truth_behind

pytestmark = pytest.mark.slow

YEAR = tuple(f"2025-26-Q{n}" for n in (1, 2, 3, 4))
PLANS = {
    "a rate and a share of one quantity": Plan(("FD03", "FD04"), YEAR),
    "three shares in a chain, split by year and by quarter": Plan(("FD02", "FD05", "DA06"), YEAR),
    "three senders": Plan(("HE10",), YEAR),
    "two senders and totals with yearly splits": Plan(("YV05", "PO01"), YEAR),
    "wards": Plan(("FD03", "FD02"), YEAR, wards=33),
}
worlds = pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)


def world(plan, seed):
    random = np.random.default_rng(seed)
    return random, events(random, plan, int(random.choice([8, 20, 45])))


def said(leaks):
    return [str(leak) for leak in leaks]


@worlds
def test_no_reader_of_any_audience_learns_a_hidden_count(plan, tmp_path):
    random, children = world(plan, 2)
    rows = counted(plan, children)
    files = {str(a): filed(tmp_path, rows, n, str(a)) for n, a in enumerate(random.permutation(AUDIENCES))}
    truth = truth_behind(plan, children, rows)
    for number, reader in enumerate(AUDIENCES):
        opened = tuple(files[audience] for audience in AUDIENCES[number:])
        assert said(Attack([Edition(opened, truth)]).leaks()) == [], reader


@worlds
def test_what_agencies_hid_themselves_stays_hidden(plan, tmp_path):
    random, children = world(plan, 3)
    rows = hidden_by_its_agency(counted(plan, children), random, 0.2)
    assert said(leaks_of([edition(tmp_path, rows, 0, truth_behind(plan, children, rows))])) == []


@worlds
def test_a_year_that_grows_by_a_quarter_gives_no_earlier_one_away(plan, tmp_path):
    _, children = world(plan, 4)
    rows = counted(plan, children)
    first = [row for row in rows if row["period_id"] in YEAR[:3]]
    both = (first, rows)
    releases = [edition(tmp_path, r, n, truth_behind(plan, children, r), both[:n]) for n, r in enumerate(both)]
    assert said(leaks_of(releases)) == []


@worlds
def test_restated_totals_and_parts_give_nothing_away(plan, tmp_path):
    random, children = world(plan, 5)
    gone = random.random(len(children)) < 0.04
    later = pd.concat([children[~gone], events(random, plan, 2)], ignore_index=True)
    sent = [(counted(plan, c), c) for c in (children, later)]
    both = [rows for rows, _ in sent]
    releases = [edition(tmp_path, rows, n, truth_behind(plan, c, rows), both[:n]) for n, (rows, c) in enumerate(sent)]
    assert said(leaks_of(releases)) == []
