"""Where two people must act, everybody acts as themselves, and one human under two names is one person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.queries.prepared import needs_two_people
from pipelines.store import access
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.queries.prepared import Prepared
    from schemas.actors import Actor

_NOTHING = "Nothing is released."
_SHARED = (
    " Where several people use one login, as with sudo, they cannot be told apart here: prepare it and release it on the page "
    "Publish, where each of them signs in."
)


def as_oneself(home: Path, actor: Actor, *, by_another: bool) -> Actor:
    """Whoever acts on the command line, under the name of the person their login is tied to in access.toml.

    As they are where one person may release. UserError where somebody acts in another name though two people release.
    """
    if not needs_two_people(home):
        return actor
    if by_another:
        raise UserError("Two people release here, so everybody acts as themselves: leave --by out.")
    found = access.kept(home)
    tied = [each.name for each in (found.access.person if found else ()) if each.login and each.login == actor.login]
    return replace(actor, name=tied[-1]) if tied else actor


def another(record: Prepared, actor: Actor) -> None:
    """UserError where whoever prepared a release would let it out, or where nobody can tell whether it is the same human."""
    if record.is_by(actor):
        shared = _SHARED if actor.login else ""
        raise UserError(
            f"You prepared this release yourself, so another person must let it out.{shared} {_NOTHING}".replace(
                "  ", " "
            )
        )
    if record.may_be_by(actor):
        raise UserError(f"{not_told_apart(record, actor)} {_NOTHING}")


def not_told_apart(record: Prepared, actor: Actor) -> str:
    """Why a release that one prepared on a page and another would let out on the command line, or the reverse, waits."""
    login = record.login or actor.login
    mend = (
        "Prepare it again on the page Publish"
        if record.login
        else "Release it on the page Publish, where each person signs in"
    )
    return (
        f"One of the two acts on a page, the other on the command line as “{login}”, and they may be one person. {mend}; or give "
        f"the person on access.toml whose login it is the line login = “{login}”{', and prepare it again' if record.login else ''}."
    )
