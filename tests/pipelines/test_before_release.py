"""What a prepared release would change is told, and its file is opened, to the business unit alone and only while it is prepared."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.flows import (
    backing_up,
    before_release,
    holding,
    preparing,
    publication,
    returns,
    texts_read,
    withdrawing_publications,
)
from pipelines.publishing import Order
from pipelines.queries.event_log import Wanted, entries
from pipelines.queries.first_said import once
from pipelines.queries.frame import header, pointer, previous
from pipelines.queries.pointer import Pointer, current
from pipelines.queries.prepared import looked_at, prepared
from pipelines.queries.reading import rows
from pipelines.queries.release_differences import differences
from pipelines.queries.to_read import to_read
from pipelines.store import agreements, events, synthetic
from pipelines.store.opening import transaction
from schemas.actors import AUDIENCE_OF_ROLE, ROLES, Actor
from schemas.problems import UserError
from schemas.returns.small_words import LEFT_OUT
from tests.pipelines.agreed import SAMPLE, invented
from tests.pipelines.full_disk import full_disk

pytestmark = pytest.mark.slow
ONE, OTHER = Actor("Steward One", "business_unit"), Actor("Steward Two", "business_unit")
AT = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
LATER = AT + timedelta(days=1)
AGAIN = LATER + timedelta(hours=1)
HEAD = "agency_id,indicator_id,area_id,period,breakdown,category,numerator,denominator,value,reason\n"
BEFORE, NEW = "Custody suites are counted since July", "What comes of it depends on who else knows the family"
TWO = SAMPLE.model_copy(update={"release": SAMPLE.release.model_copy(update={"two_people": True})})
VALUE = "select value from figure where indicator_id = 'PO01' and period_id = '2026-27-Q2' and agency_id = 'all'"


def send(home, at, *lines: str, reason=""):
    path = home / "return.csv"
    path.write_text(HEAD + "".join(f"wyp_leeds,{line},,,{reason}\n" for line in lines), encoding="utf-8")
    returns.submit(home, ONE, path, at)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Readers have 41, and 30 of another; prepared are 44, and 3 of the other, which is hidden."""
    home = invented(tmp_path_factory.mktemp("filled") / "home")
    send(home, AT, "PO01,,2026-27-Q2,,,41", "EX08,,2026-27-Q2,,,30", reason=BEFORE)
    publication.publish(home, Order("partnership", "November", ONE, AT))
    send(home, LATER, "PO01,,2026-27-Q2,,,44", "EX08,,2026-27-Q2,,,3", reason=NEW)
    agreements.write(home, TWO)
    list(preparing.prepare(home, [Order("partnership", "December", ONE, LATER), Order("public", "", ONE, LATER)]))
    return home


@pytest.fixture
def home(filled, tmp_path):
    return shutil.copytree(filled, tmp_path / "home")


def of(home, audience="partnership") -> str:
    return next(one.publication_id for one in prepared(home).files if one.audience == audience)


def test_the_second_person_is_told_what_would_be_new_changed_and_hidden_and_who_sent_it(filled):
    found = looked_at(filled, OTHER, of(filled))
    said = differences(found, previous(filled, OTHER, "partnership", found.publication_id))
    wanted = [each for each in said.figures if each.period == "2026-27 Q2" and not each.of_what and not each.agency]
    assert {(each.kind, each.was, each.now) for each in wanted} == {("changed", 41, 44), ("newly hidden", 30, None)}
    police = next(each for each in said.by_agency if each.returns)
    assert (police.agency, police.returns) == ("Police", ("Figures, 2026-27 Q2, version 2",))
    told = "\n".join(before_release.look(filled, OTHER, LATER))
    assert "Prepared by Steward One on 18 November 2026" in told
    assert "41 → 44" in told and "30 → no number" in told
    assert "its first release: " in told and "sent since: Figures, 2026-27 Q2, version 2" in told
    # What the release hides is nowhere in the words.
    assert "→ 3\n" not in told and " 3 →" not in told


def test_what_is_prepared_opens_for_the_business_unit_by_its_id_and_says_that_it_is_not_released(filled):
    found = looked_at(filled, OTHER, of(filled))
    assert rows(found, VALUE) == [{"value": 44.0}]
    head = header(filled, found)
    assert head.is_prepared and not head.is_current
    assert head.published_words == "Prepared, not released: December, 18 November 2026"
    # Readers still have the other, and nobody comes by the prepared one through the door of readers.
    assert rows(current(filled, "partnership"), VALUE) == [{"value": 41.0}]
    assert (
        pointer(filled, OTHER, "partnership", of(filled)).publication_id
        == current(filled, "partnership").publication_id
    )
    assert pointer(filled, OTHER, "public", of(filled, "public")) is None


