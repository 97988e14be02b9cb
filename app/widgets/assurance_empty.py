"""What the Assurance page says where its publication has nothing of it."""

from __future__ import annotations

from app import links
from app.widgets.html import Child, Html, join, tag
from app.widgets.learning_empty import command
from app.widgets.page import opening, section


def for_the_partnership(title: str) -> Html:
    """To everybody: what the page is, and that it is not for them."""
    return join(
        opening(
            title,
            "What agencies say of themselves, held against what others see",
            "Here the partnership sets self-assessments beside audits, figures and surveys, and asks where they disagree.",
        ),
        _part(
            "Shown to the partnership only",
            "No agency’s scores are public.",
            join(
                "How many have replied and the middle of each sector are public on the page ",
                tag("a", "Self-assessment", href=links.to("self-assessment")),
                ", what audits found on the page ",
                tag("a", "Audits", href=links.to("audits")),
                ".",
            ),
        ),
    )


def nothing_yet(title: str, period_id: str) -> Html:
    """To the partnership before anything has come in: what to send, who sends it and how."""
    return join(
        opening(
            title,
            "There is nothing to compare yet",
            "This page sets self-assessments beside audits, figures and surveys. None of them is in this publication.",
        ),
        _part("What to send", *how_to_begin(period_id)),
    )


def how_to_begin(period_id: str, *, with_command: bool = True) -> list[Html]:
    """What is set side by side, and where its templates are; the command is for who has the command line."""
    returns = tag("a", "Returns", href=links.to("returns"))
    page = join(
        "Each agency sends its self-assessment, the business unit the audits: templates are on the page ", returns, "."
    )
    line = join("From the command line: ", tag("code", command(period_id, "audit")))
    return [page, line] if with_command else [page]


def _part(title: str, *lines: Child) -> Html:
    return section(title, tag("div", [tag("p", line) for line in lines], cls="text"))
