"""Whether what a cover gives for a role is one: an office and nothing else, so that it may be kept and shown."""

from __future__ import annotations

import re

from schemas.returns.given_names import is_surname
from schemas.returns.person_level import POSTCODE_ALONE, POSTCODE_IN_TEXT
from schemas.returns.roles import could_be_a_name, is_office_word, names_somebody
from schemas.returns.telling import may_name_anybody, names_anybody
from schemas.returns.visible import visible

# What people are called by their work, beside the words of offices that `roles` knows from owners of actions.
_MORE_WORDS = """
accountant accountable apprentice archdeacon associate attendance auditor bishop bursar callout captain ceo cfo chaplain
chairman chairperson chairwoman childminder childminders childminding clergy coach compliance consultant coo cofounder
counsellor crew curate dcs designate dpo elder executives facilitators founder headmaster headmistress housekeeper hr imam
instructor interventions investigator iro keyworker keeper lecturer liaison librarian llp md mentor minister nanny nominated
owner paramedic pastor priest proprietor provost qa rabbi receptionist rector safety scout secretaries solicitor
solicitors supervisors teachers teaching technician treasurer tutor vicar warden welfare wellness
"""
_WORDS = frozenset(_MORE_WORDS.split())
_LONGEST, _MOST_DIGITS = 80, 4
_PARTS = re.compile(r"[,/;:()\[\]&+|]|\s[-–—]\s|\n")
_LETTERS = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile(r"\s*[A-Z]{3,5}\s*")
_CODE = re.compile(r"[<>{}@\\`$=]|://|\bwww\.|&#?\w+;")
_ADDRESS = re.compile(
    r"\b\d+[a-z]?,? (?:[\w'’-]+ ){1,3}(?:street|st|road|rd|lane|avenue|ave|close|drive|crescent|terrace|grove|place|way|"
    r"court|gardens|mount|view|walk|hill)\b",
    re.IGNORECASE,
)


def is_role(text: str) -> bool:
    r"""Whether a text is surely an office: each part has a word of one, and none leads to a person.

    >>> [is_role(text) for text in ("Head of Service, Safeguarding", "Named GP", "Vice-chair", "Owner", "Head (DSL)")]
    [True, True, True, True, True]
    >>> [is_role(text) for text in ("Sarah Jenkins", "Ngozi Okafor, Manager", "Headteacher Smith", "JS", "yesterday")]
    [False, False, False, False, False]
    >>> [is_role(text) for text in ("Manager 07700 900123", "Manager, 14 Example Road", "<b>Manager</b>", "Manager\x1b")]
    [False, False, False, False]
    """
    if visible(text) != text or len(text) > _LONGEST or sum(map(str.isdigit, text)) > _MOST_DIGITS:
        return False
    if any(found.search(text) for found in (_CODE, _ADDRESS, POSTCODE_IN_TEXT)) or _ends_in_a_postcode(text):
        return False
    parts = [part for part in _PARTS.split(text) if _LETTERS.search(part)]
    if not any(_has_an_office(part) for part in parts):
        return False
    return all(_has_an_office(part) or _ABBREVIATION.fullmatch(part) for part in parts) and not _is_somebody(text)


def _has_an_office(part: str) -> bool:
    return any(_is_of_an_office(word) for word in _LETTERS.findall(part))


def _is_of_an_office(word: str) -> bool:
    return is_office_word(word) or word.lower() in _WORDS


def _is_somebody(text: str) -> bool:
    words = _LETTERS.findall(text)
    if any(is_surname(word) and not _is_of_an_office(word) for word in words):
        return True
    could_be = could_be_a_name(text) and not any(map(_is_of_an_office, words))
    return could_be or names_somebody(text) or names_anybody(text) or may_name_anybody(text)


def _ends_in_a_postcode(text: str) -> bool:
    """Whether the last words are a postcode in any letters: in prose only capitals are one."""
    words = text.split()
    ends = (words[-1:], words[-2:])
    return any(POSTCODE_ALONE.fullmatch(part) for part in (*_PARTS.split(text), *map(" ".join, ends)))
