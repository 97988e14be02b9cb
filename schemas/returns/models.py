"""The pandera models of a return of figures, built from the catalogue: first every cell as text, then typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.periods import parse
from schemas.returns.by_value import by_value, joined_keys, texts
from schemas.returns.markers import MARKERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    import pandera.pandas as pa

    from schemas.returns.context import Context
    from schemas.rule import Rule

FIGURE_COLUMNS = (
    "indicator_id", "period_id", "agency_id", "area_id", "breakdown", "category", "numerator", "denominator", "value",
    "marker", "reason", "definition_version",
)  # fmt: skip


_TYPES = {"numerator": "float64", "denominator": "float64", "value": "float64", "definition_version": "int64"}


def text_model(columns: Iterable[str], rules: Iterable[Rule], context: Context) -> pa.DataFrameSchema:
    """Every cell is text; each `cells` rule is a check of its column, named by the rule.

    A failure's index is the frame's. Columns are left nullable because a text is never null, and looking costs more
    than all the rules together.
    """
    import pandera.pandas as pa

    rules = [rule for rule in rules if rule.stage == "cells"]
    checks = {name: [_check(rule, context) for rule in rules if name in rule.column.split()] for name in columns}
    return pa.DataFrameSchema({name: pa.Column(nullable=True, checks=found) for name, found in checks.items()})


def typed_model(context: Context) -> pa.DataFrameSchema:
    """What every accepted figure is, whatever file it came in: the last gate, and the contract of the store.

    Ids are the catalogue's, numbers are not negative, a number or a marker and never both, one row a figure.
    """
    import pandera.pandas as pa

    known = context.catalogue
    number, text = pa.Column(_TYPES["numerator"], pa.Check.ge(0), nullable=True), pa.Column(nullable=True)
    columns = {
        "indicator_id": _one_of(known.indicators),
        "period_id": _of_its_time(context),
        "agency_id": _one_of((context.agency_id,)),
        "area_id": _one_of(known.areas),
        "breakdown": _one_of(("all", *known.breakdowns)),
        "category": text,
        "numerator": number,
        "denominator": number,
        "value": pa.Column(_TYPES["value"], nullable=True),
        "marker": _one_of(("", *MARKERS)),
        "reason": text,
        "definition_version": pa.Column(_TYPES["definition_version"], pa.Check.ge(1)),
    }
    return pa.DataFrameSchema(columns, checks=[pa.Check(each, name=name) for name, each in _WHOLE.items()])


def _of_its_time(context: Context) -> pa.Column:
    """A period that is sent with the return, or one that ended before it."""
    import pandera.pandas as pa

    sent, end = frozenset[str]().union(*context.periods_sent.values()), context.period.end

    def holds(cells: pd.Series) -> pd.Series:
        return by_value(cells, lambda text: text in sent or parse(text).end < end, "bool")

    return pa.Column(checks=pa.Check(holds, name="known", ignore_na=False), nullable=True)


def _one_of(known: Iterable[str]) -> pa.Column:
    import pandera.pandas as pa

    ids = frozenset(known)

    def holds(cells: pd.Series) -> pd.Series:
        return by_value(cells, ids.__contains__, "bool")

    return pa.Column(checks=pa.Check(holds, name="known", ignore_na=False), nullable=True)


def _number_or_marker(figures: pd.DataFrame) -> pd.Series:
    return figures["numerator"].notna() ^ figures["marker"].ne("")


def _one_row_a_figure(figures: pd.DataFrame) -> pd.Series:
    keys = joined_keys(figures, ["indicator_id", "period_id", "agency_id", "area_id", "breakdown", "category"])
    return ~texts(keys, figures.index).duplicated(keep=False)


def _text_is_text(figures: pd.DataFrame) -> bool:
    # For the whole frame at once: pandera's own check of a text column looks at every cell.
    return all(figures[name].dtype == "str" for name in figures if name not in _TYPES)


def _check(rule: Rule, context: Context) -> pa.Check:
    import pandera.pandas as pa

    def holds(cells: pd.Series) -> pd.Series:
        return ~rule.applied(cells, context)

    return pa.Check(holds, name=rule.name, error=rule.name, ignore_na=False)


_WHOLE = {
    "a_number_or_a_marker": _number_or_marker,
    "one_row_a_figure": _one_row_a_figure,
    "text_is_text": _text_is_text,
}
