"""Before a home is served, backed up or filled with the sample: what was cut off is finished, or cleared away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.flows import preparing
from pipelines.flows.alone_with_backups import alone_with_backups
from pipelines.flows.publication import released
from pipelines.publishing import alone, finish, withdrawing
from pipelines.queries.pointer import folder
from pipelines.queries.releases_logged import taken_back
from pipelines.store import agreements, expunged, leftovers, retention, swapping, sweeping
from pipelines.store.opening import VAULT, locked, transaction
from schemas.catalogue import catalogue
from schemas.problems import HomeError, UserError

if TYPE_CHECKING:
    from pathlib import Path


def tidy(home: Path) -> list[str]:
    """Sweep the home, finish the releases that were cut off, and say what was done, a sentence each.

    A release that is going on meanwhile is left to itself. UserError where the vault cannot be opened.
    """
    said = _cleared(home)
    if not any((home / name).exists() for name in (VAULT, expunged.FOLDER)) and not swapping.is_decided(home):
        return said
    with transaction(home, write=False) as connection:
        agreements.settle(connection, home)
        swept, logged = sweeping.sweep(connection, home) + retention.sweep(connection, home), released(connection)
        gone = {audience: taken_back(connection, audience) for audience in catalogue().audiences}
    said += [f"Cleared away {swept} {'file' if swept == 1 else 'files'} of an act that was cut off."] if swept else []
    for audience in catalogue().audiences:
        if not folder(home, audience).exists():
            continue
        try:
            with alone(home, audience):
                done = finish(home, audience, logged)
                back = withdrawing.finish(home, audience, gone[audience])
        except UserError as busy:
            said.append(str(busy))
            continue
        said += [f"Finished the release {each} for {audience}, which had been cut off." for each in done]
        said += [f"Finished the withdrawal of {back} for {audience}, which had been cut off."] if back else []
    try:
        preparing.settle(home)
    except UserError as busy:
        said.append(str(busy))
    return said


def finish_removal(home: Path) -> bool:
    """Put in place what was removed for good where that was cut off once it had been decided; says whether anything was.

    Until somebody takes the vault's lock readers are shown what has gone, so a server asks for this by itself. Whoever has the
    lock meanwhile finishes it, and where the disk takes nothing the next look tries again.
    """
    if not expunged.is_decided(home):
        return False
    try:
        with locked(home, wait=1):
            return True
    except (HomeError, OSError):
        return False


def _cleared(home: Path) -> list[str]:
    """Take away what a backup or a restore that was cut off left, which may be as large as the home; one under way keeps its own."""
    left = leftovers.left(home)
    if not left:
        return []
    try:
        with alone_with_backups(home, wait=0):
            return ["Cleared away what a backup or a restore that was cut off had left."]
    except UserError as busy:
        return [str(busy)]
