"""What each audience may see, alone and put together, now and with every publication still there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from pipelines.publishing import release
from pipelines.publishing.releasing import measured
from pipelines.queries.frame import pointer
from pipelines.queries.reading import rows
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.periods import parse
from schemas.problems import UserError
from schemas.published.tables import TABLES
from tests.pipelines.agreed import AGREED
from tests.pipelines.releases import AT, LEEDS, SAID, figure, inputs, order, shown

STEWARD = Actor("Steward", "business_unit")
pytestmark = pytest.mark.slow

C = catalogue()
YEAR = [f"2025-26-Q{q}" for q in (1, 2, 3, 4)]
SEXES = [c.id for c in C.breakdowns["sex"].categories]
AUDIENCES = ("executive", "partnership", "public")


def silent(_: str) -> None:
    pass


def quarters(indicator_id: str, *counts: float, **where: object) -> list[dict[str, object]]:
    return [figure(indicator_id, n, period_id=p, **where) for n, p in zip(counts, YEAR, strict=False)]


def by_sex(indicator_id: str, period_id: str, *counts: float) -> list[dict[str, object]]:
    parts = zip(SEXES, counts, strict=True)
    return [figure(indicator_id, n, period_id=period_id, breakdown="sex", category=c) for c, n in parts]


def totals(found: pd.DataFrame) -> dict[str, float]:
    whole = found.reset_index().query("breakdown == 'all' and agency_id == 'all' and area_id == @LEEDS")
    return {p: v for p, v in zip(whole["period_id"], whole["value"], strict=True) if pd.notna(v)}


def published(home, audience, *sent, after=timedelta(), **other):
    asked = replace(order(at=AT + after), audience=audience)
    release(home, inputs(*sent, **other), asked, {}, silent)
    return pointer(home, STEWARD, audience)


def value(shown_in, period_id, **where):
    named = {
        "period_id": period_id,
        "agency_id": "all",
        "breakdown": "all",
        "category": "all",
        "area_id": LEEDS,
    } | where
    found = [row for row in rows(shown_in, "select * from figure") if named.items() <= row.items()]
    return found[0]["value"] if found else None


def test_the_executive_sees_small_totals_exactly_and_nobody_else_does():
    sent = quarters("PO01", 3, 30, 31, 32)
    assert totals(shown(*sent, audience="executive"))["2025-26-Q1"] == 3
    assert "2025-26-Q1" not in totals(shown(*sent, audience="partnership"))
    assert "2025-26-Q1" not in totals(shown(*sent, audience="public"))


def test_a_total_is_exact_only_where_its_agency_has_agreed():
    agreed = set(AGREED.audiences["executive"].exact_totals_from)
    assert "wyp_leeds" in agreed and "probation_wy" not in agreed
    theirs = next(i for i in C.indicators.values() if i.sent_by == ("probation_wy",) and C.protects(i.numerator))
    found = shown(figure(theirs.id, 3, 40 if theirs.denominator else None), audience="executive")
    assert found["value"].isna().all()


def test_a_death_is_never_shown_exactly():
    deaths = next(i for i in C.indicators.values() if C.quantities[i.numerator].counts_of == "deaths")
    agreed = replace_executive(exact_totals_from=tuple(C.agencies))
    observations = inputs(figure(deaths.id, 3, period_id="FY2025-26"), figure("PO01", 40))
    made = measured(replace(observations, catalogue=agreed), replace(order(), audience="executive"), {}, silent)
    assert made["figure"].query("indicator_id == @deaths.id")["value"].isna().all()


def test_a_split_stays_protected_from_those_who_know_its_total():
    sent = [figure("EX10", 40), *by_sex("EX10", "2026-27-Q2", 3, 37, 0)]
    found = shown(*sent, audience="executive").reset_index()
    split = found[found["breakdown"].eq("sex")]
    assert totals(shown(*sent, audience="executive"))["2026-27-Q2"] == 40
    assert split["marker"].eq("c").sum() >= 2


def test_one_agencys_part_stays_protected_from_those_who_know_the_sum():
    senders = C.indicators["YV05"].sent_by
    agreed = replace_executive(exact_totals_from=senders)
    sent = inputs(*[figure("YV05", n, agency_id=a) for a, n in zip(senders, (2, 1), strict=True)])
    made = measured(replace(sent, catalogue=agreed), replace(order(), audience="executive"), {}, silent)["figure"]
    quarter = made.query("period_id == '2026-27-Q2'").set_index("agency_id")["value"]
    assert quarter["all"] == 3 and quarter.drop("all").isna().all()


def test_each_wider_audience_hides_at_least_what_a_narrower_one_does():
    sent = [
        *quarters("PO01", 3, 30, 31, 32),
        *[r for p in YEAR for r in by_sex("FD03", p, 2, 40, 7)],
        *quarters("FD03", *[49] * 4),
    ]
    hidden = {a: shown(*sent, audience=a).query("marker == 'c'").index for a in AUDIENCES}
    assert set(hidden["executive"]) < set(hidden["partnership"]) <= set(hidden["public"])


def test_the_public_sees_rounded_counts_and_shares_of_them():
    found = shown(figure("CP07", 63, 227), audience="public").xs("CP07").reset_index()
    row = found[found["period_id"].eq("2026-27-Q2")].iloc[0]
    assert (row["numerator"], row["denominator"]) == (65, 225)
    assert row["value"] == pytest.approx(100 * 65 / 225)


def test_a_true_zero_stays_zero_for_the_public_and_paperwork_is_not_rounded():
    assert shown(figure("CP07", 0, 227), audience="public").iloc[0]["value"] == 0
    staff = shown(figure("HE08", 63, 64, agency_id="ltht"), audience="public").xs("ltht", level="agency_id").iloc[0]
    assert (staff["numerator"], staff["denominator"]) == (63, 64)


def test_the_public_sees_no_ward():
    wards = [figure("EH02", 30, period_id="FY2025-26", area_id=w.code) for w in C.wards]
    found = shown(*quarters("EH02", *[250] * 4), *wards, audience="public").reset_index()
    assert set(found["area_id"]) == {LEEDS}


def test_what_any_earlier_publication_hid_stays_hidden(tmp_path):
    published(tmp_path, "partnership", *quarters("PO01", 30, 3, 31, 32))
    published(tmp_path, "partnership", *quarters("PO01", 30, 31, 31, 32), after=timedelta(days=1))
    last = published(tmp_path, "partnership", *quarters("PO01", 30, 41, 31, 32), after=timedelta(days=2))
    assert value(last, "2025-26-Q2") is None


def test_what_any_earlier_publication_showed_counts_as_known(tmp_path):
    first = published(tmp_path, "partnership", *quarters("EX10", 40), *by_sex("EX10", "2025-26-Q1", 20, 20, 0))
    girls = {"breakdown": "sex", "category": SEXES[0]}
    assert value(first, "2025-26-Q1", **girls) == 20
    published(tmp_path, "partnership", *quarters("PO01", 60), after=timedelta(days=1))
    # The total grows by three: whoever kept the first publication subtracts, so neither total nor part may be shown.
    restated = [*quarters("EX10", 43), *by_sex("EX10", "2025-26-Q1", 20, 20, 3)]
    last = published(tmp_path, "partnership", *restated, after=timedelta(days=2))
    assert value(last, "2025-26-Q1", breakdown="sex", category=SEXES[2]) is None
    assert value(last, "2025-26-Q1") is None


def test_an_old_total_still_counts_with_the_parts_that_have_not_changed(tmp_path):
    # Then: 4 and 8 hidden under 12. Now a third part of 9 makes 21. The old 12 still says what the two come to.
    first = published(tmp_path, "partnership", *quarters("EX10", 12), *by_sex("EX10", "2025-26-Q1", 4, 8, 0))
    grown = [*quarters("EX10", 21), *by_sex("EX10", "2025-26-Q1", 4, 8, 9)]
    last = published(tmp_path, "partnership", *grown, after=timedelta(days=1))
    for shown_in in (first, last):
        assert value(shown_in, "2025-26-Q1", breakdown="sex", category=SEXES[0]) is None
    parts = [value(last, "2025-26-Q1", breakdown="sex", category=c) for c in SEXES]
    assert parts[:2] == [None, None]


def test_an_official_figure_counts_as_known(tmp_path):
    sent = [*quarters("PO01", 3, 30, 31, 32), *by_sex("PO01", "FY2025-26", 40, 52, 4)]
    told = {
        "indicator_id": "PO01", "quantity_id": "", "period_id": "FY2025-26", "area_code": LEEDS, "area_name": "Leeds",
        "numerator": 96.0, "denominator": None, "value": 96.0, "marker": "", "source": "s", "release": "r",
    }  # fmt: skip
    last = published(tmp_path, "partnership", *sent, benchmarks=pd.DataFrame([told]))
    parts = [value(last, "FY2025-26", breakdown="sex", category=c) for c in SEXES]
    assert sum(part is None for part in parts) >= 2  # hiding the year's total would not help: it is in print
    assert value(last, "FY2025-26") == 96


def test_a_count_below_nothing_stops_the_release_in_one_sentence():
    with pytest.raises(UserError, match="Police protection powers used, 2026-27 Q2, has a count below nothing"):
        shown(figure("PO01", -4))


def test_a_release_for_nobody_we_know_is_refused(tmp_path):
    from pipelines.flows import publication

    asked = replace(order(at=datetime(2026, 11, 17, tzinfo=UTC)), audience="everybody")
    with pytest.raises(UserError, match="There is no audience “everybody”"):
        publication.publish(tmp_path, asked)


def replace_executive(**changes: object):
    executive = C.audiences["executive"].model_copy(update=changes)
    return replace(C, audiences={**C.audiences, "executive": executive})


def test_a_year_across_a_change_of_definition_is_not_summed_from_its_wards_either():
    changed = C.indicators["CP07"].definitions[1].from_period
    year = parse(changed).financial_year.id
    quarters_sent = [figure("CP07", 40, 200, period_id=f"{year[2:]}-Q{q}") for q in (1, 2, 3, 4)]
    wards = [figure("CP07", 20, 50, period_id=year, area_id=ward.code) for ward in C.wards]
    found = shown(*quarters_sent, *wards).reset_index().set_index(["period_id", "area_id"])
    assert pd.isna(found["value"][year, LEEDS])
    assert "definition changed" in found["note"][year, LEEDS]
    assert found["value"][year, C.wards[0].code] == 40


def test_words_about_a_handful_of_people_reach_no_reader(tmp_path):
    told = "Four children of one family came back onto a plan."
    row = figure("CP07", 62, 226) | {"reason": told}
    said = pd.DataFrame([["CP07", "lcc_cf", "2026-27-Q2", told, "", "", "s"]], columns=SAID)
    for number, audience in enumerate(AUDIENCES):
        found = published(tmp_path, audience, row, after=timedelta(days=number), commentary=said)
        texts = [text for name in TABLES for line in rows(found, f"select * from {name}") for text in line.values()]  # noqa: S608 - our own names
        assert not any("Four children" in str(text) for text in texts), audience


def test_what_the_public_release_hid_stays_hidden_from_every_wider_one(tmp_path):
    sent = [*quarters("EX10", 40), *by_sex("EX10", "2025-26-Q1", 3, 30, 7)]
    published(tmp_path, "public", *sent)
    later = [*quarters("EX10", 45), *by_sex("EX10", "2025-26-Q1", 8, 30, 7)]
    last = published(tmp_path, "executive", *later, after=timedelta(days=1))
    assert value(last, "2025-26-Q1", breakdown="sex", category=SEXES[0]) is None


def test_a_count_that_only_rounds_alike_is_not_taken_for_the_same(tmp_path):
    ethnic = [c.id for c in C.breakdowns["ethnic_group"].categories]

    def split(*counts):
        pairs = zip(ethnic, counts, strict=True)
        return [figure("EX03", n, period_id="FY2025-26", breakdown="ethnic_group", category=c) for c, n in pairs]

    total = [figure("EX03", 15, period_id=p) for p in YEAR]
    before = {"replaced": pd.DataFrame()}
    for number, audience in enumerate(("partnership", "public")):
        published(tmp_path, audience, *total, *split(7, 6, 7, 39, 1, 0), after=timedelta(days=number), **before)
    old = pd.DataFrame(split(7, 6, 7, 39, 1, 0)).assign(replaced_at=pd.Timestamp("2026-11-25", tz="UTC"))
    again = [row | {"submission_id": "lcc_cf.figures.2025-26-Q4.v2"} for row in split(7, 3, 7, 42, 1, 0)]
    last = published(tmp_path, "executive", *total, *again, after=timedelta(days=9), replaced=old)
    kept = rows(last, "select numerator from figure where period_id = 'FY2025-26' and breakdown = 'all'")
    assert kept == [{"numerator": 60.0}]
