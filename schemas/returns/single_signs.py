"""What one cell could say about one child, told by the shape of what stands in it and not by its heading.

One such cell proves nothing: an age is a count elsewhere, a first name a ward. What a whole column of them proves, and
several columns beside each other, is weighed in `pipelines.checking.person_columns`.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

import numpy as np

from schemas.returns.addresses import leads_to_a_home
from schemas.returns.attributes import (
    are_letters_of_several,
    in_another_script,
    is_lettered,
    is_private_mail,
    sign_of_attribute,
)
from schemas.returns.called_after import is_part_of_the_city
from schemas.returns.days import day_in
from schemas.returns.given_names import is_anybodys, is_nobody, is_only_a_name, is_surname
from schemas.returns.person_level import OUTWARD, is_nhs_number, is_upn
from schemas.returns.roles import is_office_word
from schemas.returns.signs import NOTHING, Sign
from schemas.returns.spelled import day_in_words, name_behind, without_marks
from schemas.returns.statuses import says_a_status
from schemas.returns.visible import visible

_EPOCH = date(1899, 12, 30)
# As spreadsheets count days: from 1997 to 2030; a number of another size is nobody's birth.
_SERIALS = range(35_430, 47_500)
_YEARS = range(1990, 2061)
_LONGEST = 60
_CODES = range(100_000, 10**12)
# Of a column of ones, twos and threes each may be an age; how many there are of something may be too.
_AGES = range(26)
_SEXES = frozenset({"m", "f", "male", "female", "boy", "girl", "man", "woman", "he", "she", "♂", "♀"})
_AGED = re.compile(
    r"\d{1,2} ?(?:y|yr|yrs|years?|mths?|months?|m|w|wks?|weeks?)(?![a-z])(?:[ ,/&]*\d{1,2} ?(?:m|mths?|months?)\b)?(?: old)?|\d{1,2};\d{1,2}(?:[;.]\d{1,2})?"
)
_DAYLIKE = re.compile(
    r"\d{1,4}(?:st|nd|rd|th)?[ ./\-]+(?:of )?[a-z\d]{1,9}[ ,./\-]+\d{1,4}(?:[t ][\d:.]+z?)?", re.IGNORECASE
)
_BACKWARDS = re.compile(r"(\d{4})[ ./](\d{1,2})[ ./](\d{1,2})")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
# “E05001411”: how official statistics call an area.
_AREA_CODE = re.compile(r"[EWSNK]\d{8}")
# “Jul-26”, “Autumn 2026”: a period, and no reference of a case.
_MONTH = re.compile(
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|spring|summer|autumn|winter|term|week|wk|month|quarter|q[1-4])[a-z]*"
    r"[-_ /'’.]*\d{1,4}(?:[-/]\d{2,4})?",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z]{0,5}[-_ /.]?\d{2,4}[-_ /.]?\d{3,8}[-_ /.]?[A-Z]{0,2}", re.IGNORECASE)
_REFERENCE = re.compile(r"(?!FY|AY|CY|Q\d|V\d|PC)[A-Z]{1,8}[-_ /#.]?\d{1,5}[A-Z]?", re.IGNORECASE)
_INITIALS = re.compile(r"[A-Z]{2,3}|(?:[A-Z]\.? ?){2,3}\.?|[A-Z]{1,2}[-/][A-Z]{1,2}")
# A district, or a sector of it: “LS9 3”.
_OUTWARD, _INWARD = re.compile(rf"(?:{OUTWARD})(?: \d)?"), re.compile(r"\d[ABD-HJLNP-UW-Z]{2}")
# How the child-level collections code ethnic origin, legal status and the kind of placement.
_COLLECTED = re.compile(
    r"W(?:BRI|IRI|OTH|IRT|ROM)|M(?:WBC|WBA|WAS|OTH)|A(?:IND|PKN|BAN|OTH)|B(?:CRB|AFR|OTH)|CHNE|OOTH|REFU|NOBT"
    r"|C[12]|D1|E1|V[2346]|L[123]|J[123]|U[1-6]|[KR][1-5]|H5|N[1-9]|X1|S"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_JOINTS = re.compile(r"[\s,;/_&]+|(?<=[^\W\d_])[.+](?=[^\W\d_])|(?<=[a-z])(?=[A-Z][a-z])")
_NAMES = range(1, 6)
# “500-999g”, “20000 to 24999”: a band of amounts.
_BAND = re.compile(r"[£$]?(\d{1,7})(?: ?[-–] ?| to )[£$]?(\d{1,7})(?: ?[a-z]{1,5})?", re.IGNORECASE)
# “kayden12”, “Kayden Example3”: a name with digits to it; “Victoria 2” is a room.
_NUMBERED = re.compile(r"([^\W\d_]{4,})(?:[._-]?\d{1,4}|[ ,]+(?=\S*[^\W\d_])\S*\d\S*)")
# Eight signs and more with letters among them, as systems key their records.
_KEY = re.compile(r"(?=[^g-z]*[a-f])(?=\D*\d)[0-9a-f]{8,}(?:-[0-9a-f]{4,}){0,4}", re.IGNORECASE)
_CRIME = re.compile(r"\d{2}/\d{4,6}/\d{2}|\d{2} ?\d{6,7}/\d{2}")
# What an office numbers: a ticket, a request for information, a complaint, a licence, an order.
_OF_AN_OFFICE = re.compile(
    r"(?:INC\d{7}|(?:FOI|EIR|CMP|COMP|REQ|CHG|PRB|TKT|PREM|LIC|PO|INV)[-_ /.]?\d{3,10})", re.IGNORECASE
)
# “Kayden / Armley”, “Kayden (nine)”: a name, and what is said of whom it names.
_BEGUN = re.compile(r"([^\W\d_]{4,})(?: [A-Z]\.?)?(?: ?[(/,:;\u2713\u2714]| [-–] )(.{0,30})")
# The letters of an agency; two may be somebody's.
_SHORTENED = 3
# “the first of May twenty ten”: no day in words is shorter.
_SHORTEST_DAY = 12
_FAMILY = re.compile(r"(?:the )?([^\W\d_]+) (?:family|household|siblings|twins)", re.IGNORECASE)


def sign_of_number(value: float) -> Sign:
    """What a number could be besides a count: an age, a day as a spreadsheet counts it, the number of a case.

    >>> sign_of_number(9), sign_of_number(40972), sign_of_number(4432100), sign_of_number(99)
    (<Sign.AGE: 512>, <Sign.SERIAL: 16>, <Sign.CODE: 32>, <Sign: 0>)
    """
    return Sign(int(signs_of_numbers(np.array([value], dtype=np.float64))[0]))


def signs_of_numbers(values: np.ndarray) -> np.ndarray:
    """The same of many numbers at once."""
    whole = values == np.floor(values)
    part_of_age = ~whole & (values > 0) & (values < _AGES[-1])
    shapes = ((_AGES, Sign.AGE), (_YEARS, Sign.PERIOD), (_SERIALS, Sign.SERIAL), (_CODES, Sign.CODE))
    among = [whole & (values >= numbers[0]) & (values <= numbers[-1]) for numbers, _ in shapes]
    among.append(part_of_age)
    signs = [*(int(sign) for _, sign in shapes), int(Sign.FRACTION)]
    return np.select(among, signs, default=0).astype(np.int32)


def sign_of_day(day: date) -> Sign:
    """A day, or the first or last of a month, by which figures are dated.

    >>> sign_of_day(date(2014, 3, 31)), sign_of_day(date(2014, 3, 12))
    (<Sign.DAY|PERIOD: 131080>, <Sign.DAY: 8>)
    """
    ends = day.day == 1 or (day + timedelta(days=1)).day == 1
    return Sign.DAY | Sign.PERIOD if ends else Sign.DAY


@lru_cache(maxsize=20_000)
def sign_of_text(text: str) -> Sign:
    """What a text could be; prose is nothing.

    >>> sign_of_text("Kayden"), sign_of_text("LS8"), sign_of_text("Armley")
    (<Sign.FIRST|NAME_SHAPED: 5>, <Sign.REFERENCE|OUTWARD: 2112>, <Sign.LABEL: 65536>)
    >>> sign_of_text("03/04/2015"), sign_of_text("JS"), sign_of_text("9 yrs"), sign_of_text("94 34 76 59 19")
    (<Sign.DAY: 8>, <Sign.INITIALS: 128>, <Sign.AGE: 512>, <Sign.NHS: 8192>)
    """
    plain = " ".join((text if text.isascii() and text.isprintable() else visible(text)).split())
    if not plain or len(plain) > _LONGEST:
        return NOTHING
    if not (plain[0].isalpha() and plain[-1].isalnum()) and not are_letters_of_several(plain):
        plain = without_marks(plain)
    if plain.isdecimal() and len(plain) < 9:
        return _of_eight_digits(plain) or sign_of_number(int(plain))
    if "@" in plain:
        return Sign.MAIL if is_private_mail(plain) else sign_of_attribute(plain) or Sign.LABEL
    if is_lettered(plain):
        return Sign.LETTERED  # and no label of its own, as a row of a table of totals has
    found = _with_digits(plain) if any(sign.isdecimal() for sign in plain) else _without_digits(plain)
    return found | sign_of_attribute(plain)


def day_of(value: object) -> date | None:
    """The day a cell states, in any way a list may write one.

    >>> day_of("2012/03/01"), day_of(40972), day_of("20120301")
    (datetime.date(2012, 3, 1), datetime.date(2012, 3, 4), datetime.date(2012, 3, 1))
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float):
        return _EPOCH + timedelta(days=int(value)) if int(value) in _SERIALS else None
    return _written(" ".join(value.split())) if isinstance(value, str) else None


