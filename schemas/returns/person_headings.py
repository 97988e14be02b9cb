"""The headings only lists of people have, and the collections about single children that are known by them."""

from __future__ import annotations

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


def heading_kind(text: str) -> str:
    """The person-level heading a cell is, by meaning; "" where it is none.

    >>> heading_kind("D.O.B."), heading_kind("NHS Number"), heading_kind("Ward name")
    ('d o b', 'nhs number', '')
    """
    found = meaning(text) if len(text) <= 40 else ""
    return found if found in PERSON_HEADINGS else ""
