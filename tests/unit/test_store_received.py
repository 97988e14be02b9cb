"""A receipt says in a sentence what became of a file."""

from __future__ import annotations

import pandas as pd
import pytest

from pipelines.store.received import Receipt


@pytest.mark.parametrize(
    ("receipt", "said"),
    [
        (Receipt("a.v1", 1, "accepted", unchanged=False, changes=pd.DataFrame()), "a.v1: accepted."),
        (
            Receipt("a.v2", 2, "accepted_with_queries", unchanged=False, changes=pd.DataFrame({"was": ["1"]})),
            "a.v2: accepted with queries; 1 figure differs from what stood before.",
        ),
        (
            Receipt("a.v2", 2, "refused", unchanged=False, changes=pd.DataFrame()),
            "a.v2: refused; nothing of it was taken over.",
        ),
    ],
)
def test_the_receipt_is_one_plain_sentence(receipt, said):
    assert receipt.words == said
