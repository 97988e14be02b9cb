"""What a rule may know beside the rows themselves: the catalogue, whose return it is, and what they sent before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from schemas.periods import parse
from schemas.returns.agreed import Agreed, agreed
from schemas.returns.by_value import by_value, joined_keys, texts
from schemas.returns.facts import KEY, SERIES, period_facts
from schemas.returns.lines import MEASURED, Lines

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from schemas.catalogue.whole import Catalogue
    from schemas.periods import Period


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

    @property
    def agreed(self) -> Agreed:
        """What follows from the catalogue alone."""
        return agreed(self.catalogue)

    @property
    def known(self) -> Mapping[str, Mapping[str, str]]:
        """By column: every accepted spelling's meaning → id."""
        return self.agreed.known

    @property
    def periods_sent(self) -> Mapping[str, frozenset[str]]:
        """Indicator → the periods whose figures belong in this return."""
        return self.agreed.periods_sent(self.period)

    @property
    def owed(self) -> Mapping[str, str]:
        """Every figure the agency owes for the period, as the one text that names it → its indicator."""
        return self.agreed.owed(self.agency_id, self.period)

    def with_facts(self, figures: pd.DataFrame) -> pd.DataFrame:
        """The figures with what the catalogue and the calendar say of each row beside them.

        `figure` names the figure as one text; `line` numbers the line it continues, -1 where it is a new one; what
        that line was before stands in `numerator_usual`, `numerator_spread`, `numerator_points`, and so for the others.
        """
        table = self.agreed.facts[[name for name in self.agreed.facts if name not in figures]]
        facts = table.take(table.index.get_indexer(pd.Index(figures["indicator_id"])))
        beside = period_facts(figures, self.periods_sent)
        over = by_value(figures["period_id"], lambda text: bool(text) and parse(text).end >= self.today, "bool")
        series = joined_keys(figures.assign(kind=beside["period_kind"]), [*SERIES, "kind"])
        line = self.lines.numbers_of(series)
        added = pd.DataFrame(
            {
                **beside,
                "is_ahead": over,
                **({} if "figure" in figures else {"figure": texts(joined_keys(figures, KEY), figures.index)}),
                "line": line,
                **{name: found for at in MEASURED for name, found in self.lines.usual(at, line).items()},
            },
            index=figures.index,
        )
        return pd.concat([figures, facts.set_axis(figures.index), added], axis=1)

    @cached_property
    def lines(self) -> Lines:
        """The agency's earlier figures, line by line."""
        return Lines(self.history)
