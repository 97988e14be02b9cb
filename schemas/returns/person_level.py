"""What gives away that a file is about single people: their numbers, their headings, the files known to hold them."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from schemas.returns.meaning import meaning

if TYPE_CHECKING:
    from collections.abc import Mapping

# Headings, by meaning, that only a list of people has.
_HEADINGS = """
    forename;forenames;first name;firstname;given name;given names;surname;family name;last name;lastname;full name;
    child name;childs name;name of child;pupil name;patient name;client name;service user name;young persons name;
    preferred name;middle name;mothers name;fathers name;parent name;carer name;victim name;suspect name;
    dob;d o b;date of birth;birth date;birthdate;childs date of birth;person birth date;personbirthdate;child dob;
    nhs number;nhs no;nhsnumber;nhs num;upn;unique pupil number;former upn;formerupn;uln;unique learner number;
    national insurance number;ni number;nino;passport number;pnc id;pncid;custody number;crime reference;
    child id;childid;child unique id;childs unique id;unique child id;la child id;lachildid;child reference;
    pupil id;patient id;client id;person id;personid;service user id;mosaic id;liquidlogic id;ics id;ehm id;
    home address;address;address line 1;house number;postcode;post code;home postcode;pcode;
    mother dob;mc dob;date of death;email address;mobile number;telephone number;phone number
"""
PERSON_HEADINGS = frozenset(" ".join(text.split()) for text in _HEADINGS.split(";"))
# "Name" alone may be an indicator's or a ward's; beside one of these it is a person's.
WEAK_HEADINGS = frozenset({"name", "age", "sex", "gender", "ethnicity", "ethnic", "initials", "school", "gp", "allocated worker",
                           "social worker", "team"})  # fmt: skip

# Child-level collections by the headings that mark them; this many together settle it.
COLLECTIONS: Mapping[str, tuple[frozenset[str], int]] = MappingProxyType(
    {
        "an SSDA903 looked-after children file": (
            frozenset({"child", "dob", "decom", "rne", "legal status", "ls", "cin", "place", "place provider", "rec",
                       "reason place change", "home post", "pl post", "urn", "upn", "ethnic", "mother", "mc dob"}),
            3,
        ),
        "a Children in Need census file": (
            frozenset({"lachildid", "la child id", "personbirthdate", "person birth date", "expected person birth date",
                       "gendercurrent", "gender current", "person death date", "cin referral date", "cinreferraldate",
                       "cin closure date", "cinclosuredate", "referral nfa", "referralnfa", "primary need code",
                       "primaryneedcode", "cpp start date", "cppstartdate", "former upn"}),
            3,
        ),
        "an Ofsted Annex A child-level list": (
            frozenset({"child unique id", "date of birth", "age of child", "date of contact",
                       "date referral received", "allocated worker", "allocated team", "strategy discussion initiated",
                       "date strategy discussion initiated", "date of initial child protection conference",
                       "cin start date", "primary need code", "child protection plan start date"}),
            3,
        ),
        "a school census file": (
            frozenset({"upn", "surname", "forename", "dob", "gender", "nc year actual", "enrol status", "entry date"}),
            3,
        ),
    }
)  # fmt: skip

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
_POSTCODE = rf"(?:{'|'.join(_POSTAL_AREAS)})\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{{2}}"
# In prose in capitals only: "s47 2nd enquiry" is not a postcode.
POSTCODE_IN_TEXT = re.compile(rf"(?<!\w){_POSTCODE}(?!\w)")
POSTCODE_ALONE = re.compile(rf"\s*{_POSTCODE}\s*", re.IGNORECASE)
BIRTH_IN_TEXT = re.compile(
    r"\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?)\b\W{0,3}(?:\d{1,2}[ ./-]\w{2,9}[ ./-]\d{2,4}|\d{4}-\d{2}-\d{2})",
    re.IGNORECASE,
)
# A sensible minimum for prose; the deeper reading of free text is a matter of its own.
NAME_IN_TEXT = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mstr|Master|Dr|PC|DC|DS)\.? [A-Z][a-z]{2,}"
    r"|\b(?:[Cc]hild|[Mm]other|[Ff]ather|[Ss]ibling|[Bb]rother|[Ss]ister|[Bb]oy|[Gg]irl|[Pp]upil|[Bb]aby),? "
    r"(?:called|named|\() ?[A-Z][a-z]{2,}"
)


def is_nhs_number(text: str) -> bool:
    """Whether ten digits carry the check digit of an NHS number (weights 10 to 2, modulus 11).

    >>> is_nhs_number("943 476 5919"), is_nhs_number("9434765918"), is_nhs_number("1234567890")
    (True, False, False)
    """
    digits = [int(sign) for sign in text if sign.isdigit()]
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
    values = [int(sign) if sign.isdigit() else _UPN_LETTERS.index(sign) for sign in plain[1:]]
    return _UPN_LETTERS[sum(place * value for place, value in enumerate(values, 2)) % 23] == plain[0]


def heading_kind(text: str) -> str:
    """The person-level heading a cell is, by meaning; "" where it is none.

    >>> heading_kind("D.O.B."), heading_kind("NHS Number"), heading_kind("Ward name")
    ('d o b', 'nhs number', '')
    """
    found = meaning(text) if len(text) <= 40 else ""
    return found if found in PERSON_HEADINGS else ""
