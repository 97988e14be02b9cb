"""What the last publication said that this one says differently, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.publishing.words import value_words
from pipelines.queries.pointer import opened
from schemas.published.tables import TABLES

if TYPE_CHECKING:
    from pipelines.publishing.assembling import Inputs
    from pipelines.queries.pointer import Pointer

_KEY = ["indicator_id", "period_id"]
_WHOLE = "agency_id = 'all' and breakdown = 'all' and category = 'all' and area_id = ?"


def restatements(inputs: Inputs, figures: pd.DataFrame, before: Pointer | None) -> pd.DataFrame:
    """The publication table `restatement`: whole-area figures shown then and now, with another value.

    A figure hidden in either is left out: the pair would tell what one of them hides.
    """
    columns = [c.name for c in TABLES["restatement"].columns]
    if before is None:
        return pd.DataFrame(columns=columns)
    here = inputs.catalogue.partnership.area_code
    with opened(before) as connection:
        was = connection.execute(
            f"select indicator_id, period_id, value as was from figure where {_WHOLE} and value is not null",  # noqa: S608
            [here],
        ).df()
    whole = figures["agency_id"].eq("all") & figures["breakdown"].eq("all") & figures["area_id"].eq(here)
    now = figures[whole & figures["value"].notna()][[*_KEY, "value", "submission_ids"]]
    both = was.merge(now.rename(columns={"value": "now"}), on=_KEY)
    both = both[~np.isclose(both["was"], both["now"], rtol=0, atol=1e-9)]
    both["reason"] = [_reason(inputs, row) for row in both.itertuples()]
    both["publication_was"], both["publication_now"] = before.publication_id, ""
    for column in ("was", "now"):
        words = [
            value_words(inputs.catalogue.indicators[i], v)
            for i, v in zip(both["indicator_id"], both[column], strict=True)
        ]
        both[f"{column}_words"] = words
    changed = both[both["was_words"].ne(both["now_words"])]
    return changed.reindex(columns=columns).reset_index(drop=True)


def _reason(inputs: Inputs, row: object) -> str:
    """The reason the agency gave with its new figure, or that it gave none."""
    sent = inputs.observations
    mine = sent[sent["indicator_id"].eq(row.indicator_id) & sent["period_id"].eq(row.period_id)]  # type: ignore[attr-defined]
    given = [r for r in mine[mine["breakdown"].eq("all")]["reason"] if r]
    return str(given[-1]) if given else "A later return changed it; no reason was given."
