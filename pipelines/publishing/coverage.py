"""What came, what did not, and why: one state in words for every agency, period and indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.rows import tuples
from schemas.catalogue.cycle import due_on
from schemas.catalogue.owed import periods_of
from schemas.periods import parse, quarters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Catalogue
    from schemas.periods import Period

COLUMNS = ["agency_id", "kind", "period_id", "indicator_id", "state"]
WHOLE_RETURN = "all"
FIGURES = "figures"
LATER = "received with a later one"


def coverage(inputs: Inputs) -> pd.DataFrame:
    """The publication table `coverage`; the row with indicator_id `all` is the return as a whole."""
    catalogue = inputs.catalogue
    every = quarters(parse(catalogue.partnership.first_period), inputs.through)
    figures = inputs.submissions[inputs.submissions["kind"].eq(FIGURES)]
    states = {(s.agency_id, s.period_id): s for s in _latest(figures).itertuples()}
    sent = inputs.observations
    totals = sent[sent["breakdown"].eq("all") & sent["area_id"].eq(catalogue.partnership.area_code)]
    have = set(tuples(totals[["agency_id", "indicator_id", "period_id"]]))
    lacking = set(tuples(inputs.not_held[["agency_id", "indicator_id"]]))
    rows: list[tuple[str, ...]] = []
    for agency_id, quarter in ((a.id, q) for a in catalogue.agencies.values() if a.sends for q in every):
        figures_owed = list(_owed(catalogue, agency_id, quarter))
        if not figures_owed:
            continue
        late = inputs.today > due_on(catalogue, quarter)
        state = _return_state(states.get((agency_id, quarter.id)), late=late)
        if state == "late" and _came_later(agency_id, figures_owed, have, lacking):
            state = LATER
        rows.append((agency_id, FIGURES, quarter.id, WHOLE_RETURN, state))
        for indicator_id, period_id in figures_owed:
            there = (agency_id, indicator_id, period_id) in have
            held = (agency_id, indicator_id) not in lacking
            rows.append((agency_id, FIGURES, period_id, indicator_id, _figure_state(state, there=there, held=held)))
    return pd.DataFrame([*rows, *_logs(inputs, every)], columns=COLUMNS).drop_duplicates(COLUMNS[:4])


def _came_later(
    agency_id: str,
    figures_owed: list[tuple[str, str]],
    have: set[tuple[object, ...]],
    lacking: set[tuple[object, ...]],
) -> bool:
    """Whether all that a return which never came owed stands in later ones, but for what the agency does not hold."""
    keys = [(agency_id, indicator_id, period_id) for indicator_id, period_id in figures_owed]
    there = [key in have for key in keys]
    return any(there) and all(came or key[:2] in lacking for came, key in zip(there, keys, strict=True))


def _logs(inputs: Inputs, every: list[Period]) -> Iterator[tuple[str, ...]]:
    """The logs that are owed, from the quarter each was first sent for: before that nobody kept one.

    A log adds up, so a quarter's is no longer missed once a later one has come.
    """
    for calendar in inputs.catalogue.calendar.values():
        sent = inputs.submissions[inputs.submissions["kind"].eq(calendar.kind) & inputs.submissions["period_id"].ne("")]
        if calendar.kind == FIGURES or calendar.every == "year" or not calendar.required or sent.empty:
            continue
        latest = {(s.agency_id, s.period_id): s for s in _latest(sent).itertuples()}
        begun = min(parse(str(period_id)) for period_id in sent["period_id"])
        for sender in calendar.senders:
            came = [parse(str(period_id)) for agency_id, period_id in latest if agency_id == sender]
            for quarter in (q for q in every if q >= begun and calendar.is_due_with(q)):
                late = inputs.today > due_on(inputs.catalogue, quarter, calendar.kind)
                state = _return_state(latest.get((sender, quarter.id)), late=late)
                caught_up = state == "late" and any(period > quarter for period in came)
                yield (
                    sender,
                    calendar.kind,
                    quarter.id,
                    WHOLE_RETURN,
                    LATER if caught_up else state,
                )


def _owed(catalogue: Catalogue, agency_id: str, quarter: Period) -> Iterator[tuple[str, str]]:
    """The totals an agency owes with a quarter's return: breakdowns follow their total."""
    for indicator in catalogue.indicators.values():
        if agency_id in indicator.sent_by and indicator.computed_from is None:
            yield from ((indicator.id, period.id) for period in periods_of(indicator, quarter))


def _latest(submissions: pd.DataFrame) -> pd.DataFrame:
    """One submission a return: the one that stands, else the last that was refused."""
    counted = submissions[submissions["state"].isin(["accepted", "accepted_with_queries", "refused"])]
    ranked = counted.assign(stands=counted["state"].ne("refused")).sort_values(["stands", "version"])
    return ranked.drop_duplicates(["agency_id", "period_id"], keep="last")


def _return_state(submission: Any, *, late: bool) -> str:  # noqa: ANN401 - a row of the listing, or None
    if submission is None:
        return "late" if late else "not yet due"
    if submission.state == "refused":
        return "refused, not yet replaced"
    if not submission.approved_by_role:
        return "awaiting agency approval"
    return "received with queries" if submission.state == "accepted_with_queries" else "received"


def _figure_state(return_state: str, *, there: bool, held: bool) -> str:
    if there:
        return "received"
    if not held:
        return "not held"
    return "not supplied" if return_state.startswith(("received", "awaiting")) else return_state
