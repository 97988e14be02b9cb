"""What free text may give away: somebody's name, number or address, one child's story, a few people, an incident behind it.

The one place that reads prose for it, on entry (an error keeps the row out, a query asks) and before publishing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from schemas.returns.addresses import holds_a_personal_number, leads_to_a_home
from schemas.returns.called_after import is_part_of_the_city, without_places, without_practices
from schemas.returns.contacts import holds_a_contact, leads_to_a_case
from schemas.returns.few_counted import counts_a_few
from schemas.returns.given_names import is_a_name_in_any_letters, is_anybodys, is_nobody, is_only_a_name, is_surname
from schemas.returns.identifying import ONE_STORY, by_initials, tells_a_story
from schemas.returns.one_child import tells_of_one_child
from schemas.returns.one_incident import is_of_elsewhere
from schemas.returns.person_level import NAME_IN_TEXT
from schemas.returns.roles import is_office_word
from schemas.returns.singled_out import singles_out
from schemas.returns.spelled import holds_a_name_in_figures, tells_a_birth_in_words
from schemas.returns.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ONE = (
    r"child|baby|boy|girl|infant|toddler|teenager|son|daughter|brother|sister|sibling|twin|pupil|student|young person"
)
_KIN = (
    "mother|father|mum|mam|mom|dad|daddy|mummy|parent|carer|step-?(?:mother|father|mum|dad)|nan|nana|gran|grandad|"
    "grandmother|grandfather|aunt|auntie|uncle|cousin|partner|boyfriend|girlfriend|ex"
)
_NAME = r"[A-Z][^\W\d_]+(?:['-][A-Z]?[^\W\d_]+)*"
_CALLED = re.compile(rf"\b(?i:{_ONE}|{_KIN})(?:,| called| named)? \(?({_NAME})")
# “Kayden, 9, said”, “Kayden aged 9”, but not “Girls aged 13 to 15”.
_WITH_AGE = re.compile(
    rf"\b(?!(?:All|Babies|Boys|Children|Clients|Girls|Infants|Learners|Patients|People|Pupils|Residents|Students|Teenagers|Those|Young)\b)({_NAME})"
    r"(?:, (?:aged )?\d{1,2},| \(aged \d{1,2}\)|,? aged \d{1,2}\b)"
)
# “The Example family”, where the word before is a surname; “Bailey children's centre” is a place.
_OF_A_FAMILY = re.compile(rf"\b({_NAME}) (?:children|family|household|siblings|twins)\b(?!')")
# “Kayden (9)”; in “Armley (12)” and “MASH (9)” a place or a service is counted.
_IN_BRACKETS = re.compile(rf"\b({_NAME}) \(\d{{1,2}}\)")
_INITIALLED = re.compile(rf"\b[A-Z]\.? ({_NAME})")
# “J a y d e n  O k a f o r”, “J.a.y.d.e.n”: a word of four letters and more, each by itself.
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .*_-][^\W\d_]){3,}(?![^\W_])")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_ENDS = re.compile(r"(?:^|[.!?:;\"“\n•]\s*|[-–]\s+)$")
# What is called after somebody: “Victoria House”, “Casey audit”, “Clare's Law”; but “Kayden's school” is the one he goes to.
_AFTER_SOMEBODY = re.compile(
    r"'s (?:foundation|hospice|hospital|law|rule)\b"
    r"| (?:academy|audit|building|campus|cent(?:re|er)|clinic|cluster|college|foundation|hall|hood|hospice|hospital|house|nursery|inquiry"
    r"|law|programme|project|report|review|road|rule|school|square|street|trust|unit|university|ward|wing)\b",
    re.IGNORECASE,
)
# “Lessons from Ngozi Example-Smythe”: a double name after another, of whom something is said.
_DOUBLE = re.compile(
    rf"\b(?i:about|after|and|by|for|from|of|to|with) ({_NAME}) [A-Z][^\W\d_]+-[A-Z][^\W\d_]+(?!(?i:{_AFTER_SOMEBODY.pattern}))"
)
# “Martin House”, “James Cook Hospital”.
_CALLED_AFTER = re.compile(rf"(?: {_NAME})?(?i:{_AFTER_SOMEBODY.pattern})")
_TALE = re.compile(
    r"(?<!unexpected )(?<!every )(?<!each )(?<!any )\bdeaths? of\b(?! (?:children|any|every))"
    r"|\b(?:died|dying|stillborn|found dead|fatally|stabbed|drowned|raped|hanged|strangled|suffocated|overdosed)\b"
    r"|\bt(?:ook|aken) (?:his|her|their) own li(?:fe|ves)\b"
    r"|\btwins?\b(?![- ](?:aims?|peaks|sheets?|sites?|strands?|track))|\btriplets?\b|\b(?:eldest|youngest|middle) (?:child|son|daughter|one|boy|girl|sibling|brother|sister|of)\b"
    r"|\b(?:the|her|his|their|these|those|both|all) (?:\w+ )?siblings?\b|\bsiblings? (?:was|were|had|who)\b"
    rf"|\b(?:my|our) (?:{_KIN})\b",
    re.IGNORECASE,
)
# Beside a figure an ordinary reason, “a few large families”; elsewhere too few to be told of.
_HANDFUL = re.compile(
    r"\b(?:a couple of|a handful of|a few|a pair of|several) (?:\w+ ){0,2}(?:child|children|girls|boys|bab|young|famil|pupils|"
    r"siblings|mothers|fathers|teenagers|victims)",
    re.IGNORECASE,
)
# A reference without either is a year or a word, and would be found everywhere.
_LETTER_AND_DIGIT = re.compile(r"[A-Za-z].*\d|\d.*[A-Za-z]")
_ORIGIN = re.compile(
    r"\brapid reviews?\b|\bserious (?:incident|case)s?\b|\blcsprs?\b|\bcsprs?\b|\bscrs?\b|\bcdop\b|\bchild deaths?\b"
    r"|\bpractice reviews?\b|\b(?:the|a|this|that|our|an?) (?:\w+ ){0,2}(?:review|incident|case|death|inquest)"
    r" (?:of|in|from|on|held in) (?:\d{1,2}(?:st|nd|rd|th)? )?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* )?20\d\d",
    re.IGNORECASE,
)


def tells_too_much(text: str, origins: Iterable[str] = ()) -> bool:
    """Whether a text may not leave the Executive: it may name somebody, tells a story or a few, or leads to an incident.

    `origins`: references of incidents and reviews, found in any spelling.

    >>> tells_too_much("Kayden Smith is seen at home"), tells_too_much("As the rapid review of March 2025 asked")
    (True, True)
    >>> tells_too_much("See RV/2025/2", ["RV-2025-02"]), tells_too_much("Core groups meet within ten working days")
    (True, False)
    """
    plain = _plain(text)
    if names_anybody(text) or reads_as_a_story(text) or may_name_anybody(text) or _ORIGIN.search(plain):
        return True
    return any(_spelled(origin).search(plain) for origin in origins if _LETTER_AND_DIGIT.search(origin))


def names_anybody(text: str) -> bool:
    """Whether a text surely names somebody, or holds their number or address.

    >>> [names_anybody(text) for text in ("Baby Daniel", "child K", "Kayden, 9, said so", "Ring 07700 900123", "Case 80412")]
    [True, True, True, True, True]
    >>> [names_anybody(text) for text in ("Child protection plans", "In 2024-25, 9 of 40 said so", "Ask the named nurse")]
    [False, False, False]
    """
    return names_a_person(text) or holds_a_contact(_plain(text))


def names_a_person(text: str) -> bool:
    """Whether a text surely names somebody, or the home or car they are known by; a telephone number may be an office's.

    >>> names_a_person("Kayden Smith is seen at home"), names_a_person("Ring 0113 378 2500 to discuss")
    (True, False)
    """
    plain = _plain(text)
    if leads_to_a_home(plain) or holds_a_personal_number(plain):
        return True
    return bool(NAME_IN_TEXT.search(without_practices(plain))) or by_initials(plain) or _names(plain)


def calls_somebody_by_name(text: str) -> bool:
    """Whether a text surely names somebody, or has a given name that is no other word and after which nothing is called.

    >>> [calls_somebody_by_name(text) for text in ("Kayden's school was told", "As the Casey audit asks", "In May it rose")]
    [True, False, False]
    """
    if names_a_person(text) or holds_a_name_in_figures(_plain(text)):
        return True
    plain = without_places(_plain(text))
    return any(_is_a_first_name(plain, found) for found in _WORD.finditer(plain))


def tells_of_people(text: str) -> bool:
    """Whether a text names somebody, tells one child's story, or speaks of a handful: no release repeats it.

    >>> [tells_of_people(text) for text in ("The rise is 4 children.", "Kayden Smith was missed", "After the death of a boy")]
    [True, True, True]
    >>> tells_of_people("A new team takes referrals since July")
    False
    """
    return counts_a_few(text) or tells_of_one(text) or reads_as_a_story(text)


def may_name_anybody(text: str) -> bool:
    """Whether a given name stands by itself in a text, which may be a person or a place, or a double name beside another.

    >>> may_name_anybody("Write guidance after Lisa"), may_name_anybody("Staff of Victoria House")
    (True, False)
    """
    plain = _plain(text)
    if any(not is_nobody(found[1]) for found in _DOUBLE.finditer(plain)):
        return True
    return any(_stands_alone(plain, found) for found in _WORD.finditer(plain))


def reads_as_a_story(text: str) -> bool:
    """Whether a text tells of one child, one family or a handful rather than of practice.

    >>> [reads_as_a_story(text) for text in ("After the death of a boy", "The twins were seen apart", "The baby in Harehills")]
    [True, True, True]
    >>> reads_as_a_story("Young people aged 16 to 18 are offered a choice")
    False
    """
    plain = _plain(text)
    return singles_out(plain) or _tells_a_tale(plain) or bool(_HANDFUL.search(plain)) or tells_a_story(plain)


@lru_cache(maxsize=4096)
def tells_of_one(text: str) -> bool:
    """Whether a text names somebody or tells of one child or family; how many there were is no sign of it, as beside a figure.

    >>> [tells_of_one(text) for text in ("The boy who died in May", "Both twins from the case", "A 14 year old came back")]
    [True, True, True]
    >>> [tells_of_one(text) for text in ("Three large sibling groups moved in", "A few large families", "Girls aged 16 and 17")]
    [False, False, False]
    """
    plain = _plain(text)
    if ONE_STORY.search(plain) or _tells_a_tale(plain) or tells_of_one_child(plain) or singles_out(plain):
        return True
    return calls_somebody_by_name(text) or leads_to_a_case(plain) or tells_a_birth_in_words(plain)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """A text in plain characters, with one kind of dash and apostrophe and one space for any."""
    made = _SPACED.sub(_joined, unicodedata.normalize("NFKC", visible(text)))
    made = re.sub("[\u2010-\u2015\u2212]", "-", made).translate({0x2018: "'", 0x2019: "'", 0x02BC: "'"})
    return re.sub(r"[^\S\n]+", " ", made).strip()


def _joined(found: re.Match[str]) -> str:
    """The word of letters written apart; a capital begins another."""
    return re.sub(r"(?<=[^\W\d_A-Z])(?=[A-Z])", " ", re.sub(r"[ .*_-]", "", found[0]))


def _tells_a_tale(plain: str) -> bool:
    return any(_TALE.search(sentence) and not is_of_elsewhere(sentence) for sentence in re.split(r"[.!?;\n]\s+", plain))


def _names(plain: str) -> bool:
    text = without_places(plain)
    if any(is_surname(name) for name in _INITIALLED.findall(text)):
        return True
    called = (*_CALLED.findall(text), *_WITH_AGE.findall(text))
    if any(not is_nobody(name) for name in called) or any(map(_could_have_an_age, _IN_BRACKETS.findall(text))):
        return True
    if any(is_surname(name) for name in _OF_A_FAMILY.findall(text)):
        return True
    return any(_are_a_name(text, one, other) for one, other in _pairs(text))


def _is_a_first_name(text: str, found: re.Match[str]) -> bool:
    """Whether a word is a given name, no other word, in any letters, and nothing is called after it."""
    word = found[0]
    return is_a_name_in_any_letters(word.removesuffix("'s")) and _stands_alone(text, found)


def _could_have_an_age(name: str) -> bool:
    """Whether a word before a number in brackets could be somebody: no place, no service, nothing that is abbreviated."""
    return is_anybodys(name) or not (is_nobody(name) or is_part_of_the_city(name) or name.isupper())


def _pairs(text: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Each two words with nothing but a space between them."""
    words = list(_WORD.finditer(text))
    return ((one, other) for one, other in pairwise(words) if text[one.end() : other.start()] == " ")


