"""What the publication before showed of the whole area, and the ledger it carried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipelines.publishing.rows import tuples
from pipelines.publishing.whole_area import KEY
from pipelines.queries.pointer import opened
from schemas.published.tables import TABLES

if TYPE_CHECKING:
    from datetime import datetime

    from pipelines.queries.pointer import Pointer

COLUMNS = [c.name for c in TABLES["restatement"].columns]
WITHDRAWN = "withdrawn"
RESTATED = "restated"
_SHOWN = """
select indicator_id, period_id, value as was, numerator, denominator, status as status_was, submission_ids
from figure
where agency_id = 'all' and breakdown = 'all' and category = 'all' and area_id = ? and value is not null
"""
_HAS = "select column_name from information_schema.columns where table_name = 'restatement'"


@dataclass(frozen=True)
class Before:
    """The publication before this one: who it is, its shown whole-area figures, and its ledger."""

    publication_id: str
    label: str
    made_at: datetime
    method_version: str
    shown: pd.DataFrame
    ledger: pd.DataFrame


def read_before(before: Pointer, area_id: str) -> Before:
    """Read it; a publication from before there was a ledger has an empty one.

    `shown` has one row a figure: indicator_id, period_id, was, numerator, denominator, status_was, submission_ids,
    publication_was, label_was, made_was, where a figure that was withdrawn stands with its last shown value.
    """
    with opened(before) as connection:
        facts = connection.execute("select label, made_at, method_version from publication").fetchall()[0]
        shown = connection.execute(_SHOWN, [area_id]).df()
        has = {name for (name,) in connection.execute(_HAS).fetchall()}
        kept = connection.execute("select * from restatement").df() if has >= set(COLUMNS) else _none()
    label, made_at, method_version = facts
    shown = shown.assign(publication_was=before.publication_id, label_was=label, made_was=made_at)
    gone = kept[kept["kind"].eq(WITHDRAWN)].sort_values("made_now").drop_duplicates(KEY, keep="last")
    known = set(tuples(shown[KEY]))
    is_gone = [key not in known for key in tuples(gone[KEY])]
    gone = gone[np.array(is_gone, dtype=bool)]
    whole = pd.concat([shown, gone.reindex(columns=shown.columns)], ignore_index=True) if len(gone) else shown
    return Before(before.publication_id, label, made_at, method_version, whole, kept[COLUMNS])


def _none() -> pd.DataFrame:
    return pd.DataFrame(columns=COLUMNS)
