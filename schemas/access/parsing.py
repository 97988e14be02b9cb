"""Reads access.toml, and says in one sentence each what is wrong with it; a list with a fault lets nobody in."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from pydantic import ValidationError

from schemas import hand_written
from schemas.access.entries import Access, Person, bare
from schemas.actors import OF_AN_AGENCY, ROLES
from schemas.catalogue.faults import in_plain_words, nearest
from schemas.hand_written import SlipError
from schemas.problems import UserError
from schemas.returns.respondents import is_respondent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from pydantic_core import ErrorDetails

NAME = "access.toml"
_CONTACT = re.compile(r"""^\s*contact\s*=\s*["']([^"'\n]{3,200})["']""", re.MULTILINE)
_FIRST, _LAST = date(1900, 1, 1), date(9999, 12, 31)
_FIELDS = tuple(field.alias or name for name, field in Person.model_fields.items())


class ListError(UserError):
    """The list has faults, a sentence each in `faults`; as it stands in the home folder, nobody can sign in by it."""

    def __init__(self, faults: list[str]) -> None:
        """Say first what follows from it."""
        super().__init__("\n".join([f"{NAME} has a fault, and nobody can sign in until it is put right.", *faults]))
        self.faults = tuple(faults)


def contact_in(text: str) -> str:
    r"""Whom to ask, from a list that cannot be used: its line is looked for in the text; empty where there is none.

    >>> contact_in('contact = "the business unit"\n[[person]\n')
    'the business unit'
    """
    found = _CONTACT.search(text)
    return found[1].strip() if found and found[1].isprintable() else ""


def parsed(text: str, agencies: Mapping[str, object]) -> Access:
    """The list, where nothing is wrong with it. UserError names every fault, a sentence each; ListError those of people."""
    try:
        said = hand_written.toml(text)
    except SlipError as why:
        raise UserError(f"{NAME} cannot be read: {why}. Nobody can sign in until it is put right.") from why
    try:
        found = Access.model_validate(said)
    except ValidationError as why:
        raise ListError([_shape(each, said) for each in why.errors()]) from why
    faults = [*_of_people(found, agencies), *_of_providers(found), *_twice(found)]
    if faults:
        raise ListError(faults)
    return found


def _shape(fault: ErrorDetails, said: dict[str, Any]) -> str:
    """What pydantic found, in words: which person, which field, what it takes."""
    place = [str(each) for each in fault["loc"]]
    where, field = _where(place, said), place[-1] if place else ""
    if fault["type"] == "extra_forbidden":
        meant = nearest(field, _FIELDS if "person" in place else tuple(Access.model_fields))
        return f"{where}: there is no field “{field[:40]}”.{meant}"
    if fault["type"] == "missing":
        return f"{where}: “{field}” is missing."
    if field == "role":
        return f"{where}: role is one of {', '.join(ROLES)}."
    return f"{where}: {field} {_said(fault)}."


def _said(fault: ErrorDetails) -> str:
    plain = in_plain_words(fault)
    if plain:
        return f"must {plain}"
    words = fault["msg"].removeprefix("Value error, ").rstrip(".")
    return words if words.startswith("must") else f"is not right: {words[0].lower()}{words[1:]}"


def _where(place: list[str], said: dict[str, Any]) -> str:
    if len(place) < 2 or not place[1].isdigit():
        return NAME
    listed, number = said.get(place[0]), int(place[1])
    one = listed[number] if isinstance(listed, list) and number < len(listed) else {}
    who = one.get("email") or one.get("subject") or one.get("issuer") if isinstance(one, dict) else ""
    return f"{place[0]} {number + 1}{f' ({str(who)[:60]})' if who else ''}"


def _of_people(found: Access, agencies: Mapping[str, object]) -> Iterator[str]:
    known = {bare(each.issuer) for each in found.provider}
    for number, person in enumerate(found.person, 1):
        where = f"person {number} ({person.key or person.name})"
        if not person.key:
            yield f"{where}: give an email, or the provider's subject."
        if person.begins and person.until and person.begins > person.until:
            yield f"{where}: from is after until."
        if not person.issuer and len(found.provider) != 1:
            yield f"{where}: say by issuer which provider vouches for them, as there {_many(len(found.provider))}."
        if person.issuer and bare(person.issuer) not in known:
            yield f"{where}: there is no provider with the issuer {person.issuer}."
        yield from (f"{where}: {fault}" for fault in _whose(person, agencies))


def _many(providers: int) -> str:
    return f"are {providers} providers" if providers else "is no provider"


def _whose(person: Person, agencies: Mapping[str, object]) -> Iterator[str]:
    """Whether the person's agency, respondent or sub-group is what their role needs."""
    if person.role in OF_AN_AGENCY and person.agency not in agencies:
        yield f"agency must be the id of an agency for an {person.role}.{nearest(person.agency, agencies)}"
    elif person.role == "respondent" and not is_respondent(person.agency):
        yield "agency must be the respondent's reference, such as SCH-0142."
    elif person.role not in (*OF_AN_AGENCY, "respondent") and person.agency:
        yield f"a person in the role {person.role.replace('_', ' ')} belongs to no agency; leave it out."
    if (person.role == "chair") != bool(person.group):
        yield "a chair has a group, and nobody else has."


def _of_providers(found: Access) -> Iterator[str]:
    issuers = [bare(each.issuer) for each in found.provider]
    yield from (f"The issuer {each} is there twice." for each in sorted({i for i in issuers if issuers.count(i) > 1}))
    for each in found.provider:
        if each.email != "email" and each.verified == "claim":
            yield (
                f"provider {each.issuer}: what says that an address was verified speaks of the claim email, and not of {each.email}, "
                "which many providers let anybody choose. Use email, or write verified = “provider” where only the provider gives it out."
            )


def _twice(found: Access) -> Iterator[str]:
    """One person has one role at a time, and a name in the event log is one person's."""
    for one, other in combinations([each for each in found.person if each.revoked is None], 2):
        # A line that goes by the provider's subject may still share its address with one that does not.
        is_same = bool(one.key) and (one.key == other.key or (one.email != "" and one.email == other.email))
        is_same = is_same and bare(found.issuer_of(one)) == bare(found.issuer_of(other))
        if is_same and _overlap(one, other):
            yield f"{one.key} is there twice for the same days: a person has one role at a time."
        if one.login and one.login == other.login and one.key != other.key:
            yield f"{one.key} and {other.key} have the same login: a login is one person's."
        if not is_same and one.name.casefold() == other.name.casefold() and one.key != other.key:
            yield f"{one.key} and {other.key} have the same name: the event log could not tell them apart."


def _overlap(one: Person, other: Person) -> bool:
    return (one.begins or _FIRST) <= (other.until or _LAST) and (other.begins or _FIRST) <= (one.until or _LAST)
