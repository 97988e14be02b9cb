"""What gives away that a cell is about one person: their numbers, their postcode, their birth, their name."""

from __future__ import annotations

import re

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
NHS_IN_TEXT = re.compile(r"(?<![\d.,/-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d.,/-]?\d)")
UPN_IN_TEXT = re.compile(r"(?<![A-Za-z0-9])[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z](?![A-Za-z0-9])", re.IGNORECASE)
_POSTAL_AREAS = [
    "AB",
    "AL",
    "B",
    "BA",
    "BB",
    "BD",
    "BH",
    "BL",
    "BN",
    "BR",
    "BS",
    "BT",
    "CA",
    "CB",
    "CF",
    "CH",
    "CM",
    "CO",
    "CR",
    "CT",
    "CV",
    "CW",
    "DA",
    "DD",
    "DE",
    "DG",
    "DH",
    "DL",
    "DN",
    "DT",
    "DY",
    "E",
    "EC",
    "EH",
    "EN",
    "EX",
    "FK",
    "FY",
    "G",
    "GL",
    "GU",
    "HA",
    "HD",
    "HG",
    "HP",
    "HR",
    "HS",
    "HU",
    "HX",
    "IG",
    "IP",
    "IV",
    "KA",
    "KT",
    "KW",
    "KY",
    "L",
    "LA",
    "LD",
    "LE",
    "LL",
    "LN",
    "LS",
    "LU",
    "M",
    "ME",
    "MK",
    "ML",
    "N",
    "NE",
    "NG",
    "NN",
    "NP",
    "NR",
    "NW",
    "OL",
    "OX",
    "PA",
    "PE",
    "PH",
    "PL",
    "PO",
    "PR",
    "RG",
    "RH",
    "RM",
    "S",
    "SA",
    "SE",
    "SG",
    "SK",
    "SL",
    "SM",
    "SN",
    "SO",
    "SP",
    "SR",
    "SS",
    "ST",
    "SW",
    "SY",
    "TA",
    "TD",
    "TF",
    "TN",
    "TQ",
    "TR",
    "TS",
    "TW",
    "UB",
    "W",
    "WA",
    "WC",
    "WD",
    "WF",
    "WN",
    "WR",
    "WS",
    "WV",
    "YO",
    "ZE",
    "GY",
    "JE",
    "IM",
]
# The first half of a postcode, in capitals, as a pattern.
OUTWARD = rf"(?:{'|'.join(_POSTAL_AREAS)})\d[A-Z\d]?"
_OUTWARD, _INWARD = OUTWARD, r"\d[ABD-HJLNP-UW-Z]{2}"
_POSTCODE = f"{_OUTWARD} ?{_INWARD}"
# In prose in capitals only: "s47 2nd enquiry" is not a postcode.
POSTCODE_IN_TEXT = re.compile(rf"(?<!\w){_POSTCODE}(?!\w)")
# “LS8-4AP”, “ls8_4ap”; what stands before or after it may be joined to it in the same way.
POSTCODE_JOINED = re.compile(rf"(?<![^\W_]){_OUTWARD}[._-]{_INWARD}(?![^\W_])", re.IGNORECASE)
POSTCODE_ALONE = re.compile(rf"\s*{_POSTCODE}\s*", re.IGNORECASE)
BIRTH_IN_TEXT = re.compile(
    r"\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?)\b\W{0,3}(?:\d{1,2}[ ./-]\w{2,9}[ ./-]\d{2,4}|\d{4}-\d{2}-\d{2})",
    re.IGNORECASE,
)
# A sensible minimum for prose; the deeper reading of free text is a matter of its own.
NAME_IN_TEXT = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mstr|Master|Dr|PC|DC|DS)\.? (?:\d{2,5} )?[A-Z][a-z]{2,}"
    r"|\b(?:[Cc]hild|[Mm]other|[Ff]ather|[Ss]ibling|[Bb]rother|[Ss]ister|[Bb]oy|[Gg]irl|[Pp]upil|[Bb]aby),? "
    r"(?:called|named|\() ?[A-Z][a-z]{2,}"
)


def is_nhs_number(text: str) -> bool:
    """Whether ten digits carry the check digit of an NHS number (weights 10 to 2, modulus 11).

    >>> is_nhs_number("943 476 5919"), is_nhs_number("9434765918"), is_nhs_number("1234567890")
    (True, False, False)
    """
    digits = [int(sign) for sign in text if sign.isdecimal()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return check != 10 and check % 11 == digits[9]


def is_upn(text: str) -> bool:
    """Whether thirteen characters are a unique pupil number: a check letter, eleven digits, a digit or letter.

    The letter is the sum of the others times 2 to 13, modulus 23 (DfE UPN guide).

    >>> is_upn("B123456789012"), is_upn("A123456789012"), is_upn("H801200001001")
    (False, True, True)
    """
    plain = text.strip().upper()
    if not UPN_IN_TEXT.fullmatch(plain):
        return False
    values = [int(sign) if sign.isdecimal() else _UPN_LETTERS.index(sign) for sign in plain[1:]]
    return _UPN_LETTERS[sum(place * value for place, value in enumerate(values, 2)) % 23] == plain[0]
