"""The chart of a verdict: the range before a change, frozen, and what came after it, small enough for a card."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from app.widgets.html import Html, tag
from app.widgets.scale import Scale, scale_of
from app.widgets.svg import area, dots, path, picture

if TYPE_CHECKING:
    from collections.abc import Sequence

_USES = ("line", "limit", "band", "ink", "usual", "rule-2")
# The chart's left and right edge in the picture, in hundredths of its width.
_LEFT, _RIGHT = 2.0, 98.0
# Room above for the label of the change and below for the words of the range.
_MARGIN = 15.0
_FOOT = 100.0
# As many letters of the latest value as the room on the right of the picture holds.
_BESIDE = 6
# Beyond so many periods a review date is named under the chart and not drawn: the line would be squeezed to nothing.
AHEAD = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """One period: its value or None for a gap, the frozen range there, its kind, and whether it is before the change."""

    value: float | None
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    kind: str = "usual"
    is_before: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the chart shows. Places count periods: 2.5 lies between the third and the fourth.

    `review_at` is None where the review date lies too far ahead to be drawn.
    """

    marks: tuple[Mark, ...]
    first: str
    last: str
    latest_words: str
    usual_words: str
    changed_words: str
    changed_at: float | None
    review_words: str
    review_at: float | None
    alt: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Field:
    """Where periods and values lie in the picture."""

    count: float
    scale: Scale

    def x(self, place: float) -> float:
        """The horizontal place of a period, half a period of room at both ends."""
        return _LEFT + (_RIGHT - _LEFT) * (place + 0.5) / self.count


def verdict_chart(shown: Verdict) -> Html:
    """The picture with its labels over it, its dates below, and what its marks mean in words."""
    field = _field(shown)
    shapes = _range(shown, field) + _verticals(shown, field) + _line(shown, field)
    inside = (
        picture(shapes, shown.alt, uses=_USES),
        _label(shown, field),
        _usual(shown, field),
        _marked(shown, field),
        _latest(shown, field),
    )
    return tag("div", tag("div", inside, cls="field"), _ends(shown, field), _under(shown), cls="vchart")


def _field(shown: Verdict) -> _Field:
    last = len(shown.marks) - 0.5
    ahead = max(last, shown.review_at or 0.0) - last
    levels = [(mark.value, mark.mean, mark.lower, mark.upper) for mark in shown.marks]
    return _Field(max(len(shown.marks) + min(ahead, AHEAD), 1), scale_of(*levels, margin=_MARGIN))


def _range(shown: Verdict, field: _Field) -> str:
    """The band over the baseline only; from the change on its limits and mean run on dashed, as they were frozen."""
    numbered = list(enumerate(shown.marks))
    runs = groupby(numbered, key=lambda pair: (pair[1].is_before, pair[1].lower is None, pair[1].mean is None))
    drawn = ""
    for (is_before, _, _), members in runs:
        run = list(members)
        drawn += _band(run, field) if is_before else ""
        for name in ("lower", "mean", "upper"):
            level = _level(run, name, field)
            if level:
                drawn += path(level, "s-limit", 1.0, *([] if is_before and name == "mean" else ["4 3"]))
    return drawn


def _band(run: Sequence[tuple[int, Mark]], field: _Field) -> str:
    tops, feet = _level(run, "upper", field), _level(run, "lower", field)
    return area(tops, feet, "f-band") if tops and feet else ""


def _level(run: Sequence[tuple[int, Mark]], name: str, field: _Field) -> list[tuple[float, float]]:
    """A limit over a stretch of periods, from half a period before the first to half a period after the last."""
    levels = [(place, getattr(mark, name)) for place, mark in run]
    if any(level is None for _, level in levels):
        return []
    heights = [(place, field.scale.y(level)) for place, level in levels]
    first, last = heights[0], heights[-1]
    return [
        (field.x(first[0] - 0.5), first[1]),
        *((field.x(place), height) for place, height in heights),
        (field.x(last[0] + 0.5), last[1]),
    ]


