"""HTML from plain values: everything is escaped unless it was built here."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_TOGETHER = re.compile(
    r"\b(?:FY|AY|CY)?\d{4}-\d{2}(?:[ -]Q[1-4])?\b"
    rf"|\b\d{{1,2}} (?:{MONTHS})\b(?: \d{{4}})?"
    r"|\b[A-Z]{1,2}-\d+\b"
    r"|\b\d[\d,.]*%? (?:of|to) \d+(?:,\d{3})*(?:\.\d+)?%?"
    r"|\bper \d{1,3},000\b"
    r"|\b\d[\d,.]* (?:points|days|quarters|weeks|months|years)\b"
)
_VOID = frozenset({"br", "col", "hr", "img"})


class Html(str):
    """Markup that is safe to show: built by this module, every value inside it escaped."""

    __slots__ = ()


Child: TypeAlias = "str | float | Sequence[Child] | None"


def words(text: str) -> Html:
    """Text for the page: escaped, and with dates, periods and counts kept on one line.

    >>> words("Due 30 September <b>")
    'Due <span class="nb">30 September</span> &lt;b&gt;'
    """
    if isinstance(text, Html):
        return text
    return _escaped(str(text))


def join(*children: Child, between: str = "") -> Html:
    """Children one after another; what is not markup yet is escaped, what is None is left out.

    >>> join("a & b", None, Html("<br>"))
    'a &amp; b<br>'
    """
    return Html(words(between).join(part for child in children if (part := _one(child))))


def tag(name: str, *children: Child, **attributes: str | float | bool | None) -> Html:
    """One element. `cls` is the class; `data_l` becomes data-l; None and False leave an attribute out.

    >>> tag("a", "R & D", href="?a=1&b=2", cls="x", hidden=False)
    '<a href="?a=1&amp;b=2" class="x">R &amp; D</a>'
    """
    named = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{named}>")
    return Html(f"<{name}{named}>{join(*children)}</{name}>")


def plain(markup: str) -> str:
    """The words of a piece of markup, as an alternative text or a file name needs them.

    >>> plain(words("Due 30 September"))
    'Due 30 September'
    """
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def hidden(text: str) -> Html:
    """Words for those who hear the page, where the eye has a picture or a position."""
    return tag("span", text, cls="sr")


# Kept apart from `words`: markup equals its own text, so one cache for both would let a value pass as markup.
@lru_cache(maxsize=8192)
def _escaped(text: str) -> Html:
    safe = html.escape(text, quote=True)
    return Html(_TOGETHER.sub(r'<span class="nb">\g<0></span>', safe))


def _one(child: Child) -> Html:
    if child is None:
        return Html("")
    if isinstance(child, str):
        return words(child)
    return words(str(child)) if isinstance(child, int | float) else join(*child)


def _attribute(key: str, value: str | float | None) -> str:
    if value is None or value is False:
        return ""
    name = "class" if key == "cls" else key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{html.escape(str(value), quote=True)}"'
