"""The methods of a release as closed groups: each with what it is for, its formula, when it is used and when not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.widgets.html import Child, Html, join, tag
from app.widgets.page import group, section, terms
from schemas.published.methods import METHOD_VERSION, methods

if TYPE_CHECKING:
    from schemas.published.methods import Method


def methods_shown() -> Html:
    """Every measure, chart and rule under its group's heading, each closed, then what each version changed."""
    known = methods()
    note = "Each with its formula, when it is used and when not, and where it comes from. Open one to read it."
    made = [_group(name, known.in_group(name)) for name in known.groups]
    return section("Methods", made, _versions(), note=note, anchor="methods-in-full")


def _group(name: str, found: tuple[Method, ...]) -> Html:
    inside = [group(each.title, _method(each), level=4) for each in found]
    return group(name, join(inside), aside=tag("span", f"{len(found)} methods"))


def _method(each: Method) -> Html:
    pairs: list[tuple[Child, Child]] = [
        ("What it is for", each.what_for),
        ("Formula", each.formula),
        ("Used", each.when),
        ("Not used", each.when_not),
        ("Source", each.reference),
        ("Function", tag("span", ", ".join(each.functions), cls="breaks")),
    ]
    return terms(pairs)


def _versions() -> Html:
    pairs = [(f"Version {each.version}", each.change) for each in reversed(methods().version)]
    return group(f"Versions of the methods, now {METHOD_VERSION}", terms(pairs))
