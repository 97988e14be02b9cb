from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import duckdb
import pandas as pd
import pytest

from pipelines.publishing.finding_moves import verb_and_step
from pipelines.publishing.releasing import measured, release
from pipelines.publishing.writing import write
from pipelines.queries.frame import header, pointer
from pipelines.queries.indicator import indicator
from pipelines.queries.overview import overview
from pipelines.queries.pointer import current, opened
from pipelines.queries.reading import rows
from pipelines.queries.scorecard import scorecard
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.periods import parse, quarters
from schemas.problems import UserError
from schemas.published.tables import TABLES
from tests.pipelines.full_disk import full_disk
from tests.pipelines.releases import AT, BENCHMARKS, LEEDS, figure, inputs, order

STEWARD = Actor("Steward", "business_unit")
pytestmark = pytest.mark.slow

EVERY = [q.id for q in quarters(parse("2021-22-Q3"), parse("2026-27-Q2"))]
QUIET = [42, 45, 39, 44, 41, 43, 46, 40, 42, 44, 41, 43, 45, 42, 40, 44, 43, 41, 55]


def series(*tops: int, indicator_id: str = "CP07", of: int = 215) -> list[dict[str, Any]]:
    """One figure a quarter, the last of them in 2026-27 Q2."""
    return [figure(indicator_id, n, of, period_id=p) for n, p in zip(tops, EVERY[-len(tops) :], strict=True)]


def silent(_: str) -> None:
    """Progress nobody listens to."""


def test_a_jump_against_its_own_history_is_the_first_thing_the_executive_reads(tmp_path):
    made = release(tmp_path, inputs(*series(*QUIET, 62, of=226)), order(), {}, silent)
    page = overview(pointer(tmp_path, STEWARD, "partnership"), None)
    assert made.needs_attention == len(page.needs)
    first = next(item for item in page.needs if item.indicator_id == "CP07")
    assert first.marker == "concern"
    assert first.sentence.startswith("rose to 27.4% (62 of 226), above its usual")
    assert first.owner == "Leeds City Council, Children and Families"


def test_a_fall_that_stays_above_the_usual_range_is_not_told_as_a_contradiction(tmp_path):
    release(tmp_path, inputs(*series(*QUIET[1:], 90, 86)), order(), {}, silent)
    page = overview(pointer(tmp_path, STEWARD, "partnership"), None)
    said = next(item for item in page.needs if item.indicator_id == "CP07").sentence
    assert said.startswith("is 40.0% (86 of 215), above its usual")
    assert "; 1.9 points lower than in 2026-27 Q1" in said
    assert "fell to" not in said


@pytest.mark.parametrize(
    ("values", "signal", "told"),
    [
        ((60.0, 61.2), "above its usual range", ("rose to", "")),
        ((61.2, 60.0), "below its usual range", ("fell to", "")),
        ((60.0, 61.0), "near the bottom of its usual range in two of the last three quarters",
         ("is", "; 1.0 point higher than in 2026-27 Q1")),
        ((61.04, 61.01), "above its mean for the seventh quarter running", ("is", "")),
        ((61.0, 61.0), "above its usual range", ("is", "")),
        ((61.0, 40.0), "within its usual range", ("fell to", "")),
    ],
)  # fmt: skip
def test_the_verb_agrees_with_the_side_of_the_range(values, signal, told):
    points = pd.DataFrame({"period_id": ["2026-27-Q1", "2026-27-Q2"], "value": values, "phase": [0, 0]})
    assert verb_and_step(catalogue().indicators["CP07"], points, signal) == told


def test_a_quiet_series_is_not_mentioned(tmp_path):
    release(tmp_path, inputs(*series(*QUIET[:-1], 43)), order(), {}, silent)
    page = overview(pointer(tmp_path, STEWARD, "partnership"), None)
    assert all(item.indicator_id != "CP07" or item.marker == "missing" for item in page.needs)


