"""What stands above the tables of an agency's own spreadsheet: the years and quarters it names, and whose file it says it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.checking.laid_out.claims import agency_named
from pipelines.checking.laid_out.grid import LINES
from pipelines.checking.rows import shown
from pipelines.reading import address
from schemas.catalogue import catalogue
from schemas.layouts.when import period_named, year_around, years_in
from schemas.period_spelling import MONTHS
from schemas.returns.heading_words import is_in_thousands
from schemas.returns.labels import labels
from schemas.returns.listed import listed
from schemas.returns.meaning import meaning
from schemas.rules import file, file_layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from pipelines.checking.laid_out.matching import Match, Table
    from schemas.periods import Period
    from schemas.problems import Problem

Title = tuple[str, str]
# A title block is seldom longer, and no name of an organisation is.
_ROWS, _NAME = 60, 80
# From such a word on, a line speaks of something else than what the file is: for whom, from where, since when, against what.
_ASIDE = re.compile(
    r"\b(prepared|produced|printed|extracted|updated|approved|agreed|published|issued|revised|submitted|sent|circulation|"
    r"distribution|attention|fao|copy|copied|compared?|comparisons?|comparators?|against|baseline|since|previous|prior|last|"
    r"targets?|sources?|notes?|version|forecast|plan|benchmarks?|statistical|neighbours?|supersedes|replaces)\b",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"\b(?:q|qtr|quarter)\s?([1-4])\b", re.IGNORECASE)
# A day or a month is when something was written as often as what it is about: of those only the year pairs speak.
_DATED = re.compile(rf"\b(?:{'|'.join(name[:3] for name in MONTHS)})[a-z]*\.?[\s\-/']*(?:20)?\d\d\b|\b20\d\d-\d\d-\d\d\b|"
                    r"\b\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d\b", re.IGNORECASE)  # fmt: skip
# Names of organisations as they are written: each word with a capital, the last one saying what it is.
_ORGANISATION = re.compile(
    r"(?:[A-Z][\w'\u2019&-]*\s+(?:(?:and|of|the|&)\s+)*)+"
    r"(?:Police(?: Service)?|Constabulary|Council|(?:NHS )?(?:Foundation )?Trust|Integrated Care Board|ICB|Probation Service)"
)
_RUNS_ON = re.compile(r"\b(?:cumulative|year[ -]to[ -]date|ytd|running totals?)\b", re.IGNORECASE)
_SENTENCE = frozenset({"by", "for", "from", "in", "known", "referred", "reported", "to", "with"})


def about_titles(match: Match, cells: pd.DataFrame, quarter: Period) -> list[Problem]:
    """An error where the words above the tables say that the file is another's, or of another year or quarter.

    `cells` are the agency's own. Of a layout that several agencies share, none is expected to be named. Only what is a title counts: “Prepared for Leeds City Council”, “Compared with 2024/25”
    and a day on which something was printed say nothing of what the file is.
    """
    titles = list(_titles(match))
    headings_say = any(year is not None for year in cells["year"])
    return [
        *_of_another_year(match, titles, quarter, with_sheets=not headings_say),
        *_beside_its_headings(match, titles),
        *_of_another_quarter(match, titles, quarter),
        *_of_another_agency(titles, match.layout.agency_id),
        *_counting_otherwise(match, titles),
        *_in_thousands(match),
    ]


def _titles(match: Match) -> Iterator[Title]:
    """The sheet and the words of each line above its first table, but for asides and for headings on several lines."""
    first = {table.order: table for table in reversed(match.tables)}.values()
    for table in sorted(first, key=lambda each: each.order):
        for row in range(min(table.head.row, _ROWS)):
            words = [text for at, text in enumerate(table.grid.texts(row)) if text and not _is_heading(table, row, at)]
            yield from ((table.sheet.name, title) for text in words if (title := _without_aside(text)))


def _without_aside(text: str) -> str:
    """What a line says of the file itself.

    >>> _without_aside("Scorecard 2026/27, compared with 2025/26"), _without_aside("Prepared for Leeds City Council")
    ('Scorecard 2026/27, ', '')
    """
    found = _ASIDE.search(text)
    return text[: found.start()] if found else text


def _is_heading(table: Table, row: int, column: int) -> bool:
    """Whether a cell is an upper line of the headings: close to their last line, over a column that is none of words."""
    return row > table.head.row - LINES and column not in table.head.names.values() and column > 0


def _of_another_year(match: Match, titles: list[Title], quarter: Period, *, with_sheets: bool) -> Iterator[Problem]:
    calendar = match.layout.year == "calendar"
    lines = [*titles, *((name, name) for name in sorted(match.sheets) if with_sheets)]
    named = [(sheet, year) for sheet, text in lines for year in years_in(_DATED.sub(" ", text), calendar=calendar)]
    wanted = year_around(quarter.end, calendar=calendar)
    if named and all(year != wanted for _, year in named):
        sheet, year = named[0]
        words = {"sheet": sheet, "year": year.short, "period_id": quarter.short}
        yield file_layout.TITLE_OF_ANOTHER_YEAR.problem(words, sheet=sheet)


def _beside_its_headings(match: Match, titles: list[Title]) -> Iterator[Problem]:
    """A sheet whose title names one year, and all its headings another: one of them was not changed."""
    calendar = match.layout.year == "calendar"
    for name in sorted(match.sheets):
        said = {
            y for sheet, text in titles if sheet == name for y in years_in(_DATED.sub(" ", text), calendar=calendar)
        }
        heads = [each for table in match.tables if table.sheet.name == name for each in table.head.found]
        years = {each.year for each in heads if each.year is not None}
        if said and years and not said & years and all(each.year is not None for each in heads):
            over = listed(sorted(year.short for year in years))
            words = {"sheet": name, "year": listed(sorted(year.short for year in said)), "period_id": over}
            yield file_layout.TITLE_OF_ANOTHER_YEAR.problem(words, sheet=name)


def _of_another_quarter(match: Match, titles: list[Title], quarter: Period) -> Iterator[Problem]:
    """Of several quarters named, such as “Q1 to Q4”, all between the first and the last are meant."""
    calendar = match.layout.year == "calendar"
    here = year_around(quarter.end, calendar=calendar)
    named: list[tuple[str, Period]] = []
    for sheet, text in titles:
        year = next(iter(years_in(_DATED.sub(" ", text), calendar=calendar)), here)
        named += [(sheet, period_named(f"Q{number}", year)) for number in _QUARTER.findall(text)]
    periods = [period for _, period in named]
    if named and not min(periods) <= quarter <= max(periods):
        sheet = named[0][0]
        which = listed(sorted({period.short for period in periods}))
        words = {"sheet": sheet, "quarter": which, "period_id": quarter.short}
        yield file_layout.TITLE_OF_ANOTHER_QUARTER.problem(words, sheet=sheet)


def about_sums(match: Match) -> Iterator[Problem]:
    """A query for each sheet whose title says that its quarters run on from April."""
    for name in sorted(match.sheets):
        found = next(
            (said for sheet, text in _titles(match) if sheet == name and (said := _RUNS_ON.search(text))), None
        )
        if found:
            yield file_layout.TITLE_ADDS_UP.problem({"sheet": name, "words": found[0]}, sheet=name)


def _counting_otherwise(match: Match, titles: list[Title]) -> Iterator[Problem]:
    """A title of calendar quarters over a layout of financial ones, or the other way round."""
    years = ("the calendar year", "the financial year")
    ours, theirs = years if match.layout.year == "calendar" else reversed(years)
    says = re.compile(rf"\b{theirs.split()[1]} (?:years?|quarters?)\b", re.IGNORECASE)
    for sheet, text in titles:
        if says.search(text):
            words = {"sheet": sheet, "theirs": theirs, "ours": ours}
            yield file_layout.TITLE_COUNTS_OTHERWISE.problem(words, sheet=sheet)
            return


def _in_thousands(match: Match) -> Iterator[Problem]:
    """A sheet that says above its figures that they are thousands."""
    for table in match.tables:
        for at in range(max(table.head.row - _ROWS, 0), table.head.row + 1):
            for column, text in enumerate(table.grid.texts(at)):
                if is_in_thousands(text):
                    cell = address(at, column)
                    words = {"sheet": table.sheet.name, "where": f"{table.sheet.name}!{cell}"}
                    yield file.IN_THOUSANDS.problem(words, sheet=table.sheet.name, cell=cell, row=at + 1)
                    return


def _of_another_agency(titles: list[Title], agency_id: str) -> Iterator[Problem]:
    """Nothing of a sheet on which some title names the sender: a scorecard may name its partners beside it."""
    if not agency_id:
        return
    own = {sheet for sheet, text in titles if _names(text, agency_id)}
    for sheet, text in titles:
        organisation = _organisation(text)
        if organisation and sheet not in own and not _is_whole_of(organisation, agency_id):
            sender = catalogue().agencies.get(agency_id)
            words = {"sheet": sheet, "named": shown(organisation), "agency": sender.title if sender else agency_id}
            yield file_layout.TITLE_OF_ANOTHER_AGENCY.problem(words, sheet=sheet)
            return


def _names(text: str, agency_id: str) -> bool:
    """Whether a line names an agency, by a name of one word alone or by a longer one among others."""
    plain = f" {meaning(text)} "
    mine = (name for name, whose in labels(catalogue())["agency_id"].items() if whose == agency_id)
    return agency_named(_head(text)) == agency_id or any(" " in name and f" {name} " in plain for name in mine)


def _organisation(text: str) -> str:
    """The organisation a line is the name of, alone or before what else it says; "" where it is none.

    >>> [_organisation(line) for line in ("Kent Police: Medway", "Leeds Community Healthcare NHS Trust", "Housing")]
    ['Kent Police', 'Leeds Community Healthcare NHS Trust', '']
    >>> [_organisation(line) for line in ("Children Referred By Police", "Domestic abuse: police", "Police")]
    ['', '', '']
    """
    head = _head(text)
    is_name = len(head) <= _NAME and not _SENTENCE & set(meaning(head).split())
    found = _ORGANISATION.match(head) if is_name else None
    return found[0].strip() if found else ""


def _head(text: str) -> str:
    """What stands before the first colon, comma, bracket, bar or dash."""
    return re.split(r"\s*[:;,|(\u2013\u2014]|\s-\s", text, maxsplit=1)[0].strip()


def _is_whole_of(organisation: str, agency_id: str) -> bool:
    """Whether an organisation is one an agency is a part of: Leeds City Council, of its Children and Families."""
    start = f"{meaning(organisation)} "
    every = labels(catalogue())["agency_id"].items()
    return any(f"{name} ".startswith(start) for name, whose in every if whose == agency_id)
