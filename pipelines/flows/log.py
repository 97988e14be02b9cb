"""Is the event log whole?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.store import events
from pipelines.store.opening import VAULT, transaction
from schemas.actors import require
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from schemas.actors import Actor


def verify(home: Path, actor: Actor) -> list[str]:
    """Every altered, missing or reordered entry, one sentence each; an empty list when the log is whole."""
    require(actor, "business_unit")
    if not (home / VAULT).exists() and not (home / events.HEAD).exists():
        raise UserError(f"There is no vault in {home}. Set THROUGHLINE_HOME, or load a return first.")
    with transaction(home, write=False) as connection:
        return events.verify(connection, home)