def _are_a_name(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two words are a given name and a surname: both known, in any letters, or one known and both in capitals."""
    first, then = one[0], other[0]
    after = _AFTER_SOMEBODY.match(text, other.start() - 1) or _AFTER_SOMEBODY.match(text, other.end())
    if is_only_a_name(first) and is_surname(then.removesuffix("'s")):
        # Of a first name and a surname only a name with a capital to its end is a place's: “Example Academy”.
        return not (after and after[0].lstrip("'s ")[:1].isupper())
    if after:
        return False
    if not (first[0].isupper() and then[0].isupper()) or is_office_word(then) or is_nobody(then):
        return False
    return is_anybodys(first) or (is_surname(then) and not is_nobody(first))


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    word, before = found[0], text[: found.start()]
    after = _CALLED_AFTER.match(text, found.end() - 2 if word.endswith("'s") else found.end())
    if not is_anybodys(word) or after or re.search(r"\b(?i:st|saint)\.? $", before):
        return False
    # In small letters, or first in its sentence, a name that is also a word is taken for the word.
    return is_only_a_name(word) or (word[0].isupper() and not _ENDS.search(before))


@lru_cache(maxsize=1024)
def _spelled(origin: str) -> re.Pattern[str]:
    """Any spelling of a reference: other signs or none between its parts, a short year, no leading zeros."""
    parts = map(_loose, re.findall(r"[A-Za-z]+|\d+", _plain(origin)))
    between = r"[\W_]{0,3}"
    return re.compile(rf"(?<![^\W_]){between.join(parts)}(?![^\W_])", re.IGNORECASE)


def _loose(part: str) -> str:
    if re.fullmatch(r"20\d\d", part):
        return f"(?:20)?{part[2:]}"
    return f"0*{part.lstrip('0')}" if part.isdecimal() else part
