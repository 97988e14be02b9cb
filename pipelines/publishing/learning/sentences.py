"""Verdicts in plain words: what moved, by how much, what may explain it, and never more than the figures can say."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

from pipelines.publishing.rows import number
from pipelines.publishing.words import n_words, range_words, size_words, unit_suffix, value_words
from schemas.period_spelling import MONTHS
from schemas.periods import day_words
from schemas.returns.listed import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.measures.impact import Effect
    from pipelines.publishing.learning.verdicts import Judged
    from pipelines.publishing.rows import Row
    from schemas.catalogue import Catalogue

VERDICT_WORDS = {
    "improved": "Improved",
    "no_change": "No change",
    "worse": "Got worse",
    "too_early": "Too early to say",
    "not_measurable": "Not measurable",
}
LEVEL_WORDS = ("Agreed", "Done", "Learned", "Practised", "Difference", "Sustained")
EXPECTED_WORDS = {"higher": "Higher", "lower": "Lower"}
_WHY_NOT = {
    "no_baseline": "fewer than six quarters of one definition stand before the change, so there is nothing to hold it against",
    "definition_changed": "the definition changed with it, so the figures before and after are not the same measure",
    "hidden": "too many of the quarters are hidden to protect children, and whole years cannot settle it either",
    "rare": "it is too rare to judge, even by whole years",
    "rolling": "each figure covers a year that overlaps the one before",
    "audit": "no two audits ask quite the same question; a re-audit can show it",
    "near_zero": "the numbers are too near zero to have a usual range",
    "constant": "the figures before the change were all alike, so there is no usual range",
}
# What the usual range of some charts is made of, where there are fewer than twelve.
_BASES = {
    "change": "fewer than twelve changes from one period to the next",
    "ratio": "fewer than twelve comparisons with the year before",
}
_SET_ASIDE = {
    "hidden": "Judged on whole years, because too many quarters are hidden to protect children.",
    "rare": "Judged on whole years, because quarters would be of single children.",
    "near_zero": "Judged on whole years, because the quarters are too near zero.",
    "constant": "Judged on whole years, because the quarters before the change were all alike.",
    "no_baseline": "Judged on whole years, because too few quarters stand before the change.",
    "rolling": "Judged on whole financial years, because each figure overlaps the one before.",
    "audit": "Judged on whole years.",
}


NO_MEASURE = "No measure was registered, so nothing can show whether it worked."


def taken_back(catalogue: Catalogue, measures: Sequence[Row]) -> str:
    """What was promised for a recommendation and withdrawn after its change date: it is said to have been promised."""
    late = [m for m in measures if m["received_at"].date() > m["changed_on"].date()]
    named = [
        f"{catalogue.indicators[m['indicator_id']].title}, taken back on {day_words(m['received_at'].date())}"
        for m in late
        if m["indicator_id"] in catalogue.indicators
    ]
    return f"It was to be judged by {'; and by '.join(named)}, after the change." if named else ""


def sentence(one: Judged) -> str:
    """The verdict in one sentence, without the indicator's name: what happened, consistent with what."""
    verdict = one.impact.verdict
    if verdict == "not_measurable":
        return f"cannot be judged: {_WHY_NOT.get(one.impact.reason, 'it is not counted in a way that could show it')}."
    if verdict == "too_early":
        return _too_early(one)
    levels = _levels(one)
    moved = _moved(one)
    if verdict == "improved":
        return f"{moved} {levels}, consistent with the recommendation."
    if verdict == "worse":
        return f"{moved} {levels}, the opposite of what was expected."
    if one.impact.reason == "signal_did_not_last":
        return f"moved for a time and is back within its usual range: {levels.removeprefix('from ')}."
    return f"stayed within its usual range: {levels.removeprefix('from ')}."


