"""Lists of single children told by what stands in them: several weak signs in the same rows, weighed together.

Headings may be left out, wrong or in another language; a child may stand in a row or in a column. A column that could be
nothing else is enough. What could be something else counts only beside other signs, and for less where each row has a
label of its own, as the rows of a table of totals do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np

from pipelines.checking.person_columns import Signs, looked_at
from pipelines.checking.person_days import births
from pipelines.checking.person_doubts import doubts, without_own
from pipelines.checking.person_evidence import ASKED, DAYS, ENOUGH, HOMES, NAMES, Evidence, Listed, beside, is_labelled
from pipelines.checking.person_pairs import of_neighbours
from pipelines.reading.grid import Column
from schemas.returns import case_headings as of_cases
from schemas.returns import list_headings as headed
from schemas.returns.person_headings import OFFICE_HEADINGS
from schemas.returns.signs import KNOWN_NAME, Sign
from schemas.returns.single_signs import sign_of_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipelines.reading import Sheet

_CASES, _INITIALS = "numbers of cases", "initials"
_REFERENCES, _SEX, _AGES, _CODES = "references of cases", "sex", "ages", "codes of a collection about children"
_MAIL, _CRIMES, _SCRIPT = "private addresses for mail", "numbers of crimes", "names in another script"
# Fewer rows may be chance, but for names, of which three are a list.
_LEAST, _LEAST_NAMES = 4, 3
_ACROSS_ROWS, _ACROSS_COLUMNS = 60, 4


def lists_in(sheet: Sheet, today: date | None = None) -> Listed | None:
    """The plainest list of single people on a sheet, a child a row or a child a column; None where there is none.

    One that is not sure is to be asked about. `today`: from which ages are counted; the day of the call where it is not given.
    """
    now = today or datetime.now(UTC).date()
    columns = looked_at(sheet.columns)
    found = _evidence(columns, now)
    down = _heaviest(found)
    across = None if down or len(sheet.columns) < _ACROSS_COLUMNS else _across(sheet, columns, now)
    if down or (across and across.sure):
        return down or across
    free = without_own(columns)
    return _doubtful(free, found if free is columns else _evidence(free, now), now) or across


def _across(sheet: Sheet, columns: list[Signs], today: date) -> Listed | None:
    """The plainest list with a child a column; one that is not sure where there is none."""
    rows = _worth_turning(columns, len(sheet.rows))
    turned = _turned(columns, rows)
    listed = _heaviest(_evidence(turned, today))
    if listed is None:
        free = without_own(columns)
        rows = _worth_asking(free, len(sheet.rows))
        turned = _turned(free, rows)
        listed = _doubtful(turned, _evidence(turned, today), today) if rows else None
    if listed is None:
        return None
    first, last = listed.columns
    return replace(listed, rows=(rows[first], rows[last]), columns=listed.rows)


def _worth_asking(columns: list[Signs], rows: int) -> list[int]:
    """The rows in which several cells are filled, the first and the last of many."""
    wide = np.zeros(rows, dtype=np.int64)
    for each in columns:
        wide += each.filled
    found = np.flatnonzero(wide > _ACROSS_COLUMNS).tolist()
    return found if len(found) <= _ACROSS_ROWS else [*found[: _ACROSS_ROWS // 2], *found[-_ACROSS_ROWS // 2 :]]


def names_among(texts: Iterable[str]) -> bool:
    """Whether at least three different texts are names, and most of them: the choices of a list, the names of ranges.

    >>> names_among(["Kayden", "Mia", "Tyler"]), names_among(["Armley", "Morley", "Wetherby", "Kayden"])
    (True, False)
    """
    different = dict.fromkeys(text.strip() for text in texts if text.strip())
    known = sum(bool(sign_of_text(text.replace("_", " ")) & KNOWN_NAME) for text in different)
    return known >= _LEAST_NAMES and 2 * known > len(different)


def _worth_turning(columns: list[Signs], rows: int) -> list[int]:
    """The rows that could be of one thing about many children: all of a low sheet, of a high one those full of signs."""
    if rows <= _ACROSS_ROWS:
        return list(range(rows))
    telling = int(KNOWN_NAME | Sign.NAME_SHAPED | Sign.DAY)
    counts = np.zeros(rows, dtype=np.int64)
    for each in columns:
        counts += (each.flags & telling) != 0
    return np.flatnonzero(counts > _ACROSS_COLUMNS)[:_ACROSS_ROWS].tolist()


def _turned(columns: list[Signs], wanted: list[int]) -> list[Signs]:
    """Some rows looked at as if they were columns, without what stands in a whole column of such already.

    In a log with four days a row each row is four days; where a child is a column, the column holds all sorts.
    """
    rows = looked_at(tuple(Column.of(each.column.values[each.column.codes[row]] for each in columns) for row in wanted))
    usual = np.zeros(len(columns), dtype=np.int32)
    for at, each in enumerate(columns):
        filled = np.count_nonzero(each.filled)
        for sign in Sign:
            count = np.count_nonzero(each.flags & int(sign))
            if count >= _LEAST_NAMES and 2 * count >= filled:
                usual[at] |= int(sign)
    usual &= ~int(Sign.LABEL | Sign.PERIOD)
    return [replace(row, flags=row.flags & ~usual) for row in rows]


def _evidence(columns: list[Signs], today: date) -> list[Evidence]:
    found = [evidence for each in columns for evidence in _of_column(each, columns, today)]
    return [*found, *of_neighbours(columns, today)]


def _heaviest(found: list[Evidence]) -> Listed | None:
    weighed = ((_together(anchor, found), anchor) for anchor in found if anchor.what not in (DAYS, _CODES))
    telling = [(signs, anchor) for signs, anchor in weighed if sum(each.weight for each in signs) >= ENOUGH]
    if not telling:
        return None
    signs, anchor = max(telling, key=lambda each: sum(one.weight for one in each[0]))
    places = [each.at for each in signs]
    return Listed(
        tuple(dict.fromkeys(each.what for each in signs)),
        (int(anchor.rows[0]), int(anchor.rows[-1])),
        (min(places), max(places)),
    )


def _doubtful(columns: list[Signs], found: list[Evidence], today: date) -> Listed | None:
    """What is to be asked about: names or houses that may be of something else, or attributes of a child beside each other."""
    asked = [
        one for one in found if one.what == HOMES or one.weight >= (ASKED if one.what in (NAMES, _CASES) else ENOUGH)
    ]
    signs = asked[:1] or doubts(columns, today)
    if not signs:
        return None
    places, rows = [one.at for one in signs], signs[0].rows
    what = tuple(dict.fromkeys(one.what for one in signs if not one.what.startswith(("words in column", "codes "))))
    return Listed(what or ("codes",), (int(rows[0]), int(rows[-1])), (min(places), max(places)), sure=False)


def _together(anchor: Evidence, found: list[Evidence]) -> list[Evidence]:
    """The anchor and the heaviest of each other sign that stands in at least half of its rows."""
    signs = {anchor.what: anchor}
    first, last = anchor.rows[0], anchor.rows[-1]
    for each in found:
        there = np.count_nonzero((each.rows >= first) & (each.rows <= last))
        if each.at != anchor.at and 2 * there >= len(anchor.rows):
            held = signs.get(each.what)
            if held is None or (held is not anchor and held.weight < each.weight):
                signs[each.what] = each
    return list(signs.values())


def _of_column(each: Signs, columns: list[Signs], today: date) -> Iterator[Evidence]:
    """Every sign a column gives."""
    yield from _names(each, columns)
    yield from births(each, columns, today)
    yield from _numbers(each, columns)
    yield from _initials(each, columns)
    yield from _homes(each, columns)
    yield from _surely(each)
    yield from _sex_and_age(each)
    for rows in each.runs(Sign.COLLECTED, _LEAST):
        if each.share(Sign.COLLECTED, rows) >= 0.8:
            yield Evidence(_CODES, 1, each.at, rows)


def _names(each: Signs, columns: list[Signs]) -> Iterator[Evidence]:
    """Cells that are names and nothing else: most of them known, or a third known and the others of that shape."""
    blocks = [*each.runs(KNOWN_NAME, _LEAST_NAMES), *each.runs(KNOWN_NAME | Sign.NAME_SHAPED, _LEAST)]
    for block in blocks:
        surely = block[(each.flags[block] & int(KNOWN_NAME)) != 0]
        rows = block[block >= surely[0]] if len(surely) else block  # a heading has the shape of a name
        known = each.different(surely)
        if known < _LEAST_NAMES or 10 * known < 3 * each.different(rows):
            continue
        tops = each.tops(int(block[0]))
        if not any(headed.is_of_staff(top, beside(columns, at)) for top, at in tops):
            asked = any(headed.is_called_after(top) for top, _ in tops)
            yield Evidence(NAMES, ASKED if asked else ENOUGH, each.at, rows)
            return


def _numbers(each: Signs, columns: list[Signs]) -> Iterator[Evidence]:
    """Numbers of a case system: as long as each other, hardly any twice, in rows that nothing else tells apart."""
    for rows in each.runs(Sign.CODE, _LEAST):
        heading, at = each.heading(rows)
        lengths = [len(str(value).strip().removesuffix(".0")) for value in each.values(rows)]
        if headed.is_no_case(heading) or headed.is_agreed(heading) or each.is_of_money(at):
            continue
        if headed.is_of_accounts(heading, beside(columns, at)) or 3 * len(lengths) < len(rows):
            continue
        weight = _weight_of_numbers(columns, lengths, heading)
        if weight:
            light = is_labelled(columns, rows, each.at, also=Sign.NAME_SHAPED)
            yield Evidence(_CASES, 1 if light else weight, each.at, rows)
    for rows in each.runs(Sign.REFERENCE, _LEAST):
        heading, _ = each.heading(rows)
        if headed.is_no_case(heading) or headed.is_agreed(heading) or each.share(Sign.REFERENCE, rows) < 0.8:
            continue
        if 3 * each.different(rows) >= 2 * len(rows) and not is_labelled(columns, rows, each.at):
            yield Evidence(_REFERENCES, 1, each.at, rows)


def _weight_of_numbers(columns: list[Signs], lengths: list[int], heading: str) -> int:
    """For how much long numbers count: those as long as each other for a list, those of two lengths for a question.

    A system that has come to its millionth case has numbers of two lengths; sums of money have too. A case has one
    number: two columns of them beside each other, and no word, are a table nobody gave headings.
    """
    alike = max(map(lengths.count, set(lengths)))
    if 5 * alike >= 4 * len(lengths):
        bare = not heading and sum(bool(one.found & int(Sign.CODE)) for one in columns) > 1
        words = any(one.found & int(Sign.LABEL | Sign.NAME_SHAPED | Sign.SEX | Sign.INITIALS) for one in columns)
        return ASKED if bare and not words else ENOUGH
    both = max(lengths.count(size) + lengths.count(size + 1) for size in set(lengths))
    if 5 * both < 4 * len(lengths):
        return 0
    return ENOUGH if of_cases.is_of_a_system(heading) else ASKED


def _initials(each: Signs, columns: list[Signs]) -> Iterator[Evidence]:
    for rows in each.runs(Sign.INITIALS, _LEAST):
        heading, at = each.heading(rows)
        different = 5 * each.different(rows) >= 3 * len(rows) and each.share(Sign.INITIALS, rows) >= 0.8
        if different and not headed.is_of_staff(heading, beside(columns, at)) and not headed.is_agreed(heading):
            yield Evidence(_INITIALS, 1 if is_labelled(columns, rows, each.at) else 2, each.at, rows)


def _homes(each: Signs, columns: list[Signs]) -> Iterator[Evidence]:
    for rows in each.runs(Sign.HOME, _LEAST_NAMES):
        venue = not OFFICE_HEADINGS.isdisjoint(beside(columns, each.heading(rows)[1]))
        if each.different(rows) >= _LEAST_NAMES and not venue and not is_labelled(columns, rows, each.at):
            public = any(of_cases.is_of_places(top) for top, _ in each.tops(int(rows[0])))
            yield Evidence(HOMES, 1 if public else ENOUGH, each.at, rows)
    for sign, what in ((Sign.NHS, "NHS numbers"), (Sign.UPN, "unique pupil numbers")):
        for rows in each.runs(sign, _LEAST_NAMES):
            if each.different(rows) >= _LEAST_NAMES:
                yield Evidence(what, ENOUGH, each.at, rows)


def _surely(each: Signs) -> Iterator[Evidence]:
    """What is nothing else: private addresses for mail, numbers of crimes, short words in another script."""
    for sign, what, least in (
        (Sign.MAIL, _MAIL, _LEAST_NAMES),
        (Sign.CRIME, _CRIMES, _LEAST),
        (Sign.SCRIPT, _SCRIPT, _LEAST),
    ):
        for rows in each.runs(sign, least):
            spoken = sign is Sign.SCRIPT and headed.is_of_languages(each.heading(rows)[0])
            if each.different(rows) >= _LEAST_NAMES and not spoken:
                yield Evidence(what, ENOUGH, each.at, rows)


def _sex_and_age(each: Signs) -> Iterator[Evidence]:
    """One person's sex or age a row: the same again and again, in no order."""
    for what, sign in ((_SEX, Sign.SEX), (_AGES, Sign.AGE)):
        for rows in each.runs(sign, _LEAST):
            heading, _ = each.heading(rows)
            if (headed.is_agreed(heading) and not headed.says_age(heading)) or each.share(sign, rows) < 0.8:
                continue
            in_words = any(isinstance(value, str) and not value.strip().isdecimal() for value in each.values(rows))
            if sign is Sign.SEX or in_words or headed.says_age(heading):
                yield Evidence(what, 1, each.at, rows)
