"""Queries remembered by publication: a publication never changes, so its answers do not either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.queries import agreed_terms as terms
from pipelines.queries import annotated as notes
from pipelines.queries import audits as auditing
from pipelines.queries import comparing, frame, making
from pipelines.queries import coverage as coverages
from pipelines.queries import indicator as indicators
from pipelines.queries import learning as learnings
from pipelines.queries import ledger as ledgers
from pipelines.queries import linked as links_to_indicators
from pipelines.queries import overview as overviews
from pipelines.queries import owners as owning
from pipelines.queries import release_differences as differing
from pipelines.queries import scorecard as scorecards
from pipelines.queries.remembered import remembered

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.queries.agreed_terms import MadeUnder
    from pipelines.queries.annotated import Annotation
    from pipelines.queries.audits import Audits
    from pipelines.queries.beside import Compared
    from pipelines.queries.coverage import Coverage
    from pipelines.queries.frame import Header
    from pipelines.queries.indicator import IndicatorView
    from pipelines.queries.learning import Learning
    from pipelines.queries.ledger import Entry
    from pipelines.queries.linked import Linked
    from pipelines.queries.making import Making
    from pipelines.queries.overview import Overview
    from pipelines.queries.owners import Owners
    from pipelines.queries.pointer import Pointer
    from pipelines.queries.release_differences import Differences
    from pipelines.queries.scorecard import Scorecard


@remembered(maxsize=64)
def header(home: Path, shown: Pointer, current: Pointer | None, kept: tuple[str, ...], fault: str) -> Header:
    """The header of a publication; what is current and what is kept are part of the key, as the list of others has them."""
    del current, kept
    return frame.header(home, shown, fault)


@remembered(maxsize=16)
def made_under(pointer: Pointer) -> MadeUnder:
    """The agreements a publication was made under."""
    return terms.made_under(pointer)


@remembered(maxsize=16)
def overview(pointer: Pointer, previous: Pointer | None) -> Overview:
    """The Overview of a publication."""
    return overviews.overview(pointer, previous)


@remembered(maxsize=16)
def owners(pointer: Pointer) -> Owners:
    """Whose each figure of a publication is, and whom to ask for it."""
    return owning.owners(pointer)


@remembered(maxsize=1024)
def has_wards(pointer: Pointer, indicator_id: str) -> bool:
    """Whether any figure of an indicator is of a ward."""
    return indicators.has_wards(pointer, indicator_id)


@remembered(maxsize=16)
def scorecard(pointer: Pointer) -> Scorecard:
    """Every indicator of a publication."""
    return scorecards.scorecard(pointer)


@remembered(maxsize=16)
def names(pointer: Pointer) -> tuple[tuple[str, str], ...]:
    """The ids and titles of a publication's indicators."""
    return indicators.names(pointer)


@remembered(maxsize=1024)
def indicator(pointer: Pointer, indicator_id: str) -> IndicatorView | None:
    """One indicator of a publication."""
    return indicators.indicator(pointer, indicator_id)


@remembered(maxsize=1024)
def compared(pointer: Pointer, indicator_id: str) -> Compared | None:
    """One indicator's places, agencies and groups side by side."""
    return comparing.compared(pointer, indicator_id)


@remembered(maxsize=16)
def coverage(pointer: Pointer) -> Coverage:
    """Who has sent what."""
    return coverages.coverage(pointer)


@remembered(maxsize=1024)
def annotated(pointer: Pointer, indicator_id: str) -> tuple[Annotation, ...]:
    """What stands beside an indicator's points."""
    return notes.annotated(pointer, indicator_id)


@remembered(maxsize=1024)
def ledger(pointer: Pointer, indicator_id: str) -> tuple[Entry, ...]:
    """An indicator's figures that are no longer what was shown."""
    return ledgers.ledger(pointer, indicator_id)


@remembered(maxsize=1024)
def makings(pointer: Pointer, indicator_id: str) -> tuple[Making, ...]:
    """How each of an indicator's figures was made."""
    return making.makings(pointer, indicator_id)


@remembered(maxsize=16)
def learning(pointer: Pointer) -> Learning:
    """Every recommendation, its evidence and its verdict."""
    return learnings.learning(pointer)


@remembered(maxsize=1024)
def linked(pointer: Pointer, indicator_id: str) -> tuple[Linked, ...]:
    """The recommendations that were to move an indicator."""
    return links_to_indicators.linked(pointer, indicator_id)


@remembered(maxsize=16)
def audits(pointer: Pointer) -> Audits:
    """Every audit, how it judged practice and what it found."""
    return auditing.audits(pointer)


@remembered(maxsize=16)
def differences(prepared: Pointer, before: Pointer | None) -> Differences:
    """What a prepared release would change for its readers."""
    return differing.differences(prepared, before)
