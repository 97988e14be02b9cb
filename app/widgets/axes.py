"""Axes with round steps, and the layout every plotly chart shares."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from app.widgets.tokens import Theme, colour

FONT = "Public Sans, Helvetica Neue, Arial, sans-serif"
_YEARS_NAMED = 4  # side by side over 296 pixels, what a page of 390 leaves for the points
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}


@dataclass(frozen=True, slots=True)
class Axis:
    """A value axis: its ends and the step between its lines."""

    low: float
    high: float
    step: float

    def at(self, share: float) -> float:
        """The value so far up the axis, 0 at the foot and 1 at the top."""
        return self.low + (self.high - self.low) * share


def nice(low: float, high: float, *, least: float | None = None, lines: int = 5) -> Axis:
    """An axis that shows the movement from low to high, in steps of 1, 2 or 5.

    >>> nice(17.4, 27.4).step, nice(0, 0).high > 0
    (5, True)
    """
    if high <= low:
        high, low = high + max(abs(high) * 0.1, 1), low - max(abs(low) * 0.1, 1)
    step = _step((high - low) / max(lines - 1, 1))
    below = low - 0.12 * (high - low)
    bottom = below if least is None else max(below, least)
    return Axis(bottom, high + 0.26 * (high - low), step)


def layout(axis: Axis, count: int, years: list[tuple[int, str]], suffix: str, theme: Theme) -> dict[str, Any]:
    """The layout of a chart over time: years below, quiet lines across, nothing to drag.

    Every second year is named; of many years as few as stand side by side on the narrowest screen, as slanted they are cut off.
    Right of the last point there is room for its figure, a share of the whole however many points there are.
    """
    apart = max(2, ceil(len(years) / _YEARS_NAMED))
    across = {
        "range": [-0.6, count - 1 + max(0.6, 0.03 * count)],
        "tickmode": "array",
        "tickvals": [index for index, _ in years],
        "ticktext": [year if (len(years) - 1 - n) % apart == 0 else "" for n, (_, year) in enumerate(years)],
        "tickangle": 0,
        "ticks": "outside",
        "ticklen": 5,
        "tickcolor": colour("limit", theme),
        "linecolor": colour("limit", theme),
        "showline": True,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
    return shell(theme, across, upward(axis, suffix, theme), 440)


def upward(axis: Axis, suffix: str, theme: Theme) -> dict[str, Any]:
    """The value axis: round steps, one quiet line each."""
    return {
        "range": [axis.low, axis.high],
        "tick0": 0,
        "dtick": axis.step,
        "ticksuffix": suffix,
        "tickformat": ",~r" if axis.step >= 1 else ",.1f",
        "showgrid": True,
        "gridcolor": colour("grid", theme),
        "gridwidth": 1,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
    }


def shell(theme: Theme, across: dict[str, Any], up: dict[str, Any], height: int) -> dict[str, Any]:
    """What every chart shares: type, margins, no title, no legend, no dragging."""
    return {
        "height": height,
        "margin": {"l": 4, "r": 10, "t": 8, "b": 40},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": colour("ink-2", theme)},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverdistance": 24,
        "hoverlabel": {
            "bgcolor": colour("ink", theme),
            "bordercolor": colour("ink", theme),
            "font": {"family": FONT, "size": 14, "color": colour("page", theme)},
        },
        "xaxis": across,
        "yaxis": up,
    }


def _step(rough: float) -> float:
    scale = 10 ** floor(log10(rough))
    step = next(scale * nice_step for nice_step in (1, 2, 5, 10) if scale * nice_step >= rough * 0.999)
    return int(step) if step >= 1 else step
