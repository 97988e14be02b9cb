"""Who gained and lost access: in the event log before the next act that writes, whoever changed the list of who may sign in.

As with the other files that people change by hand (watched.py), and said in full: what each person gained and lost. What was
last seen is read from the log itself, which nobody can change without showing it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.store import access as file
from pipelines.store import events
from pipelines.store.chain import facts
from schemas.access.parsing import NAME
from schemas.actors import Actor
from schemas.periods import day_words
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from schemas.access import Access, Person

CHANGED = "access.changed"
# Whoever changes the file by hand gives no name: the log says so rather than guess.
_BY_HAND = Actor(f"{NAME}, changed by hand", "business_unit")
_LAST = "select detail from event where action = ? order by position desc limit 1"


def note(connection: DuckDBPyConnection, home: Path, at: datetime, actor: Actor = _BY_HAND) -> str:
    """Put what has changed on the list since the log last heard of it there; gives the fingerprint of the list it has now.

    A list that is gone, or that cannot be used, lets nobody in: everybody has lost what they had. Empty where there is none.
    """
    sha256, access = _now(home)
    if sha256 == last_seen(connection):
        return sha256
    stands, before = set(lines(access) if access else ()), _standing(connection)
    detail = {"file": sha256, "gained": sorted(stands - before), "lost": sorted(before - stands)}
    events.append(connection, actor, CHANGED, NAME, detail, at=at)
    return sha256


def last_seen(connection: DuckDBPyConnection) -> str:
    """The fingerprint of the list as the log has it; empty where it was gone, or never there."""
    row = connection.execute(_LAST, [CHANGED]).fetchone()
    return str(facts(row[0]).get("file", "")) if row else ""


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
            yield f"{person.name} ({vouched}): {person.words()}{days(person)}{hours}{login}"
        elif person.login:
            # Whose name a login acts under on the command line is told by these lines too.
            yield f"The login {person.login} is that of {person.name}, whose access was revoked"


def days(person: Person) -> str:
    """From and until when somebody may sign in, as it is said after what they may do; empty for ever."""
    begins = f", from {day_words(person.begins)}" if person.begins else ""
    return f"{begins}, until {day_words(person.until)}" if person.until else begins


def _now(home: Path) -> tuple[str, Access | None]:
    try:
        found = file.kept(home)
    except UserError:
        return file.fingerprint(home), None
    return (found.sha256, found.access) if found else ("", None)


def _standing(connection: DuckDBPyConnection) -> set[str]:
    """What the log says stands: all that was gained and not lost since."""
    stands: set[str] = set()
    for entry in events.of(connection, CHANGED):
        said = facts(entry["detail"])
        stands = (stands - set(said.get("lost", ()))) | set(said.get("gained", ()))
    return stands
