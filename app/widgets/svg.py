"""Pictures as SVG data addresses: no script, one alternative text each, following the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.html import Html, tag
from app.widgets.tokens import TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SAFE = str.maketrans({"#": "%23", "<": "%3C", ">": "%3E", '"': "'", "\n": " "})


def picture(shapes: str, alt: str, *, uses: Iterable[str], cls: str = "") -> Html:
    """An image of shapes drawn on a 100 by 100 field that stretches to its box without bending the strokes.

    `uses` names the tokens the shapes refer to as classes: f-name fills with it, s-name strokes with it.
    """
    names = tuple(uses)
    style = "*{vector-effect:non-scaling-stroke;fill:none}" + _rules(names, dark=False)
    style += f"@media(prefers-color-scheme:dark){{{_rules(names, dark=True)}}}"
    body = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100' preserveAspectRatio='none'>"
        f"<style>{style}</style>{shapes}</svg>"
    )
    return tag("img", src="data:image/svg+xml," + body.translate(_SAFE), alt=alt, cls=cls or None)


def path(points: Sequence[tuple[float, float] | None], cls: str, width: float, dash: str = "") -> str:
    """A line through the points; None lifts the pen, so that a gap stays a gap."""
    steps: list[str] = []
    down = False
    for point in points:
        if point is None:
            down = False
            continue
        steps.append(f"{'L' if down else 'M'}{_number(point[0])} {_number(point[1])}")
        down = True
    dashed = f" stroke-dasharray='{dash}'" if dash else ""
    return f"<path class='{cls}' stroke-width='{width}' stroke-linejoin='round'{dashed} d='{''.join(steps)}'/>"


def dots(points: Iterable[tuple[float, float]], cls: str, width: float) -> str:
    """Round dots that stay round when the picture is stretched: strokes of no length with round caps."""
    drawn = "".join(f"M{_number(x)} {_number(y)}h0" for x, y in points)
    return f"<path class='{cls}' stroke-width='{width}' stroke-linecap='round' d='{drawn}'/>" if drawn else ""


def area(tops: Sequence[tuple[float, float]], feet: Sequence[tuple[float, float]], cls: str) -> str:
    """A filled shape between an upper and a lower line."""
    around = "L".join(f"{_number(x)} {_number(y)}" for x, y in (*tops, *reversed(feet)))
    return f"<path class='{cls}' d='M{around}Z'/>"


def _rules(names: Iterable[str], *, dark: bool) -> str:
    found: list[str] = []
    for name in names:
        shade = TOKENS[name][1 if dark else 0]
        found.append(f".f-{name}{{fill:{shade}}}.s-{name}{{stroke:{shade}}}")
    return "".join(found)


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
