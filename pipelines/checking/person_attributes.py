"""What a column says of each row's child, where it may also be chance: one attribute a block, with how much it counts for."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipelines.checking.person_ages import ages, rise
from pipelines.checking.person_blocks import ASKED, LEAST, SHARE, Attribute, blocks
from pipelines.checking.person_days import of_childhood
from pipelines.checking.person_evidence import beside, is_labelled
from pipelines.checking.person_flags import flags, stages
from pipelines.checking.person_order import cells, counts, in_order, is_sorted
from schemas.returns import case_headings as of_cases
from schemas.returns import list_headings as headed
from schemas.returns.attributes import are_letters_of_several, initials_with_ages
from schemas.returns.signs import ANY_DAY, KNOWN_NAME, Sign
from schemas.returns.single_signs import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pipelines.checking.person_columns import Signs

DAYS, REFERENCES, FLAGS, SENTENCES = "days", "references", "yes and no", "sentences"
_LEAST_INITIALS = 8
_OLDEST = 26
# Spaces in a sentence, at the least.
_WORDS = 3
_MONTH = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_ /'’.]*((?:19|20)?\d\d)", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TWO_LETTERS = re.compile(r"[A-Z]\.? ?[A-Z]\.?|[A-Z][-/][A-Z]")
_YEARS_FIRST = re.compile(
    r"(\d{1,2}) ?(?:yrs?|years?|mths?|months?)\b(?! old)[ ,]+(?!(?:[mf]|male|female|boy|girl)\b)", re.IGNORECASE
)
# A case system has numbered more than an office has actions.
_LONG_NUMBER, _OF_A_SYSTEM = re.compile(r"\d{3}"), re.compile(r"[A-Za-z]+[-_ /#.]?\d{4,}")
_SIGNS = (
    (Sign.SEX, "sex", 2),
    (Sign.SCHOOL_YEAR, "school years", 2),
    (Sign.ETHNIC, "ethnic groups", 2),
    (Sign.OUTWARD, "postcode districts", 2),
    (Sign.STATUS, "words for how a child stands", 2),
)


def attributes(columns: list[Signs], today: date) -> list[Attribute]:
    """Every attribute of single people that the columns may hold."""
    found = [attribute for each in columns for attribute in _of_column(each, columns, today)]
    named = [one for one in found if one.what == REFERENCES and one.weight > 1]
    for at, rows, weight in flags(columns, named=bool(named)):
        found.append(Attribute(FLAGS, weight, at, rows))
    if any(_LONG_NUMBER.search(str(value)) for one in named for value in cells(columns[one.at], one.rows[:1])):
        found += [
            Attribute("stages of cases", 2, each.at, rows)
            for each in columns
            for rows in stages(each)
            if not of_cases.is_of_work(beside(columns, each.heading(rows)[1]))
        ]
    return found


def _of_column(each: Signs, columns: list[Signs], today: date) -> Iterator[Attribute]:
    for sign, what, weight in _SIGNS:
        for rows in blocks(each, columns, sign):
            yield Attribute(what, weight, each.at, rows, ordered := in_order(each, rows))
            if sign is Sign.STATUS and not ordered:  # a second such column counts as any other words do
                yield Attribute(f"words in column {each.at + 1}", 1, each.at, rows)
    yield from _references(each, columns)
    yield from _numbers_of_one(each)
    yield from _initials(each, columns)
    yield from ages(each, columns)
    yield from _births(each, columns, today)
    for rows in blocks(each, columns, Sign.COLLECTED):
        yield Attribute(f"codes {each.at}", 2, each.at, rows, in_order(each, rows))
    yield from _days(each, columns, today)
    yield from _of_one(each, columns)
    yield from _places(each, columns)
    yield from _sentences(each)


def _references(each: Signs, columns: list[Signs]) -> Iterator[Attribute]:
    """Short references and numbers, a row each and in no order; those of a case, or of nothing that is said, count twice."""
    for rows in (*blocks(each, columns, Sign.REFERENCE), *blocks(each, columns, Sign.CODE), *_four_digits(each)):
        heading, _ = each.heading(rows)
        if headed.is_no_case(heading) or headed.is_measure(heading):
            continue
        # The cases of an audit are numbered by whoever reads them, and not in thousands.
        if headed.is_agreed(heading) and not (heading == "case" and _are_of_a_system(cells(each, rows))):
            continue
        if _are_counted(cells(each, rows)):
            continue
        alone = each.different(rows) == len(rows) and of_cases.is_of_a_case(heading)
        yield Attribute(REFERENCES, 2 if alone else 1, each.at, rows, in_order(each, rows))
    for rows in blocks(each, columns, Sign.LETTERED):
        if not of_cases.is_published(beside(columns, each.heading(rows)[1])):
            yield Attribute("children by a letter or a number", 3, each.at, rows)


def _numbers_of_one(each: Signs) -> Iterator[Attribute]:
    """Whole numbers in no order that their heading gives a meaning: a child's number, the ward or bed it was in, how long it stayed."""
    for rows in _whole_numbers(each):
        heading, _ = each.heading(rows)
        again = 10 * each.different(rows)
        if of_cases.numbers_children(heading) and again >= 8 * len(rows) and not in_order(each, rows):
            yield Attribute(REFERENCES, 2, each.at, rows)
        elif of_cases.is_how_long(heading) and not in_order(each, rows):
            yield Attribute("how long each took", 1, each.at, rows)
        elif of_cases.is_where(heading) and again <= 8 * len(rows) and not in_order(each, rows):
            yield Attribute(f"words in column {each.at + 1}", 1, each.at, rows)