def test_a_return_that_never_came_is_late_and_never_a_zero(tmp_path):
    release(tmp_path, inputs(*series(*QUIET)), order(), {}, silent)
    shown = pointer(tmp_path, STEWARD, "partnership")
    late = rows(shown, "select state from coverage where agency_id = 'wyp_leeds' and indicator_id = 'DA01'")
    assert {r["state"] for r in late} == {"late"}
    line = next(x for x in scorecard(shown).lines if x.indicator_id == "DA01")
    assert line.latest == "Return late"
    assert rows(shown, "select * from figure where indicator_id = 'DA01'") == []


def test_the_agencys_own_account_stands_beside_its_figure(tmp_path):
    said = pd.DataFrame(
        [["CP07", "lcc_cf", "2026-27-Q2", "More families came back.", "", "We review 30 cases.", "x"]],
        columns=[
            "indicator_id",
            "agency_id",
            "period_id",
            "what_happened",
            "why",
            "what_we_are_doing",
            "submission_id",
        ],
    )
    release(tmp_path, inputs(*series(*QUIET, 62, of=226), commentary=said), order(), {}, silent)
    first = next(i for i in overview(pointer(tmp_path, STEWARD, "partnership"), None).needs if i.indicator_id == "CP07")
    assert first.account == "More families came back. We review 30 cases."


def test_each_release_is_a_new_file_and_the_old_one_still_reads(tmp_path):
    first = release(tmp_path, inputs(*series(*QUIET)), order(), {}, silent)
    before = pointer(tmp_path, STEWARD, "partnership")
    later = datetime(2026, 11, 18, tzinfo=UTC)
    second = release(tmp_path, inputs(*series(*QUIET, 60)), order("Corrected", later), {}, silent)
    assert first.path != second.path
    assert header(tmp_path, before).label == "Executive, 17 November 2026"
    now = header(tmp_path, pointer(tmp_path, STEWARD, "partnership"))
    assert [now.label, *[r.label for r in now.earlier]] == ["Corrected", "Corrected", "Executive, 17 November 2026"]
    assert json.loads((tmp_path / "publications/partnership/CURRENT").read_text())["previous"] == first.publication_id


def test_a_reader_mid_release_keeps_what_it_opened(tmp_path):
    release(tmp_path, inputs(*series(*QUIET)), order(), {}, silent)
    with opened(current(tmp_path, "partnership")) as reading:
        release(tmp_path, inputs(*series(*QUIET, 60)), order("Next", datetime(2026, 11, 18, tzinfo=UTC)), {}, silent)
        assert reading.execute("select label from publication").fetchone() == ("Executive, 17 November 2026",)


def test_a_reader_can_reach_nothing_but_the_publication(tmp_path):
    release(tmp_path, inputs(*series(*QUIET)), order(), {}, silent)
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    with opened(current(tmp_path, "partnership")) as reading:
        with pytest.raises(duckdb.Error):
            reading.execute("select * from read_csv(?)", [str(secret)])
        with pytest.raises(duckdb.Error):
            reading.execute("set enable_external_access = true")
        with pytest.raises(duckdb.Error):
            reading.execute("delete from figure")


def test_a_restated_figure_is_listed_with_what_was_and_is(tmp_path):
    release(tmp_path, inputs(*series(*QUIET[:-1], 45)), order(), {}, silent)
    again = inputs(*series(*QUIET[:-2], 50, 45))
    release(tmp_path, again, order("Next", datetime(2026, 11, 18, tzinfo=UTC)), {}, silent)
    restated = overview(pointer(tmp_path, STEWARD, "partnership"), None).restated
    quarterly = [(r.indicator_id, r.period, r.was, r.now) for r in restated if "Q" in r.period]
    assert quarterly == [("CP07", "2026-27 Q1", "19.1%", "23.3%")]


