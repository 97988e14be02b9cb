"""Names and days written so that they look like neither: “Am3l1a”, “• Amelia”, “third of May twenty fourteen”, “3.v.14”."""

from __future__ import annotations

import re
from datetime import date
from itertools import product

from schemas.returns.given_names import is_only_a_name

_READ_AS = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i"}
_MIXED = re.compile(r"(?<![\w@$])(?=[^\W\d_]*[\d@$!][^\W\d_])[^\W\d_][\w@$!]{3,14}(?![\w@$])")
_MOST_SIGNS = 4
# What is written before a line of a list, and after it.
_BEFORE = re.compile(r"^(?:\d{1,3}[.)]\s*|[•·▪▫◦●○■□►‣∙*>#~+–—-]+\s*|[(\[{<\"“”'‘’«]\s*)+(?=[^\W\d_])")
_AFTER = re.compile(r"(?:\s*[)\]}>\"”’'»;:,.!✓✔☑√*-])+$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_UNITS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth")  # fmt: skip
_CARDINALS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")  # fmt: skip
_ORDINALS = {
    **{word: n for n, word in enumerate(_UNITS) if word},
    **{f"twenty {word}": 20 + n for n, word in enumerate(_UNITS[:10]) if word},
    "thirtieth": 30,
    "thirty first": 31,
}
_NUMBERS = {
    **{word: n for n, word in enumerate(_CARDINALS) if word},
    **{f"twenty {word}": 20 + n for n, word in enumerate(_CARDINALS[:10]) if word},
}
_DAY_WORDS = "|".join(sorted(_ORDINALS, key=len, reverse=True)).replace(" ", "[ -]")
_YEAR_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True)).replace(" ", "[ -]")
_IN_WORDS = re.compile(
    rf"(?:\bthe )?\b({_DAY_WORDS}|\d{{1,2}}(?:st|nd|rd|th)?) (?:day )?(?:of )?({'|'.join(_MONTHS)})[a-z]*,?"
    rf"(?: in| of)?,? (?:(?:two thousand(?: and)?|twenty)[ -]({_YEAR_WORDS})|((?:20)?\d\d))\b",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"(?:born|birthday|dob|b\.)?:? ?(?:on )?{_IN_WORDS.pattern}", re.IGNORECASE)
_IN_ROMAN = re.compile(
    rf"(\d{{1,2}})[. /-]({'|'.join(sorted(_ROMAN, key=len, reverse=True))})[. /-]((?:20)?\d\d)", re.IGNORECASE
)
_BIRTH = re.compile(
    rf"\b(?:born|b-?day|birthday|dob|date of birth)\b(?:\W{{1,3}}(?:at|early|home|is|on|the|was|\w+day)\b){{0,4}}\W{{0,4}}{_IN_WORDS.pattern}",
    re.IGNORECASE,
)


def name_behind(word: str) -> str:
    """The given name a word with figures for letters stands for; "" for none.

    >>> name_behind("Am3l1a"), name_behind("7yler"), name_behind("S47"), name_behind("Q2report")
    ('amelia', '', '', '')
    """
    if not word[:1].isalpha() or not _MIXED.fullmatch(word):
        return ""
    letters = [_READ_AS.get(sign, sign) for sign in word.casefold()]
    if sum(sign in _READ_AS for sign in word) > _MOST_SIGNS or any(sign.isdecimal() for sign in letters):
        return ""
    made = ("".join(signs) for signs in product(*letters))
    return next((name for name in made if is_only_a_name(name)), "")


def holds_a_name_in_figures(text: str) -> bool:
    """Whether a word of a text is a given name with figures for some of its letters.

    >>> holds_a_name_in_figures("Am3l1a is back"), holds_a_name_in_figures("See form B4a of Q2")
    (True, False)
    """
    return any(name_behind(found[0]) for found in _MIXED.finditer(text))


def without_marks(plain: str) -> str:
    """A text without the bullet, number, bracket or quote it begins with, nor what closes it; the text where it is none of words.

    >>> without_marks("• Amelia"), without_marks("(Amelia)"), without_marks("3) Amelia;"), without_marks("(12)")
    ('Amelia', 'Amelia', 'Amelia', '(12)')
    """
    began = _BEFORE.sub("", plain)
    bare = _AFTER.sub("", began)
    return bare if bare and (began != plain or _AFTER.search(plain)) and bare[0].isalpha() else plain


def day_in_words(plain: str) -> date | None:
    """The day a text gives, and nothing else, with words for its numbers or a Roman month; None where it gives none.

    >>> day_in_words("born the third of May twenty fourteen"), day_in_words("3.v.14")
    (datetime.date(2014, 5, 3), datetime.date(2014, 5, 3))
    >>> day_in_words("the third of the quarter"), day_in_words("a third of May's contacts")
    (None, None)
    """
    if " of " in plain or "wenty" in plain or "thousand" in plain:
        found = _ALONE.fullmatch(plain)
        return _said(found) if found else None
    if plain[:1].isdecimal() and (found := _IN_ROMAN.fullmatch(plain)):
        return _day(int(found[1]), _ROMAN.index(found[2].lower()) + 1, int(found[3]) % 100)
    return None


def _said(found: re.Match[str]) -> date | None:
    said = found[1].casefold().replace("-", " ")
    day = _ORDINALS.get(said) or int(re.sub(r"\D", "", said) or 0)
    year = _NUMBERS[found[3].casefold().replace("-", " ")] if found[3] else int(found[4]) % 100
    return _day(day, _MONTHS.index(found[2].lower()[:3]) + 1, year)


def tells_a_birth_in_words(text: str) -> bool:
    """Whether a text says on which day somebody was born, with words for its numbers.

    >>> tells_a_birth_in_words("Born on the third of May twenty fourteen"), tells_a_birth_in_words("Sent the third of May 2026")
    (True, False)
    >>> tells_a_birth_in_words("Birth notices of the third of May 2026 were late")
    False
    """
    found = _BIRTH.search(text)
    return found is not None and _said(found) is not None


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(2000 + year, month, day)
    except ValueError:  # the thirty-first of a month that has none
        return None
