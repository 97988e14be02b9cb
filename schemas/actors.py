"""Who acts, and what their role lets them do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

Role = Literal[
    "executive",
    "scrutineer",
    "legal_adviser",
    "business_unit",
    "analyst",
    "approver",
    "respondent",
    "chair",
    "practitioner",
    "public",
]

ROLES: tuple[Role, ...] = get_args(Role)
# Who sends the scrutineer's views; nobody else may.
SCRUTINEER = "scrutineer"
# Those who send for one agency, or one respondent, and see only what is its own.
_OF_ONE_SENDER: tuple[Role, ...] = ("analyst", "approver", "respondent")
# The roles that send returns at all.
SENDERS: tuple[Role, ...] = ("analyst", "approver", "respondent", "business_unit", "scrutineer")

AUDIENCE_OF_ROLE: dict[str, str] = {
    "executive": "executive",
    "scrutineer": "executive",
    "legal_adviser": "executive",
    "business_unit": "executive",
    "analyst": "partnership",
    "approver": "partnership",
    "respondent": "public",
    "chair": "partnership",
    "practitioner": "public",
    "public": "public",
}
# Who reads an audience's publications reads those of every narrower one as well.
_READS = {
    "executive": ("executive", "partnership", "public"),
    "partnership": ("partnership", "public"),
    "public": ("public",),
}
# The roles that belong to one sender: an agency, or a respondent.
OF_AN_AGENCY: tuple[Role, ...] = ("analyst", "approver")


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting in a role, for one agency where the role belongs to one.

    `still` is for whoever is signed in: it raises UserError once they no longer are, or no longer in this role. Every check
    below the page asks it, so that somebody whose access has just ended does nothing more, wherever the page stands.
    `login` is this machine's own name for whoever uses the command line; empty where somebody acts on a page.
    """

    name: str
    role: Role
    agency_id: str | None = None
    still: Callable[[], None] | None = field(default=None, compare=False, repr=False)
    login: str = ""


def confirm(actor: Actor) -> None:
    """Stop anybody who was signed in when the page was made and is not any more."""
    if actor.still is not None:
        actor.still()


def may_read(role: str, audience: str) -> bool:
    """Whether a role reads the publications of an audience.

    >>> may_read("analyst", "executive"), may_read("analyst", "public"), may_read("executive", "partnership")
    (False, True, True)
    """
    return audience in _READS[AUDIENCE_OF_ROLE[role]]


def require_reader(actor: Actor, audience: str) -> None:
    """Stop anybody whose role does not read what was published for an audience.

    >>> require_reader(Actor("a", "practitioner"), "partnership")
    Traceback (most recent call last):
    ...
    schemas.problems.UserError: A practitioner does not read what is published for the audience partnership.
    """
    confirm(actor)
    if not may_read(actor.role, audience):
        who = actor.role.replace("_", " ")
        said = audience if audience in _READS else "nobody knows"
        raise UserError(f"{_article(who)} {who} does not read what is published for the audience {said}.")


def may_act_for(actor: Actor, agency_id: str) -> bool:
    """Whether the actor may send, and so see, what this agency has not published.

    The business unit acts for every agency, but nobody for the scrutineer. UserError for whoever is no longer signed in.

    >>> may_act_for(Actor("a", "analyst", "ltht"), "lcc_cf"), may_act_for(Actor("a", "business_unit"), "lcc_cf")
    (False, True)
    """
    confirm(actor)
    if agency_id == SCRUTINEER or actor.role == "scrutineer":
        return agency_id == SCRUTINEER and actor.role == "scrutineer"
    if not agency_id:
        return False
    return actor.role == "business_unit" or (actor.role in _OF_ONE_SENDER and actor.agency_id == agency_id)


def require(actor: Actor, *roles: Role, agency_id: str | None = None) -> None:
    """Stop anybody whose role, or whose agency, does not cover the act.

    The business unit acts for every agency; an analyst or approver only for their own.

    >>> require(Actor("a", "business_unit"), "analyst", "business_unit", agency_id="lcc_cf")
    >>> require(Actor("a", "analyst", "ltht"), "analyst", agency_id="lcc_cf")
    Traceback (most recent call last):
    ...
    schemas.problems.UserError: An analyst of ltht cannot act for lcc_cf.
    """
    confirm(actor)
    if actor.role not in roles:
        allowed = ", ".join(role.replace("_", " ") for role in roles)
        raise UserError(f"This needs the role {allowed}; you are signed in as {actor.role.replace('_', ' ')}.")
    if agency_id is None or may_act_for(actor, agency_id):
        return
    if agency_id == SCRUTINEER:
        raise UserError("Only the independent scrutineer can place views on the record, or change them.")
    of = f" of {actor.agency_id}" if actor.agency_id else ""
    whom = agency_id or "an agency that is not named"
    raise UserError(f"{_article(actor.role)} {actor.role.replace('_', ' ')}{of} cannot act for {whom}.")


def _article(role: str) -> str:
    return "An" if role[0] in "aeiou" else "A"
