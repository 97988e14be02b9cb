"""What a heading says of the column below it, where the values alone could be either: whose names, of what the day, what number.

These excuse a column, and never accuse one: a list of children under no heading, a wrong one or one in another language is
known by its values.
"""

from __future__ import annotations

import re
from functools import cache

from schemas.returns import kinds
from schemas.returns.meaning import meaning

_CHILDREN = r"(?!.*\b(?:child|pupil|student|family|patient|client|victim|young|yp|baby|mother|father|sibling)s?\b)"
# Whoever acts for an agency: their names are no child's, and are asked about elsewhere.
_STAFF = re.compile(
    rf"{_CHILDREN}.*\b(?:owners?|owned by|leads?|chairs?|trainers?|authors?|managers?|contacts?|attendees?|officers?|practitioners?"
    r"|workers?|staff|representatives?|reps?|responsible|responsibility|assigned|actioned by|facilitators?|auditors?|moderators?"
    r"|reviewers?|delegates?|apologies|action by|analysts?|teachers?|heads?|dsl|governors?|sponsors?)\b"
)
_OF_STAFF = frozenset(
    {"role", "roles", "job title", "job role", "post", "post title", "organisation", "organization", "designation", "grade",
     "department", "job"}
)  # fmt: skip
# Of what a day is, where it is nobody's birth.
_EVENT = re.compile(
    rf"{_CHILDREN}.*\b(?:due|review(?:ed)?|meeting|meetings|held|inspect\w*|ofsted|cqc|visit\w*|open(?:ed|ing)?|clos\w*|publish\w*|approved"
    r"|agreed|adopted|issued?|expir\w*|renew\w*|contract|policy|audit\w*|report\w*|week|quarter|month|period|year|target|deadline"
    r"|completed?|updated|revised|version|released?|launch\w*|built|registered|appointed|joined|employed|trained|training"
    r"|planned|census|snapshot|as at|effective|signed|ratified|established|founded|last done|next)\b"
)
# Numbers of organisations, money and counts.
_NO_CASE = re.compile(
    rf"{_CHILDREN}.*\b(?:urn|dfe|laestab|estab\w*|ukprn|ods|gss|ons|lsoa|msoa|ward|area|school|provider|cost|budget|spend|spent|total|totals"
    r"|population|count|counts|number of|numbers|numerator|denominator|out of|value|amount|price|invoice|order|gbp|rate|sum|hours|minutes"
    r"|figure|figures|actual|forecast|expenditure|income|grant|funding|code list|last quarter|q[1-4]|telephone|phone|fax|charity|company"
    r"|postcodes?|asset|licence|version|year|number$)\b"
    r"|£|%"
)
_BIRTH = re.compile(
    r"\b(?:births?|born|brith|birht|bith|dob)\b|geburt|naissance|nacimiento|nascimento|nascita|urodz|nasteri|doğum|dogum|dhalas"
)
_AGE = re.compile(r"\bages?\b|\balter\b|\bwiek\b|\byas\b|\byears old\b")


def is_of_staff(heading: str, beside: frozenset[str]) -> bool:
    """Whether the names under a heading, by meaning, are those of staff, also by what stands in the headings beside it.

    >>> is_of_staff("action owner", frozenset()), is_of_staff("name", frozenset({"role"})), is_of_staff("child", frozenset())
    (True, True, False)
    """
    return _STAFF.match(heading) is not None or not beside.isdisjoint(_OF_STAFF)


def is_of_an_event(heading: str) -> bool:
    """Whether the days under a heading are those of something that was done or is due.

    >>> is_of_an_event("date opened"), is_of_an_event("when"), is_of_an_event("child review due")
    (True, False, False)
    """
    return _EVENT.match(heading) is not None


def is_no_case(heading: str) -> bool:
    """Whether the numbers under a heading are counts, money or those of organisations.

    >>> is_no_case("urn"), is_no_case("laid"), is_no_case("out of")
    (True, False, True)
    """
    return _NO_CASE.match(heading) is not None


def says_birth(heading: str) -> bool:
    """Whether a heading speaks of birth, with its letters in another order or in a language of the city too.

    >>> says_birth("date of brith"), says_birth("data urodzenia"), says_birth("start")
    (True, True, False)
    """
    return _BIRTH.search(heading) is not None


def says_age(heading: str) -> bool:
    """Whether a heading speaks of age.

    >>> says_age("age at referral"), says_age("agency")
    (True, False)
    """
    return _AGE.search(heading) is not None


@cache
def _agreed() -> frozenset[str]:
    sheets = (sheet for kind in kinds().values() for sheet in (*kind.sheets, *kind.notes))
    return frozenset(meaning(column.heading) for sheet in sheets for column in sheet.columns)


def is_agreed(heading: str) -> bool:
    """Whether a return of the partnership has a column of this heading: what its rules judge is no sign of a list.

    >>> is_agreed("sex"), is_agreed("child ref")
    (True, False)
    """
    return heading in _agreed()
