"""The few figures at the top of a page: counts that link, and facts about one indicator."""

from __future__ import annotations

from dataclasses import dataclass

from app.widgets.html import Child, Html, join, tag


@dataclass(frozen=True, slots=True)
class Count:
    """How many of how many, what they are, where to see them, and what it was before."""

    many: int
    of: int | None
    label: str
    href: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with its label above and its explanation under it."""

    label: str
    value: Child
    under: str = ""


def counts(items: list[Count]) -> Html:
    """Counts in a row, two by two where it is narrow."""
    return tag("ul", [_count(item) for item in items], cls="counts", style=f"--many:{len(items)}")


def facts(items: list[Fact]) -> Html:
    """Facts in a row, each a term and its value."""
    return tag("dl", [_fact(item) for item in items], cls="facts")


def _count(item: Count) -> Html:
    of = f"of {item.of:,}" if item.of is not None else None
    label = tag("a", item.label, href=item.href) if item.href else item.label
    return tag(
        "li",
        tag("span", tag("b", f"{item.many:,}"), of, cls="many"),
        tag("span", label, cls="what"),
        tag("span", item.note, cls="second") if item.note else None,
    )


def _fact(item: Fact) -> Html:
    under = tag("dd", item.under, cls="under") if item.under else None
    return tag("div", join(tag("dt", item.label), tag("dd", item.value), under))
