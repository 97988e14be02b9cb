"""What is kept for good tells of nobody: reasons and labels go through one check."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.flows.publication import kept_label, publish
from pipelines.flows.withdrawing import kept_reason
from pipelines.publishing import Order
from schemas.actors import Actor
from schemas.problems import UserError

TELLING = [
    "After agreements: Kayden Smith", "It has the ref CYP123456 in it", "MJ was identifiable in it", "M.J. could be found",
    "Case 80412 was in the sheet", "As 4 children were named in it", "Number 20417733 was in it", "About J K of the north",
]  # fmt: skip
FINE = [
    "Executive, 12 May 2026", "Published for the Executive", "Board, Tuesday 5 May", "FD01 and CP07 were those of Q1",
    "The GP list was an old one", "20260512T093011Z-1a2b3c4d was made twice", "lch.figures.2026-27-Q2.v1 came twice",
    "It had 12,500 rows of last year", "RV-2025-02 was not agreed yet", "The ICB and the NHS trust agreed",
]  # fmt: skip


@pytest.mark.parametrize("text", TELLING)
def test_what_may_tell_of_somebody_is_neither_a_reason_nor_a_label(text):
    with pytest.raises(UserError, match=r"may tell of a person.*Nothing was withdrawn\."):
        kept_reason(text, "Nothing was withdrawn.")
    with pytest.raises(UserError, match=r"The label may tell of a person.*Nothing was published\.") as refused:
        kept_label(text)
    assert text not in str(refused.value)


@pytest.mark.parametrize("text", FINE)
def test_what_tells_of_nobody_is_kept_as_it_is(text):
    assert kept_reason(text, "Nothing was withdrawn.") == text == kept_label(f"  {text} ")


def test_a_release_is_refused_by_its_label_before_anything_is_read(tmp_path):
    order = Order("partnership", "For Kayden Smith", Actor("S", "business_unit"), datetime(2026, 11, 17, tzinfo=UTC))
    with pytest.raises(UserError, match="The label may tell of a person"):
        publish(tmp_path, order)
    assert list(tmp_path.iterdir()) == []
