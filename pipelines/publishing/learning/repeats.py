"""The same learning found again after it had been called finished: it had been closed, not learned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from schemas.periods import day_words
from schemas.returns.alike import AGAIN_MONTHS, ALIKE, alike

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipelines.publishing.learning.lines import Line


@dataclass(frozen=True, slots=True)
class Repeat:
    """The earlier recommendation whose learning was found again, and what is said of it."""

    earlier_id: str
    words: str


def repeats(lines: Sequence[Line]) -> dict[str, Repeat]:
    """By the later one's id: an earlier recommendation much like it, finished within 24 months before it was agreed."""
    found: dict[str, Repeat] = {}
    for line in lines:
        before = [other for other in lines if other.id != line.id and _just_before(other.closed_on, line.agreed_on)]
        if not before:
            continue
        scores = np.maximum(
            *(alike([_words(line, part)], [_words(other, part) for other in before])[0] for part in _PARTS)
        )
        nearest = before[int(scores.argmax())]
        if scores.max() >= ALIKE and nearest.closed_on:
            words = f"Found again after {nearest.id} was completed on {day_words(nearest.closed_on)}"
            found[line.id] = Repeat(nearest.id, words)
    return found


_PARTS = ("title", "text")


def _words(line: Line, part: str) -> str:
    return str(line.recommendation[part])


def _just_before(closed: date | None, agreed: date) -> bool:
    if closed is None or agreed < closed:
        return False
    return pd.Timestamp(agreed) <= pd.Timestamp(closed) + pd.DateOffset(months=AGAIN_MONTHS)
