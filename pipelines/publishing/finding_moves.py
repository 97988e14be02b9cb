"""How a finding says which way a figure went, so that it agrees with which side of its usual range it lies on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.publishing.words import number_words, size_words
from schemas.periods import parse

if TYPE_CHECKING:
    import pandas as pd

    from schemas.catalogue import Indicator

# How the words of a signal on either side begin; the other way they would read as a contradiction.
_HIGH, _LOW = ("above", "near the top"), ("below", "near the bottom")


def moved(points: pd.DataFrame) -> str:
    """Which way it went since the figure before; not across a change of definition."""
    shown = _in_force(points)["value"].dropna()
    if len(shown) < 2 or shown.iloc[-1] == shown.iloc[-2]:
        return "is"
    return "rose to" if shown.iloc[-1] > shown.iloc[-2] else "fell to"


def verb_and_step(indicator: Indicator, points: pd.DataFrame, signal: str) -> tuple[str, str]:
    """The verb of the sentence, and the step to tell after the signal where verb and signal would pull apart.

    “Fell to 62.7%, above its usual range” reads as a slip; so it “is 62.7%, above its usual range; 1.2 points lower
    than in 2026-27 Q1”.
    """
    verb = moved(points)
    against = (verb == "fell to" and signal.startswith(_HIGH)) or (verb == "rose to" and signal.startswith(_LOW))
    if not against:
        return verb, ""
    shown = _in_force(points).dropna(subset=["value"])
    now, before = float(shown["value"].iloc[-1]), float(shown["value"].iloc[-2])
    if number_words(indicator, abs(now - before)) == number_words(indicator, 0):
        return "is", ""
    way = "higher" if now > before else "lower"
    return "is", f"; {size_words(indicator, now - before)} {way} than in {parse(shown['period_id'].iloc[-2]).short}"


def _in_force(points: pd.DataFrame) -> pd.DataFrame:
    return points[points["phase"].eq(points["phase"].iloc[-1])]
