"""What several modules share: the sample, published once for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.pipelines.sample_home import built

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.pipelines.sample_home import Sample


@pytest.fixture(scope="session")
def published_sample(built_once: Callable[[str, Callable[[Path], Any]], Any]) -> Sample:
    """The sample in a home, to be read only."""
    return built_once("published-sample", built)
