"""What came, what did not, and why: one state in words for every agency, period and indicator."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from schemas.catalogue.owed import periods_of
from schemas.periods import parse, quarters

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue
    from schemas.periods import Period

COLUMNS = ["agency_id", "kind", "period_id", "indicator_id", "state"]
WHOLE_RETURN = "all"


def due_on(catalogue: Catalogue, quarter: Period, kind: str = "figures") -> date:
    """The last day a return for the quarter is on time."""
    return quarter.end + timedelta(days=catalogue.calendar[kind].due_days)


def coverage(
    catalogue: Catalogue,
    submissions: pd.DataFrame,
    observations: pd.DataFrame,
    not_held: pd.DataFrame,
    through: Period,
    today: date,
) -> pd.DataFrame:
    """The publication table `coverage`; the row with indicator_id `all` is the return as a whole."""
    every = quarters(parse(catalogue.partnership.first_period), through)
    standing = submissions[submissions["state"].str.startswith("accepted")]
    by_return = standing.set_index(["agency_id", "period_id"])
    refused = set(
        submissions[submissions["state"].eq("refused")][["agency_id", "period_id"]].itertuples(index=False, name=None)
    )
    totals = observations[observations["breakdown"].eq("all") & observations["area_id"].eq(_here(catalogue))]
    have = set(totals[["agency_id", "indicator_id", "period_id"]].itertuples(index=False, name=None))
    lacking = set(not_held[["agency_id", "indicator_id"]].itertuples(index=False, name=None))
    rows: list[tuple[str, str, str, str, str]] = []
    for agency_id, quarter in ((a.id, q) for a in catalogue.agencies.values() if a.sends for q in every):
        owed_here = [
            (i.id, p.id)
            for i in catalogue.indicators.values()
            if agency_id in i.sent_by and i.computed_from is None
            for p in periods_of(i, quarter)
        ]
        if not owed_here:
            continue
        state = _return_state(by_return, refused, agency_id, quarter, due_on(catalogue, quarter), today)
        rows.append((agency_id, "figures", quarter.id, WHOLE_RETURN, state))
        for indicator_id, period_id in owed_here:
            there = (agency_id, indicator_id, period_id) in have
            held = (agency_id, indicator_id) not in lacking
            rows.append((agency_id, "figures", period_id, indicator_id, _figure_state(state, there=there, held=held)))
    return pd.DataFrame(rows, columns=COLUMNS).drop_duplicates(COLUMNS[:4])


def _return_state(
    by_return: pd.DataFrame, refused: set[tuple[str, str]], agency_id: str, quarter: Period, due: date, today: date
) -> str:
    key = (agency_id, quarter.id)
    if key in by_return.index:
        found = by_return.loc[[key]].iloc[-1]
        if not found["approved"]:
            return "awaiting agency approval"
        return "received with queries" if found["state"] == "accepted with queries" else "received"
    if key in refused:
        return "refused, not yet replaced"
    return "late" if today > due else "not yet due"


def _figure_state(return_state: str, *, there: bool, held: bool) -> str:
    if there:
        return "received"
    if not held:
        return "not held"
    return "not supplied" if return_state.startswith(("received", "awaiting")) else return_state


def _here(catalogue: Catalogue) -> str:
    return catalogue.partnership.area_code