def because(one: Judged) -> str:
    """What else must be said beside the verdict, in sentences; empty where there is nothing."""
    impact = one.impact
    said: list[str] = []
    if impact.basis == "years" and impact.set_aside:
        said.append(_SET_ASIDE.get(impact.set_aside, "Judged on whole years."))
    if impact.unusual_baseline and impact.verdict in ("improved", "worse"):
        said.append("It may be a return to usual: the last quarters before the change were themselves unusual.")
    if impact.few_baseline:
        basis = _BASES.get(impact.chart, f"{impact.baseline_points} figures only")
        said.append(f"Its usual range rests on {basis}; twelve would be firmer.")
    if impact.verdict == "too_early" and impact.signal:
        said.append("There is a first sign already; it is not called a change before four quarters have come.")
    said += _altered(one)
    if one.is_after_the_fact:
        said.append(_after_the_fact(one))
    return " ".join(said)


def _altered(one: Judged) -> list[str]:
    """What the promise was before it was altered, and since when it says otherwise."""
    since = day_words(one.measure["received_at"].date())
    said: list[str] = []
    if "changed_on" in one.altered:
        first = day_words(date.fromisoformat(one.altered["changed_on"]))
        said.append(f"The change date was first registered as {first}, and moved on {since}.")
    if "expected" in one.altered:
        first = EXPECTED_WORDS[one.altered["expected"]].lower()
        said.append(f"The direction was first registered as {first}, and changed on {since}.")
    return said


def _after_the_fact(one: Judged) -> str:
    stated = one.measure["registered_on"]
    came = one.measure["first_received_at"].date()
    if not one.altered and stated == stated and stated.date() <= one.changed_on:  # noqa: PLR0124 - NaT
        said = f"It is said to have been registered on {day_words(stated)}, but came in on {day_words(came)}"
        return f"{said}, after the change: nobody can show that it was promised beforehand."
    return "The direction was registered after the change, so it was not promised beforehand."


def _moved(one: Judged) -> str:
    effect, latest = one.impact.effect, _latest_value(one)
    before = _before(one)
    after = effect.after if one.impact.basis == "years" or latest is None else latest
    if before is None or math.isnan(after):
        return "moved"
    return "rose" if after > before else "fell"


def _before(one: Judged) -> float | None:
    """The level before the change: the frozen mean, else the pooled level."""
    points = one.impact.points
    means = points.loc[points["part"].eq("before"), "mean"].dropna()
    if one.impact.basis == "quarters" and len(means) and one.impact.chart not in ("change", "ratio"):
        return float(means.iloc[-1])
    return None if math.isnan(one.impact.effect.before) else one.impact.effect.before


def _levels(one: Judged) -> str:
    """From what to what, with the counts behind the latest."""
    indicator, before = one.indicator, _before(one)
    if one.impact.basis == "years":
        effect = one.impact.effect
        if math.isnan(effect.before) or math.isnan(effect.after):
            return "by whole years"
        old, new = (value_words(indicator, each) for each in (effect.before, effect.after))
        return f"from {old} in the years before to {new} since"
    row = one.rows[one.latest] if one.latest is not None else None
    if row is None:
        return "with no figure yet"
    n = n_words_of(one)
    latest = value_words(indicator, number(row["value"])) + (f" ({n})" if n else "")
    return f"now {latest}" if before is None else f"from a mean of {value_words(indicator, before)} to {latest}"


def n_words_of(one: Judged, catalogue: Catalogue | None = None) -> str:
    """The counts behind the latest figure: `122 of 200`."""
    row = one.rows[one.latest] if one.latest is not None else None
    if row is None:
        return ""
    official = False
    if catalogue is not None and one.indicator.denominator is not None:
        official = catalogue.quantities[one.indicator.denominator].official
    elif "per 10,000" in one.indicator.unit or "per 100,000" in one.indicator.unit:
        official = True
    top, base = number(row["numerator"]), number(row["denominator"])
    return n_words(one.indicator, top, base, official=official)


def _latest_value(one: Judged) -> float | None:
    row = one.rows[one.latest] if one.latest is not None else None
    return None if row is None else number(row["value"])


def _too_early(one: Judged) -> str:
    impact = one.impact
    if impact.reason == "no_whole_year_after":
        return "is too early to judge: no whole year has passed since the change."
    have, need = impact.after_points, impact.after_points + impact.needed
    if not have:
        return f"is too early to judge: none of the {need} quarters needed has come since the change."
    return f"is too early to judge: {have} of the {need} quarters needed {'has' if have == 1 else 'have'} come since the change."


