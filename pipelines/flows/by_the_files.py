"""Acts that go by files which people change by hand: the files are in the event log before, and the same until it is done.

An act reads them at its start and is logged at its end, seconds later. Whoever changed one, started the act and put the file back
while it ran would leave no trace of what was gone by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipelines.store import watched
from pipelines.store.opening import VAULT, transaction
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.store.watched import Seen


@dataclass(frozen=True, slots=True)
class Files:
    """The files as they were when an act began, and as the event log has them."""

    home: Path
    begun: dict[str, Seen]

    def refuse_changed(self, so: str) -> None:
        """UserError where one was touched since the act began, even if it says the same again; `so`: what follows from it.

        To be called last, where what was done can still be taken back: in the transaction that logs it, before it is kept.
        """
        now = watched.seen(self.home)
        touched = [name for name, was in self.begun.items() if now[name] != was]
        if touched:
            raise UserError(f"{touched[0]} was changed while this was being done. {so} Start again.")


def noted(home: Path) -> Files:
    """Put in the event log what these files are now, before anything is read of them; one short transaction that writes.

    In a home without a vault there is no log yet, nor anything to release or remove. UserError where one is being changed.
    """
    if not (home / VAULT).exists():
        return Files(home, watched.seen(home))
    with transaction(home, write=True, wait=60) as connection:  # finishes a change that was cut off, too
        begun = watched.seen(home)
        watched.note(connection, home, datetime.now(UTC))
        logged = watched.known(connection)
    for name in (*watched.IN_THE_HOME, *watched.WITH_THE_PROGRAM):
        if logged[name] != begun[name].sha256:
            raise UserError(f"{name} is being changed. Nothing was done; try again.")
    return Files(home, begun)
