"""Can partners learn of one incident or review from their files, or from two of them, or from the Executive's counts?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import duckdb
import numpy as np
import pandas as pd
import pytest

from pipelines.disclosure import feasible_intervals
from pipelines.publishing.releasing import measured
from pipelines.publishing.writing import identity, write
from pipelines.queries.pointer import Pointer
from tests.pipelines.log_records import incident, logged, records, returns
from tests.pipelines.releases import order

pytestmark = pytest.mark.slow
TYPES = ("lcspr", "learning_event", "national_review", "adults_review", "domestic_abuse_death_review")
YEAR = "FY2025-26"
SECRET = ("SI-77", "RV-77", "2025-08-19", "A service was closed")


def reviews_of(random, size):
    """So many reviews begun in one year, local ones decided and published, some late."""
    made = []
    for number in range(size):
        day = date(2025, 4, 2) + timedelta(days=int(random.integers(0, 170)))
        kind = TYPES[min(int(random.geometric(0.3)) - 1, len(TYPES) - 1)]
        done = day + timedelta(days=int(random.integers(100, 260)))
        said = {"review_ref": f"RV-{number}", "review_type": kind, "started_on": str(day), "decided_on": str(day)}
        made.append(said | ({"published_on": str(done)} if kind == "lcspr" else {}))
    return made


def released(reviews, incidents=(), audience="partnership", before=None):
    sheets = {
        "Reviews": records("reviews", "Reviews", *reviews),
        "Incidents": records("reviews", "Incidents", *incidents),
    }
    inputs = logged({"reviews": sheets}, returns("2025-26-Q1", "2026-27-Q2", "reviews"))
    return measured(inputs, replace(order(), audience=audience), {}, lambda _: None, before)


def filed(home, tables, audience="partnership"):
    at = datetime(2026, 6, 1, 9, tzinfo=UTC)
    publication_id = identity(at, {k: v for k, v in tables.items() if k != "publication"})
    tables["publication"]["publication_id"] = publication_id
    return Pointer(
        publication_id, write(home, audience, publication_id, {"restatement": pd.DataFrame()} | tables), "", None
    )


def split(table, column):
    """The counts of the year in one table: the whole first, then its parts; NaN where hidden."""
    mine = table[table["year_id"].eq(YEAR)]
    counts = {row[column]: np.nan if row["count"] is None else float(row["count"]) for row in mine.to_dict("records")}
    return {"all": counts.pop("all"), **counts}


def leaks(table, column, truth):
    """Hidden small counts that the shown ones narrow below the need, further than hiding all of them would."""
    counts = split(table, column)
    values = np.array(list(counts.values()))
    line = np.array([[1.0] + [-1.0] * (len(counts) - 1)])
    low, high = feasible_intervals(values, line, np.isnan(values))
    found = []
    for name, least, most in zip(counts, low, high, strict=True):
        true = truth.get(name, 0)
        if np.isnan(counts[name]) and 1 <= true <= 5 and (least > max(true - 1, 0) or most < true + 5):
            found.append(f"{name} is {true}: {least:g} to {most:g}")
    return found


def truth_of(reviews):
    kinds = pd.Series([review["review_type"] for review in reviews], dtype="str").value_counts().to_dict()
    return {"all": len(reviews), **kinds}


@pytest.mark.parametrize("size", [3, 9, 25])
@pytest.mark.parametrize("seed", range(3))
def test_no_hidden_count_of_reviews_can_be_worked_out(seed, size):
    reviews = reviews_of(np.random.default_rng(seed), size)
    tables = released(reviews)
    assert leaks(tables["review_count"], "review_type", truth_of(reviews)) == []


@pytest.mark.parametrize("seed", range(3))
def test_no_hidden_count_of_clocks_can_be_worked_out(seed):
    reviews = [r for r in reviews_of(np.random.default_rng(seed), 40) if r["review_type"] == "lcspr"]
    exact = released(reviews, audience="executive")["clock_count"]
    truth = {r["state"]: r["count"] for r in exact[exact["year_id"].eq(YEAR)].to_dict("records")}
    tables = released(reviews)
    assert sum(truth[name] for name in ("met", "missed")) == truth["all"]
    assert leaks(tables["clock_count"], "state", truth) == []


def test_the_attack_finds_a_count_that_was_left_open():
    reviews = reviews_of(np.random.default_rng(1), 25)
    table, truth = released(reviews)["review_count"], truth_of(reviews)
    hidden = table[table["marker"].eq("c") & table["year_id"].eq(YEAR)]["review_type"].tolist()
    small = next(name for name in hidden if 1 <= truth.get(name, 0) <= 5)
    for name in set(hidden) - {small}:
        table.loc[table["review_type"].eq(name) & table["year_id"].eq(YEAR), "count"] = truth.get(name, 0)
    assert any(small in leak for leak in leaks(table, "review_type", truth))


def test_a_review_entered_late_cannot_be_told_from_two_releases(tmp_path):
    reviews = reviews_of(np.random.default_rng(5), 40)
    first = released(reviews)
    before = {"partnership": [filed(tmp_path, first)]}
    late = {"review_ref": "RV-99", "review_type": "learning_event", "started_on": "2025-06-02"}
    again = released([*reviews, late], before=before)
    shown = [name for name, value in split(first["review_count"], "review_type").items() if not np.isnan(value)]
    assert shown
    assert np.isnan(list(split(again["review_count"], "review_type").values())).all()


def test_what_the_executive_sees_exactly_is_in_no_other_file(tmp_path):
    number, review, day, reason = SECRET
    mine = incident(1, incident_ref=number, known_on=day, notified_on="2025-08-29", late_reason=reason)
    own = {"review_ref": review, "incident_ref": number, "review_type": "rapid_review", "sent_on": "2025-09-09"}
    others = reviews_of(np.random.default_rng(2), 12)
    told = filed(tmp_path, released([own, *others], [mine], "executive"), "executive")
    assert all(secret in words_of(told.path) for secret in SECRET)
    for audience in ("partnership", "public"):
        words = words_of(filed(tmp_path, released([own, *others], [mine], audience), audience).path)
        assert [secret for secret in SECRET if secret in words] == []


def words_of(path):
    """Every cell of every table of a file, as text."""
    with duckdb.connect(str(path), read_only=True) as file:
        names = [row[0] for row in file.execute("select table_name from information_schema.tables").fetchall()]
        return "\n".join(str(value) for name in names for row in file.table(name).fetchall() for value in row)


def test_the_executives_own_counts_do_not_move_what_partners_are_shown(tmp_path):
    reviews = reviews_of(np.random.default_rng(4), 30)
    exact = filed(tmp_path, released(reviews[:-1], audience="executive"), "executive")
    alone = released(reviews)["review_count"]
    beside = released(reviews, before={"executive": [exact]})["review_count"]
    pd.testing.assert_frame_equal(alone, beside)
