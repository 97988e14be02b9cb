"""The register, self-assessments and audits as returns: what each sender sent, and the moment it came in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache
from typing import TYPE_CHECKING

from sample_data.assessments.answers import answers, progress, tells_progress
from sample_data.assessments.audits import audits
from sample_data.assessments.event import said
from sample_data.assessments.graded import begun, programme, reported
from sample_data.assessments.register import entries
from sample_data.assessments.replies import replies
from sample_data.assessments.rounds import rounds
from sample_data.logs.records import BUSINESS_UNIT
from schemas.periods import quarter_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sample_data.assessments.audits import Audit
    from sample_data.assessments.replies import Reply
    from sample_data.assessments.rounds import Moderated
    from sample_data.logs.records import Cells

# The register was set up before the first round, and renewed when a school year's bodies came and left.
REGISTERED_ON = (date(2025, 9, 8), date(2026, 9, 7))
_OF_DAY = time(16, 5)


@dataclass(frozen=True)
class AssessmentReturn:
    """What one sender sent: rows by sheet, for which period, and the moment it came in.

    `covers` are the answers of the cover that only this kind asks for. `moderating`: the business unit's own look at
    what another has sent. One that is not `signed` is still being worked on. `version`: its number among the returns
    of the same sender and period.
    """

    kind: str
    sender_id: str
    period_id: str
    at: datetime
    rows: Mapping[str, Sequence[Cells]]
    covers: Mapping[str, str]
    moderating: bool = False
    signed: bool = True
    version: int = 1

    @property
    def name(self) -> str:
        """The file name without its ending.

        >>> when = datetime(2025, 9, 8, tzinfo=UTC)
        >>> AssessmentReturn("self_assessment", "SCH-0012", "FY2025-26", when, {}, {}).name
        'SYNTHETIC_FY2025-26_SCH-0012_self_assessment_v1'
        """
        return f"SYNTHETIC_{self.period_id}_{self.sender_id}_{self.kind}_v{self.version}"


@cache
def assessment_returns() -> tuple[AssessmentReturn, ...]:
    """Every return, in the order they came in."""
    drawn = (*_registers(), *map(_replied, replies()), *_progress(), *_moderations(), *_programmes(), *_reports())
    return tuple(_numbered(sorted(drawn, key=lambda sent: (sent.at, sent.kind, sent.sender_id))))


def standing_answers(agency_id: str, year: str) -> dict[str, Cells]:
    """An agency's own answers of a year by statement, as they stood when the business unit moderated them."""
    found = (answers(reply) for reply in replies() if (reply.sender_id, reply.year) == (agency_id, year))
    return {str(cells["statement_id"]): cells for rows in found for cells in rows}


def _registers() -> Iterator[AssessmentReturn]:
    """The whole register, and what had come and gone a year later."""
    known: list[Cells] = []
    for day in REGISTERED_ON:
        now = list(entries(day))
        new = [cells for cells in now if cells not in known]
        known = now
        yield AssessmentReturn("register", BUSINESS_UNIT, quarter_of(day).id, _moment(day), {"Respondents": new}, {})


def _replied(reply: Reply) -> AssessmentReturn:
    rows = {"Statements": answers(reply), "Event": said(reply.year) if reply.tells_event else []}
    at, covers = _moment(reply.came_on), {"instrument": reply.instrument}
    return AssessmentReturn("self_assessment", reply.sender_id, reply.year, at, rows, covers, signed=reply.is_whole)


def _progress() -> Iterator[AssessmentReturn]:
    """How far actions had come: the same answers, some with the day they were done, and nothing else."""
    days = {held.year: held.progress_on for held in rounds().round if held.progress_on is not None}
    for reply in replies():
        if reply.year in days and tells_progress(reply.sender_id):
            on = days[reply.year]
            rows = {"Statements": progress(reply, on)}
            yield replace(_replied(reply), at=_moment(on), rows=rows)


def _moderations() -> Iterator[AssessmentReturn]:
    moderated_on = {held.year: held.moderated_on for held in rounds().round}
    for found in rounds().moderated:
        yield AssessmentReturn(
            "self_assessment",
            found.agency_id,
            found.year,
            _moment(moderated_on[found.year]),
            {"Statements": list(_moderated(found))},
            {"instrument": "organisational"},
            moderating=True,
        )


def _moderated(found: Moderated) -> Iterator[Cells]:
    """The agency's own words with the business unit's score and comment beside them."""
    stood = standing_answers(found.agency_id, found.year)
    for statement_id, score in found.scores.items():
        comment = found.comments.get(statement_id)
        said_of_it: Cells = {"moderated_score": score}
        if comment:
            said_of_it["moderator_comment"] = comment
        yield stood[statement_id] | said_of_it


def _programmes() -> Iterator[AssessmentReturn]:
    told = audits().programme
    for days, rows_of in ((told.agreed_on, programme), (told.told_on, begun)):
        for day in days:
            yield _audit(day, {"Audits": rows_of(day)}, {})


def _reports() -> Iterator[AssessmentReturn]:
    for audit in audits().audit:
        if audit.comes_on is not None:
            yield _audit(audit.comes_on, _without_ref(audit), {"audit_ref": audit.ref})


def _without_ref(audit: Audit) -> dict[str, list[Cells]]:
    """The sheets of one audit's workbook: its number stands on the cover and need not be on each row."""
    return {
        name: [{column: value for column, value in cells.items() if column != "audit_ref"} for cells in rows]
        for name, rows in reported(audit).items()
    }


def _audit(day: date, rows: Mapping[str, Sequence[Cells]], covers: Mapping[str, str]) -> AssessmentReturn:
    return AssessmentReturn("audit", BUSINESS_UNIT, quarter_of(day).id, _moment(day), rows, covers)


def _moment(day: date) -> datetime:
    return datetime.combine(day, _OF_DAY, tzinfo=UTC)


def _numbered(sent: Sequence[AssessmentReturn]) -> Iterator[AssessmentReturn]:
    numbers: Counter[tuple[str, str, str]] = Counter()
    for found in sent:
        key = (found.kind, found.sender_id, found.period_id)
        numbers[key] += 1
        yield replace(found, version=numbers[key])
