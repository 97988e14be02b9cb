"""A match to the rows the template would have given, and everything that has to be said on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from pipelines.checking.cover import Identity, identify
from pipelines.checking.laid_out import said
from pipelines.checking.laid_out.absent import about_absent
from pipelines.checking.laid_out.claims import agency_named
from pipelines.checking.laid_out.contested import without_contested
from pipelines.checking.laid_out.copied import about_copies
from pipelines.checking.laid_out.joining import joined
from pipelines.checking.laid_out.labelled import FIGURE, known
from pipelines.checking.laid_out.lines import about_lines
from pipelines.checking.laid_out.newest import unclear
from pipelines.checking.laid_out.picking import picked_by
from pipelines.checking.laid_out.placing import of_quarter, placed
from pipelines.checking.laid_out.reasons import explained
from pipelines.checking.laid_out.reread import InCells
from pipelines.checking.laid_out.spread import YEAR, spread
from pipelines.checking.laid_out.timing import Timing, periods, quarter_in, timing
from pipelines.checking.laid_out.titles import about_sums, about_titles
from pipelines.checking.laid_out.unnamed import unnamed
from pipelines.checking.laid_out.yearly import about_years
from schemas.catalogue import catalogue
from schemas.periods import Period, quarter_of
from schemas.returns import kinds
from schemas.returns.labels import labels
from schemas.returns.listed import listed
from schemas.returns.meaning import meaning
from schemas.rules import file_layout, file_sender

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from pipelines.checking.laid_out.matching import Match
    from pipelines.checking.laid_out.reasons import Spot
    from pipelines.checking.rows import Rows
    from pipelines.reading import Workbook
    from schemas.layouts import Place
    from schemas.problems import Problem


@dataclass(frozen=True)
class LaidOut:
    """What a layout makes of a file; `whose` and `problems` are not yet reported.

    `rows`: those of the return's quarter, then those of earlier ones. `read`: what whoever is to mend some of it needs to know;
    None where nobody knows whose it is, or for when. `unnamed`: how many figures of the quarter stand in rows nobody knows.
    """

    rows: Rows
    whose: Identity
    problems: tuple[Problem, ...]
    read: InCells | None = None
    unnamed: int = 0


def tidy(  # noqa: PLR0913 - the file, and what is known beside it
    workbook: Workbook,
    match: Match,
    cover: Mapping[str, str],
    today: date,
    *,
    given: Mapping[Spot, str] = MappingProxyType({}),
    stands: Callable[[str, Period], bool] = lambda _agency, _quarter: False,
) -> LaidOut:
    """The rows of an agency's own spreadsheet; `cover` is what it says of itself, with the sender's word beside it.

    `given`: the reasons its sender gave on the page, by the cell of the figure each is for. `stands`: whether an agency's
    return for a quarter has come already.
    Figures of earlier quarters are handed on too, each with its period; the rules say which of them are corrections.
    """
    words = known(match.layout, labels(catalogue())["indicator_id"])
    every = spread(match, words)
    signs = match.layout.signs
    sender = agency_named(cover.get("agency", "")) or match.layout.agency_id
    problems = [*said.about_sheets(workbook, match), *said.about_rows(every, words, signs, sender)]
    cells = every[every["state"].eq(FIGURE)]
    problems += [*about_copies(cells, signs), *about_absent(match, words, sender)]
    whose, when = _whose(match, cells, cover, today)
    if quarter_in(cover.get("period", "")) is None:  # nobody has said it
        whose = _for_certain(match, when, whose, today, stands)
    if whose.agency_id is None or whose.period is None:
        return LaidOut(joined(_empty(cells)), whose, tuple(problems))
    mine = _of_agency(cells, whose.agency_id)
    problems += said.about_others(cells.drop(index=mine.index), whose.agency_id)
    mine = explained(mine.assign(period=periods(mine, when)), given)
    of_another = about_titles(match, mine, whose.period)
    if of_another:
        return LaidOut(joined(_empty(cells)), replace(whose, period=None), (*problems, *of_another))
    problems += _about_columns(match, when, whose.period)
    contested = without_contested(match, words, mine, when)
    problems, mine = (
        [*problems, *contested.problems, *about_sums(match), *about_lines(match, whose.period)],
        contested.cells,
    )
    nothing = mine["text"].isin(signs)
    taken = mine[~nothing]
    problems += about_years(taken, when, given)
    figures = taken[~taken["role"].eq(YEAR)]
    found = placed(figures, whose.period)
    unsupplied = mine[nothing & ~mine["role"].eq(YEAR)]
    problems += said.about_signs(of_quarter(unsupplied, whose.period))
    if workbook.format != "csv":  # a CSV stores nothing else
        problems += said.about_text(of_quarter(figures, whose.period))
    rows = joined(pd.concat([found.own, found.earlier]))
    told = (*problems, *found.problems, *_read_by(match, whose.period))
    return LaidOut(
        rows, whose, told, InCells(match, words, when), unnamed(every, when, whose.period) + contested.figures
    )


def _whose(match: Match, cells: pd.DataFrame, cover: Mapping[str, str], today: date) -> tuple[Identity, Timing]:
    """Whose return it is and for when, as any file's is found; the quarter also from the columns that hold figures."""
    known_agency = labels(catalogue())["agency_id"].get(meaning(cover.get("agency", "")), "")
    mine = _of_agency(cells, known_agency) if known_agency else cells
    when = timing(match, mine[~mine["role"].eq(YEAR)], cover.get("period", ""), today)
    filled = cells.drop_duplicates("indicator_id")["indicator_id"]
    text = pd.DataFrame({"indicator_id": filled, "agency_id": "", "period_id": ""}, dtype="object")
    # A year on the cover is of use here, and no quarter: which one it is has been found by the figures.
    period = {"period": when.quarter.id} if when.quarter else {} if when.year else {"period": cover.get("period", "")}
    said_cover = {name: answer for name, answer in cover.items() if name != "period"} | period
    whose = identify(said_cover, text, today, kind=kinds()["figures"])
    return whose, replace(when, quarter=whose.period)


