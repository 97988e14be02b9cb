"""Whether free text names a small number of people: words no table protects, about a number every table hides."""

from __future__ import annotations

import re

LEFT_OUT = "The agency's words are left out here, as they could tell whom they are about."

_NUMBER = r"(?:[1-5]|one|two|three|four|five|both|a (?:single|pair of)|an only)"
_PEOPLE = (
    r"(?:child|children|girls?|boys?|bab(?:y|ies)|infants?|toddlers?|siblings?|brothers?|sisters?|twins?|pupils?|students?|"
    r"teenagers?|adolescents?|minors?|young (?:people|person|men|man|women|woman)|care leavers?|victims?|famil(?:y|ies)|"
    r"mothers?|fathers?|parents?|cases?|referrals?|deaths?|people|persons?|of (?:them|these|those|whom|the))"
)
# “4 children”, “two large sibling groups”, “one of them”: a number, at most three words, and somebody.
_NAMED = re.compile(rf"(?<![\w.,/-]){_NUMBER}(?![\w.,%/-]*\d)(?!%)(?:\s+[\w'’-]+){{0,3}}?\s+{_PEOPLE}\b", re.IGNORECASE)


def names_a_small_number(text: str) -> bool:
    """Whether a sentence says that so many people, five or fewer, are something.

    >>> names_a_small_number("The rise is 4 children of mixed heritage."), names_a_small_number("Two large sibling groups.")
    (True, True)
    >>> names_a_small_number("We review 30 cases and report on 4 December 2026."), names_a_small_number("Up for 2 quarters.")
    (False, False)
    """
    return _NAMED.search(text) is not None
