"""Everything a release says of one place or group beside another, from its protected figures and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.publishing.disparities import disparities
from pipelines.publishing.funnels import funnels
from pipelines.publishing.standardising import standardised

if TYPE_CHECKING:
    import pandas as pd

    from schemas.catalogue import Audience, Catalogue


def compared_tables(catalogue: Catalogue, figures: pd.DataFrame, audience: Audience) -> dict[str, pd.DataFrame]:
    """The tables of comparisons inside the area: wards, like agencies, groups of children, rates that allow for age.

    Groups are not set against each other where counts are rounded: the rounding would decide which of them differ.
    """
    plots = funnels(catalogue, figures)
    return {
        "funnel_plot": plots.plots,
        "funnel": plots.places,
        "funnel_line": plots.lines,
        "disparity": disparities(catalogue, figures.iloc[:0] if audience.round_to else figures),
        "standardised": standardised(catalogue, figures),
    }
