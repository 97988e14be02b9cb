"""Figures nobody can protect: the release stops, or hides them, and the sentence names the figure, never its number."""

from __future__ import annotations

import pytest

from schemas.catalogue import catalogue
from schemas.problems import UserError
from tests.pipelines.releases import figure, shown

pytestmark = pytest.mark.slow

QUARTERS = tuple(f"2025-26-Q{n}" for n in (1, 2, 3, 4))
YEAR = "FY2025-26"
WARD = catalogue().wards[0].code


@pytest.mark.parametrize(
    ("row", "named"),
    [
        (figure("PO01", -2, period_id="2025-26-Q1"), "Police protection powers used, 2025-26 Q1"),
        (figure("FD03", -2, period_id=YEAR, area_id=WARD), "Referral rate, 2025-26"),
        (figure("PO01", float("inf"), period_id="2025-26-Q1"), "Police protection powers used, 2025-26 Q1"),
        (figure("CP07", 4, -1, period_id="2025-26-Q1"), "Second or subsequent plans, 2025-26 Q1"),
    ],
)
def test_a_count_that_cannot_be_is_named_with_its_sender(row, named):
    with pytest.raises(UserError, match=named) as refused:
        shown(row)
    said = str(refused.value)
    assert "Ask " in said and said.endswith(".")
    assert not any(word in said for word in (" -2", " inf", "LP", "cell", "feasible", "solver"))


def test_a_year_below_its_known_quarters_is_withheld_with_all_of_them():
    rows = [figure("PO01", None, period_id=QUARTERS[0], marker="c"), figure("PO01", 50, period_id=YEAR)]
    rows += [figure("PO01", n, period_id=p) for n, p in zip((30, 31, 32), QUARTERS[1:], strict=True)]
    found = shown(*rows).reset_index()
    assert found[found["period_id"].isin([*QUARTERS, YEAR])]["numerator"].isna().all()


def test_a_numerator_above_its_denominator_that_is_small_is_hidden():
    row = shown(figure("CP07", 4, 3, period_id="2025-26-Q1")).reset_index().query("period_id == '2025-26-Q1'").iloc[0]
    assert row[["numerator", "denominator", "value"]].isna().all()


def test_a_part_of_somebody_is_hidden_as_a_small_number():
    rows = [figure("PO01", n, period_id=p) for n, p in zip((0.5, 3.5), QUARTERS, strict=False)]
    assert shown(*rows)["numerator"].isna().all()
