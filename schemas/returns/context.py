"""What a rule may know beside the rows themselves: the catalogue, whose return it is, and what they sent before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from schemas.catalogue.owed import owed
from schemas.periods import Period, parse
from schemas.returns.by_value import by_value, joined_keys
from schemas.returns.facts import KEY, indicator_facts, period_facts, periods_sent, series_of
from schemas.returns.labels import category_labels, labels
from schemas.returns.lines import Lines, lines

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from schemas.catalogue.whole import Catalogue


@dataclass(frozen=True)
class Context:
    """What stands around the rows of one return. `history` has the columns of accepted figures, earlier ones."""

    catalogue: Catalogue
    agency_id: str
    period: Period
    today: date
    history: pd.DataFrame

    @property
    def here(self) -> str:
        """The code of the partnership's own area."""
        return self.catalogue.partnership.area_code

    @cached_property
    def known(self) -> Mapping[str, Mapping[str, str]]:
        """By column: every accepted spelling's meaning → id."""
        return labels(self.catalogue)

    @cached_property
    def categories(self) -> Mapping[tuple[str, str], str]:
        """(breakdown, meaning of a category's spelling) → category id."""
        return category_labels(self.catalogue)

    @cached_property
    def facts(self) -> pd.DataFrame:
        """One row an indicator (index: its id): what the rules need to know of it."""
        return indicator_facts(self.catalogue)

    @cached_property
    def periods_sent(self) -> Mapping[str, frozenset[str]]:
        """Indicator → the periods whose figures belong in this return."""
        return {i.id: periods_sent(i, self.period) for i in self.catalogue.indicators.values()}

    @cached_property
    def owed(self) -> pd.DataFrame:
        """Every figure the agency owes for the period: the key columns."""
        figures = owed(self.catalogue, self.agency_id, self.period)
        rows = [(f.indicator_id, f.period_id, f.area_id, f.breakdown, f.category) for f in figures]
        return pd.DataFrame(rows, columns=KEY, dtype="str")

    @cached_property
    def owed_keys(self) -> frozenset[str]:
        """Every figure owed, as the one text that names it."""
        return frozenset(joined_keys(self.owed, KEY))

    def with_facts(self, figures: pd.DataFrame) -> pd.DataFrame:
        """The figures with what the catalogue and the calendar say of each row beside them.

        `figure` names the figure and `series` the line it belongs to, each as one text.
        """
        facts = self.facts.take(self.facts.index.get_indexer(pd.Index(figures["indicator_id"])))
        over = by_value(figures["period_id"], lambda text: bool(text) and parse(text).end >= self.today, "bool")
        return figures.assign(
            **{str(name): facts[name].array for name in facts},
            **period_facts(figures, self.periods_sent),
            is_ahead=over,
            figure=joined_keys(figures, KEY),
            series=series_of(figures),
        )

    @cached_property
    def past_numbers(self) -> Lines:
        """The agency's earlier numerators, line by line."""
        return self._past("numerator")

    @cached_property
    def past_bases(self) -> Lines:
        """Its earlier denominators."""
        return self._past("denominator")

    @cached_property
    def past_values(self) -> Lines:
        """Its earlier values."""
        return self._past("value")

    @cached_property
    def past_series(self) -> list[str]:
        """The line of each earlier figure."""
        return series_of(self.history)

    def _past(self, at: str) -> Lines:
        return lines(self.past_series, self.history[at].to_numpy(dtype="float64"))
