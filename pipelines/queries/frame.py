"""What the header of every page says: whose data, to when, which publication, how marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pipelines.queries.pointer import Pointer, current, earlier, folder, named
from pipelines.queries.reading import rows
from pipelines.queries.withdrawn import withdrawn_in
from schemas.periods import day_words, parse
from schemas.problems import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.queries.withdrawn import Withdrawn


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
        """Its label and day."""
        return f"{self.label}, {day_words(self.made_at.date())}" if self.label else day_words(self.made_at.date())


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

    @property
    def published_words(self) -> str:
        """`Published for the Executive, 17 November 2026`."""
        day = day_words(self.made_at.date())
        if not self.label:
            return f"Published {day}"
        return self.label if _YEAR.search(self.label) else f"{self.label}, {day}"


def pointer(home: Path, audience: str, publication_id: str | None = None) -> Pointer | None:
    """The publication to show: an earlier one when asked for by id, else the current one, else None."""
    return named(home, audience, publication_id)


def kept(home: Path, audience: str) -> tuple[str, ...]:
    """The ids of every publication kept for an audience, newest first."""
    return tuple(earlier(home, audience))


def withdrawn(home: Path, audience: str) -> tuple[Withdrawn, ...]:
    """The publications of an audience that were taken back, newest first."""
    return withdrawn_in(folder(home, audience))


def header(home: Path, audience: str, shown: Pointer) -> Header:
    """The header of a publication."""
    facts = rows(shown, "select * from publication")[0]
    now = current(home, audience)
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
        earlier=releases(home, audience),
    )


def releases(home: Path, audience: str) -> tuple[Release, ...]:
    """Every publication kept for an audience, newest first."""
    found: list[Release] = []
    for publication_id in earlier(home, audience):
        one = Pointer(publication_id, folder(home, audience) / f"{publication_id}.duckdb", "", None)
        try:
            facts = rows(one, "select label, made_at from publication")[0]
            found.append(Release(publication_id, facts["label"], facts["made_at"]))
        except UserError:
            # One damaged file is named in its place and must not close the others.
            made_at = datetime.strptime(publication_id[:16], "%Y%m%dT%H%M%SZ")  # noqa: DTZ007 - UTC, as made_at is kept
            found.append(Release(publication_id, "Cannot be opened", made_at))
    return tuple(found)
