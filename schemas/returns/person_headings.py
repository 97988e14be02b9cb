"""The headings only lists of people have, and the collections about single children that are known by them."""

from __future__ import annotations

import re
from functools import lru_cache
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


# An office has these too: beside the heading of an office they are no child's.
CONTACT_HEADINGS = frozenset(
    {
        "address",
        "address line 1",
        "postcode",
        "post code",
        "email address",
        "mobile number",
        "telephone number",
        "phone number",
    }
)
OFFICE_HEADINGS = frozenset(
    {"role", "job title", "post", "post title", "office", "site", "building", "department", "provider", "setting name",
     "name of setting", "school name", "name of school", "mailbox", "opening hours", "opening times", "centre", "hub", "clinic", "venue",
     "practice", "surgery", "library", "nursery", "sessions", "capacity", "rooms"}
)  # fmt: skip
# Whoever a list may be of, in the one or two words of a heading.
_WHO = re.compile(
    r"\b(?:childs?|pupils?|students?|learners?|yps?|cyps?|young (?:persons?|peoples?)|bab(?:y|ys|ies)|clients?|patients?"
    r"|service users?|victims?|suspects?|perpetrators?|offenders?|mothers?|mums?|fathers?|dads?|parents?|carers?|siblings?"
    r"|brothers?|sisters?|relatives?|guardians?|residents?|subjects?|persons?|workers?|family|families)\b"
)
# What a list says of each; a number, a reference or an id only where it is one person's and not a count of many.
_WHAT = re.compile(
    r"\b(?:names?|forenames?|surnames?|initials|dob|dobs|d o b|birth ?dates?|dates? of birth|post ?codes?|address(?:es)?|upn|uln)\b"
    r"|(?<=child )(?:(?:ref|reference|id) ?(?:no|number)?|no|identifier)$|(?<=childs )(?:ref|reference|id)$"
    r"|(?<=(?:client|person|cyp id|patien) )(?:ref|reference|id|no|number)$|(?<=patient )(?:ref|reference|id|no|number)$"
)
_SURELY = re.compile(
    r"\b(?:forenames?|surnames?|first ?names?|last ?names?|(?:full|given|middle|maiden|preferred|known) names?|dob|d o b|birth ?dates?"
    r"|dates? of birth|(?:home|current|placement|previous|correspondence) (?:post ?code|address|phone)|post ?code of residence"
    r"|address 1|upn|unique (?:pupil|learner) (?:no|num|number|id)|uln|nhs (?:no|num|number|id)"
    r"|(?:mosaic|liquid ?logic|lcs|ehm|ics|pnc|mrn|ssd|custody|niche) (?:id|ids|no|num|number|ref|reference)|hospital (?:id|no)|passport (?:no|number)"
    r"|(?:ni|national insurance) (?:no|num|number)|(?:person|cyp|yp|client|patient|case file) (?:id|no|ref|number|reference)|mrn|pncid)\b"
)
# What a heading may say besides, without becoming another one's: how it is to be written, and whose.
_BESIDES = re.compile(
    r"\b(?:dd|mm|mmm|yy|yyyy|edd|expected|if|known|in|full|of|the|this|and|or|s|a|current|present|former|previous|home|residence|first|last|middle"
    r"|given|family|legal|optional|required|format|text|date|no|num|number|id|ref|reference|nhs|unique|allocated|social|other|each|placement"
    r"|place|\d)\b"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LONGEST = 60
# A word without which a cell is no such heading: nearly all cells of a return are ruled out by it at once.
_HINT = re.compile(
    r"name|birth|d\W?o\W?b|nhs|upn|uln|nino|insurance|address|post ?code|pcode|initial|passport|id\b|ref|no\b|num|pnc|mrn|death",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def heading_kind(text: str) -> str:
    """The person-level heading a cell is, by meaning; "" where it is none.

    Known ones, those that name somebody and what is listed of them, and either with a note on how it is to be written.

    >>> heading_kind("D.O.B."), heading_kind("NHS Number"), heading_kind("NHSNo"), heading_kind("Name of child/YP")
    ('d o b', 'nhs number', 'nhs no', 'name of child yp')
    >>> [heading_kind(text) for text in ("Ward name", "Number of children", "Postcode district", "Date of birth missing")]
    ['', '', '', '']
    """
    if len(text) > _LONGEST or not _HINT.search(text):
        return ""
    for found in dict.fromkeys((meaning(text), meaning(_CAMEL.sub(" ", text)))):
        if found in PERSON_HEADINGS or _is_of_a_list(found):
            return found
    return ""


def _is_of_a_list(heading: str) -> bool:
    """Whether nothing is left of a heading but a person, what is listed of them, and how it is to be written."""
    surely = _SURELY.search(heading) is not None
    if not surely and not (_WHO.search(heading) and _WHAT.search(heading)):
        return False
    left = _BESIDES.sub("", _SURELY.sub("", _WHAT.sub("", _WHO.sub("", heading))))
    return not left.strip()
