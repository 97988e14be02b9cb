"""Who may sign in: listed, added to and taken from, with every change in the event log, a hand's in the file as well."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipelines.store import access as file
from pipelines.store import events
from pipelines.store.opening import transaction
from schemas.access.parsing import NAME
from schemas.actors import Actor, require
from schemas.catalogue import catalogue
from schemas.catalogue.faults import nearest
from schemas.periods import day_words
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    from pipelines.store.access import Kept
    from pipelines.store.opening import Connection
    from schemas.access import Access, Person

CHANGED = "access.changed"
# Whoever changes the file by hand gives no name: the log says so rather than guess.
_BY_HAND = Actor(f"{NAME}, changed by hand", "business_unit")
_NOT_THERE = (
    f"There is no {NAME} in the home folder yet. Write it with whom to ask and your sign-in provider, as "
    "docs/how-to/sign-in.md shows, then add people."
)


def listed(home: Path, actor: Actor, at: datetime) -> Iterator[str]:
    """The list in words, a line for each person and setting. UserError where there is none, or it has a fault."""
    require(actor, "business_unit")
    found = file.kept(home)
    if found is None:
        raise UserError(_NOT_THERE)
    access = found.access
    yield f"Whom to ask: {access.contact}"
    yield f"Public pages without signing in: {'yes' if access.public else 'no'}"
    yield from (f"Signs in through: {each.issuer}" for each in access.provider)
    for person in sorted(access.person, key=lambda each: each.name.casefold()):
        state = "" if person.may_on(at.date()) else f" ({_not_now(person, at)})"
        strange = "; there is no such sub-group" if _is_strange(person.group) else ""
        yield f"{person.name}, {person.key}: {person.words()}{_days(person)}{state}{strange}"


def add(home: Path, actor: Actor, at: datetime, **said: str | date | None) -> str:
    """Give somebody access: `said` are the fields of a person as access.toml names them. Gives the sentence to say."""
    require(actor, "business_unit")
    if file.kept(home) is None:
        raise UserError(_NOT_THERE)
    _refuse_strange_group(said.get("group"))
    notice(home, at)  # what a hand has changed before is not put down to whoever types this
    text = "\n".join(f"{name} = {_toml(value)}" for name, value in said.items() if value)
    made = file.change(home, lambda before: file.with_person(before, text))
    notice(home, at, actor, made)
    person = made.access.person[-1]
    return f"{person.name}, {person.key}, may sign in: {person.words()}{_days(person)}."


def revoke(home: Path, actor: Actor, who: str, at: datetime) -> str:
    """End somebody's access at once, on every page they have open. UserError where nobody is called so.

    The lines stay in the file, with the moment they ended.
    """
    require(actor, "business_unit")
    notice(home, at)
    ended: list[str] = []

    def edit(text: str) -> str:
        found = file.kept(home)
        people = found.access.person if found else ()
        named = [n for n, each in enumerate(people) if who.lower() in (each.email, each.subject.lower())]
        if not named and any(each.name.casefold() == who.strip().casefold() for each in people):
            raise UserError(
                f"Nothing was changed: name {who.strip()[:80]} by their e-mail address, as two people may have one name. "
                "“throughline access list” shows it."
            )
        mine = [number for number in named if people[number].revoked is None]
        if named and not mine:
            since = max(each for number in named if (each := people[number].revoked) is not None)
            raise UserError(
                f"Nothing was changed: the access of {people[named[-1]].name} was revoked on {day_words(since.date())} already."
            )
        if not mine:
            raise UserError(
                f"Nothing was changed: nobody on the list is called {who[:80]}. “throughline access list” shows who is."
            )
        ended.extend(people[number].name for number in mine)
        for number in reversed(mine):
            text = file.with_line(text, number, len(people), f"revoked = {at.isoformat(timespec='seconds')}")
        return text

    made = file.change(home, edit)
    notice(home, at, actor, made)
    return f"{' and '.join(dict.fromkeys(ended))} can no longer sign in; pages they have open are closed to them."


def notice(home: Path, at: datetime, actor: Actor = _BY_HAND, found: Kept | None = None) -> bool:
    """Put in the event log what has changed on the list since it was last put there; says whether anything had.

    Asked at each new sign-in and whenever the dashboard is started, so that a hand's change of the file is noticed too.
    """
    found = found or file.kept(home)
    if found is None:
        return False
    with transaction(home, write=True) as connection:
        return note(connection, found, at, actor)


def note(connection: Connection, found: Kept, at: datetime, actor: Actor = _BY_HAND) -> bool:
    """The same, in a vault that is open already."""
    stands = set(lines(found.access))
    before, known = _known(events.of(connection, CHANGED))
    if known == found.sha256:
        return False
    detail = {"file": found.sha256, "gained": sorted(stands - before), "lost": sorted(before - stands)}
    events.append(connection, actor, CHANGED, NAME, detail, at=at)
    return True


def lines(access: Access) -> Iterator[str]:
    """Everything on the list that says who may see what, one line each, as the event log keeps it; no secret is among it."""
    yield f"A sign-in lasts {access.session_hours:g} hours"
    if access.public:
        yield "Anybody may read the public’s pages"
    for each in access.provider:
        yield f"Provider {each.issuer}, address in {each.email}, verified by {each.verified}"
    for person in access.person:
        if person.revoked is None:
            hours = f", {person.session_hours:g} hours" if person.session_hours else ""
            vouched = f"{person.key}, {access.issuer_of(person)}"
            login = f", login {person.login}" if person.login else ""
            yield f"{person.name} ({vouched}): {person.words()}{_days(person)}{hours}{login}"


def _is_strange(group: str) -> bool:
    """Whether a sub-group is none of those the catalogue names; where it names none, each is as good as another."""
    known = catalogue().partnership.sub_groups
    return bool(group and known) and group not in known


def _refuse_strange_group(group: object) -> None:
    if isinstance(group, str) and _is_strange(group):
        known = catalogue().partnership.sub_groups
        raise UserError(
            f"Nothing was changed: there is no sub-group “{group[:60]}”.{nearest(group, known)} partnership.toml names them: "
            f"{', '.join(known)}."
        )


def _toml(value: str | date) -> str:
    """JSON's text is TOML's text too; a date stands without quotes."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else value.isoformat()


def _known(entries: list[dict[str, Any]]) -> tuple[set[str], str]:
    """What the log says stands, and the hash of the file it last saw."""
    stands: set[str] = set()
    last = ""
    for entry in entries:
        detail = json.loads(entry["detail"])
        stands = (stands - set(detail["lost"])) | set(detail["gained"])
        last = detail["file"]
    return stands, last


def _days(person: Person) -> str:
    begins = f", from {day_words(person.begins)}" if person.begins else ""
    return f"{begins}, until {day_words(person.until)}" if person.until else begins


def _not_now(person: Person, at: datetime) -> str:
    if person.revoked is not None:
        return f"revoked on {day_words(person.revoked.date())}"
    return "not yet" if person.begins and person.begins > at.date() else "over"
