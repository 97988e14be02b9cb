"""A folder that is loaded again puts nothing in place that was taken back since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipelines.flows import loading, returns
from pipelines.store import submissions
from pipelines.store.opening import transaction
from schemas.actors import Actor

pytestmark = pytest.mark.slow

STEWARD = Actor("Business unit", "business_unit")
AT = datetime(2026, 10, 12, 9, tzinfo=UTC)
WHY = "The second file was made from the wrong extract of the system"


def written(path, number):
    head = "Agency,Indicator ID,Period,Number,Reason"
    path.write_text(f"{head}\nlcc_cf,FD01,2026-27-Q2,{number},\n", encoding="utf-8")
    return path


def loaded(home, *paths, hours=0):
    return list(loading.load(home, STEWARD, paths, lambda: AT + timedelta(hours=hours)))


def states(home):
    with transaction(home, write=False) as connection:
        found = submissions.listing(connection, "lcc_cf")
    return dict(zip(found["version"], found["state"], strict=True))


@pytest.fixture
def home(tmp_path):
    """A home in which the same return came in two files."""
    files = written(tmp_path / "v1.csv", 2500), written(tmp_path / "v2.csv", 2600)
    loaded(tmp_path / "home", *files)
    return tmp_path / "home", files


@pytest.mark.parametrize("how", ["gone back", "withdrawn"])
def test_a_file_that_was_taken_back_stays_so_when_its_folder_is_loaded_again(home, how):
    place, files = home
    if how == "gone back":
        returns.revert(place, STEWARD, "lcc_cf.figures.2026-27-Q2.v1", WHY, AT + timedelta(hours=1))
    else:
        returns.withdraw(place, STEWARD, "lcc_cf.figures.2026-27-Q2.v2", WHY, AT + timedelta(hours=1))
    before = states(place)
    first, second = loaded(place, *files, hours=2)
    assert first.came.receipt.unchanged
    assert "lcc_cf.figures.2026-27-Q2.v2 and taken back since" in str(second.came)
    assert states(place) == before
    # Named alone it is meant.
    (alone,) = loaded(place, files[1], hours=3)
    assert alone.came.receipt.version == 3


def test_a_folder_in_which_nothing_was_taken_back_is_loaded_again_as_it_stands(home):
    place, files = home
    assert [each.came.receipt.unchanged for each in loaded(place, *files, hours=2)] == [True, True]
