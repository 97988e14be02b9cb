"""Longer periods from shorter ones: financial and school years, years to date, rolling twelve months.

Which periods make up which is worked out here once; what is summed is summed in SQL, and from complete data only. What
cannot be summed says which part is missing, or that the definition changed within it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from schemas.periods import Period, of_kind, parse, quarters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.catalogue import Catalogue, Indicator

SUMMED = ("sum", "recompute")
COLUMNS = ["indicator_id", "window_id", "kind", "how", "period_id", "place", "parts", "all_parts", "mixed"]
# The whole year also for each category and ward; the others for totals only, which keeps what is linked small.
OF_EVERYTHING = ("financial_year", "academic_year")


def windows(catalogue: Catalogue, through: Period) -> pd.DataFrame:
    """Every longer period of every indicator, one row a part: `COLUMNS`.

    `how` is sum, or last where a stock's or window's year figure is its last. `mixed`: the definition changed inside.
    """
    first = parse(catalogue.partnership.first_period)
    whole = {
        "quarterly": list(_of_quarters(quarters(first, through))),
        "termly": list(_of_terms(first, through)),
        "six-monthly": [(q.financial_year, [q]) for q in quarters(first, through) if q.end.month == 3],
    }
    rows = (
        row
        for indicator in catalogue.indicators.values()
        for window, parts in whole.get(indicator.frequency, [])
        if indicator.window != "cohort" or window.end <= through.year_before.end
        for row in _rows(indicator, window, parts)
    )
    return pd.DataFrame(list(rows), columns=COLUMNS)


def plain_years(known: list[Period]) -> pd.DataFrame:
    """The financial year of each quarter: window_id, kind, period_id, parts."""
    rows = [(q.financial_year.id, "financial_year", q.id, 4) for q in dict.fromkeys(known)]
    return pd.DataFrame(rows, columns=["window_id", "kind", "period_id", "parts"])


def rolled(sent: pd.DataFrame, parts: pd.DataFrame, area: str) -> pd.DataFrame:
    """What a release could show of longer periods: one row a window, with the columns of `sent` and those below.

    `sent` has the key columns, status, definition_version, submission_ids, as_at, given, sent_marker and has_number.
    `whole` is the number of parts a complete window has, `at_period` where the figure of a `last` is found, `missing`
    the parts without a number (space between), `mixed` whether the definition changed inside.
    """
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.register("sent", sent)
        connection.register("part", parts)
        found = connection.execute(_ROLLED, {"area": area, "everything": list(OF_EVERYTHING)})
        made = found.to_arrow_table().to_pandas()  # moments with a zone come whole this way only
    return made.assign(as_at=pd.to_datetime(made["as_at"], utc=True))


def summed_cells(cells: pd.DataFrame, parts: pd.DataFrame, area: str) -> pd.DataFrame:
    """The sum of every window of counts so far as it is there, with the numbers of the cells it is made of.

    `cells` has cell, quantity, plain, the other key columns, value (missing where unknown), protected, published; `parts` has
    plain, window_id, kind, period_id, parts, published. Only a `complete` window of known parts has
    a value; `sum` is of the `known` ones of those that are `there`.
    """
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.register("cell", cells)
        connection.register("part", parts)
        return connection.execute(_SUMMED, {"area": area, "everything": list(OF_EVERYTHING)}).df()


def missing_words(period_ids: str, *, mixed: bool) -> str:
    """Why a longer period has no figure, in a sentence.

    >>> missing_words("2025-26-Q1 2025-26-Q3", mixed=False)
    'Not worked out, because there is no figure for 2025-26 Q1 and 2025-26 Q3.'
    """
    if mixed:
        return "Not worked out, because the definition changed within it: figures before and after do not add up."
    named = [parse(period_id).short for period_id in period_ids.split()]
    last = f" and {named[-1]}" if len(named) > 1 else ""
    return f"Not worked out, because there is no figure for {', '.join(named[:-1] or named)}{last}."


def _of_quarters(every: list[Period]) -> Iterator[tuple[Period, list[Period]]]:
    for n, quarter in enumerate(every):
        number = int(quarter.id[-1])
        if number == 4:
            yield quarter.financial_year, every[max(n - 3, 0) : n + 1]
        elif n >= 3:
            yield of_kind("rolling_12_months", quarter.end), every[n - 3 : n + 1]
        if number in (2, 3) and n >= number - 1:
            yield of_kind("year_to_date", quarter.end), every[n - number + 1 : n + 1]


def _of_terms(first: Period, through: Period) -> Iterator[tuple[Period, list[Period]]]:
    term = of_kind("term", first.start)
    while term.end <= through.end:
        if term.id.endswith("-T3"):
            year = [term.previous.previous, term.previous, term]
            yield of_kind("academic_year", term.end), [t for t in year if t.start >= first.start]
        term = term.next


def _rows(indicator: Indicator, window: Period, parts: list[Period]) -> Iterator[tuple[object, ...]]:
    """The rows of one window; none where the indicator has no such figure or did not exist yet."""
    begins = parse(indicator.definitions[0].from_period).start
    how = "sum" if indicator.year_value in SUMMED else indicator.year_value
    used = parts[-1:] if how == "last" else parts
    if how not in ("sum", "last") or used[0].start < begins:
        return
    if (how == "sum" and used[0].start > window.start) or (how == "last" and window.kind not in OF_EVERYTHING):
        return
    is_dated = len(indicator.definitions) > 1
    mixed = is_dated and len({version_at(indicator, part) for part in used}) > 1
    named = " ".join(part.id for part in used)
    for place, part in enumerate(used):
        yield indicator.id, window.id, window.kind, how, part.id, place, len(used), named, mixed


def version_at(indicator: Indicator, period: Period) -> int:
    """The definition version in force when a period began."""
    return max((d.version for d in indicator.definitions if parse(d.from_period).start <= period.start), default=1)


_ROLLED = """
with grouped as (
    select
        s.indicator_id, p.window_id as period_id, s.agency_id, s.area_id, s.breakdown, s.category,
        p.how, p.parts, p.all_parts, p.mixed,
        max(s.status) as status,
        max(s.definition_version) as definition_version,
        array_to_string(list_sort(list_distinct(flatten(list(string_split(s.submission_ids, ' '))))), ' ')
            as submission_ids,
        max(s.as_at) as as_at,
        any_value(s.given) filter (where p.how = 'last') as given,
        any_value(s.sent_marker) filter (where p.how = 'last') as sent_marker,
        any_value(s.period_id) filter (where p.how = 'last') as at_period,
        coalesce(list(s.period_id) filter (where s.has_number), []) as numbered
    from sent as s
    join part as p
        on p.indicator_id = s.indicator_id
        and p.period_id = s.period_id
    where (s.breakdown = 'all' and s.area_id = $area)
        or (p.how = 'sum' and list_contains($everything, p.kind))
    group by all
)
select
    * exclude (parts, all_parts, numbered, at_period, sent_marker),
    parts as whole,
    coalesce(sent_marker, '') as sent_marker,
    coalesce(at_period, period_id) as at_period,
    array_to_string(list_filter(string_split(all_parts, ' '), lambda part: not list_contains(numbered, part)), ' ')
        as missing
from grouped
"""

_SUMMED = """
select
    c.quantity, p.window_id as period_id, c.agency_id, c.area_id, c.breakdown, c.category,
    case when count(c.value) = p.parts then sum(c.value) end as value,
    coalesce(sum(c.value), 0) as sum,
    count(c.value) as known,
    count(*) as there,
    count(*) = p.parts as complete,
    bool_or(c.protected) as protected,
    bool_or(p.published) and bool_and(c.published) as published,
    list(c.cell order by c.cell) as members
from cell as c
join part as p
    on p.plain = c.plain
    and p.period_id = c.period_id
where list_contains($everything, p.kind)
    or (c.breakdown = 'all' and c.area_id = $area)
group by c.quantity, p.window_id, c.agency_id, c.area_id, c.breakdown, c.category, p.parts
order by min(c.cell), p.window_id
"""
