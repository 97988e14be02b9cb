from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import duckdb
import pandas as pd
import pytest

from pipelines.publishing import writing
from pipelines.publishing.releasing import release
from pipelines.queries.ledger import ledger
from pipelines.queries.overview import overview
from pipelines.queries.pointer import current, digest
from pipelines.queries.reading import rows
from tests.pipelines.releases import BENCHMARKS, LEEDS, figure, inputs, order

pytestmark = pytest.mark.slow

NOW, BEFORE = "2026-27-Q2", "2026-27-Q1"
MAY, AUGUST, NOVEMBER = (datetime(2026, month, 12, 9, 30, tzinfo=UTC) for month in (5, 8, 11))
LATE = "The June list reached us late."


def silent(_: str) -> None:
    """Progress nobody listens to."""


def published(home, *figures, at, label="Published for the Executive", audience="partnership", **other):
    asked = replace(order(label, at), audience=audience)
    release(home, inputs(figure("FD01", 9000), *figures, **other), asked, {}, silent)
    return current(home, audience)


def conferences(number, version=1, **where):
    """One quarter's count of children in MARAC households, as the given version of its return sent it."""
    return figure(
        "DA03", number, period_id=BEFORE, submission_id=f"lcc_safer_leeds.figures.{BEFORE}.v{version}", **where
    )


def sentences(pointer, indicator_id="DA03"):
    return [entry.sentence for entry in ledger(pointer, indicator_id)]


def test_a_changed_figure_says_what_was_shown_when_and_why_in_the_agencys_words(tmp_path):
    published(tmp_path, conferences(395), at=MAY)
    shown = published(tmp_path, conferences(401, 2, reason=LATE), at=AUGUST)
    assert sentences(shown) == [
        f"2026-27 Q1 was 395 when published for the Executive on 12 May 2026; it is now 401, because “{LATE}”"
    ]


def test_without_a_reason_it_says_so(tmp_path):
    published(tmp_path, conferences(395), at=MAY)
    shown = published(tmp_path, conferences(401, 2), at=AUGUST)
    assert sentences(shown)[0].endswith("it is now 401. No reason was given.")


def test_a_reason_that_stood_before_is_not_taken_for_the_reason_of_the_change(tmp_path):
    published(tmp_path, conferences(395, reason="A busy spring."), at=MAY)
    again = conferences(401, reason="A busy spring.")
    shown = published(tmp_path, again, at=AUGUST)
    assert sentences(shown)[0].endswith("No reason was given.")


def test_entries_are_carried_on_and_each_publication_adds_its_own(tmp_path):
    published(tmp_path, conferences(395), at=MAY)
    published(tmp_path, conferences(401, 2, reason=LATE), at=AUGUST)
    shown = published(tmp_path, conferences(405, 3), at=NOVEMBER, label="Executive, 12 November 2026")
    first = "2026-27 Q1 was 395 when published for the Executive on 12 May 2026; on 12 August 2026 it became 401"
    assert sentences(shown) == [
        f"{first}, because “{LATE}”",
        "2026-27 Q1 was 401 when published for the Executive on 12 August 2026; it is now 405. No reason was given.",
    ]
    assert [entry.is_new for entry in ledger(shown, "DA03")] == [False, True]


def test_a_publication_that_changes_nothing_still_carries_the_ledger(tmp_path):
    published(tmp_path, conferences(395), at=MAY)
    published(tmp_path, conferences(401, 2), at=AUGUST)
    shown = published(tmp_path, conferences(401, 2), at=NOVEMBER)
    assert len(ledger(shown, "DA03")) == 1


def test_the_overview_lists_only_what_this_publication_changed(tmp_path):
    published(tmp_path, conferences(395), at=MAY)
    second = published(tmp_path, conferences(401, 2), at=AUGUST)
    third = published(tmp_path, conferences(401, 2), figure("DA02", 30), at=NOVEMBER)
    assert [r.now for r in overview(second, None).restated] == ["401"]
    assert overview(third, None).restated == ()


def test_a_figure_hidden_now_takes_its_whole_past_off_the_ledger(tmp_path):
    published(tmp_path, conferences(395), at=MAY)
    published(tmp_path, conferences(401, 2), at=AUGUST)
    shown = published(tmp_path, conferences(3, 3), at=NOVEMBER)
    assert rows(shown, "select marker from figure where indicator_id = 'DA03'") == [{"marker": "c"}]
    assert ledger(shown, "DA03") == ()


def test_a_figure_hidden_then_never_comes_onto_it(tmp_path):
    published(tmp_path, conferences(3), at=MAY)
    shown = published(tmp_path, conferences(401, 2), at=AUGUST)
    assert ledger(shown, "DA03") == ()


def test_a_figure_that_is_there_no_more_is_withdrawn_and_stays_listed(tmp_path):
    published(tmp_path, conferences(395), at=MAY)
    gone = "2026-27 Q1 was 395 when published for the Executive on 12 May 2026; since 12 August 2026 it is not supplied"
    second = published(tmp_path, at=AUGUST)
    third = published(tmp_path, at=NOVEMBER)
    assert sentences(second) == sentences(third) == [f"{gone}. No reason was given."]
    assert rows(third, "select now from restatement where indicator_id = 'DA03'") == [{"now": None}]


