"""How each agency's agreement stands, for the business unit: until when, for whom, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.store import agreements as stored
from pipelines.store.synthetic import is_synthetic
from schemas.actors import require
from schemas.catalogue import catalogue
from schemas.catalogue.agreements import AUDIENCES, FILE
from schemas.catalogue.under_agreements import bound
from schemas.periods import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from schemas.actors import Actor
    from schemas.catalogue.agreements import Agreement, Agreements, Assessment, State


@dataclass(frozen=True, slots=True)
class Standing:
    """One agency's agreement on a day: its terms (None where there are none), how it stands, and what to do, empty if nothing."""

    agency_id: str
    title: str
    terms: Agreement | None
    state: State
    to_do: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """All agreements on a day, the impact assessment and what to do about it, and how a release is made."""

    standing: tuple[Standing, ...]
    assessment: Assessment | None
    assessment_to_do: str
    two_people: bool
    synthetic: bool

    @property
    def in_words(self) -> str:
        """How many agreements are in force, and how many of these leave an audience out, in a sentence."""
        every, holding = (
            len(self.standing),
            [each for each in self.standing if each.state in ("in force", "review due")],
        )
        if not any(each.terms for each in self.standing):
            return "No agreement is recorded."
        said = "Every agreement is" if len(holding) == every else f"{len(holding)} of {every} agreements are"
        narrow = sum(len(each.terms.audiences) < len(AUDIENCES) for each in holding if each.terms)
        return f"{said} in force{f', {narrow} of them not for every audience' if narrow else ''}."

    @property
    def to_do(self) -> tuple[Standing, ...]:
        """Those that ask something of the business unit."""
        return tuple(each for each in self.standing if each.to_do)


def agreed(home: Path, actor: Actor, today: date) -> Agreed:
    """How everything that must be agreed stands. UserError for others than the business unit, or where the file is at fault."""
    require(actor, "business_unit")
    terms, synthetic = stored.read(home), is_synthetic(home)
    return Agreed(
        tuple(_standing(terms, each.id, each.title, today, synthetic=synthetic) for each in bound(catalogue())),
        terms.impact_assessment,
        _assessment_to_do(terms.impact_assessment, today, synthetic=synthetic),
        terms.release.two_people,
        synthetic,
    )


def _standing(terms: Agreements, agency_id: str, title: str, today: date, *, synthetic: bool) -> Standing:
    state, found = terms.state(agency_id, today), terms.agency.get(agency_id)
    if found is None:
        to_do = "" if synthetic else "Nothing of it is released. Record its agreement."
        return Standing(agency_id, title, None, state, to_do)
    if found.ended_on and found.ended_on > today and state in ("in force", "review due"):
        to_do = f"It ends on {day_words(found.ended_on)}: nothing of it is released from that day."
        return Standing(agency_id, title, found, state, to_do)
    last = day_words(terms.last_day(found))
    to_do = {
        "in force": "",
        "not in force yet": f"Nothing of it is released before {day_words(found.signed_on)}.",
        "review due": f"Review it: nothing of it is released after {last}.",
        "review overdue": f"Nothing of it is released since {last}. Review it, and record the new date.",
        "ended": "Nothing of it is released. Record a new agreement, if there is one.",
        "none": "",
    }[state]
    return Standing(agency_id, title, found, state, to_do)


def review_due(home: Path, actor: Actor, today: date) -> Iterator[str]:
    """A warning where the impact assessment is past its review, for whoever releases real data; nothing elsewhere.

    It stops no release: the assessment still stands, but nobody should release under it for years without being told.
    """
    require(actor, "business_unit")
    found = stored.read(home).impact_assessment
    if found is not None and found.review_on < today and not is_synthetic(home):
        yield (
            f"Warning: the data protection impact assessment was to be reviewed by {day_words(found.review_on)}. Have it "
            f"reviewed, then put the new date under [impact_assessment] in {FILE}."
        )


def _assessment_to_do(found: Assessment | None, today: date, *, synthetic: bool) -> str:
    if found is None:
        return "" if synthetic else "Nothing is released until one is signed and its date is recorded."
    if found.signed_on > today:
        return f"Nothing is released before {day_words(found.signed_on)}, when it is signed."
    if found.review_on < today:
        return f"Its review was due on {day_words(found.review_on)}."
    return ""
