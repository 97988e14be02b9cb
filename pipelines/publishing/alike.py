"""What the releases of one moment have in common: worked out once, before any audience's own is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.publishing.agreed import agreed_tables
from pipelines.publishing.coverage import coverage
from pipelines.publishing.figures import candidates
from pipelines.publishing.logs.tables import tables_for_all

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.logs.splits_before import Earlier
    from pipelines.publishing.protecting import Secured


@dataclass(frozen=True)
class Moment:
    """Everything that stands, linked and looked over once; nothing here is decided for an audience yet.

    `candidates` are the rows a release could show, `agreed` the tables that describe, `coverage` what came and what not,
    `counted_before` what earlier publications said of the counts in tables of their own.
    """

    inputs: Inputs
    system: Secured
    candidates: pd.DataFrame
    agreed: dict[str, pd.DataFrame]
    coverage: pd.DataFrame
    counted_before: Earlier


def alike(inputs: Inputs, system: Secured, earlier: Earlier) -> Moment:
    """The moment of these inputs, whose linked system is given, with what was `earlier` told of counts in tables."""
    return Moment(
        inputs=inputs,
        system=system,
        candidates=candidates(inputs.catalogue, inputs.observations, inputs.populations),
        agreed=agreed_tables(inputs) | tables_for_all(inputs),
        coverage=coverage(inputs),
        counted_before=earlier,
    )
