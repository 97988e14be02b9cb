"""What a rule may know beside the rows themselves: the catalogue, whose return it is, and what they sent before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from schemas.periods import parse
from schemas.returns.agreed import Agreed, agreed
from schemas.returns.by_value import by_value, joined_keys, texts
from schemas.returns.earlier import is_earlier
from schemas.returns.facts import KEY, SERIES, period_facts
from schemas.returns.lines import MEASURED, Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from schemas.catalogue.former import FormerLabel
    from schemas.catalogue.whole import Catalogue
    from schemas.periods import Period


@dataclass(frozen=True)
class Context:
    """What stands around the rows of one return. `history` has the columns of accepted figures, earlier ones.

    `ranges` gives the rows whose control chart has limits: the column judged (`at`), `low`, `high`, and whether the
    change was explained before (`is_told`). Charts are worked out elsewhere; without it rules have their own measure.
    `accounts`: the indicators of which the Commentary of this return says why they are what they are.
    `sent`: every figure the file names, also those whose cells cannot be read. `by_columns`: the period is that of a
    column, as in an agency's own scorecard, and not typed beside each figure.
    """

    catalogue: Catalogue
    agency_id: str
    period: Period
    today: date
    history: pd.DataFrame
    ranges: Callable[[pd.DataFrame, Context], pd.DataFrame] | None = None
    accounts: frozenset[str] = frozenset()
    sent: frozenset[str] = frozenset()
    by_columns: bool = False

    def usual_ranges(self, figures: pd.DataFrame) -> pd.DataFrame | None:
        """The control limits of the rows that have any; None where nobody works them out."""
        return None if self.ranges is None or self.history.empty else self.ranges(figures, self)

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
        """By column: every spelling's meaning → id, of the lists as they stood in the return's own period."""
        return self.agreed.known_in(self.period)

    @property
    def categories(self) -> Mapping[tuple[str, str], str]:
        """(breakdown, meaning of a category's spelling) → category id, as it stood in the return's own period."""
        return self.agreed.categories_in(self.period)

    @property
    def gone(self) -> Mapping[tuple[str, str, str], FormerLabel]:
        """(column, breakdown, meaning) → a label that was in a list and is no longer."""
        return self.agreed.gone_by(self.period)

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
        # A line ends where the definition changes: what was counted otherwise is no measure of what is usual now.
        version = figures["definition_version"].astype("int64").astype("str")
        series = joined_keys(
            figures.assign(kind=beside["period_kind"], definition_version=version),
            [*SERIES, "kind", "definition_version"],
        )
        line = self.lines.numbers_of(series)
        added = pd.DataFrame(
            {
                **beside,
                "is_earlier": is_earlier(figures, beside["is_due"], self.catalogue, self.period),
                "is_ahead": over,
                **({} if "figure" in figures else {"figure": texts(joined_keys(figures, KEY), figures.index)}),
                "line": line,
                **{name: found for at in MEASURED for name, found in self.lines.usual(at, line).items()},
            },
            index=figures.index,
        )
        return pd.concat([figures, facts.set_axis(figures.index), added], axis=1)

    @cached_property
    def standing(self) -> Mapping[str, int]:
        """Each earlier figure, as the one text that names it → its place in `history`."""
        return {figure: place for place, figure in enumerate(joined_keys(self.history, KEY))}

    @cached_property
    def lines(self) -> Lines:
        """The agency's earlier figures, line by line."""
        return Lines(self.history)
