"""The names of places that read like a person's: a ward, a team, a hospital called after a saint."""

from __future__ import annotations

import re
from functools import cache

from schemas.catalogue import catalogue
from schemas.returns.given_names import is_anybodys

# “St James's and LGI”, “St Mary's Catholic Primary”: what belongs to a saint is a place.
_SAINT = r"\b(?:St\.?|Saint) [A-Z][\w'-]+'s\b"
# “Dr Khan & Partners”, “Dr Example's surgery”: what belongs to a doctor is a practice.
_PRACTICE = re.compile(
    r"\bDrs?\.? [A-Z][\w'-]+(?:,? (?:and|&) (?:Dr\.? )?[A-Z][\w'-]+)?"
    r"(?:(?<=s)'|'s)?(?: (?:&|and) [Pp]artners|(?: [Mm]edical)? (?:[Pp]ractice|[Ss]urgery|[Cc]entre))\b"
)
# “The national review into Example and Other”: published under first names, and no story of ours.
_REVIEW = re.compile(
    r"\b[Nn]ational (?:[\w-]+ ){0,3}?(?:review|inquiry|report)s? (?:into|of|on|about|after)(?: the (?:deaths?|murders?|lives|life) of)?"
    r" [A-Z][a-z]+(?:(?:, | and | & )[A-Z][a-z]+)*(?! [A-Z]|-[A-Z]|[\w'’])"
)
_STANDS_FOR = "a place"
_NAME_WORD = re.compile(r"[^\W\d_]+")


def without_places(text: str) -> str:
    """A text in plain signs with every place called after somebody replaced by words that are nobody's.

    >>> without_places("St James's and the Mary Seacole team"), without_places("Mary Example of Robin Hood")
    ('a place and the a place team', 'Mary Example of a place')
    """
    return _places().sub(_STANDS_FOR, _REVIEW.sub(_STANDS_FOR, without_practices(text)))


def without_practices(text: str) -> str:
    """A text in plain signs with every doctors' practice called after its doctors replaced by words that are nobody's.

    >>> without_practices("Dr Example & Partners closed"), without_practices("Dr Example left")
    ('a place closed', 'Dr Example left')
    """
    return _PRACTICE.sub(_STANDS_FOR, text)


def is_part_of_the_city(word: str) -> bool:
    """Whether a word is in the name of a ward or another area, and no given name.

    >>> is_part_of_the_city("Armley"), is_part_of_the_city("Robin")
    (True, False)
    """
    return word.casefold() in _words()


@cache
def _places() -> re.Pattern[str]:
    """The places of the catalogue and the parts of ward names that are two words, the longest first."""
    parts = (part.strip() for area in catalogue().areas.values() for part in re.split(" & | and ", area.name))
    names = {place.name for place in catalogue().places.values()} | {part for part in parts if " " in part}
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"{_SAINT}|\b(?:{'|'.join(map(re.escape, longest_first))})\b")


@cache
def _words() -> frozenset[str]:
    words = {word for area in catalogue().areas.values() for word in _NAME_WORD.findall(area.name)}
    return frozenset(word.casefold() for word in words if not is_anybodys(word))
