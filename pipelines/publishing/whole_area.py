"""The whole-area rows of a release's figures, and which of them are hidden: what ledger, accounts and reasons rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.periods import parse, quarter_of

if TYPE_CHECKING:
    import pandas as pd

    from schemas.catalogue import Catalogue

HIDDEN = "c"
KEY = ["indicator_id", "period_id"]


def whole_area(catalogue: Catalogue, figures: pd.DataFrame) -> pd.DataFrame:
    """The figures of the partnership's area as a whole, by whoever sent them, without breakdowns."""
    here = catalogue.partnership.area_code
    return figures[figures["breakdown"].eq("all") & figures["area_id"].eq(here)]


def all_agencies(catalogue: Catalogue, figures: pd.DataFrame) -> pd.DataFrame:
    """One row for each indicator and period: the whole area, all agencies together."""
    whole = whole_area(catalogue, figures)
    return whole[whole["agency_id"].eq("all")]


def hidden_quarters(catalogue: Catalogue, figures: pd.DataFrame) -> set[tuple[str, str]]:
    """Each indicator with each quarter in which one of its whole-area figures ends that is hidden."""
    hidden = whole_area(catalogue, figures)
    hidden = hidden[hidden["marker"].eq(HIDDEN)]
    quarters = {period_id: quarter_of(parse(period_id).end).id for period_id in hidden["period_id"].unique()}
    return set(zip(hidden["indicator_id"], hidden["period_id"].map(quarters), strict=True))
