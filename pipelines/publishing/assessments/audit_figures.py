"""Indicators computed from the log of audits: judgements good or better, and cases in which the child's voice was evident."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.assessments.audit_grades import (
    ENOUGH,
    FEWEST,
    JOINT,
    MODERATED,
    Graded,
    Key,
    cases_of,
    distributions,
    grades_of,
    reported,
    sizes,
)
from pipelines.publishing.assessments.audit_judged import is_changed
from pipelines.publishing.logs.log import Log, inside
from pipelines.publishing.logs.observed import Counts, observed
from pipelines.publishing.logs.splits_before import Earlier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipelines.publishing.assembling import Inputs

JUDGEMENTS, VOICE = "PA05", "VO01"


def of_audits(inputs: Inputs, earlier: Earlier | None = None) -> Iterator[dict[str, Any]]:
    """PA05 and VO01 of each quarter, from the audits reported in it; no PA05 of judgements too few for a percentage.

    What the release hides as an earlier one told it with a few cases fewer or more is in neither: the figure, less the
    one before, would tell of just those cases.
    """
    log, audits, told = Log(inputs, "audit"), reported(inputs), earlier or Earlier()
    for quarter in log.quarters:
        mine = audits[inside(audits["reported_on"], quarter)]
        if not told.differs({("cases", ref): float(n) for ref, n in sizes(inputs, mine).items()}):
            cases = large(cases_of(inputs, mine))
            heard = int(cases["voice_shaped"].eq("yes").sum())
            yield observed(log, VOICE, quarter, Counts(heard, len(cases)), mine)
        graded = unchanged(distributions(grades_of(inputs, mine), MODERATED), told)
        together = judgements(graded, [JOINT])
        may_tell = _may_tell(together, told.judged.get((quarter.id, "all", "all"), frozenset()))
        if may_tell and not 0 < (together.denominator or 0) < ENOUGH:
            yield observed(log, JUDGEMENTS, quarter, together, mine)
        for category, whose in _agencies(inputs).items():
            found = judgements(graded, whose)
            before = told.judged.get((quarter.id, "agency_about", category), frozenset())
            if _may_tell(found, before) and (found.denominator or 0) >= ENOUGH:
                split = {"breakdown": "agency_about", "category": category}
                yield observed(log, JUDGEMENTS, quarter, found, mine, **split)


def as_told_before(inputs: Inputs, earlier: Earlier) -> Inputs:
    """The inputs, their figures of audits made anew without what earlier publications keep this one from telling."""
    if earlier == Earlier() or reported(inputs).empty:
        return inputs
    every = inputs.observations
    others = every[~every["indicator_id"].isin([JUDGEMENTS, VOICE])]
    again = pd.DataFrame(list(of_audits(inputs, earlier)), columns=every.columns)
    made = pd.concat([others, again], ignore_index=True) if len(again) else others.reset_index(drop=True)
    return replace(inputs, observations=made)


def unchanged(graded: Mapping[Key, Graded], earlier: Earlier) -> dict[Key, Graded]:
    """The distributions of audits and agencies of which none was told before with a few cases fewer or more.

    A case is judged in several domains: where one of them moved, a sum with the others would tell how.
    """
    moved = {
        (ref, whose)
        for (ref, domain, whose), one in graded.items()
        if is_changed(one, (ref, domain, whose, MODERATED), earlier)
    }
    return {key: one for key, one in graded.items() if (key[0], key[2]) not in moved}


def _may_tell(found: Counts, before: Iterable[float]) -> bool:
    """Whether no earlier publication's figure was of one to five judgements fewer or more."""
    return not any(0 < abs((found.denominator or 0) - size) < FEWEST for size in before)


def large(cases: pd.DataFrame) -> pd.DataFrame:
    """The cases of audits of six and more; of a smaller one a sum over the quarter would tell how few it had."""
    return cases[cases.groupby("audit_ref")["case_no"].transform("size").ge(FEWEST)]


def judgements(graded: Mapping[Key, Graded], whose: Iterable[str]) -> Counts:
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
