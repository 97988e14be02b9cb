"""Taking a submission back, or going back to an earlier one: a reason that may stay in the log, and what stands then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.checking.kept_words import may_tell_of_somebody
from pipelines.flows import returns
from pipelines.store.differences import missing
from pipelines.store.opening import VAULT
from schemas.actors import SENDERS, require
from schemas.problems import UserError
from schemas.removals import SHORTEST_REASON
from schemas.returns import kinds

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import pandas as pd

    from schemas.actors import Actor

_NEXT = "The next publication goes by this; what is published already stays as it is."


def withdraw(home: Path, actor: Actor, submission_id: str, reason: str, at: datetime) -> str:
    """Withdraw a submission and say in a sentence what stands again. UserError where the reason will not do.

    The reason stays with the submission, and its fingerprint in the event log, so it may hold nothing about a person.
    """
    require(actor, *SENDERS, agency_id=submission_id.split(".", 1)[0])
    said = _reason(home, submission_id, reason, "Nothing was withdrawn.")
    done = returns.withdraw(home, actor, submission_id, said, at)
    return f"{submission_id} is withdrawn. {_standing(submission_id, done.again)} {_changed(done.changes)}{_NEXT}"


def revert(home: Path, actor: Actor, submission_id: str, reason: str, at: datetime) -> str:
    """Make an earlier version stand again and say in a sentence what that changes; the reason as for `withdraw`."""
    require(actor, *SENDERS, agency_id=submission_id.split(".", 1)[0])
    said = _reason(home, submission_id, reason, "Nothing was changed.")
    done = returns.revert(home, actor, submission_id, said, at)
    instead = f" instead of {done.out}, which is kept" if done.out else ""
    return f"{submission_id} stands again{instead}. {_changed(done.changes)}{_NEXT}"


def _reason(home: Path, submission_id: str, reason: str, nothing: str) -> str:
    """The reason as it is kept; UserError as for `kept_reason`, and where nothing was ever sent."""
    said = kept_reason(reason, nothing)
    if not (home / VAULT).exists():
        raise UserError(f"There is no submission {submission_id}: nothing has been sent yet.")
    return said


def kept_reason(reason: str, nothing: str) -> str:
    """A reason as it is kept for good; UserError, which ends with what was not done, where it is too short or may tell of a person or a few."""
    said = " ".join(reason.split())
    if len(said) < SHORTEST_REASON:
        raise UserError(f"Give a reason of at least {SHORTEST_REASON} letters. {nothing}")
    if may_tell_of_somebody(said):
        raise UserError(
            "The reason may tell of a person, and it is kept for good. Write it without names, initials, telephone and case "
            f"numbers, numbers of people, what befell anybody, or words like “two of the boys”. {nothing}"
        )
    return said


def _changed(changes: pd.DataFrame) -> str:
    """How many figures the act changes, and how many of them are there no more; nothing where it changes none."""
    if changes.empty:
        return ""
    count, gone = len(changes), missing(changes)
    many = f"{count:,} figures change" if count != 1 else "1 figure changes"
    lost = f", of which {gone:,} {'is' if gone == 1 else 'are'} no longer supplied" if gone else ""
    return f"{many}{lost}. "


def _standing(submission_id: str, again: str | None) -> str:
    """What counts now: the version before, the rest of the log, or nothing."""
    if again is not None:
        return f"{again} stands again."
    kind = kinds().get(submission_id.split(".")[1])
    if kind is not None and kind.is_log:
        return "The other submissions of this log stand as before; what only this one said is gone from it."
    return "Nothing stands in its place until a return is sent."
