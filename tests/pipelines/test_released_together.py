"""Whatever else goes on while a prepared release is let out, it is out once and whole or not at all, and each says why not."""

from __future__ import annotations

import os

import pytest

from tests.pipelines.forking import answers

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="Windows cannot fork")]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return answers("released_together", str(tmp_path_factory.mktemp("together")))


def test_nothing_is_half_and_nobody_is_told_of_a_fault(found):
    for name, each in found.items():
        assert not [said for said in each["said"] if said.startswith("FAULT")], name
        assert "done" in each["said"], name
        assert each["faults"] == [], name
        # Both audiences or none.
        assert each["log"]["publication.released"] in (2, 4), name


def test_two_who_release_at_once_release_once(found):
    both = found["another release"]
    assert both["said"].count("done") == 1
    refused = next(said for said in both["said"] if said != "done")
    assert "Another release is being made" in refused or "Nothing is prepared" in refused
    assert (both["log"]["publication.released"], both["waits"]) == (4, False)


def test_what_is_taken_away_while_it_is_released_is_one_of_the_two(found):
    both = found["taking it away"]
    out, gone = both["log"]["publication.released"] == 4, both["log"]["publication.discarded"] == 2
    assert out != gone and both["waits"] is False


def test_a_withdrawal_beside_it_leaves_readers_a_publication_that_stands(found):
    both = found["a withdrawal"]
    assert both["acts"].count("publication.withdrawn") <= 1
    assert all(both["shown"].values()) or both["said"][0] != "done"


@pytest.mark.parametrize("name", ["a backup", "a purge"])
def test_what_tidies_or_copies_meanwhile_stops_neither(found, name):
    assert found[name]["said"] == ["done", "done"]
    assert (found[name]["log"]["publication.released"], found[name]["waits"]) == (4, False)


def test_a_change_of_key_beside_it_happens_and_the_release_is_whole_or_says_which_key_is_missing(found):
    both = found["a change of key"]
    assert both["said"][1] == "done" and both["encrypted"] is True
    assert both["said"][0] == "done" or "key" in both["said"][0].lower()
