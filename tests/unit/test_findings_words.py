"""How findings count what has not come."""

from __future__ import annotations

import pandas as pd
import pytest

from pipelines.publishing import findings


@pytest.mark.parametrize(
    ("figures", "words"), [(1, "1 figure was"), (2, "2 figures were"), (1200, "1,200 figures were")]
)
def test_one_figure_was_due_and_two_were(figures, words):
    of_return = {"agency_id": "cafcass", "kind": "figures", "period_id": "2026-27-Q2"}
    # One row of the coverage is the return itself, the others its figures.
    coverage = pd.DataFrame([of_return] * (figures + 1))
    assert findings._how_much(coverage, of_return) == words  # noqa: SLF001 - the words a reader sees come of nothing else
