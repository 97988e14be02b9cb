"""A card for each priority: what is happening in a sentence, three measures, audit and learning."""

from __future__ import annotations

from dataclasses import dataclass

from app.widgets.html import Html, join, tag
from app.widgets.icons import mark
from app.widgets.sparkline import Line, sparkline


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a card: name, figure, how it varies in words, and its line."""

    name: str
    href: str
    figure: str
    n: str
    variation: str
    words: str
    line: Line | None
    alt: str


@dataclass(frozen=True, slots=True)
class Card:
    """A priority with its measures and the facts at its foot."""

    title: str
    sentence: str
    measures: tuple[Measure, ...]
    facts: tuple[tuple[str, str], ...] = ()


def cards(items: list[Card], *, cls: str = "") -> Html:
    """Cards in a row whose parts line up across the row."""
    return tag("div", [_card(item) for item in items], cls=f"cards {cls}".strip())


def _card(card: Card) -> Html:
    facts = [join(tag("dt", term), tag("dd", fact)) for term, fact in card.facts]
    return tag(
        "article",
        tag("h3", card.title),
        tag("p", card.sentence),
        [_measure(measure) for measure in card.measures],
        tag("dl", facts) if facts else None,
        cls="card",
    )


def _measure(measure: Measure) -> Html:
    drawn = measure.line is not None and any(value is not None for value in measure.line.values)
    line = sparkline(measure.line, measure.alt) if measure.line is not None and drawn else None
    return tag(
        "div",
        tag("span", tag("a", measure.name, href=measure.href), cls="name"),
        tag("span", tag("b", measure.figure), " ", tag("span", measure.n), cls="figure"),
        line,
        mark(measure.variation, measure.words),
        cls="measure",
    )
