"""What stands at the entrance for whoever is not let in: what to do, whom to ask, and nothing of what is inside."""

from __future__ import annotations

from app.widgets.html import Html, join, tag
from app.widgets.page import empty, opening
from schemas.catalogue import catalogue

# Where what is missing is said in full: a visitor can do nothing with it.
_RUNS_IT = "Tell whoever runs this dashboard: where it was started it says what is missing."


def sign_in(contact: str) -> Html:
    """The first page: one line of what this is, above the button."""
    whom = f"With the account of your own organisation. To be given access, ask: {contact}."
    return opening(_name(), "Sign in to read and to send", whom)


def who(name: str, role: str) -> Html:
    """Who is signed in, for the foot of the sidebar."""
    return tag("p", "Signed in as ", tag("b", name), f", {role}", cls="second who")


def unknown(contact: str, address: str, *, is_doubted: bool = False) -> tuple[Html, ...]:
    """For somebody whom the list does not let in: whom to ask, and the address to quote.

    `is_doubted`: their provider has not verified that the address is theirs, so it opens nothing on any list.
    """
    with_which = (
        join("Tell them the address you signed in with: ", tag("b", address), ".")
        if address
        else "Tell them that your sign-in came without an address."
    )
    if is_doubted:
        with_which = join(
            with_which,
            " Your organisation’s sign-in does not say that this address is yours; it has to be verified there first.",
        )
    lede = "Your organisation knows you, but this dashboard has not been opened to you, or not for today."
    return (
        opening(_name(), "You have no access here", lede),
        empty("Whom to ask", contact, with_which),
    )


def again(title: str, lede: str) -> tuple[Html, ...]:
    """For a sign-in that holds no longer."""
    return (opening(_name(), title, lede),)


def not_logged() -> tuple[Html, ...]:
    """For somebody on the list whose sign-in the event log cannot take."""
    return (
        opening(
            _name(),
            "You cannot be signed in at the moment",
            "Every sign-in is kept in the event log, which takes no entry now. Try again in a minute; if it lasts, tell the "
            "business unit.",
        ),
    )


def opens_nothing_more(contact: str, address: str) -> Html:
    """For somebody who has signed in and is not on the list, above the public's pages, which they read as anybody does."""
    who = join("You are signed in as ", tag("b", address), ", which") if address else "Your sign-in"
    return tag(
        "p", who, f" opens no more here than what anybody reads. To be given access, ask: {contact}.", cls="earlier"
    )


def not_usable(contact: str) -> tuple[Html, ...]:
    """For everybody while the list has a fault; what it is stands in the server's log, and not here."""
    return (
        opening(
            _name(),
            "Nobody can sign in at the moment",
            "The list of who may see what cannot be read, so nothing is shown.",
        ),
        empty("What to do", f"Tell {contact or 'the business unit'}."),
    )


def not_set_up() -> tuple[Html, ...]:
    """For everybody while there is no list."""
    return (
        opening(_name(), "Sign-in is not set up yet", "Nobody can be told apart here, so nothing is shown."),
        empty("What to do", _RUNS_IT),
    )


def no_provider() -> tuple[Html, ...]:
    """For everybody while there is a list and no provider to sign in through."""
    return (
        opening(
            _name(), "Sign-in is not set up yet", "There is a list of people, and no provider to tell who they are."
        ),
        empty("What to do", _RUNS_IT),
    )


def _name() -> str:
    return catalogue().partnership.name