def test_a_restatement_never_shows_what_either_release_hid(tmp_path):
    release(tmp_path, inputs(*series(*QUIET[:-1], 3)), order(), {}, silent)
    release(tmp_path, inputs(*series(*QUIET[:-1], 43)), order("Next", datetime(2026, 11, 18, tzinfo=UTC)), {}, silent)
    restated = overview(pointer(tmp_path, STEWARD, "partnership"), None).restated
    assert [r for r in restated if r.period == "2026-27 Q2"] == []


def test_a_release_cut_off_before_the_pointer_leaves_the_old_one_current(tmp_path, monkeypatch):
    first = release(tmp_path, inputs(*series(*QUIET)), order(), {}, silent)

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipelines.store.atomic.write", cut)
    with pytest.raises(KeyboardInterrupt):
        release(tmp_path, inputs(*series(*QUIET, 60)), order("Next"), {}, silent)
    assert current(tmp_path, "partnership").publication_id == first.publication_id


def test_a_disk_that_fills_at_the_commit_is_one_sentence_and_leaves_nothing(tmp_path):
    tables = {name: pd.DataFrame() for name in TABLES}
    with full_disk(20_000), pytest.raises(UserError, match="Make room on the disk, then publish again") as why:
        write(tmp_path, "partnership", "20261117T093000Z-00000000", tables)
    assert isinstance(why.value.__cause__, duckdb.TransactionException)  # opening the file had found room
    assert list((tmp_path / "publications" / "partnership").iterdir()) == []


def test_a_damaged_pointer_is_one_sentence(tmp_path):
    release(tmp_path, inputs(*series(*QUIET)), order(), {}, silent)
    (tmp_path / "publications/partnership/CURRENT").write_text("{")
    with pytest.raises(UserError, match="cannot be read"):
        current(tmp_path, "partnership")


def test_the_same_content_gives_the_same_end_of_the_id(tmp_path):
    one = release(tmp_path / "a", inputs(*series(*QUIET)), order(), {}, silent)
    two = release(tmp_path / "b", inputs(*series(*QUIET)), order(), {}, silent)
    assert one.publication_id == two.publication_id


def test_every_table_of_a_release_keeps_its_contract(tmp_path):
    made = release(tmp_path, inputs(*series(*QUIET)), order(), {}, silent)
    with duckdb.connect(str(made.path), read_only=True) as connection:
        there = {r[0] for r in connection.execute("select table_name from information_schema.tables").fetchall()}
    assert there == set(TABLES)


def test_rates_take_the_latest_population_before_the_year_and_are_annualised():
    population = ["", "population_0_17", "CY2024", LEEDS, "Leeds", None, None, 176239.0, "", "ONS", "ONS"]
    known = pd.DataFrame([population], columns=BENCHMARKS)
    tables = measured(inputs(figure("FD03", 2576), populations=known), order(), {}, silent)
    row = tables["figure"].query("indicator_id == 'FD03' and period_id == '2026-27-Q2'").iloc[0]
    assert row["value"] == pytest.approx(2576 / 176239 * 10000 * 4)
    assert row["lower"] < row["value"] < row["upper"]


def test_a_year_is_recomputed_from_its_quarters_never_averaged():
    year = [
        figure("CP07", t, n, period_id=p)
        for t, n, p in zip((20, 30, 40, 60), (200, 100, 100, 200), EVERY[14:18], strict=True)
    ]
    assert EVERY[14] == "2025-26-Q1"
    tables = measured(inputs(*year), order(), {}, silent)
    row = tables["figure"].query("period_id == 'FY2025-26' and indicator_id == 'CP07'").iloc[0]
    assert (row["numerator"], row["denominator"], row["value"]) == (150, 600, 25.0)


def test_a_year_with_a_quarter_missing_is_not_made():
    year = [figure("CP07", 20, 200, period_id=p) for p in EVERY[14:17]]
    tables = measured(inputs(*year), order(), {}, silent)
    assert tables["figure"].query("period_id == 'FY2025-26'").empty


