"""What the eyes have to go by: answers, grades, replies and figures, as the release that is being made shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipelines.publishing.logs.log import records_of
from pipelines.publishing.rows import Row, number, rows
from schemas.catalogue.thread import ORGANISATIONAL
from schemas.periods import of_kind, parse
from schemas.published.assuring import MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from pipelines.publishing.assembling import Inputs
    from schemas.catalogue import Catalogue

Rows = dict[str, list[dict[str, Any]]]
Whose = tuple[str, str, str]  # an agency, a year, a statement
KIND = "self_assessment"
_MODERATED, _SELF = "moderated", "self"


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything the eyes saw, as plain rows.

    `answers` are those of agencies, with the keys of the table `answer`; `outdated` names those that were moderated
    before the answer was changed, whose moderated score is of another answer. `replied` are the agencies and years whose
    reply is whole and signed off: only those count in the middle of all. `left_out` are agencies whose self-assessments an
    agreement leaves out: nothing is told of them, and no middle of all. `audits`, `grades`, `survey`, `card`, `figures`
    and `series` are rows of the tables of those names. `is_coarse`: the middle of agencies is told to the nearest 5%.
    """

    catalogue: Catalogue
    today: date
    answers: list[Row]
    audits: list[Row] = field(default_factory=list)
    grades: list[Row] = field(default_factory=list)
    survey: list[Row] = field(default_factory=list)
    card: Mapping[str, Row] = field(default_factory=dict)
    figures: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    series: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    outdated: frozenset[Whose] = frozenset()
    replied: frozenset[tuple[str, str]] = frozenset()
    is_coarse: bool = False
    left_out: frozenset[str] = frozenset()

    @property
    def years(self) -> tuple[str, ...]:
        """The years somebody answered in, and the one under way; the latest first."""
        now = of_kind("financial_year", self.today).id
        return tuple(sorted({now, *(row["year_id"] for row in self.answers)}, reverse=True))

    def until(self, year_id: str) -> date:
        """The last day that counts for a year: its last, or today while it is under way."""
        return min(self.today, parse(year_id).end)


def seen(
    inputs: Inputs, answers: list[Row], made: Rows, published: Mapping[str, pd.DataFrame], *, is_coarse: bool = False
) -> Seen:
    """What one release shows; nothing else is looked at, but who moderated what when."""
    replies = made.get("agency_reply", [])
    return Seen(
        catalogue=inputs.catalogue,
        today=inputs.today,
        answers=answers,
        audits=made.get("audit", []),
        grades=made.get("audit_grade", []),
        survey=rows(published["survey_count"]),
        card={row["indicator_id"]: row for row in rows(published["scorecard"])},
        figures=_own_figures(published["figure"], inputs.catalogue.partnership.area_code),
        series=_own_series(published["series"], inputs.catalogue.partnership.area_code),
        outdated=_outdated(inputs),
        replied=frozenset(
            (row["agency_id"], row["year_id"])
            for row in replies
            if row["state"] == "replied" and row["instrument_id"] == ORGANISATIONAL
        ),
        is_coarse=is_coarse,
        left_out=inputs.left_out,
    )


def months_before(day: date, months: int = MONTHS) -> date:
    """The day so many months before; the 28th where the month may have no such day.

    >>> from datetime import date
    >>> months_before(date(2026, 11, 26)), months_before(date(2026, 3, 31), 1)
    (datetime.date(2024, 11, 26), datetime.date(2026, 2, 28))
    """
    whole = day.year * 12 + day.month - 1 - months
    year, month = divmod(whole, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, 28) if day.day > 28 else day.day)


def plain_day(day: date) -> date:
    """A day of a table, which holds some as moments."""
    return getattr(day, "date", lambda: day)()


