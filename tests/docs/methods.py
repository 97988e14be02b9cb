"""The page of methods, from `schemas/published/methods.toml`, as About the data shows them."""

from __future__ import annotations

from schemas.published.methods import METHOD_VERSION, Method, methods
from tests.docs.markdown import code, page, table

INTRODUCTION = f"""
Every measure, chart and rule a release can hold: what it is for, how it is worked out, when it is used and when not,
where it comes from, and which function does it. The same text stands under *About the data → Methods*. A release names
the version of the methods it was made with, now **{METHOD_VERSION}**, and each of its figures says which of them made it.
"""


def methods_page() -> str:
    """The whole page."""
    known = methods()
    parts: list[str] = []
    for name in known.groups:
        parts.append(f"## {name}")
        parts += [_entry(each) for each in known.in_group(name)]
    versions = [(code(each.version), each.change) for each in known.version]
    return page("Methods", INTRODUCTION, *parts, "## Versions", table(("version", "what it changed"), versions))


def _entry(each: Method) -> str:
    lines = (
        f"**Formula.** {each.formula}",
        f"**Used.** {each.when}",
        f"**Not used.** {each.when_not}",
        f"**Source.** {each.reference}.",
        f"**Function.** {', '.join(map(code, each.functions))}.",
    )
    return f"### {each.title}\n\n{each.what_for}\n\n" + "\n".join(f"- {line}" for line in lines)