def _verticals(shown: Verdict, field: _Field) -> str:
    change = None if shown.changed_at is None else field.x(shown.changed_at)
    review = None if shown.review_at is None else field.x(shown.review_at)
    drawn = "" if change is None else path([(change, 0), (change, 100)], "s-ink", 1.3)
    return drawn + ("" if review is None else path([(review, 12), (review, _FOOT - 3)], "s-rule-2", 1.2, "2 3"))


def _line(shown: Verdict, field: _Field) -> str:
    points = [
        None if mark.value is None else (field.x(place), field.scale.y(mark.value))
        for place, mark in enumerate(shown.marks)
    ]
    plain = [
        point for point, mark in zip(points, shown.marks, strict=True) if point is not None and mark.kind == "usual"
    ]
    return path(points, "s-line", 1.6) + dots(plain, "s-usual", 4.6)


def _label(shown: Verdict, field: _Field) -> Html | None:
    """The label of the change, on the side where there is room."""
    if shown.changed_at is None:
        return None
    x = field.x(shown.changed_at)
    side, style = ("before", f"right:{100 - x:.1f}%") if x > 50 else ("after", f"left:{x:.1f}%")
    return tag("span", shown.changed_words, cls=f"change {side}", style=style, aria_hidden="true")


def _usual(shown: Verdict, field: _Field) -> Html | None:
    """The range in words, under its band."""
    lower = next((mark.lower for mark in shown.marks if mark.is_before and mark.lower is not None), None)
    if lower is None or not shown.usual_words:
        return None
    top = f"top:{field.scale.y(lower):.1f}%;left:{_LEFT}%"
    return tag("span", shown.usual_words, cls="range", style=top, aria_hidden="true")


def _marked(shown: Verdict, field: _Field) -> list[Html]:
    """Coloured marks where there is a signal, hollow squares where a point is not shown, and the review date."""
    made: list[Html] = []
    for place, mark in enumerate(shown.marks):
        if mark.value is None:
            made.append(_point("none", field.x(place), _FOOT))
        elif mark.kind != "usual":
            made.append(_point(mark.kind, field.x(place), field.scale.y(mark.value)))
    if shown.review_at is not None:
        made.append(_point("review", field.x(shown.review_at), _FOOT))
    return made


def _latest(shown: Verdict, field: _Field) -> list[Html]:
    """The last figure shown, in bold beside its point."""
    known = [(field.x(n), field.scale.y(m.value), m.kind) for n, m in enumerate(shown.marks) if m.value is not None]
    if not known:
        return []
    x, y, kind = known[-1]
    long = len(shown.latest_words) > _BESIDE
    # Too long for the room beside the point, it stands above it and ends where that room ends.
    side, cls = (f"right:calc({100 - x:.1f}% - 54px)", "value long") if long else (f"left:{x:.1f}%", "value")
    value = tag("span", shown.latest_words, cls=cls, style=f"{side};top:{y:.1f}%", aria_hidden="true")
    return [value] if kind != "usual" else [_point("usual", x, y), value]


def _ends(shown: Verdict, field: _Field) -> Html:
    last = min(field.x(len(shown.marks) - 1), _RIGHT)
    right = tag("span", shown.last, cls="last", style=f"right:{max(98 - last, 0):.1f}%")
    return tag("div", tag("span", shown.first), right, cls="ends", aria_hidden="true")


def _under(shown: Verdict) -> Html:
    review = tag("span", tag("span", cls="pt pt-review", aria_hidden="true"), " ", shown.review_words)
    note = tag("span", tag("span", cls="pt pt-none", aria_hidden="true"), " ", shown.note) if shown.note else None
    return tag("p", review, note, cls="key")


def _point(kind: str, x: float, y: float) -> Html:
    return tag("span", cls=f"pt pt-{kind}", style=f"left:{x:.1f}%;top:{y:.1f}%", aria_hidden="true")