def reported(found: Seen, until: date) -> list[Row]:
    """Audits reported in the 24 months before a day, the newest first."""
    first = months_before(until)
    kept = [row for row in found.audits if row["stage"] == "reported" and row["reported_on"] is not None]
    inside = [row for row in kept if first < plain_day(row["reported_on"]) <= until]
    return sorted(inside, key=lambda row: (plain_day(row["reported_on"]), row["audit_ref"]), reverse=True)


@dataclass(frozen=True, slots=True)
class Counted:
    """The grades shown of one agency that count, the audits they are of (the newest first), and what gave way to them."""

    grades: list[Row]
    audits: list[Row]
    gave_way: list[Row]


def counting(found: Seen, until: date, domains: set[str], whose: str) -> Counted:
    """What counts of an agency's grades: an audit gives way to its re-audit, in the domains that one has grades of it in.

    A re-audit that looks at one domain says nothing of the others, nor of an agency it has not graded.
    """
    audits = reported(found, until)
    shown = graded(found, {row["audit_ref"] for row in audits}, domains, whose)
    there = {(row["audit_ref"], row["domain"]) for row in shown}
    after = repeated_by(audits)
    gave_way = [row for row in shown if any((ref, row["domain"]) in there for ref in after[row["audit_ref"]])]
    grades = [row for row in shown if row not in gave_way]
    refs = {row["audit_ref"] for row in grades}
    return Counted(grades, [row for row in audits if row["audit_ref"] in refs], gave_way)


def repeated_by(audits: list[Row]) -> dict[str, set[str]]:
    """For each audit (the newest first) those that repeat it, at first or second hand.

    Where audits are said to repeat each other in a ring, the newest of them repeats the others.
    """
    place = {row["audit_ref"]: at for at, row in enumerate(audits)}
    before = {row["audit_ref"]: row["re_audit_of"] for row in audits}
    behind = {ref: _behind(ref, before) for ref in place}
    return {
        ref: {
            other for other in place if ref in behind[other] and (other not in behind[ref] or place[other] < place[ref])
        }
        for ref in place
    }


def _behind(ref: str, before: Mapping[str, str]) -> set[str]:
    """The audits that one repeats, at first or second hand."""
    found: set[str] = set()
    at = before[ref]
    while at in before and at not in found:
        found.add(at)
        at = before[at]
    return found


def graded(found: Seen, audit_refs: set[str], domains: set[str], whose: str) -> list[Row]:
    """The grades shown of one agency, or `all` jointly: moderated where anything was, else the agencies' own.

    Where moderated grades are hidden nothing is shown: the agencies' own would be another number for the same audit.
    """
    mine = [r for r in found.grades if r["whose"] == whose and r["audit_ref"] in audit_refs and r["domain"] in domains]
    by_key = {(r["audit_ref"], r["domain"]): r for basis in (_SELF, _MODERATED) for r in mine if r["basis"] == basis}
    return [r for r in by_key.values() if not r["marker"] and r["n"] and number(r["good_or_better"]) is not None]


def _own_figures(figures: pd.DataFrame, area: str) -> dict[tuple[str, str], Row]:
    """Each agency's own latest figure of an indicator that several send."""
    mine = figures[figures["agency_id"].ne("all") & figures["area_id"].eq(area) & figures["breakdown"].eq("all")]
    found = sorted(rows(mine), key=lambda row: parse(row["period_id"]).end)
    return {(row["indicator_id"], row["agency_id"]): row for row in found}


def _own_series(series: pd.DataFrame, area: str) -> dict[tuple[str, str], Row]:
    mine = series[series["agency_id"].ne("all") & series["area_id"].eq(area) & series["breakdown"].eq("all")]
    return {(row["indicator_id"], row["agency_id"]): row for row in rows(mine)}


def _outdated(inputs: Inputs) -> frozenset[Whose]:
    stand = records_of(inputs, KIND, "Statements")
    return frozenset(
        (row["respondent_id"], row["year_id"], row["statement_id"])
        for row in rows(stand)
        if row["moderated_from"] and row["moderated_from"] != row["self_score"]
    )
