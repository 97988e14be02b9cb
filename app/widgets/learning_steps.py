"""How far recommendations have come: a bar for each step, and the same split by source, theme, agency and year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Child, Html, join, tag
from app.widgets.page import group, section
from app.widgets.tables import Column, Row, table
from pipelines.queries.learned import verdict_words
from pipelines.queries.learning_facts import IMPACT_FROM, STEPS
from pipelines.queries.learning_words import REACHED, meaning, since

if TYPE_CHECKING:
    from pipelines.queries.learning import Learning
    from pipelines.queries.learning_counts import StepCount

HIDDEN = "Hidden to protect"
DIMENSIONS = {"source": "source", "theme": "theme", "agency": "agency", "year": "year agreed"}
LIST = "list"
# The length of the longest bar in hundredths of its field; the rest is for its count.
_LONGEST = 88


def steps(found: Learning) -> Html | None:
    """The bars with their counts, and the tables that split them."""
    whole = found.whole
    if whole is None:
        return None
    words = since(found)
    note = (
        f"Recommendations {words}, by the furthest step with evidence. Each step includes those that went further. "
        "Impact is shown from “practised” on."
    )
    bars = [_bar(found, whole, level) for level in range(len(STEPS))]
    split = [_split(found, dimension, words) for dimension, words in DIMENSIONS.items()]
    hides = any(count.marker == "c" for count in found.counts)
    why = f"{HIDDEN}: a small count drawn from an incident could point at a child." if hides else None
    return section(
        "How far each recommendation has come",
        tag("ol", bars, cls="ladder"),
        tag("div", tag("h3", "The same, split by", cls="after"), split, tag("p", why, cls="second on") if why else None)
        if any(split)
        else None,
        note=note,
        anchor="steps",
    )


def shown(number: int | None) -> str:
    """A count, or that it is hidden."""
    return HIDDEN if number is None else f"{number:,}"


def _bar(found: Learning, whole: StepCount, level: int) -> Html:
    step, number = STEPS[level], whole.steps[level]
    name: Child = step.capitalize()
    if found.recommendations:
        name = tag("a", name, href=f"{links.to('learning', step=REACHED[step])}#{LIST}", cls="strong-link")
    longest = max((count for count in whole.steps if count is not None), default=0)
    width = 0.0 if not number or not longest else _LONGEST * number / longest
    look = f"bar{' with-impact' if level >= IMPACT_FROM else ''}"
    bar = tag("span", cls=look, style=f"width:{width:.1f}%", aria_hidden="true") if width else None
    from_here = join(" ", tag("b", "Impact is shown from here.")) if level == IMPACT_FROM else None
    return tag(
        "li",
        tag("span", name, cls="step"),
        " ",
        tag("span", bar, tag("b", shown(number), cls="many"), cls="row"),
        " ",
        tag("span", meaning(found, step), from_here, cls="means second"),
    )


def _split(found: Learning, dimension: str, words: str) -> Html | None:
    counts = found.by(dimension)
    if not counts:
        return None
    columns = [
        Column(words.capitalize(), width="25%"),
        *(Column(step.capitalize(), right=True) for step in STEPS),
        Column("Verdicts", width="25%", across=True),
    ]
    rows = [Row(count.label, (*map(_cell, count.steps), verdict_words(count) or "–")) for count in counts]
    made = table(f"How far recommendations have come, by {words}", columns, rows, cls="counted", hide_caption=True)
    return group(words.capitalize(), made, level=4)


def _cell(number: int | None) -> Html:
    return tag("span", "Hidden", cls="under") if number is None else tag("span", shown(number))
