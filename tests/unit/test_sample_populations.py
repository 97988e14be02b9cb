"""The sample's populations by group are invented, say so, and add up to the published ones."""

from __future__ import annotations

import csv
import io

from sample_data.populations import WRITTEN, parted, totals, written
from schemas.catalogue import catalogue


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(WRITTEN.read_text("utf-8"))))


def test_the_file_is_what_the_generator_writes():
    assert WRITTEN.read_text("utf-8") == written()


def test_every_row_says_that_it_is_synthetic():
    assert all("SYNTHETIC" in row["source"] and "SYNTHETIC" in row["release"] for row in rows())


def test_the_groups_of_each_breakdown_and_the_wards_add_up_to_the_published_total():
    sums: dict[tuple[str, str], int] = {}
    for row in rows():
        whole = (row["period_id"], row["breakdown"] or "wards")
        sums[whole] = sums.get(whole, 0) + int(row["value"])
    ways = {"age_band", "sex", "ethnic_group", "disability", "deprivation_fifth", "wards"}
    assert sums == {(period, way): total for period, total in totals().items() for way in ways}


def test_every_ward_and_every_known_group_has_one():
    known = catalogue()
    assert {row["area_code"] for row in rows() if not row["breakdown"]} == {ward.code for ward in known.wards}
    for breakdown_id in {row["breakdown"] for row in rows()} - {""}:
        named = {row["category"] for row in rows() if row["breakdown"] == breakdown_id}
        assert named == {c.id for c in known.breakdowns[breakdown_id].categories} - {"not_known"}


def test_what_does_not_divide_goes_where_most_was_left_over():
    assert parted(11, {"a": 0.5, "b": 0.3, "c": 0.2}) == {"a": 6, "b": 3, "c": 2}
