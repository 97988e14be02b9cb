"""A finding as an item: marker, sentence, owner, the agency's account, and a small line of the last years."""

from __future__ import annotations

from dataclasses import dataclass

from app.widgets.html import Html, hidden, join, tag
from app.widgets.icons import WORDS, icon
from app.widgets.sparkline import Line, sparkline


@dataclass(frozen=True, slots=True)
class Item:
    """What one finding shows; `account` is the agency's own words, empty where it has sent none."""

    marker: str
    lead: str
    sentence: str
    href: str
    owner: str
    account_by: str = ""
    account: str = ""
    note: str = ""
    line: Line | None = None
    alt: str = ""
    since: str = ""


def findings(items: list[Item]) -> Html:
    """Findings in their order, worst first."""
    return tag("ol", [_item(item) for item in items], cls="findings")


def said(by: str, text: str) -> Html:
    """Somebody's own words, with who said them."""
    return tag("p", tag("b", f"{by}:"), " ", text, cls="said")


def not_said(text: str) -> Html:
    """Where somebody's words are still owed."""
    return tag("p", text, cls="said not-yet")


def _item(item: Item) -> Html:
    lead = tag("a", item.lead, href=item.href)
    words = tag(
        "div",
        tag("p", hidden(f"{WORDS.get(item.marker, '')}: "), lead, " ", item.sentence, cls="sentence"),
        tag("p", item.owner, cls="owner") if item.owner else None,
        _account(item),
    )
    return tag("li", icon(item.marker), words, _picture(item), cls="finding")


def _account(item: Item) -> Html | None:
    if item.account:
        return said(item.account_by, item.account)
    return not_said(item.note) if item.note else None


def _picture(item: Item) -> Html | None:
    if item.line is None:
        return None
    since = tag("span", item.since, cls="under") if item.since else None
    return tag("div", join(sparkline(item.line, item.alt, marks=3), since), cls="picture")
