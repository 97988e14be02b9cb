"""Whether a text holds what leads to one home or person: an address, a National Insurance number, a vehicle's plate."""

from __future__ import annotations

import re

from schemas.returns.given_names import is_nobody

# What could be the number of a house; a year is none.
_NUMBER = r"\b(?!(?:19|20)\d\d\b)\d{1,4}[A-Za-z]?,?\s"
_NAMES = r"((?:St\. |[A-Z][\w'-]* ){1,3})"
_STREET = (
    r"(?:Street|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Crescent|Cres|Terrace|Terr|Grove|Gardens|Gdns|Mews|Croft|Garth"
    r"|(?:St|Dr)(?!\.? [A-Z]))\b(?! (?:Crossing|Policing|Safe|Safety|Traffic)\b)"
)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December) "
# “14 Acacia Avenue”, “9 St James Street”, but not “on 3 March Kirkstall Road”.
_ROAD = re.compile(rf"{_NUMBER}(?!{_MONTH}){_NAMES}{_STREET}")
# Words that end other names too, as “12 Safe Place”: only where something says that a number of a house comes.
_NO_ROAD_ALONE = re.compile(
    rf"(?:\b(?:at|of|from|near|[Nn]umber|[Nn]o\.?)|,) {_NUMBER}{_NAMES}"
    r"(?:Approach|Court|Ct|Fold|Green|Hill|Mount|Parade|Place|Rise|Row|Square|View|Walk|Way|Yard)\b"
)
# In small letters: “at 14 acacia avenue”; “of 14 schools road safety” has a word for many before it.
_SMALL = re.compile(
    r"\b(?:at|of|from|near|number|no\.?) (?!(?:19|20)\d\d\b)\d{1,4}[a-z]?,?\s[a-z'-]+(?<!s) (?:avenue|crescent|gardens|grove|lane|road"
    r"|street|terrace)\b",
    re.IGNORECASE,
)
_FLAT = re.compile(
    r"(?:\b(?:Flat|Apartment|Apt)\.?|(?:\b(?:at|in|from|of)|,) (?:flat|apartment|apt)\.?) (?!(?:19|20)\d\d\b)\d{1,4}[A-Za-z]?\b"
    r"(?!%|\.\d| ?(?:months|per cent|percent|quarters|times|years)\b)"
)
# Two letters of those that are issued (QQ in examples), six digits in any groups, a letter from A to D.
_TWO = "(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])"
_INSURANCE = re.compile(rf"\b(?:(?i:{_TWO}\d{{6}}[A-D])|{_TWO}[ -]?(?:\d\d[ -]?){{3}}[A-D])\b")
_PLATE = re.compile(r"\b[A-HJ-PR-Z]{2}\d\d ?[A-HJ-PR-Z]{3}\b")
_VEHICLE = re.compile(r"\b(?:car|van|vehicle|taxi|reg|registration|plate)\b", re.IGNORECASE)


def leads_to_a_home(text: str) -> bool:
    """Whether a text in plain signs holds the address of a house or a flat, postcode or none.

    >>> [leads_to_a_home(text) for text in ("at 14 Acacia Avenue", "Flat 3, Oak House", "of number 9 Elm St")]
    [True, True, True]
    >>> [leads_to_a_home(text) for text in ("9 of 14 schools", "On 3 March Kirkstall Road", "Number 10 Youth Centre")]
    [False, False, False]
    """
    if any(not is_nobody(found[1].split()[0]) for found in _NO_ROAD_ALONE.finditer(text)):
        return True
    return any(pattern.search(text) for pattern in (_ROAD, _SMALL, _FLAT))


def holds_a_personal_number(text: str) -> bool:
    """Whether a text in plain signs holds a National Insurance number or the plate of a vehicle.

    >>> [holds_a_personal_number(text) for text in ("QQ123456C", "AB 12 34 56 C", "BX68DKT", "a car, LS12 ABC")]
    [True, True, True, True]
    >>> [holds_a_personal_number(text) for text in ("SI-2025-03", "ED10 DSL training", "at 10 20 30 a day")]
    [False, False, False]
    """
    # In “LS14 CIN team” and “ED10 DSL training” what looks like a plate is a district or an indicator, and an abbreviation.
    if any(" " not in found[0] or _VEHICLE.search(text) for found in _PLATE.finditer(text)):
        return True
    return holds_an_insurance_number(text)


def holds_an_insurance_number(text: str) -> bool:
    """Whether a text in plain signs holds a National Insurance number.

    >>> holds_an_insurance_number("NI QQ 12 34 56 C"), holds_an_insurance_number("SE 10 to 20")
    (True, False)
    """
    return _INSURANCE.search(text) is not None
