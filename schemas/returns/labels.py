"""Every spelling by which returns name an indicator, an agency, an area or a breakdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.returns.meaning import known_by, meaning

if TYPE_CHECKING:
    from schemas.catalogue.whole import Catalogue

ALL = ("all", "total", "overall", "all children", "all ages", "whole", "none", "not broken down", "persons", "everyone")
# First three characters of Office for National Statistics codes for places larger than a local authority.
_WIDER_CODES = ("E10", "E11", "E12", "E13", "E23", "E37", "E38", "E40", "E47", "E54", "E92", "K02", "K03", "K04")
_WIDER_WORDS = frozenset(
    {"force", "forcewide", "icb", "ics", "region", "regional", "county", "trustwide", "national", "england"}
)


def labels(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """By column: every accepted spelling's meaning → id."""
    indicators, areas = catalogue.indicators.values(), catalogue.areas.values()
    breakdowns = ((b.id, (b.id, b.title, *b.aliases)) for b in catalogue.breakdowns.values())
    return {
        "indicator_id": known_by((i.id, (i.id, i.title, *i.aliases, *_spelt(i.id, i.title))) for i in indicators),
        "agency_id": known_by((a.id, (a.id, a.title, a.short, *a.aliases)) for a in catalogue.agencies.values()),
        "area_id": known_by((a.code, (a.code, a.name, a.old_code, *a.aliases, *_coded(a.code, a.name))) for a in areas),
        "breakdown": known_by([("all", ALL), *breakdowns]),
    }


def _spelt(id_: str, title: str) -> tuple[str, ...]:
    """How an indicator's ID is typed besides: apart, without its nought, or with the title beside it.

    >>> _spelt("CP07", "Second plans")
    ('CP 07', 'CP7', 'CP 7', 'CP07 Second plans', 'Second plans CP07')
    """
    letters, number = id_[:2], id_[2:]
    short = number.lstrip("0")
    apart = (f"{letters} {number}", f"{letters}{short}", f"{letters} {short}")
    return (*apart, f"{id_} {title}", f"{title} {id_}")


def _coded(code: str, name: str) -> tuple[str, ...]:
    """An area's name with its code before or after it, as lists of places give both."""
    return (f"{name} {code}", f"{code} {name}")


def category_labels(catalogue: Catalogue) -> dict[tuple[str, str], str]:
    """(breakdown, meaning of a category's spelling) → category id."""
    return {
        (breakdown.id, spelling): category
        for breakdown in catalogue.breakdowns.values()
        for spelling, category in known_by((c.id, (c.id, c.label, *c.aliases)) for c in breakdown.categories).items()
    }


def is_wider(catalogue: Catalogue, text: str) -> bool:
    """Whether an unknown area label is a place larger than the city: a police force, an ICB, a region."""
    if text.strip()[:3].upper() in _WIDER_CODES and len(text.strip()) == 9:
        return True
    words = meaning(text)
    whole = (meaning(f"{agency.title} {agency.area_note}") for agency in catalogue.agencies.values())
    return bool(_WIDER_WORDS & set(words.split())) or (" " in words and any(words in name for name in whole))
