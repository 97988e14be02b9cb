from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from pipelines.flows.export import export
from schemas.actors import Actor
from schemas.problems import UserError
from tests.pages import assessed_home
from tests.pipelines.assessed import Given, assessed, registered

pytestmark = pytest.mark.slow
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
STEWARD = Actor("Steward", "business_unit")
OF_AGENCIES = ("answers", "standard_scores")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    inputs = assessed(Given("ltht"), Given("TS-0001"), register=(registered("TS-0001"),))
    return assessed_home.built(tmp_path_factory.mktemp("export"), inputs)


@pytest.mark.parametrize(("what", "many"), [("answers", 50), ("standard_scores", 9), ("replies", 6)])
def test_the_executives_release_writes_its_self_assessments(home, tmp_path, what, many):
    out = tmp_path / "out.parquet"
    said = export(home, STEWARD, "executive", what, out, AT)
    assert said == f"Wrote {many} rows to {out}, marked OFFICIAL-SENSITIVE."
    found = pd.read_parquet(out)
    assert len(found) == many
    assert "TS-0001" not in found.astype(str).to_csv()


@pytest.mark.parametrize("what", OF_AGENCIES)
@pytest.mark.parametrize("audience", ["partnership", "public"])
def test_what_agencies_said_is_written_for_nobody_else(home, tmp_path, audience, what):
    with pytest.raises(UserError, match="Only the Executive’s release holds"):
        export(home, STEWARD, audience, what, tmp_path / "out.csv", AT)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("audience", ["partnership", "public"])
def test_spreads_are_written_for_everybody(home, tmp_path, audience):
    out = tmp_path / "out.parquet"
    export(home, STEWARD, audience, "sector_scores", out, AT)
    assert set(pd.read_parquet(out)["marker"]) == {"c"}
