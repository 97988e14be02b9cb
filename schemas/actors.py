"""Who acts, and what their role lets them do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.problems import UserError

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


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting in a role, for one agency where the role belongs to one."""

    name: str
    role: Role
    agency_id: str | None = None


def may_act_for(actor: Actor, agency_id: str) -> bool:
    """Whether the actor may send, and so see, what this agency has not published.

    The business unit acts for every agency, but nobody for the scrutineer.

    >>> may_act_for(Actor("a", "analyst", "ltht"), "lcc_cf"), may_act_for(Actor("a", "business_unit"), "lcc_cf")
    (False, True)
    """
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
