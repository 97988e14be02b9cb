"""What several modules share: the sample, published once for all of them."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from tests.pipelines.sample_home import published

if TYPE_CHECKING:
    from tests.pipelines.sample_home import Sample


@pytest.fixture(scope="session")
def published_sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample in a home, to be read only: made by the first process of a run that asks, and waited for by the others."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    kept = shared / "published-sample.pickle"
    with FileLock(shared / "published-sample.lock"):
        if not kept.exists():
            home, files = shared / "published-sample", shared / "published-sample-files"
            home.mkdir()
            kept.write_bytes(pickle.dumps(published(home, files)))
    sample: Sample = pickle.loads(kept.read_bytes())  # noqa: S301 - written a moment ago by this very run
    return sample
