"""Where two people must act, everybody acts as themselves, and one human under two names is one person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.queries.prepared import needs_two_people
from pipelines.store import access
from schemas.actors import require
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from schemas.actors import Actor


def as_oneself(home: Path, actor: Actor, *, by_another: bool) -> Actor:
    """Whoever acts on the command line, under the name of the person their login is tied to in access.toml.

    As they are where one person may release. UserError where somebody acts in another name though two people release.
    """
    require(actor, "business_unit")
    if not needs_two_people(home):
        return actor
    if by_another:
        raise UserError("Two people release here, so everybody acts as themselves: leave --by out.")
    found = access.kept(home) if actor.login else None
    tied = [each.name for each in (found.access.person if found else ()) if each.login == actor.login]
    return replace(actor, name=tied[-1]) if tied else actor
