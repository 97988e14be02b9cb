"""The page of indicators, from the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.catalogue import Catalogue, catalogue
from schemas.periods import day_words, parse
from tests.docs.markdown import facts, link, page, table

if TYPE_CHECKING:
    from schemas.catalogue.models import Definition, Indicator

KINDS = {
    "flow": "a count of what happened",
    "snapshot": "a count of what stands on a day",
    "percent": "a percentage",
    "rate": "a rate",
    "mean": "a mean",
    "rare": "a rare event: collected and shown by financial year only",
}
WINDOWS = {
    "day": "on the last day of the period",
    "quarter": "over the quarter",
    "term": "over the term",
    "year": "over the year",
    "year_to_date": "over the year so far",
    "academic_year_to_date": "over the school year so far",
    "rolling_12_months": "over the last 12 months",
    "rolling_90_days": "over the last 90 days",
    "cohort": "over the year that follows the quarter the cohort began in",
    "audit": "over the audits of the period",
    "survey_round": "in the survey of the period",
}
YEARS = {
    "sum": "the sum of the quarters",
    "last": "the last figure of the year",
    "recompute": "computed again from the summed counts",
    "published": "as published",
    "none": "none",
}
BETTER = {"higher": "higher", "lower": "lower", "neutral": "neither: no colour and no rank"}
INTRODUCTION = """
Every indicator the partnership has agreed, by domain, in the order of the pages. The words are those of
[GLOSSARY.md](../../GLOSSARY.md); the entries are in `schemas/catalogue/indicators/`.
"""


def indicators() -> str:
    """The whole page."""
    known = catalogue()
    every = list(known.indicators.values())
    headline = sum(indicator.headline for indicator in every)
    introduction = f"{INTRODUCTION.strip()} There are {len(every)}; {headline} of them are headlines."
    parts = [_contents(known, domain) for domain in known.domains]
    for domain in known.domains:
        parts.append(f"## {domain}")
        parts += [_entry(known, indicator) for indicator in every if indicator.domain == domain]
    return page("Indicators", introduction, "## Contents", *parts, "## Ways of splitting", _breakdowns(known))


def _breakdowns(known: Catalogue) -> str:
    """Every breakdown with its categories: parts that do not add up are neither summed nor checked."""
    rows = [
        (one.title, ", ".join(c.label for c in one.categories), "yes" if one.sums_to_total else "no")
        for one in known.breakdowns.values()
    ]
    return table(("split by", "into", "adds up to the whole"), rows)


def _contents(known: Catalogue, domain: str) -> str:
    mine = [indicator for indicator in known.indicators.values() if indicator.domain == domain]
    rows = [(link(_heading(i)), KINDS[i.measure_type].split(":")[0], known.agencies[i.agency_id].short) for i in mine]
    return f"**{link(domain)}**\n\n" + table(("indicator", "is", "owner"), rows)


def _heading(indicator: Indicator) -> str:
    return f"{indicator.id} {indicator.title}"


def _entry(known: Catalogue, indicator: Indicator) -> str:
    lines = [
        ("Definition", indicator.definition),
        ("Earlier definitions", "; ".join(_earlier(d) for d in indicator.definitions[:-1])),
        ("Changed", _changed(indicator)),
        ("Number", known.quantities[indicator.numerator].title),
        ("Out of", known.quantities[indicator.denominator].title if indicator.denominator else ""),
        ("Is", _kind(indicator)),
        ("Year figure", YEARS[indicator.year_value]),
        ("Better", BETTER[indicator.polarity]),
        ("Owner", known.agencies[indicator.agency_id].title),
        ("Sent by", _senders(known, indicator)),
        ("Split by", _splits(known, indicator)),
        ("Target", _target(indicator)),
        ("Compared with England and the statistical neighbours", "yes" if indicator.compared_nationally else ""),
        ("Small numbers", _protection(known, indicator)),
        ("Standing", _standing(known, indicator)),
        ("Why it matters", indicator.why_it_matters),
        ("Ask", indicator.challenge_question),
        ("Note", indicator.note),
        ("Source", indicator.source),
    ]
    return f"### {_heading(indicator)}\n\n*{indicator.question}*\n\n{facts(lines)}"


def _earlier(definition: Definition) -> str:
    return f"from {parse(definition.from_period).short}: {definition.text}"


def _changed(indicator: Indicator) -> str:
    latest = indicator.definitions[-1]
    return f"from {parse(latest.from_period).short}: {latest.change}" if latest.change else ""


def _kind(indicator: Indicator) -> str:
    if indicator.measure_type == "rare":
        return KINDS["rare"]
    unit = "" if indicator.unit == "percent" else f" ({indicator.unit})"
    yearly = ", said as a yearly rate" if indicator.annualise else ""
    season = "; the time of year moves it" if indicator.seasonal else ""
    return f"{KINDS[indicator.measure_type]}{unit}, {WINDOWS[indicator.window]}{yearly}{season}"


def _senders(known: Catalogue, indicator: Indicator) -> str:
    if indicator.computed_from is not None:
        return f"nobody: computed from the {indicator.computed_from.replace('_', '-')} records"
    every = "once a financial year" if indicator.measure_type == "rare" else indicator.frequency
    return f"{', '.join(known.agencies[agency].title for agency in indicator.sent_by)}; {every}"


def _splits(known: Catalogue, indicator: Indicator) -> str:
    titles = [known.breakdowns[breakdown].title.lower() for breakdown in indicator.breakdowns]
    if indicator.measure_type == "rare" or not (titles or indicator.wards):
        return ""
    said = [f"{', '.join(titles)} (each {indicator.breakdowns_every})"] if titles else []
    return ", ".join([*said, *(["ward (each year)"] if indicator.wards else [])])


def _target(indicator: Indicator) -> str:
    aim = indicator.target
    if aim is None:
        return indicator.target_note
    unit = "%" if indicator.unit == "percent" else f" {indicator.unit}"
    agreed = f", {aim.agreed_by}" + (f", {day_words(aim.agreed_on)}" if aim.agreed_on else "")
    by = f", by {day_words(aim.by)}" if aim.by else ""
    note = f". {indicator.target_note}" if indicator.target_note else ""
    return f"{aim.value:g}{unit} ({aim.kind}{agreed}{by}){note}"


def _protection(known: Catalogue, indicator: Indicator) -> str:
    counted = known.counted[known.quantities[indicator.numerator].counts_of]
    return f"counts {counted.title.lower()}: {'protected' if known.protects(indicator.numerator) else 'not hidden'}"


def _standing(known: Catalogue, indicator: Indicator) -> str:
    titles = [known.priorities[one].title for one in (*indicator.priorities, *indicator.themes)]
    words = [
        "headline" if indicator.headline else "",
        indicator.tier,
        *(["for " + ", ".join(titles)] if titles else []),
    ]
    return "; ".join(word for word in words if word)