@pytest.mark.parametrize("role", [role for role in ROLES if role != "business_unit"])
def test_nobody_else_opens_what_is_prepared_by_id_or_directly(filled, role):
    found = looked_at(filled, OTHER, of(filled, "public"))
    reader = Actor("Somebody", role, "ltht")
    with pytest.raises(UserError, match="needs the role business unit"):
        looked_at(filled, reader, found.publication_id)
    with pytest.raises(UserError, match="needs the role business unit"):
        rows(Pointer(found.publication_id, found.path, found.sha256, None, reader), "select * from figure")
    seen = pointer(filled, reader, AUDIENCE_OF_ROLE[role], found.publication_id)
    assert seen is None or seen.path != found.path


def test_without_a_reader_it_opens_for_nobody(filled):
    found = looked_at(filled, OTHER, of(filled))
    with pytest.raises(UserError, match="opens for the business unit only"):
        rows(Pointer(found.publication_id, found.path, found.sha256, None), "select 1")


def test_once_it_is_taken_away_released_or_changed_it_opens_no_more(home):
    wanted, public = of(home), of(home, "public")
    held = looked_at(home, OTHER, wanted)
    whole = held.path.read_bytes()
    held.path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(UserError, match="is not the one that was prepared"):
        looked_at(home, OTHER, wanted)
    held.path.write_bytes(whole)
    list(preparing.release(home, OTHER, LATER))
    for each in (wanted, public):
        with pytest.raises(UserError, match="there no longer"):
            looked_at(home, OTHER, each)
    with pytest.raises(UserError, match="cannot be read"):
        rows(held, VALUE)
    with pytest.raises(UserError, match="Nothing is prepared"):
        list(before_release.look(home, OTHER, LATER))


def test_taken_away_it_opens_no_more_and_an_id_that_leads_elsewhere_opens_nothing(home):
    wanted = of(home)
    for odd in ("../../publications/partnership/" + current(home, "partnership").publication_id, "", "CURRENT"):
        with pytest.raises(UserError, match="there no longer"):
            looked_at(home, OTHER, odd)
    list(preparing.discard(home, OTHER, LATER))
    with pytest.raises(UserError, match="there no longer"):
        looked_at(home, OTHER, wanted)


def test_a_home_called_prepared_is_read_like_any_other(filled, tmp_path):
    home = shutil.copytree(filled, tmp_path / "prepared")
    assert rows(pointer(home, Actor("Analyst", "analyst", "ltht"), "partnership"), VALUE) == [{"value": 41.0}]


def test_the_command_line_says_it_and_lets_nothing_out(home, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(home))
    said = CliRunner().invoke(main, ["release", "--look"])
    assert said.exit_code == 0 and "41 → 44" in said.output
    assert CliRunner().invoke(main, ["release", "--look", "--discard"]).exit_code == 2
    assert rows(current(home, "partnership"), VALUE) == [{"value": 41.0}]


def test_a_disk_that_takes_nothing_lets_nothing_out_and_readers_read_on(home, tmp_path):
    sent = tmp_path / "return.csv"
    sent.write_text(HEAD + "wyp_leeds,PO01,,2026-27-Q2,,,45,,,\n", encoding="utf-8")
    with full_disk():
        with pytest.raises(UserError, match="room"):
            list(preparing.release(home, OTHER, LATER))
        with pytest.raises(UserError, match=r"room|cannot be written"):
            backing_up.back_up(home, ONE, tmp_path / "backup.tar", LATER)
        with pytest.raises(UserError, match=r"room|cannot be|could not"):
            returns.submit(home, ONE, sent, LATER)
        assert rows(pointer(home, ONE, "partnership"), VALUE) == [{"value": 41.0}]
        assert rows(looked_at(home, OTHER, of(home)), VALUE) == [{"value": 44.0}]
    assert not (tmp_path / "backup.tar").exists()
    list(preparing.release(home, OTHER, LATER))
    assert rows(current(home, "partnership"), VALUE) == [{"value": 44.0}]
    assert returns.submit(home, ONE, sent, LATER).receipt.version == 3


def released_entries(home) -> list[dict[str, object]]:
    with transaction(home, write=False) as connection:
        return [json.loads(each["detail"]) for each in events.of(connection, publication.RELEASED)]


