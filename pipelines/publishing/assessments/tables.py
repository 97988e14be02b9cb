"""The publication tables of self-assessments and audits, as one audience may have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.assessments.assured import assurance_rows
from pipelines.publishing.assessments.audited import audit_rows
from pipelines.publishing.assessments.self_assessed import self_assessed_rows
from pipelines.publishing.assessments.triangulated import triangulation_rows
from schemas.published.assessment_tables import ASSESSMENT_TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.logs.splits_before import Earlier
    from schemas.catalogue import Audience

Rows = dict[str, list[dict[str, Any]]]
_COLUMNS = {table.name: [column.name for column in table.columns] for table in ASSESSMENT_TABLES}


def assessment_tables(
    inputs: Inputs, audience: Audience, published: Mapping[str, pd.DataFrame], earlier: Earlier
) -> dict[str, pd.DataFrame]:
    """Every table of `assessment_tables`, empty where the audience has none.

    `published` are the release's other tables, of which the comparisons are made: what is hidden there stays hidden here.
    """
    made = self_assessed_rows(inputs, audience, earlier) | audit_rows(inputs, audience, published, earlier)
    made |= triangulation_rows(inputs, audience, made, published)
    made |= assurance_rows(inputs, audience, made, published)
    return {name: pd.DataFrame(made.get(name, []), columns=columns) for name, columns in _COLUMNS.items()}
