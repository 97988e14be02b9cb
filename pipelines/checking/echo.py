"""What a message may repeat of a cell that could not be read: never what could be somebody's name, number or story."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

from schemas.catalogue import catalogue
from schemas.returns.identifying import tells_which_child
from schemas.returns.labels import category_labels, labels
from schemas.returns.meaning import meaning, nearest
from schemas.returns.roles import could_be_a_name, names_somebody
from schemas.returns.telling import may_name_anybody, names_a_person, names_anybody, reads_as_a_story
from schemas.returns.visible import visible

WITHHELD = "what stands there"
_LONGEST = 30
_MOST_DIGITS = 4
# A day has as many digits as 30/09/2026.
_DIGITS_OF_A_DAY = 8
# A shorter word is as like a name as a label, and a label that is less alike could be somebody's.
_SHORTEST, _ALIKE = 6, 88
# A code of the Office for National Statistics is a place's.
_AREA_CODE = re.compile(r"[EKNSW]\d{8}")
_GROUPS = frozenset(
    [
        "white",
        "black",
        "asian",
        "mixed",
        "other",
        "british",
        "irish",
        "scottish",
        "welsh",
        "english",
        "african",
        "caribbean",
        "indian",
        "pakistani",
        "bangladeshi",
        "chinese",
        "arab",
        "roma",
        "gypsy",
        "traveller",
        "and",
        "or",
        "any",
        "background",
        "ethnic",
        "group",
        "northern",
    ]
)
# Whole numbers that a spreadsheet shows as days fall into its first year.
_FIRST_YEAR = range(1, 61)


def quoted(text: str, *, is_day: bool = False) -> str:
    """A cell's text in quotation marks, or “what stands there” without any where it could lead to somebody.

    >>> quoted("Rapid reviw"), quoted("Jane Example"), quoted("80412277"), quoted("1900-01-05", is_day=True)
    ('“Rapid reviw”', 'what stands there', 'what stands there', '“5”')
    """
    own = _own_words(text) if is_day else visible(text).strip()
    return f"“{own}”" if may_be_repeated(own, is_day=is_day) else WITHHELD


@lru_cache(maxsize=4096)
def may_be_repeated(text: str, *, is_day: bool = False) -> bool:
    """Whether a text is short, holds few digits, and nothing in it could be a person's."""
    most = _DIGITS_OF_A_DAY if is_day else _MOST_DIGITS
    return (
        len(text) <= _LONGEST and sum(map(str.isdigit, text)) <= most and "@" not in text and not leads_to_anybody(text)
    )


@lru_cache(maxsize=4096)
def leads_to_anybody(text: str) -> bool:
    """Whether a text could be somebody's name, or tell of somebody.

    >>> [leads_to_anybody(text) for text in ("Ngozi Okafor", "Child AB", "Domestic abuse", "soon")]
    [True, True, False, False]
    """
    if _is_nearly_a_label(text):
        return False
    looks_named = names_somebody(text) or could_be_a_name(text) or names_anybody(text) or may_name_anybody(text)
    return looks_named or tells_which_child(text) or reads_as_a_story(text)


def heading_shown(text: str) -> str:
    """A heading as a message may repeat it: somebody's name may stand over a column too.

    >>> heading_shown("Number (corrected)")
    'Number (corrected)'
    """
    return WITHHELD if names_a_person(text) or may_name_anybody(text) else text[:40]


def _is_nearly_a_label(text: str) -> bool:
    """Whether a text is one of the catalogue's labels but for a slip of the hand, or names groups of the population.

    Without it “Armely & Robbin Hood” or “White British”, the commonest slips, would be kept from their own sender.
    """
    plain = meaning(text)
    words = plain.split()
    if _AREA_CODE.fullmatch(text.strip()):
        return True
    if len(words) > 1 and _GROUPS.issuperset(words):
        return True
    return len(plain) >= _SHORTEST and bool(nearest(plain, _labels(), least=_ALIKE))


@cache
def _labels() -> dict[str, str]:
    known = {word: id_ for each in labels(catalogue()).values() for word, id_ in each.items()}
    known |= {word: id_ for (_, word), id_ in category_labels(catalogue()).items()}
    return {**known, **{meaning(domain): domain for domain in catalogue().domains}}


def _own_words(text: str) -> str:
    """A cell as it was typed: a small number that a spreadsheet shows as a day of its first year is that number."""
    plain = visible(text).strip()
    try:
        day = date.fromisoformat(plain)
    except ValueError:  # not written as a day at all
        return plain
    number = (day - date(1899, 12, 31)).days
    return str(number) if number in _FIRST_YEAR else plain
