"""What in a text a person should look at first: signs of one child, each weak by itself, so none of them keeps a text out.

The checks (telling.py) hold back what surely tells of somebody. What is left is put in order by this, for a person to read: a text
without a sign may still be about a child, and most with one are not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from schemas.returns.called_after import is_part_of_the_city
from schemas.returns.few_counted import counts_a_few
from schemas.returns.passing_signs import PASSING, befell_in_passing
from schemas.returns.telling import may_name_anybody, names_anybody, reads_as_a_story, tells_of_one, tells_too_much

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 3  # letters: “The” and “And” are in names of areas too
LOOK_FIRST = 3  # from this weight on; a day by itself is none
_ONE = (
    "child|baby|boy|girl|infant|toddler|teenager|son|daughter|brother|sister|sibling|twin|pupil|student|young person|"
    "family|mother|father|mum|dad|carer|client|patient|victim|perpetrator|offender|learner|service user"
)
# “the one on remand”, “the girl”, “a mother told us”, “her school”, “he”: somebody there is one of, whether or not they are named.
_SOMEBODY = re.compile(
    rf"\b(?:the|that|this|one|our|same) (?:[\w-]+ ){{0,2}}(?:{_ONE})\b(?!['’]s?\b| (?:and|or) family\b|[- ]\w+s\b)"
    rf"|\b(?:a|an) (?:{_ONE}) (?:who|whose|was|had|has|came|went|told|said|died|moved|ran)\b"
    r"|\b(?:the|this|that) (?:one|other|eldest|youngest|latter|former)\b(?! (?:of|page|hand)\b|-)"
    r"|\b(?:he|she|him|himself|herself|hers)\b|\b(?:his|her) (?!majesty)",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
    r"[- ](?:years?|months?|weeks?|days?)[- ]old\b|\baged? \d{1,2}\b(?! (?:to|and|or)\b|[-–])|\b\d{1,2} ?(?:yo|y/o)\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b"
    r"|\b(?:last|on|that|this) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:arrest|remand|custody|court|inquest|funeral|suicid|overdos|hospital|a&e|refuge|disclos|abducti|traffick|stab|rape|"
    r"pregnan|ran away|came home|went missing|moved out|taken into care|adopt)\w*",
    re.IGNORECASE,
)


def doubts(text: str) -> tuple[str, ...]:
    """The signs in a text, the strongest first; none where it has none.

    >>> doubts("The one on remand came home"), doubts("Staff of Harehills met Lisa")
    (('one person', 'what befell somebody'), ('a name', 'one person', 'a place'))
    >>> doubts("A new team takes referrals since July")
    ()
    """
    return tuple(sign for sign, _ in _found(text))


def weight(text: str) -> int:
    """How much speaks for reading a text first; 0 where nothing does.

    >>> weight("Kayden, 9, came home") > weight("It rose on 3 May") > weight("It rose")
    True
    """
    return sum(of for _, of in _found(text))


@lru_cache(maxsize=8192)
def _found(text: str) -> tuple[tuple[str, int], ...]:
    """Each sign with its weight. An event or a place is a sign beside another only: a service is spoken of by both."""
    alone = tuple((sign, of) for sign, of, is_in in _SIGNS if is_in(text))
    if not alone:
        return ()
    return alone + tuple((sign, 1) for sign, is_in in _BESIDE if is_in(text))


def _in_a_part_of_the_city(text: str) -> bool:
    return any(each[0].isupper() and len(each) > _SHORT and is_part_of_the_city(each) for each in _WORD.findall(text))


def _befell_in_a_place(text: str) -> bool:
    return befell_in_passing(text) and _in_a_part_of_the_city(text)


def _is_of_one_person(text: str) -> bool:
    return bool(_SOMEBODY.search(text)) or tells_of_one(text) or reads_as_a_story(text)


def _names_somebody(text: str) -> bool:
    return names_anybody(text) or may_name_anybody(text)


def _leads_to_an_incident(text: str) -> bool:
    """Whether only the Executive may read a text, and not for a name or a story in it, which are signs of their own."""
    return tells_too_much(text) and not (_names_somebody(text) or reads_as_a_story(text))


_SIGNS: tuple[tuple[str, int, Callable[[str], object]], ...] = (
    ("a name", 6, _names_somebody),
    ("one person", 4, _is_of_one_person),
    ("an age", 4, _AGE.search),
    ("a few people", 3, counts_a_few),
    ("an incident", 3, _leads_to_an_incident),
    *((sign, 3, pattern.search) for sign, pattern in PASSING),
    ("what befell somebody there", 3, _befell_in_a_place),
    ("a day", 1, _DAY.search),
)
_BESIDE: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("what befell somebody", _EVENT.search),
    ("a place", _in_a_part_of_the_city),
)
