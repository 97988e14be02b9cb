"""The return of voice of the sample: eight themes a quarter since April 2024, most of them answered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sample_data.counts import seeded
from sample_data.logs.learning import recommendations
from sample_data.logs.records import Cells, Record, Update, told
from schemas.catalogue.entry import Entry
from schemas.periods import parse, quarters

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from schemas.periods import Period

BEGINS, LATEST = "2024-25-Q1", "2026-27-Q2"
A_QUARTER = 8
DIRECTLY = 0.8
ANSWERED = 0.78  # of themes, in the end; the rest stay in hand
TOLD = 0.85  # of the answered, who hear of it
# An answer waits so long for the recommendation that the theme led to; later than that it stays in hand.
WAITS = timedelta(days=270)


class Theme(Entry):
    """What somebody said and what became of it: `changed` where something did, `against` why not."""

    who: str
    theme: str
    agency_id: str
    asked: str
    said: str
    changed: str = ""
    against: str = ""
    recommendation_id: str = ""


class Heard(Entry):
    """All of voice.toml."""

    theme: tuple[Theme, ...]


def records() -> Iterator[Record]:
    """Every theme, numbered within its year, as it grew."""
    themes = told("voice", Heard).theme
    agreed = {found.id: found.agreed_on for found in recommendations()}
    heard, numbers = 0, dict[int, int]()
    for quarter in quarters(parse(BEGINS), parse(LATEST)):
        chance = seeded("voice", quarter.id)
        for day in _days(quarter, chance):
            numbers[day.year] = numbers.get(day.year, 0) + 1
            theme = themes[heard % len(themes)]
            led_to = agreed.get(theme.recommendation_id)
            yield _grown(f"V-{day.year}-{numbers[day.year]:02d}", theme, day, led_to, chance)
            heard += 1


def _days(quarter: Period, chance: np.random.Generator) -> list[date]:
    length = (quarter.end - quarter.start).days
    days = sorted(quarter.start + timedelta(days=int(n)) for n in chance.choice(length, A_QUARTER, replace=False))
    return [_on_a_working_day(day) for day in days]


def _grown(ref: str, theme: Theme, heard_on: date, led_to: date | None, chance: np.random.Generator) -> Record:
    """Heard, in hand some weeks later, and answered within months or not yet."""
    cells: Cells = {
        "voice_ref": ref,
        "heard_on": heard_on,
        "who": theme.who,
        "directly": "yes" if chance.random() < DIRECTLY else "no",
        "people": int(chance.integers(6, 26)),
        "agency_id": theme.agency_id,
        "theme": theme.theme,
        "asked": theme.asked,
        "said": theme.said,
        "response": "none_yet",
    }
    in_hand_on = _after(heard_on, (10, 40), chance)
    updates = [Update(heard_on, cells), Update(in_hand_on, {"response": "in_hand"})]
    return Record("voice", "Heard", (*updates, *_answers(theme, in_hand_on, led_to, chance)))


def _answers(theme: Theme, in_hand_on: date, led_to: date | None, chance: np.random.Generator) -> Iterator[Update]:
    """The answer and the day they were told of it; neither where it never came."""
    answered_on = _after(in_hand_on, (20, 140), chance)
    is_answered, is_told = chance.random() < ANSWERED, chance.random() < TOLD
    if led_to is not None and led_to > answered_on:
        is_answered = is_answered and led_to - answered_on <= WAITS
        answered_on = led_to
    told_on = _after(answered_on, (5, 60), chance)
    if is_answered:
        yield Update(answered_on, _answer(theme) | {"responded_on": answered_on})
    if is_answered and is_told:
        yield Update(told_on, {"told_on": told_on})


def _answer(theme: Theme) -> Cells:
    if theme.against:
        return {"response": "decided_against", "changed": theme.against}
    linked: Cells = {"recommendation_id": theme.recommendation_id} if theme.recommendation_id else {}
    return {"response": "completed", "changed": theme.changed, **linked}


def _after(day: date, days: tuple[int, int], chance: np.random.Generator) -> date:
    return _on_a_working_day(day + timedelta(days=int(chance.integers(*days))))


def _on_a_working_day(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