def _whole_numbers(each: Signs) -> Iterator[np.ndarray]:
    """The rows of whole numbers up to 9,999, where there are enough."""
    numbers = np.array([type(v) is int and 0 < v < 10_000 for v in each.column.values], dtype=bool)
    rows = np.flatnonzero(numbers[each.column.codes]) if np.count_nonzero(numbers) > 1 else np.array([], dtype=np.intp)
    if len(rows) >= LEAST and len(rows) >= SHARE * np.count_nonzero(each.filled[rows[0] : rows[-1] + 1]):
        yield rows


def _four_digits(each: Signs) -> Iterator[np.ndarray]:
    numbers = np.array([isinstance(v, int) and 1000 <= v < 100_000 for v in each.column.values], dtype=bool)
    rows = (
        np.flatnonzero(numbers[each.column.codes] & (each.flags & int(Sign.PERIOD) == 0))
        if numbers.any()
        else np.array([], dtype=np.intp)
    )
    if len(rows) >= LEAST and each.different(rows) == len(rows) and not in_order(each, rows):
        yield rows


def _are_of_a_system(values: list[object]) -> bool:
    """Whether references are letters and at least four digits, as a case system gives them."""
    return all(_OF_A_SYSTEM.fullmatch(str(value).strip()) for value in values)


def _are_counted(values: list[object]) -> bool:
    """Whether references only count the rows, as A1, A2, A3 do."""
    numbers = [int(found[0]) if (found := re.search(r"\d+", str(value))) else -1 for value in values]
    return all(then - first == 1 for first, then in pairwise(numbers))


def _initials(each: Signs, columns: list[Signs]) -> Iterator[Attribute]:
    for rows in blocks(each, columns, Sign.INITIALS):
        heading, at = each.heading(rows)
        if headed.is_of_staff(heading, beside(columns, at)) or 2 * each.different(rows) < len(rows):
            continue
        said = [str(value).strip() for value in each.values(rows)]
        two = sum(_TWO_LETTERS.fullmatch(text) is not None or are_letters_of_several(text) for text in said)
        alone = len(rows) >= _LEAST_INITIALS and two >= SHARE * each.different(rows) and headed.is_of_somebody(heading)
        yield Attribute("initials", ASKED if alone else 3, each.at, rows)


def _births(each: Signs, columns: list[Signs], today: date) -> Iterator[Attribute]:
    """Months and years of birth in no order."""
    for rows in blocks(each, columns, Sign.PERIOD):
        numbers = [int(value) for value in each.values(rows) if isinstance(value, int | float)]
        wide = len(numbers) >= LEAST and max(numbers) - min(numbers) >= LEAST
        if wide and min(numbers) > today.year - _OLDEST and max(numbers) <= today.year and not in_order(each, rows):
            yield Attribute("years of birth", 2, each.at, rows)
    for rows in blocks(each, columns, Sign.LABEL):
        months = [found for value in each.values(rows) if (found := _month(value))]
        wide = len(months) >= LEAST and max(months) - min(months) >= 12 * 4
        most = wide and 5 * len(months) >= 4 * each.different(rows)
        if most and not is_sorted([_month(v) for v in cells(each, rows)]):
            yield Attribute("months of birth", 3, each.at, rows)


