"""What each audience may read of the learning log: a recommendation is paperwork, but the incident behind it is a child.

The Executive reads everything. In the other releases no row says where a recommendation came from: set beside its theme,
its agency and its dates that would tell whose case it was. The public reads those recommendations that the partnership
has worded for it, and counts of all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.small_words import LEFT_OUT
from schemas.returns.telling import tells_too_much

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

EXECUTIVE, PUBLIC = "executive", "public"
# What leads from a recommendation to an incident.
_ORIGIN = {
    "source": "",
    "source_words": "",
    "source_ref": "",
    "context_words": "",
    "incident_on": None,
    "reviewed_on": None,
}
# Words in which a handful of children may be named: no table protects them.
_WORDS = {
    "recommendation": ("title", "text", "owner_role", "due_reason", "not_measurable"),
    "action": ("note", "due_reason", "action", "owner_role"),
    "evidence": ("finding",),
    "claim_view": ("reason",),
    "recommendation_account": ("account",),
}
_PUBLIC_ROWS = ("recommendation", "evidence", "dissemination", "impact", "impact_point", "claim_view")
_PUBLIC_BLANKS = {
    "recommendation": ("text", "owner_role", "due_reason", "not_measurable", "repeats_words", "progress_words"),
    "evidence": ("finding",),
    "claim_view": ("reason",),
}
_PUBLIC_DIMENSIONS = ("all", "theme", "year")
_NOT_MEASURED = "Not measurable by the figures of the data set."


def for_readers(
    tables: dict[str, pd.DataFrame], audience_id: str, public_wording: Mapping[str, str], origins: frozenset[str]
) -> dict[str, pd.DataFrame]:
    """The tables as an audience may read them; `public_wording` by recommendation, "" where none was agreed.

    `origins`: the references of incidents and reviews, which no other words may give away either.
    """
    if audience_id == EXECUTIVE:
        return tables
    made = dict(tables)
    made["recommendation"] = tables["recommendation"].assign(**_ORIGIN)
    # Without a linked indicator the finding is somebody's own reason, in their own words.
    worded = ~made["recommendation"]["recommendation_id"].isin(set(tables["impact"]["recommendation_id"]))
    made["recommendation"].loc[worded, "finding"] = _NOT_MEASURED
    for name, columns in _WORDS.items():
        made[name] = made[name].assign(**{column: _repeatable(made[name][column], origins) for column in columns})
    # Where evidence is kept names the review it came with as often as not.
    made["evidence"] = made["evidence"].assign(reference="")
    return _public(made, public_wording, origins) if audience_id == PUBLIC else made


def _repeatable(texts: pd.Series, origins: frozenset[str]) -> pd.Series:
    return texts.map(lambda text: LEFT_OUT if tells_too_much(str(text), origins) else text).astype(texts.dtype)


def _public(
    tables: dict[str, pd.DataFrame], public_wording: Mapping[str, str], origins: frozenset[str]
) -> dict[str, pd.DataFrame]:
    """Only recommendations worded for the public, without the agencies' own words; counts of all of them."""
    # A wording that tells too much was only asked about when it came; here it is not shown.
    worded = {each for each, wording in public_wording.items() if wording and not tells_too_much(wording, origins)}
    made = dict(tables)
    for name in _PUBLIC_ROWS:
        made[name] = tables[name][tables[name]["recommendation_id"].isin(worded)].reset_index(drop=True)
    for name, columns in _PUBLIC_BLANKS.items():
        made[name] = made[name].assign(**dict.fromkeys(columns, ""))
    rows = made["recommendation"]
    repeats = rows["repeats_id"].where(rows["repeats_id"].isin(worded), None)
    made["recommendation"] = rows.assign(title=rows["recommendation_id"].map(public_wording), repeats_id=repeats)
    made["impact"] = made["impact"].assign(beside_words="")
    for name in ("action", "recommendation_account"):
        made[name] = tables[name].iloc[:0]
    counted = tables["learning_count"]
    made["learning_count"] = counted[counted["dimension"].isin(_PUBLIC_DIMENSIONS)].reset_index(drop=True)
    # Which later recommendation repeats which earlier one is named in the detail.
    measures = tables["learning_measure"]
    made["learning_measure"] = measures.assign(detail=measures["detail"].where(measures["measure_id"].ne("5"), ""))
    return made
