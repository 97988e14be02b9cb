"""The year's column: held against the quarters or months beside it by the rules of years, and then dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.checking.laid_out.measured import made
from pipelines.checking.laid_out.months import FIGURE
from pipelines.checking.laid_out.picking import picked_by, records
from pipelines.checking.laid_out.said import letters, place, where
from pipelines.checking.laid_out.spread import YEAR
from schemas.catalogue import catalogue
from schemas.returns.listed import listed
from schemas.returns.numbers import decimals_typed, number_in
from schemas.rule import rules_of
from schemas.rules import file_layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.checking.laid_out.timing import Timing
    from schemas.problems import Problem

# What stands in the year's column and in the columns it is made of, on one row.
_WORDS = {"financial_quarter": "quarters", "month": "months"}
_ROW = ["sheet", "row", *FIGURE]


def about_years(cells: pd.DataFrame, when: Timing) -> list[Problem]:
    """A query for each year that its parts contradict, and one note that the years have been left out.

    `cells` are the agency's own, with their `period`; a year with a part that is no number (a marker) is not judged: the
    part cannot be known from it, and must not be said.
    """
    years = cells[cells["role"].eq(YEAR)]
    if years.empty:
        return []
    judged = pd.DataFrame([row for row in _years(cells, years, when) if row])
    problems = list(_broken(judged)) if len(judged) else []
    columns = [
        f"column {letters(at)} of {sheet}"
        for sheet, at in dict.fromkeys(zip(years["sheet"], years["column"], strict=True))
    ]
    return [*problems, file_layout.YEAR_COLUMN.problem({"columns": listed(columns)})]


def _broken(years: pd.DataFrame) -> Iterator[Problem]:
    for rule in (each for each in rules_of("figures") if each.stage == "year"):
        found = rule.broken(years, None)
        for at in found.index:
            year: dict[str, Any] = {**years.loc[at].to_dict(), **found.loc[at].to_dict()}
            yield rule.problem({**year, "where": where(year)}, value=year["text"][:60], **place(year, "year"))


def _years(cells: pd.DataFrame, years: pd.DataFrame, when: Timing) -> Iterator[dict[str, Any] | None]:
    parts = cells[~cells["role"].eq(YEAR) & cells["period"].notna()]
    rows = dict(iter(parts.groupby(_ROW, sort=False, dropna=False)))
    figures = dict(iter(parts.groupby(FIGURE, sort=False, dropna=False)))
    for year in records(years):
        mine = rows.get(tuple(year[name] for name in _ROW))
        figure = figures.get(tuple(year[name] for name in FIGURE))
        if mine is not None and figure is not None:
            yield _one(year, mine, figure, when)


def _one(year: dict[Any, Any], mine: pd.DataFrame, figure: pd.DataFrame, when: Timing) -> dict[str, Any] | None:
    """What the rules need to know of one year; None where there is nothing to hold it against."""
    whole, given = year["year"] or when.year, number_in(year["text"])
    answers = dict.fromkeys(mine["answer"])
    answer = year["answer"] or next(iter(answers))
    inside = _inside(mine[mine["answer"].eq(answer)], whole)
    numbers = [number_in(text) for text in inside["text"]]
    how = made(year["indicator_id"], answer)
    if given is None or not numbers or None in numbers or how == "official":
        return None
    indicator = catalogue().indicators[year["indicator_id"]]
    known = pd.Series(numbers, dtype="float64")
    return {
        **year,
        "title": indicator.title,
        "how": how,
        "is_share": answer == "value" and indicator.denominator is not None,
        "given": given,
        "decimals": decimals_typed(year["text"]),
        "added": known.sum(),
        "last": known.iloc[-1],
        "mean": known.mean(),
        "least": known.min(),
        "most": known.max(),
        "parts": f"{len(known)} {_WORDS[inside['period'].iloc[0].kind]}",
        "recomputed": _recomputed(figure, whole, inside, indicator.per),
        "called": year["made"],
    }


def _inside(cells: pd.DataFrame, whole: Any) -> pd.DataFrame:  # noqa: ANN401 - a period or None
    """The cells of a year in the order of their periods: its quarters, or its months where it has no quarters."""
    within = [whole is not None and whole.contains(period) and period != whole for period in cells["period"]]
    found = picked_by(cells, within)
    kinds = [period.kind for period in found["period"]]
    quarters = [kind == "financial_quarter" for kind in kinds]
    found = picked_by(found, quarters if any(quarters) else [kind == "month" for kind in kinds])
    order = sorted(range(len(found)), key=lambda at: found["period"].iloc[at])
    return found.iloc[order]


def _recomputed(figure: pd.DataFrame, whole: Any, parts: pd.DataFrame, per: float) -> float:  # noqa: ANN401 - as above
    """The year from the counts behind its parts, NaN where the sheet does not have them all."""
    sums: list[float] = []
    for answer in ("numerator", "denominator"):
        counts = _inside(figure[figure["answer"].eq(answer)], whole)
        numbers = [number_in(text) for text in counts["text"]]
        if set(counts["period"]) != set(parts["period"]) or len(counts) != len(parts) or None in numbers:
            return float("nan")
        sums.append(sum(number for number in numbers if number is not None))
    return per * sums[0] / sums[1] if sums[1] else float("nan")
