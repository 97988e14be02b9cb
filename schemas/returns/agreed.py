"""What follows from the catalogue alone: every spelling, and the facts of each indicator, worked out once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from schemas.catalogue.owed import owed
from schemas.periods import is_in_force
from schemas.returns.facts import KEY, indicator_facts, periods_sent
from schemas.returns.labels import category_labels, labels
from schemas.returns.meaning import known_by, meaning

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from schemas.catalogue.former import FormerLabel
    from schemas.catalogue.whole import Catalogue
    from schemas.periods import Period

_LAST: list[Agreed] = []


class Agreed:
    """The catalogue as the checks look things up in it."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Keep the catalogue; look-ups are made when first needed."""
        self.catalogue = catalogue
        self._sent: dict[Period, Mapping[str, frozenset[str]]] = {}
        self._owed: dict[tuple[str, Period], Mapping[str, str]] = {}
        self._known_in: dict[Period, Mapping[str, Mapping[str, str]]] = {}
        self._categories_in: dict[Period, Mapping[tuple[str, str], str]] = {}

    def periods_sent(self, quarter: Period) -> Mapping[str, frozenset[str]]:
        """Indicator → the periods whose figures belong in the return for a quarter."""
        if quarter not in self._sent:
            self._sent[quarter] = {i.id: periods_sent(i, quarter) for i in self.catalogue.indicators.values()}
        return self._sent[quarter]

    def owed(self, agency_id: str, quarter: Period) -> Mapping[str, str]:
        """Every figure an agency owes for a quarter, as the one text that names it → its indicator."""
        if (agency_id, quarter) not in self._owed:
            figures = owed(self.catalogue, agency_id, quarter)
            named = {"|".join(getattr(figure, name) for name in KEY): figure.indicator_id for figure in figures}
            self._owed[agency_id, quarter] = named
        return self._owed[agency_id, quarter]

    @cached_property
    def known(self) -> Mapping[str, Mapping[str, str]]:
        """By column: every accepted spelling's meaning → id."""
        return labels(self.catalogue)

    def known_in(self, period: Period) -> Mapping[str, Mapping[str, str]]:
        """The same for a return of a period: with the labels that were in the lists then and no longer are."""
        if period not in self._known_in:
            then = [each for each in self._former_in(period) if each.column != "category" and each.stands_for]
            added = {
                column: known_by((f.stands_for, (f.label, *f.aliases)) for f in then if f.column == column)
                for column in self.known
            }
            self._known_in[period] = (
                {column: {**added[column], **words} for column, words in self.known.items()} if then else self.known
            )
        return self._known_in[period]

    def categories_in(self, period: Period) -> Mapping[tuple[str, str], str]:
        """The categories of a return of a period, old labels with them."""
        if period not in self._categories_in:
            then = (each for each in self._former_in(period) if each.column == "category" and each.stands_for)
            added = {
                (each.breakdown, meaning(word)): each.stands_for
                for each in then
                for word in (each.label, *each.aliases)
            }
            self._categories_in[period] = {**added, **self.categories}
        return self._categories_in[period]

    def gone_by(self, period: Period) -> Mapping[tuple[str, str, str], FormerLabel]:
        """(column, breakdown, meaning of a label) → the labels whose last year was over before a period began."""
        return {
            (each.column, each.breakdown, meaning(word)): each
            for each in self.catalogue.former.values()
            if not is_in_force("", each.until, period)
            for word in (each.label, *each.aliases)
        }

    def _former_in(self, period: Period) -> list[FormerLabel]:
        return [each for each in self.catalogue.former.values() if is_in_force("", each.until, period)]

    @cached_property
    def categories(self) -> Mapping[tuple[str, str], str]:
        """(breakdown, meaning of a category's spelling) → category id."""
        return category_labels(self.catalogue)

    @cached_property
    def facts(self) -> pd.DataFrame:
        """One row an indicator (index: its id): what the rules need to know of it."""
        return indicator_facts(self.catalogue)

    @cached_property
    def splits(self) -> frozenset[str]:
        """Every agreed split as "indicator|breakdown"; a rare event is never split."""
        indicators = self.catalogue.indicators.values()
        by = {f"{i.id}|{b}" for i in indicators if i.measure_type != "rare" for b in i.breakdowns}
        return frozenset(by | {f"{i.id}|all" for i in indicators})

    @cached_property
    def by_ward(self) -> frozenset[str]:
        """The indicators collected by ward."""
        return frozenset(i.id for i in self.catalogue.indicators.values() if i.wards and i.measure_type != "rare")


def agreed(catalogue: Catalogue) -> Agreed:
    """The look-ups of a catalogue. An installation has one: remembering the last is enough."""
    if not _LAST or _LAST[0].catalogue is not catalogue:
        _LAST[:] = [Agreed(catalogue)]
    return _LAST[0]
