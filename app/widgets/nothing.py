"""What a page says when there is nothing to show yet: what is missing, who owes it, what to press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Html, join, tag
from app.widgets.page import empty, opening

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.actors import Actor


def nothing_published(eyebrow: str, actor: Actor, begin: Sequence[Html] = ()) -> Html:
    """A page before the first publication, with the next step for whoever is reading; `begin`: how what it shows begins."""
    return join(
        opening(eyebrow, "Nothing has been published yet", "Pages show a publication, and there is none so far."),
        empty("What to do next", *_steps(actor)),
        empty("How to begin", *begin) if begin else None,
    )


def _steps(actor: Actor) -> list[Html]:
    returns = tag("a", "Returns", href=links.to("returns"))
    if actor.role == "business_unit":
        publish = tag("a", "Publish", href=links.to("publish"))
        return [
            join("Collect the agencies' returns on the page ", returns, "."),
            join("Then release the first publication on the page ", publish, "."),
        ]
    if actor.role in ("analyst", "approver"):
        return [join("Send your agency's return on the page ", returns, ". The business unit then publishes.")]
    return [join("The business unit publishes once the agencies' returns have come in.")]
