"""What a column can be for, how sure a guess is, and which indicators a row can mean, as the assistant's lists say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from pipelines.flows.unknown_files import LIKELY, REASONS, UNSURE, Use, certainty, shown
from schemas.catalogue import catalogue
from schemas.period_spelling import MONTHS
from schemas.periods import PeriodError, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.flows.unknown_files import Match, Role
    from schemas.layouts.layout import Answer

_ROLES = {
    "unread": "Not read",
    "indicator": "Names the indicator, in words",
    "indicator_id": "Names the indicator, by its reference",
    "area_id": "Names the area",
    "breakdown": "Says what the row is split by",
    "category": "Says which part of the split",
    "reason": "Gives the reason for a figure",
    "year_total": "The year’s total: checked, not stored",
    "year_made": "Says how the year’s total is made",
}
ANSWERS = {
    "numerator": "number",
    "denominator": "out of",
    "value": "percentage, rate or average",
}
_SHORT = {"unread": "not read", "indicator": "names the rows", "indicator_id": "names the rows",
          "area_id": "area", "breakdown": "split by", "category": "part of the split", "reason": "reason",
          "year_total": "year’s total", "year_made": "how the year is made"}  # fmt: skip
_YEAR = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
# What markdown acts on inside a line, and what looks or means the same in a label.
_ALIKE = str.maketrans(
    {"\\": "/", "`": "'", "*": "\u2217", "_": " ", "[": "(", "]": ")", "~": "\u223c", "$": "\uff04"}
)  # fmt: skip
# Signs that act only right before other letters: a link, an emoji, an address, a tag.
_BEFORE_LETTERS = re.compile(r"([:@](?=\S)|\bwww(?=\.))", re.IGNORECASE)
# A tag, and what only begins like one: in other brackets they are the words they were.
_TAG = re.compile(r"<([a-z/!?][^<>]*)>", re.IGNORECASE)
_BEGUN = re.compile(r"<(?=[a-z/!?])", re.IGNORECASE)
# How a choice in a list is told from an indicator's id.
LEFT_OUT = "leave out: "


def said(words: str) -> str:
    """Words of the file for a field's label: none that could be a person's, and none that the label would act on.

    A label is read as markdown, in which a picture from elsewhere would be fetched, and read aloud as it is written. So a
    sign that markdown acts on gives way to another, or a space keeps it off; a backslash would be read aloud.

    >>> said("![x](y) <b> :red[z]"), said("2.1 Re-referrals (% of all) - Q1"), said("www.x.example"), said("Jane Example")
    ('!(x)(y) \u2039b\u203a : red(z)', '2.1 Re-referrals (% of all) - Q1', 'www .x.example', '(not shown)')
    """
    plain = _BEGUN.sub("\u2039", _TAG.sub("\u2039\\1\u203a", shown(words).translate(_ALIKE)))
    return _BEFORE_LETTERS.sub(r"\1 ", plain)


def key_of(use: Use) -> str:
    """A use as the entry of a list.

    >>> key_of(Use("figures", "Q1", "value")), key_of(Use("unread", confidence=45))
    ('figures|Q1|value', 'unread')
    """
    return f"figures|{use.period}|{use.answer}" if use.role == "figures" else use.role


def use_of(key: str) -> Use:
    """The use an entry stands for, as sure as a person is."""
    role, period, answer = (*key.split("|"), "", "numerator")[:3]
    return Use(cast("Role", role), period, cast("Answer", answer)) if role == "figures" else Use(cast("Role", role))


def uses(guessed: Use) -> list[str]:
    """Every use a column can have, what is guessed first."""
    periods = dict.fromkeys([guessed.period, "", *(f"Q{n}" for n in range(1, 5)), *_YEAR])
    figures = [f"figures|{period}|{answer}" for period in periods for answer in ANSWERS]
    return list(dict.fromkeys([key_of(guessed), *_ROLES, *figures]))


def use_words(key: str) -> str:
    """A use in words.

    >>> use_words("figures|Q1|numerator"), use_words("figures||value")
    ('Quarter 1: number', 'The quarter of the return: percentage, rate or average')
    """
    use = use_of(key)
    if use.role != "figures":
        return _ROLES[use.role]
    return f"{period_words(use.period)}: {ANSWERS.get(use.answer, use.answer)}"


def mark_of(use: Use) -> str:
    """A use in as few words as the head of the grid has room for."""
    if use.role != "figures":
        return _SHORT[use.role]
    word = {"numerator": "number", "denominator": "out of", "value": "value"}.get(use.answer, use.answer)
    return f"{period_words(use.period)}: {word}"


def period_words(word: str) -> str:
    """A layout's word for a period as people say it."""
    if not word:
        return "The quarter of the return"
    if word in _YEAR:
        return next(name for name in MONTHS if name.startswith(word.lower())).capitalize()
    if word.startswith("Q") and word[1:].isdigit():
        return f"Quarter {word[1:]}"
    try:
        return parse(word).short
    except PeriodError:  # a layout may say “Year”; it stands as it is
        return word


def sure(confidence: float) -> str:
    """A confidence in words and per cent.

    >>> sure(92.4), sure(61), sure(20)
    ('likely, 92%', 'unsure, 61%', 'no match')
    """
    word = certainty(confidence)
    return word if word == "no match" else f"{word}, {int(confidence)}%"


def is_likely(confidence: float) -> bool:
    """Whether a guess is filled in, to be looked over; any other is asked."""
    return confidence >= LIKELY


def choices(matches: Sequence[Match], agency_id: str) -> list[str]:
    """What a row can mean: the guesses, why it may be left out, then everything else the agency sends."""
    guesses = [match.indicator_id for match in matches if match.confidence >= UNSURE / 2]
    own = [each.id for each in catalogue().indicators.values() if agency_id in each.sent_by and not each.computed_from]
    return list(dict.fromkeys([*guesses, *(f"{LEFT_OUT}{reason}" for reason in REASONS), *own]))


def choice_words(choice: str, matches: Sequence[Match], agency_id: str) -> str:
    """A choice in words: an indicator with its title, how sure a guess is, and who sends it where that is another."""
    if choice.startswith(LEFT_OUT):
        reason = choice.removeprefix(LEFT_OUT)
        return f"Leave out: {reason[0].lower()}{reason[1:]}"
    indicator = catalogue().indicators[choice]
    guessed = next((match for match in matches if match.indicator_id == choice), None)
    notes = [sure(guessed.confidence)] if guessed and certainty(guessed.confidence) != "no match" else []
    if agency_id not in indicator.sent_by:
        notes.append(f"sent by {catalogue().agencies[indicator.sent_by[0]].short}")
    return f"{choice} {indicator.title}" + (f" ({'; '.join(notes)})" if notes else "")
