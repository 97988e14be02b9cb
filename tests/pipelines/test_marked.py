"""Files are marked by what they hold, name every figure's owner, and the log is held to what publications noted."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import duckdb
import openpyxl
import pytest
from pyarrow import parquet

from pipelines.flows import export, log
from pipelines.queries import owners
from pipelines.queries.pointer import current
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.catalogue.marking import CONTENTS, faults_of, held_by, marking_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pipelines.sample_home import Sample

pytestmark = pytest.mark.slow
STEWARD = Actor("Steward", "business_unit")
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
HIGH, LOW, PUBLIC = "OFFICIAL-SENSITIVE", "OFFICIAL", "Public"


@pytest.mark.parametrize(
    ("audience", "contents", "figures", "name"),
    [
        ("public", (), True, PUBLIC),
        ("public", ("accounts",), True, PUBLIC),
        ("partnership", (), True, LOW),
        ("partnership", ("wards",), True, HIGH),
        ("partnership", ("official_statistics",), False, PUBLIC),
        ("partnership", ("official_statistics",), True, LOW),
        ("executive", ("exact_totals",), True, HIGH),
        (None, ("definitions",), False, PUBLIC),
        (None, ("definitions", "people_at_work"), False, HIGH),
    ],
)
def test_a_thing_bears_the_highest_marking_of_what_it_holds(audience, contents, figures, name):
    known = catalogue()
    found = marking_of(known.markings, known.audiences[audience] if audience else None, contents, figures=figures)
    assert found.name == name
    assert found.handling


def test_a_release_for_the_public_holds_nothing_that_would_be_marked_higher_than_learning():
    assert held_by(catalogue().audiences["public"]) == {"learning"}
    assert held_by(catalogue().audiences["executive"]) >= {"accounts", "wards", "exact_totals", "agencies_judged"}


def test_a_content_nobody_marks_or_two_do_and_a_marking_nobody_knows_are_named():
    known = dict(catalogue().markings)
    known["official"] = known["official"].model_copy(update={"contents": ("wards",)})
    known["public"] = known["public"].model_copy(update={"contents": ()})
    said = " ".join(faults_of(known, {"public in disclosure.toml": "Secret"}))
    assert "wards is marked by official and official_sensitive." in said
    assert "definitions is marked by none." in said
    assert "public in disclosure.toml is marked “Secret”, which no marking is called." in said
    assert list(faults_of(catalogue().markings, {})) == []
    assert set(CONTENTS) == {content for each in catalogue().markings.values() for content in each.contents}


def test_every_agency_has_an_owner_and_a_contact_that_is_no_person():
    for agency_id in catalogue().agencies:
        owner = catalogue().owner_of(agency_id)
        assert owner.address.endswith(".example")
        assert any(word in owner.contact for word in ("team", "officer", "office", "unit"))


def test_exports_say_whose_each_figure_is_in_every_form(published_sample: Sample, tmp_path):
    home = published_sample.home
    for form in ("csv", "xlsx", "parquet"):
        export.export(home, STEWARD, "partnership", "figures", tmp_path / f"f.{form}", AT)
    rows = list(csv.DictReader((tmp_path / "f.csv").read_text("utf-8-sig").splitlines()))
    known = owners.owners(current(home, "partnership"))
    for row in rows:
        of = known.of_figure(row["indicator_id"], row["agency_id"])
        assert of
        assert row["data_owner"].split("; ") == [each.owner for each in of]
        assert all(each.address in row["information_contact"] for each in of)
    assert any("; " in row["data_owner"] for row in rows)
    wards = {ward.code for ward in catalogue().wards}
    marking = HIGH if any(row["area_id"] in wards for row in rows) else LOW
    about = json.loads((tmp_path / "f.csv.about.json").read_text("utf-8"))
    assert (about["marking"], about["synthetic"]) == (marking, "yes")
    assert {each["data_owner"] for each in about["data_owners"]} == {
        one for row in rows for one in row["data_owner"].split("; ")
    }
    assert "is not a public authority itself" in about["freedom_of_information"]
    assert parquet.read_schema(tmp_path / "f.parquet").metadata[b"throughline.marking"].decode() == marking
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    assert book.worksheets[0]["A1"].value.startswith(f"{marking} · SYNTHETIC")
    assert book.worksheets[0]["A2"].value == about["handling"]
    assert all(marking in sheet.oddHeader.left.text and sheet.oddFooter.left.text for sheet in book.worksheets)
    listed = {row[0] for row in book["About this file"].iter_rows(values_only=True)}
    assert {each["data_owner"] for each in about["data_owners"]} <= listed


@pytest.mark.parametrize(
    ("audience", "what", "marking"),
    [
        ("public", "figures", PUBLIC),
        ("executive", "benchmarks", PUBLIC),
        ("executive", "scorecard", HIGH),
        ("partnership", "scorecard", LOW),
        ("partnership", "recommendations", HIGH),
        ("executive", "answers", HIGH),
    ],
)
def test_each_export_is_marked_by_its_table(published_sample: Sample, tmp_path, audience, what, marking):
    said = export.export(published_sample.home, STEWARD, audience, what, tmp_path / "f.csv", AT)
    assert said.endswith(f"marked {marking}.")
    with transaction(published_sample.home, write=False) as connection:
        entry = events.of(connection, "export.made")[-1]
    detail = json.loads(entry["detail"])
    assert (entry["subject"], detail["audience"], detail["marking"]) == (what, audience, marking)
    assert detail["publication"] == current(published_sample.home, audience).publication_id


@pytest.mark.parametrize(
    ("audience", "what"),
    [
        ("partnership", "recommendations"), ("executive", "actions"), ("executive", "evidence"), ("partnership", "verdicts"),
        ("executive", "replies"), ("executive", "sector_scores"), ("executive", "answers"), ("executive", "standard_scores"),
    ],
)  # fmt: skip
def test_exports_of_logs_say_whose_each_record_is_and_how_to_handle_it(
    published_sample: Sample, tmp_path, audience, what
):
    export.export(published_sample.home, STEWARD, audience, what, tmp_path / "f.csv", AT)
    rows = list(csv.DictReader((tmp_path / "f.csv").read_text("utf-8-sig").splitlines()))
    by_agency = owners.owners(current(published_sample.home, audience)).by_agency
    assert rows
    for row in rows:
        of = by_agency[row.get("agency_id") if row.get("agency_id") in by_agency else "bu"]
        assert (row["data_owner"], row["information_contact"]) == (of.owner, of.ask)
    about = json.loads((tmp_path / "f.csv.about.json").read_text("utf-8"))
    assert {each["data_owner"] for each in about["data_owners"]} == {row["data_owner"] for row in rows}
    assert about["handling"] and about["freedom_of_information"]


def test_every_publication_notes_the_log_and_a_rewritten_one_shows(published_sample: Sample, tmp_path):
    found = log.verify(published_sample.home, STEWARD)
    assert (found.faults, found.compared, found.unread) == ((), 3, ())
    home = copied(published_sample.home, tmp_path)
    with transaction(home, write=True) as connection:
        kept = events.listing(connection)
        connection.execute("delete from event where position >= 3")
        for row in kept.iloc[2:].to_dict("records"):
            actor = Actor("Somebody else", row["role"], row["agency_id"] or None)
            at = datetime.fromisoformat(row["happened_at"])
            events.append(connection, actor, row["action"], row["subject"], json.loads(row["detail"]), at=at)
    again = log.verify(home, STEWARD)
    # Beside them are those of each submission: who sent it is another than the rewritten entry says.
    assert len([fault for fault in again.faults if "the log was rewritten" in fault.words]) == 3
    assert any("the log was rewritten, somewhere from the start." in fault.words for fault in again.faults)


def copied(home: Path, folder: Path) -> Path:
    """The vault, the originals and the publications of a home; nothing else is asked of it."""
    for path in [home / "vault.duckdb", home / events.HEAD, *home.glob("files/*"), *home.glob("publications/*/*")]:
        to = folder / path.relative_to(home)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(path.read_bytes())
    return folder


def test_a_publication_made_before_owners_were_has_those_of_today(published_sample: Sample, tmp_path):
    pointer = current(copied(published_sample.home, tmp_path), "partnership")
    with duckdb.connect(str(pointer.path)) as connection:
        connection.execute("drop table data_owner")
        connection.execute("alter table publication drop column log_entry")
    assert owners.owners(pointer).by_agency["ltht"].owner == "Leeds Teaching Hospitals NHS Trust"
    assert log.verify(tmp_path, STEWARD).compared == 2
