"""The release that is prepared and waits for a second person: what it holds, who prepared it, what came since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pipelines.queries.pointer import PREPARED_FOLDER, Pointer, digest, file
from pipelines.queries.vault import asked
from pipelines.store import agreements, events
from pipelines.store.opening import VAULT, transaction
from schemas.actors import Actor, require
from schemas.catalogue import catalogue
from schemas.periods import day_words
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.store.opening import Connection

PREPARED = "PREPARED"
DISCARDED = "publication.discarded"
_SHARED = (
    " Where several people use one login, as with sudo, they cannot be told apart: prepare and release it on the page "
    "Publish, where each of them signs in."
)
# What makes a prepared release another than one made now would be.
_CAME = ("submission.received", "submission.withdrawn", "submission.reverted", "benchmarks.loaded")


@dataclass(frozen=True, slots=True)
class Ready:
    """One audience's file of a prepared release; `withheld`: agencies' titles with how many figures are left out.

    `known_elsewhere`: what had to be hidden beside a figure that is left out, in sentences.
    """

    audience: str
    publication_id: str
    label: str
    sha256: str
    previous: str | None
    shown: int
    hidden: int
    needs_attention: int
    withheld: tuple[tuple[str, int], ...]
    known_elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prepared release: by whom and when (UTC), after which entry of the event log (`head`), and what it rests on.

    `login`: as whom this machine knew them where it was prepared on the command line; empty where it was on a page.
    """

    prepared_by: str
    at: datetime
    head: int
    files: tuple[Ready, ...]
    terms: str
    agreements: str
    told: str
    login: str = ""

    @property
    def words(self) -> str:
        """Which release it is, to follow “a release that was”: by whom it was prepared, for whom, and on which day."""
        titles = [catalogue().audiences[one.audience].title for one in self.files]
        whom = " and ".join(filter(None, (", ".join(titles[:-1]), *titles[-1:])))
        return f"prepared by {self.prepared_by} for {whom} on {day_words(self.at.date())}"

    def why_not_by(self, actor: Actor) -> str:
        """Why somebody cannot be the second person to this release, in a sentence or two; nothing where they can.

        A name in other letters or spaces is no second person, nor is another name of one login. A person on a page and a
        login on the command line may be one human, unless access.toml says whose login it is: see `themselves`.
        """
        if is_one_person(self.prepared_by, self.login, actor):
            return f"You prepared this release yourself, so another person must let it out.{_SHARED if actor.login else ''}"
        login = may_be_one_person(self.prepared_by, self.login, actor)
        if not login:
            return ""
        mend = "Prepare it again" if self.login else "Release it"
        again = ", and prepare it again" if self.login else ""
        return (
            f"One of the two acts on a page, the other on the command line as “{login}”, and they may be one person. {mend} on "
            f"the page Publish, where each signs in; or, if one person alone uses that login, add login = “{login}” to their lines in "
            f"access.toml{again}."
        )

    def until(self, days: int) -> datetime:
        """How long it stands, where it stands for so many days."""
        return self.at + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the business unit sees of a prepared release: until when it stands, and how much was sent or taken back since."""

    prepared: Prepared
    until: datetime
    since: int


def prepared_folder(home: Path) -> Path:
    """Where it lies: beside the publications, not among them."""
    return home / PREPARED_FOLDER


def prepared(home: Path) -> Prepared | None:
    """The prepared release, None where there is none. UserError where its record cannot be read."""
    path = prepared_folder(home) / PREPARED
    try:
        said = json.loads(path.read_text("utf-8"))
        files = tuple(_ready(one) for one in said["files"])
        return Prepared(**said | {"at": datetime.fromisoformat(said["at"]), "files": files})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as why:
        raise UserError("The record of the prepared release cannot be read. Prepare it again.") from why


def _ready(said: dict[str, Any]) -> Ready:
    """One file of the record; what an earlier version of Throughline did not note is empty."""
    tuples: dict[str, Any] = {
        "withheld": tuple((str(title), int(many)) for title, many in said["withheld"]),
        "known_elsewhere": tuple(str(each) for each in said.get("known_elsewhere", ())),
    }
    return Ready(**said | tuples)


def waiting(home: Path, actor: Actor) -> Waiting | None:
    """The prepared release for the business unit, with what came since; None where there is none."""
    require(actor, "business_unit")
    found = standing(home)
    if found is None:
        return None
    return Waiting(
        found, found.until(agreements.read(home).release.prepared_stands_days), asked(home, actor, _since, found.head)
    )


def standing(home: Path) -> Prepared | None:
    """The prepared release, None where there is none or the log has it as taken away: who did so may have been cut off."""
    found = prepared(home)
    if found is None or not (home / VAULT).exists():
        return None
    with transaction(home, write=False) as connection:
        gone = any(events.happened(connection, DISCARDED, one.publication_id) for one in found.files)
    return None if gone else found


def looked_at(home: Path, actor: Actor, publication_id: str) -> Pointer:
    """One file of the prepared release, to be seen as its readers would see it, by its id and by the business unit only.

    UserError for everybody else; and where it is not prepared any more (let out, taken away, or another was prepared
    instead), or the file is not the one that was prepared. What is given opens for this reader only.
    """
    require(actor, "business_unit")
    found = standing(home)
    one = next((each for each in found.files if each.publication_id == publication_id), None) if found else None
    if one is None:
        raise UserError("What was prepared is there no longer: it was released, taken away, or prepared again.")
    path = file(prepared_folder(home), one.audience, one.publication_id)
    if not path.exists() or digest(path) != one.sha256:
        raise UserError("The file is not the one that was prepared, so it cannot be released. Prepare it again.")
    return Pointer(one.publication_id, path, one.sha256, one.previous, actor)


def needs_two_people(home: Path) -> bool:
    """Whether a release is prepared by one person and let out by another."""
    return agreements.read(home).release.two_people


def _since(connection: Connection, head: int) -> int:
    return events.many_after(connection, _CAME, head)


def is_one_person(who: str, login: str, actor: Actor) -> bool:
    """Whether somebody is whoever began a thing that takes two: by name, or by the login the machine knew them by."""
    return is_same_person(who, actor.name) or bool(login and login == actor.login)


def may_be_one_person(who: str, login: str, actor: Actor) -> str:
    """The login by which two may be one human, one on a page and the other on the command line; empty where they are two.

    A login that access.toml ties to a person has that person's name, and is told from others by it.
    """
    name, known_as = (who, login) if login else (actor.name, actor.login)
    return "" if bool(login) == bool(actor.login) or not is_same_person(name, known_as) else known_as


def is_same_person(one: str, other: str) -> bool:
    """Whether two names are one person's, for all that their letters or spaces differ.

    >>> is_same_person("A. Steward", "a.  steward"), is_same_person("a", "b")
    (True, False)
    """
    return _same(one) == _same(other)


def _same(name: str) -> str:
    return " ".join(name.split()).casefold()
