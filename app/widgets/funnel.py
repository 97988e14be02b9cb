"""The funnel plot: places by size, with the range chance alone would give at each size."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from app.widgets import chart_marks as marks
from app.widgets.axes import nice, shell, upward
from app.widgets.chart_marks import Stroke, Words
from app.widgets.control_chart import KINDS
from app.widgets.tokens import colour

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from app.widgets.tokens import Theme


@dataclass(frozen=True, slots=True)
class Place:
    """One place: how large, its value, its words on pointing, and a label where it stands out."""

    size: float
    value: float
    words: str
    kind: str = "usual"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Funnel:
    """The places, the level of the whole, and the limits along the sizes."""

    places: tuple[Place, ...]
    whole: float
    whole_words: str
    sizes: tuple[float, ...]
    lower_95: tuple[float, ...]
    upper_95: tuple[float, ...]
    lower_998: tuple[float, ...]
    upper_998: tuple[float, ...]
    size_words: str = ""
    suffix: str = "%"


@lru_cache(maxsize=128)
def figure(funnel: Funnel, theme: Theme) -> Figure:
    """The funnel plot in a theme's colours."""
    from plotly.graph_objects import Figure

    values = [place.value for place in funnel.places]
    settled = len(funnel.sizes) // 8  # nearer to nobody the limits run out of any scale
    low = min([*values, funnel.whole, *funnel.lower_95[settled:]])
    axis = nice(low, max([*values, funnel.whole, *funnel.upper_95[settled:]]), least=0)
    data = [*_limits(funnel, theme), *_whole(funnel, theme), *_places(funnel, theme)]
    across = {
        # Plotly takes some markup in its words, links among them.
        "title": {"text": html.escape(funnel.size_words), "font": {"size": 13, "color": colour("ink-2", theme)}, "standoff": 8},
        "showgrid": False, "zeroline": False, "fixedrange": True, "showline": True,
        "linecolor": colour("limit", theme), "automargin": True, "nticks": 6, "tickformat": ",", "rangemode": "tozero",
    }  # fmt: skip
    made = shell(theme, across, upward(axis, funnel.suffix, theme), 400) | {
        "margin": {"l": 4, "r": 10, "t": 8, "b": 56}
    }
    return Figure({"data": data, "layout": made})


def _limits(funnel: Funnel, theme: Theme) -> list[marks.Mark]:
    lines = (
        ("lower-998", funnel.lower_998, Stroke("limit", 1.2)),
        ("upper-998", funnel.upper_998, Stroke("limit", 1.2)),
        ("lower-95", funnel.lower_95, Stroke("limit", 1.2, "dot")),
        ("upper-95", funnel.upper_95, Stroke("limit", 1.2, "dot")),
    )
    return [marks.line(name, funnel.sizes, ys, stroke, theme) for name, ys, stroke in lines]


def _whole(funnel: Funnel, theme: Theme) -> list[marks.Mark]:
    first, end = funnel.sizes[0], funnel.sizes[-1]
    name = Words(end, funnel.whole, funnel.whole_words, "ink-2", "top left")
    third = len(funnel.sizes) // 3
    limit = Words(funnel.sizes[third], funnel.upper_998[third], "99.8% limit", "ink-2", "top right")
    return [
        marks.line("whole", [first, end], [funnel.whole] * 2, Stroke("limit", 1.5), theme),
        marks.label("whole", name, theme),
        marks.label("limit", limit, theme),
    ]


def _places(funnel: Funnel, theme: Theme) -> list[marks.Mark]:
    drawn: list[marks.Mark] = []
    for kind in KINDS:
        chosen = [place for place in funnel.places if place.kind == kind]
        if chosen:
            xs, ys = [place.size for place in chosen], [place.value for place in chosen]
            drawn.append(marks.points(kind, xs, ys, [place.words for place in chosen], theme))
    for index, place in enumerate(place for place in funnel.places if place.label):
        words = Words(place.size, place.value, place.label, "ink", "top left", bold=True)
        drawn.append(marks.label(f"place-{index}", words, theme))
    return drawn
