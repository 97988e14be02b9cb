"""The publication tables of reviews, concerns, training, surveys and voice, as one audience may have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.publishing.logs.concerned import concern_tables
from pipelines.publishing.logs.guarding import guard_of
from pipelines.publishing.logs.heard import voice_tables
from pipelines.publishing.logs.review_counts import exact_counts, protected_counts
from pipelines.publishing.logs.reviewing import clock_rows, measure_rows, review_rows
from pipelines.publishing.logs.surveyed import survey_rows
from pipelines.publishing.logs.ticking_words import date_words
from pipelines.publishing.logs.trained import training_rows
from schemas.published.review_tables import REVIEW_TABLES

if TYPE_CHECKING:
    from pipelines.publishing.assembling import Inputs
    from pipelines.publishing.logs.splits_before import Earlier
    from schemas.catalogue import Audience, Catalogue

EXACT, PUBLIC = "executive", "public"
FOR_ALL = ("training_count",)
_COLUMNS = {table.name: [column.name for column in table.columns] for table in REVIEW_TABLES}


def log_tables(inputs: Inputs, audience: Audience, figures: pd.DataFrame, earlier: Earlier) -> dict[str, pd.DataFrame]:
    """Every table of `review_tables`, empty where the audience has none; `figures` are those its release shows.

    One incident or review is seen by one audience only. Counts drawn from children's cases are not in the public
    release at all: no page of it reads them, and what is not there cannot leak.
    """
    guard = guard_of(inputs.catalogue, audience, figures, earlier)
    made: dict[str, list[dict[str, Any]]] = {}
    made["survey_count"] = survey_rows(inputs, guard, with_families=audience.id != PUBLIC)
    made |= voice_tables(inputs, audience)
    if audience.id != PUBLIC:
        made |= concern_tables(inputs, guard) | {"clock_setting": _settings(inputs.catalogue)}
        made |= _one_by_one(inputs) if audience.id == EXACT else protected_counts(inputs, guard)
    return {name: _frame(name, made.get(name, [])) for name in _COLUMNS if name not in FOR_ALL}


def tables_for_all(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """The tables that are the same for every audience: training is paperwork, and never hidden."""
    return {"training_count": _frame("training_count", training_rows(inputs))}


def _frame(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=_COLUMNS[name])


def _one_by_one(inputs: Inputs) -> dict[str, list[dict[str, Any]]]:
    rows = {"clock": clock_rows(inputs), "review": review_rows(inputs), "review_measure": measure_rows(inputs)}
    return rows | exact_counts(inputs)


def _settings(catalogue: Catalogue) -> list[dict[str, Any]]:
    """How each clock is set, so that a page can say so of the release it shows."""
    return [
        {
            "clock_id": clock.id,
            "position": position,
            "starts_words": date_words(clock.starts),
            "may_start_words": "; ".join(map(date_words, clock.may_start)),
            "ends_words": date_words(clock.ends),
        }
        | clock.model_dump(
            include={"title", "sentence", "of", "allowed", "unit", "warn_days", "indicator_id", "source", "confirmed"}
        )
        for position, clock in enumerate(catalogue.clocks.values())
    ]
