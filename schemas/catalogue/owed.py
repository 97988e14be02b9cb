"""What an agency owes for a quarter: every figure of its return, one entry each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.periods import Period, of_kind, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.catalogue.models import Indicator
    from schemas.catalogue.whole import Catalogue


@dataclass(frozen=True, slots=True)
class Owed:
    """One figure owed: which indicator, for which period, place and category."""

    indicator_id: str
    period_id: str
    area_id: str
    breakdown: str
    category: str


def owed(catalogue: Catalogue, agency_id: str, quarter: Period) -> list[Owed]:
    """Every figure the agency owes with its return for the quarter, in the catalogue's order.

    Totals come with each quarter (terms and years with the quarter they end in); wards, and breakdowns said to be
    yearly, come once a year with the fourth quarter. Nothing is owed of what the partnership computes itself, nor
    by official statistics.
    """
    if not catalogue.agencies[agency_id].sends:
        return []
    return [
        figure
        for indicator in catalogue.indicators.values()
        if agency_id in indicator.sent_by and indicator.computed_from is None
        for period in periods_of(indicator, quarter)
        for figure in _figures(catalogue, indicator, period, quarter)
    ]


def periods_of(indicator: Indicator, quarter: Period) -> list[Period]:
    """The periods of an indicator that are sent with a quarter's return, from its first definition on.

    A rare event (a death, a serious incident) is collected by financial year only: a quarterly count of one is
    the child. A cohort is dated by the quarter it began in, and sent once it has been followed for a year.
    """
    begins = parse(indicator.definitions[0].from_period).start
    return [period for period in _sent_with(indicator, quarter) if period.end >= begins]


def split_period(indicator: Indicator, quarter: Period) -> Period:
    """The period that yearly breakdowns and wards describe: the year for what flows, year end for what stands."""
    described = quarter.year_before if indicator.window == "cohort" else quarter
    flows = indicator.measure_type == "flow" or indicator.base == "flow"
    return described.financial_year if flows and indicator.frequency == "quarterly" else described


def _sent_with(indicator: Indicator, quarter: Period) -> list[Period]:
    year = quarter.financial_year
    if indicator.measure_type == "rare" or indicator.frequency == "annual":
        return [year] if year.end == quarter.end else []
    if indicator.frequency == "termly":
        term = of_kind("term", quarter.start)
        return [t for t in (term, term.next) if quarter.start <= t.end <= quarter.end]
    if indicator.frequency == "six-monthly":
        return [quarter] if quarter.end.month in (3, 9) else []
    return [quarter.year_before if indicator.window == "cohort" else quarter]


def _figures(catalogue: Catalogue, indicator: Indicator, period: Period, quarter: Period) -> Iterator[Owed]:
    here = catalogue.partnership.area_code
    yield Owed(indicator.id, period.id, here, "all", "all")
    year_end = quarter.end.month == 3
    if indicator.measure_type == "rare":
        return
    if indicator.breakdowns_every == "quarter" or year_end:
        split = period if indicator.breakdowns_every == "quarter" else _split(indicator, period, quarter)
        for breakdown_id in indicator.breakdowns:
            for category in catalogue.breakdowns[breakdown_id].categories:
                yield Owed(indicator.id, split.id, here, breakdown_id, category.id)
    if indicator.wards and year_end:
        for ward in catalogue.wards:
            yield Owed(indicator.id, _split(indicator, period, quarter).id, ward.code, "all", "all")


def _split(indicator: Indicator, period: Period, quarter: Period) -> Period:
    return split_period(indicator, quarter) if period.kind == "financial_quarter" else period
