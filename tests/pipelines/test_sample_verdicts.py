"""What the sample comes to once it is published: the verdicts its story was written to have, and exactly those."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from pipelines.queries.pointer import current
from sample_data.logs.learning import recommendations
from sample_data.logs.story import expected

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pipelines.sample_home import Sample

pytestmark = pytest.mark.slow

AUDIENCES = ("executive", "partnership")
LINKS = [(found.recommendation_id, found.indicator_id, found.verdict) for found in expected().verdict]
STORIES = {
    "an improvement that came": "improved",
    "an improvement that did not come": "no_change",
    "one that got worse": "worse",
    "one too early to say": "too_early",
    "one never measured": "not_measurable",
}


@pytest.fixture(scope="module")
def home(published_sample: Sample) -> Path:
    return published_sample.home


def asked(home: Path, audience: str, sql: str) -> list[tuple[Any, ...]]:
    now = current(home, audience)
    assert now is not None
    with duckdb.connect(str(now.path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(("recommendation_id", "indicator_id", "verdict"), LINKS)
def test_a_link_has_the_verdict_it_was_written_to_have(
    home: Path, audience: str, recommendation_id: str, indicator_id: str, verdict: str
) -> None:
    found = {
        (r, i): v for r, i, v in asked(home, audience, "select recommendation_id, indicator_id, verdict from impact")
    }
    assert found[recommendation_id, indicator_id] == verdict


def test_nothing_is_linked_that_was_not_foreseen(home: Path) -> None:
    found = asked(home, "executive", "select recommendation_id, indicator_id from impact")
    assert sorted(found) == sorted((r, i) for r, i, _ in LINKS)


def test_the_five_stories_are_told(home: Path) -> None:
    found = dict(asked(home, "executive", "select recommendation_id, verdict from recommendation"))
    told = {verdict.story: found[verdict.recommendation_id] for verdict in expected().verdict if verdict.story}
    told |= {story: found[name] for name, story in expected().unmeasured.story.items()}
    assert told == STORIES


def test_what_has_no_measure_is_foreseen_too() -> None:
    without = [found for found in recommendations() if not found.measures]
    assert tuple(found.id for found in without if found.not_measurable) == expected().unmeasured.with_reason
    assert tuple(found.id for found in without if not found.not_measurable) == expected().unmeasured.without_reason


def test_done_is_never_shown_as_impact(home: Path) -> None:
    levels = dict(asked(home, "executive", "select recommendation_id, level from recommendation"))
    assert levels["R-09"] == 0, "every action is done, and nothing shows it"
    assert levels["R-07"] <= 2, "closed, and fewer schools are told"
    assert levels["R-05"] == 5, "parents say so and the figures have held for more than a year"


def test_one_measure_is_said_to_be_after_the_fact(home: Path) -> None:
    assert asked(home, "executive", "select recommendation_id from impact where after_the_fact") == [("R-06",)]


def test_learning_found_again_is_named(home: Path) -> None:
    found = asked(
        home, "executive", "select recommendation_id, repeats_id from recommendation where repeats_id is not null"
    )
    assert found == [("R-25", "R-04")]


def test_the_scrutineer_accepts_some_claims_and_challenges_others(home: Path) -> None:
    found = asked(home, "executive", "select view, count(*) from claim_view group by view order by view")
    assert found == [("accept", 2), ("challenge", 3)]


def test_evidence_withdrawn_is_not_shown(home: Path) -> None:
    shown = {name for (name,) in asked(home, "executive", "select evidence_id from evidence")}
    assert "E-048" not in shown
    assert "E-047" in shown
