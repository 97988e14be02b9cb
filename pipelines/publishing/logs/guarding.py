"""What protects the counts of the logs for one audience: its policy, the figures it is shown, what was said before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.publishing.ladder import policy_of
from pipelines.publishing.rows import number, rows
from pipelines.publishing.whole_area import all_agencies

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from pipelines.disclosure import Policy
    from pipelines.publishing.logs.splits_before import Earlier
    from schemas.catalogue import Audience, Catalogue


@dataclass(frozen=True)
class Guard:
    """The policy, each shown side of the figures counts add up to, and what earlier publications said."""

    policy: Policy
    figures: Mapping[tuple[str, str], tuple[float | None, float | None]]
    earlier: Earlier

    def shown(self, indicator_id: str, period_id: str) -> tuple[float | None, float | None]:
        """Numerator and denominator of a whole-area figure as the release shows them; None where it does not."""
        return self.figures.get((indicator_id, period_id), (None, None))


def guard_of(catalogue: Catalogue, audience: Audience, figures: pd.DataFrame, earlier: Earlier) -> Guard:
    """The guard of an audience, from the figures its release shows."""
    whole = all_agencies(catalogue, figures)
    mine = whole[whole["indicator_id"].isin([i.id for i in catalogue.indicators.values() if i.computed_from])]
    sides = {
        (row["indicator_id"], row["period_id"]): (number(row["numerator"]), number(row["denominator"]))
        for row in rows(mine)
    }
    return Guard(policy_of(audience), sides, earlier)
