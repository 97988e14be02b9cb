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
    r"|reviewers?|delegates?|apologies|action by|analysts?|teachers?|head ?teachers?|heads?|dsl|governors?|sponsors?|senco|councillors?|cllr|nurses?|named (?:nurse|doctor|gp|midwife)"
    r"|designated (?:nurse|doctor)|prepared by|approved by|signed by|distribution|circulation|court|judge|principal|minutes by|coordinators?)\b"
)
_OF_STAFF = frozenset(
    {"role", "roles", "job title", "job role", "post", "post title", "organisation", "organization", "designation", "grade",
     "department", "job"}
)  # fmt: skip
# Of what a day is, where it is nobody's birth.
_EVENT = re.compile(
    rf"{_CHILDREN}.*\b(?:due|review(?:ed)?|meeting|meetings|held|inspect\w*|ofsted|cqc|visit\w*|open(?:ed|ing)?|clos\w*|publish\w*|approved"
    r"|agreed|adopted|issued?|expir\w*|renew\w*|contract|holidays?|policy|audit\w*|report\w*|week|quarter|month|period|year|target|deadline"
    r"|completed?|updated|revised|version|released?|launch\w*|built|registered|appointed|joined|employed|trained|training"
    r"|planned|census|snapshot|as at|effective|signed|ratified|established|founded|last done|next)\b"
)
# Numbers of organisations, money and counts.
# What comes can be in nobody's childhood.
_TO_COME = re.compile(r"\b(?:next|due|deadline|target|planned|expir\w*|renew\w*)\b")
# What a row is about where it is a thing: its day is no birth.
_THINGS = re.compile(
    r"(?:policy|procedure|document|contract|supplier|provider|course|term|(?:bank )?holiday|release|inspection|version|revision|change|what changed"
    r"|what|changes|snapshot|board|meeting|judgement|grade|rating|post|post no|post number|strategy|guidance|framework|standard)s?(?: (?:name|title|no))?"
)
# What is counted in the rows of a table of totals.
_MEASURES = re.compile(
    r"(?:open |new |all )?(?:n|count|number|total|calls|contacts|referrals|visits|views|places|beds|cases|plans|attended|attendances|hours|sessions"
    r"|posts|rate|episodes|arrests|incidents|bookings|enquiries|assessments|notices|children|pupils|births)"
)
# “Charlotte” under “Home” may be a home; who reads it is asked.
_CALLED_AFTER = re.compile(
    r"(?:children s )?(?:homes?|units?|wards?|rooms?|houses?|operations?|centres?|sites?|buildings?|projects?|clusters?|(?:published |case |national )?reviews?|inquir(?:y|ies))(?: name)?"
)
_MONEY = re.compile(r"\b(?:amount|net|gross|vat|cost|spend|paid|budget|price|q[1-4])\b|£")
_OF_MONEY = re.compile(r"(?:gl|ledger|nominal|account|cost|budget|subjective)?(?: ?(?:code|no|number))?s?")
# Under these a pivot table and a list without any better name put whoever they are about.
_OF_SOMEBODY = frozenset(
    {
        "",
        "row labels",
        "who",
        "child",
        "yp",
        "young person",
        "init",
        "initials",
        "case",
        "name",
        "pupil",
        "student",
        "client",
        "patient",
        "baby",
    }
)
_LANGUAGES = re.compile(r"\b(?:languages?|translat\w*|leaflets?|script|greetings?)\b")
_OF_AGE = re.compile(r"\b(?:age|ages|dob|born|birth|year group|school year|nc ?year|ncy)\b")
_NO_CASE = re.compile(
    rf"{_CHILDREN}.*\b(?:urn|dfe|laestab|estab\w*|ukprn|ods|gss|ons|lsoa|msoa|ward|area|school|provider|cost|budget|spend|spent|total|totals"
    r"|population|count|counts|number of|numbers|numerator|denominator|out of|value|amount|price|invoice|order|gbp|rate|sum|hours|minutes"
    r"|figure|figures|actual|forecast|expenditure|income|grant|funding|code list|last quarter|q[1-4]|telephone|phone|fax|charity|company"
    r"|postcodes?|asset|licence|version|year|practice|practices|page|pages|views|clicks|hits|downloads|calls|visits|emails|leaflets|weight|grams"
    r"|easting|northing|companies house|post no|ofsted|cqc|ey number|setting|england|national|leeds|gl|ledger|nominal|po|purchase|number$)\b"
    r"|£|%"
)
_BIRTH = re.compile(
    r"\b(?:edd|unborn|births?|born|brith|birht|bith|dob|yob)\b|geburt|naissance|nacimiento|nascimento|nascita|urodz|nasteri|doğum|dogum|dhalas"
)
_AGE = re.compile(r"\bages?\b|\bhow old\b|\byrs\b|\balter\b|\bwiek\b|\byas\b|\byears old\b")


