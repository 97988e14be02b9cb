"""The bones of a page: how markup is shown, headings, sections, groups that open, empty states."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from app.widgets.html import Child, Html, join, tag
from app.widgets.icons import mark
from app.widgets.tokens import css, follow

if TYPE_CHECKING:
    from collections.abc import Sequence

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

# A link inside our markup would load the whole app afresh and start a new session. This hands it to Streamlit's
# own history instead, so that the session stays; where scripts are refused the link still works as a plain link.
# A part of another page is not there yet when its link is followed, so it is looked for until the page has settled.
_LINKS = """<script>
if (!window.throughlineLinks) {
  window.throughlineLinks = true;
  const seek = (part, left) => {
    const found = document.getElementById(part);
    if (found) found.scrollIntoView();
    if (left) setTimeout(() => seek(part, left - 1), 250);
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest(".tl button.print")) window.print();
    const link = event.target.closest && event.target.closest(".tl a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const to = new URL(link.href, location.href);
    if (to.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    history.pushState({}, "", to.pathname + to.search + to.hash);
    window.dispatchEvent(new PopStateEvent("popstate"));
    const main = document.querySelector(".stMain");
    if (main) main.scrollTo(0, 0);
    if (to.hash) seek(to.hash.slice(1), 6);
  });
}
</script>"""


@cache
def _style() -> str:
    folder = Path(__file__).parent / "css"
    sheets = "".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in _SHEETS)
    return f"<style>{css()}{sheets}{follow('.stPlotlyChart')}</style>"


def dress() -> None:
    """Put the app's style on the page, and keep its links inside the session."""
    st.html(_style())
    st.html(_LINKS, unsafe_allow_javascript=True)


def put(*parts: Child) -> None:
    """Show markup as one block; nothing where there is nothing to say."""
    if any(part for part in parts):
        st.html(block(*parts))


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
