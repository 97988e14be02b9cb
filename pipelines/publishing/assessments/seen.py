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
    reply is whole and signed off: only those count in the middle of all. `audits`, `grades`, `survey`, `card`, `figures`
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


def counting(found: Seen, until: date) -> list[Row]:
    """Those of them that nothing has taken the place of: an audit gives way to its re-audit."""
    those = reported(found, until)
    repeated = {row["re_audit_of"] for row in those}
    return [row for row in those if row["audit_ref"] not in repeated]


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
