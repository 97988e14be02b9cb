"""What a heading says of rows that may be about one child each: one age, one case, a place, a thing that was published.

Beside `list_headings`, which excuses columns that refuse a file, these weigh what is only asked about.
"""

from __future__ import annotations

import re

from schemas.returns.list_headings import says_age

# How long something took or lies back, and what is no count either.
_NO_COUNT = re.compile(
    r"\b(?:days?|weeks?|months?|hours?|duration|length|score|rank|ages?|id|ref|year|dob|how long|since)\b"
)
_OF_MANY = re.compile(
    r"\b(?:average|mean|median|avg|mode|typical|minimum|maximum|min|max|under|over|plan|policy|case|system|equipment|building)\b|\d"
)
_OF_SOMETHING_SMALL = re.compile(r"\b(?:months?|mths?|weeks?|wks?|days?)\b")
# One row, one case of somebody; no heading says no more.
_OF_A_CASE = re.compile(
    r"(?:(?:unique |child |person |client |pupil |case |yp |patient |system )?(?:id|ids|ref|refs|reference|number|no|key|ident|identifier)"
    r"|case|child|person|client|pupil|yp|young person|patient|who|subject|nominal|laid|mosaic(?: no)?|liquidlogic|lcs|)"
)
_OF_A_SYSTEM = re.compile(
    r"\b(?:mosaic|liquidlogic|lcs|laid|carefirst|capita|systmone|emis|niche|child|person|client|pupil|yp|patient|case)\b"
)
# Of the places in which things happen or are sold.
_PLACES = re.compile(
    r"(?:hot ?spots?|premises|licen[cs]ed premises|venues?|locations?|shops?|hotels?|takeaways?|pubs?|bars?|stations?|stops?|sites?|settings?|providers?)"
    r"(?: name| address)?"
)
_PUBLISHED = re.compile(r"\b(?:published|publication|publisher|isbn)\b")
_OF_MAIL = re.compile(r"\b(?:followers|posts|reach|impressions|likes)\b")
_NUMBERED = re.compile(
    r"(?:child|person|yp|young person|pupil|client|patient|case|student|subject)s? (?:id|no|nr|num|number|ref|reference|identifier|key)"
)
# What befalls one person on a day; how many there were is counted under other words.
_BEFALLS = re.compile(
    r"(?:date |day |time )?(?:of )?(?:admitted|admission|adm|discharged?|removed|removal|placed|arrested|excluded|exclusion|sectioned|detained|absconded"
    r"|went missing|missing (?:from|since)|found|left care|accommodated|became looked after|taken into care|in|out)(?: (?:date|day|on|at))?"
)
_OF_WORK = re.compile(
    r"\b(?:actions?|bugs?|changes?|complaints?|findings?|issues?|owners?|owned by|recommendations?|requests?|risks?|tasks?|tickets?)\b"
)
_HOW_LONG = re.compile(r"\b(?:days?|weeks?|months?|nights?|duration|length|los|stay|how long)\b")
_WHERE = re.compile(r"(?:ward|bed|room|bay|cell|unit|flat|dorm|house)(?: (?:no|nr|number))?")
_DUE = frozenset({"due", "due date", "due on", "date due", "due in", "edd"})
_DONE = re.compile(
    r"\b(?:actions?|tasks?|returns?|audits?|training|visits?|reviews?|owners?|leads?|polic(?:y|ies)|what|status|reports?|courses?)\b"
)


def says_one_age(heading: str) -> bool:
    """Whether a heading says that each row gives one age: no mean of many, no band, no age of a thing.

    >>> says_one_age("age"), says_one_age("average age"), says_one_age("age 0 4"), says_one_age("age of plan")
    (True, False, False, False)
    """
    return says_age(heading) and _OF_MANY.search(heading) is None


def says_small_age(heading: str) -> bool:
    """Whether a heading says that ages are in months, weeks or days.

    >>> says_small_age("age months"), says_small_age("age")
    (True, False)
    """
    return says_one_age(heading) and _OF_SOMETHING_SMALL.search(heading) is not None


def is_no_count(heading: str) -> bool:
    """Whether the numbers under a heading are certainly no counts of children.

    >>> is_no_count("days open"), is_no_count("number")
    (True, False)
    """
    return _NO_COUNT.search(heading) is not None


def is_of_a_case(heading: str) -> bool:
    """Whether a heading says that what stands below it names a case or a person each, or says nothing.

    >>> is_of_a_case("child id"), is_of_a_case(""), is_of_a_case("practice code")
    (True, True, False)
    """
    return _OF_A_CASE.fullmatch(heading) is not None


def is_of_a_system(heading: str) -> bool:
    """Whether a heading speaks of a system of cases or of who is in it.

    >>> is_of_a_system("mosaic"), is_of_a_system("no")
    (True, False)
    """
    return _OF_A_SYSTEM.search(heading) is not None


def is_of_places(heading: str) -> bool:
    """Whether a heading says that the addresses below it are of places anybody may go to.

    >>> is_of_places("hotspot"), is_of_places("address")
    (True, False)
    """
    return _PLACES.fullmatch(heading) is not None


def is_published(beside: frozenset[str]) -> bool:
    """Whether a table's headings, by meaning, say that what it lists was published.

    >>> is_published(frozenset({"case", "published"})), is_published(frozenset({"case", "age"}))
    (True, False)
    """
    return any(map(_PUBLISHED.search, beside))


def is_of_offices_mail(beside: frozenset[str]) -> bool:
    """Whether a table's headings, by meaning, count who follows or reads.

    >>> is_of_offices_mail(frozenset({"handle", "followers"})), is_of_offices_mail(frozenset({"handle", "concern"}))
    (True, False)
    """
    return any(map(_OF_MAIL.search, beside))


def numbers_children(heading: str) -> bool:
    """Whether a heading says that each number below it is one child's or one case's.

    >>> numbers_children("child number"), numbers_children("number of children"), numbers_children("no")
    (True, False, False)
    """
    return _NUMBERED.fullmatch(heading) is not None


def befalls_a_person(heading: str) -> bool:
    """Whether the days under a heading are those on which somebody was admitted, arrested, moved or the like.

    >>> befalls_a_person("date of admission"), befalls_a_person("admitted"), befalls_a_person("meeting")
    (True, True, False)
    """
    return _BEFALLS.fullmatch(heading) is not None


def is_how_long(heading: str) -> bool:
    """Whether the numbers under a heading say how long something took for each row; a mean or a band is of many.

    >>> is_how_long("days on plan"), is_how_long("median days"), is_how_long("number")
    (True, False, False)
    """
    return _HOW_LONG.search(heading) is not None and _OF_MANY.search(heading.replace("plan", "")) is None


def is_of_work(beside: frozenset[str]) -> bool:
    """Whether a table's headings, by meaning, say that its rows are things to be done, not children.

    >>> is_of_work(frozenset({"ref", "action", "status"})), is_of_work(frozenset({"case", "status"}))
    (True, False)
    """
    return any(map(_OF_WORK.search, beside))


def is_where(heading: str) -> bool:
    """Whether the numbers under a heading are those of wards, beds or rooms.

    >>> is_where("ward"), is_where("ward no"), is_where("beds")
    (True, True, False)
    """
    return _WHERE.fullmatch(heading) is not None


def is_due(heading: str, beside: frozenset[str]) -> bool:
    """Whether days are said to be due and nothing beside them says of what: a birth, among others.

    >>> is_due("due", frozenset({"school", "due"})), is_due("due", frozenset({"action", "due"}))
    (True, False)
    """
    return heading in _DUE and not any(map(_DONE.search, beside))
