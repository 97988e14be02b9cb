from __future__ import annotations

import pandas as pd
import pytest

from pipelines.publishing.breaks import CHANGED, crosses, is_mixed
from pipelines.publishing.releasing import measured
from pipelines.queries.indicator import indicator as read
from pipelines.queries.pointer import current
from pipelines.queries.sparks import sparks
from schemas.catalogue import catalogue
from schemas.periods import parse, quarters
from tests.pipelines.releases import figure, inputs, order

pytestmark = pytest.mark.slow

# Plans transferred in are no longer counted from here on.
CHANGE = "2023-24-Q2"
CP07 = catalogue().indicators["CP07"]
STEADY = [42, 45, 39, 44, 41, 43, 46, 40, 42, 44, 41, 43, 45]


def silent(_: str) -> None:
    """Progress nobody listens to."""


def tables(values, last):
    """CP07 of so many quarters up to the last, out of 215 each, measured."""
    every = [q.id for q in quarters(parse("2021-22-Q3"), parse(last))][-len(values) :]
    made = [figure("CP07", n, 215, period_id=p) for n, p in zip(values, every, strict=True)]
    return measured(inputs(*made), order(), {}, silent)


def line(found, name="scorecard"):
    return found[name].query("indicator_id == 'CP07'").iloc[0]


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [("2023-24-Q1", CHANGE, True), (CHANGE, "2023-24-Q3", False), ("2022-23-Q4", "2023-24-Q1", False),
     ("2022-23-Q3", "2023-24-Q3", True), ("FY2022-23", "FY2023-24", True), ("FY2024-25", "FY2025-26", False)],
)  # fmt: skip
def test_two_periods_are_of_one_kind_only_on_one_side_of_the_change(earlier, later, expected):
    assert crosses(CP07, parse(earlier), parse(later)) is expected


def test_a_year_with_the_change_inside_is_mixed():
    assert is_mixed(CP07, parse("FY2023-24"))
    assert not is_mixed(CP07, parse("FY2022-23"))
    assert not is_mixed(CP07, parse(CHANGE))


def test_no_change_is_claimed_from_the_old_definition_to_the_new():
    found = line(tables([*STEADY[:7], 80], CHANGE))
    assert found["change_words"] == CHANGED
    assert found["year_change_words"] == CHANGED


def test_a_quarter_later_the_change_is_told_and_only_the_year_is_not():
    found = line(tables([*STEADY[:7], 43, 54], "2023-24-Q3"))
    assert found["change_words"] == "Up 5.1 points"
    assert found["year_change_words"] == CHANGED


def test_a_year_after_the_change_both_are_told():
    found = line(tables([*STEADY[:7], 43, 54, 43, 43, 65], "2024-25-Q2"))
    assert found["year_change_words"] == "Up 10.2 points"


def test_no_signal_run_or_rise_is_told_across_the_change():
    found = tables([*STEADY[:7], 120], CHANGE)
    assert line(found)["variation"] == "none"
    assert "needed before a usual range" in line(found, "series")["note"]
    said = " ".join(found["finding"].query("indicator_id == 'CP07'")["sentence"])
    assert "rose to" not in said


def test_the_first_figure_after_the_change_neither_rose_nor_fell():
    from pipelines.publishing.finding_moves import moved

    points = tables([*STEADY[:7], 120], CHANGE)["series_point"].query("indicator_id == 'CP07'")
    assert moved(points) == "is"
    assert moved(points.assign(phase=0)) == "rose to"


def test_a_year_is_not_added_up_across_the_change():
    found = tables([40] * 10, "2023-24-Q4")["figure"]
    years = found[found["period_id"].str.startswith("FY")].set_index("period_id")["value"]
    assert years["FY2022-23"] > 0
    assert pd.isna(years["FY2023-24"])


def test_the_account_of_such_a_year_says_why_there_is_none():
    made = tables([40] * 10, "2023-24-Q4")["made"].query("indicator_id == 'CP07' and period_id == 'FY2023-24'").iloc[0]
    assert made["formula"].startswith("Not worked out, because the definition changed within it")
    assert made[["parts", "interval", "limits"]].eq("").all()


def test_what_the_agency_itself_sent_for_such_a_year_stays():
    sent = [figure("CP07", 160, 860, period_id="FY2023-24"), figure("FD01", 9000, period_id="2023-24-Q4")]
    found = measured(inputs(*sent), order(), {}, silent)["figure"].query("indicator_id == 'CP07'")
    assert found["value"].round(1).tolist() == [18.6]
    definition = measured(inputs(*sent), order(), {}, silent)["made"].query("indicator_id == 'CP07'")["definition"]
    assert definition.tolist() == ["Mixed: the definition changed within the period."]


def test_a_small_line_knows_where_the_definition_changed(tmp_path):
    from pipelines.publishing.releasing import release

    every = [q.id for q in quarters(parse("2023-24-Q1"), parse("2023-24-Q4"))]
    split = [
        figure("CP07", 20, 100, period_id=p, breakdown="sex", category="female", definition_version=v)
        for p, v in zip(every, (1, 2, 2, 2), strict=True)
    ]
    made = [figure("CP07", n, 215, period_id=p) for n, p in zip((40, 41, 42, 43), every, strict=True)]
    release(tmp_path, inputs(*made, *split), order(), {}, silent)
    shown = current(tmp_path, "partnership")
    assert sparks(shown)["CP07"].phases[-4:] == (0, 1, 1, 1)
    girls = next(part for part in read(shown, "CP07").categories if part.key == "female")
    assert girls.values == (20.0, 20.0, 20.0)  # noqa: PD011 - not a frame
