"""What the Learning page says before there is any learning: what to send, who owes it, how to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import links
from app.widgets.html import Html, join, tag
from app.widgets.page import empty, opening
from schemas.catalogue import catalogue
from schemas.returns.learning import KIND

if TYPE_CHECKING:
    from schemas.actors import Actor


def no_learning(eyebrow: str, actor: Actor, period_id: str) -> Html:
    """The page before the first learning log, with the next step for whoever is reading."""
    lede = "A publication shows what was recommended, what was done, and what changed. This one has no learning in it."
    return join(
        opening(eyebrow, "No learning log has been published yet", lede),
        empty("What to do next", *_steps(actor, period_id)),
    )


def senders() -> tuple[str, ...]:
    """Who owes the learning log, by id."""
    return tuple(catalogue().calendar[KIND.id].senders)


def command(period_id: str, kind: str = KIND.id) -> str:
    """The command that writes the template of a log, whole: it runs as it stands."""
    agency = catalogue().calendar[kind].senders[0]
    return f"throughline template {kind} --agency {agency} --period {period_id} -o {kind}-{period_id}.xlsx"


def _steps(actor: Actor, period_id: str) -> list[Html]:
    owed_by = " and ".join(catalogue().agencies[agency].title for agency in senders())
    if actor.role != "business_unit":
        return [
            join(f"{owed_by} sends the learning log. It appears here with the publication after it has come in."),
        ]
    returns = tag("a", "Returns", href=links.to("returns"))
    publish = tag("a", "Publish", href=links.to("publish"))
    sheets = ", ".join(sheet.name for sheet in KIND.sheets)
    return [
        join(f"Fill in the template: {sheets}. One row a recommendation is enough to begin."),
        join("Or write it from the command line: ", tag("code", command(period_id))),
        join("Send it on the page ", returns, ", then release it on the page ", publish, "."),
    ]