def test_the_second_person_reads_what_readers_have_not_been_shown_and_where_it_stands(filled):
    found = to_read(filled, OTHER)
    told, label, *others = sorted(found.texts, key=lambda each: each.words not in {NEW, "December"})
    assert (told.words, label.words) == (NEW, "December")
    assert told.is_doubtful and told.audiences == ("partnership",), "the public reads no accounts of agencies"
    assert told.where[0].words == "Figures, 2026-27 Q2, version 2: sheet CSV, row 2, reason"
    assert (told.agency, label.where[0].what) == ("Police", "The label of the release")
    # What the partnership agreed and noted itself is new to the public, which has had no release.
    assert {each.audiences for each in others} == {("public",)} and found.many("partnership") == 2
    assert not [each for each in found.texts if each.words == BEFORE]
    said = "\n".join(before_release.texts(filled, OTHER, LATER))
    assert f"“{NEW}” [one person" in said and f"release --texts-read {found.code}" in said
    # What was let out in one act nobody had read.
    (before,) = released_entries(filled)
    assert before["sentences"] > 2 and before["sentences_read"] == 0


def test_a_text_that_only_repeats_others_is_read_once_and_a_bare_number_is_read_too():
    said = [
        ("commentary.why", "Plans ended  early."), ("commentary.what_happened", "More families came back."), ("answer.na_reason", "12"),
        ("annotation.text", "More families came back. Plans ended early."), ("annotation.text", "More families came back. Also R."),
        ("answer.evidence_ref", "485 777 3456"), ("voice_theme.said", LEFT_OUT),
    ]  # fmt: skip
    assert set(once(said)) == {
        "Plans ended early.", "More families came back.", "More families came back. Also R.", "485 777 3456",
    }  # fmt: skip


def test_what_was_withdrawn_counts_as_never_shown(home):
    before = to_read(home, OTHER)
    gone = current(home, "partnership").publication_id
    withdrawing_publications.withdraw(home, ONE, gone, "The wrong quarter was shown", LATER)
    now = to_read(home, OTHER)
    assert now.fingerprint != before.fingerprint and before.many("partnership") == 2
    assert now.many("partnership") > 2, "what stood in both is new again"


def test_real_data_are_let_out_only_by_whoever_has_read_those_very_sentences(home):
    (home / synthetic.MARK).unlink()
    waited = of(home)
    told = list(preparing.prepare(home, [Order("partnership", "December", OTHER, AGAIN)]))
    assert told[0].startswith(
        "It takes the place of the release that was prepared by Steward One for Partnership and Public on 18 Nov"
    )
    with transaction(home, write=False) as connection:
        *_, public, gone, now = events.listing(connection).to_dict("records")
    assert [each["action"] for each in (public, gone, now)] == ["publication.discarded"] * 2 + ["publication.prepared"]
    assert (
        waited in {public["subject"], gone["subject"]} and gone["actor"] == "Steward Two" and now["subject"] == of(home)
    )
    code = to_read(home, OTHER).code
    for read, why in (("", "nobody is known to have read them"), ("0" * 12, "not those"), (code[:6], "not those")):
        with pytest.raises(UserError, match=why):
            list(preparing.release(home, ONE, AGAIN, read))
    assert rows(current(home, "partnership"), VALUE) == [{"value": 41.0}]
    list(preparing.release(home, ONE, AGAIN, code))
    entry = released_entries(home)[-1]
    assert (entry["sentences"], entry["sentences_read"]) == (2, 2)
    with transaction(home, write=False) as connection:
        assert NEW not in events.listing(connection).to_csv()
    said = [each.words for each in entries(home, ONE, Wanted(), limit=2).entries]
    assert said[0].endswith("; 2 sentences were new to its readers, and noted as read before.")
    assert "prepared a publication for the audience Partnership, for another person to release: " in said[1]
    assert f"“{NEW}”" in "\n".join(texts_read.listed(home, ONE)), (
        "and after the release, whoever wants to read it again"
    )


def test_one_person_s_release_waits_where_it_tells_something_new_and_only_there(home):
    agreements.write(home, SAMPLE)
    assert holding.release_or_hold(home, [Order("partnership", "December", ONE, AGAIN)]).is_held
    assert rows(current(home, "partnership"), VALUE) == [{"value": 41.0}]
    list(preparing.release(home, ONE, AGAIN, to_read(home, ONE).fingerprint))
    held = holding.release_or_hold(home, [Order("partnership", "December", ONE, AGAIN + timedelta(hours=1))])
    assert (
        held.replaced == ()
        and not held.is_held
        and held.files[0].publication_id == current(home, "partnership").publication_id
    )
    said = [each.words for each in entries(home, ONE, Wanted(), limit=2).entries]
    assert "prepared a publication for the audience Partnership: " in said[1], "nobody else is to release it"
    assert said[0].endswith("; no sentence in it was new to its readers.")
