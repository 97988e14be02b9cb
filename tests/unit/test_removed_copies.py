"""From where else words go that are removed for good: what is surely the same slip, and never what many say."""

from __future__ import annotations

import pytest

from pipelines.store.to_expunge_copies import FEW_RETURNS, copies_of
from pipelines.store.written import Place

TEXT, PHRASE = "A worker wrote more than they should", "No change since the last quarter"


def said(submission_id: str, text: str = TEXT, subject: str = "FD01", row: int = 2) -> Place:
    return Place("observation", submission_id, "Figures", row, "", "reason", "reason", text, text, subject)


SLIP = "ltht.figures.2026-27-Q2.v1"
CORRECTION = said("ltht.figures.2026-27-Q2.v2", subject="FD04", row=9)
AGAIN, ELSEWHERE = said("ltht.figures.2026-27-Q1.v1"), said("ltht.figures.2026-27-Q1.v1", subject="FD04", row=3)
OTHER = said("lch.figures.2026-27-Q2.v1")
BESIDE = [CORRECTION, AGAIN, ELSEWHERE, OTHER]
MANY = [said(f"ltht.figures.20{year}-{year + 1}-Q2.v1", PHRASE) for year in range(20, 21 + FEW_RETURNS)]


@pytest.mark.parametrize(
    ("copies", "taken"),
    [("", []), ("near", [CORRECTION, AGAIN]), ("everywhere", [CORRECTION, AGAIN, ELSEWHERE, OTHER])],
)
def test_near_is_the_same_return_or_the_same_sender_about_the_same_thing(copies, taken):
    found = copies_of({TEXT: [said(SLIP)]}, {TEXT: BESIDE}, (), copies)
    assert set(found.places) == set(taken)
    assert {*found.kept.get(TEXT, ())} == {*BESIDE} - {*taken}, "what is not taken is kept, and said"
    [reach] = found.reach({TEXT: [said(SLIP), said(SLIP)]}) if copies != "everywhere" else [None]
    assert reach is None or (reach.spot, reach.cells, reach.is_phrase) == ("Figures!2 (reason)", 1, False)


def test_a_phrase_is_left_to_others_but_not_to_other_versions_of_the_return():
    again = said("ltht.figures.2026-27-Q2.v2", PHRASE)
    found = copies_of({PHRASE: [said(SLIP, PHRASE)]}, {PHRASE: [*MANY, again]}, (), "near")
    assert (found.places, found.phrases) == ((again,), {PHRASE})
    few = copies_of({PHRASE: [said(SLIP, PHRASE)]}, {PHRASE: [*MANY[1:], again]}, (), "near")
    assert {*few.places} == {*MANY[1:], again} and not few.phrases


def test_of_a_row_that_is_named_the_rest_of_its_submission_loses_the_words_and_keeps_a_phrase():
    for text, beside, taken in ((TEXT, [], 1), (PHRASE, MANY, 0)):
        own = said(SLIP, text, "FD04", 7)
        found = copies_of({text: [said(SLIP, text)]}, {text: [*beside, own]}, [SLIP], "")
        assert len(found.places) == taken and found.by_submission == ({SLIP: {text}} if taken else {})
