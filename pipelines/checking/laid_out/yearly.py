"""The year's column: held against the quarters or months beside it by the rules of years, and then dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.checking.laid_out.measured import made
from pipelines.checking.laid_out.months import FIGURE
from pipelines.checking.laid_out.picking import grouped, records
from pipelines.checking.laid_out.reasons import spot
from pipelines.checking.laid_out.said import letters, place, where
from pipelines.checking.laid_out.spread import YEAR
from pipelines.checking.rows import shown
from schemas.catalogue import catalogue
from schemas.returns.listed import listed
from schemas.returns.numbers import decimals_typed, number_in
from schemas.returns.substance import has_substance
from schemas.rule import rules_of
from schemas.rules import file_layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipelines.checking.laid_out.reasons import Spot
    from pipelines.checking.laid_out.timing import Timing
    from schemas.periods import Period
    from schemas.problems import Problem

Cell = dict[str, Any]
# What the year is made of: one of them, and several.
_PARTS = {"financial_quarter": ("quarter", "quarters"), "month": ("month", "months")}


def about_years(cells: pd.DataFrame, when: Timing, given: Mapping[Spot, str]) -> list[Problem]:
    """A query for each year that its parts contradict, and one note that the years have been left out.

    A year for whose cell a reason was `given` has been explained, and is asked about no more.

    `cells` are the agency's own, with their `period`; a year with a part that is no number (a marker) is not judged: the
    part could be worked out from it, and must not be said.
    """
    years = cells[cells["role"].eq(YEAR)]
    if years.empty:
        return []
    said = {place_of_year for place_of_year, reason in given.items() if has_substance(reason)}
    judged = pd.DataFrame([year for year in _years(records(cells), when) if year and spot(year) not in said])
    problems = list(_broken(judged)) if len(judged) else []
    columns = dict.fromkeys(zip(years["sheet"], years["column"], strict=True))
    words = {"columns": listed([f"column {letters(at)} of {sheet}" for sheet, at in columns])}
    return [*problems, file_layout.YEAR_COLUMN.problem(words)]


def _broken(years: pd.DataFrame) -> Iterator[Problem]:
    for rule in (each for each in rules_of("figures") if each.stage == "year"):
        found = rule.broken(years, None)
        for said, year in zip(records(found), records(years.loc[found.index]), strict=True):
            yield rule.problem({**year, **said, "where": where(year)}, value=shown(year["text"]), **place(year, "year"))


def _years(cells: Sequence[Cell], when: Timing) -> Iterator[Cell | None]:
    parts = [cell for cell in cells if cell["role"] != YEAR and cell["period"] is not None]
    rows = grouped(parts, "sheet", "row", *FIGURE)
    figures = grouped(parts, *FIGURE)
    for year in (cell for cell in cells if cell["role"] == YEAR):
        key = tuple(year[name] for name in FIGURE)
        mine = rows.get((year["sheet"], year["row"], *key), [])
        yield _one(year, mine, figures.get(key, []), year["year"] or when.year)


def _one(year: Cell, mine: Sequence[Cell], figure: Sequence[Cell], whole: Period | None) -> Cell | None:
    """What the rules need to know of one year; None where there is nothing to hold it against."""
    given = number_in(year["text"])
    if given is None or not mine or whole is None:
        return None
    answer = year["answer"] or mine[0]["answer"]
    inside = _inside([cell for cell in mine if cell["answer"] == answer], whole)
    numbers = [number for cell in inside if (number := number_in(cell["text"])) is not None]
    how = made(year["indicator_id"], answer)
    if not numbers or len(numbers) < len(inside) or how == "official":
        return None
    indicator = catalogue().indicators[year["indicator_id"]]
    is_share = answer == "value" and indicator.denominator is not None
    if not is_share and any(
        number < 0 or "%" in str(cell["text"]) for number, cell in zip(numbers, inside, strict=True)
    ):
        return None  # a part that is no count is refused itself, and whatever the year is held against would be wrong
    return {
        **year,
        "title": indicator.title,
        "how": how,
        "is_share": is_share,
        "given": given,
        "decimals": decimals_typed(year["text"]),
        "added": round(sum(numbers), 6),
        "last": numbers[-1],
        "mean": sum(numbers) / len(numbers),
        "least": min(numbers),
        "most": max(numbers),
        "parts": _parts(len(numbers), inside[0]["period"].kind),
        "recomputed": _recomputed(figure, whole, inside, indicator.per) if is_share else float("nan"),
        "called": year["made"],
    }


def _parts(many: int, kind: str) -> str:
    """How many parts there are, in words.

    >>> _parts(1, "financial_quarter"), _parts(3, "month")
    ('one quarter', '3 months')
    """
    one, several = _PARTS[kind]
    return f"one {one}" if many == 1 else f"{many} {several}"


def _inside(cells: Sequence[Cell], whole: Period) -> list[Cell]:
    """The cells of a year in the order of their periods: its quarters, or its months where it has no quarters."""
    within = [cell for cell in cells if cell["period"].kind in _PARTS and whole.contains(cell["period"])]
    quarters = [cell for cell in within if cell["period"].kind == "financial_quarter"]
    return sorted(quarters or within, key=lambda cell: cell["period"])


def _recomputed(figure: Sequence[Cell], whole: Period, parts: Sequence[Cell], per: float) -> float:
    """The year from the counts behind its parts, NaN where the sheet does not have them all."""
    sums: list[float] = []
    for answer in ("numerator", "denominator"):
        counts = _inside([cell for cell in figure if cell["answer"] == answer], whole)
        numbers = [number for cell in counts if (number := number_in(cell["text"])) is not None]
        if [cell["period"] for cell in counts] != [cell["period"] for cell in parts] or len(numbers) < len(counts):
            return float("nan")
        sums.append(sum(numbers))
    return per * sums[0] / sums[1] if sums[1] else float("nan")
