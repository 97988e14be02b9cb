"""What a release is made from: everything that stands in the vault, read once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.publishing.accounts import LOG, SHEET, with_accounts
from pipelines.publishing.computed import computed
from pipelines.publishing.learning.lines import TAKEN_BACK
from pipelines.publishing.withholding import under_logs
from pipelines.store import benchmarks, events, outcomes, records, submissions
from schemas.catalogue.agreements import Agreements
from schemas.periods import parse, quarter_of
from schemas.problems import UserError
from schemas.returns.records import WITHDRAWN, standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import duckdb

    from schemas.catalogue import Catalogue
    from schemas.periods import Period


@dataclass(frozen=True)
class Inputs:
    """The standing figures, who sent them, what agencies said of them, and official statistics.

    `through` is the last quarter any agency has sent; `today` decides what is late; `outcomes` is what the checks said;
    `replaced` are the figures of submissions that once stood, which an earlier publication may have hidden; `records`
    what stands in the logs, by kind and sheet, without what was taken back: typed, with submission_id, sent_by,
    received_at and first_received_at; `unquoted`, by audience, the indicators and periods of which no reason is repeated;
    `left_out` the agencies whose self-assessments an agreement keeps from the audience whose release is made;
    `agreements` what the catalogue's audiences were set by, to be told in the release; `log_head` the last entry of the
    event log when it was read, which every publication notes.
    """

    catalogue: Catalogue
    submissions: pd.DataFrame
    observations: pd.DataFrame
    commentary: pd.DataFrame
    not_held: pd.DataFrame
    benchmarks: pd.DataFrame
    populations: pd.DataFrame
    through: Period
    today: date
    outcomes: pd.DataFrame = field(default_factory=pd.DataFrame)
    replaced: pd.DataFrame = field(default_factory=pd.DataFrame)
    records: Mapping[str, Mapping[str, pd.DataFrame]] = field(default_factory=dict)
    unquoted: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    agreements: Agreements = field(default_factory=Agreements)
    log_head: events.Head = field(default=events.Head(0, events.GENESIS))


def assemble(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, today: date, agreements: Agreements | None = None
) -> Inputs:
    """Read what stands; `catalogue` is under the agreements. UserError when nothing has been accepted yet."""
    observations = submissions.standing(connection)
    known = observations["indicator_id"].isin(list(catalogue.indicators))
    # A row with neither a number nor a marker says nothing: it is not supplied, as if it were not there.
    said = observations[["numerator", "denominator", "value"]].notna().any(axis=1) | observations["marker"].ne("")
    observations = observations[known & said].reset_index(drop=True)
    logs = _standing_records(connection)
    if observations.empty and not any(len(frame) for sheets in logs.values() for frame in sheets.values()):
        raise UserError("Nothing to publish: no return has been accepted yet. Load one with “throughline load FILE”.")
    catalogue = under_logs(catalogue, logs)
    official, listing = benchmarks.all(connection), submissions.listing(connection)
    found = Inputs(
        catalogue=catalogue,
        submissions=listing,
        observations=observations,
        commentary=with_accounts(submissions.commentary(connection), logs[LOG][SHEET], listing),
        not_held=submissions.not_held(connection),
        benchmarks=official[official["indicator_id"].ne("") & official["breakdown"].eq("all")].reset_index(drop=True),
        populations=official[official["quantity_id"].ne("")].reset_index(drop=True),
        # With logs alone a release reaches the last quarter that is over.
        through=quarter_of(today).previous if observations.empty else _through(observations),
        today=today,
        outcomes=outcomes.outcomes(connection),
        replaced=submissions.replaced(connection),
        records=logs,
        agreements=agreements or Agreements(),
        log_head=events.head(connection),
    )
    return replace(found, observations=pd.concat([observations, computed(found)], ignore_index=True))


def _standing_records(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, pd.DataFrame]]:
    every = records.every_log(connection)
    found = {kind: {name: standing(frame) for name, frame in sheets.items()} for kind, sheets in every.items()}
    measures = every["learning"]["Measures"]
    # A promise that is taken back is still said to have been made.
    found["learning"][TAKEN_BACK] = measures[measures["standing"].eq(WITHDRAWN)].reset_index(drop=True)
    return found


def _through(observations: pd.DataFrame) -> Period:
    quarters = [parse(p) for p in observations["period_id"].unique() if "-Q" in p]
    if not quarters:
        raise UserError("Nothing to publish: the accepted returns hold no quarter's figures.")
    return max(quarters)
