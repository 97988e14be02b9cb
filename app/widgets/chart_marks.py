"""The marks of a chart as plain plotly dictionaries, each with a name."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from app.widgets.tokens import Theme, colour

if TYPE_CHECKING:
    from collections.abc import Sequence

Numbers: TypeAlias = "Sequence[float | None]"
Mark = dict[str, Any]
SIZE = {"concern": 14, "improvement": 13, "unusual": 11, "usual": 6.5}
SHAPE = {"concern": "diamond", "improvement": "circle", "unusual": "square-open", "usual": "circle"}


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn: its token, its width in pixels, its dash."""

    token: str
    width: float
    dash: str = "solid"


@dataclass(frozen=True, slots=True)
class Words:
    """Words on a chart: where, what, in which token, on which side of their point."""

    x: float
    y: float
    text: str
    token: str
    place: str
    size: float = 12.5
    bold: bool = False


def line(name: str, xs: Numbers, ys: Numbers, stroke: Stroke, theme: Theme) -> Mark:
    """A line that nothing happens on when it is pointed at."""
    style = {"color": colour(stroke.token, theme), "width": stroke.width, "dash": stroke.dash}
    return _trace(name, xs, ys, mode="lines", line=style, hoverinfo="skip")


def band(name: str, xs: Numbers, lower: Numbers, upper: Numbers, theme: Theme) -> Mark:
    """The usual range as a quiet area between two lines, behind everything."""
    around, sides = [*xs, *reversed(xs)], [*upper, *reversed(lower)]
    shade = {"fill": "toself", "fillcolor": colour("band", theme), "opacity": 0.55}
    return _trace(name, around, sides, mode="lines", line={"width": 0}, hoverinfo="skip", **shade)


def points(kind: str, xs: Numbers, ys: Numbers, texts: Sequence[str], theme: Theme) -> Mark:
    """Dots of one kind: the kind shows in colour and in shape; pointing at one gives its words."""
    token = "usual" if kind == "unusual" else kind
    edge = "concern-edge" if kind == "concern" else token
    width = {"unusual": 1.8, "concern": 1.2}.get(kind, 0)
    marker: dict[str, Any] = {"size": SIZE[kind], "symbol": SHAPE[kind], "color": colour(token, theme)}
    marker["line"] = {"width": width, "color": colour(edge, theme)}
    broken = ["<br>".join(html.escape(part) for part in text.split("\n")) for text in texts]
    read = {"text": broken, "hovertemplate": "%{text}<extra></extra>"}
    return _trace(f"dots-{kind}", xs, ys, mode="markers", marker=marker, opacity=1, **read)


def provisional(dots: Mark, theme: Theme) -> Mark:
    """The same dots hollow: shape and colour still say their kind, the empty middle that they may change."""
    marker, shape = dots["marker"], dots["marker"]["symbol"].removesuffix("-open")
    edge = {"width": 2.2, "color": marker["line"]["color"]}
    hollow = {"size": max(marker["size"], 9.5), "symbol": shape, "color": colour("page", theme), "line": edge}
    return dots | {"name": f"{dots['name']}-provisional", "marker": hollow}


def label(name: str, words: Words, theme: Theme) -> Mark:
    """Words on the chart, beside a point; a line break in the text breaks the line."""
    before, after = _room(words.place)
    text = "<br>".join(before + html.escape(part) + after for part in words.text.split("\n"))
    font = {"size": words.size, "color": colour(words.token, theme)}
    shown = [f"<b>{text}</b>" if words.bold else text]
    more = {"textposition": words.place, "textfont": font, "hoverinfo": "skip", "cliponaxis": False}
    return _trace(name, [words.x], [words.y], mode="text", text=shown, **more)


def hollow(xs: Numbers, ys: Numbers, theme: Theme) -> Mark:
    """Where a point would be that is not shown."""
    marker = {"size": 9, "symbol": "square-open", "color": colour("ink-2", theme), "line": {"width": 1.5}}
    return _trace("hollow", xs, ys, mode="markers", marker=marker, hoverinfo="skip", cliponaxis=False)


def _room(place: str) -> tuple[str, str]:
    """Two hard spaces between the words and what they stand beside."""
    gap = "\u00a0\u00a0"
    return (gap, "") if place.endswith("right") else ("", gap) if place.endswith("left") else ("", "")


def _trace(name: str, xs: Numbers, ys: Numbers, **rest: Any) -> Mark:  # noqa: ANN401 - plotly's own words
    return {"type": "scatter", "name": name, "x": list(xs), "y": list(ys), "showlegend": False, **rest}
