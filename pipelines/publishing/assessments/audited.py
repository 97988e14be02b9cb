"""The programme of audits, their grades and findings, as one audience may have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.publishing.assessments.audit_cases import case_rows, counted_cases
from pipelines.publishing.assessments.audit_found import finding_rows
from pipelines.publishing.assessments.audit_grades import grades_of, reported, sizes
from pipelines.publishing.assessments.audit_judged import grade_rows, moderation_rows
from pipelines.publishing.assessments.audit_programme import Programme, audit_table
from pipelines.publishing.assessments.audit_shifts import shift_rows
from pipelines.publishing.assessments.audit_text import reader_of
from pipelines.publishing.logs.guarding import guard_of
from pipelines.publishing.logs.log import records_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.logs.splits_before import Earlier
    from schemas.catalogue import Audience

Rows = dict[str, list[dict[str, Any]]]


def audit_rows(inputs: Inputs, audience: Audience, published: Mapping[str, pd.DataFrame], earlier: Earlier) -> Rows:
    """The rows of each table, by its name; `published` has the figures that the counts of cases add up to.

    No case is in any of them: cases are counted, protected, and never crossed with grades or with one another. The
    public's file has nothing of what they were.
    """
    reader, done = reader_of(inputs, audience), reported(inputs)
    grades, catalogue = grades_of(inputs, done), inputs.catalogue
    guard = guard_of(catalogue, audience, published["figure"], earlier)
    cases = None if reader.is_public else counted_cases(inputs, done, guard)
    every = done if reader.is_public else records_of(inputs, "audit", "Audits")
    programme = Programme(inputs, every, grades, cases, sizes(inputs, done), earlier, reader, audience)
    made: Rows = {
        "audit": list(audit_table(programme)),
        "audit_grade": list(grade_rows(catalogue, grades, earlier, audience)),
        "audit_shift": list(shift_rows(inputs, earlier, audience)),
        "audit_finding": list(finding_rows(inputs, reader)),
    }
    if cases is not None:
        made["audit_moderation"] = list(moderation_rows(catalogue, grades, earlier, reader))
        made["audit_case"] = list(case_rows(inputs, done, cases))
    return made
