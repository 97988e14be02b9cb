from __future__ import annotations

from datetime import date

import pytest

from pipelines.checking import check
from sample_data.own_sheets import health, layout, police
from sample_data.own_sheets.changed import CHANGES, changed
from sample_data.own_sheets.counted import LATEST, sent

pytestmark = pytest.mark.slow

TODAY = date(2026, 10, 20)
MADE = {"police": police, "health": health}
SENDERS = {"police": "wyp_leeds", "health": "lch"}
FIGURE = ["indicator_id", "period_id", "area_id", "breakdown", "category", "numerator", "denominator", "marker"]


def read(book, folder, *names):
    return check(book.write(folder), today=TODAY, layouts=[layout(name) for name in names or MADE])


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain")
    return {name: read(make(), folder) for name, make in MADE.items()}


def tidy(report):
    return report.figures[FIGURE].astype("str").sort_values(FIGURE).to_numpy().tolist()


@pytest.mark.parametrize("name", MADE)
def test_an_agencys_own_spreadsheet_gives_the_figures_of_its_template(name, plain):
    report = plain[name]
    assert (report.verdict, report.agency_id, report.period_id) == ("accepted", SENDERS[name], LATEST)
    figures = report.figures[report.figures["period_id"].eq(LATEST)].set_index("indicator_id")
    template = sent(SENDERS[name], LATEST)
    assert len(figures) >= 8
    for indicator_id, given in figures.iterrows():
        line = template[indicator_id]
        assert given["numerator"] == pytest.approx(line.numerator)
        if line.denominator is not None:
            assert given["denominator"] == pytest.approx(line.denominator)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", MADE)
def test_a_layout_outlives_what_happens_to_its_spreadsheet(name, change, plain, tmp_path):
    report = read(changed(MADE[name](), change), tmp_path)
    assert tidy(report) == tidy(plain[name])
    assert report.verdict == "accepted"


def test_each_figure_stands_in_the_cell_of_the_agencys_own_file(plain):
    rows = plain["police"].figures.reset_index()
    told = {(sheet, row): i for i, sheet, row in zip(rows["indicator_id"], rows["sheet"], rows["row"], strict=True)}
    assert told["Violence and custody", 8] == "YV04"
    assert told["Domestic abuse", 7] == "DA05"


def test_a_figure_that_is_wrong_is_named_in_the_agencys_own_cell(tmp_path):
    book = police()
    book.pages["Violence and custody"].rows[7][3] = type(book.pages["Contents"].rows[0][0])("about 55")
    report = read(book, tmp_path)
    (problem,) = [p for p in report.problems if p.severity == "error"]
    assert (problem.sheet, problem.cell, problem.row, problem.value) == ("Violence and custody", "D8", 8, "about 55")
    assert report.rows_accepted == report.rows - 1
