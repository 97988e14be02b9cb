"""Can a reader work out a hidden count of concerns from everything a release says of the year, or from two releases?"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from pipelines.publishing.writing import identity, write
from pipelines.queries.pointer import Pointer
from tests.attack.concern_worlds import YEAR, Told, leaks, released, truth_of, year_of

pytestmark = pytest.mark.slow

SEEDS = range(3)


def published(home, audience, tables, at=datetime(2026, 6, 1, 9, tzinfo=UTC)):
    tables["publication"]["publication_id"] = identity(at, {k: v for k, v in tables.items() if k != "publication"})
    publication_id = tables["publication"]["publication_id"].iloc[0]
    return Pointer(
        publication_id, write(home, audience, publication_id, {"restatement": pd.DataFrame()} | tables), "", None
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("size", [14, 40, 120])
def test_no_hidden_count_of_a_year_can_be_worked_out(seed, size):
    rows = year_of(np.random.default_rng(seed), size)
    told = Told.by(released(rows))
    assert leaks(told, truth_of(rows)) == []


def test_what_is_shown_is_true():
    rows = year_of(np.random.default_rng(1), 120)
    told = Told.by(released(rows))
    truth = truth_of(rows)
    shown = {name: value for name, value in told.counts.items() if value is not None}
    assert {name[0] for name in shown} == {"issue", "raised_with", "outcome", "step", "reached", "in_time"}
    assert shown == {name: truth.get(name, 0.0) for name in shown}


def test_the_attack_finds_a_count_that_was_left_open():
    rows = year_of(np.random.default_rng(1), 120)
    told = Told.by(released(rows))
    truth = truth_of(rows)
    hidden = Counter(name[0] for name, value in told.counts.items() if value is None)
    dimension = next(name for name in ("issue", "raised_with", "outcome") if hidden[name] >= 2)
    names = [name for name, value in told.counts.items() if value is None and name[0] == dimension]
    small = next(name for name in names if 1 <= truth.get(name, 0.0) <= 5)
    for other in names:
        if other != small:
            told.counts[other] = truth.get(other, 0.0)
    assert any(str(small) in leak for leak in leaks(told, truth))


@pytest.mark.parametrize("seed", SEEDS)
def test_where_the_years_total_is_hidden_so_is_every_split(seed):
    rows = year_of(np.random.default_rng(seed), 4)
    told = Told.by(released(rows))
    assert told.totals["CR01 all numerator"] is None
    assert {value for name, value in told.counts.items()} == {None}


def test_all_audiences_hide_the_same_splits_and_the_public_has_none():
    rows = year_of(np.random.default_rng(2), 60)
    partnership, executive = (Told.by(released(rows, audience)) for audience in ("partnership", "executive"))
    assert partnership.counts == executive.counts
    assert released(rows, "public")["concern_count"].empty
    assert released(rows, "public")["concern_step"].empty


@pytest.mark.parametrize("seed", SEEDS)
def test_a_concern_entered_late_cannot_be_told_from_two_releases(seed, tmp_path):
    random = np.random.default_rng(seed)
    rows = year_of(random, 60)
    first = released(rows)
    before = {"partnership": [published(tmp_path, "partnership", first)]}
    again = released([*rows, *year_of(random, 1, first=900)], before=before)
    told = Told.by(again)
    assert Told.by(first).totals != told.totals
    differing = {n for n, v in Told.by(first).counts.items() if v is not None and told.counts[n] not in (None, v)}
    assert differing == set()
    # With the split withheld the later release adds to the earlier one no more than its totals.
    assert {told.counts[n] for n in told.counts if n[0] in ("issue", "raised_with")} == {None}
    note = again["concern_count"].query(f"year_id == '{YEAR}' and dimension == 'issue'")["note"].iloc[0]
    assert note.startswith("Hidden: the records changed")


def test_an_unchanged_year_is_shown_again_as_it_was(tmp_path):
    rows = year_of(np.random.default_rng(3), 60)
    first = released(rows)
    before = {"partnership": [published(tmp_path, "partnership", first)]}
    assert Told.by(released(rows, before=before)).counts == Told.by(first).counts


def test_what_one_release_hid_the_next_does_not_show(tmp_path):
    rows = year_of(np.random.default_rng(4), 60)
    first = released(rows)
    counted = first["concern_count"]
    name = ("issue", "threshold")
    mine = counted["dimension"].eq(name[0]) & counted["category"].eq(name[1]) & counted["year_id"].eq(YEAR)
    assert counted.loc[mine, "count"].notna().all()
    counted.loc[mine, ["count", "marker"]] = [None, "c"]
    before = {
        "executive": [
            published(tmp_path, "executive", first | {"publication": first["publication"].assign(audience="executive")})
        ]
    }
    assert Told.by(released(rows, before=before)).counts[name] is None
