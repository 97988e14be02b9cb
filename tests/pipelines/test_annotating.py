from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from pipelines.checking.person_words import kinds_in
from pipelines.publishing.releasing import measured, release
from pipelines.queries.annotated import annotated
from pipelines.queries.pointer import current
from schemas.catalogue import catalogue
from schemas.periods import parse, quarters
from tests.pipelines.releases import SAID, figure, inputs, order

pytestmark = pytest.mark.slow

EVERY = [q.id for q in quarters(parse("2025-26-Q3"), parse("2026-27-Q2"))]
WHY = "A new form since July."


def silent(_: str) -> None:
    """Progress nobody listens to."""


def tables(*rows, audience="partnership", **other):
    return measured(inputs(*rows, **other), replace(order(), audience=audience), {}, silent)


def reasons(found):
    mine = found["annotation"].query("indicator_id == 'CP07' and kind == 'reason'")
    return list(zip(mine["period_id"], mine["until_period_id"], mine["text"], strict=True))


def account(text, indicator_id="CP07", period_id=EVERY[-1]):
    return pd.DataFrame([[indicator_id, "lcc_cf", period_id, text, "", "", "x"]], columns=SAID)


def test_a_reason_stands_on_the_point_it_explains():
    found = tables(figure("CP07", 62, 226, reason=WHY))
    assert reasons(found) == [(EVERY[-1], EVERY[-1], WHY)]
    assert found["annotation"].query("kind == 'reason'")["source"].tolist() == ["Children and Families"]


def test_the_same_reason_for_periods_in_a_row_is_said_once():
    rows = [figure("CP07", 62, 226, period_id=p, reason=WHY) for p in EVERY]
    assert reasons(tables(*rows)) == [(EVERY[0], EVERY[-1], WHY)]
    apart = [rows[0], figure("CP07", 62, 226, period_id=EVERY[1]), *rows[2:]]
    assert reasons(tables(*apart)) == [(EVERY[0], EVERY[0], WHY), (EVERY[2], EVERY[3], WHY)]


def test_a_reason_for_a_missing_number_is_told():
    assert reasons(tables(figure("CP07", None, None, marker="u", reason=WHY))) == [(EVERY[-1], EVERY[-1], WHY)]


def test_what_was_written_of_a_hidden_figure_is_in_no_table():
    said = "Three children of one family."
    found = tables(figure("CP07", 3, 226, reason=said), figure("FD01", 9000), commentary=account(said))
    assert "c" in found["figure"].query("indicator_id == 'CP07'")["marker"].tolist()
    for name, table in found.items():
        assert not table.astype(str).apply(lambda column: column.str.contains("Three children")).any(axis=None), name


def test_a_reason_for_one_category_or_ward_is_not_published():
    part = figure("CP07", 20, 60, breakdown="sex", category="female", reason=WHY)
    assert reasons(tables(figure("CP07", 62, 226), part)) == []


def test_the_account_of_a_shown_figure_is_an_annotation_of_its_point():
    found = tables(figure("CP07", 62, 226), commentary=account("More families came back."))
    assert reasons(found) == [(EVERY[-1], EVERY[-1], "More families came back.")]


def test_the_public_reads_agreed_events_and_nothing_an_agency_wrote():
    found = tables(
        figure("CP07", 62, 226, reason=WHY), audience="public", commentary=account("More families came back.")
    )
    assert set(found["annotation"]["kind"]) <= {"event", "data quality", "national change"}
    assert "conference_service" in set(found["annotation"]["annotation_id"])
    assert found["commentary"].empty
    assert found["finding"]["account"].eq("").all()


def test_an_event_is_on_the_charts_it_names_and_on_every_one_of_its_domains():
    known = catalogue()
    whole = replace(
        known,
        annotations={
            "everywhere": known.annotations["conference_service"].model_copy(
                update={"id": "everywhere", "indicator_ids": ("FD01",), "domains": ("Courts",)}
            )
        },
    )
    found = measured(replace(inputs(figure("CP07", 62, 226)), catalogue=whole), order(), {}, silent)["annotation"]
    courts = {i.id for i in known.indicators.values() if i.domain == "Courts"}
    assert set(found["indicator_id"]) == {"FD01", *courts}


def test_an_event_after_the_last_figures_waits():
    found = tables(figure("CP07", 62, 226, period_id="2025-26-Q3"))
    assert "police_system" not in set(found["annotation"]["annotation_id"])


def test_the_page_reads_them_newest_first(tmp_path):
    release(tmp_path, inputs(figure("CP07", 62, 226, reason=WHY)), order(), {}, silent)
    notes = annotated(current(tmp_path, "partnership"), "CP07")
    assert [(note.kind, note.periods) for note in notes] == [("reason", "2026-27 Q2"), ("event", "2023-24 Q3")]


@pytest.mark.parametrize("note", catalogue().annotations.values(), ids=lambda note: note.id)
def test_no_agreed_annotation_points_at_a_person(note):
    assert kinds_in(note.text) == []
    assert kinds_in(note.noted_by) == []