def test_a_figure_sent_again_is_set_beside_the_last_one_shown(tmp_path):
    published(tmp_path, conferences(395), at=MAY)
    published(tmp_path, at=AUGUST)
    shown = published(tmp_path, conferences(401, 2), at=NOVEMBER)
    last = ledger(shown, "DA03")[-1]
    assert (last.was, last.now, last.shown_in.made_on, last.is_withdrawn) == ("395", "401", MAY.date(), False)


def test_a_marker_in_place_of_a_figure_is_named(tmp_path):
    published(tmp_path, conferences(395), at=MAY)
    shown = published(tmp_path, conferences(None, 2, marker="u"), at=AUGUST)
    assert "it is unreliable" in sentences(shown)[0]


def test_a_change_too_small_to_be_shown_is_none(tmp_path):
    published(tmp_path, figure("CX01", None, None, value=12.34, period_id="FY2025-26"), at=MAY)
    shown = published(tmp_path, figure("CX01", None, None, value=12.31, period_id="FY2025-26"), at=AUGUST)
    assert rows(shown, "select value from figure where indicator_id = 'CX01'") == [{"value": 12.31}]
    assert ledger(shown, "CX01") == ()


def test_counts_that_changed_under_an_equal_percentage_are_told(tmp_path):
    published(tmp_path, figure("CP07", 100, 400), at=MAY)
    shown = published(tmp_path, figure("CP07", 101, 404), at=AUGUST)
    entry = ledger(shown, "CP07")[0]
    assert (entry.was, entry.now) == ("25.0% (100 of 400)", "25.0% (101 of 404)")


def test_a_provisional_figure_that_becomes_final_with_another_value_says_both(tmp_path):
    published(tmp_path, conferences(395, approved=False), at=MAY)
    shown = published(tmp_path, conferences(401, 2), at=AUGUST)
    said = sentences(shown)[0]
    assert "was 395, provisional, when published" in said
    assert "it is now 401, final" in said


def test_a_provisional_figure_that_becomes_final_unchanged_is_no_restatement(tmp_path):
    published(tmp_path, conferences(395, approved=False), at=MAY)
    assert ledger(published(tmp_path, conferences(395, 2), at=AUGUST), "DA03") == ()


def test_a_year_points_to_the_quarter_that_was_restated(tmp_path):
    def year(first, version):
        made = [
            figure("CP07", n, 200, period_id=f"2025-26-Q{q}", submission_id=f"lcc_cf.figures.2025-26-Q{q}.v1")
            for q, n in ((2, 30), (3, 40), (4, 60))
        ]
        sent = f"lcc_cf.figures.2025-26-Q1.v{version}"
        return [figure("CP07", first, 200, period_id="2025-26-Q1", submission_id=sent, reason=LATE), *made]

    published(tmp_path, *year(20, 1), at=MAY)
    shown = published(tmp_path, *year(28, 2), at=AUGUST)
    told = {entry.period: entry.reason for entry in ledger(shown, "CP07")}
    assert told == {"2025-26 Q1": LATE, "2025-26": "It is worked out from its parts, and 2025-26 Q1 was restated."}


def test_a_revised_population_is_named_as_the_reason(tmp_path):
    def known(number):
        row = ["", "population_0_17", "CY2024", LEEDS, "Leeds", None, None, number, "", "ONS", "ONS"]
        return pd.DataFrame([row], columns=BENCHMARKS)

    published(tmp_path, figure("FD03", 2576), at=MAY, populations=known(176239.0))
    shown = published(tmp_path, figure("FD03", 2576), at=AUGUST, populations=known(170000.0))
    assert sentences(shown, "FD03")[0].endswith(
        "The official population was revised; what the agency sent is unchanged."
    )


def test_the_public_reads_that_a_figure_changed_but_not_the_agencys_words(tmp_path):
    published(tmp_path, conferences(395), at=MAY, audience="public")
    shown = published(tmp_path, conferences(450, 2, reason=LATE), at=AUGUST, audience="public")
    assert LATE not in sentences(shown)[0]
    assert sentences(shown)[0].endswith("it is now 450. The agency gave its reason with its return.")


def test_a_publication_from_before_the_ledger_can_still_be_followed(tmp_path):
    first = published(tmp_path, conferences(395), at=MAY)
    with duckdb.connect(str(first.path)) as connection:
        connection.execute("alter table restatement drop column kind")
    writing.seal(tmp_path, "partnership", first.publication_id, digest(first.path))
    writing.point(tmp_path, "partnership", first.publication_id, digest(first.path), None)
    shown = published(tmp_path, conferences(401, 2), at=AUGUST)
    assert len(ledger(shown, "DA03")) == 1
    assert ledger(first, "DA03") == ()


@pytest.mark.parametrize(("label", "words"), [("", "when published on 12 May 2026"),
                                              ("Executive, May", "in “Executive, May”, published on 12 May 2026")])  # fmt: skip
def test_a_publication_is_cited_by_its_label_and_its_day(tmp_path, label, words):
    published(tmp_path, conferences(395), at=MAY, label=label)
    assert words in sentences(published(tmp_path, conferences(401, 2), at=AUGUST))[0]
