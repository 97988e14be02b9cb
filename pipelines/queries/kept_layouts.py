"""The layouts by which an agency's own spreadsheets are read, for those who may act for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.queries.vault import asked
from pipelines.store import layouts
from pipelines.store.opening import VAULT
from schemas.actors import Actor, may_act_for

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pipelines.store.opening import Connection


@dataclass(frozen=True, slots=True)
class KeptLayout:
    """One layout that stands: what it is called, which version, who saved it and when, and how many rows it reads."""

    layout_id: str
    agency_id: str
    title: str
    version: int
    saved_by: str
    saved_at: datetime
    rows: int
    left_out: int


def kept(home: Path, actor: Actor, agency_id: str) -> tuple[KeptLayout, ...]:
    """The layouts of an agency that stand, by title; none for whoever may not act for it."""
    if not may_act_for(actor, agency_id) or not (home / VAULT).exists():
        return ()
    return asked(home, actor, _standing, agency_id)


def _standing(connection: Connection, agency_id: str) -> tuple[KeptLayout, ...]:
    found = [each for each in layouts.every(connection, agency_id) if each.stands]
    listed = [
        KeptLayout(
            each.layout.id, agency_id, each.layout.title, each.version, each.saved_by, each.saved_at,
            len(each.layout.labels), len(each.layout.left_out),
        )
        for each in found
    ]  # fmt: skip
    return tuple(sorted(listed, key=lambda each: each.title.casefold()))
