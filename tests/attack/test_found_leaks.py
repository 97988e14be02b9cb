"""Every leak this attacker has found in a release, each in as few figures as show it."""

from __future__ import annotations

import pytest

from tests.attack.cells import Cell, Where, truth_of
from tests.attack.releasing import by, edition, leaks_of
from tests.pipelines.releases import LEEDS, figure, sent

pytestmark = pytest.mark.slow

QUARTERS = tuple(f"2025-26-Q{n}" for n in (1, 2, 3, 4))
Q1, YEAR = QUARTERS[0], "FY2025-26"


def quarters(*counts, indicator_id="PO01"):
    pairs = zip(counts, QUARTERS, strict=True)
    return [figure(indicator_id, count, period_id=period) for count, period in pairs if count is not None]


def after(home, *releases):
    """What leaks after each of these releases, said in words."""
    return [str(leak) for leak in leaks_of(_editions(home, releases))]


def _editions(home, releases):
    return [edition(home, rows, n, earlier=releases[:n]) for n, rows in enumerate(releases)]


def test_two_breakdowns_of_a_total_nobody_sends(tmp_path):
    rows = [
        *by("EX08", "sex", (348, 261, 4), period_id=YEAR),
        *by("EX08", "looked_after", (288, 178, 138, 9), period_id=YEAR),
    ]
    assert after(tmp_path, rows) == []


def test_two_breakdowns_of_a_year_that_began_before_the_records(tmp_path):
    rows = [*quarters(None, None, 30, 34), *by("PO01", "sex", (61, 60, 4), period_id=YEAR)]
    rows += by("PO01", "age_band", (20, 20, 20, 30, 35, 0), period_id=YEAR)
    assert after(tmp_path, rows) == []


def test_a_quarter_its_agency_hid_beside_the_categories_of_its_year(tmp_path):
    rows = [figure("PO01", None, period_id=Q1, marker="c"), *quarters(None, 30, 31, 32)]
    rows += by("PO01", "sex", (50, 46, 0), period_id=YEAR)
    known = {Cell("police_protections", Where(Q1, "all", LEEDS, "all", "all")): 3.0}
    release = edition(tmp_path, rows, 0, truth_of(sent(*rows), known))
    assert [str(leak) for leak in leaks_of([release])] == []


def test_a_year_is_at_least_what_is_published_of_its_quarters(tmp_path):
    rows = []
    for period, first in zip(QUARTERS, (6, 3), strict=False):
        sources = (first, 20, 20, 20, 20, 20, 20)
        rows += [
            figure("FD03", sum(sources), period_id=period),
            *by("FD03", "referral_source", sources, period_id=period),
        ]
    rows += by("FD05", "referral_source", (0,) * 7, (9, 90, 90, 90, 90, 90, 90), period_id=YEAR)
    assert after(tmp_path, rows) == []


def test_categories_that_nearly_add_up(tmp_path):
    rows = [figure("PO01", 40, period_id=YEAR), *by("PO01", "sex", (3, 38, 0), period_id=YEAR)]
    assert after(tmp_path, rows) == []


def test_a_year_that_nearly_adds_up(tmp_path):
    assert after(tmp_path, [*quarters(3, 30, 31, 32), figure("PO01", 97, period_id=YEAR)]) == []


def test_a_category_two_indicators_count_differently(tmp_path):
    rows = [figure("FD03", 40, period_id=Q1), *by("FD03", "sex", (3, 37, 0), period_id=Q1)]
    rows += [figure("FD04", 10, 40, period_id=Q1), *by("FD04", "sex", (0, 10, 0), (4, 36, 0), period_id=Q1)]
    assert after(tmp_path, rows) == []


def test_a_return_withdrawn_and_sent_again(tmp_path):
    first = [figure("PO01", 65, period_id=YEAR), *by("PO01", "sex", (4, 30, 31), period_id=YEAR)]
    again = [figure("PO01", 41, period_id=YEAR), *by("PO01", "sex", (4, 30, 7), period_id=YEAR)]
    assert after(tmp_path, first, [], again) == []


def test_a_figure_shown_long_ago_is_not_forgotten(tmp_path):
    first = [figure("PO01", 40, period_id=YEAR), *by("PO01", "sex", (20, 20, 0), period_id=YEAR)]
    again = [figure("PO01", 23, period_id=YEAR), *by("PO01", "sex", (20, 3, 0), period_id=YEAR)]
    assert after(tmp_path, first, [], again) == []


def test_an_old_total_of_quarters_that_have_not_changed(tmp_path):
    assert after(tmp_path, quarters(4, 20, 30, 46), quarters(4, 20, 3, 46)) == []


def test_a_total_restated_twice(tmp_path):
    assert after(tmp_path, quarters(4, 20, 30, 46), quarters(4, 24, 26, 46), quarters(4, 24, 3, 46)) == []


def test_the_rise_of_a_hidden_count(tmp_path):
    first = [figure("PO01", 46, period_id=YEAR), *by("PO01", "sex", (1, 45, 0), period_id=YEAR)]
    later = [figure("PO01", 49, period_id=YEAR), *by("PO01", "sex", (4, 45, 0), period_id=YEAR)]
    assert after(tmp_path, first, later) == []
