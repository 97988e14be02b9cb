"""What a text in one cell could say of one child besides a name or a number: school year, heritage, street, a whole description.

A category of a table of totals reads the same; what tells them apart is weighed in `pipelines.checking.person_doubts`.
"""

from __future__ import annotations

import re

from schemas.returns.ages import tells_an_age
from schemas.returns.signs import NOTHING, Sign
from schemas.returns.statuses import says_a_status

# Addresses for mail that people have for themselves; an office's own end otherwise.
_PRIVATE = re.compile(
    r"@(?:gmail|googlemail|hotmail|outlook|live|yahoo|ymail|icloud|me|mac|aol|btinternet|sky|talktalk|virginmedia|ntlworld|proton(?:mail)?|msn|gmx)\.\w",
    re.IGNORECASE,
)
# Letters of other writings than ours: Greek, Cyrillic, Hebrew, Arabic, those of India and Ethiopia, Chinese, Japanese, Korean.
_FOREIGN = re.compile(
    "[\u0370-\u052f\u0590-\u06ff\u0750-\u077f\u0900-\u0dff\u10a0-\u137f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
)
_LATIN = re.compile(r"[A-Za-z\d]")
_MOST_WORDS = 4
_SCHOOL_YEAR = re.compile(r"(?:y|yr|year|ncy?)\.? ?(?:\d|1[0-3])|rec(?:eption)?|nursery", re.IGNORECASE)
_HERITAGE = frozenset(
    ["white", "black", "asian", "mixed", "other", "british", "irish", "scottish", "welsh", "english", "african", "caribbean", "indian", "pakistani", "bangladeshi", "chinese", "arab", "roma", "gypsy", "traveller", "somali", "kashmiri", "polish", "romanian", "any", "background", "and", "or", "ethnic", "group"]
)  # fmt: skip
_STREET = re.compile(
    r"[A-Z][\w'’ -]+ (?:Road|Rd|Street|St|Avenue|Ave|Lane|Close|Drive|Crescent|Terrace|Grove|Gardens|Mount|Place|View|Court|Row|Walk)\.?"
)
_SEX = r"(?:male|female|boy|girl|lad|lass|[MF])"
# “F/13/WBRI”, “M14 LS8”, “13F Armley”: sex and age in one cell, and more.
_CODED = re.compile(
    rf"(?:{_SEX}[ /,;-]{{0,2}}\d{{1,2}}|\d{{1,2}}[ /,;-]{{0,2}}{_SEX})[ /,;-]+\w.{{0,40}}", re.IGNORECASE
)
_SEX_IN_TEXT = re.compile(rf"\b{_SEX}\b", re.IGNORECASE)
_SAID = frozenset({"y", "n", "yes", "no"})
_TICKED = frozenset({"x", "\u2713", "\u2714", "\u2611", "\u221a", "tick", "ticked"})
# “Child A”, “YP 3”, “Baby 2”: one of a row of children, called by a letter or a number; “Child C1” too.
_LETTERED = re.compile(
    r"(?:child|yp|young person|baby|pupil|student|sibling|family|subject|patient|victim|client|person|case|boy|girl|male|female|mother|twin)"
    r"[ _#-]{0,2}(?:[A-Z]{1,2}|[A-Z]?\d{1,3}[A-Z]?)",
    re.IGNORECASE,
)
# “@kayden12”: what somebody is called on a platform.
_HANDLE = re.compile(r"@[\w.-]{3,30}")
# “AB 12 Cockburn CIN”, “AB, 7yo, CIN”, “AB (12); CD (9)”: initials and an age, alone or with what follows, or several of them.
_INITIALLED = re.compile(
    r"([A-Z]{2,3}|(?:[A-Z]\. ?){1,2}[A-Z]\.?)[ ,]{0,2}[ (,:](?:[Yy](?:ea)?r? ?)?(?:1\d|\d)\)? ?(?:yo|yrs?|y/o|y)?(?![\d%])"
)
# “AB/CD/EF”, “A.B., C.D.”: several by their letters in one cell.
_TOGETHER = re.compile(r"(?:[A-Z]{2}|[A-Z]\.[A-Z]\.?)(?:(?: ?[,;/&+] ?| )(?:[A-Z]{2}|[A-Z]\.[A-Z]\.?)){1,8}")
# “K****n”: a name of which only the ends are shown.
_MASKED = re.compile(r"[A-Z][*_•.\u2026-]{2,}[a-z]{0,2}|[A-Z]\*+")
# “13 yrs, Armley, 4 days”, “aged 13, Armley”, “Fourteen, Armley”: an age, and where or who.
_AGE_FIRST = re.compile(
    r"(?:(?:aged? )\d{1,2}|\d{1,2} ?(?:y|yo|y/o|yrs?|years?(?: old)?|mths?|months old|wks? old))(?:[ ,;/-]+(?:[mf]|male|female|boy|girl))?[ ,;/-]+(?-i:[A-Z])\w.{0,40}"
    r"|(?:four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven)teen)[,;/]+ ?(?-i:[A-Z])\w.{0,40}",
    re.IGNORECASE,
)
# “CIN (born March 2014)”: the month of one birth; “born in March” is said of many.
_BORN = re.compile(
    r"\b(?:born|b\.|dob:?) (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ ./'-]{1,2}(?:19|20)?\d\d\b",
    re.IGNORECASE,
)
_NUMBERS = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
    ]
)


