from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipelines.publishing.cells import KEY, Cells
from pipelines.publishing.ladder import Step
from pipelines.publishing.protecting import assured
from schemas.catalogue import catalogue
from schemas.problems import UserError
from tests.pipelines.releases import LEEDS, QUARTER, figure, shown

pytestmark = pytest.mark.slow

AGES = [c.id for c in catalogue().breakdowns["age_band"].categories]


def test_a_small_count_is_hidden_with_its_percentage():
    row = shown(figure("CP07", 3, 226)).iloc[0]
    assert row["marker"] == "c"
    assert row[["numerator", "value", "lower", "upper"]].isna().all()


def test_a_true_zero_is_shown():
    row = shown(figure("CP07", 0, 226)).iloc[0]
    assert (row["numerator"], row["value"], row["marker"]) == (0, 0, "")


def test_a_small_complement_hides_the_percentage_too():
    row = shown(figure("CP05", 223, 226)).iloc[0]
    assert row["marker"] == "c"
    assert row[["numerator", "value"]].isna().all()


def test_a_percentage_without_its_counts_is_hidden():
    row = shown(figure("CP07", None, None, value=24.2)).iloc[0]
    assert row["marker"] == "c"
    assert row[["value"]].isna().all()


def test_one_small_category_never_stands_alone_under_a_shown_total():
    counts = dict(zip(AGES, [3, 40, 50, 60, 73, 0][: len(AGES)], strict=False))
    rows = [figure("EX01", c, breakdown="age_band", category=a) for a, c in counts.items()]
    found = shown(figure("EX01", sum(counts.values())), *rows)
    hidden = found[found["marker"].eq("c")]
    assert len(hidden) >= 2


def test_a_ward_cannot_be_worked_out_from_the_city():
    wards = catalogue().wards
    counts = [2] + [30] * (len(wards) - 1)
    year = [figure("EH02", 260 if q < 4 else sum(counts) - 780, period_id=f"2025-26-Q{q}") for q in (1, 2, 3, 4)]
    rows = [figure("EH02", c, period_id="FY2025-26", area_id=w.code) for w, c in zip(wards, counts, strict=True)]
    found = shown(*year, *rows).reset_index()
    by_ward = found[found["area_id"].ne(LEEDS)]
    assert by_ward["marker"].eq("c").sum() >= 2
    assert found[found["period_id"].eq("FY2025-26") & found["area_id"].eq(LEEDS)]["value"].tolist() == [sum(counts)]


def test_a_hidden_quarter_cannot_be_taken_from_its_year():
    rows = [figure("PO01", n, period_id=f"2025-26-Q{q}") for q, n in zip((1, 2, 3, 4), (3, 30, 31, 32), strict=True)]
    found = shown(*rows).reset_index().set_index("period_id")["value"]
    hidden_quarters = found.drop("FY2025-26", errors="ignore").isna().sum()
    assert hidden_quarters >= 2 or (hidden_quarters == 1 and pd.isna(found.get("FY2025-26")))


def test_a_small_sender_cannot_be_taken_from_the_sum():
    senders = catalogue().indicators["YV05"].sent_by
    found = shown(*[figure("YV05", n, agency_id=a) for a, n in zip(senders, (2, 58), strict=True)])
    by_agency = found.xs("YV05").xs(QUARTER)
    assert by_agency.xs("all", level="agency_id")["value"].notna().all() or by_agency["value"].isna().all()
    assert by_agency.drop("all", level="agency_id")["value"].isna().all()


def test_a_quantity_two_indicators_use_is_hidden_in_both():
    assert catalogue().indicators["FD04"].denominator == catalogue().indicators["FD05"].denominator
    found = shown(figure("FD04", 2, 4), figure("FD05", 4, 4))
    assert found["denominator"].isna().all()


def test_what_counts_paperwork_is_not_hidden_for_smallness():
    row = shown(figure("HE08", 3, 4, agency_id="ltht")).xs("ltht", level="agency_id").iloc[0]
    assert (row["numerator"], row["marker"]) == (3, "")


def test_a_release_with_a_cell_that_can_be_worked_out_is_refused():
    frame = pd.DataFrame([["referrals", QUARTER, "all", LEEDS, "all", n] for n in ("all", "a", "b")], columns=KEY)
    cells = Cells(frame.assign(value=[10.0, 3.0, 7.0], protected=True, published=True, lower=0.0, upper=np.inf))
    cells.lines.append((np.array([0, 1, 2]), np.array([1.0, -1.0, -1.0])))
    small, nothing = np.array([False, True, False]), np.zeros(3, dtype=bool)
    with pytest.raises(UserError, match="1 hidden figure could still be worked out"):
        assured(catalogue(), cells, Step(small, small, nothing, (1, 5)))


def test_a_total_nobody_published_does_not_give_a_category_away():
    ages = [figure("FD03", n, period_id="FY2021-22", breakdown="age_band", category=a) for a, n in zip(AGES, (10, 20, 30, 40, 50, 0), strict=True)]  # fmt: skip
    sexes = [figure("FD03", n, period_id="FY2021-22", breakdown="sex", category=c) for c, n in (("girls", 70), ("boys", 77), ("not_known", 3))]  # fmt: skip
    found = shown(*ages, *sexes, figure("PO01", 40)).reset_index()
    by_sex, by_age = (found[found["breakdown"].eq(way)]["numerator"] for way in ("sex", "age_band"))
    assert by_sex.isna().sum() >= 2 or by_age.isna().any()
