"""The whole sample, published for every audience: the attacker learns nothing it should not."""

from __future__ import annotations

import pytest

from tests.attack.attacking import Attack
from tests.attack.cells import Edition, truth_of
from tests.attack.releasing import AUDIENCES, filed
from tests.attack.sample_rows import sample_rows
from tests.pipelines.releases import sent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def returns():
    """Every figure of twenty quarters."""
    return sample_rows(20)


@pytest.fixture(scope="module")
def files(returns, tmp_path_factory):
    home = tmp_path_factory.mktemp("attacked")
    return {audience: filed(home, returns, number, audience) for number, audience in enumerate(AUDIENCES)}


@pytest.mark.parametrize("reader", AUDIENCES)
def test_no_reader_of_the_sample_learns_a_hidden_count(reader, files, returns):
    opened = tuple(files[audience] for audience in AUDIENCES[AUDIENCES.index(reader) :])
    assert [str(leak) for leak in Attack([Edition(opened, truth_of(sent(*returns)))]).leaks()] == []


def test_the_sample_adds_up_so_that_the_attacker_may_trust_it(files, returns):
    attack = Attack([Edition((files["partnership"],), truth_of(sent(*returns)))])
    assert attack.misfits == []
