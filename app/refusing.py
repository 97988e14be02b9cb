"""What a page says of an act that could not be done: never where anything lies on the server, nor how it is set up."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from app import links, session
from app.widgets.html import Html, tag
from app.widgets.page import empty, is_headed, opening
from app.widgets.pressed import pressed
from pipelines.flows import signing_in
from schemas.problems import HomeError, UserError

if TYPE_CHECKING:
    from app.session import Visit
    from schemas.actors import Actor

_LOG = logging.getLogger("throughline")
_NOBODY_NAMED = "the business unit"


def on_page(why: UserError) -> str:
    """The sentence for the reader, without commands to type; where it is about the machine, whom to tell instead, and its own words go to the log."""
    if not isinstance(why, HomeError):
        return pressed(str(why))
    said = str(why)  # as text, because the log names a fault by its kind only
    _LOG.warning("%s", said)
    return f"{why.on_page} If it lasts, tell {contact()}."


def not_done(actor: Actor, why: UserError) -> tuple[Html, ...]:
    """In the place of what is left of a page: what could not be done, and for the business unit what mends it.

    With a heading of its own where the page had none yet: a reader who hears the page would not know what it is.
    """
    title, said = "This could not be done", on_page(why)
    to_mend = why.to_mend if isinstance(why, HomeError) and actor.role == "business_unit" else ""
    if is_headed():
        return (empty(title, said, *([to_mend] if to_mend else [])),)
    top = opening("Throughline", title, said)
    return (top, empty("What to do", to_mend)) if to_mend else (top,)


def contact() -> str:
    """Whom readers are told to ask, as the list of who may sign in says it."""
    return signing_in.door(session.home()).contact or _NOBODY_NAMED


def not_whole(visit: Visit) -> tuple[Html, ...]:
    """In the place of a page that shows figures, where no publication can be opened: what is wrong, for whoever can mend it."""
    title = "The figures cannot be shown at the moment"
    if visit.actor.role == "business_unit":
        how = tag(
            "span",
            "Bring it back with “throughline restore”, or ",
            tag("a", "publish again", href=links.to("publish")),
            ".",
        )
        return opening("Throughline", title, visit.fault), empty("What to do", how)
    lede = "What was published can no longer be opened. Nothing that was sent is lost by it."
    return opening("Throughline", title, lede), empty("What to do", f"Tell {contact()}.")
