"""Markdown as the generated pages write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def page(title: str, introduction: str, *parts: str) -> str:
    """A generated page: its title, what it is, where it comes from, its parts."""
    source = "*Made from the code by `make docs`. Change the code, not this page.*"
    return "\n\n".join([f"# {title}", introduction.strip(), source, *(part.strip() for part in parts)]) + "\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a cell's bars and line breaks are written so that they do not end it."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cell(found) for found in line) + " |" for line in lines)


def facts(pairs: Iterable[tuple[str, object]]) -> str:
    """A list of facts, one a line, leaving out those that say nothing."""
    return "\n".join(f"- **{name}**: {words}" for name, words in pairs if words)


def cell(found: object) -> str:
    """Text that stays inside a table's cell."""
    return str(found).replace("|", "\\|").replace("\n", " ").strip()


def code(found: object) -> str:
    """Text as code; a sign that would end it is kept by doubling the quotes."""
    text = str(found)
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def link(title: str) -> str:
    """A link to a heading of the same page."""
    return f"[{title}](#{slug(title)})"


def slug(heading: str) -> str:
    """The address that GitHub gives a heading.

    >>> slug("CP07 Second or subsequent plans (within 2 years)")
    'cp07-second-or-subsequent-plans-within-2-years'
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
