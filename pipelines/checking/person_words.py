"""What a text says about one person, however it is spaced, dotted, broken over lines or written in small letters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from schemas.catalogue import catalogue
from schemas.returns.addresses import holds_an_insurance_number
from schemas.returns.person_level import (
    POSTCODE_ALONE,
    POSTCODE_IN_TEXT,
    POSTCODE_JOINED,
    UPN_IN_TEXT,
    is_nhs_number,
    is_upn,
)
from schemas.returns.spelled import tells_a_birth_in_words
from schemas.returns.visible import visible

_DIGIT = re.compile(r"\d")
# The shortest text that can hold a postcode; nearly all cells of a return are shorter or have no digit.
_SHORTEST = 5
_SPACES = re.compile(r"\s+")
_MAY_BE_BORN = re.compile("[Bb][oO][rR][nN]|[Bb][iI][rR][tT][hH]|[Dd][oO][bB]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_GAP = r"[ ./-]{0,3}"
_NHS = re.compile(rf"(?<!\d)(?<!\d[.,/-])(?<![£$€])\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{4}}(?![.,/-]?\d)")
# Parted by other signs, or digit by digit: of a number of no range issued in England it may be chance.
_NHS_PARTED = re.compile(
    r"(?<![\d£$€])(?<!\d[.,/-])([4679]\d\d[ ()._|:;,*•·-]{1,3}\d{3}[ ()._|:;,*•·-]{1,3}\d{4}|[4679](?:[ ._-]\d){9})(?![ .,/_-]?\d)"
)
# After its own label a number may be grouped in any way.
_NHS_LABELLED = re.compile(rf"\bNHS\b\D{{0,20}}((?:\d{_GAP}){{9}}\d)(?![.,/-]?\d)", re.IGNORECASE)
# “+44 113 222 4403”: no number of a telephone in this country goes on with 4, 6 or 9, as most NHS numbers begin.
_TELEPHONE = re.compile(r"(?:\+ ?44|(?<!\d)0044)[ ().-]{0,3}(?:\(?0\)?[ .-]?)?[123578](?:[ ().-]{0,2}\d){8,9}(?!\d)")
_BARE = re.compile(r"(?<!\d)\d{10}(?!\d)")
_LETTER = "[A-HJ-NP-RT-Z]"
_UPN_PARTED = re.compile(rf"(?<![A-Z0-9]){_LETTER}{_GAP}\d{{11}}[ -]?(?:\d|{_LETTER})(?![A-Z0-9])", re.IGNORECASE)
# “H 80120 0001 001”: in groups, or digit by digit.
_UPN_GROUPED = re.compile(rf"(?<![A-Z0-9]){_LETTER}(?:[ -]?\d){{11}}[ -]?(?:\d|{_LETTER})(?![A-Z0-9])", re.IGNORECASE)
_GROUPS, _EACH = 5, 12
_UPN_LABELLED = re.compile(
    rf"\bUPN\b[^A-Z0-9]{{0,3}}(?:(?:is|was|no|number)\W{{1,3}})?({_LETTER}{_GAP}(?:\d{_GAP}){{11}}(?:\d|{_LETTER}))(?![A-Z0-9])",
    re.IGNORECASE,
)
_POSTCODE_SMALL = re.compile(POSTCODE_IN_TEXT.pattern, re.IGNORECASE)
# "s47 2nd quarter" and "n1 4hr visits" end as a postcode might.
_NO_INWARD = frozenset({"nd", "rd", "st", "th", "yr", "hr", "ft", "gb", "pt"})
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_YEAR = r"(?:\d{4}|['’]?\d{2})(?!\d)"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? ?(?:[./-]|\bof\b)? ?{_MONTH}[ ,./-]{{0,2}}{_YEAR}"
    rf"|\d{{1,2}} ?[ ./-] ?\d{{1,2}} ?[ ./-] ?{_YEAR}"
    r"|\d{4} ?[ ./-] ?\d{1,2} ?[ ./-] ?\d{1,2}(?!\d)"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}"
    r"|\d{8}(?!\d)|\d{6}(?!\d)|\d{5}(?!\d))"  # five digits: the day as a spreadsheet counts it
)
# Of the forms of a date those that are no number: “born 41700 times” is nobody's birth.
_BORN_ON = _DATE.replace(r"|\d{5}(?!\d)", "")
# Words that make the date one of work done, or of a range, and not of a birth.
_NO_BIRTH = (
    r"(?:since|from|after|before|between|by|until|till|to|in|during|or|and|missing|checks?|checked|corrected|updated"
    r"|added|changed|fields?|systems?|quality|completeness|required)\b"
)
_BIRTH = re.compile(
    rf"(?:\bd\W{{0,2}}o\W{{0,2}}b\b|\bdob(?=\d)|\bdate of birth\b|\bbirth ?da(?:te|y)\b)(?:\W{{1,3}}(?!{_NO_BIRTH})[a-z']+){{0,3}}\W{{0,4}}{_DATE}"
    rf"|\b(?:b-?day|birthday)\b\W{{0,3}}(?:(?:is|was|on)\W{{1,3}}){{0,2}}{_DATE}|(?:^|[\W_])b\. ?{_DATE}"
    rf"|\bborn\b(?:\W{{1,3}}(?:on|the|is|was|at|home|early|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b){{0,4}}\W{{0,3}}{_BORN_ON}"
    rf"|\bborn\b in (?!the\b)[a-z' -]{{2,25}}? on (?:the )?{_BORN_ON}",
    re.IGNORECASE,
)


def kinds_in(text: str, *, bare: str = "") -> list[str]:
    """What kinds of person-level data a text holds.

    `bare`: the first digits with which ten digits on their own count, for texts where no total ever stands.
    """
    if len(text) < _SHORTEST:
        return []
    if not _DIGIT.search(text):
        return ["dates of birth"] if _MAY_BE_BORN.search(text) and tells_a_birth_in_words(one_spaced(text)) else []
    plain = one_spaced(text)
    signs = {
        "NHS numbers": _holds_nhs_number(plain, bare),
        "unique pupil numbers": _holds_upn(plain),
        "full postcodes": _holds_postcode(plain),
        "National Insurance numbers": holds_an_insurance_number(plain),
        "dates of birth": _BIRTH.search(plain) is not None or tells_a_birth_in_words(plain),
    }
    return [what for what, is_there in signs.items() if is_there]


def one_spaced(text: str) -> str:
    r"""A text in plain characters: one space for any white space, one dash for all dashes, 0 to 9 for all digits, nothing that is not seen.

    >>> one_spaced("943\u00a0476\n 5919")
    '943 476 5919'
    """
    if not text.isascii():
        text = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
        text = _DIGIT.sub(lambda digit: str(int(digit[0])), text)
    if not text.isprintable() or "_x00" in text:
        text = visible(text)
    return _SPACES.sub(" ", text).strip()


def _holds_nhs_number(text: str, bare: str) -> bool:
    text = _TELEPHONE.sub("a telephone", text)
    found = [match.group() for match in _NHS.finditer(text)]
    # Ten digits and nothing else may be a total: whether they are is seen from their column.
    found = [number for number in found if number != text or not number.isdecimal()]
    found += [match.group(1) for pattern in (_NHS_LABELLED, _NHS_PARTED) for match in pattern.finditer(text)]
    found += [number for number in _BARE.findall(text) if number[0] in bare] if bare else []
    return any(map(is_nhs_number, found))


def _holds_upn(text: str) -> bool:
    found = [match.group() for pattern in (UPN_IN_TEXT, _UPN_PARTED) for match in pattern.finditer(text)]
    found += [match.group(1) for match in _UPN_LABELLED.finditer(text)]
    found += [
        number
        for number in _UPN_GROUPED.findall(text)
        if number.count(" ") + number.count("-") in (*range(_GROUPS), _EACH)
    ]
    return any(is_upn(re.sub(r"[ ./-]", "", number)) for number in found)


def _holds_postcode(text: str) -> bool:
    """Whether a text holds a whole postcode that is not one of an agency's own offices."""
    alone = [text] if POSTCODE_ALONE.fullmatch(text) else []
    surely = [match.group() for match in POSTCODE_IN_TEXT.finditer(text)]
    found = [match.group() for pattern in (_POSTCODE_SMALL, POSTCODE_JOINED) for match in pattern.finditer(text)]
    likely = [postcode for postcode in found if postcode[-2:].lower() not in _NO_INWARD]
    return any(_joined(postcode) not in _offices() for postcode in (*alone, *surely, *likely))


@cache
def _offices() -> frozenset[str]:
    return frozenset(_joined(postcode) for agency in catalogue().agencies.values() for postcode in agency.postcodes)


def _joined(postcode: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", postcode.upper())
