"""Every way to mend a report, in the order in which its problems stand."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pipelines.checking.mending import figures, offered, records
from pipelines.checking.mending.fields import Field, Mendable
from schemas.periods import parse
from schemas.returns import kinds
from schemas.returns.mends import COVER
from schemas.rules import file_layout, file_sender

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from datetime import date

    from pipelines.checking.report import Report
    from schemas.problems import Problem
    from schemas.returns import Kind

_OF_AGENCY = frozenset({file_sender.AGENCY_MISSING.name, file_sender.AGENCY_UNKNOWN.name})
_OF_PERIOD = frozenset(
    {
        file_sender.PERIOD_MISSING.name,
        file_sender.PERIOD_UNREADABLE.name,
        file_sender.PERIOD_MIXED.name,
        file_sender.PERIOD_AHEAD.name,
        file_layout.QUARTER_UNCLEAR.name,
    }
)


def mendables(report: Report, today: date, *, for_agency: str | None = None, most: int = 60) -> tuple[Mendable, ...]:
    """The ways to mend a report's first errors and queries, `most` of them at least; like ones are one.

    `for_agency`: the one agency its sender may speak for, where there is one. A report of a file that could not be read, or
    that is about single people, offers none: nothing of it was kept.
    """
    kind = kinds().get(report.kind or "")
    if kind is None:
        return ()
    found: list[Mendable] = []
    for problems in _alike(report):
        if len(found) >= most:  # nobody mends more by hand, and those that are mended make room
            break
        cover = _of_cover(problems[0], kind, today, for_agency)
        if cover is not None:
            found.append(cover)
        elif kind.is_log:
            found += records.mended_by(problems, kind)
        elif report.as_read is not None and report.agency_id and report.period_id:
            found += figures.mended_by(problems, report.as_read, report.agency_id, parse(report.period_id))
    return tuple(found)


def _alike(report: Report) -> Iterator[list[Problem]]:
    """Problems that are no notes, those that one answer mends together."""
    groups: dict[Hashable, list[Problem]] = defaultdict(list)
    for problem in report.problems:
        if problem.severity != "note":
            read = report.as_read
            groups[records.alike(problem) if read is None else figures.alike(problem, read)].append(problem)
    yield from groups.values()


def _of_cover(problem: Problem, kind: Kind, today: date, for_agency: str | None) -> Mendable | None:
    """The choice of whose return it is, or for when."""
    if problem.rule in _OF_AGENCY:
        options = offered.agencies(for_agency)
        field = Field(COVER, "", "agency", "Agency")
        return Mendable((problem,), "choose", (field,), options, 0 if len(options) == 1 else None) if options else None
    if problem.rule in _OF_PERIOD:
        options = offered.periods_for(kind, today)
        # Where the columns leave it open, nothing is likelier than anything else: it is chosen, and not only agreed to.
        nearest = None if problem.rule == file_layout.QUARTER_UNCLEAR.name else 0
        return Mendable((problem,), "choose", (Field(COVER, "", "period", "Period"),), options, nearest)
    return None
