"""The whole sample, published for every audience: the attacker learns nothing it should not."""

from __future__ import annotations

import pandas as pd
import pytest

from sample_data.generator import chosen
from sample_data.returns import World
from schemas.catalogue import catalogue
from tests.attack.attacking import Attack
from tests.attack.cells import Edition, truth_of
from tests.attack.releasing import AUDIENCES, filed
from tests.pipelines.releases import sent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def returns():
    """Every figure of twenty quarters, the last version of each return, as the vault holds them."""
    world, agencies = World(catalogue()), [a for a in catalogue().agencies.values() if a.sends]
    made = [found for quarter in chosen(20) for agency in agencies for found in world.returns(agency.id, quarter)]
    last = {(found.agency_id, found.period.id): found for found in made}
    return [row for found in last.values() for row in _rows(found)]


def _rows(found):
    said = {"agency_id": found.agency_id, "marker": "", "reason": "", "version": 1, "approved": True}
    said |= {"submission_id": f"{found.agency_id}.figures.{found.period.id}.v1"}
    said |= {"received_at": pd.Timestamp("2026-10-28T16:05", tz="UTC")}
    for line in found.lines:
        names = ("indicator_id", "period_id", "area_id", "breakdown", "category")
        if line.numerator is not None:
            alone = catalogue().indicators[line.owed.indicator_id].denominator is None
            counts = {"numerator": line.numerator, "denominator": line.denominator}
            counts |= {"value": line.numerator if alone else None, "definition_version": line.definition_version}
            yield said | {name: getattr(line.owed, name) for name in names} | counts


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