def _days(each: Signs, columns: list[Signs], today: date) -> Iterator[Attribute]:
    """Days; those like births under a heading that says otherwise, where no label says of what they are; those that are due."""
    for rows in blocks(each, columns, ANY_DAY):
        days = [day for value in cells(each, rows) if (day := day_of(value))]
        heading, at = each.heading(rows)
        others = beside(columns, at)
        free = headed.is_of_things(others) or of_cases.is_published(others) or any(map(headed.is_measure, others))
        unlabelled = not free and not is_labelled(columns, rows, each.at, also=Sign.NAME_SHAPED)
        suspect = unlabelled and bool(heading) and of_childhood(days, today)
        due = unlabelled and (of_cases.is_due(heading, others) or of_cases.befalls_a_person(heading))
        yield Attribute(
            "days like dates of birth" if suspect else DAYS, ASKED if suspect else 3 if due else 1, each.at, rows
        )


def _of_one(each: Signs, columns: list[Signs]) -> Iterator[Attribute]:
    """What is asked about by itself: sex, age or birth in one cell, names under a word for one child, handles."""
    for rows in blocks(each, columns, Sign.PROFILE):
        initials = [each_one for value in cells(each, rows) for each_one in initials_with_ages(str(value))]
        # A measure's letters come again; hardly any child has another's initials.
        # Offers by age go up with it, each once; children of one age come twice.
        if rise(each, rows) and _are_offers(each, rows):
            continue
        if not initials or 5 * len(set(initials)) >= 3 * len(initials):
            yield Attribute("sex, age or birth in one cell", ASKED, each.at, rows)
    for rows in blocks(each, columns, Sign.NAME_SHAPED):
        if headed.is_of_one_child(each.heading(rows)[0]) and 2 * each.different(rows) > len(rows):
            yield Attribute("names", ASKED, each.at, rows)
    for rows in blocks(each, columns, Sign.HANDLE):
        others = beside(columns, each.heading(rows)[1])
        counted = any(counts(one, rows) for one in columns if one.at != each.at)
        if not (
            counted or of_cases.is_of_offices_mail(others) or is_labelled(columns, rows, each.at, also=Sign.NAME_SHAPED)
        ):
            yield Attribute("names on a platform", ASKED, each.at, rows)


def _are_offers(each: Signs, rows: np.ndarray) -> bool:
    """Whether each cell begins with another age and says of nobody that it is theirs, as “2 years, Armley Hub”."""
    found = [_YEARS_FIRST.match(str(value).strip()) for value in cells(each, rows)]
    return len({began[1] for began in found if began}) == len(found)


def _places(each: Signs, columns: list[Signs]) -> Iterator[Attribute]:
    """Words that come again and again in no order, as a child's school or what became of it."""
    for rows in blocks(each, columns, Sign.LABEL | Sign.NAME_SHAPED | Sign.INITIALS):
        known = np.count_nonzero(
            each.flags[rows] & int(KNOWN_NAME | Sign.ETHNIC | Sign.SCHOOL_YEAR | Sign.YES_NO | Sign.TICK)
        )
        if 10 * each.different(rows) <= 8 * len(rows) and 3 * known < len(rows) and not in_order(each, rows):
            yield Attribute(f"words in column {each.at + 1}", 1, each.at, rows)


def _sentences(each: Signs) -> Iterator[Attribute]:
    """A sentence in nearly each row, which may say anything; beside an age it says of whom."""
    said = np.array([isinstance(v, str) and v.count(" ") >= _WORDS for v in each.column.values], dtype=bool)
    rows = np.flatnonzero(said[each.column.codes]) if said.any() else np.array([], dtype=np.intp)
    if len(rows) >= LEAST and len(rows) >= SHARE * np.count_nonzero(each.filled[rows[0] : rows[-1] + 1]):
        yield Attribute(SENTENCES, 1, each.at, rows)


def _month(value: object) -> int:
    """A month of a year as a number of months; 0 for none."""
    found = _MONTH.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return 0
    year = int(found[2]) + (2000 if len(found[2]) == 2 else 0)
    return 12 * year + _MONTHS.index(found[1].lower()[:3])
