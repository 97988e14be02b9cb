"""No reader works out what an agency's agreement keeps from them: not from totals, other years, other audiences or words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from pipelines.disclosure.withheld import worked_out
from pipelines.publishing.releasing import made, measured, secured
from pipelines.publishing.withholding import WITHHELD, under_logs
from pipelines.publishing.writing import seal, write
from pipelines.queries.pointer import digest, every
from schemas.catalogue import catalogue
from schemas.catalogue.under_agreements import under
from schemas.problems import UserError
from tests.attack.concern_worlds import year_of
from tests.pipelines.agreed import SAMPLE
from tests.pipelines.log_records import logged, records, returns
from tests.pipelines.releases import AT, LEEDS, SAID, TODAY, figure, inputs, order
from tests.pipelines.test_compared_nationally import frame, official

pytestmark = pytest.mark.slow
QUARTERS = ("2025-26-Q1", "2025-26-Q2", "2025-26-Q3", "2025-26-Q4", "2026-27-Q1", "2026-27-Q2")
SENDERS = catalogue().indicators["HE08"].sent_by
NUMBERS = {"ltht": 9137, "lch": 211, "lypft": 307}


def agreeing(**audiences: tuple[str, ...]):
    """The catalogue under the sample's agreements, but for the audiences of some agencies."""
    agency = {
        a: terms.model_copy(update={"audiences": audiences[a]}) if a in audiences else terms
        for a, terms in SAMPLE.agency.items()
    }
    return under(catalogue(), SAMPLE.model_copy(update={"agency": agency}), TODAY, synthetic=False)


def sent(known, **other):
    """Six quarters of what three trusts send, and one of the council's; each quarter's number of ltht is like no other."""
    rows = [
        figure("HE08", NUMBERS[agency] + n, 4 * (NUMBERS[agency] + n), agency_id=agency, period_id=quarter)
        | {"reason": f"Said by {agency}: 4 clinics were closed" if quarter == QUARTERS[-1] else ""}
        for agency in SENDERS
        for n, quarter in enumerate(QUARTERS)
    ]
    said = pd.DataFrame([["HE08", a, QUARTERS[-1], f"An account by {a}", "", "", "s"] for a in SENDERS], columns=SAID)
    return replace(
        inputs(*rows, figure("FD01", 9000), **({"commentary": said} | other)), catalogue=known, agreements=SAMPLE
    )


def released(found, audience: str):
    return measured(found, replace(order(), audience=audience), {}, lambda _: None)


def everything(tables: dict[str, pd.DataFrame]) -> str:
    return "\n".join(frame.to_csv(index=False) for frame in tables.values())


def let_out(home, one):
    """Among the publications, sealed: what nobody has seen counts as told to nobody."""
    path = write(home, "partnership", one.publication_id, one.tables)
    seal(home, "partnership", one.publication_id, digest(path))
    assert [each.publication_id for each in every(home, "partnership")] == [one.publication_id]


def telling() -> set[str]:
    """Every number from which ltht's could be had: its own, and the totals it is part of."""
    own = {NUMBERS["ltht"] + n for n in range(len(QUARTERS))}
    totals = {sum(NUMBERS.values()) + 3 * n for n in range(len(QUARTERS))}
    years = {sum(NUMBERS["ltht"] + n for n in range(4)), sum(sum(NUMBERS.values()) + 3 * n for n in range(4))}
    return {str(number) for number in own | totals | years} | {str(4 * number) for number in own | totals | years}


@pytest.mark.parametrize("audience", ["partnership", "public"])
def test_a_withheld_agency_leaves_no_number_and_no_word_and_the_others_stay(audience):
    tables = released(sent(agreeing(ltht=("executive",))), audience)
    figures = tables["figure"].query("indicator_id == 'HE08'").set_index(["period_id", "agency_id"])
    for quarter in QUARTERS:
        assert figures.loc[(quarter, "ltht"), "marker"] == figures.loc[(quarter, "all"), "marker"] == WITHHELD
        assert figures.loc[(quarter, "lch"), "marker"] == figures.loc[(quarter, "lypft"), "marker"] == ""
    kept = figures[figures["marker"].eq(WITHHELD)]
    assert kept[["numerator", "denominator", "value", "lower", "upper"]].isna().all(axis=None)
    assert {"FY2025-26"} <= {period for period, _ in kept.index}
    text = everything(tables)
    assert not [number for number in telling() if number in text]
    assert "by ltht" not in text
    assert "An account by lch" in text or audience == "public"
    out = tables["agreement"].set_index("agency_id")
    assert out.loc["ltht", "withheld"] == len(kept) and not out.loc["ltht", "covered"]


