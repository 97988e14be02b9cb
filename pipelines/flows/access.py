"""Who may sign in: listed, added to and taken from, with every change in the event log, a hand's in the file as well."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipelines.store import access as file
from pipelines.store import access_changes
from pipelines.store.access_changes import days
from pipelines.store.opening import VAULT, transaction
from schemas.access.parsing import NAME
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.catalogue.faults import nearest
from schemas.periods import day_words
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime
    from pathlib import Path

    from pipelines.store.access import Kept
    from schemas.access import Access, Person
    from schemas.actors import Actor

CHANGED = access_changes.CHANGED
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
        yield f"{person.name}, {person.key}: {person.words()}{days(person)}{state}{strange}"


def add(home: Path, actor: Actor, at: datetime, **said: str | date | None) -> str:
    """Give somebody access: `said` are the fields of a person as access.toml names them. Gives the sentence to say."""
    require(actor, "business_unit")
    if file.kept(home) is None:
        raise UserError(_NOT_THERE)
    _refuse_strange_group(said.get("group"))
    notice(home, at)  # what a hand has changed before is not put down to whoever types this
    text = "\n".join(f"{name} = {_toml(value)}" for name, value in said.items() if value)
    made = _changed(home, actor, at, lambda before: file.with_person(before, text))
    person = made.access.person[-1]
    return f"{person.name}, {person.key}, may sign in: {person.words()}{days(person)}."


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

    _changed(home, actor, at, edit)
    return f"{' and '.join(dict.fromkeys(ended))} can no longer sign in; pages they have open are closed to them."


def _changed(home: Path, actor: Actor, at: datetime, edit: Callable[[str], str]) -> Kept:
    """The file changed by a command, and its entry, with nobody else in the vault who would put it down to a hand."""
    with transaction(home, write=True, wait=60) as connection:
        made = file.change(home, edit)
        access_changes.note(connection, home, at, actor)
    return made


def notice(home: Path, at: datetime) -> None:
    """Put in the event log what a hand has changed on the list since it was last put there.

    Every act that writes does so first. This is for the start of the dashboard, and for acts that go by the list.
    """
    with transaction(home, write=True, wait=60) as connection:
        access_changes.note(connection, home, at)


def as_logged(home: Path, at: datetime) -> Access | None:
    """The list as the event log has it, for acts that go by it; None where there is none.

    UserError where it cannot be used, or is being changed at this moment: then nobody acts by it.
    """
    found = file.kept(home)
    if not (home / VAULT).exists():
        return found.access if found else None
    with transaction(home, write=True, wait=60) as connection:
        logged = access_changes.note(connection, home, at)
    if (found.sha256 if found else "") != logged:
        raise UserError(f"{NAME} is being changed. Nothing was done; try again.")
    return found.access if found else None


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


def _not_now(person: Person, at: datetime) -> str:
    if person.revoked is not None:
        return f"revoked on {day_words(person.revoked.date())}"
    return "not yet" if person.begins and person.begins > at.date() else "over"
