"""Whoever is killed at any step of an act leaves it done or not done, and a home in which the next can go on."""

from __future__ import annotations

import os

import pytest

from tests.pipelines.forking import answers

pytestmark = [
    pytest.mark.long,
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has neither fork nor SIGKILL"),
]
ACTS = ["submit first", "submit again", "withdraw", "revert", "publish", "back up", "restore", "migrate"]
AT_ONCE = "10"
# The steps that decide each act, or stand next to its moment: killed before the one that follows, whatever else is left out.
DECIDE = {
    "submit first": {"files/* made, files/.*-* gone", "vault.duckdb.wal changed"},
    "submit again": {"files/* made, files/.*-* gone", "vault.duckdb.wal made"},
    "withdraw": {"vault.duckdb.wal made", ".event-head.json-* gone, event-head.json changed"},
    "revert": {"vault.duckdb.wal made", ".event-head.json-* gone, event-head.json changed"},
    "publish": {
        "publications/*/*.duckdb made, publications/*/.*.part gone", "vault.duckdb.wal made",
        "publications/*/.CURRENT-* gone, publications/*/CURRENT changed",
    },
    "back up": {".out.tar.part changed", ".out.tar.part gone, out.tar made"},
    "restore": {".restoring/.READY-* gone, .restoring/READY made", ".restoring/READY gone"},
    "migrate": {"vault.duckdb.wal made", "vault.duckdb changed, vault.duckdb.wal gone"},
}  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What came of every act and every kill; one interpreter does them all, and forks for each."""
    return answers("killed_acts", str(tmp_path_factory.mktemp("killed")), *ACTS, AT_ONCE)


@pytest.mark.parametrize("act", ACTS)
def test_an_act_that_was_killed_happened_whole_or_not_at_all(found, act):
    outcome = found[act]
    assert outcome["before"] != outcome["after"]
    assert outcome["before"]["faults"] == outcome["after"]["faults"] == []
    halves = [kill for kill in outcome["kills"] if kill["tidied"] not in (outcome["before"], outcome["after"])]
    assert halves == []


@pytest.mark.parametrize("act", ACTS)
def test_the_vault_opens_the_log_is_whole_and_a_publication_is_served_at_once(found, act):
    assert [kill for kill in found[act]["kills"] if kill["left"]["faults"]] == []


@pytest.mark.parametrize("act", ACTS)
def test_a_second_try_succeeds_and_nothing_is_left_over(found, act):
    outcome = found[act]
    assert [kill for kill in outcome["kills"] if kill["then"] != outcome["after"]] == []
    assert outcome["orphans"] == []


def test_the_kills_are_dozens_and_some_fall_before_and_some_after_the_act(found):
    kills = {act: found[act]["kills"] for act in ACTS}
    by_hand = [kill["code"] for each in kills.values() for kill in each if kill["at"].startswith("step")]
    assert by_hand == [-9] * len(by_hand)
    assert len(by_hand) >= 60
    for act in ACTS:
        seen = [kill["tidied"] == found[act]["after"] for kill in kills[act]]
        assert any(seen) and not all(seen), act
    # Some are killed by the system in the middle of a write: SIGXFSZ is -25.
    assert sum(kill["code"] == -25 for each in kills.values() for kill in each) >= 10


@pytest.mark.parametrize("act", ACTS)
def test_every_kind_of_step_is_killed_and_those_that_decide_are_among_them(found, act):
    kinds = {kind for _, kind in found[act]["points"]}
    killed = {kill["kind"] for kill in found[act]["kills"] if kill["at"].startswith("step")}
    assert killed == kinds
    assert killed >= DECIDE[act], kinds


def test_ten_processes_that_submit_at_once_are_all_taken_in(found):
    done = found[AT_ONCE]
    assert done["codes"] == [0] * 10
    assert done["faults"] == []
    first, *received = done["log"]
    assert first == "settings.noted settings", "whoever came first looked at them, and nobody again"
    names = {"lcc_cf": 5, "wyp_leeds": 5}
    every = [f"submission.received {a}.figures.2026-27-Q2.v{v}" for a, n in names.items() for v in range(1, n + 1)]
    assert sorted(received) == every
    assert sorted(state for _, state, *_ in done["stands"]) == ["accepted"] * 2 + ["superseded"] * 8
