"""Removes the originals whose time is over, and says which: by hand, and with every release."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pipelines.flows import by_the_files, settings
from pipelines.store import retention
from pipelines.store.opening import VAULT, transaction
from schemas.actors import SCRUTINEER, require
from schemas.catalogue import catalogue
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

    from pipelines.store.opening import Connection
    from pipelines.store.retention import Original
    from schemas.actors import Actor


def purge(home: Path, actor: Actor, at: datetime, *, dry_run: bool = False) -> list[str]:
    """Remove the originals that came longer ago than settings.toml keeps them; a line for each, and one for all.

    With `dry_run` they are only named. UserError for settings that cannot be followed: then nothing is removed.
    """
    require(actor, "business_unit")
    kept = settings.retention(home)
    if not (home / VAULT).exists():
        raise UserError(f"There is no vault in {home}. Set THROUGHLINE_HOME, or load a return first.")
    if kept.originals_months is None:
        return [f"No time is set after which originals are removed. Set it in {home / settings.FILE}."]
    if kept.holds_all:
        return ["A legal hold keeps every original. Nothing was removed."]
    if dry_run:
        with transaction(home, write=False) as connection:
            due = _due(connection, kept.legal_hold, _before(at, kept.originals_months))
    else:
        due = _removed(home, actor, at)
    return [*(f"{one.submission_id}, received {one.received_at:%d %B %Y}" for one in due), _said(len(due), dry_run)]


def _removed(home: Path, actor: Actor, at: datetime) -> list[Original]:
    """Remove what is due by the settings as the event log has them; none where they keep everything by now."""
    files = by_the_files.noted(home)
    kept = settings.retention(home)
    if kept.originals_months is None or kept.holds_all:
        return []
    with transaction(home, write=True) as connection:
        due = _due(connection, kept.legal_hold, _before(at, kept.originals_months))
        retention.note(connection, actor, due, kept.originals_months, at=at)
        files.refuse_changed("Nothing was removed.")
    with transaction(home, write=False) as connection:
        retention.sweep(connection, home)
    return due


def refuse_slips(home: Path, so: str = "Nothing was published.") -> None:
    """Stop before a release where its settings could not be followed at the end of it. UserError says what is wrong.

    `so`: what follows where a hold names nobody.
    """
    kept = settings.retention(home)
    if kept.legal_hold and (home / VAULT).exists():
        with transaction(home, write=False) as connection:
            _refuse_strange(connection, kept.legal_hold, so)


def with_release(home: Path, actor: Actor, at: datetime) -> None:
    """Remove what is due once a release is out; where no time is set the vault is not even opened."""
    require(actor, "business_unit")
    kept = settings.retention(home)
    if kept.originals_months is not None and not kept.holds_all:
        purge(home, actor, at)


def _due(connection: Connection, held: tuple[str, ...], before: datetime) -> list[Original]:
    _refuse_strange(connection, held)
    return retention.due(retention.kept(connection), before, held)


def refuse_held(home: Path, connection: Connection, agencies: Collection[str], submissions: Collection[str]) -> None:
    """UserError where a legal hold keeps what is about to be removed, or names what nobody knows: in one sentence."""
    kept = settings.retention(home)
    _refuse_strange(connection, kept.legal_hold)
    held = sorted({*kept.legal_hold} & {*agencies, *submissions})
    if kept.holds_all or held:
        what = "everything" if kept.holds_all else held[0]
        raise UserError(f"A legal hold in {settings.FILE} keeps {what}, so nothing was removed.")


def _refuse_strange(connection: Connection, held: Collection[str], so: str = "Nothing was removed.") -> None:
    known = {*catalogue().agencies, SCRUTINEER}
    strange = [each for each in held if each not in known and not retention.was_sent(connection, each)]
    if strange:
        raise UserError(
            f"{settings.FILE}: legal_hold names “{strange[0][:60]}”, which is no agency and no submission. {so}"
        )


def _before(at: datetime, months: int) -> datetime:
    """The moment so many months ago: on the same day, or on the last of a month that has no such day."""
    return (pd.Timestamp(at) - pd.DateOffset(months=months)).to_pydatetime()


def _said(many: int, dry_run: bool) -> str:  # noqa: FBT001 - a fact
    originals = "1 original" if many == 1 else f"{many:,} originals"
    if dry_run:
        return f"{originals} would be removed; what was read of them would stay."
    return f"{originals} removed; what was read of them stays, and the log says when and why."
