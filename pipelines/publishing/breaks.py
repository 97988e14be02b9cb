"""Where a definition changed: nothing is claimed across it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.periods import parse

if TYPE_CHECKING:
    from datetime import date

    from schemas.catalogue import Indicator
    from schemas.periods import Period

CHANGED = "Definition changed"


def crosses(indicator: Indicator, earlier: Period, later: Period) -> bool:
    """Whether a new definition started after `earlier` began and before `later` ended: they are not of one kind."""
    return any(earlier.start < start <= later.end for start in _starts(indicator))


def is_mixed(indicator: Indicator, period: Period) -> bool:
    """Whether the definition changed inside the period, so that its parts are not of one kind."""
    return crosses(indicator, period, period)


def _starts(indicator: Indicator) -> list[date]:
    return [parse(definition.from_period).start for definition in indicator.definitions[1:]]