def test_the_executive_whom_the_agreement_covers_reads_it_all():
    tables = released(sent(agreeing(ltht=("executive",))), "executive")
    assert not tables["figure"]["marker"].eq(WITHHELD).any()
    assert str(sum(NUMBERS.values())) in everything(tables) and "by ltht" in everything(tables)


def test_what_was_shown_before_the_agreement_ended_gives_nothing_new_away(tmp_path):
    """Readers who kept five quarters, the total of each and the last year cannot take the sixth from anything."""
    said = lambda _: None  # noqa: E731 - nobody listens
    before = sent(agreeing())
    before = replace(before, observations=before.observations.query("period_id != '2026-27-Q2'").reset_index(drop=True))
    first = made(tmp_path, secured(tmp_path, before, {}, said), order(), said)
    let_out(tmp_path, first)
    assert str(NUMBERS["ltht"]) in everything(first.tables)
    after = sent(agreeing(ltht=("executive",)))
    second = made(tmp_path, secured(tmp_path, after, {}, said), order("Later", AT + timedelta(days=90)), said)
    text = everything(second.tables)
    assert not [number for number in telling() if number in text]
    assert second.tables["restatement"].empty


def test_a_log_that_holds_a_withheld_agencys_record_is_left_out_and_never_counted_as_nothing():
    raised = year_of(np.random.default_rng(7), 30)
    sheet = records("concerns", "Concerns", *[row | {"sent_by": "lch"} for row in raised[:1]], *raised[1:])
    came = logged({"concerns": {"Concerns": sheet}}, returns("2025-26-Q1", "2025-26-Q4"))
    counts: list[bool] = []
    for known in (agreeing(), agreeing(lch=("executive",))):
        tables = released(replace(came, catalogue=under_logs(known, came.records)), "partnership")
        told = tables["figure"].query("indicator_id == 'CR01' and breakdown == 'all'")
        counts += [len(tables["concern_count"]) > 0, bool(told["value"].notna().any())]
    assert counts == [True, True, False, False]
    assert told["marker"].isin([WITHHELD]).any() and tables["concern_step"].empty


def test_the_audit_finds_a_withheld_figure_that_a_total_gives_away():
    lines, truth = np.array([[1.0, 1.0, -1.0]]), np.array([9137.0, 211.0, 9348.0])
    only_it = np.array([True, False, False])
    nothing, endless = np.zeros(3), np.full(3, np.inf)
    assert worked_out(truth, lines, only_it, only_it, nothing, endless).tolist() == [0]
    with_the_total = np.array([True, False, True])
    assert worked_out(truth, lines, with_the_total, only_it, nothing, endless).tolist() == []
    shown = np.zeros(3, dtype=bool)
    assert worked_out(truth, lines, shown, only_it, nothing, endless).tolist() == [0]


def test_a_release_whose_withheld_figure_gives_way_is_stopped(monkeypatch):
    """Were only the agency's own part withheld, and not the total, the audit would stop the release and name the figure."""
    from pipelines.publishing import ladder

    def part_only(_, cells, audience):
        return cells.frame["agency_id"].isin(list(audience.withheld_from)).to_numpy(dtype=bool)

    monkeypatch.setattr(ladder, "withheld_cells", part_only)
    monkeypatch.setattr(ladder.Ladder, "_beside_withheld", lambda *given, **_: given[3])
    with pytest.raises(
        UserError,
        match=r"let the Partnership audience work out what an agreement keeps from it.*Release for the other audiences",
    ):
        released(sent(agreeing(ltht=("executive",))), "partnership")


def known_officially(known, **other):
    """The last quarter's total of the three trusts is an official statistic."""
    total = sum(NUMBERS.values()) + 3 * (len(QUARTERS) - 1)
    row = official("HE08", LEEDS, 25.0, period_id=QUARTERS[-1], counts=(total, 4 * total))
    return sent(known, benchmarks=frame(row), **other)