def _written(plain: str) -> date | None:
    if plain.isdecimal():
        if len(plain) == 8:
            return day_in(f"{plain[:4]}-{plain[4:6]}-{plain[6:]}") or day_in(f"{plain[:2]}/{plain[2:4]}/{plain[4:]}")
        return _EPOCH + timedelta(days=int(plain)) if len(plain) == 5 and int(plain) in _SERIALS else None
    if not _DAYLIKE.fullmatch(plain):
        return day_in_words(plain)
    plain = _BACKWARDS.sub(r"\1-\2-\3", _TIME.sub("", plain)).replace(" / ", "/").replace(" - ", "-")
    found = day_in(plain)
    if found is None and (turned := re.fullmatch(r"(\d{1,2})([/-])(\d{1,2})\2(\d{2,4})", plain)):
        return day_in(f"{turned[3]}/{turned[1]}/{turned[4]}")  # the month first, as some systems write
    return found or day_in_words(plain)


def _of_eight_digits(plain: str) -> Sign:
    found = day_of(plain) if len(plain) == 8 else None
    return sign_of_day(found) | Sign.CODE if found else NOTHING


def _with_digits(plain: str) -> Sign:
    if day := _written(plain):
        return sign_of_day(day)
    if issued := _issued(plain):
        return issued
    if _OF_AN_OFFICE.fullmatch(plain):
        return NOTHING
    if _AREA_CODE.fullmatch(plain) or _MONTH.fullmatch(plain) or _is_a_band(plain):
        return Sign.LABEL
    if name_behind(plain) or ((named := _NUMBERED.fullmatch(plain)) and is_only_a_name(named[1])):
        return Sign.FIRST | Sign.NAME_SHAPED
    found = NOTHING
    for sign, is_it in (
        (Sign.COLLECTED, _COLLECTED.fullmatch(plain)),
        (Sign.INWARD, _INWARD.fullmatch(plain.upper())),
        (Sign.OUTWARD, _OUTWARD.fullmatch(plain.upper())),
        (Sign.AGE, _AGED.fullmatch(plain.lower())),
        (Sign.CODE, (_CODE.fullmatch(plain) or _KEY.fullmatch(plain)) and not _is_of_years(plain)),
        (Sign.REFERENCE, _REFERENCE.fullmatch(plain)),
        (Sign.HOME, leads_to_a_home(plain)),
    ):
        found |= sign if is_it else NOTHING
    return found or (Sign.LABEL if any(sign.isalpha() for sign in plain) or _is_of_years(plain) else NOTHING)


