"""What a rule may know beside the rows themselves: the catalogue, whose return it is, and what they sent before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from schemas.catalogue.models import Indicator
from schemas.catalogue.owed import owed, periods_of, split_period
from schemas.catalogue.whole import Catalogue
from schemas.periods import Period
from schemas.returns.meaning import known_by, meaning

KEY = ["indicator_id", "period_id", "area_id", "breakdown", "category"]
ALL = ("all", "total", "overall", "all children", "all ages", "whole", "none", "not broken down", "persons", "everyone")
# What is measured in parts of a person's working week, not heads.
FRACTIONAL = frozenset({"fte"})
# First three characters of Office for National Statistics codes for places larger than a local authority.
WIDER_CODES = ("E10", "E11", "E12", "E13", "E23", "E37", "E38", "E40", "E47", "E54", "E92", "K02", "K03", "K04")
WIDER_WORDS = frozenset({"force", "forcewide", "icb", "ics", "region", "regional", "county", "trustwide", "national",
                         "england"})  # fmt: skip


@dataclass(frozen=True)
class Context:
    """What stands around the rows of one return. `history` has the columns of accepted figures, earlier ones."""

    catalogue: Catalogue
    agency_id: str
    period: Period
    today: date
    history: pd.DataFrame

    @cached_property
    def known(self) -> Mapping[str, Mapping[str, str]]:
        """By column: every accepted spelling's meaning → id."""
        return labels(self.catalogue)

    @cached_property
    def categories(self) -> Mapping[tuple[str, str], str]:
        """(breakdown, meaning of a category's spelling) → category id."""
        return {
            (b.id, spelling): category
            for b in self.catalogue.breakdowns.values()
            for spelling, category in known_by((c.id, (c.id, c.label, *c.aliases)) for c in b.categories).items()
        }

    @cached_property
    def facts(self) -> pd.DataFrame:
        """One row an indicator (index: its id): what the rules need to know of it."""
        rows = {i.id: _facts(self.catalogue, i) for i in self.catalogue.indicators.values()}
        return pd.DataFrame.from_dict(rows, orient="index")

    @cached_property
    def owed(self) -> pd.DataFrame:
        """Every figure the agency owes for the period: the key columns."""
        rows = [(o.indicator_id, o.period_id, o.area_id, o.breakdown, o.category) for o in self._owed]
        return pd.DataFrame(rows, columns=KEY, dtype="str")

    @cached_property
    def periods_sent(self) -> Mapping[str, frozenset[str]]:
        """Indicator → the periods whose figures belong in this return."""
        return {i.id: _periods(i, self.period) for i in self.catalogue.indicators.values()}

    @property
    def here(self) -> str:
        """The code of the partnership's own area."""
        return self.catalogue.partnership.area_code

    @cached_property
    def _owed(self) -> list:  # pyright: ignore[reportMissingTypeArgument, reportUnknownParameterType]
        return owed(self.catalogue, self.agency_id, self.period)

    def with_facts(self, figures: pd.DataFrame) -> pd.DataFrame:
        """The figures with what the catalogue says of each row's indicator beside them."""
        return figures.join(self.facts, on="indicator_id")


def labels(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """By column: every accepted spelling's meaning → id."""
    indicators, areas = catalogue.indicators.values(), catalogue.areas.values()
    return {
        "indicator_id": known_by((i.id, (i.id, i.title, *i.aliases)) for i in indicators),
        "agency_id": known_by((a.id, (a.id, a.title, a.short, *a.aliases)) for a in catalogue.agencies.values()),
        "area_id": known_by((a.code, (a.code, a.name, a.old_code, *a.aliases)) for a in areas),
        "breakdown": known_by(
            [("all", ALL), *((b.id, (b.id, b.title, *b.aliases)) for b in catalogue.breakdowns.values())],
        ),
    }


def is_wider(catalogue: Catalogue, text: str) -> bool:
    """Whether an unknown area label is a place larger than the city: a police force, an ICB, a region."""
    if text.strip()[:3].upper() in WIDER_CODES and len(text.strip()) == 9:
        return True
    words = meaning(text)
    whole = (meaning(" ".join((a.title, a.area_note))) for a in catalogue.agencies.values())
    return bool(WIDER_WORDS & set(words.split())) or (" " in words and any(words in name for name in whole))


def _facts(catalogue: Catalogue, indicator: Indicator) -> dict[str, object]:
    top = catalogue.quantities[indicator.numerator]
    under = catalogue.quantities[indicator.denominator] if indicator.denominator else None
    return {
        "title": indicator.title,
        "measure_type": indicator.measure_type,
        "per": indicator.per,
        "decimals": indicator.decimals,
        "window": indicator.window,
        "stands": indicator.measure_type == "snapshot" or indicator.base == "snapshot",
        "has_denominator": under is not None,
        "population": bool(under and under.official),
        "can_exceed": indicator.measure_type != "percent",
        "fractional": indicator.measure_type == "mean" or top.counts_of in FRACTIONAL,
        "fractional_denominator": bool(under and under.counts_of in FRACTIONAL),
        "top": indicator.numerator,
        "under": indicator.denominator or "",
        "under_title": under.title if under else "",
        "annualise": indicator.annualise,
        "adds_over_areas": "areas" in top.adds_over,
        "is_computed": indicator.computed_from is not None,
    }


def _periods(indicator: Indicator, quarter: Period) -> frozenset[str]:
    found = {period.id for period in periods_of(indicator, quarter)}
    yearly_split = quarter.end.month == 3 and (indicator.breakdowns or indicator.wards)
    return frozenset(found | ({split_period(indicator, quarter).id} if yearly_split and found else set()))
