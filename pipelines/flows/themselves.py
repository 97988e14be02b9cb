"""Where two people must act, everybody acts as themselves, and one human under two names is one person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.flows import access, by_the_files
from pipelines.queries.prepared import needs_two_people
from schemas.actors import require
from schemas.problems import UserError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from schemas.actors import Actor


def as_oneself(home: Path, actor: Actor, at: datetime, *, by_another: bool) -> Actor:
    """Whoever acts on the command line, under the name of the person their login is tied to in access.toml.

    As they are where one person may release. What has changed on the list since the last act is in the event log before
    anybody acts by it: whoever ties a login to another name and back between two acts would else be two people, unseen.
    UserError where somebody acts in another name though two people release.
    """
    require(actor, "business_unit")
    files = by_the_files.noted(home)
    two = needs_two_people(home)
    files.refuse_changed("Nothing was done.")
    if not two:
        return actor
    if by_another:
        raise UserError("Two people release here, so everybody acts as themselves: leave --by out.")
    found = access.as_logged(home, at)
    people = found.person if found and actor.login else ()
    tied = [each.name for each in people if each.login == actor.login]
    return replace(actor, name=tied[-1]) if tied else actor
