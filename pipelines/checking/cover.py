"""Whose return a file is: which kind, which agency, which quarter, from the cover, the columns, or the figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.checking import cover_words
from pipelines.checking.cells import as_text
from pipelines.checking.echo import may_be_repeated, quoted
from pipelines.checking.headings import find
from schemas.catalogue import catalogue
from schemas.periods import Period, PeriodError, day_words, parse, quarter_of
from schemas.returns.labelled import Labelled
from schemas.returns.labels import labels
from schemas.returns.meaning import known_by, meaning, nearest
from schemas.returns.respondents import respondent_in
from schemas.returns.stated_period import is_period, stated_period
from schemas.rules import file_sender

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import pandas as pd

    from pipelines.reading import Sheet, Workbook
    from schemas.problems import Problem
    from schemas.returns import Kind

# A cover's labels stand at the top and in the first columns.
_ROWS, _REACH = 60, 4
# From this share of the rows on, other quarters are slips of single rows and not a second return.
_MOSTLY = 2 / 3


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose return it is and for when; None where the file leaves it open. `problems` say what was wrong."""

    agency_id: str | None
    period: Period | None
    problems: tuple[Problem, ...]


def read_cover(workbook: Workbook, kind: Kind) -> dict[str, str]:
    """The cover's answers by name: from a sheet called Cover, or from label and answer pairs above the table."""
    known = known_by((name, (name.replace("_", " "), *labels_)) for name, labels_ in kind.cover.items())
    sheets = sorted(workbook.sheets, key=lambda sheet: meaning(sheet.name) != "cover")
    found: dict[str, str] = {}
    for sheet in (s for s in sheets[:2] if s.visible):
        headings = find(sheet, kind.data)
        above = _ROWS if headings is None else headings.first_row - 1
        for name, answer in _pairs(sheet, above, known):
            found.setdefault(name, answer)
    return found


def identify(cover: dict[str, str], text: pd.DataFrame, today: date, *, kind: Kind) -> Identity:
    """The sender and period of a return, and what was wrong with how the file says them.

    A return of figures is for a quarter that has ended; a log may be sent as soon as its quarter or year has begun. Where
    respondents may send, the sender may be one, by its reference.
    """
    stated = cover.get("agency", "")
    respondent_id = respondent_in(stated) if kind.from_respondents else None
    agency_id, about_agency = (respondent_id, []) if respondent_id else _agency(stated, text, kind)
    period, about_period = _period(cover.get("period", ""), text, kind, today)
    problems = [*about_agency, *about_period]
    if period is not None:
        problems += _begun(period, kind, today) if kind.is_log else _in_time(period, today)
    if period is not None and kind.is_log and period.start > today:
        period = None
    return Identity(agency_id, period, tuple(problems))


def _pairs(sheet: Sheet, last: int, known: dict[str, str]) -> Iterable[tuple[str, str]]:
    """Labels and the cell beside each: the next one, or the first past the columns its label is merged over."""
    spans = {(top, left): right for top, left, _, right in sheet.merged}
    for number, row in enumerate(sheet.rows[:last]):
        texts = [as_text(cell) for cell in row[:_REACH]]
        place = next((place for place, text in enumerate(texts) if text), None)
        name = None if place is None else known.get(meaning(texts[place]))
        if place is None or name is None:
            continue
        beside = spans.get((number, place), place) + 1
        answer = as_text(row[beside]) if beside < len(row) else ""
        # A row of headings reads like a pair; its answer is then another label.
        if answer and meaning(answer) not in known:
            yield name, answer


def _agency(stated: str, text: pd.DataFrame, kind: Kind) -> tuple[str | None, list[Problem]]:
    known = labels(catalogue())["agency_id"]
    if stated:
        return _known_agency(stated, known)
    cells = Labelled.of(text["agency_id"]).counts()
    named: Counter[str] = Counter()
    for cell, count in cells.items():
        named[known.get(meaning(cell), "")] += count
    named.pop("", None)
    if len(named) > 1:
        which = ", ".join(sorted(named))
        return None, [file_sender.SEVERAL_RETURNS.problem({"count": len(named), "which": f"of {which}"})]
    if named:
        return next(iter(named)), []
    unknown = next((cell for cell in text["agency_id"] if cell), "") if any(cells) else ""
    return _known_agency(unknown, known) if unknown else _agency_of_the_indicators(text, kind)


