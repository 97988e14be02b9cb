"""Whether free text names a small number of people: words no table protects, about a number every table hides."""

from __future__ import annotations

import re

# The same where a group of people spoke at an event.
LEFT_OUT_OF_VIEWS = "Left out here: the words could tell whom they are about."
LEFT_OUT = "The agency's words are left out here, as they could tell whom they are about."

_NUMBER = r"(?:[1-5]|one|two|three|four|five|both|a (?:single|pair of)|an only)"
# “Version 2 of the return”: what is numbered is not counted.
NUMBERED = "".join(
    rf"(?<!\b{word} )"
    for word in (
        "annex", "appendix", "band", "chapter", "draft", "edition", "issue", "item", "level", "line", "note", "option", "page", "paragraph", "part", "phase", "question", "round",
        "row", "section", "sheet", "stage", "standard", "step", "table", "tier", "version", "wave", "week", "year",
    )
)  # fmt: skip
# “Two of the three systems”: none of them is a person.
_OF_THINGS = (
    r" (?:[\w'’-]+ ){0,3}?(?:agencies|areas|boards|centres|clinics|clusters|columns|contracts|courses|days|desks|figures|files|forms|homes|hospitals"
    r"|indicators|managers|measures|months|offices|officers|posts|practices|providers|quarters|reports|returns|rows|schools|services|sheets|sites"
    r"|stations|systems|targets|teams|units|vacancies|wards|weeks|workers|years)\b"
)
_PEOPLE = (
    r"(?:child|children|girls?|boys?|bab(?:y|ies)|infants?|toddlers?|siblings?|brothers?|sisters?|twins?|pupils?|students?|"
    r"teenagers?|adolescents?|minors?|young (?:people|person|men|man|women|woman)|care leavers?|victims?|famil(?:y|ies)|"
    r"mothers?|fathers?|parents?|cases?|referrals?|deaths?|people|persons?|of (?:them|these|those|whom)|of the(?!"
    + _OF_THINGS
    + r"))"
    r"(?!['’]s? (?:centres?|homes?|hospitals?|services?|units?|wards?)\b)"
)
# “4 children”, “two large sibling groups”, “one of them”: a number, at most three words, and somebody.
_NAMED = re.compile(
    rf"(?<![\w.,/-]){NUMBERED}{_NUMBER}(?![\w.,%/-]*\d)(?!%)(?:\s+[\w'’-]+){{0,3}}?\s+{_PEOPLE}\b", re.IGNORECASE
)

# A family of eight is eight people; “one child moves it by eight points” tells how small a base is.
NO_FEW = re.compile(
    r"\b(?:one|two|three|a|an) (?:[a-z]+ )?(?:famil(?:y|ies)|sibling groups?) of (?:six|seven|eight|nine|ten|[6-9]|1\d)\b"
    r"|\b(?:one|a single) child (?:changes|is worth|makes|moves|shifts)\b",
    re.IGNORECASE,
)


def names_a_small_number(text: str) -> bool:
    """Whether a sentence says that so many people, five or fewer, are something.

    >>> names_a_small_number("The rise is 4 children of mixed heritage."), names_a_small_number("Two large sibling groups.")
    (True, True)
    >>> names_a_small_number("Two of the three systems merged"), names_a_small_number("One large family of eight moved")
    (False, False)
    >>> names_a_small_number("We review 30 cases and report on 4 December 2026."), names_a_small_number("Up for 2 quarters.")
    (False, False)
    """
    return _NAMED.search(NO_FEW.sub(" ", text)) is not None
