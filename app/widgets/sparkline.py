"""A line a few centimetres wide: the usual range behind it, a marker at its end, gaps left as gaps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from app.widgets.html import Html, tag
from app.widgets.scale import Scale, scale_of, spread
from app.widgets.svg import area, path, picture

if TYPE_CHECKING:
    from collections.abc import Sequence

_USES = ("line", "band")


@dataclass(frozen=True, slots=True)
class Line:
    """A series for a small picture: values with None for gaps, its usual range, and how its end is marked.

    `lower` and `upper` are the usual range at each point, or None where there is none; `kinds` marks points;
    `phases` counts up where a definition changed, and the line is broken there.
    """

    values: tuple[float | None, ...]
    lower: tuple[float | None, ...] = ()
    upper: tuple[float | None, ...] = ()
    kinds: tuple[str, ...] = ()
    phases: tuple[int, ...] = ()


def sparkline(line: Line, alt: str, *, marks: int = 1) -> Html:
    """The picture with its alternative text; `marks` says how many points at the end may carry a marker."""
    if not any(value is not None for value in line.values):
        return tag("span", "None to show", cls="under")
    scale = scale_of(line.values, line.lower, line.upper)
    places = spread(len(line.values), 2, 97)
    drawn = _bands(line, scale, places) + _line(line, scale, places)
    return tag(
        "span",
        picture(drawn, alt, uses=_USES),
        _markers(line, scale, places, marks),
        _gap(line, places, marks),
        cls="spark",
    )


def _line(line: Line, scale: Scale, places: Sequence[float]) -> str:
    points = [None if v is None else (x, scale.y(v)) for x, v in zip(places, line.values, strict=True)]
    broken: list[tuple[float, float] | None] = []
    for index, point in enumerate(points):
        if index and _phase(line, index) != _phase(line, index - 1):
            broken.append(None)
        broken.append(point)
    return path(broken, "s-line", 1.5)


def _bands(line: Line, scale: Scale, places: Sequence[float]) -> str:
    """The usual range behind the line, apart where there is none."""
    if not line.lower or not line.upper:
        return ""
    numbered = range(len(places))
    runs = groupby(numbered, key=lambda n: (line.lower[n] is not None and line.upper[n] is not None, _phase(line, n)))
    return "".join(_band(line, scale, places, list(run)) for (there, _), run in runs if there)


def _phase(line: Line, index: int) -> int:
    return line.phases[index] if line.phases else 0


def _band(line: Line, scale: Scale, places: Sequence[float], run: list[int]) -> str:
    """One stretch of it, half a step wider than its points at both ends."""
    half = (places[1] - places[0]) / 2 if len(places) > 1 else 2
    edges = [(max(places[run[0]] - half, 0), run[0]), *((places[n], n) for n in run)]
    edges.append((min(places[run[-1]] + half, 100), run[-1]))
    tops = [(x, scale.y(line.upper[n] or 0.0)) for x, n in edges]
    feet = [(x, scale.y(line.lower[n] or 0.0)) for x, n in edges]
    return area(tops, feet, "f-band")


def _markers(line: Line, scale: Scale, places: Sequence[float], marks: int) -> list[Html]:
    """Markers from the end backwards: the last point always, those before it while they are unusual alike."""
    found: list[Html] = []
    last = line.kinds[-1] if line.kinds else "usual"
    if last in ("usual", "none"):
        marks = 1
    for back, index in enumerate(range(len(places) - 1, -1, -1)):
        value = line.values[index]
        kind = line.kinds[index] if line.kinds else "usual"
        if back >= marks or (back and kind != last):
            break
        if value is not None:
            found.append(_point(kind if kind != "none" else "usual", places[index], scale.y(value)))
    return found


def _gap(line: Line, places: Sequence[float], marks: int) -> list[Html]:
    """A hollow square at the foot where the last points are missing."""
    found: list[Html] = []
    for index in range(len(places) - 1, -1, -1):
        if line.values[index] is not None or len(found) == marks:
            break
        found.append(_point("none", places[index], 92))
    return found


def _point(kind: str, x: float, y: float) -> Html:
    return tag("span", cls=f"pt pt-{kind}", style=f"left:{x:.1f}%;top:{y:.1f}%", aria_hidden="true")