def _known_agency(stated: str, known: dict[str, str]) -> tuple[str | None, list[Problem]]:
    agency_id = known.get(meaning(stated))
    if agency_id:
        return agency_id, []
    close = known.get(nearest(stated, known), "")
    hint = f". Did you mean “{catalogue().agencies[close].title}”?" if close and may_be_repeated(stated) else "."
    return None, [file_sender.AGENCY_UNKNOWN.problem({"value": quoted(stated), "nearest": hint})]


def _agency_of_the_indicators(text: pd.DataFrame, kind: Kind) -> tuple[str | None, list[Problem]]:
    """The one agency that sends every indicator named, where there is one."""
    known, indicators = labels(catalogue())["indicator_id"], catalogue().indicators
    ids = {known.get(meaning(cell), "") for cell in text["indicator_id"].unique()} - {""}
    senders = [set(indicators[i].sent_by) for i in ids]
    common = set.intersection(*senders) if senders else set[str]()
    if len(common) != 1:
        return None, [file_sender.AGENCY_MISSING.problem(cover_words.of_sender(kind))]
    agency_id = common.pop()
    return agency_id, [file_sender.AGENCY_TAKEN.problem({"agency_id": agency_id})]


def _period(stated: str, text: pd.DataFrame, kind: Kind, today: date) -> tuple[Period | None, list[Problem]]:
    rows = _quarter_of_rows(text)
    if stated:
        return _stated(stated, kind, today)
    if not rows:
        return None, [file_sender.PERIOD_MISSING.problem(cover_words.of_period(kind, today))]
    (commonest, count), *_ = rows.most_common()
    if count < _MOSTLY * rows.total():
        which = ", ".join(sorted(rows))
        return None, [file_sender.PERIOD_MIXED.problem({"count": str(len(rows)), "which": which})]
    return parse(commonest), []


def _stated(stated: str, kind: Kind, today: date) -> tuple[Period | None, list[Problem]]:
    """The period a cover states, or why it is none of those the kind is for, with how to write the one that was meant."""
    try:
        period = stated_period(stated)
    except PeriodError as why:
        sentence = cover_words.unreadable(stated, str(why), kind, today)
        words = {**cover_words.of_period(kind, today), "sentence": sentence}
        return None, [file_sender.PERIOD_UNREADABLE.problem(words)]
    if period.kind == cover_words.MEANT[kind.every]:
        return period, []
    words = cover_words.of_period(kind, period.end)
    sentence = f"The return is for a {kind.every}, written as {words['example']}; the Cover says {period.short}."
    return None, [file_sender.PERIOD_UNREADABLE.problem({**words, "sentence": sentence})]


def _quarter_of_rows(text: pd.DataFrame) -> Counter[str]:
    """How many rows name each quarter; a year or term names the quarter it ends in only if no row names a quarter."""
    counts = Labelled.of(text["period_id"]).counts()
    periods = [(stated_period(label), count) for label, count in counts.items() if label and is_period(label)]
    named = [(period.id, count) for period, count in periods if period.kind == "financial_quarter"]
    ending = [(quarter_of(period.end).id, count) for period, count in periods]
    quarters: Counter[str] = Counter()
    for quarter_id, count in named or ending:
        quarters[quarter_id] += count
    return quarters


def _begun(period: Period, kind: Kind, today: date) -> list[Problem]:
    if period.start <= today:
        return []
    words = {"period_id": period.short, "begins": day_words(period.start), "every": kind.every}
    return [file_sender.NOT_BEGUN.problem(words)]


def _in_time(period: Period, today: date) -> list[Problem]:
    if period.end >= today:
        return [file_sender.PERIOD_AHEAD.problem({"period_id": period.id, "ends": day_words(period.end)})]
    closed = period.end.toordinal() + catalogue().calendar["figures"].closes_days
    if today.toordinal() > closed:
        last = day_words(type(today).fromordinal(closed))
        return [file_sender.OUTSIDE_WINDOW.problem({"period_id": period.id, "closed": last})]
    return []