def settles(one: Judged) -> str:
    """What would settle an open verdict, and from when: `Second or subsequent plans, from June 2027`."""
    impact, title = one.impact, one.indicator.title
    if impact.verdict == "too_early":
        return f"{title}, from {_month(_due(one))}"
    if impact.verdict == "not_measurable":
        return (
            "An audit, or what families say"
            if impact.reason in ("hidden", "rare", "near_zero")
            else ("A re-audit" if impact.reason == "audit" else "Another indicator, or an audit")
        )
    return ""


def _due(one: Judged) -> date:
    """The end of the period that makes enough after the change."""
    period = one.periods[-1] if one.periods else None
    if period is None:
        return one.measure["review_on"].date()
    for _ in range(max(one.impact.needed, 1)):
        period = period.next
    starts = one.changed_on
    while period.start < starts:
        period = period.next
    return period.end


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1].capitalize()} {day.year}"


def usual_words(one: Judged) -> str:
    """The frozen usual range: `Usual: 41% to 54%`; empty where there is none."""
    points = one.impact.points
    usual = points[points["part"].eq("before")].dropna(subset=["lower", "upper"])
    if usual.empty or one.impact.basis != "quarters":
        return ""
    last = usual.iloc[-1]
    return f"Usual: {range_words(one.indicator, float(last['lower']), float(last['upper']))}"


def latest_words(one: Judged) -> str:
    """The latest figure: `61.0%`."""
    value = _latest_value(one)
    return "" if value is None else value_words(one.indicator, value)


def expected_words(one: Judged) -> str:
    """What was promised: `Higher by September 2026`."""
    return f"{EXPECTED_WORDS[one.measure['expected']]} by {_month(one.measure['review_on'].date())}"


def effect_words(one: Judged) -> str:
    """How large the change is, with its 95% interval, whatever the verdict."""
    effect, indicator = one.impact.effect, one.indicator
    if math.isnan(effect.value):
        return ""
    if effect.kind == "rate_ratio":
        upper = "more than can be said" if math.isinf(effect.upper) else f"{effect.upper:.2f}"
        return f"{effect.value:.2f} times the level before (95% interval: {effect.lower:.2f} to {upper} times)."
    size = size_words(indicator, effect.value) + ("" if indicator.unit == "percent" else unit_suffix(indicator))
    said = f"{size} {_way(effect.value)} than before"
    if effect.kind == "difference":
        return f"{said} (95% interval: {_between(effect)})."
    return f"{said} on average."


def _between(effect: Effect) -> str:
    """An interval of a difference in points: `3.5 to 10.0 lower`, or `0.7 lower to 0.9 higher`."""
    low, high = effect.lower, effect.upper
    if low < 0 < high:
        return f"{abs(low):.1f} lower to {high:.1f} higher"
    near, far = sorted((abs(low), abs(high)))
    return f"{near:.1f} to {far:.1f} {_way(effect.value)}"


def _way(value: float) -> str:
    return "higher" if value > 0 else "lower"


def segmented_words(one: Judged) -> str:
    """What a segmented Poisson regression says of the level and the slope, where there are points enough."""
    found = one.impact.segmented
    if found is None:
        return ""
    level = f"the level was multiplied by {found.level.value:.2f} at the change ({found.level.lower:.2f} to {found.level.upper:.2f})"
    slope = f"each quarter since by {found.slope.value:.2f} more than before ({found.slope.lower:.2f} to {found.slope.upper:.2f})"
    return f"By segmented Poisson regression {level}, and {slope}."


def beside_words(others: Sequence[str], events: Sequence[tuple[date, str]]) -> str:
    """What else touched the indicator in the time judged: other recommendations, and events noted on its chart."""
    said: list[str] = []
    if others:
        said.append(f"Also linked to {listed(list(others))}.")
    said += [f"{day_words(on)}: {text}" for on, text in events]
    return " ".join(said)
