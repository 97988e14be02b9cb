"""Which rows of a return are explained: by words of their own, not by one sentence pasted down the column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.meaning import meaning
from schemas.returns.substance import has_substance

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    import pandas as pd

# One event can move several indicators; a sentence under more of them than this is about none.
MOST = 4


def explained(figures: pd.DataFrame, rows: Iterable[Hashable]) -> list[bool]:
    """For each of the rows (their index) whether its Reason says what happened to this figure.

    >>> import pandas as pd
    >>> told = "Schools closed early in July"
    >>> sent = pd.DataFrame({"indicator_id": list("ABCDEF"), "title": "T", "reason": [told] * 5 + ["Clinic flooded in May"]})
    >>> explained(sent, [0, 5]), explained(sent.iloc[:4], [0])
    ([False, True], [True])
    """
    asked = figures.loc[list(rows), ["title", "reason"]]
    return [
        has_substance(reason, title) and _indicators(figures, reason) <= MOST
        for title, reason in zip(asked["title"], asked["reason"], strict=True)
    ]


def _indicators(figures: pd.DataFrame, reason: str) -> int:
    """Under how many indicators the very same sentence stands."""
    given = figures.loc[figures["reason"].ne(""), ["indicator_id", "reason"]]
    same = {text for text in given["reason"].unique() if meaning(str(text)) == meaning(reason)}
    return given.loc[given["reason"].isin(same), "indicator_id"].nunique()
