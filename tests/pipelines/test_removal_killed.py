"""Whoever is killed while something is removed for good leaves it all there or all gone, and the next can go on."""

from __future__ import annotations

import os

import pytest

from tests.pipelines.forking import answers

pytestmark = [
    pytest.mark.long,
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has neither fork nor SIGKILL"),
]
ACTS = ["purge", "expunge"]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What came of every kill; one interpreter does them all, and forks for each."""
    return answers("killed_removals", str(tmp_path_factory.mktemp("killed")), *ACTS)


@pytest.mark.parametrize("act", ACTS)
def test_a_removal_that_was_killed_happened_whole_or_not_at_all(found, act):
    outcome = found[act]
    assert outcome["before"]["faults"] == outcome["after"]["faults"] == []
    assert outcome["before"] != outcome["after"]
    assert [kill for kill in outcome["kills"] if kill["tidied"] not in (outcome["before"], outcome["after"])] == []
    assert [kill for kill in outcome["kills"] if kill["left"]["faults"]] == []


@pytest.mark.parametrize("act", ACTS)
def test_a_second_try_succeeds_and_kills_fall_before_and_after_the_instant(found, act):
    outcome = found[act]
    assert [kill for kill in outcome["kills"] if kill["then"] != outcome["after"]] == []
    seen = [kill["tidied"] == outcome["after"] for kill in outcome["kills"]]
    assert any(seen) and not all(seen)
    assert seen == sorted(seen)


@pytest.mark.parametrize("act", ACTS)
def test_every_kind_of_step_is_killed_and_the_one_that_decides_is_among_them(found, act):
    kinds = {kind for _, kind in found[act]["points"]}
    killed = {kill["kind"] for kill in found[act]["kills"] if kill["code"] == -9}
    assert killed == kinds
    decides = {"purge": "vault.duckdb.wal made", "expunge": "expunging/.READY-* gone, expunging/READY made"}
    assert decides[act] in killed, kinds


def test_what_shows_it_is_withdrawn_at_the_instant_it_is_removed_and_never_before(found):
    outcome = found["expunge"]
    assert outcome["before"]["withdrawn"] == [] and outcome["before"]["shown"]
    assert outcome["after"]["withdrawn"] == [outcome["before"]["shown"]] and not outcome["after"]["shown"]
    for kill in outcome["kills"]:
        assert bool(kill["tidied"]["withdrawn"]) is (kill["tidied"]["tables"] != outcome["before"]["tables"])


def test_the_name_is_nowhere_once_it_is_removed(found):
    outcome = found["expunge"]
    own = {"files/" + name for name in outcome["before"]["files"]}
    # The log's own file holds the name too, and was not asked for.
    assert {*outcome["after"]["name"]} < {*outcome["before"]["name"]}
    assert len(outcome["before"]["name"]) - len(outcome["after"]["name"]) == 2
    assert len(own & {*outcome["before"]["name"]}) == 2
    assert len(outcome["kills"]) >= 15