def test_several_senders_are_summed_only_when_all_have_sent():
    one = measured(inputs(figure("HE10", 300, 4000, agency_id="ltht")), order(), {}, silent)["figure"]
    assert one.query("indicator_id == 'HE10' and agency_id == 'all'")["value"].isna().all()
    three = [figure("HE10", n, 4000, agency_id=a) for n, a in ((300, "ltht"), (200, "lch"), (100, "lypft"))]
    whole = measured(inputs(*three), order(), {}, silent)["figure"]
    together = whole.query("indicator_id == 'HE10' and agency_id == 'all' and period_id == '2026-27-Q2'")
    assert together["value"].tolist() == [5.0]


def test_a_figure_awaiting_its_agencys_approval_is_provisional():
    rows_sent = [figure("CP07", 43, 215) | {"approved": False}]
    shown = measured(inputs(*rows_sent), order(), {}, silent)["figure"]
    assert set(shown["status"]) == {"provisional"}


def test_a_definition_change_is_a_break_in_the_chart(tmp_path):
    release(tmp_path, inputs(*series(*QUIET, 45)), order(), {}, silent)
    view = indicator(pointer(tmp_path, STEWARD, "partnership"), "CP07")
    phases = {p.period_id: p.phase for p in view.points}
    assert phases["2023-24-Q1"] != phases["2023-24-Q2"]
    assert view.breaks[0][0] == "2023-24-Q2"


def test_patterns_remembered_change_nothing_but_the_time():
    known: dict[str, bytes] = {}
    small = inputs(*series(*QUIET, 3), *[figure("CP05", 200, 203)])
    first = measured(small, order(), known, silent)["figure"]
    second = measured(small, order(), known, silent)["figure"]
    pd.testing.assert_frame_equal(first, second)


def test_late_is_judged_by_the_day_of_the_release():
    early = measured(
        replace(inputs(*series(*QUIET)), today=datetime(2026, 10, 15, tzinfo=UTC).date()), order(), {}, silent
    )
    states = early["coverage"].query("agency_id == 'wyp_leeds' and period_id == '2026-27-Q2'")["state"]
    assert set(states) == {"not yet due"}
    assert AT.date() > datetime(2026, 10, 31, tzinfo=UTC).date()


def test_a_later_release_never_gives_away_what_an_earlier_one_hid(tmp_path):
    three = [figure("PO01", n, period_id=p) for n, p in zip((3, 30, 31), EVERY[14:17], strict=True)]
    release(tmp_path, inputs(*three, through=parse("2025-26-Q3")), order(), {}, silent)
    year = [*three, figure("PO01", 32, period_id=EVERY[17])]
    release(tmp_path, inputs(*year), order("Next", datetime(2026, 11, 18, tzinfo=UTC)), {}, silent)
    both = [r.publication_id for r in header(tmp_path, pointer(tmp_path, STEWARD, "partnership")).earlier]
    seen: dict[str, float] = {}
    for publication_id in both:
        shown = pointer(tmp_path, STEWARD, "partnership", publication_id)
        seen |= {r["period_id"]: r["value"] for r in rows(shown, "select * from figure where value is not null")}
    assert seen[EVERY[15]] == 30
    assert EVERY[14] not in seen
    assert not {EVERY[17], "FY2025-26"} <= set(seen)


def test_figures_that_contradict_each_other_do_not_stop_a_release(tmp_path):
    quarters_sent = [figure("EH02", 60, period_id=p) for p in EVERY[14:18]]
    wrong_year = figure("EH02", 3000, period_id="FY2025-26")
    release(tmp_path, inputs(*quarters_sent, wrong_year), order(), {}, silent)
    shown = pointer(tmp_path, STEWARD, "partnership")
    assert rows(shown, "select value from figure where period_id = 'FY2025-26'") == [{"value": 3000.0}]
