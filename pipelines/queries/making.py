"""How each whole-area figure of an indicator was made: formula, parts, the returns behind it, what the checks said."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.queries.present import present
from schemas.catalogue import catalogue
from schemas.periods import parse

if TYPE_CHECKING:
    from datetime import date

    from pipelines.queries.pointer import Pointer

WHOLE_RETURN = "all"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule found: how many problems, how grave, and beside how many of them a reason was given."""

    rule: str
    severity: str
    number: int
    explained: int
    of_whole_return: bool


@dataclass(frozen=True, slots=True)
class Source:
    """One submission a figure rests on, and the periods it gave. `version` is None for what is no submission.

    `log`: the title of the log it belongs to, and `sent_for` the period it was sent for; both empty for a return of
    figures. What was said of the rows of a log is for its keeper: a publication tells nothing of it.
    """

    submission_id: str
    agency: str
    gave: tuple[str, ...]
    version: int | None
    received_on: date | None
    approved_by_role: str
    outcomes: tuple[Outcome, ...]
    log: str = ""
    sent_for: str = ""


@dataclass(frozen=True, slots=True)
class Making:
    """One figure's account in words, its sources, and the version of the methods and the policy of its publication."""

    period_id: str
    period: str
    is_hidden: bool
    formula: str
    parts: str
    population: str
    interval: str
    limits: str
    definition: str
    sources: tuple[Source, ...]
    method_version: str
    policy: str


def makings(pointer: Pointer, indicator_id: str) -> tuple[Making, ...]:
    """The account of every whole-area figure of an indicator, newest first; none for publications from before it."""
    found = present(pointer, "made", "formula", _MADE, [indicator_id])
    sources = _sources(pointer, indicator_id)
    made = [_making(row, sources.get(row["period_id"], ())) for row in found]
    return tuple(sorted(made, key=lambda each: (parse(each.period_id).end, parse(each.period_id).start), reverse=True))


_MADE = """
select m.*, f.marker, p.method_version, p.policy
from made as m
join figure as f
    on f.indicator_id = m.indicator_id
    and f.period_id = m.period_id
    and f.agency_id = 'all'
    and f.breakdown = 'all'
cross join publication as p
where m.indicator_id = ?
    and f.area_id = p.area_id
"""
# A figure that was computed in publishing has no rows of its own in made_from: the submissions it cites are its sources.
_FROM = """
with cited as (
    select f.period_id, unnest(string_split(trim(f.submission_ids), ' ')) as submission_id
    from figure as f
    cross join publication as p
    where f.indicator_id = $indicator
        and f.agency_id = 'all'
        and f.breakdown = 'all'
        and f.area_id = p.area_id
        and f.marker <> 'c'
        and not exists (select 1 from made_from as m where m.indicator_id = $indicator)
),
given as (
    select period_id, submission_id, gave, agency_id
    from made_from
    where indicator_id = $indicator
    union all
    select c.period_id, c.submission_id, c.period_id as gave, s.agency_id
    from cited as c
    join submission as s
        on s.submission_id = c.submission_id
)
select m.period_id, m.submission_id, m.gave, coalesce(g.short, m.agency_id) as agency, s.version, s.received_at,
    coalesce(s.approved_by_role, '') as approved_by_role, coalesce(s.kind, '') as kind,
    coalesce(s.period_id, '') as sent_for
from given as m
left join submission as s
    on s.submission_id = m.submission_id
left join agency as g
    on g.agency_id = m.agency_id
order by m.period_id, m.gave, agency, sent_for
"""
_OUTCOMES = "select * from rule_outcome where indicator_id in (?, 'all') order by severity, rule"


def _sources(pointer: Pointer, indicator_id: str) -> dict[str, tuple[Source, ...]]:
    outcomes: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for row in present(pointer, "rule_outcome", "rule", _OUTCOMES, [indicator_id]):
        # What was said of the whole return belongs to each period it gave.
        whole = row["indicator_id"] == WHOLE_RETURN
        key = (row["submission_id"], "" if whole else row["period_id"])
        outcomes[key].append(
            Outcome(row["rule"], row["severity"], row["number"], row["explained"], of_whole_return=whole)
        )
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in present(pointer, "made_from", "gave", _FROM, {"indicator": indicator_id}):
        grouped[row["period_id"], row["submission_id"]].append(row)
    found: dict[str, tuple[Source, ...]] = {}
    for (period_id, submission_id), given in grouped.items():
        said = [o for row in given for o in outcomes[submission_id, row["gave"]]] + outcomes[submission_id, ""]
        found[period_id] = (*found.get(period_id, ()), _source(submission_id, given, tuple(said)))
    return found


def _source(submission_id: str, given: list[dict[str, Any]], said: tuple[Outcome, ...]) -> Source:
    first = given[0]
    log = catalogue().calendar.get(first["kind"]) if first["kind"] not in ("", "figures") else None
    return Source(
        submission_id=submission_id,
        agency=first["agency"],
        gave=tuple(parse(row["gave"]).short for row in given),
        version=first["version"],
        received_on=first["received_at"].date() if first["received_at"] else None,
        approved_by_role=first["approved_by_role"],
        outcomes=said,
        log=log.title if log else "",
        sent_for=parse(first["sent_for"]).short if log else "",
    )


def _making(row: dict[str, Any], sources: tuple[Source, ...]) -> Making:
    words = {name: row[name] for name in ("formula", "parts", "population", "interval", "limits", "definition")}
    return Making(
        period_id=row["period_id"],
        period=parse(row["period_id"]).short,
        is_hidden=row["marker"] == "c",
        sources=sources,
        method_version=row["method_version"],
        policy=row["policy"],
        **words,
    )
