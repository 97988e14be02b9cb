"""Recording what an agency has agreed, ending it, and listing how all of them stand: each change is in the event log."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from pipelines.queries.agreements import agreed
from pipelines.store import agreements as stored
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.catalogue.agreements import AUDIENCES, changed
from schemas.catalogue.faults import nearest
from schemas.periods import day_words
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    from schemas.actors import Actor
    from schemas.catalogue.agreements import Agreement, Agreements

RECORDED, ENDED = "agreement.recorded", "agreement.ended"
_NEXT = "The next release goes by it; what is published already stays as it is."


def record(home: Path, actor: Actor, agency_id: str, at: datetime, **terms: Any) -> str:  # noqa: ANN401 - an agreement's fields
    """Record an agency's agreement in place of the one before, and log who did; the sentence says whom it covers.

    Given fields replace those recorded before, so that a review is one date. What has ended stands again only where a new
    one was signed since, and a coming end stays as it is: neither is undone by the way. UserError with every fault.
    """
    require(actor, "business_unit")
    _known(agency_id)
    before = stored.read(home)
    old = before.agency.get(agency_id)
    given = {name: value for name, value in terms.items() if value not in (None, (), "")}
    if "audiences" in given:
        given["audiences"] = tuple(each for each in AUDIENCES if each in given["audiences"])
    kept = old.model_dump() if old else {}
    if old is not None and old.ended_on is not None:
        signed_anew = given.get("signed_on")
        if signed_anew is not None and signed_anew >= old.ended_on:
            given["ended_on"] = None
        elif old.ended_on <= at.date():
            raise UserError(_ended_words(agency_id, old.ended_on))
    made = changed(before, agency_id, kept | given, list(catalogue().agencies))
    _put(home, actor, (RECORDED, at), agency_id, made)
    new = made.agency[agency_id]
    whom = ", ".join(new.audiences) if new.audiences else "nobody"
    exact = "; the Executive sees its totals exactly" if new.exact_totals else ""
    return (
        f"Recorded for {catalogue().agencies[agency_id].title}: released for {whom}{exact}; to be reviewed on "
        f"{day_words(new.review_on)}.{_from_when(new, at.date())} {_NEXT}"
    )


def _ended_words(agency_id: str, on: date) -> str:
    return (
        f"The agreement of {catalogue().agencies[agency_id].title} ended on {day_words(on)}. Once a new one is signed, record it "
        f"with --signed-on, that day or later. Nothing was changed."
    )


def _from_when(new: Agreement, today: date) -> str:
    """That it is not in force yet, or ends on a day to come; nothing where neither is so."""
    later = f" It is in force from {day_words(new.signed_on)}." if new.signed_on > today else ""
    return later + (f" It ends on {day_words(new.ended_on)}, as recorded before." if new.ended_on else "")


def end(home: Path, actor: Actor, agency_id: str, on: date, at: datetime) -> str:
    """End an agency's agreement from a day on; its record is kept. UserError where it has ended: no later day takes that back."""
    require(actor, "business_unit")
    _known(agency_id)
    before = stored.read(home)
    if agency_id not in before.agency:
        raise UserError(f"No agreement of {agency_id} is recorded, so there is none to end.")
    ended = before.agency[agency_id].ended_on
    if ended is not None and ended <= at.date() and on > ended:
        raise UserError(_ended_words(agency_id, ended))
    made = changed(
        before, agency_id, before.agency[agency_id].model_dump() | {"ended_on": on}, list(catalogue().agencies)
    )
    _put(home, actor, (ENDED, at), agency_id, made)
    return (
        f"The agreement of {catalogue().agencies[agency_id].title} {'ends' if on >= at.date() else 'ended'} on {day_words(on)}: from that day nothing of it, "
        f"and no total it is part of, is released. What was published before stays, and can be withdrawn."
    )


def listing(home: Path, actor: Actor, today: date) -> Iterator[str]:
    """How everything that must be agreed stands, a line each."""
    found = agreed(home, actor, today)
    signed = found.assessment
    said = f"signed on {day_words(signed.signed_on)} by {signed.by_role}" if signed else "none recorded"
    yield f"Impact assessment: {said}. {found.assessment_to_do}".rstrip()
    yield f"A release is {'two people’s' if found.two_people else 'one person’s'} act."
    if found.synthetic:
        yield "Everything in this folder is invented, and so are the agreements."
    for each in found.standing:
        if each.terms is None:
            yield f"  {each.agency_id}, {each.title}: none. {each.to_do}".rstrip()
            continue
        whom = ", ".join(each.terms.audiences) or "nobody"
        until = day_words(each.terms.review_on)
        yield f"  {each.agency_id}, {each.title}: {each.state}, for {whom}; review on {until}. {each.to_do}".rstrip()


def warnings(home: Path, actor: Actor, today: date) -> Iterator[str]:
    """What of the agreements asks something of the business unit, a line each, for `status`; nothing where all is well."""
    found = agreed(home, actor, today)
    if found.assessment_to_do:
        yield f"Impact assessment: {found.assessment_to_do}"
    for each in found.to_do:
        yield f"Agreement of {each.title}: {each.state}. {each.to_do}"


def _known(agency_id: str) -> None:
    if agency_id not in catalogue().agencies:
        near = nearest(agency_id, catalogue().agencies)
        raise UserError(f"There is no agency “{agency_id[:40]}”.{near} Nothing was changed.")


def _put(home: Path, actor: Actor, act: tuple[str, datetime], agency_id: str, made: Agreements) -> None:
    """The file and its entry in the log together: laid by, logged, and only then in its place, where the next act finishes it."""
    terms = _facts(made.agency[agency_id].model_dump(mode="json", exclude_none=True))
    with transaction(home, write=True, wait=60) as connection:
        file_sha256 = stored.prepare(home, made)
        events.append(connection, actor, act[0], agency_id, terms | {"file_sha256": file_sha256}, at=act[1])
    with transaction(home, write=False) as connection:
        stored.settle(connection, home)


def _facts(terms: dict[str, Any]) -> dict[str, Any]:
    """What the log may hold of an agreement: its days and audiences, and of what somebody typed only that it was so."""
    told = {
        name: terms[name]
        for name in ("audiences", "signed_on", "review_on", "ended_on", "exact_totals")
        if name in terms
    }
    return told | {"terms_sha256": hashlib.sha256(json.dumps(terms, sort_keys=True).encode()).hexdigest()}
