"""The verdict on each linked indicator of each recommendation, from the figures the release shows and no others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from pipelines.measures.impact import Impact, judge_impact
from pipelines.measures.indicator_lines import expected_periods
from pipelines.publishing.rows import Row, rows
from pipelines.publishing.whole_area import HIDDEN, all_agencies
from schemas.catalogue.cycle import due_on
from schemas.periods import parse, quarter_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pipelines.measures.impact import Expected, Year
    from pipelines.publishing.learning.lines import Line
    from schemas.catalogue import Catalogue, Indicator
    from schemas.periods import Period


@dataclass(frozen=True, eq=False)
class Judged:
    """One linked indicator of one recommendation, judged: `rows` are its shown figures, one a period (None: no row)."""

    line: Line
    measure: Row
    indicator: Indicator
    periods: tuple[Period, ...]
    rows: tuple[Row | None, ...]
    impact: Impact
    believed_until: Callable[[date], date]

    @property
    def changed_on(self) -> date:
        """When practice was to change."""
        return self.measure["changed_on"].date()

    @property
    def registered_on(self) -> date:
        """The day the promise was made, so far as it can be believed.

        The day the row gives, where it came in by the time the return for that quarter was due; else the day it came. A
        direction or a change date altered since counts from the day it was altered.
        """
        if self.altered:
            return self.measure["received_at"].date()
        stated, came = self.measure["registered_on"], self.measure["first_received_at"].date()
        if pd.isna(stated) or came > self.believed_until(stated.date()):
            return came
        return stated.date()

    @property
    def altered(self) -> dict[str, str]:
        """What the promise said when it first came, where it says otherwise now: direction or change date."""
        first = json.loads(self.measure.get("first_body") or "{}")
        now = {"expected": str(self.measure["expected"]), "changed_on": self.changed_on.isoformat()}
        return {name: first[name] for name, value in now.items() if first.get(name) and first[name] != value}

    @property
    def is_after_the_fact(self) -> bool:
        """Whether the promise was made after the change it is about."""
        return self.registered_on > self.first_changed_on

    @property
    def first_changed_on(self) -> date:
        """The change date first registered: one moved into the future cannot make a late promise early."""
        moved = self.altered.get("changed_on")
        return min(date.fromisoformat(moved), self.changed_on) if moved else self.changed_on

    @property
    def latest(self) -> int | None:
        """The place of the last period with a figure, None where there is none."""
        shown = [n for n, row in enumerate(self.rows) if row is not None and row["value"] == row["value"]]
        return shown[-1] if shown else None

    @property
    def judged_on(self) -> date:
        """The last day the verdict speaks of."""
        return self.periods[self.latest].end if self.latest is not None else self.changed_on


# Years as they are published: school years where an indicator is counted by term.
_WHOLE_YEARS = ("financial_year", "academic_year")


class Figures:
    """The whole-area figures of a release, by indicator and period, as verdicts read them."""

    def __init__(self, catalogue: Catalogue, figures: pd.DataFrame) -> None:
        """Look the rows up once for all recommendations."""
        self.catalogue = catalogue
        self._rows: dict[str, dict[str, Row]] = {}
        for row in rows(all_agencies(catalogue, figures)):
            self._rows.setdefault(row["indicator_id"], {})[row["period_id"]] = row

    def due_after(self, day: date) -> date:
        """When the learning log for the quarter of a day was due."""
        return due_on(self.catalogue, quarter_of(day), "learning")

    def of(self, indicator_id: str) -> Mapping[str, Row]:
        """The indicator's rows by period."""
        return self._rows.get(indicator_id, {})


def judged(figures: Figures, line: Line, through: Period) -> list[Judged]:
    """Every measure of a recommendation, judged on what was known to the end of a quarter."""
    return [_judged(figures, line, measure, through) for measure in line.measures]


def _judged(figures: Figures, line: Line, measure: Row, through: Period) -> Judged:
    indicator = figures.catalogue.indicators[measure["indicator_id"]]
    periods = expected_periods(figures.catalogue, indicator, through)
    mine = figures.of(indicator.id)
    found = [mine.get(period.id) for period in periods]
    impact = _impact(figures.catalogue, indicator, periods, found, measure, _years(mine, indicator, measure, through))
    return Judged(line, measure, indicator, tuple(periods), tuple(found), impact, figures.due_after)


def _impact(  # noqa: PLR0913, PLR0917 - what is judged, on which figures, against which promise
    catalogue: Catalogue,
    indicator: Indicator,
    periods: Sequence[Period],
    found: Sequence[Row | None],
    measure: Row,
    years: Sequence[Year],
) -> Impact:
    changed_on = measure["changed_on"].date()
    after = next((n for n, period in enumerate(periods) if period.start >= changed_on), len(periods))
    inside = after > 0 and periods[after - 1].start < changed_on <= periods[after - 1].end
    official = indicator.denominator is not None and catalogue.quantities[indicator.denominator].official
    times = 4.0 if indicator.annualise and official else 1.0
    return judge_impact(
        _column(found, "value"),
        changed_at=after,
        expected=cast("Expected", measure["expected"]),
        measure_type=indicator.measure_type,
        numerators=_column(found, "numerator") if indicator.denominator else None,
        denominators=_column(found, "denominator") / times if indicator.denominator else None,
        base=indicator.base,
        window=indicator.window,
        seasonal=indicator.seasonal,
        rebase=_breaks(indicator, periods),
        hidden=[row is not None and row["marker"] == HIDDEN for row in found],
        multiplier=indicator.per,
        straddling=after - 1 if inside else None,
        period_ids=[period.id for period in periods],
        years=years,
    )


def _column(found: Sequence[Row | None], name: str) -> np.ndarray:
    return np.array([np.nan if row is None or row[name] is None else row[name] for row in found], dtype=float)


def _breaks(indicator: Indicator, periods: Sequence[Period]) -> list[int]:
    """Where a new definition starts, among the periods."""
    starts = [parse(definition.from_period).start for definition in indicator.definitions[1:]]
    found = [next((n for n, period in enumerate(periods) if period.start >= start), None) for start in starts]
    return [n for n in found if n]


def _years(mine: Mapping[str, Row], indicator: Indicator, measure: Row, through: Period) -> list[Year]:
    """The whole years of the definition in force: label, counts, hidden or not, before or after the change."""
    begun = parse(indicator.definitions[-1].from_period).start
    changed_on = measure["changed_on"].date()
    made: list[Year] = []
    for period_id, row in mine.items():
        year = parse(period_id)
        if year.kind not in _WHOLE_YEARS or year.start < begun or year.end > through.end:
            continue
        part = "after" if year.start >= changed_on else "before" if year.end < changed_on else "straddling"
        top, base = (row[name] for name in ("numerator", "denominator"))
        hidden = row["marker"] == HIDDEN
        made.append((year.short, None if hidden else top, base, hidden, part))
    return sorted(made, key=lambda each: each[0])
