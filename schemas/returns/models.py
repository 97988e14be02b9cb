"""What every accepted figure is, whatever file it came in: the last gate, and the contract of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from schemas.periods import parse
from schemas.returns.facts import KEY
from schemas.returns.labelled import Labelled, together
from schemas.returns.markers import MARKERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from schemas.returns.context import Context

FIGURE_COLUMNS = (
    "indicator_id", "period_id", "agency_id", "area_id", "breakdown", "category", "numerator", "denominator", "value",
    "marker", "reason", "definition_version",
)  # fmt: skip
_TYPES = {"numerator": "float64", "denominator": "float64", "value": "float64", "definition_version": "int64"}


def unfit(figures: pd.DataFrame, context: Context) -> dict[int, str]:
    """Which rows (by index) are no figures as they should be, and what each fails; none in a sound return.

    Ids are the catalogue's, numbers are not negative, a number or a marker and never both, one row a figure. Raises
    TypeError where a column holds another type: that is a fault of ours, not of a row.
    """
    for name in FIGURE_COLUMNS:
        if figures[name].dtype != _TYPES.get(name, "str"):
            raise TypeError(f"{name} is {figures[name].dtype}")
    failed: dict[int, str] = {}
    for check, broken in _checks(figures, context):
        failed |= dict.fromkeys(figures.index[broken].tolist(), check)
    return failed


def _checks(figures: pd.DataFrame, context: Context) -> Iterator[tuple[str, np.ndarray]]:
    """Each check by the words a message has for it, with the rows that fail it."""
    catalogue = context.catalogue
    known = {
        "indicator_id": frozenset(catalogue.indicators),
        "agency_id": frozenset((context.agency_id,)),
        "area_id": frozenset(catalogue.areas),
        "breakdown": frozenset(("all", *catalogue.breakdowns)),
        "marker": frozenset(("", *MARKERS)),
    }
    columns = {name: Labelled.of(figures[name]) for name in dict.fromkeys((*known, *KEY))}
    for name, ids in known.items():
        yield "known", ~columns[name].answers(ids.__contains__, "bool")
    # A period that is sent with the return, or one that ended before it: a correction or a late figure.
    periods, end = frozenset[str]().union(*context.periods_sent.values()), context.period.end
    yield (
        "known",
        ~columns["period_id"].answers(lambda text: text in periods or (bool(text) and parse(text).end < end), "bool"),
    )
    numerator, denominator = (figures[name].to_numpy() for name in ("numerator", "denominator"))
    yield "not_below_zero", (numerator < 0) | (denominator < 0)
    yield "not_below_one", figures["definition_version"].to_numpy() < 1
    yield "a_number_or_a_marker", np.isnan(numerator) == columns["marker"].is_("")
    same, _ = together(*(columns[name] for name in (*KEY, "agency_id")))
    yield "one_row_a_figure", np.bincount(same, minlength=1)[same] > 1
