"""What the Assurance page says where its publication has nothing of it."""

from __future__ import annotations

from app import links
from app.widgets.html import Html, join, tag
from app.widgets.learning_empty import command
from app.widgets.page import empty, opening


def for_the_partnership(title: str) -> Html:
    """To everybody: what the page is, and that it is not for them."""
    return join(
        opening(
            title,
            "What agencies say of themselves, held against what others see",
            "Here the partnership sets self-assessments beside audits, figures and surveys, and asks where they disagree.",
        ),
        empty(
            "Shown to the partnership only",
            "No agency’s scores are public. How many have replied, the middle of each sector and what audits found are: "
            "see Self-assessment and Audits.",
        ),
    )


def nothing_yet(title: str, period_id: str) -> Html:
    """To the partnership before anything has come in: what to send, who sends it and how."""
    returns = tag("a", "Returns", href=links.to("returns"))
    return join(
        opening(
            title,
            "There is nothing to compare yet",
            "This page sets self-assessments beside audits, figures and surveys. None of them is in this publication.",
        ),
        empty(
            "What to send",
            join(
                "Each agency sends its self-assessment, the business unit the audits: templates are on the page ",
                returns,
                ".",
            ),
            join("From the command line: ", tag("code", command(period_id, "audit"))),
        ),
    )
