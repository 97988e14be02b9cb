"""Whose return a file is: which kind, which agency, which quarter, from the cover, the columns, or the figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.checking import cover_words
from pipelines.checking.cover_cells import read_cover
from pipelines.checking.echo import may_be_repeated, quoted
from schemas.catalogue import catalogue
from schemas.catalogue.cycle import closed_on
from schemas.periods import Period, PeriodError, day_words, parse, quarter_of
from schemas.returns.agreed import agreed
from schemas.returns.labelled import Labelled
from schemas.returns.labels import labels
from schemas.returns.meaning import meaning, nearest
from schemas.returns.respondents import respondent_in
from schemas.returns.stated_period import is_period, stated_period
from schemas.rules import file_sender

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from schemas.problems import Problem
    from schemas.returns import Kind

__all__ = ["Identity", "identify", "read_cover"]

# From this share of the rows on, other quarters are slips of single rows and not a second return.
_MOSTLY = 2 / 3
# So alike that it is a slip of the hand: “Sheffield City Council” is not.
_MISSPELT = 85
_LINE = ("indicator_id", "indicator", "area_id", "breakdown", "category")


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose return it is and for when; None where the file leaves it open. `problems` say what was wrong."""

    agency_id: str | None
    period: Period | None
    problems: tuple[Problem, ...]


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


def _agency(stated: str, text: pd.DataFrame, kind: Kind) -> tuple[str | None, list[Problem]]:
    known = labels(catalogue())["agency_id"]
    if stated:
        return _stated_agency(stated, known, text, kind)
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


def _stated_agency(
    stated: str, known: dict[str, str], text: pd.DataFrame, kind: Kind
) -> tuple[str | None, list[Problem]]:
    """The agency a cover names: a misspelt one is known by its indicators too, and one that sends none of them is wrong."""
    agency_id, problems = _known_agency(stated, known)
    if kind.is_log:
        return agency_id, problems
    senders = _senders(text)
    if agency_id and senders and not any(agency_id in each for each in senders):
        others = set[str].intersection(*senders)
        words = {"agency_id": agency_id, "rows": len(text), "others": " or ".join(sorted(others))}
        return (None, [file_sender.AGENCY_CONTRADICTED.problem(words)]) if others else (agency_id, [])
    close = known.get(nearest(stated, known, least=_MISSPELT), "")
    if agency_id or not close or not senders or set[str].intersection(*senders) != {close}:
        return agency_id, problems
    words = {"value": quoted(stated), "agency_id": close, "title": catalogue().agencies[close].title}
    return close, [file_sender.AGENCY_READ_AS.problem(words)]


def _known_agency(stated: str, known: dict[str, str]) -> tuple[str | None, list[Problem]]:
    agency_id = known.get(meaning(stated))
    if agency_id:
        return agency_id, []
    close = known.get(nearest(stated, known), "")
    hint = f". Did you mean “{catalogue().agencies[close].title}”?" if close and may_be_repeated(stated) else "."
    return None, [file_sender.AGENCY_UNKNOWN.problem({"value": quoted(stated), "nearest": hint})]


def _agency_of_the_indicators(text: pd.DataFrame, kind: Kind) -> tuple[str | None, list[Problem]]:
    """The one agency that sends every indicator named, where there is one."""
    senders = _senders(text)
    common = set[str].intersection(*senders) if senders else set[str]()
    if len(common) != 1:
        return None, [file_sender.AGENCY_MISSING.problem(cover_words.of_sender(kind))]
    agency_id = common.pop()
    return agency_id, [file_sender.AGENCY_TAKEN.problem({"agency_id": agency_id})]


def _senders(text: pd.DataFrame) -> list[set[str]]:
    """Of each indicator named, which agencies send it."""
    known, indicators = labels(catalogue())["indicator_id"], catalogue().indicators
    ids = {known.get(meaning(cell), "") for cell in text["indicator_id"].unique()} - {""}
    return [set(indicators[i].sent_by) for i in ids]


def _period(stated: str, text: pd.DataFrame, kind: Kind, today: date) -> tuple[Period | None, list[Problem]]:
    rows = _quarter_of_rows(text)
    if stated:
        period, problems = _stated(stated, kind, today)
        return (period, problems) if kind.is_log else _beside_the_rows(period, problems, rows, text)
    if not rows:
        return None, [file_sender.PERIOD_MISSING.problem(cover_words.of_period(kind, today))]
    (commonest, count), *_ = rows.most_common()
    if count < _MOSTLY * rows.total():
        which, last = ", ".join(sorted(rows)), max(rows)
        if _carries_along(text, last):
            return parse(last), [file_sender.PERIOD_TAKEN.problem({"which": which, "period_id": last})]
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


def _beside_the_rows(
    period: Period | None, problems: list[Problem], rows: Counter[str], text: pd.DataFrame
) -> tuple[Period | None, list[Problem]]:
    """What the rows say of a cover whose period cannot be read, or is one that none of them belongs to."""
    commonest, count = next(iter(rows.most_common()), ("", 0))
    if count <= 1 or count < _MOSTLY * rows.total():
        return period, problems
    if period is None:
        words = {"sentence": problems[0].message, "count": count, "period_id": commonest, "example": commonest}
        return parse(commonest), [file_sender.PERIOD_FROM_ROWS.problem(words)]
    if commonest == period.id or _due(text, period) or not _due(text, parse(commonest)):
        return period, problems
    words = {"stated": period.id, "count": count, "rows": len(text), "period_id": commonest}
    return None, [file_sender.PERIOD_CONTRADICTED.problem(words)]


def _due(text: pd.DataFrame, quarter: Period) -> int:
    """How many rows name a period that their indicator is sent for with the return of a quarter."""
    look_up = agreed(catalogue())
    sent, known = look_up.periods_sent(quarter), look_up.known["indicator_id"]
    counts = Counter(zip(text["indicator_id"], text["indicator"], text["period_id"], strict=True))
    named = ((known.get(meaning(id_ or title), ""), label, count) for (id_, title, label), count in counts.items())
    return sum(
        count
        for id_, label, count in named
        if is_period(label) and stated_period(label).id in sent.get(id_, frozenset())
    )


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


def _carries_along(text: pd.DataFrame, last: str) -> bool:
    """Whether most rows of other quarters are of lines that give the last one too: a scorecard, not two returns in one."""
    quarter = {label: stated_period(label).id for label in text["period_id"].unique() if label and is_period(label)}
    lines = list(zip(*(text[name] for name in _LINE), strict=True))
    is_last = [quarter.get(label) == last for label in text["period_id"]]
    known = {line for line, is_of_last in zip(lines, is_last, strict=True) if is_of_last}
    others = [line in known for line, is_of_last in zip(lines, is_last, strict=True) if not is_of_last]
    return sum(others) >= _MOSTLY * len(others)


def _begun(period: Period, kind: Kind, today: date) -> list[Problem]:
    if period.start <= today:
        return []
    words = {"period_id": period.short, "begins": day_words(period.start), "every": kind.every}
    return [file_sender.NOT_BEGUN.problem(words)]


def _in_time(period: Period, today: date) -> list[Problem]:
    if period.end >= today:
        return [file_sender.PERIOD_AHEAD.problem({"period_id": period.id, "ends": day_words(period.end)})]
    closed = closed_on(catalogue(), period, today)
    if closed is not None:
        return [file_sender.OUTSIDE_WINDOW.problem({"period_id": period.id, "closed": day_words(closed)})]
    return []
