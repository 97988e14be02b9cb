"""Grades as bars from zero: good or better filled, requires improvement hollow, inadequate marked; counts beside in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.html import Html, tag
from app.widgets.svg import picture
from app.widgets.tables import Column, Row, table, two_lines
from pipelines.queries.audit_facts import GRADE_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.widgets.html import Child
    from pipelines.queries.audit_facts import Grade

HIDDEN = "Hidden to protect"
# How each grade is drawn: solid, solid and lighter, an outline, and the mark of concern. Never by its colour alone.
_LOOKS = ("f-improvement", "f-before-impact", "s-rule-2", "f-concern s-concern-edge")
_USES = ("improvement", "before-impact", "rule-2", "concern", "concern-edge")
# Room between two parts of a bar, and at its ends for the strokes, in hundredths of the field.
_GAP, _INSET = 0.5, 4.0


def graded(caption: str, grades: Sequence[Grade], *, name: str = "Domain", by_agency: bool = False) -> Html:
    """A bar and its counts for each domain, all on one scale of cases."""
    most = max((sum(one.counts) for one in grades if one.counts), default=0)
    columns = [
        Column(name, width="27%"),
        Column("Cases, by grade", "Grades", width="33%", across=True),
        *(Column(words, right=True) for words in GRADE_WORDS),
        Column("n", "Cases judged", right=True),
    ]
    rows = [Row(_name(one, by_agency=by_agency), _cells(one, most)) for one in grades]
    return table(caption, columns, rows, cls="graded", hide_caption=True)


def shares(caption: str, grades: Sequence[Grade]) -> Html:
    """The share good or better of each domain, where a release gives whole percentages and no counts."""
    columns = [Column("Domain", width="40%"), Column("Good or better"), Column("Cases judged, rounded", right=True)]
    rows = [Row(one.domain_words, (_share(one), HIDDEN if one.n is None else f"{one.n}")) for one in grades]
    return table(caption, columns, rows, cls="pairs fixed", hide_caption=True)


def legend() -> Html:
    """What each part of a bar is, in words."""
    items = [
        tag("li", tag("span", cls=f"swatch swatch-{number}", aria_hidden="true"), words)
        for number, words in enumerate(GRADE_WORDS)
    ]
    return tag("ul", items, cls="legend")


def _name(one: Grade, *, by_agency: bool) -> Child:
    under = one.words
    if one.not_judged:
        under += f"; {one.not_judged} not enough to judge"
    return two_lines(one.whose_words if by_agency else one.domain_words, under)


def _cells(one: Grade, most: int) -> tuple[Child, ...]:
    if one.counts is None:
        return (tag("span", HIDDEN, cls="under"), *(["–"] * len(GRADE_WORDS)), "–")
    return (_bar(one, most), *(f"{count:,}" for count in one.counts), f"{one.n:,}")


def _bar(one: Grade, most: int) -> Html:
    counts = one.counts or ()
    said = ", ".join(f"{count} {words.lower()}" for count, words in zip(counts, GRADE_WORDS, strict=True) if count)
    shapes, left = "", _INSET / 4
    for count, look in zip(counts, _LOOKS, strict=True):
        width = (100 - _INSET / 2) * count / most
        if count:
            inside = f"x='{left + _GAP / 2:.2f}' width='{max(width - _GAP, 0.2):.2f}' y='6' height='88'"
            shapes += f"<rect class='{look}' stroke-width='1.4' {inside}/>"
        left += width
    return tag("span", picture(shapes, f"{one.domain_words}: {said}", uses=_USES), cls="gradebar")


def _share(one: Grade) -> Child:
    if one.marker:
        return HIDDEN
    if one.good_percent is None:
        return "Too few cases for a share"
    width = f"width:{one.good_percent:.0f}%" if one.good_percent else None
    bar = tag("span", cls="bar" if one.good_percent else "zero", style=width, aria_hidden="true")
    return tag("span", bar, tag("b", f"{one.good_percent:.0f}%"), cls="length")
