"""Which line of the list a sign-in is: by who vouches and whom they vouch for, never by a name or a role in the token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from schemas.access.entries import bare

if TYPE_CHECKING:
    from datetime import date

    from schemas.access.claims import Claims
    from schemas.access.entries import Access, Person

# Why a sign-in opens nothing, as it stands in the event log.
Refusal = Literal["not on the list", "another provider", "address not verified", "not yet", "over", "revoked"]


def matched(access: Access, claims: Claims, today: date) -> Person | Refusal:
    """The person who has signed in, or why nobody has.

    A line that names the provider's own name for somebody (`subject`) goes by that alone, as an address may be given to
    somebody else one day. Nobody is matched across providers: the same address at another one is another person.
    """
    provider = next((each for each in access.provider if bare(each.issuer) == bare(claims.issuer)), None)
    if provider is None:
        return "another provider"
    address = claims.addresses[provider.email]
    vouched = [person for person in access.person if bare(access.issuer_of(person)) == bare(claims.issuer)]
    by_subject = [person for person in vouched if person.subject and person.subject in claims.subjects]
    by_address = [person for person in vouched if not person.subject and address and person.email == address]
    if not by_subject and by_address and not _is_verified(claims, provider.verified):
        return "address not verified"
    return _that_holds(by_subject or by_address, today)


def is_doubted(access: Access, claims: Claims) -> bool:
    """Whether the provider leaves open if the address is this person's, where the list wants to hear that it is."""
    provider = next((each for each in access.provider if bare(each.issuer) == bare(claims.issuer)), None)
    return (
        provider is not None and bool(claims.addresses[provider.email]) and not _is_verified(claims, provider.verified)
    )


def _is_verified(claims: Claims, by: str) -> bool:
    return claims.verified is True or (claims.verified is None and by == "provider")


def _that_holds(found: list[Person], today: date) -> Person | Refusal:
    """The line that holds today; else why the nearest does not."""
    for person in found:
        if person.may_on(today):
            return person
    if not found:
        return "not on the list"
    if all(person.revoked is not None for person in found):
        return "revoked"
    # The coming of a next term says more than the end of the last.
    return "not yet" if any(each.begins is not None and each.begins > today for each in found) else "over"
