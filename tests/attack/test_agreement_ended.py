"""Whichever agency's agreement ends, everybody else's figures are still released, and nothing new of that agency's is told."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from pipelines.publishing.ladder import Ladder
from pipelines.publishing.linking import matrix
from pipelines.publishing.protecting import Secured
from pipelines.publishing.releasing import bring_out, made, secured
from pipelines.publishing.told import publications
from pipelines.publishing.withholding import withheld_cells
from schemas.catalogue import catalogue
from schemas.catalogue.under_agreements import bound, under
from schemas.periods import parse
from tests.attack.programme import Model
from tests.attack.releasing import AUDIENCES
from tests.attack.sample_rows import sample_rows
from tests.pipelines.agreed import AGREED, SAMPLE
from tests.pipelines.releases import QUARTER, TODAY, inputs, order, sent

pytestmark = pytest.mark.slow
QUARTERS = 3
# Of each agency and audience so many figures are tried: enough to meet every kind, few enough to be quick.
TRIED = 12
# These have nothing in the sample's figures of that quarter: counted from logs, sent once a year, and late.
SILENT = ("bu", "icb_leeds", "probation_wy")
OVERDUE = TODAY - timedelta(days=SAMPLE.release.refused_days_after_review + 1)


@pytest.fixture(scope="module")
def system(tmp_path_factory):
    """Three quarters, of which two were released to everybody before."""
    home, rows, said = tmp_path_factory.mktemp("told"), sample_rows(QUARTERS), lambda _: None
    before = [row for row in rows if row["period_id"] != QUARTER]
    moment = secured(home, inputs(*before, through=parse(QUARTER).previous), {}, said)
    orders = [replace(order(), audience=audience) for audience in AUDIENCES]
    bring_out(home, [made(home, moment, each, said) for each in orders], said, lambda _: None)
    return Secured(AGREED, sent(*rows), {}, publications(home, AGREED))


def agreeing(agency_id: str, **but):
    terms = SAMPLE.agency[agency_id].model_copy(update=but)
    return under(
        catalogue(), SAMPLE.model_copy(update={"agency": SAMPLE.agency | {agency_id: terms}}), TODAY, synthetic=True
    )


def under_terms(system: Secured, known) -> Secured:
    """The same figures and the same that was told before, under other agreements."""
    other = copy(system)
    other.catalogue, other.ladder = known, Ladder(known, system.cells, system.ladder.told, system.ladder.cache)
    return other


def model_of(system: Secured, shown: np.ndarray) -> Model:
    """What a reader knows who has the shown figures and every sum: solved by linear programmes, not as it was audited."""
    frame, lines, model = system.cells.frame, matrix(system.cells), Model()
    values = frame["value"].to_numpy(dtype=float)
    for n, (low, high) in enumerate(zip(frame["lower"], frame["upper"], strict=True)):
        model.unknown(values[n], values[n]) if shown[n] else model.unknown(low, high)
    for n in range(lines.shape[0]):
        line = slice(lines.indptr[n], lines.indptr[n + 1])
        model.row(lines.indices[line].tolist(), lines.data[line].tolist(), 0.0, 0.0, "a sum")
    return model


def learnt(system: Secured, audience, hidden: np.ndarray, asked: np.ndarray) -> list[str]:
    """Of the figures asked for, those a reader can say to within 5 or a tenth, and less well without this release."""
    values, told = system.cells.frame["value"].to_numpy(dtype=float), system.ladder.told.known[audience.id]
    known = ~np.isnan(values)
    width = {int(n): max(5.0, 0.1 * abs(values[n])) for n in asked}
    most = {n: values[n] + wide + 1 for n, wide in width.items()}
    after = model_of(system, (~hidden | told) & known).narrowed(list(width), most)
    narrow = [n for n, (low, high) in after.items() if high - low < min(width[n], most[n])]
    if not narrow:
        return []
    before = model_of(system, told & known).narrowed(narrow, most)
    worse = [n for n in narrow if after[n][1] - after[n][0] < before[n][1] - before[n][0] - 1e-6]
    return [f"{system.cells.frame.iloc[n].to_dict()}: {before[n]} became {after[n]}" for n in worse]


@pytest.mark.parametrize("agency_id", [each.id for each in bound(catalogue()) if each.id in SAMPLE.agency])
def test_one_agreement_that_ends_keeps_nobody_from_the_rest_and_tells_nothing_new_of_its_agency(system, agency_id):
    frame, chance = system.cells.frame, np.random.default_rng(7)
    here = frame["period_id"].eq(QUARTER).to_numpy(dtype=bool)
    ended = agreeing(agency_id, ended_on=TODAY)
    assert ended == agreeing(agency_id, review_on=OVERDUE)
    for known in (ended, agreeing(agency_id, audiences=("executive", "partnership"))):
        release = under_terms(system, known)
        for audience in known.audiences.values():
            hidden = release.of(audience).cells["hidden"].to_numpy(dtype=bool)
            kept = withheld_cells(known, system.cells, audience)
            new = kept & ~system.ladder.told.known[audience.id] & frame["value"].notna().to_numpy(dtype=bool)
            assert not (new & ~hidden).any()
            assert (new & here).any() == (agency_id in audience.withheld_from and agency_id not in SILENT)
            asked = np.flatnonzero(new & frame["published"].to_numpy(dtype=bool))
            asked = chance.choice(asked, min(TRIED, len(asked)), replace=False)
            assert learnt(release, audience, hidden, asked) == []
            assert (~kept & here & ~hidden).any()


def test_the_attack_finds_a_withheld_figure_that_a_total_tells(system):
    """Were the totals shown that the agency is part of, the attacker would have its part."""
    known = agreeing("lch", audiences=())
    audience = known.audiences["partnership"]
    release, frame = under_terms(system, known), system.cells.frame
    hidden = release.of(audience).cells["hidden"].to_numpy(dtype=bool).copy()
    own = frame["agency_id"].eq("lch") & frame["period_id"].eq(QUARTER) & frame["quantity"].eq("staff_trained")
    assert own.any()
    hidden[frame["agency_id"].eq("all").to_numpy(dtype=bool)] = False
    assert learnt(release, audience, hidden, np.flatnonzero(own))