def sign_of_attribute(plain: str) -> Sign:
    """What of one child's attributes a text with single spaces could be; nothing where it is none.

    >>> sign_of_attribute("Year 7"), sign_of_attribute("F/13/WBRI"), sign_of_attribute("White British")
    (<Sign.SCHOOL_YEAR: 2097152>, <Sign.PROFILE: 1048576>, <Sign.ETHNIC: 4194304>)
    >>> sign_of_attribute("Tong Road"), sign_of_attribute("Armley"), sign_of_attribute("Y")
    (<Sign.STREET: 8388608>, <Sign: 0>, <Sign.YES_NO: 16777216>)
    """
    small = plain.lower()
    for words, sign in ((_SAID, Sign.YES_NO), (_TICKED, Sign.TICK), (_NUMBERS, Sign.AGE)):
        if small in words:
            return sign
    for shape, sign in ((_HANDLE, Sign.HANDLE), (_SCHOOL_YEAR, Sign.SCHOOL_YEAR), (_STREET, Sign.STREET)):
        if shape.fullmatch(plain):
            return sign
    if _describes_one(plain):
        return Sign.PROFILE
    if says_a_status(plain):
        return Sign.STATUS
    return _of_heritage(small)


def _describes_one(plain: str) -> bool:
    """Whether one cell gives sex and age, initials and age, or the month of a birth."""
    if _CODED.fullmatch(plain) or _AGE_FIRST.fullmatch(plain) or _BORN.search(plain) or initials_with_ages(plain):
        return True
    return tells_an_age(plain) and _SEX_IN_TEXT.search(plain) is not None


def _of_heritage(small: str) -> Sign:
    words = re.findall(r"[a-z]+", small)
    return Sign.ETHNIC if words and _HERITAGE.issuperset(words) and words not in (["other"], ["english"]) else NOTHING


def is_lettered(plain: str) -> bool:
    """Whether a text calls one of several children by a letter or a number and says nothing else.

    >>> is_lettered("Child A"), is_lettered("YP3"), is_lettered("Child protection"), is_lettered("Case")
    (True, True, False, False)
    """
    return _LETTERED.fullmatch(plain) is not None


def are_letters_of_several(plain: str) -> bool:
    """Whether a text is the initials of several people, or a name of which only the ends are shown.

    >>> are_letters_of_several("AB/CD/EF"), are_letters_of_several("K****n"), are_letters_of_several("AB")
    (True, True, False)
    """
    if plain.isalpha() or not plain[:1].isupper():
        return False
    return _TOGETHER.fullmatch(plain) is not None or _MASKED.fullmatch(plain) is not None


def initials_with_ages(plain: str) -> list[str]:
    """The initials that begin a text with an age after them, or each of several; a measure's letters may look the same.

    >>> initials_with_ages("AB 12 Cockburn CIN"), initials_with_ages("AB (12); CD (9)"), initials_with_ages("CIN 124")
    (['AB'], ['AB', 'CD'], [])
    """
    return _INITIALLED.findall(plain) if _INITIALLED.match(plain) else []


def is_private_mail(plain: str) -> bool:
    """Whether a text holds an address for mail at a provider of private ones.

    >>> is_private_mail("k.example@gmail.com"), is_private_mail("armley.team@leeds.gov.uk")
    (True, False)
    """
    return _PRIVATE.search(plain) is not None


def in_another_script(plain: str) -> bool:
    """Whether a text is a few words in another writing than the Latin, as a name may be.

    >>> in_another_script("\u041e\u043b\u044c\u0433\u0430"), in_another_script("Zo\u00eb")
    (True, False)
    """
    return bool(_FOREIGN.search(plain)) and not _LATIN.search(plain) and len(plain.split()) <= _MOST_WORDS
