"""Taking a submission back: a reason that may stay in the log for good, and what stands when it is gone."""

from __future__ import annotations

from string import digits
from typing import TYPE_CHECKING

from pipelines.checking.person_words import kinds_in
from pipelines.flows import returns
from pipelines.store.opening import VAULT
from schemas.problems import UserError
from schemas.returns import kinds
from schemas.returns.telling import names_anybody

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from schemas.actors import Actor

# A shorter reason says nothing to whoever reads the event log in a year.
SHORTEST = 10
_NEXT = "The next publication goes by this; what is published already stays as it is."


def withdraw(home: Path, actor: Actor, submission_id: str, reason: str, at: datetime) -> str:
    """Withdraw a submission and say in a sentence what stands again. UserError where the reason will not do.

    The reason stays in the event log, from which nothing can be taken out, so it may hold nothing about a person.
    """
    said = " ".join(reason.split())
    if len(said) < SHORTEST:
        raise UserError(f"Give a reason of at least {SHORTEST} letters. Nothing was withdrawn.")
    if names_anybody(said) or kinds_in(said, bare=digits):
        raise UserError(
            "The reason may tell of a person, and it is kept for good. Write it without names or numbers of people. "
            "Nothing was withdrawn."
        )
    if not (home / VAULT).exists():
        raise UserError(f"There is no submission {submission_id}: nothing has been sent yet.")
    again = returns.withdraw(home, actor, submission_id, said, at)
    return f"{submission_id} is withdrawn. {_standing(submission_id, again)} {_NEXT}"


def _standing(submission_id: str, again: str | None) -> str:
    """What counts now: the version before, the rest of the log, or nothing."""
    if again is not None:
        return f"{again} stands again."
    kind = kinds().get(submission_id.split(".")[1])
    if kind is not None and kind.is_log:
        return "The other submissions of this log stand as before; what only this one said is gone from it."
    return "Nothing stands in its place until a return is sent."
