"""Killed at any step, an act that decides, tells or hands out happened whole or not at all, and the next try succeeds."""

from __future__ import annotations

import os

import pytest

from tests.pipelines.forking import answers
from tests.pipelines.killed_decisions import ACTS

pytestmark = [
    pytest.mark.long,
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has neither fork nor SIGKILL"),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What came of every act and every kill; one interpreter does them all, and forks for each."""
    return answers("killed_decisions", str(tmp_path_factory.mktemp("killed")))


@pytest.mark.parametrize("act", list(ACTS))
def test_it_happened_whole_or_not_at_all_and_a_second_try_succeeds(found, act):
    outcome = found[act]
    assert outcome["before"] != outcome["after"]
    assert outcome["before"]["faults"] == outcome["after"]["faults"] == []
    kills = outcome["kills"]
    assert [kill for kill in kills if kill["code"] != -9 or kill["left"]["faults"]] == []
    assert [kill for kill in kills if kill["tidied"] not in (outcome["before"], outcome["after"])] == []
    assert [kill for kill in kills if kill["then"] != outcome["after"]] == []
    done = [kill["tidied"] == outcome["after"] for kill in kills]
    assert not done[0] and done[-1] and len(kills) >= 3


def test_every_kind_of_step_is_killed_in_one_act_or_another(found):
    """What an act has in common with others, as its commit, is killed at in one of them; what is its own is killed at in itself."""
    kinds = {kind for outcome in found.values() for _, kind in outcome["points"]}
    killed = {kill["kind"] for outcome in found.values() for kill in outcome["kills"]}
    assert killed == kinds
    assert {
        "agreements.coming.toml gone, agreements.toml changed",
        "prepared/.PREPARED-* gone, prepared/PREPARED made",
        "publications/*/*.withdrawn made, publications/*/.*-* gone",
        "rekeying/.READY-* gone, rekeying/READY made",
    } <= killed, kinds
