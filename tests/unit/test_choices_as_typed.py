from __future__ import annotations

import pytest

from schemas.catalogue import catalogue
from schemas.returns.meaning import chosen


def spellings(choices):
    known = catalogue()
    every = known.breakdowns[choices].categories if choices in known.breakdowns else known.choices[choices].values()
    return [(each.id, (each.id, each.label, *each.aliases)) for each in every]


EVERY = [
    (choices, identifier, label)
    for choices in (*catalogue().choices, *catalogue().breakdowns)
    for identifier, labels in spellings(choices)
    for label in labels
]


@pytest.mark.parametrize("text", ["-1", "- 1", "\u22121", "–1", "1-", "(2)", "( 2 )", "-0", "3?", "3 ?", "+3", "~2", ">3", "1.5",
                                  "-1 Started", "3? In place and shown to make a difference", "(2) In place", "'-1"])  # fmt: skip
def test_a_number_with_a_mark_beside_it_is_no_score_and_no_grade(text):
    assert chosen(text, spellings("score")) is None
    assert chosen(text, spellings("grade")) is None


@pytest.mark.parametrize(
    ("choices", "text", "found"),
    [
        ("score", "3", "s3"), ("score", "3.0", "s3"), ("score", " 0.00 ", "s0"), ("score", "'2", "s2"),
        ("score", "2 - In place", "s2"), ("score", "2: in place", "s2"), ("score", "IN PLACE", "s2"),
        ("score", "1. Started", "s1"), ("grade", "3.0", "g3"), ("grade", "Requires improvement", "g2"),
        ("grade", "requires-improvement", "g2"), ("grade", "4 Outstanding", "g4"),
        ("age_band", "16 +", "age_16_and_17"), ("age_band", "1 – 4", "age_1_to_4"), ("age_band", "< 1", "under_1"),
    ],
)  # fmt: skip
def test_ordinary_spellings_are_what_they_say(choices, text, found):
    assert chosen(text, spellings(choices)) == found


def test_every_spelling_of_every_list_is_still_known():
    """Two ids of one list may share a spelling; the first to claim it keeps it."""
    lost = [(choices, label) for choices, _, label in EVERY if chosen(label, spellings(choices)) is None]
    assert [each for each in lost if each[1].strip("+-")] == []
