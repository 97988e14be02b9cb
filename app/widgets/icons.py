"""Icons drawn in CSS, always beside the word that says the same."""

from __future__ import annotations

from app.widgets.html import Child, Html, tag

# The publication says "none" where nothing can be judged; the eye gets the dashed ring of "no figure".
WORDS = {
    "concern": "Concern",
    "improvement": "Improvement",
    "unusual": "Unusual",
    "usual": "Usual range",
    "none": "Not judged",
    "missing": "Not supplied",
}


def icon(name: str) -> Html:
    """The shape alone; the word stands beside it, so the shape is not read out."""
    return tag("span", cls=f"ic ic-{name}", aria_hidden="true")


def mark(name: str, label: Child = None) -> Html:
    """The shape with its word.

    >>> mark("concern").endswith("<span>Concern</span></span>")
    True
    """
    return tag("span", icon(name), tag("span", WORDS[name] if label is None else label), cls="mark")
