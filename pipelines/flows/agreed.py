"""What must be agreed before real data are released at all, and what a release says of what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.store.synthetic import is_synthetic
from schemas.catalogue.agreements import FILE
from schemas.periods import day_words
from schemas.problems import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from pipelines.publishing import Inputs
    from schemas.catalogue import Audience
    from schemas.catalogue.agreements import Agreements


def assessed(agreements: Agreements, today: date) -> None:
    """UserError unless a data protection impact assessment was signed by that day: real data are not released without."""
    found = agreements.impact_assessment
    if found is None:
        raise UserError(
            "Not released: no signed data protection impact assessment is recorded, and these are real data. Once it is "
            f"signed, put its date and role under [impact_assessment] in {FILE}."
        )
    if found.signed_on > today:
        raise UserError(
            f"Not released: the impact assessment is recorded as signed on {day_words(found.signed_on)}, which is still to "
            f"come. Mend signed_on in {FILE}, or release after that day."
        )


def something_agreed(inputs: Inputs, audience: Audience) -> None:
    """UserError where no agency that has sent anything agrees to the audience: the release would hold nothing of theirs."""
    sent = set(inputs.observations["agency_id"]) - {"official_statistics"}
    if sent and sent <= set(audience.withheld_from):
        raise UserError(
            f"Not released for {audience.id}: no agency that has sent figures has an agreement in force that covers it. "
            f"Record the agreements: see “throughline agreement list”."
        )


def invented_words(home: Path) -> Iterator[str]:
    """What whoever sends something to a demonstration must know; nothing elsewhere.

    Its templates say SYNTHETIC like the sample's files, so no file can prove that it is invented: it is said, not refused.
    """
    if is_synthetic(home):
        yield (
            "This is a demonstration: anybody on this machine can choose a persona and read what is sent. Send invented "
            "figures only."
        )


def left_out_words(withheld: Sequence[tuple[str, int]], known_elsewhere: Sequence[str] = ()) -> Iterator[str]:
    """A line for each agency whose figures a release left out, and one that says what to do; nothing where none were.

    Then a line for each of these whose total is known from elsewhere.
    """
    kept = [(title, many) for title, many in withheld if many]
    for title, many in kept:
        yield f"  Left out, as its agreement does not cover this audience: {title}, {many:,} figures with the totals it is part of."
    if kept:
        yield "  Record or renew the agreement with “throughline agreement record”, then publish again."
    for each in known_elsewhere:
        yield f"  {each}"
