"""The returns agencies send: for each agency and quarter, every figure it owes, filled from the true counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sample_data.counts import Counts
from sample_data.splits import WARDS, Splits
from sample_data.stories import Account, Gap, Restated, stories
from sample_data.swings import swing
from sample_data.volumes import Plan, plans
from schemas.catalogue.owed import Owed, owed
from schemas.periods import Period
from schemas.periods import parse as parse_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from schemas.catalogue.models import Indicator
    from schemas.catalogue.whole import Catalogue

parse = cache(parse_label)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a return; None where the agency leaves the cell empty."""

    owed: Owed
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    marker: str = ""
    reason: str = ""
    definition_version: int = 1
    last_quarter: float | None = None


@dataclass(frozen=True)
class Return:
    """One version of what one agency sends for one quarter."""

    agency_id: str
    period: Period
    lines: tuple[Line, ...]
    accounts: tuple[Account, ...] = ()
    version: int = 1

    @property
    def name(self) -> str:
        """The file name without its ending.

        >>> Return("lch", parse("2026-27-Q2"), ()).name
        'SYNTHETIC_2026-27-Q2_lch_v1'
        """
        return f"SYNTHETIC_{self.period.id}_{self.agency_id}_v{self.version}"

    @property
    def names_its_quarter(self) -> bool:
        """Whether any row is for the quarter itself: a return of yearly figures only can be told by its cover alone."""
        return any(line.owed.period_id == self.period.id for line in self.lines)


class World:
    """The invented city: one true count of everything, from which each agency's returns are written."""

    def __init__(self, catalogue: Catalogue) -> None:
        """The catalogue says what is counted; volumes.toml and stories.toml say how much."""
        self.catalogue = catalogue
        self.plans: Mapping[str, Plan] = plans(catalogue)
        self.counts = Counts(catalogue, self.plans)
        self.splits = Splits(catalogue, self.plans, self.counts)

    def returns(self, agency_id: str, quarter: Period) -> Iterator[Return]:
        """What the agency sent for the quarter: nothing where it is late, two versions where it restated."""
        if quarter.id in stories().late.get(agency_id, ()):
            return
        lines = tuple(self._line(agency_id, figure) for figure in owed(self.catalogue, agency_id, quarter))
        if not lines:
            return
        accounts = tuple(a for a in stories().account if (a.agency_id, a.period_id) == (agency_id, quarter.id))
        sent = Return(agency_id, quarter, lines, accounts)
        corrections = [r for r in stories().restated if (r.agency_id, r.period_id) == (agency_id, quarter.id)]
        if corrections:
            yield replace(sent, lines=tuple(_as_first_sent(self.catalogue, line, corrections, lines) for line in lines))
            sent = replace(sent, lines=tuple(_explained(line, corrections) for line in lines), version=2)
        yield sent

    def _line(self, agency_id: str, figure: Owed) -> Line:
        indicator = self.catalogue.indicators[figure.indicator_id]
        period = parse(figure.period_id)
        version = _version(indicator, period)
        gap = _gap(agency_id, indicator.id, period)
        if gap is not None:
            return Line(figure, marker=gap.marker, reason=gap.reason, definition_version=version)
        numbers = self._numbers(agency_id, indicator, figure, period)
        before = period.previous
        earlier = None
        if _gap(agency_id, indicator.id, before) is None:
            earlier = self._numbers(agency_id, indicator, replace(figure, period_id=before.id), before)
        told = stories().indicator.get(indicator.id)
        return Line(
            figure,
            *numbers,
            reason=(told.reasons.get(period.id) if told else None) or swing(indicator, figure, numbers, earlier),
            definition_version=version,
            last_quarter=None if earlier is None else earlier[0],
        )

    def _numbers(
        self, agency_id: str, indicator: Indicator, figure: Owed, period: Period
    ) -> tuple[float | None, float | None, float | None]:
        numerator = self._count(indicator.numerator, agency_id, figure, period)
        if indicator.denominator is None or self.catalogue.quantities[indicator.denominator].official:
            return numerator, None, None
        denominator = self._count(indicator.denominator, agency_id, figure, period)
        if not denominator:
            return numerator, denominator, None
        return numerator, denominator, round(indicator.per * numerator / denominator, indicator.decimals)

    def _count(self, quantity_id: str, agency_id: str, figure: Owed, period: Period) -> float:
        if figure.area_id != self.catalogue.partnership.area_code:
            count = self.splits.of(quantity_id, agency_id, period, WARDS)[figure.area_id]
        elif figure.breakdown != "all":
            count = self.splits.of(quantity_id, agency_id, period, figure.breakdown)[figure.category]
        else:
            count = self.counts.of(quantity_id, agency_id, period)
        decimals = self.plans[quantity_id].volume.decimals
        return count / 10**decimals if decimals else count


def _version(indicator: Indicator, period: Period) -> int:
    in_force = [d.version for d in indicator.definitions if parse(d.from_period).start <= period.start]
    return max(in_force, default=1)


def _gap(agency_id: str, indicator_id: str, period: Period) -> Gap | None:
    for gap in stories().gap:
        if gap.agency_id == agency_id and indicator_id in gap.indicator_ids:
            until = parse(gap.last_period).end if gap.last_period else period.end
            if parse(gap.first_period).start <= period.start and period.end <= until:
                return gap
    return None


def _as_first_sent(catalogue: Catalogue, line: Line, corrections: list[Restated], lines: tuple[Line, ...]) -> Line:
    """The line before it was put right: the total, and the largest part of each breakdown, are short."""
    for correction in corrections:
        if line.owed.indicator_id == correction.indicator_id and line.numerator is not None:
            total = next(x.numerator for x in lines if _is_total(catalogue, x) and _same(x, line))
            largest = max(x.numerator or 0 for x in lines if _same(x, line) and x.owed.breakdown == line.owed.breakdown)
            if line.numerator == largest and total is not None:
                return replace(line, numerator=line.numerator - (total - correction.was))
    return line


def _is_total(catalogue: Catalogue, line: Line) -> bool:
    return line.owed.breakdown == "all" and line.owed.area_id == catalogue.partnership.area_code


def _same(one: Line, other: Line) -> bool:
    return (one.owed.indicator_id, one.owed.period_id) == (other.owed.indicator_id, other.owed.period_id)


def _explained(line: Line, corrections: list[Restated]) -> Line:
    reasons: dict[str, Any] = {c.indicator_id: c.reason for c in corrections}
    is_total = line.owed.breakdown == "all"
    return (
        replace(line, reason=reasons[line.owed.indicator_id])
        if line.owed.indicator_id in reasons and is_total
        else line
    )