def _for_certain(
    match: Match, when: Timing, whose: Identity, today: date, stands: Callable[[str, Period], bool]
) -> Identity:
    """The same without its quarter, and why, where that was found in the columns and may be last time's."""
    agency_id = whose.agency_id
    if agency_id is None or whose.period is None:
        return whose
    problem = unclear(match, when, today, lambda quarter: stands(agency_id, quarter))
    if problem is None:
        return whose
    # That an earlier quarter's return has closed is no news of a file that may not be of that quarter.
    others = (each for each in whose.problems if each.rule != file_sender.OUTSIDE_WINDOW.name)
    return Identity(agency_id, None, (*others, problem))


def _of_agency(cells: pd.DataFrame, agency_id: str) -> pd.DataFrame:
    indicators = catalogue().indicators
    sends = [agency_id in indicators[indicator_id].sent_by for indicator_id in cells["indicator_id"]]
    return picked_by(cells, sends)


def _about_columns(match: Match, when: Timing, quarter: Period) -> Iterator[Problem]:
    """The columns of the layout that a sheet lacks, but for those of periods still to come and of years gone by."""
    for table in match.tables:
        there = {(when.of(each.place.period, each.year), _part(each.place)) for each in table.head.found}
        for missing in table.head.lacking:
            period = when.of(missing.period, None)
            # Another year's heading of the same quarter may have its column, where only the months say which year it is.
            is_there = (period, _part(missing)) in there
            if period is not None and not is_there and quarter_of(period.end) == quarter:
                words = {"sheet": table.sheet.name, "heading": missing.heading, "period_id": period.short}
                yield file_layout.PLACE_MISSING.problem(words, sheet=table.sheet.name, row=table.head.row + 1)


def _part(place: Place) -> tuple[str, ...]:
    return (place.answer, place.breakdown, place.category, place.area)


def _read_by(match: Match, quarter: Period) -> Iterator[Problem]:
    count = len(match.tables)
    tables = "one table" if count == 1 else f"{count} tables"
    sheets = listed(sorted(match.sheets))
    words = {"layout": match.layout.title, "tables": tables, "sheets": sheets, "period_id": quarter.short}
    yield file_layout.READ_BY_LAYOUT.problem(words)
    if not match.layout.is_confirmed:
        yield file_layout.LAYOUT_UNCONFIRMED.problem({"layout": match.layout.title})


def _empty(cells: pd.DataFrame) -> pd.DataFrame:
    return cells.iloc[:0].assign(period=None, period_id="")