def _issued(plain: str) -> Sign:
    """The number of one person by its check digit or its shape: an NHS number, a pupil's, a crime's."""
    joined = re.sub(r"[^A-Za-z0-9]", "", plain)
    if joined.isdecimal() and len(joined) == 10 and is_nhs_number(joined):
        return Sign.NHS
    if len(joined) == 13 and not joined.isdecimal() and is_upn(joined):
        return Sign.UPN
    return Sign.CRIME if _CRIME.fullmatch(plain) else NOTHING


def _is_a_band(plain: str) -> bool:
    """Whether a text is a band of amounts: from one to a larger one, as wide as a round number."""
    found = _BAND.fullmatch(plain)
    width = int(found[2]) - int(found[1]) if found else 0
    return width > 0 and (width % 10 == 0 or width % 10 == 9)


def _is_of_years(plain: str) -> bool:
    return re.match(r"(?:19|20)\d\d[-/ ]", plain) is not None


def _without_digits(plain: str) -> Sign:
    if plain.lower() in _SEXES:
        return Sign.SEX
    if _COLLECTED.fullmatch(plain):
        return Sign.COLLECTED
    initials = _INITIALS.fullmatch(plain) and not (is_nobody(plain) or is_anybodys(plain))
    if initials or are_letters_of_several(plain):
        return Sign.INITIALS
    if len(plain) > _SHORTEST_DAY and (day := day_in_words(plain)):
        return sign_of_day(day)
    if (
        not plain.isalpha()
        and (begun := _BEGUN.fullmatch(plain))
        and is_only_a_name(begun[1])
        and not _is_of_an_office(begun[2])
    ):
        return Sign.FIRST | Sign.NAME_SHAPED
    return Sign.SCRIPT if in_another_script(plain) else _of_words(plain)


