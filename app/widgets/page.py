"""The bones of a page: how markup is shown, headings, sections, groups that open, empty states."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from app.widgets import scripts
from app.widgets.html import Child, Html, join, tag
from app.widgets.icons import mark
from app.widgets.tokens import css, follow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.session import Visit

_SHEETS = (
    "base",
    "frame",
    "parts",
    "charts",
    "mapping",
    "learning",
    "reviews",
    "assessed",
    "audits",
    "answer",
    "assurance",
    "upload",
    "print",
)

_HEADED = "page_is_headed"


@cache
def _style() -> str:
    folder = Path(__file__).parent / "css"
    sheets = "".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in _SHEETS)
    return f"<style>{css()}{sheets}{follow('.stPlotlyChart')}</style>"


def dress() -> None:
    """Put the app's style on the page, and keep its links inside the session; it has no heading yet."""
    st.session_state[_HEADED] = False
    st.html(_style())
    scripts.run(scripts.LINKS)


def put(*parts: Child) -> None:
    """Show markup as one block; nothing where there is nothing to say."""
    if any(part for part in parts):
        made = block(*parts)
        if "<h1" in made:
            st.session_state[_HEADED] = True
        st.html(made)


def is_headed() -> bool:
    """Whether this run of the page has put its heading."""
    return bool(st.session_state.get(_HEADED))


def look_here(visit: Visit, said: Child) -> None:
    """What came of a press, for the eye and the keyboard where the button is gone or far away; nothing where there is nothing."""
    if said:
        put(tag("p", said, cls="said look-here", role="status"))
        scripts.run(scripts.LOOK_HERE, visit.at.isoformat())


def block(*parts: Child) -> Html:
    """Markup in the wrapper that its styles and its narrow view hang on."""
    return tag("div", tag("div", *parts, cls="tl-in"), cls="tl")


def opening(eyebrow: Child, title: Child, lede: Child = None, *, strong: bool = False) -> Html:
    """The top of a page: where you are, the finding as its title, a sentence or two."""
    return tag(
        "header",
        tag("p", eyebrow, cls="eyebrow"),
        tag("h1", title),
        tag("p", lede, cls="lede lede-ink" if strong else "lede") if lede else None,
        cls="opening",
    )


def section(title: Child, *parts: Child, note: Child = None, anchor: str | None = None) -> Html:
    """One part of a page under its heading, with a quiet line saying what is shown."""
    head = tag("div", tag("h2", title), tag("p", note, cls="second") if note else None, cls="section-head")
    return tag("section", head, *parts, id=anchor)


def group(title: Child, inside: Child, *, aside: Child = None, is_open: bool = False, level: int = 3) -> Html:
    """A heading that opens to what is under it, without asking the server."""
    beside = tag("span", aside, cls="aside") if aside else None
    summary = tag("summary", tag(f"h{level}", title), beside)
    return tag("details", summary, tag("div", inside, cls="inside"), cls="group", open=is_open)


def more(label: Child, inside: Child) -> Html:
    """A quiet "show all" that opens in place."""
    summary = tag("summary", tag("span", label, cls="go"))
    return tag("details", summary, tag("div", inside, cls="inside"), cls="quiet")


def legend() -> Html:
    """What the icons mean, in words."""
    meanings = (
        ("concern", "Concern: unusual, in the wrong direction"),
        ("improvement", "Improvement: unusual, in the right direction"),
        ("unusual", "Unusual, with no right direction"),
        ("usual", "Within the usual range"),
        ("none", "No figure, with the reason"),
    )
    return legend_of(meanings)


def legend_of(meanings: Sequence[tuple[str, str]]) -> Html:
    """Shapes with their words, side by side."""
    return tag("ul", [tag("li", mark(name, meaning)) for name, meaning in meanings], cls="legend")


def empty(title: Child, *lines: Child) -> Html:
    """What is missing, who owes it and what to press."""
    return tag("div", tag("h3", title), [tag("p", line) for line in lines], cls="empty")


def rows(items: list[Html]) -> Html:
    """Short facts under one another, with a line between them."""
    return tag("ul", [tag("li", item) for item in items], cls="rows")


def terms(pairs: Sequence[tuple[Child, Child]]) -> Html:
    """Words and what they mean."""
    return tag("dl", [join(tag("dt", word), tag("dd", meaning)) for word, meaning in pairs], cls="terms")
