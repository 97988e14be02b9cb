"""What a chart says, in words for a page: the latest signal, and the sentence on how its range came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pipelines.measures.charts import Chart
    from pipelines.measures.spc_series import Series

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
_UNJUDGED = {
    "constant": "unchanged",
    "run": "too few to say what is usual",
    "line": "shown without a usual range",
    "none": "not charted",
}

RARE = "Too rare for a chart: protected yearly totals are shown instead."
HIDDEN = "Too few to chart by {period}: {hidden} of {figures} figures are hidden to protect people."
EMPTY = "There are no figures to chart yet."
AUDITS = "Shown audit by audit with the number of cases: no two audits ask quite the same question."
ROLLING = "Each point covers a window that overlaps the one before, so no usual range is drawn."
NEAR_ZERO = "Numbers this near zero, or shares this near all, have no usual range: chance alone would flag them."
ALIKE = "Too many figures are equal to work out a usual range."


def signal_words(chart: Chart) -> str:
    """What the latest value does, to follow the value in a sentence.

    "within its usual range", "above its usual range for the second quarter running", "below its mean for the seventh
    quarter running", "rising for six quarters", "near the top of its usual range in two of the last three quarters".
    """
    if chart.since is None:
        return (
            "within its usual range" if chart.variation == "common_cause" else _UNJUDGED.get(chart.chart, "not judged")
        )
    shown = chart.points["special_cause"][chart.points["relative_to_mean"].notna()]
    return _signal(chart, str(shown.iloc[-1]))


def _signal(chart: Chart, label: str) -> str:
    if "Trend" in label:
        against = f" against the same {chart.period} of the year before" if chart.chart == "ratio" else ""
        way = "rising" if "Increasing" in label else "falling"
        return f"{way}{against} for {number(chart.run)} {chart.period}s"
    above = "Above" in label
    if label.startswith("2 in 3"):
        return f"near the {'top' if above else 'bottom'} of {_range(chart)} in two of the last three {chart.period}s"
    if label.startswith("7"):
        level = "its usual level for the time of year" if chart.chart == "ratio" else "its mean"
        return f"{'above' if above else 'below'} {level}{_running(chart)}"
    if chart.chart == "change":
        return f"{'up' if above else 'down'} by more than usual{_running(chart) or f' in one {chart.period}'}"
    return f"{'above' if above else 'below'} {_range(chart)}{_running(chart)}"


def _range(chart: Chart) -> str:
    return "its usual range for the time of year" if chart.chart == "ratio" else "its usual range"


def _running(chart: Chart) -> str:
    return f" for the {ordinal(chart.run)} {chart.period} running" if chart.run > 1 else ""


def number(count: int) -> str:
    """Small numbers in words, others in figures.

    >>> number(6), number(14)
    ('six', '14')
    """
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def ordinal(count: int) -> str:
    """Small ordinals in words, others in figures.

    >>> ordinal(7), ordinal(13), ordinal(21), ordinal(112)
    ('seventh', '13th', '21st', '112th')
    """
    if count <= len(_ORDINALS):
        return _ORDINALS[count - 1]
    ending = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def needed(series: Series, more: int) -> str:
    """How many more points a usual range needs, since the definition changed if it did."""
    points = f"{number(more)} more {series.period}{'s are' if more > 1 else ' is'}"
    start = f"The definition has changed: {points}" if series.phases[-1] > 0 else points.capitalize()
    return f"{start} needed before a usual range can be worked out."


def unchanged(series: Series) -> str:
    """That a series never moved, and where it stands."""
    level = float(series.values[series.shown][0])
    return f"Unchanged at {level:,.10g} in every {series.period} shown, so there is no usual range to be outside of."


def basis(series: Series, name: str, used: int) -> str:
    """What the usual range was worked out from, and what was left out."""
    sources = {
        "change": f"A figure for one day mostly carries over, so it is judged by its {used} changes from one"
        f" {series.period} to the next",
        "ratio": f"The usual range is that of {used} comparisons with the same {series.period} of the year before",
    }
    since = " since the definition changed" if series.phases[-1] > 0 else ""
    text = sources.get(name, f"The usual range is worked out from {used} {series.period}s") + since
    return f"{text}{_gaps(series)}."


def _gaps(series: Series) -> str:
    there = np.flatnonzero(series.shown)
    inside = ~series.shown[there[0] : there[-1] + 1]
    hidden = int(series.hidden[there[0] : there[-1] + 1].sum())
    missing = int(inside.sum()) - hidden
    left_out = [f"{number(hidden)} hidden to protect people"] * (hidden > 0) + [f"{number(missing)} missing"] * (
        missing > 0
    )
    return f"; {' and '.join(left_out)}, and no run or trend crosses the gap" if left_out else ""
