"""The pandera models of a return of figures, built from the catalogue: first every cell as text, then typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def text_model(columns: Iterable[str], rules: Iterable[Rule], context: Context) -> pa.DataFrameSchema:
    """Every cell is text; each `cells` rule is a check of its column, named by the rule.

    A failure's index is the frame's: the sheet's row.
    """
    import pandera.pandas as pa

    rules = [rule for rule in rules if rule.stage == "cells"]
    checks = {name: [_check(rule, context) for rule in rules if name in rule.column.split()] for name in columns}
    return pa.DataFrameSchema({name: pa.Column(object, checks=found) for name, found in checks.items()})


def typed_model(context: Context) -> pa.DataFrameSchema:
    """What every accepted figure is, whatever file it came in: the last gate, and the contract of the store.

    Ids are the catalogue's, numbers are not negative, a marker stands where a number does not, one row a figure.
    """
    import pandera.pandas as pa

    catalogue = context.catalogue
    number = pa.Column("float64", pa.Check.ge(0), nullable=True)
    text = pa.Column("str")
    return pa.DataFrameSchema(
        {
            "indicator_id": pa.Column("str", pa.Check.isin(list(catalogue.indicators))),
            "period_id": pa.Column("str", pa.Check.str_length(min_value=4)),
            "agency_id": pa.Column("str", pa.Check.isin(list(catalogue.agencies))),
            "area_id": pa.Column("str", pa.Check.isin(list(catalogue.areas))),
            "breakdown": pa.Column("str", pa.Check.isin(["all", *catalogue.breakdowns])),
            "category": text,
            "numerator": number,
            "denominator": number,
            "value": pa.Column("float64", nullable=True),
            "marker": pa.Column("str", pa.Check.isin(["", *MARKERS])),
            "reason": text,
            "definition_version": pa.Column("int64", pa.Check.ge(1)),
        },
        unique=["indicator_id", "period_id", "agency_id", "area_id", "breakdown", "category"],
        checks=pa.Check(_number_or_marker, name="a_number_or_a_marker"),
    )


def _number_or_marker(figures: pd.DataFrame) -> pd.Series:
    return figures["numerator"].notna() ^ figures["marker"].ne("")


def _check(rule: Rule, context: Context) -> pa.Check:
    import pandera.pandas as pa

    def holds(cells: pd.Series) -> pd.Series:
        return ~rule.applied(cells, context)

    return pa.Check(holds, name=rule.name, error=rule.name)