def is_of_staff(heading: str, beside: frozenset[str]) -> bool:
    """Whether the names under a heading, by meaning, are those of staff, also by what stands in the headings beside it.

    >>> is_of_staff("action owner", frozenset()), is_of_staff("name", frozenset({"role"})), is_of_staff("child", frozenset())
    (True, True, False)
    """
    if any(map(_OF_AGE.search, beside)):
        return False  # nobody lists the ages of staff
    if heading in {"who", "by whom", "by who", "lead", "by"} and not beside.isdisjoint(
        {"action", "actions", "task", "tasks"}
    ):
        return True
    meets = heading == "present" and "apologies" in beside
    return meets or _STAFF.match(heading) is not None or not beside.isdisjoint(_OF_STAFF)


def is_of_an_event(heading: str) -> bool:
    """Whether the days under a heading are those of something that was done or is due.

    >>> is_of_an_event("date opened"), is_of_an_event("when"), is_of_an_event("child review due")
    (True, False, False)
    """
    return _EVENT.match(heading) is not None


def is_to_come(heading: str) -> bool:
    """Whether the days under a heading are said to lie ahead, so that days of long ago are not those it speaks of.

    >>> is_to_come("next review"), is_to_come("registered")
    (True, False)
    """
    return _TO_COME.search(heading) is not None


def is_of_things(beside: frozenset[str]) -> bool:
    """Whether a table's headings, by meaning, say that its rows are things: policies, contracts, versions.

    >>> is_of_things(frozenset({"policy", "last changed"})), is_of_things(frozenset({"ref", "started"}))
    (True, False)
    """
    return any(_THINGS.fullmatch(heading) for heading in beside)


def is_measure(heading: str) -> bool:
    """Whether a heading says that what stands below it was counted.

    >>> is_measure("open cases"), is_measure("started")
    (True, False)
    """
    return _MEASURES.fullmatch(heading) is not None


def is_called_after(heading: str) -> bool:
    """Whether a heading is of what may be called after people.

    >>> is_called_after("home"), is_called_after("child")
    (True, False)
    """
    return _CALLED_AFTER.fullmatch(heading) is not None


def is_of_accounts(heading: str, beside: frozenset[str]) -> bool:
    """Whether the numbers under a heading are codes of accounts, with sums of money beside them.

    >>> is_of_accounts("code", frozenset({"amount"})), is_of_accounts("case", frozenset({"amount"}))
    (True, False)
    """
    return bool(heading) and _OF_MONEY.fullmatch(heading) is not None and any(map(_MONEY.search, beside))


def is_of_somebody(heading: str) -> bool:
    """Whether a heading says nothing, or that a row is about one person.

    >>> is_of_somebody("row labels"), is_of_somebody("team")
    (True, False)
    """
    return heading in _OF_SOMEBODY


def is_of_one_child(heading: str) -> bool:
    """Whether a heading says that a row is about one child, so that words with capitals below it are names.

    >>> is_of_one_child("child"), is_of_one_child("client")
    (True, False)
    """
    return heading in {"child", "childs name", "yp", "young person", "pupil", "baby", "patient", "victim"}


def is_of_languages(heading: str) -> bool:
    """Whether what stands below a heading is there for its language.

    >>> is_of_languages("language"), is_of_languages("")
    (True, False)
    """
    return _LANGUAGES.search(heading) is not None


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
