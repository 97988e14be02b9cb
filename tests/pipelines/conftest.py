"""What several modules share: the sample, published once for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pipelines.sample_home import published

if TYPE_CHECKING:
    from tests.pipelines.sample_home import Sample


@pytest.fixture(scope="session")
def published_sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample in a home, to be read only; ask for it in a module of the group “the published sample”."""
    return published(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("files"))
