"""The ways a mistake is met: a workbook checked, a file read, a return sent twice, a self-assessment seen by several eyes.

Each way takes a mistake and a folder to work in, and gives what Throughline says to it: so a new mistake stays one function.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.checking import check, check_workbook
from pipelines.checking.report import no_figures
from pipelines.flows import returns
from pipelines.measures.agreement import Eye
from pipelines.publishing.assessments.disagreeing import contrary_words
from pipelines.publishing.assessments.eyes import AUDIT, MODERATED, SELF, SURVEY, View
from pipelines.publishing.populations import population
from schemas.actors import Actor
from schemas.catalogue import catalogue
from schemas.periods import parse, quarters
from tests.pipelines.good_return import AT, QUARTER, TODAY, good_book

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.checking import Report
    from schemas.problems import Problem
    from tests.pipelines.faults import Fault

STEWARD = Actor("Steward", "business_unit")
SENT = AT.replace(day=20)


@dataclass(frozen=True)
class Answer:
    """What Throughline says to a mistake: the problems, or in words (`said`) what it does; and how the file fares."""

    problems: tuple[Problem, ...] = ()
    exit_code: int = 0
    accepted: int = 0
    cell: str = ""
    said: str = ""
    report: Report | None = None

    def named(self, rule: str) -> list[Problem]:
        """The problems of one rule."""
        return [problem for problem in self.problems if problem.rule == rule]


def checked(fault: Fault, folder: Path) -> Answer:
    """The good workbook, spoilt and checked by itself."""
    book = good_book()
    cell = fault.spoil(book)
    return _of(check_workbook(book.workbook(), today=TODAY), cell)


def with_history(fault: Fault, folder: Path) -> Answer:
    """The same beside eight steady earlier quarters of the agency."""
    book = good_book()
    cell = fault.spoil(book)
    return _of(check_workbook(book.workbook(), today=TODAY, history=history()), cell)


def as_a_file(fault: Fault, folder: Path) -> Answer:
    """A file: the mistake writes it into the folder, and says where it is."""
    return _of(check(fault.spoil(good_book(), folder), today=TODAY), None)


def of_a_log(fault: Fault, folder: Path) -> Answer:
    """A file of a log, read on the day its round is due."""
    return _of(check(fault.spoil(good_book(), folder), today=AT.date().replace(month=11, day=20)), None)


def sent(fault: Fault, folder: Path) -> Answer:
    """The good return is sent, and then what the mistake makes of it; the answer is the second receipt."""
    home = folder / "home"
    first = good_book().write(folder / "first.xlsx")
    returns.submit(home, STEWARD, first, SENT)
    book = good_book()
    again = fault.spoil(book)
    second = first if again else book.write(folder / "second.xlsx")
    loaded = returns.submit(home, STEWARD, second, SENT.replace(hour=11))
    said = [loaded.receipt.words, *(f"{was} → {now}" for was, now in _changes(loaded.receipt.changes))]
    return Answer((), loaded.report.exit_code, loaded.report.rows_accepted, said=" ".join(said), report=loaded.report)


def seen_together(fault: Fault, folder: Path) -> Answer:
    """What several eyes see of one agency, once it is published."""
    places: dict[str, float | None] = fault.spoil(good_book())
    seen = {name: View(Eye(name, places.get(name), None if name == SELF else 40), is_full=places.get(name) == 100.0, who="practitioners")
            for name in (SELF, MODERATED, AUDIT, SURVEY)}  # fmt: skip
    return Answer(said=contrary_words(seen))


def rated(fault: Fault, folder: Path) -> Answer:
    """The population a rate is divided by when it is published, and of which year it is."""
    loaded: dict[str, float] = fault.spoil(good_book())
    line = {"quantity_id": _children(), "area_code": "E08000035", "breakdown": "all", "category": "all"}
    known = pd.DataFrame(
        [{**line, "period_id": period, "value": value} for period, value in loaded.items()],
        columns=[*line, "period_id", "value"],
    )
    figure = {
        "indicator_id": "CP06",
        "area_id": "E08000035",
        "breakdown": "all",
        "category": "all",
        "period_id": QUARTER.id,
    }
    size = population(catalogue(), pd.DataFrame([figure]), known).iloc[0]
    years = [period for period, value in loaded.items() if value == size]
    said = (
        f"CP06 in {QUARTER.id} is divided by the population of {years[0]}."
        if years
        else f"CP06 in {QUARTER.id} has no rate."
    )
    return Answer(said=said)


def _of(report: Report, cell: Any) -> Answer:
    return Answer(report.problems, report.exit_code, report.rows_accepted, str(cell or ""), report=report)


def _changes(changes: pd.DataFrame) -> list[tuple[str, str]]:
    return [(f"{row['indicator_id']}: {row['was']}", str(row["now"])) for row in changes.head(5).to_dict("records")]


def _children() -> str:
    return str(catalogue().indicators["CP06"].denominator)


@cache
def _history() -> pd.DataFrame:
    figures = check_workbook(good_book().workbook(), today=TODAY).figures
    whole = figures[figures["breakdown"].eq("all") & figures["period_id"].eq(QUARTER.id)]
    wobble = (0, 4, -3, 5, -4, 2, -1, 3)
    earlier = quarters(parse("2024-25-Q3"), parse("2026-27-Q1"))[-len(wobble) :]
    return pd.concat(
        [
            whole.assign(period_id=quarter.id, numerator=whole["numerator"] + step)
            for quarter, step in zip(earlier, wobble, strict=False)
        ]
    ).reset_index(drop=True)


def history() -> pd.DataFrame:
    """Eight earlier quarters of the good return's totals, steady but for a little noise."""
    found = _history()
    return found if len(found) else no_figures()