def _is_of_an_office(words: str) -> bool:
    """Whether what follows a name says what post somebody holds, or in which agency: “(chair)”, “(ICB)”, but not “(CIN)”."""
    found = re.findall(r"[^\W\d_]+", words)
    shortened = any(len(word) >= _SHORTENED and word.isupper() and not says_a_status(word) for word in found)
    return shortened or any(map(is_office_word, found))


def _of_words(plain: str) -> Sign:
    """Whether words are a name, known or only of that shape, or a label."""
    if (family := _FAMILY.fullmatch(plain)) and is_surname(family[1]):
        return Sign.LAST | Sign.NAME_SHAPED
    words = [word for word in _JOINTS.split(plain) if word and word != "and"]
    if len(words) not in _NAMES or not all(map(_WORD.fullmatch, words)) or any(map(_is_no_name, words)):
        return Sign.LABEL if any(sign.isalpha() for sign in plain) else NOTHING
    names = [word.rstrip(".") for word in words]
    known = (
        Sign.FIRST if any(map(is_only_a_name, names)) or any(is_anybodys(n) and len(n) == 3 for n in names) else NOTHING
    )
    known |= Sign.LAST if any(map(is_surname, names)) else NOTHING
    shaped = all(name[0].isupper() for name in names)
    return known | Sign.NAME_SHAPED if known or shaped else Sign.LABEL


def _is_no_name(word: str) -> bool:
    plain = word.rstrip(".")
    return is_nobody(plain) or is_part_of_the_city(plain)
