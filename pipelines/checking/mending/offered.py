"""The choices offered for a cell: what the catalogue knows, as an analyst would write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.checking.mending.fields import Option
from schemas.catalogue import catalogue
from schemas.periods import of_kind, parse
from schemas.returns.agreed import agreed
from schemas.returns.markers import MARKERS
from schemas.returns.meaning import meaning

if TYPE_CHECKING:
    from datetime import date

    from schemas.periods import Period
    from schemas.returns import Column, Kind

# Nobody sends a return for a quarter further back than this on the page.
_PERIODS = 8
# A word in a number's place: the four things it could mean. 0 is written rather than Nil, as it can stand under Out of too.
UNCLEAR = (
    Option("0", "Nil: there were none"),
    Option("", "Not supplied: there is no figure yet"),
    Option("x", "Not available: marker x"),
    Option("z", "Not applicable: marker z"),
)
TICK = (Option("x", "Nil: there were none"), Option("", "Not nil: leave it empty"))


def markers() -> tuple[Option, ...]:
    """The five markers, and none."""
    return (*(Option(code, f"{code}: {words}") for code, words in MARKERS.items()), Option("", "No marker"))


def indicators(agency_id: str | None = None) -> tuple[Option, ...]:
    """The indicators an agency sends, or all of them."""
    every = catalogue().indicators.values()
    return tuple(Option(i.id, f"{i.id} {i.title}") for i in every if agency_id is None or agency_id in i.sent_by)


def areas() -> tuple[Option, ...]:
    """The city, then its wards."""
    known = catalogue()
    here = known.areas[known.partnership.area_code].name
    return tuple(Option(name, name) for name in (here, *(ward.name for ward in known.wards)))


def breakdowns() -> tuple[Option, ...]:
    """The whole figure, then every way of splitting it."""
    every = (Option(b.title, b.title) for b in catalogue().breakdowns.values())
    return (Option("all", "All: the whole figure"), *every)


def categories(breakdown: str) -> tuple[Option, ...]:
    """The categories of the breakdown that a text names; none where it names none."""
    known = catalogue()
    found = known.breakdowns.get(agreed(known).known["breakdown"].get(meaning(breakdown), ""))
    return tuple(Option(c.label, c.label) for c in found.categories) if found else ()


def agencies(only: str | None = None) -> tuple[Option, ...]:
    """Every agency that sends returns, or one."""
    return tuple(Option(a.title, a.title) for a in catalogue().reporting if only in (None, a.id))


def periods_of(indicator: str, quarter: Period) -> tuple[Option, ...]:
    """The periods whose figures of an indicator belong in the return of a quarter."""
    known = agreed(catalogue())
    indicator_id = known.known["indicator_id"].get(meaning(indicator), "")
    sent = sorted(known.periods_sent(quarter).get(indicator_id, frozenset()))
    return tuple(Option(period_id, parse(period_id).label) for period_id in sent)


def periods_for(kind: Kind, today: date) -> tuple[Option, ...]:
    """The last periods a kind of return may be sent for, the newest first."""
    period = of_kind("financial_year" if kind.every == "year" else "financial_quarter", today)
    if not kind.is_log:  # figures are sent once their quarter has ended
        period = period.previous
    found: list[Option] = []
    for _ in range(_PERIODS):
        found.append(Option(period.id, period.label))
        period = period.previous
    return tuple(found)


def of_column(column: Column) -> tuple[Option, ...]:
    """The choices of a log's column; none where anything may be written there."""
    known = catalogue()
    if column.holds == "agency":
        return agencies()
    if column.holds == "indicator":
        return indicators()
    if column.holds != "choice" or not column.choices:
        return ()
    of_it = known.breakdowns.get(column.choices)
    listed = of_it.categories if of_it else known.choices[column.choices].values()
    return tuple(Option(each.label, each.label) for each in listed)
