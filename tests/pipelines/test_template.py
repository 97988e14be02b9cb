from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest
from openpyxl import load_workbook

from pipelines.checking import check
from pipelines.reports import template
from schemas.catalogue import catalogue, owed
from schemas.periods import parse
from schemas.problems import UserError
from tests.pipelines.good_return import AT, TODAY, good_book
from tests.rules.rows import history

pytestmark = pytest.mark.slow

QUARTER = parse("2026-27-Q2")


def written(path, agency_id="lcc_cf", period=QUARTER, **more):
    sent = template.Sent(more.pop("last", None), more.pop("not_held", None))
    template.write(path, agency_id=agency_id, period=period, **{"kind": "figures", "at": AT, "sent": sent, **more})
    return load_workbook(path)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return written(tmp_path_factory.mktemp("template") / "t.xlsx", last=history())


def test_a_template_filled_in_and_sent_is_accepted_without_a_word(tmp_path):
    path = tmp_path / "filled.xlsx"
    template.write(path, kind="figures", agency_id="lcc_cf", period=QUARTER, sent=template.Sent(), at=AT)
    filled, good = load_workbook(path), good_book()
    for name in ("Cover", "Figures"):
        for number, row in enumerate(good.sheets[name], 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    filled[name].cell(number, column).value = value
    filled.save(path)
    report = check(path, today=TODAY)
    assert report.problems == (), report.as_text()
    assert report.rows_accepted == len(owed(catalogue(), "lcc_cf", QUARTER))


@pytest.mark.parametrize("agency_id", [a.id for a in catalogue().agencies.values()])
@pytest.mark.parametrize("quarter", ["2025-26-Q4", "2026-27-Q1"])
def test_every_agency_that_owes_figures_gets_a_template_that_is_recognised(agency_id, quarter, tmp_path):
    figures = owed(catalogue(), agency_id, parse(quarter))
    if not figures:
        with pytest.raises(UserError, match="owes no figures"):
            written(tmp_path / "t.xlsx", agency_id, parse(quarter))
        return
    written(tmp_path / "t.xlsx", agency_id, parse(quarter))
    report = check(tmp_path / "t.xlsx", today=TODAY)
    assert (report.kind, report.agency_id, report.period_id) == ("figures", agency_id, quarter)
    assert {p.rule for p in report.problems} == {"nothing_is_filled_in", "awaiting_agency_approval"} | (
        {"return_is_outside_its_window"} if quarter == "2025-26-Q4" else set()
    ) | ({"return_is_outside_its_window"} if quarter == "2026-27-Q1" else set())
    assert f"{len(figures):,} rows stand empty" in report.problems[-1].message


def test_the_sheets_stand_in_the_order_of_use(book):
    assert book.sheetnames == ["Cover", "Instructions", "Figures", "Paste", "Commentary", "Not held", "Lists"]


def test_there_is_a_row_for_every_figure_owed_and_no_other(book):
    rows = [row for row in book["Figures"].iter_rows(min_row=5, values_only=True) if row[0]]
    assert len(rows) == len(owed(catalogue(), "lcc_cf", QUARTER))
    assert ("FD04", "Re-referrals within 12 months", "2026-27-Q2", "Leeds", "All", "All") in {row[:6] for row in rows}


def test_last_quarters_figure_stands_beside(book):
    row = next(row for row in book["Figures"].iter_rows(min_row=5, values_only=True) if row[0] == "FD04")
    assert row[6] == "59 of 240"


def test_only_answers_can_be_typed_over(book):
    sheet = book["Figures"]
    row = next(row for row in sheet.iter_rows(min_row=5) if row[0].value == "FD04")
    headings = [cell.value for cell in sheet[4]]
    locked = {heading for heading, cell in zip(headings, row, strict=True) if cell.protection.locked}
    assert sheet.protection.sheet
    assert locked == {"Indicator ID", "Indicator", "Period", "Area", "Breakdown", "Category", "Last quarter"}


def test_what_official_statistics_give_is_not_asked_for(book):
    row = next(row for row in book["Figures"].iter_rows(min_row=5) if row[0].value == "FD03")
    assert row[8].protection.locked


def test_markers_and_ticks_are_chosen_from_lists(book):
    rules = {rule.formula1 for rule in book["Figures"].data_validations.dataValidation}
    assert '"c,k,u,x,z"' in rules
    assert '"x"' in rules


def test_the_headings_stay_in_sight_and_repeat_on_paper(book):
    sheet = book["Figures"]
    assert sheet.freeze_panes == "C5"
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0


def test_a_synthetic_data_set_says_so_on_every_sheet(book):
    assert all("SYNTHETIC" in sheet.oddHeader.right.text for sheet in book)


def test_reasons_for_what_is_not_held_are_carried_forward(tmp_path):
    before = pd.DataFrame(
        {"agency_id": ["lcc_cf", "lch"], "period_id": ["2026-27-Q1"] * 2, "indicator_id": ["EH06", "EH06"],
         "reason": ["No field for it until spring", "Not ours"]}
    )  # fmt: skip
    rows = list(written(tmp_path / "t.xlsx", not_held=before)["Not held"].iter_rows(min_row=5, values_only=True))
    assert [row[2] for row in rows if row[0] == "EH06"] == ["No field for it until spring"]
    assert not any(row[2] for row in rows if row[0] != "EH06")


def test_the_same_template_twice_is_the_same_file_to_the_byte(tmp_path):
    written(tmp_path / "a.xlsx")
    written(tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_an_unknown_kind_is_one_clear_sentence(tmp_path):
    with pytest.raises(UserError, match="no kind of return"):
        written(tmp_path / "a.xlsx", kind="weather")


def test_a_place_that_cannot_be_written_is_one_clear_sentence(tmp_path):
    with pytest.raises(UserError, match="cannot be written"):
        written(tmp_path / "no" / "a.xlsx", at=datetime(2026, 1, 1, tzinfo=UTC))
