"""Checks a file of a log from its sheets to its report: good records count, whatever stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from pipelines.checking.cover import identify
from pipelines.checking.log_instrument import about_instrument
from pipelines.checking.log_judging import judge_log, unchanged
from pipelines.checking.log_round import about_round
from pipelines.checking.log_sheets import log_tables
from pipelines.checking.log_whole import about_whole
from pipelines.checking.report import with_verdict
from schemas.catalogue import catalogue
from schemas.returns.answers import instrument_named
from schemas.returns.records import LogContext, standing
from schemas.returns.respondents import is_respondent
from schemas.rules import file_sender, log

if TYPE_CHECKING:
    from datetime import date

    from pipelines.checking.log_sheets import LogTables
    from pipelines.checking.report import Report
    from pipelines.reading import Workbook
    from schemas.problems import Problem
    from schemas.returns import Kind

Held: TypeAlias = Callable[[str, str], Mapping[str, pd.DataFrame]]


@dataclass(frozen=True)
class LogAsked:
    """What the caller knows beside the file. `held` gives the records that stand of a kind, for a sender."""

    held: Held | None
    today: date
    moderating: bool = False


def check_log(workbook: Workbook, kind: Kind, report: Report, asked: LogAsked) -> Report:
    """The report of a log. `report` is the one begun, refused until something can be taken; see `check`."""
    where = log_tables(workbook, kind, instrument_named(report.cover.get("instrument", "")))
    whose = identify(report.cover, _no_columns(), asked.today, kind=kind)
    report = replace(
        report,
        agency_id=whose.agency_id,
        period_id=whose.period.id if whose.period else None,
        rows=sum(len(rows.text) for rows in where.rows.values()),
        problems=(*report.problems, *where.problems, *whose.problems),
    )
    if whose.agency_id is None or whose.period is None:
        return report
    held = asked.held(kind.id, whose.agency_id) if asked.held else {}
    refused = [
        *_not_a_sender(kind, whose.agency_id),
        *_not_registered(whose.agency_id, held),
        *about_instrument(where.rows, report.cover),
    ]
    if refused:
        return replace(report, problems=(*report.problems, *refused))
    context = LogContext(
        catalogue(),
        kind,
        whose.agency_id,
        whose.period,
        asked.today,
        held,
        cover=report.cover,
        moderating=asked.moderating,
    )
    return _judged(report, where, kind, context)


def _judged(report: Report, where: LogTables, kind: Kind, context: LogContext) -> Report:
    judged = judge_log(where.rows, context)
    records = {name: text for name, text in judged.records.items() if len(text)}
    taken = sum(map(len, records.values()))
    approval = [] if context.moderating else file_sender.approval(report.cover, kind_id=kind.id)
    whole = [*about_round(records, context), *about_whole(records, context)]
    problems = [*report.problems, *approval, *judged.problems, *whole, *_empty(kind, report.rows)]
    same = unchanged(((kind.sheet(name), text) for name, text in records.items()), context)
    if same:
        problems.append(log.UNCHANGED.problem({"count": same, "all": taken}))
    return with_verdict(replace(report, records=records, rows_accepted=taken, problems=tuple(problems)))


def _no_columns() -> pd.DataFrame:
    """A log's rows do not say whose the file is: only its cover does."""
    return pd.DataFrame({"agency_id": [], "indicator_id": [], "period_id": []}, dtype="str")


def _not_a_sender(kind: Kind, agency_id: str) -> list[Problem]:
    """A refusal where the log is kept by others."""
    calendar = catalogue().calendar[kind.id]
    if not calendar.only_senders or agency_id in calendar.senders:
        return []
    titles = [catalogue().agencies[sender].title for sender in calendar.senders]
    words = {"title": f"{kind.title[0].lower()}{kind.title[1:]}", "senders": " and ".join(titles)}
    return [log.NOT_A_SENDER.problem(words)]


def _not_registered(sender_id: str, held: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """A refusal where a respondent is not on the register; without a register at hand nothing can be said."""
    if not is_respondent(sender_id) or "Respondents" not in held:
        return []
    known = set(standing(held["Respondents"])["respondent_id"])
    return [] if sender_id in known else [file_sender.RESPONDENT_UNKNOWN.problem({"value": sender_id})]


def _empty(kind: Kind, rows: int) -> list[Problem]:
    if rows:
        return []
    needed = [column.heading for column in kind.data.columns if column.needed]
    words = {"row": kind.row_word[0], "sheet": kind.data.name, "what_for": _lower(kind.data.what_for)}
    return [log.NOTHING_FILLED.problem({**words, "needed": ", ".join(needed)})]


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
