"""What the Audits page says before there is any audit: what to send, who owes it, how to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Html, join, tag
from app.widgets.learning_empty import command
from app.widgets.page import empty, opening

if TYPE_CHECKING:
    from schemas.actors import Actor


def no_audits(eyebrow: str, actor: Actor, period_id: str) -> Html:
    """The page before the first log of audits, with the next step for whoever is reading."""
    lede = "A publication shows which audits are planned, how practice was judged, and what was learned. This one has none."
    return join(
        opening(eyebrow, "No audit has been published yet", lede),
        empty("What to do next", *how_to_begin(actor, period_id)),
    )


def how_to_begin(actor: Actor, period_id: str) -> list[Html]:
    """From the template to what is published, for whoever is reading."""
    if actor.role != "business_unit":
        return [
            join(
                "The business unit sends the log of audits. Its template has a row for each audit that is planned. It appears here with the publication after it has come in."
            )
        ]
    returns, publish = (tag("a", name.capitalize(), href=links.to(name)) for name in ("returns", "publish"))
    return [
        join(
            "One row for each audit that is planned is enough to begin: its title, its theme, when it is to be reported."
        ),
        join("From the command line: ", tag("code", command(period_id, "audit"))),
        join("Send it on the page ", returns, ", then release it on the page ", publish, "."),
    ]
