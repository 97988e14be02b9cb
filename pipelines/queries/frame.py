"""What the header of every page says: whose data, to when, which publication, how marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipelines.queries.pointer import Pointer, before, earlier, every, folder, made_at
from pipelines.queries.reading import rows
from pipelines.queries.remembered import remembered
from pipelines.queries.served import NoneWholeError, served
from pipelines.queries.withdrawn import withdrawn_in
from schemas.actors import require_reader
from schemas.periods import day_words, parse
from schemas.problems import UserError

__all__ = [
    "Header",
    "NoneWholeError",
    "Release",
    "header",
    "kept",
    "pointer",
    "previous",
    "releases",
    "served",
    "withdrawn",
]

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pipelines.queries.withdrawn import Withdrawn
    from schemas.actors import Actor


# A label that names a year has its own date; a second one beside it would only raise a question.
_YEAR = re.compile(r"\b20\d\d\b")


@dataclass(frozen=True, slots=True)
class Release:
    """One publication in a list of them."""

    publication_id: str
    label: str
    made_at: datetime

    @property
    def words(self) -> str:
        """Its label and day, which is said once."""
        day = day_words(self.made_at.date())
        if day in self.label:
            return self.label
        return f"{self.label}, {day}" if self.label else day

    @property
    def name(self) -> str:
        """Its label and day, quoted, and its time (UTC): two of a day may have one label."""
        return f"“{self.words}”, {self.made_at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Header:
    """Everything the frame around a page needs."""

    publication_id: str
    partnership: str
    area_id: str
    period_id: str
    period_label: str
    label: str
    made_at: datetime
    made_by: str
    audience: str
    marking: str
    synthetic: bool
    policy: str
    expected_flags: float
    hidden_cells: int
    shown_cells: int
    rounded_to: int | None
    has_accounts: bool
    is_current: bool
    earlier: tuple[Release, ...]
    fault: str = ""
    is_prepared: bool = False

    @property
    def published_words(self) -> str:
        """`Published for the Executive, 17 November 2026`; of one that is prepared first of all that it is not released."""
        day = day_words(self.made_at.date())
        if self.is_prepared:
            return f"Prepared, not released: {self.label}, {day}" if self.label else f"Prepared, not released, {day}"
        if not self.label:
            return f"Published {day}"
        return self.label if _YEAR.search(self.label) else f"{self.label}, {day}"


def pointer(home: Path, actor: Actor, audience: str, publication_id: str | None = None) -> Pointer | None:
    """The publication to show: an earlier one when asked for by id, else the current one, else None.

    Where that one is damaged, another that is whole; `served` says so. UserError for whoever does not read that
    audience's; what is given opens for this reader only.
    """
    return served(home, actor, audience, publication_id).pointer


def kept(home: Path, actor: Actor, audience: str) -> tuple[str, ...]:
    """The ids of every publication kept for an audience, newest first."""
    require_reader(actor, audience)
    return tuple(earlier(home, audience))


def mark_of(home: Path, audience: str) -> str:
    """What is another as soon as an audience gets another publication, or loses one; it says nothing of what is in them."""
    place = folder(home, audience)
    try:
        found = (place / "CURRENT").stat()
        return f"{found.st_ino} {found.st_mtime_ns} {place.stat().st_mtime_ns}"
    except FileNotFoundError:
        return ""


def withdrawn(home: Path, actor: Actor, audience: str) -> tuple[Withdrawn, ...]:
    """The publications of an audience that were taken back, newest first."""
    require_reader(actor, audience)
    return withdrawn_in(folder(home, audience))


def previous(home: Path, actor: Actor, audience: str, publication_id: str) -> Pointer | None:
    """The publication to compare one with: the one before it that is whole, for this reader only."""
    require_reader(actor, audience)
    found = before(home, audience, publication_id)
    return replace(found, reader=actor) if found else None


def header(home: Path, shown: Pointer, fault: str = "") -> Header:
    """The header of a publication, for the reader it was found for. UserError where it was found for nobody.

    `fault`: what is wrong with the one in whose place it is shown.
    """
    if shown.reader is None:
        raise UserError("Nobody is named for whom this publication would be opened.")
    audience = shown.audience
    facts = rows(shown, "select * from publication")[0]
    now = pointer(home, shown.reader, audience)
    return Header(
        publication_id=shown.publication_id,
        partnership=facts["partnership"],
        area_id=facts["area_id"],
        period_id=facts["data_through"],
        period_label=parse(facts["data_through"]).label,
        label=facts["label"],
        made_at=facts["made_at"],
        made_by=facts["made_by"],
        audience=facts["audience"],
        marking=facts["marking"],
        synthetic=facts["synthetic"],
        policy=facts["policy"],
        expected_flags=facts["expected_flags"],
        hidden_cells=facts["hidden_cells"],
        shown_cells=facts["shown_cells"],
        rounded_to=facts.get("rounded_to"),  # not there before releases were rounded
        has_accounts=facts.get("has_accounts", True),
        is_current=now is not None and now.publication_id == shown.publication_id,
        earlier=releases(home, shown.reader, audience),
        fault=fault,
        is_prepared=shown.is_prepared,
    )


def releases(home: Path, actor: Actor, audience: str) -> tuple[Release, ...]:
    """Every publication kept for an audience, newest first."""
    require_reader(actor, audience)
    return tuple(_release(one) for one in every(home, audience))


def _release(one: Pointer) -> Release:
    """One damaged file is named in its place and must not close the others."""
    try:
        return _labelled(one)
    except UserError:
        return Release(one.publication_id, "Cannot be opened", made_at(one.publication_id).replace(tzinfo=None))


@remembered(maxsize=1024)
def _labelled(one: Pointer) -> Release:
    facts = rows(one, "select label, made_at from publication")[0]
    return Release(one.publication_id, facts["label"], facts["made_at"])
