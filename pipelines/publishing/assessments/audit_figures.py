"""Indicators computed from the log of audits: judgements good or better, and cases in which the child's voice was evident."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.assessments.audit_grades import (
    ENOUGH,
    FEWEST,
    JOINT,
    MODERATED,
    Graded,
    cases_of,
    distributions,
    grades_of,
    reported,
)
from pipelines.publishing.logs.log import Log, inside
from pipelines.publishing.logs.observed import Counts, observed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from pipelines.publishing.assembling import Inputs

JUDGEMENTS, VOICE = "PA05", "VO01"


def of_audits(inputs: Inputs) -> Iterator[dict[str, Any]]:
    """PA05 and VO01 of each quarter, from the audits reported in it; no PA05 of judgements too few for a percentage."""
    log, audits = Log(inputs, "audit"), reported(inputs)
    for quarter in log.quarters:
        mine = audits[inside(audits["reported_on"], quarter)]
        cases = large(cases_of(inputs, mine))
        heard = int(cases["voice_shaped"].eq("yes").sum())
        yield observed(log, VOICE, quarter, Counts(heard, len(cases)), mine)
        graded = distributions(grades_of(inputs, mine), MODERATED)
        together = judgements(graded, [JOINT])
        if not 0 < (together.denominator or 0) < ENOUGH:
            yield observed(log, JUDGEMENTS, quarter, together, mine)
        for category, whose in _agencies(inputs).items():
            found = judgements(graded, whose)
            if (found.denominator or 0) >= ENOUGH:
                split = {"breakdown": "agency_about", "category": category}
                yield observed(log, JUDGEMENTS, quarter, found, mine, **split)


def large(cases: pd.DataFrame) -> pd.DataFrame:
    """The cases of audits of six and more; of a smaller one a sum over the quarter would tell how few it had."""
    return cases[cases.groupby("audit_ref")["case_no"].transform("size").ge(FEWEST)]


def judgements(graded: dict[tuple[str, str, str], Graded], whose: Iterable[str]) -> Counts:
    """Judgements good or better, of all that are shown: those of a domain in which too few cases were judged are in neither.

    >>> shown, hidden = Graded({"g3": 5, "g2": 2}), Graded({"g4": 3})
    >>> judgements({("AU-1", "impact", "all"): shown, ("AU-1", "voice", "all"): hidden}, ["all"])
    Counts(numerator=5, denominator=7)
    """
    among = set(whose)
    mine = [one for (_, _, agency), one in graded.items() if agency in among and one.is_shown]
    return Counts(sum(one.good for one in mine), sum(one.n for one in mine))


def _agencies(inputs: Inputs) -> dict[str, list[str]]:
    """Each sector with the agencies whose partner it is."""
    known = inputs.catalogue.breakdowns["agency_about"].categories
    agencies = inputs.catalogue.agencies.values()
    return {sector.id: [agency.id for agency in agencies if agency.partner == sector.id] for sector in known}