@pytest.mark.parametrize("audience", ["partnership", "public"])
def test_a_total_that_an_official_statistic_tells_takes_the_other_parts_with_it_and_the_release_says_so(
    audience, tmp_path
):
    known = agreeing(ltht=("executive",))
    moment = secured(tmp_path, known_officially(known), {}, lambda _: None)
    one = made(tmp_path, moment, replace(order(), audience=audience), lambda _: None)
    marks = one.tables["figure"].query("indicator_id == 'HE08'").set_index(["period_id", "agency_id"])["marker"]
    last = {agency: marks[(QUARTERS[-1], agency)] for agency in ("all", *SENDERS)}
    assert last == {"all": WITHHELD, "ltht": WITHHELD, "lch": "c", "lypft": "c"}
    assert all(marks[(quarter, agency)] == "" for quarter in QUARTERS[:-1] for agency in ("lch", "lypft"))
    last_figures = one.tables["figure"].query("indicator_id == 'HE08' and period_id == @QUARTERS[-1]")
    assert last_figures[["numerator", "denominator", "value", "lower", "upper"]].isna().all(axis=None)
    own = "|".join(str(NUMBERS[agency] + len(QUARTERS) - 1) for agency in SENDERS)
    words = {name: table.select_dtypes(include=["object", "str"]) for name, table in one.tables.items()}
    assert not re.findall(rf"\b(?:{own})\b", everything(words))
    (said,) = {each for each in one.known_elsewhere if "in date" in each}
    assert "2026-27 Q2, Teaching Hospitals: kept back under an agreement, and its total is known from elsewhere" in said
    assert not made(
        tmp_path, secured(tmp_path, sent(known), {}, lambda _: None), order(), lambda _: None
    ).known_elsewhere


def test_what_readers_can_work_out_without_the_release_does_not_stop_it_and_it_adds_nothing(tmp_path):
    """The other parts were published while the agency had sent nothing; then it sends, and the total is told officially.

    No release can take that back. This one neither shows the figure nor what is made of it, and all others are released.
    """
    said = lambda _: None  # noqa: E731 - nobody listens
    whole = sent(agreeing(ltht=("executive",)))
    without = whole.observations.query("agency_id != 'ltht'").reset_index(drop=True)
    first = made(tmp_path, secured(tmp_path, replace(whole, observations=without), {}, said), order(), said)
    let_out(tmp_path, first)
    moment = secured(tmp_path, known_officially(agreeing(ltht=("executive",))), {}, said)
    second = made(tmp_path, moment, order("Later", AT + timedelta(days=90)), said)
    text = everything({name: table for name, table in second.tables.items() if name != "benchmark"})
    own = {NUMBERS["ltht"] + n for n in range(len(QUARTERS))}
    assert not [number for number in own if str(number) in text or str(4 * number) in text]
    figures = second.tables["figure"].query("indicator_id == 'HE08'").set_index(["period_id", "agency_id"])
    assert set(figures.loc[[(quarter, "ltht") for quarter in QUARTERS], "marker"]) == {WITHHELD}
    assert set(figures.loc[[(quarter, "lch") for quarter in QUARTERS], "marker"]) == {""}


def test_what_was_told_before_counts_for_nothing_but_what_is_shown_beside_it_does():
    """A reader has the total; the part that is withheld falls only with the other part, which the release would show."""
    lines, truth = np.array([[1.0, 1.0, -1.0], [0.0, 0.0, 0.0]]), np.array([9137.0, 211.0, 9348.0])
    withheld, total = np.array([True, False, False]), np.array([False, False, True])
    bounds = np.zeros(3), np.full(3, np.inf)
    assert worked_out(truth, lines, withheld, withheld, *bounds, known=total).tolist() == [0]
    # Hidden now or not, what was told stays told.
    assert worked_out(truth, lines, withheld | total, withheld, *bounds, known=total).tolist() == [0]
    both_hidden = np.array([True, True, False])
    assert worked_out(truth, lines, both_hidden, withheld, *bounds, known=total).tolist() == []
    assert worked_out(truth, lines, withheld, withheld, *bounds, known=~withheld).tolist() == []
    assert worked_out(truth, lines, np.zeros(3, dtype=bool), withheld, *bounds, known=~withheld).tolist() == [0]


def test_counts_of_no_people_are_known_to_the_public_who_see_them_as_they_are(tmp_path):
    """Staff are not rounded for the public; children are, and a rounded count that still stands is known as well."""
    said = lambda _: None  # noqa: E731 - nobody listens
    whole = sent(agreeing())
    one = made(tmp_path, secured(tmp_path, whole, {}, said), replace(order(), audience="public"), said)
    path = write(tmp_path, "public", one.publication_id, one.tables)
    seal(tmp_path, "public", one.publication_id, digest(path))
    system = secured(tmp_path, whole, {}, said).system
    cells = system.cells.frame.assign(known=system.ladder.told.known["public"])
    assert cells[cells["quantity"].eq("staff_trained") & cells["agency_id"].eq("ltht")]["known"].sum() >= len(QUARTERS)
    assert cells[cells["quantity"].eq("contacts")]["known"].all()
