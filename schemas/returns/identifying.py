"""What in a reference or a short wording could tell which child it is about."""

from __future__ import annotations

import re
from datetime import datetime

from schemas.returns.ages import tells_an_age
from schemas.returns.person_level import UPN_IN_TEXT, is_nhs_number
from schemas.returns.small_words import names_a_small_number

# A number of eight digits and more is somebody's in a case system; references of one's own are shorter.
_LONG = re.compile(r"\d(?:[ -]?\d){7,}")
_DAY = re.compile(r"(?:19|20)\d{2}[ -]?\d{2}[ -]?\d{2}")
# “Child AB”, “Baby J”, “Family S-T”, “YP C”: initials or a letter after a word for a child.
_INITIALS = re.compile(
    r"\b(?:child(?:ren)?|bab(?:y|ies)|boy|girl|infant|toddler|teenager|sibling|family|pupil|student|young person|yp|YP|cyp|CYP|twin)"
    r"[\s:_#'‘“\"-]*(?!I [a-z]|A ?& ?E\b|C of E\b|(?:CCE|CIN|CLA|CSE|DSL|EHC|IRO|LAC|NHS|NRM|PRU|SEN)s?\b|(?:CP|GP)s?\b(?= [a-z]))(?:[A-Z]\.?(?:[ /&-]?[A-Z]\.?){0,2})(?![A-Za-z])",
)
_CHILD_WORD = re.compile(
    r"^\W*(?:child|baby|boy|girl|infant|toddler|teenager|family|pupil|young person)\b", re.IGNORECASE
)
# “her mother”, “was killed”: the tale of one child rather than what is to be different.
ONE_STORY = re.compile(
    r"\b(?:(?<!/)(?:he|she|his|hers?|him|himself|herself)\b(?!/| Majesty)|died|killed|murder\w*|"
    r"injured|(?:an?|the|his|her|their|serious|head) injur(?:y|ies)|assaulted|(?:this|that) (?:child|baby|boy|girl|infant|teenager|young person|family|mother|father)\b)",
    re.IGNORECASE,
)


def looks_like_a_case_number(reference: str) -> bool:
    """Whether a reference could be a number of a case system: eight digits or more that are no date, an NHS or pupil number.

    >>> [looks_like_a_case_number(text) for text in ("SI-2025-03", "Report 2026-03-12", "20260312")]
    [False, False, False]
    >>> [looks_like_a_case_number(text) for text in ("80412277", "943 476 5919", "A123456789012", "CRN 8041-2277")]
    [True, True, True, True]
    """
    if is_nhs_number(reference) or UPN_IN_TEXT.search(reference):
        return True
    return any(not _is_day(found) for found in _LONG.findall(reference))


def names_a_child(reference: str) -> bool:
    """Whether a reference calls a child or a family by initials, a letter or a name.

    >>> [names_a_child(text) for text in ("Child AB", "RR baby J", "child_K-2025", "Family Example")]
    [True, True, True, True]
    >>> [names_a_child(text) for text in ("SI-2025-03", "RV-2025-01", "CR-2026-07", "childhood obesity")]
    [False, False, False, False]
    """
    plain = reference.replace("_", " ")
    return by_initials(plain) or _CHILD_WORD.match(plain) is not None


def tells_which_child(reference: str) -> bool:
    """Whether a reference could tell which child it is about: by a number of a case system, initials or a name.

    >>> [tells_which_child(text) for text in ("80412277", "Child AB", "R-14.1")]
    [True, True, False]
    """
    return looks_like_a_case_number(reference) or names_a_child(reference)


def tells_a_story(wording: str) -> bool:
    """Whether a wording reads as one child's story rather than as what is to be different.

    >>> [tells_a_story(text) for text in ("A baby aged 4 months was injured", "One child died", "What she told her school")]
    [True, True, True]
    >>> [tells_a_story(text) for text in ("Family help starts sooner", "The child’s voice is in every plan")]
    [False, False]
    """
    if tells_an_age(wording) or ONE_STORY.search(wording):
        return True
    return names_a_small_number(wording) or by_initials(wording)


def by_initials(text: str) -> bool:
    """Whether a text calls a child or a family by initials or a letter."""
    # Whole words in small letters, and what could be initials as they stand.
    return _INITIALS.search(re.sub(r"[A-Za-z]{4,}", lambda found: found[0].lower(), text)) is not None


def _is_day(digits: str) -> bool:
    if not _DAY.fullmatch(digits):
        return False
    try:
        datetime.strptime(re.sub(r"\D", "", digits), "%Y%m%d")  # noqa: DTZ007 - only whether it is a day
    except ValueError:
        return False
    return True
