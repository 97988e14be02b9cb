"""The shape of access.toml: the people, the providers that vouch for them, and whom to ask."""

from __future__ import annotations

import re
from datetime import date, datetime  # noqa: TC003 - pydantic reads them
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from schemas.actors import Actor, Role
from schemas.catalogue.entry import Entry

# Addresses of Microsoft that stand for every organisation there is: anybody's tenant could vouch for anybody.
_EVERYBODY = re.compile(r"login\.microsoftonline\.com/(common|organizations|consumers)\b", re.IGNORECASE)


def _plain(said: str) -> str:
    if not said.isprintable():
        raise ValueError("must be one line of plain text")
    return said


def _address(said: str) -> str:
    if said and not re.fullmatch(r"[!-~]+@[!-~]+", said):
        raise ValueError(f"must be an e-mail address in plain letters, and “{said[:40]}” is none")
    return said.lower()


def _one_issuer(said: str) -> str:
    if said and not said.startswith("https://") and not said.startswith(("http://127.0.0.1", "http://localhost")):
        raise ValueError("must begin with https://")
    if _EVERYBODY.search(said) or "{" in said:
        raise ValueError("must name one organisation: put your own tenant's id in its place")
    return said


def bare(issuer: str) -> str:
    """An issuer without the slash at its end: providers and people write it with and without, and mean the same.

    >>> bare("https://id.example/") == bare("https://id.example")
    True
    """
    return issuer.removesuffix("/")


Line = Annotated[str, Field(max_length=200), AfterValidator(_plain)]
Address = Annotated[str, Field(max_length=254), AfterValidator(_address)]
Issuer = Annotated[str, Field(max_length=300), AfterValidator(_plain), AfterValidator(_one_issuer)]
Hours = Annotated[float, Field(gt=0, le=24)]


class Provider(Entry):
    """One sign-in provider: the address it signs its tokens with, and how far its e-mail addresses are to be believed.

    `email`: the claim that holds the address. `verified`: `claim` where its tokens say email_verified; `provider` where its
    administrators alone give out addresses and its tokens say nothing of it, as Entra ID in one's own organisation.
    """

    issuer: Issuer = Field(min_length=1)
    email: Literal["email", "preferred_username", "upn"] = "email"
    verified: Literal["claim", "provider"] = "claim"


class Person(Entry):
    """One person's access: who they are to the provider, and what they may do here, between two days (both included).

    `login`: by which name the machine knows them on the command line, so that their two names count as one person.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    name: Line = Field(min_length=2, max_length=80)
    email: Address = ""
    subject: Line = ""
    issuer: Issuer = ""
    role: Role
    agency: Line = ""
    group: Line = ""
    begins: date | None = Field(default=None, alias="from")
    until: date | None = None
    session_hours: Hours | None = None
    login: Line = ""
    revoked: datetime | None = None

    @property
    def key(self) -> str:
        """What the person is called in messages and commands: their e-mail address, or the provider's own name for them."""
        return self.email or self.subject

    def actor(self) -> Actor:
        """The person as one who acts."""
        return Actor(self.name, self.role, self.agency or None)

    def may_on(self, day: date) -> bool:
        """Whether the access holds on a day."""
        begun = self.begins is None or self.begins <= day
        return self.revoked is None and begun and (self.until is None or day <= self.until)

    def words(self) -> str:
        """Role, and whose: `analyst of lcc_cf`."""
        whose = self.agency or self.group
        return f"{self.role.replace('_', ' ')}{f' of {whose}' if whose else ''}"


class Access(Entry):
    """The whole list. `public`: whether anybody may read the public's pages without signing in."""

    contact: Line = Field(min_length=3)
    public: bool = False
    session_hours: Hours = 8.0
    provider: tuple[Provider, ...] = ()
    person: tuple[Person, ...] = ()

    def issuer_of(self, person: Person) -> str:
        """Who vouches for a person: their own provider, or the only one there is."""
        return person.issuer or (self.provider[0].issuer if len(self.provider) == 1 else "")

    def hours_of(self, person: Person) -> float:
        """How long one sign-in of theirs lasts, in hours."""
        return person.session_hours or self.session_hours
