"""Whatever is done to the log behind our back shows: altered, missing, moved, doubled, or cut off at the end."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.store import chain, events
from pipelines.store.opening import transaction
from schemas.actors import Actor

AT = datetime(2026, 10, 9, 12, tzinfo=UTC)
COLUMNS = "position, happened_at, actor, role, agency_id, action, subject, detail, previous, hash"
ENTRIES = 6


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("log")
    with transaction(folder, write=True) as vault:
        for number in range(1, ENTRIES):  # the first look at the settings is the first
            events.append(
                vault, Actor("a", "analyst", "ltht"), "submission.received", f"s{number}", {"rows": number}, at=AT
            )
    return folder


def faults_after(home, *statements: str) -> list[str]:
    with transaction(home, write=False) as vault:
        for statement in statements:
            vault.execute(statement)
        return events.verify(vault, home)


def test_an_untouched_log_has_no_fault(home):
    assert faults_after(home) == []


@settings(deadline=None, max_examples=25, derandomize=True)
@given(
    position=st.integers(1, ENTRIES),
    column=st.sampled_from(
        ["happened_at", "actor", "role", "agency_id", "action", "subject", "detail", "previous", "hash"]
    ),
    text=st.text("abcdef {}:", min_size=1, max_size=8),
)
def test_changing_any_cell_shows(home, position, column, text):
    with transaction(home, write=False) as vault:
        vault.execute(f"update event set {column} = ? where position = ?", [f"{text}!", position])  # noqa: S608
        assert events.verify(vault, home)


@settings(deadline=None, max_examples=15, derandomize=True)
@given(gone=st.sets(st.integers(1, ENTRIES), min_size=1))
def test_removing_any_entries_shows_even_the_last_ones_or_all(home, gone):
    assert faults_after(home, f"delete from event where position in ({', '.join(map(str, gone))})")  # noqa: S608


@settings(deadline=None, max_examples=15, derandomize=True)
@given(order=st.permutations(range(1, ENTRIES + 1)).filter(lambda order: order != list(range(1, ENTRIES + 1))))
def test_any_other_order_shows(home, order):
    moves = " ".join(f"when {old} then {new}" for old, new in enumerate(order, start=1))
    assert faults_after(home, f"update event set position = case position {moves} end")  # noqa: S608


def test_each_fault_is_named(home):
    assert faults_after(home, "update event set actor = 'b' where position = 3") == ["Entry 3 has been altered."]
    assert faults_after(home, "delete from event where position = 3") == ["Entry 3 is missing."]
    assert faults_after(home, "delete from event where position in (2, 3)") == ["Entries 2 to 3 are missing."]
    assert faults_after(home, "delete from event where position > 4") == [
        "The log ends at entry 4, but entry 6 had been written: its end was cut."
    ]
    doubled = f"insert into event select {COLUMNS} from event where position = 2"  # noqa: S608
    assert faults_after(home, doubled) == ["Entry 2 is there twice."]


def test_a_log_rewritten_from_the_middle_with_fitting_hashes_shows(home):
    with transaction(home, write=False) as vault:
        vault.execute("delete from event where position >= 3")
        for number in range(2, ENTRIES):
            events.append(vault, Actor("a", "analyst", "ltht"), "submission.received", f"s{number}", {"rows": 0}, at=AT)
        assert events.verify(vault, home) == [
            f"Entry {ENTRIES} is not the one noted in event-head.json: the log was rewritten."
        ]


def test_a_log_rewritten_with_its_note_shows_by_what_publications_noted(home, tmp_path):
    with transaction(home, write=False) as vault:
        stood = dict(vault.execute("select position, hash from event").fetchall())
        noted = [chain.Noted(number, stood[number], f"publication {number}") for number in (2, 4)]
        vault.execute("delete from event where position >= 3")
        for number in range(2, ENTRIES + 3):
            events.append(vault, Actor("a", "analyst", "ltht"), "submission.received", f"s{number}", {"rows": 0}, at=AT)
        events.keep_head(tmp_path, events.head(vault))
        assert events.verify(vault, tmp_path) == []
        found = chain.faults(vault, tmp_path, noted)
    assert found == [(4, "Entry 4 is not the one publication 4 noted: the log was rewritten, somewhere after entry 2.")]


def test_a_log_cut_with_its_note_shows_by_what_publications_noted(home, tmp_path):
    with transaction(home, write=False) as vault:
        vault.execute("delete from event where position > 2")
        events.keep_head(tmp_path, events.head(vault))
        found = chain.faults(vault, tmp_path, [chain.Noted(5, "0" * 64, "a publication")])
    assert found == [(5, "Entry 5, which a publication noted, is not there.")]


@pytest.mark.parametrize(
    ("action", "detail"),
    [
        ("submission.withdrawn", {"reason": "It names a child"}),
        ("publication.released", {"label": "x"}),
        ("somebody.did_something", {}),
    ],
)
def test_no_entry_holds_what_was_typed_or_is_of_an_act_nobody_knows(tmp_path, action, detail):
    with transaction(tmp_path, write=True) as vault:
        with pytest.raises(ValueError, match=r"acts\.py"):
            events.append(vault, Actor("a", "business_unit"), action, "x", detail, at=AT)
        assert events.head(vault).position == 1, "the first look at the settings"


def test_a_lost_or_unreadable_note_of_the_end_is_named(home):
    note = home / events.HEAD
    kept = note.read_bytes()
    try:
        note.unlink()
        assert "is missing beside the vault" in faults_after(home)[0]
        note.write_text("{")
        assert "cannot be read" in faults_after(home)[0]
    finally:
        note.write_bytes(kept)


def test_a_note_one_step_behind_is_no_fault(tmp_path):
    for number in range(2):
        with transaction(tmp_path, write=True) as vault:
            events.append(vault, Actor("a", "business_unit"), "preview.made", str(number), {}, at=AT)
        if number == 0:
            behind = (tmp_path / events.HEAD).read_bytes()
    (tmp_path / events.HEAD).write_bytes(behind)
    assert faults_after(tmp_path) == []
    assert json.loads(behind)["position"] == 2, "the first look, and the first act"
